"""The small world, once for the tests that only read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.graphql.execution import GraphQLService
from graph.port import GraphStore
from tests.api.small_world import make_desk, make_store


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    store = make_store(tmp_path_factory.mktemp("small"))
    yield store
    store.close()


@pytest.fixture(scope="session")
def desk(small_store: GraphStore) -> GraphQLService:
    return make_desk(small_store)


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[GraphStore]:
    """A small world that a test may write to."""
    store = make_store(tmp_path)
    yield store
    store.close()
