"""Stores for the contract suite: each param makes empty stores of one sort. Neo4j's carries the marker `neo4j`."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.connect import StoreOptions, create
from graph.port import GraphStore
from tests.graph.samples import VOCABULARY
from tests.neo4j_fixtures import NEO4J_PARAMS

MakeStore = Callable[[], GraphStore]


@pytest.fixture(params=["sqlite", *NEO4J_PARAMS])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes empty stores; all are closed after the test.

    A Neo4j Community has one database, so only the first store lies in it; a second one in the same test is a file.
    """
    made: list[GraphStore] = []
    numbers = itertools.count()

    def make() -> GraphStore:
        number = next(numbers)
        if request.param == "sqlite" or number:
            made.append(create(f"sqlite:///{tmp_path}/store{number}.db", vocabulary=VOCABULARY))
        else:
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
