"""`tierscope exposure` over the sample world, at the world's own instants."""

import pytest

from app.world import SAMPLE, load_world, read_world
from graph.connect import create
from ontology.generated.vocabulary import VOCABULARY

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


@pytest.fixture
def ask(tierscope, sample_store):
    """Runs `tierscope exposure …` for the world's buyer."""
    return lambda *words: tierscope("exposure", *words, *WHEN, "--buyer", WORLD.buyer, "--store", sample_store)


@pytest.fixture
def ask_any(tierscope, sample_store):
    """Runs `tierscope exposure …` for whoever the words name."""
    return lambda *words: tierscope("exposure", *words, *WHEN, "--store", sample_store)
