"""`tierscope exposure` over the sample world, at the world's own instants."""

import pytest

from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from ontology.generated.vocabulary import VOCABULARY
from tests.reasoning.measures.bicycles import bicycles
from tests.reasoning.stores import fill

WORLD = read_world(SAMPLE)
WHEN = ("--as-of", "2026-03-01", "--known-at", "2026-03-01T12:00:00Z")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    """The address of a store that holds the sample world."""
    made = f"sqlite:///{tmp_path_factory.mktemp('exposures') / 'world.db'}"
    store = create(made, vocabulary=VOCABULARY)
    assert list(load_world(store, WORLD))
    store.close()
    return made


@pytest.fixture(scope="session")
def bicycle_store(tmp_path_factory):
    """The address of a store that holds the maker of bicycles, its suppliers of frames in two countries."""
    made = f"sqlite:///{tmp_path_factory.mktemp('recovery') / 'bicycles.db'}"
    store = create(made, vocabulary=VOCABULARY)
    world = bicycles()
    for firm, country in (("org:alu", "DE"), ("org:bambu", "VN"), ("org:rad", "DE"), ("org:draht", "DE")):
        world.say(firm, "IN_COUNTRY", f"reg:iso3166-{country}")
    fill(store, world)
    store.close()
    return made


@pytest.fixture
def ask(tierscope, sample_store):
    """Runs `tierscope exposure …` for the world's buyer."""
    return lambda *words: tierscope("exposure", *words, *WHEN, "--buyer", WORLD.buyer, "--store", sample_store)


@pytest.fixture
def ask_any(tierscope, sample_store):
    """Runs `tierscope exposure …` for whoever the words name."""
    return lambda *words: tierscope("exposure", *words, *WHEN, "--store", sample_store)
