"""Answers about every firm of the sample world, against the claims themselves read in the simplest way."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from app.jobs.world import SAMPLE, World, load_world, read_world
from graph.connect import create
from graph.port import ClaimQuery, GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, Claim
from reasoning.network.facts import Facts
from reasoning.service.service import ReasoningService
from tests.api.small_world import data

PAGE = 50


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(SAMPLE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, world: World) -> Iterator[GraphStore]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('answers') / 'w.db'}", vocabulary=VOCABULARY)
    assert [report.source for report in load_world(made, world)]
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore, world: World) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: world.at.as_of or "", world.buyer)


@pytest.fixture(scope="module")
def claims(store: GraphStore, world: World) -> Mapping[str, list[Claim]]:
    """The claims that stand and are valid, by predicate."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for stored in store.claims(ClaimQuery(at=At(as_of=world.at.as_of))):
        if stored.claim.review != "rejected":
            groups[stored.claim.predicate].append(stored.claim)
    return groups


def firms(desk: GraphQLService, fields: str) -> dict[str, dict[str, Any]]:
    """These fields of every organisation, page by page."""
    query = (
        "query Q($a: String) { organizations(first: 50, after: $a) { pageInfo { hasNextPage endCursor } "
        "edges { node { id " + fields + " } } } }"
    )
    found: dict[str, dict[str, Any]] = {}
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        part = data(desk, query, a=page["endCursor"])["organizations"]
        found |= {edge["node"]["id"]: edge["node"] for edge in part["edges"]}
        page = part["pageInfo"]
    return found


def ends(relation: dict[str, Any]) -> list[str]:
    return [edge["node"]["id"] for edge in relation["edges"]]


def pairs(claims: list[Claim], *, inward: bool) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        near, far = (claim.object, claim.subject) if inward else (claim.subject, claim.object)
        if near and far:
            groups[near].add(far)
    return groups


def test_every_organisation_is_listed_once(desk: GraphQLService, store: GraphStore):
    listed = firms(desk, "kind")
    assert {one["kind"] for one in listed.values()} == {"Organization"}
    assert list(listed) == sorted(listed)
    query = "{ organizations(first: 1) { totalCount } }"
    assert data(desk, query)["organizations"]["totalCount"] == len(listed) >= 100
    assert len(listed) <= store.status().counts["entities"]


@pytest.mark.parametrize(
    ("field", "predicates", "inward"),
    [
        ("suppliers", ["SUPPLIES"], True),
        ("customers", ["SUPPLIES"], False),
        ("owners", ["OWNS"], True),
        ("owns", ["OWNS"], False),
        ("sites", ["OPERATES"], False),
        ("contracts", ["PARTY_TO", "GOVERNED_BY"], False),
        ("certifications", ["HELD_BY"], True),
        ("risks", ["AFFECTS"], True),
    ],
)
def test_every_relation_is_what_the_claims_say(
    desk: GraphQLService, claims: Mapping[str, list[Claim]], field: str, predicates: list[str], inward: bool
):
    said = pairs([claim for name in predicates for claim in claims[name]], inward=inward)
    found = firms(desk, f"{field}(first: 100) {{ totalCount edges {{ node {{ id }} claimCount }} }}")
    assert any(said.get(firm) for firm in found)
    for firm, node in found.items():
        assert ends(node[field]) == sorted(said.get(firm, set())), firm
        assert node[field]["totalCount"] == len(said.get(firm, set()))
        told = sum(edge["claimCount"] for edge in node[field]["edges"])
        near = "object" if inward else "subject"
        assert told == sum(getattr(claim, near) == firm for name in predicates for claim in claims[name])


def test_every_tier_is_the_shortest_way(desk: GraphQLService, claims: Mapping[str, list[Claim]], world: World):
    suppliers = pairs(claims["SUPPLIES"], inward=True)
    distance, waiting = {str(world.buyer): 0}, deque([str(world.buyer)])
    while waiting:
        firm = waiting.popleft()
        for supplier in suppliers.get(firm, set()):
            if supplier not in distance:
                distance[supplier] = distance[firm] + 1
                waiting.append(supplier)
    tiers = {firm: node["tier"] for firm, node in firms(desk, "tier").items()}
    assert tiers == {firm: distance.get(firm) for firm in tiers}
    assert max(tier for tier in tiers.values() if tier is not None) >= 4


def test_every_name_is_the_one_that_reasoning_uses(desk: GraphQLService, store: GraphStore, world: World):
    facts = Facts(store, At(world.at.as_of, store.status().recorded_at))
    for firm, node in firms(desk, "name").items():
        assert (node["name"] or firm) == facts.name(firm)


def test_every_country_is_the_one_that_reasoning_believes(desk: GraphQLService, store: GraphStore, world: World):
    facts = Facts(store, At(world.at.as_of, store.status().recorded_at))
    for firm, node in firms(desk, "country { id }").items():
        believed = facts.preferred("IN_COUNTRY", facts.of(firm))
        assert (node["country"] or {}).get("id") == (believed.object if believed else None)


def test_every_claim_is_counted_and_can_be_paged(desk: GraphQLService, claims: Mapping[str, list[Claim]]):
    about: dict[str, int] = defaultdict(int)
    for group in claims.values():
        for claim in group:
            about[claim.subject] += 1
    found = firms(desk, "claims(first: 1) { totalCount } mentions(first: 1) { totalCount }")
    assert {firm: node["claims"]["totalCount"] for firm, node in found.items()} == {firm: about[firm] for firm in found}


def test_every_score_is_the_same_alone_and_in_the_list(desk: GraphQLService):
    alone = {firm: node["exposure"] for firm, node in firms(desk, "exposure(paths: 0) { score low high tier }").items()}
    query = """query Q($a: String) { exposures(first: 50, after: $a, paths: 0) { pageInfo { hasNextPage endCursor }
      edges { node { supplier { id } score low high tier } } } }"""
    listed: dict[str, Any] = {}
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        part = data(desk, query, a=page["endCursor"])["exposures"]
        for edge in part["edges"]:
            listed[edge["node"].pop("supplier")["id"]] = edge["node"]
        page = part["pageInfo"]
    assert {firm: score for firm, score in alone.items() if score} == listed
    scores = [one["score"] for one in listed.values()]
    assert scores == sorted(scores, reverse=True)


def test_every_explanation_holds(desk: GraphQLService):
    exposed = [firm for firm, node in firms(desk, "tier").items() if node["tier"]]
    for firm in exposed[::9]:
        told = data(desk, "query Q($s: ID!) { explain(supplier: $s) { holds faults } }", s=firm)["explain"]
        assert told == {"holds": True, "faults": []}, firm
