"""Stores for the contract suite: each param makes empty stores of one sort. Neo4j's carries the marker `neo4j`."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.connect import create
from graph.port import GraphStore
from tests.graph.samples import VOCABULARY

MakeStore = Callable[[], GraphStore]


@pytest.fixture(params=["sqlite"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes empty stores; all are closed after the test."""
    made: list[GraphStore] = []
    numbers = itertools.count()

    def make() -> GraphStore:
        made.append(create(f"sqlite:///{tmp_path}/store{next(numbers)}.db", vocabulary=VOCABULARY))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> GraphStore:
    """One empty store."""
    return make_store()
