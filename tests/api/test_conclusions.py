"""Exposure, findings, recommendations and conflicts: what the service concludes, each with its proof."""

import math
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from graph.port import GraphStore
from ontology.records import At, Batch, EntityId, make_judgement
from reasoning.service.service import ReasoningService
from tests.api.small_world import BUYER, RECORDED, ask, data, make_desk

AT = At("2026-03-01T12:00:00Z", RECORDED)


@pytest.fixture(scope="module")
def reasoning(small_store: GraphStore) -> ReasoningService:
    return ReasoningService(small_store)


EXPOSURE = """
  tier longestTier score low high coverage remainder supplier { id name }
  paths { contribution entities { id } category { id } hops { share inferred customer { id } supplier { id }
    claims { id evidence { id } } } }
  byCategory { weight low score high category { id } ownRisk { value risk { id } place { id } claims { id } } }
"""


def shown(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in edges]


def test_exposures_are_those_of_the_service(desk: GraphQLService, reasoning: ReasoningService):
    found = shown(
        data(desk, f"{{ exposures(first: 9) {{ edges {{ node {{ {EXPOSURE} }} }} }} }}")["exposures"]["edges"]
    )
    computed = reasoning.exposures(BUYER, AT, paths=10)
    assert [one["supplier"]["id"] for one in found] == [one.supplier for one in computed]
    for told, one in zip(found, computed, strict=True):
        assert [told[key] for key in ("tier", "score", "low", "high", "coverage", "remainder")] == [
            one.tier,
            one.score,
            one.low,
            one.high,
            one.coverage,
            one.remainder,
        ]
        assert told["longestTier"] == one.longest
        assert [[entity["id"] for entity in path["entities"]] for path in told["paths"]] == [
            list(p.entities) for p in one.paths
        ]


def test_an_assessed_risk_shows_how_it_was_made(desk: GraphQLService, reasoning: ReasoningService):
    asked = """supplier { id } byCategory { category { id } ownRisk { value low high risk { id } assessment { method
      version low value high coverage inputsHash at grounds { method low value high certainty certaintyLow certaintyHigh
        place { id } claims { id evidence { id } } } } } }"""
    found = shown(data(desk, f"{{ exposures(first: 9) {{ edges {{ node {{ {asked} }} }} }} }}")["exposures"]["edges"])
    made = {
        (one.supplier, part.category): part.own.assessment
        for one in reasoning.exposures(BUYER, AT, paths=0)
        for part in one.parts
        if part.own is not None and part.own.assessment is not None
    }
    told = {
        (one["supplier"]["id"], part["category"]["id"]): part["ownRisk"]
        for one in found
        for part in one["byCategory"]
        if part["ownRisk"] and part["ownRisk"]["assessment"]
    }
    assert told.keys() == made.keys()
    assert made
    for key, own in told.items():
        one, shown_one = made[key], own["assessment"]
        assert own["risk"] is None
        assert (own["low"], own["value"], own["high"]) == (one.low, one.value, one.high)
        assert f"{shown_one['method']}@{shown_one['version']}" == one.method
        assert [shown_one[name] for name in ("value", "coverage", "inputsHash", "at")] == [
            one.value,
            one.coverage,
            one.inputs,
            one.at,
        ]
        cited = {claim["id"] for ground in shown_one["grounds"] for claim in ground["claims"]}
        assert cited == set(one.claims)
        assert [ground["place"]["id"] for ground in shown_one["grounds"]] == [ground.place for ground in one.grounds]


def test_paths_and_remainder_are_the_score(desk: GraphQLService):
    for paths in (0, 1, 10):
        query = f"{{ exposures(first: 9, paths: {paths}) {{ edges {{ node {{ {EXPOSURE} }} }} }} }}"
        for one in shown(data(desk, query)["exposures"]["edges"]):
            assert len(one["paths"]) <= paths
            added = math.fsum([*(path["contribution"] for path in one["paths"]), one["remainder"]])
            assert math.isclose(added, one["score"], abs_tol=1e-9)
            assert math.isclose(math.fsum(part["score"] for part in one["byCategory"]), one["score"], abs_tol=1e-9)
            assert one["low"] <= one["score"] <= one["high"]


def test_every_hop_has_its_claims_and_every_claim_its_evidence(desk: GraphQLService):
    found = shown(
        data(desk, f"{{ exposures(first: 9) {{ edges {{ node {{ {EXPOSURE} }} }} }} }}")["exposures"]["edges"]
    )
    deep = next(one for one in found if one["supplier"]["id"] == "org:t-deep")
    assert len(deep["paths"]) == 2
    for path in deep["paths"]:
        assert path["entities"][0] == {"id": BUYER}
        assert [hop["supplier"] for hop in path["hops"]] == path["entities"][1:]
        assert [hop["customer"] for hop in path["hops"]] == path["entities"][:-1]
        assert all(claim["evidence"] for hop in path["hops"] for claim in hop["claims"])
    assert {hop["inferred"] for path in deep["paths"] for hop in path["hops"]} == {False, True}
    risk = next(part["ownRisk"] for part in deep["byCategory"] if part["ownRisk"] and part["ownRisk"]["risk"])
    assert (risk["value"], risk["risk"], risk["place"]) == (0.8, {"id": "rsk:t-flood"}, {"id": "org:t-deep"})
    assert len(risk["claims"]) == 4


def test_exposures_page_in_their_order(desk: GraphQLService):
    query = """query Q($after: String) { exposures(first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { supplier { id } } } } }"""
    whole = shown(data(desk, "{ exposures(first: 9) { edges { node { supplier { id } } } } }")["exposures"]["edges"])
    first = data(desk, query)["exposures"]
    second = data(desk, query, after=first["pageInfo"]["endCursor"])["exposures"]
    assert shown(first["edges"]) + shown(second["edges"]) == whole
    assert first["totalCount"] == len(whole) == 3


@pytest.mark.parametrize("paths", [-1, 101])
def test_too_many_paths_are_refused(desk: GraphQLService, paths: int):
    response = ask(desk, f"{{ exposures(first: 1, paths: {paths}) {{ totalCount }} }}")
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_a_supplier_shows_what_the_lists_show(desk: GraphQLService):
    found = data(
        desk,
        f"""{{ supplier(id: "org:t-one") {{
                exposure {{ {EXPOSURE} }} findings {{ id }} recommendations {{ id }} }}
              exposures(first: 9) {{ edges {{ node {{ {EXPOSURE} }} }} }}
              findings {{ edges {{ node {{ id subject {{ id }} related {{ id }} }} }} }}
              recommendations(supplier: "org:t-one") {{ edges {{ node {{ id }} }} }} }}""",
    )
    one = found["supplier"]
    assert one["exposure"] in shown(found["exposures"]["edges"])
    concerning = [
        finding["id"]
        for finding in shown(found["findings"]["edges"])
        if {"id": "org:t-one"} in [finding["subject"], *finding["related"]]
    ]
    assert [finding["id"] for finding in one["findings"]] == concerning != []
    assert one["recommendations"] == shown(found["recommendations"]["edges"]) != []


def test_tiers_are_those_of_the_scopes_buyer_whatever_field_leads_there(desk: GraphQLService):
    query = """query Q($s: ReadScope) {
      node(id: "org:t-deep", scope: $s) { ... on Organization { tier } }
      conflicts(scope: $s) { edges { node { subject { ... on Organization { id tier } } } } } }"""
    found = data(desk, query, s={"buyer": "org:t-one"})
    assert found["node"] == {"tier": 1}
    assert data(desk, query)["node"] == {"tier": 2}
    tiers = {edge["node"]["subject"]["id"]: edge["node"]["subject"]["tier"] for edge in found["conflicts"]["edges"]}
    assert tiers == {"org:t-one": 0, "org:t-two": None}


def test_a_firm_outside_the_network_has_no_exposure(desk: GraphQLService):
    query = """{ supplier(id: "org:t-buyer", scope: {buyer: "org:t-one"}) {
      tier exposure { score } recommendations { id } } }"""
    assert data(desk, query)["supplier"] == {"tier": None, "exposure": None, "recommendations": []}


def test_without_a_buyer_the_question_is_refused_and_the_rest_answered(small_store: GraphStore):
    desk = make_desk(small_store, buyer=None)
    response = ask(desk, '{ supplier(id: "org:t-one") { name tier } }')
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"
    assert "buyer" in response["errors"][0]["extensions"]["fix"]
    assert response["data"]["supplier"] == {"name": "Ébène One", "tier": None}
    assert data(desk, '{ supplier(id: "org:t-one", scope: {buyer: "org:t-buyer"}) { tier } }')["supplier"] == {
        "tier": 1
    }


def test_findings_are_those_of_the_service(desk: GraphQLService, reasoning: ReasoningService):
    query = """{ findings { totalCount edges { node { id kind rule text subject { id } related { id } claims { id }
      evidence { id } } } } }"""
    found = data(desk, query)["findings"]
    detected = reasoning.findings(BUYER, AT)
    assert found["totalCount"] == len(detected) >= 3
    for told, one in zip(shown(found["edges"]), detected, strict=True):
        assert (told["kind"], told["rule"], told["text"]) == (one.kind, one.rule, one.text)
        assert told["subject"] == {"id": one.subject}
        assert [claim["id"] for claim in told["claims"]] == list(one.claims)
        assert [item["id"] for item in told["evidence"]] == list(one.evidence)
    assert len({told["id"] for told in shown(found["edges"])}) == len(detected)


def test_findings_of_a_kind(desk: GraphQLService):
    query = "query Q($k: [String!]) { findings(kinds: $k) { edges { node { kind } } } }"
    kinds = {one["kind"] for one in shown(data(desk, query)["findings"]["edges"])}
    assert {"sanctioned_owner", "conflicting_sources"} <= kinds
    only = shown(data(desk, query, k=["sanctioned_owner"])["findings"]["edges"])
    assert {one["kind"] for one in only} == {"sanctioned_owner"}
    assert data(desk, query, k=[])["findings"]["edges"] == []
    (error,) = ask(desk, query, k=["sanctioned_owner", "bad_mood"])["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["message"] == "no detector finds bad_mood"
    assert "sanctioned_owner" in error["extensions"]["fix"]


def test_a_finding_about_the_second_tier_is_found_at_its_firm(desk: GraphQLService):
    query = '{ supplier(id: "org:t-deep") { tier findings(kinds: ["sanctioned_owner"]) { text related { name } } } }'
    deep = data(desk, query)["supplier"]
    assert deep["tier"] == 2
    assert {"name": "Mallory"} in deep["findings"][0]["related"]


def test_recommendations_are_those_of_the_service(desk: GraphQLService, reasoning: ReasoningService):
    query = """{ recommendations { edges { node {
      rule text abstained score tier rankedBy supplier { id } category { id }
      clauseType { id name } clause { id } claims { id } evidence { id } } } } }"""
    found = shown(data(desk, query)["recommendations"]["edges"])
    decided = reasoning.recommendations(BUYER, AT)
    assert len(found) == len(decided) >= 2
    for told, one in zip(found, decided, strict=True):
        assert told["supplier"] == {"id": one.supplier}
        assert told["clauseType"]["id"] == one.clause_type
        assert (told["rule"], told["text"], told["abstained"]) == (one.rule, one.text, one.abstained)
        assert (told["score"], told["tier"], told["category"]["id"]) == (one.score, one.tier, one.category)
        assert [claim["id"] for claim in told["claims"]] == list(one.facts)
        assert [item["id"] for item in told["evidence"]] == list(one.evidence)
        assert (told["clause"] is None) == (one.clause is None)


def test_an_explanation_recomputes_the_number(desk: GraphQLService):
    query = f"""{{ explain(supplier: "org:t-deep") {{ alpha formula recomputed holds faults
      units {{ unit why customer {{ id }} }} setAside {{ why claim {{ id }} }} exposure {{ {EXPOSURE} }} }} }}"""
    told = data(desk, query)["explain"]
    assert told["holds"] is True
    assert told["faults"] == []
    assert math.isclose(told["recomputed"], told["exposure"]["score"], abs_tol=1e-9)
    assert told["exposure"]["remainder"] == pytest.approx(0, abs=1e-9)
    assert {unit["customer"]["id"] for unit in told["units"]} == {"org:t-buyer", "org:t-one", "org:t-two"}
    middle = math.fsum(
        part["weight"] * (part["ownRisk"]["value"] if part["ownRisk"] else 0.5)
        for part in told["exposure"]["byCategory"]
    )
    for path in told["exposure"]["paths"]:
        shares = math.prod(told["alpha"] * hop["share"] for hop in path["hops"])
        assert math.isclose((1 - told["alpha"]) * shares * middle, path["contribution"], abs_tol=1e-9)


def test_conflicts_are_those_of_the_service(desk: GraphQLService, reasoning: ReasoningService):
    query = """{ conflicts { totalCount edges { node { id predicate why subject { id }
      sides { value sources object { id } claims { id } } } } } }"""
    found = data(desk, query)["conflicts"]
    contradictions = reasoning.conflicts(AT)
    assert found["totalCount"] == len(contradictions) >= 2
    for told, one in zip(shown(found["edges"]), contradictions, strict=True):
        assert (told["predicate"], told["why"], told["subject"]["id"]) == (one.predicate, one.why, one.subject)
        assert [side["sources"] for side in told["sides"]] == [list(side.sources) for side in one.sides]
        assert [[claim["id"] for claim in side["claims"]] for side in told["sides"]] == [
            [fact.claim for fact in side.facts] for side in one.sides
        ]


def test_conclusions_follow_the_times(desk: GraphQLService):
    query = """query Q($at: Instant) { findings(kinds: ["expiring_certificate"], scope: {asOf: $at}) { totalCount } }"""
    assert data(desk, query)["findings"]["totalCount"] == 1
    assert data(desk, query, at="2027-01-01")["findings"]["totalCount"] == 0


def test_merged_suppliers_are_one_in_the_conclusions(own_store: GraphStore):
    judgement = make_judgement((EntityId("org:t-one"), EntityId("org:t-two")), "same", by="t", why="t", features={})
    own_store.apply(Batch(at="2026-04-01T00:00:00.000000Z", judgements=(judgement,)))
    desk = make_desk(own_store)
    found = data(desk, '{ supplier(id: "org:t-two") { id tier exposure { score supplier { id } } } }')["supplier"]
    assert found["id"] == found["exposure"]["supplier"]["id"] == "org:t-one"
    listed = shown(
        data(desk, '{ recommendations(supplier: "org:t-two") { edges { node { supplier { id } } } } }')[
            "recommendations"
        ]["edges"]
    )
    assert {one["supplier"]["id"] for one in listed} == {"org:t-one"}
