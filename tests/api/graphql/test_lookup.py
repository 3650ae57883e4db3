"""Finding organisations: a merged entity is one row, at the place of its smallest member that fits."""

from collections.abc import Iterator

import pytest

from api.graphql.execution import GraphQLService
from ontology.records import Batch, EntityId, make_judgement
from tests.api.small_world import Teller, data, make_desk, make_store

QUERY = """query Q($search: String!, $first: Int!, $after: String) {
  organizations(where: {search: $search}, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
LATER = "2026-04-01T00:00:00.000000Z"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphQLService]:
    """Firms a, c and e are judged one; b and d are others, and lie between them."""
    store = make_store(tmp_path_factory.mktemp("lookup"), firms())
    pairs = (("org:t-a", "org:t-c"), ("org:t-c", "org:t-e"))
    judged = [
        make_judgement((EntityId(one), EntityId(two)), "same", by="t", why="t", features={}) for one, two in pairs
    ]
    store.apply(Batch(at=LATER, judgements=tuple(judged)))
    yield make_desk(store, buyer=None)
    store.close()


def firms() -> Teller:
    tell = Teller()
    for key, name in (("a", "Alpha works"), ("b", "Beta works"), ("c", "Beta gear"), ("d", "Beta wheel gear")):
        tell.firm(key, name)
    tell.firm("e", "Beta wheel works")
    return tell


def found(desk: GraphQLService, search: str, first: int = 9, after: str | None = None) -> tuple[list[str], str | None]:
    """The ids of a page, and the cursor of the next one where there is one."""
    page = data(desk, QUERY, search=search, first=first, after=after)["organizations"]
    ids = [edge["node"]["id"] for edge in page["edges"]]
    return ids, page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("works", ["org:t-a", "org:t-b"]),  # a and e fit: one row, at a
        ("beta", ["org:t-b", "org:t-a", "org:t-d"]),  # c and e fit: one row, at c
        ("wheel", ["org:t-d", "org:t-a"]),  # e alone fits
        ("gear", ["org:t-a", "org:t-d"]),  # c alone fits
        ("alpha", ["org:t-a"]),
        ("", ["org:t-a", "org:t-b", "org:t-d"]),
    ],
)
def test_a_merged_entity_is_one_row_at_its_smallest_member_that_fits(
    desk: GraphQLService, search: str, expected: list[str]
):
    assert found(desk, search) == (expected, None)
    assert data(desk, QUERY, search=search, first=1, after=None)["organizations"]["totalCount"] == len(expected)


@pytest.mark.parametrize("search", ["works", "beta", "wheel", "gear", ""])
@pytest.mark.parametrize("size", [1, 2])
def test_pages_show_it_once_too(desk: GraphQLService, search: str, size: int):
    ids, after = found(desk, search, size)
    while after is not None:
        more, after = found(desk, search, size, after)
        ids += more
    assert ids == found(desk, search)[0]
