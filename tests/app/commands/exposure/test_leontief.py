"""M1 of one category: the command line, GraphQL and the service give the same numbers, and each follows."""

import pytest

from api.graphql.execution import GraphQLService
from graph.connect import connect
from ontology.generated.vocabulary import VOCABULARY
from reasoning.risk.weights import CATEGORIES
from reasoning.service.service import ReasoningService
from tests.api.small_world import ask as query
from tests.api.small_world import data
from tests.app.commands.exposure.conftest import WORLD
from tests.app.documents import nodes

MAGNETS = "org:world-f-054"
HAZARD = "rct:tierscope-natural-hazard"
TIMES = f'scope: {{asOf: "{WORLD.at.as_of}", knownAt: "2026-03-01T12:00:00Z"}}'
ROW = "supplier { id } tier score low high coverage remainder paths { contribution entities { id } }"


@pytest.fixture
def desk(sample_store):
    store = connect(sample_store, vocabulary=VOCABULARY)
    yield GraphQLService(store, ReasoningService(store), lambda: WORLD.at.as_of or "", WORLD.buyer)
    store.close()


def paged(row):
    """A row of `--json` with only the fields of `ROW`."""
    names = ("tier", "score", "low", "high", "coverage", "remainder")
    paths = [
        {"contribution": path["contribution"], "entities": [{"id": one["id"]} for one in path["entities"]]}
        for path in row["paths"]
    ]
    return {"supplier": {"id": row["supplier"]["id"]}, **{name: row[name] for name in names}, "paths": paths}


@pytest.mark.parametrize("category", [None, "natural-hazard", HAZARD, "cyber"])
def test_the_command_line_and_graphql_list_the_same_numbers(ask, desk, category):
    words = () if category is None else ("--category", category)
    told = nodes(ask("--json", "--top", "100", *words).document["exposures"])
    named = "" if category is None else f'category: "{category}", '
    found = data(desk, f"{{ exposures({named}{TIMES}, first: 100, paths: 3) {{ edges {{ node {{ {ROW} }} }} }} }}")
    assert len(told) == 100
    assert [paged(row) for row in told] == nodes(found["exposures"])


@pytest.mark.parametrize("category", [None, *CATEGORIES])
def test_the_command_line_and_graphql_explain_the_same_numbers(ask, desk, category):
    words = () if category is None else ("--category", category)
    told = ask(MAGNETS, "--json", *words).document["explain"]
    named = "" if category is None else f', category: "{category}"'
    fields = f"recomputed holds faults exposure {{ {ROW} byCategory {{ category {{ id }} score }} }}"
    found = data(desk, f'{{ explain(supplier: "{MAGNETS}", {TIMES}{named}) {{ {fields} }} }}')["explain"]
    assert (found["holds"], told["holds"], told["faults"]) == (True, True, [])
    assert paged(told["exposure"]) == {name: found["exposure"][name] for name in paged(told["exposure"])}
    assert found["recomputed"] == told["recomputed"]
    parts = [(part["category"]["id"], part["score"]) for part in found["exposure"]["byCategory"]]
    assert parts == [(part["category"]["id"], part["score"]) for part in told["exposure"]["byCategory"]]
    assert [name for name, _ in parts] == ([*CATEGORIES] if category is None else [category])


def test_a_supplier_of_a_list_has_the_part_that_the_exposures_list(desk):
    asked = f"""{{ supplier(id: "{MAGNETS}", {TIMES}) {{
      whole: exposure {{ score }} part: exposure(category: "natural-hazard") {{ {ROW} }} }}
      exposures(first: 1, {TIMES}, category: "natural-hazard") {{ edges {{ node {{ {ROW} }} }} }} }}"""
    found = data(desk, asked)
    (edge,) = found["exposures"]["edges"]
    assert edge["node"]["supplier"]["id"] == MAGNETS
    assert found["supplier"]["part"] == edge["node"]
    assert found["supplier"]["part"]["score"] < found["supplier"]["whole"]["score"]


@pytest.mark.parametrize(
    "field",
    [
        'exposures(first: 1, category: "weather") { totalCount }',
        f'explain(supplier: "{MAGNETS}", category: "weather") {{ holds }}',
        f'supplier(id: "{MAGNETS}") {{ exposure(category: "weather") {{ score }} }}',
    ],
)
def test_a_category_that_is_none_is_refused_with_those_that_are(ask, desk, field):
    (error,) = query(desk, f"{{ {field} }}")["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "natural-hazard" in error["extensions"]["fix"]
    refused = ask("--category", "weather")
    assert refused.code == 1
    assert "BAD_INPUT: there is no risk category 'weather'" in refused.err


def test_a_page_of_one_category_is_read_on_in_that_category_only(desk):
    page = "pageInfo { endCursor } edges { node { supplier { id } score } }"
    by_id = data(desk, f'{{ exposures(first: 5, {TIMES}, category: "{HAZARD}") {{ {page} }} }}')["exposures"]
    after = f'after: "{by_id["pageInfo"]["endCursor"]}"'
    more = data(desk, f'{{ exposures(first: 5, {after}, category: "natural-hazard") {{ {page} }} }}')["exposures"]
    first, second = ([edge["node"]["score"] for edge in found["edges"]] for found in (by_id, more))
    assert min(first) >= max(second)
    for other in ("", ', category: "cyber"'):
        refused = query(desk, f"{{ exposures(first: 5, {after}{other}) {{ totalCount }} }}")
        assert refused["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_one_supplier_of_one_category_is_told_as_that(ask):
    told = ask(MAGNETS, "--category", "natural-hazard").out
    assert "natural-hazard only" in told
    assert "cyber" not in told
