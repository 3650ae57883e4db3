"""Stores for the contract suite: each param creates empty stores of one type. Neo4j's has the marker `neo4j`."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from graph.connect import StoreOptions, create
from graph.port import GraphStore
from tests.fakes import FakeStore
from tests.graph.samples import VOCABULARY
from tests.neo4j_fixtures import NEO4J_PARAMS

MakeStore = Callable[[], GraphStore]


@pytest.fixture
def make_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Creates empty SQLite stores; all are closed after the test."""
    folder = tmp_path_factory.mktemp("stores")
    made: list[GraphStore] = []

    def make() -> GraphStore:
        made.append(create(f"sqlite:///{folder}/store{len(made)}.db", vocabulary=VOCABULARY))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture(params=["fake", "sqlite", *NEO4J_PARAMS])
def make_store(request: pytest.FixtureRequest, make_file: MakeStore) -> Iterator[MakeStore]:
    """Creates empty stores of the param's type; all are closed after the test.

    Neo4j Community has one database, so only the first store is in it; a second one in the same test is a file.
    """
    made: list[GraphStore] = []
    numbers = itertools.count()

    def make() -> GraphStore:
        number = next(numbers)
        if request.param == "fake":
            return FakeStore(VOCABULARY)
        if request.param == "sqlite" or number:
            return make_file()
        endpoint = request.getfixturevalue("neo4j_servers")(request.param)
        options = StoreOptions(user=endpoint.user or "", password=endpoint.password or "")
        made.append(create(endpoint.address, vocabulary=VOCABULARY, options=options))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> GraphStore:
    """One empty store."""
    return make_store()
