"""Paging: whatever list is read a few at a time is the list that is read at once, and names each item once."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type

from api.graphql.execution import GraphQLService
from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from reasoning.service.service import ReasoningService
from tests.api.small_world import ask, data

WORLD = read_world(SAMPLE)
DATES = 'dates: ["2025-01-01", "2025-07-01", "2026-03-01"]'

# Each list: where it stands (at the dots), its field with `…` for its arguments, and what tells its items apart.
LISTS = {
    "exposures": ("…", "exposures", "supplier { id }"),
    "findings": ("…", "findings", "id"),
    "search": ("…", 'search(words: "magnets")', "id"),
    "cited evidence": ("…", "citedEvidence", "id"),
    "recommendations": ("…", "recommendations", "supplier { id } clauseType { id } rule"),
    "conflicts": ("…", "conflicts", "subject { id } predicate"),
    "organizations": ("…", "organizations", "id"),
    "points": ("…", "singlePointsOfFailure", "entity { id }"),
    "pairs": ("singlePointsOfFailure(first: 1) { … }", "pairs", "entities { id }"),
    "concentration": ("…", 'concentration(by: "input")', "by key customer { id }"),
    "questions": ("…", "questions", "id"),
    "changes of a what-if": ('whatIf(input: { stop: ["reg:iso3166-DE"] }) { … }', "changes", "supplier { id }"),
    "shifts": (f"series({DATES}) {{ … }}", "changes", "supplier { id }"),
    "alerts": (f"series({DATES}) {{ … }}", "alerts", "key since"),
    "firms": ("disruption { … }", "firms", "firm { id }"),
    "losses": ("…", "productionLosses", "key"),
    "losses by product": ("…", 'productionLosses(by: "product")', "key"),
    "closures": ("…", "systemic", "firm { id }"),
    "stops": ("inoperability { … }", "stops", "key"),
    "groups": ("inoperability { … }", "groups", "key"),
    "flows": ("inoperability { … }", "flows", "supplier customer"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('paging') / 'w.db'}", vocabulary=VOCABULARY)
    assert list(load_world(made, WORLD))
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: WORLD.at.as_of or "", WORLD.buyer)


def query_of(name: str, size: int) -> str:
    outer, field, fields = LISTS[name]
    arguments = f"first: {size}, after: $a"
    called = field.replace("(", f"({arguments}, ", 1) if "(" in field else f"{field}({arguments})"
    inner = f"{called} {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ {fields} }} }} }}"
    return "query Q($a: String) { " + outer.replace("…", inner) + " }"


def page(desk: GraphQLService, name: str, size: int, after: str | None = None) -> dict[str, Any]:
    found = data(desk, query_of(name, size), a=after)
    while "edges" not in found:
        (found,) = (value for value in found.values() if isinstance(value, dict))
    return found


def rows(found: dict[str, Any]) -> list[Any]:
    return [edge["node"] for edge in found["edges"]]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_read_in_small_pages_is_the_list_read_at_once(desk: GraphQLService, name: str):
    whole = page(desk, name, 100)
    expected = rows(whole)
    assert expected, "a list without items proves nothing"
    size = max(1, len(expected) // 4)
    told, after, pages = [], None, 0
    while True:
        part = page(desk, name, size, after)
        assert len(part["edges"]) <= size
        assert part["totalCount"] == whole["totalCount"]
        assert part["pageInfo"]["endCursor"] == part["edges"][-1]["cursor"]
        told += rows(part)
        pages += 1
        if not part["pageInfo"]["hasNextPage"] or len(told) >= len(expected):
            break
        after = part["pageInfo"]["endCursor"]
    assert told[: len(expected)] == expected
    assert pages > 1 or len(expected) == 1
    assert len({str(one) for one in told}) == len(told)
    assert whole["totalCount"] >= len(expected)
    assert whole["pageInfo"]["hasNextPage"] == (whole["totalCount"] > len(expected))


@pytest.mark.parametrize("name", LISTS)
def test_behind_the_last_item_there_is_nothing(desk: GraphQLService, name: str):
    after = page(desk, name, 100)["pageInfo"]
    while after["hasNextPage"]:
        after = page(desk, name, 100, after["endCursor"])["pageInfo"]
    last = page(desk, name, 5, after["endCursor"])
    assert last["edges"] == []
    assert last["pageInfo"] == {"hasNextPage": False, "endCursor": None}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [0, -1, 101])
def test_a_page_has_one_to_a_hundred_items(desk: GraphQLService, name: str, size: int):
    answer = ask(desk, query_of(name, size), a=None)
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes == {"BAD_QUERY"}, answer["errors"]


@pytest.mark.parametrize("name", LISTS)
def test_a_place_in_one_list_is_none_in_another(desk: GraphQLService, name: str):
    other = "findings" if name != "findings" else "exposures"
    cursor = page(desk, other, 1)["pageInfo"]["endCursor"]
    answer = ask(desk, query_of(name, 5), a=cursor)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_QUERY"}
    for broken in ("", "x", "|||", "a|b|c|d|e"):
        if broken:
            answer = ask(desk, query_of(name, 5), a=broken)
            assert {error["extensions"]["code"] for error in answer["errors"]} <= {"BAD_QUERY", "BAD_INPUT"}, broken


def test_every_list_of_a_question_is_paged_here(desk: GraphQLService):
    """What the schema has, as a connection below a root field that asks reasoning, stands in `LISTS`."""
    listed = {field.partition("(")[0] for _, field, _ in LISTS.values()}
    core = desk.schema
    assert core.query_type
    known = {"judgements", "alternatives", "recovery", "claimsCiting"}  # none or one on the sample world
    found = set()
    for name, field in core.query_type.fields.items():
        returned = get_named_type(field.type)
        assert isinstance(returned, GraphQLObjectType) or name in {"node", "nodes"}
        if returned.name.endswith("Connection"):
            found.add(name)
        elif isinstance(returned, GraphQLObjectType) and name not in {"organization", "supplier", "claim", "evidence"}:
            found |= {
                inner for inner, one in returned.fields.items() if get_named_type(one.type).name.endswith("Connection")
            }
    assert found - known <= listed, found - known - listed
