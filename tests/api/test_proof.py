"""Proof: one fragment on `Traceable` or `Verifiable` reads it, whatever conclusion it belongs to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLInterfaceType

from api.graphql.execution import GraphQLService
from api.graphql.schema import build
from graph.port import GraphStore
from tests.api.small_world import UNHURRIED, ask, data, make_desk, make_store
from tests.api.test_same_answers import market

CORE = build()
LISTED = 10  # claims of a `CitedInPart` by default
QUERIES = (
    """
query Proofs {
  findings { edges { node { __typename ...P } } }
  recommendations { edges { node { __typename ...P } } }
  conflicts { edges { node { sides { __typename ...P } } } }
  singlePointsOfFailure { __typename ...V edges { node { __typename ...P } }
    pairs { edges { node { __typename ...P } } } }
  concentration { edges { node { __typename ...P ...V } } }
  exposures(first: 9) { edges { node { __typename ...P ...V
    paths { hops { __typename ...P links { __typename ...P } } }
    byCategory { ownRisk { __typename ...P assessment { __typename ...P grounds { __typename ...P } } } } } } }
  disruption { __typename ...P ...V
    firms { edges { node { __typename ...P risks { __typename ...P } path { __typename ...P } } } } }
  productionLosses { __typename ...V edges { node { __typename ...V
    chain { __typename ...P hops { contributions { __typename ...P } } } } } }
}""",
    """
query More {
  systemic { __typename ...V edges { node { __typename ...P } } }
  inoperability { __typename ...V flows { edges { node { __typename ...P } } } }
  series(dates: ["2025-06-01", "2026-03-01"]) { points { __typename ...V } changes { __typename ...V }
    alerts { edges { node { __typename ...P ...V } } } }
  whatIf(input: {stop: ["org:t-deep"]}) { __typename ...V }
  explain(supplier: "org:t-one") { __typename ...V }
  questions(first: 2) { edges { node { __typename ...V } } }
  organization(id: "org:t-one") { suppliers { edges { __typename ...P } } sites { edges { __typename ...P } } }
}""",
)
FRAGMENTS = """
fragment P on Traceable { claims { id evidence { id } } claimCount evidence { id } }
fragment V on Verifiable { faults }
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    store: GraphStore = make_store(tmp_path_factory.mktemp("proof"), market())
    desk = make_desk(store, limits=replace(UNHURRIED, cost=1_000_000))
    yield [one for query in QUERIES for one in _objects(data(desk, query + FRAGMENTS))]
    store.close()


def _objects(found: Any) -> Iterator[dict[str, Any]]:
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    if isinstance(found, dict) and "__typename" in found:
        yield found
    for one in inner:
        yield from _objects(one)


def implementing(name: str) -> set[str]:
    interface = CORE.type_map[name]
    assert isinstance(interface, GraphQLInterfaceType)
    return {shape.name for shape in CORE.get_possible_types(interface)}


def test_every_conclusion_names_its_claims_and_their_evidence(answers: list[dict[str, Any]]):
    cited = [one for one in answers if "claimCount" in one]
    assert len({one["__typename"] for one in cited}) >= 12
    for one in cited:
        assert len(one["claims"]) == min(one["claimCount"], LISTED), one["__typename"]
        if one["claimCount"] > LISTED:  # only some conclusions have so many; they list a part by default
            assert one["__typename"] == "Exposure"
            continue
        proof = {item["id"] for claim in one["claims"] for item in claim["evidence"]}
        assert {item["id"] for item in one["evidence"]} == proof, one["__typename"]
    names = {one["__typename"] for one in cited}
    assert {one["__typename"] for one in cited if one["evidence"]} == names, "each sort has proof somewhere"


def test_every_answer_is_verified_where_its_type_says_so(answers: list[dict[str, Any]]):
    verified = [one for one in answers if "faults" in one]
    seen = {one["__typename"] for one in verified}
    assert seen >= implementing("Verifiable") - {"Alternative", "RecoveryStopConnection"}
    assert [one for one in verified if one["faults"]] == []


@pytest.mark.parametrize("name", ["claims", "evidence"])
def test_a_part_of_the_claims_is_as_long_as_requested(own_store: GraphStore, name: str):
    desk: GraphQLService = make_desk(own_store)
    query = f"query Q($n: Int!) {{ disruption {{ claimCount {name}(first: $n) {{ id }} }} }}"
    few, many = (data(desk, query, n=n)["disruption"] for n in (1, 100))
    assert len(few[name]) == 1 < len(many[name]) <= 100
    assert few["claimCount"] == many["claimCount"] > 1
    assert few[name][0] == many[name][0]
    assert ask(desk, query, n=0)["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_proof_stands_behind_the_fields_of_a_type():
    for name in implementing("Traceable") | implementing("Verifiable"):
        shape = CORE.type_map[name]
        own = [field for one in shape.interfaces if one.name in {"Traceable", "Verifiable"} for field in one.fields]  # type: ignore[attr-defined]
        assert list(shape.fields)[-len(own) :] == own, name  # type: ignore[attr-defined]
