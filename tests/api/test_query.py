"""Questions and their answers on the small world."""

from collections.abc import Callable
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from graph.content_hash import content_hash
from graph.port import ClaimQuery, GraphStore
from ontology.records import Batch, EntityId, make_judgement
from tests.api.small_world import RECORDED, Teller, ask, data, make_desk

LATER = "2026-04-01T00:00:00.000000Z"


def nodes(connection: dict[str, Any], field: str = "id") -> list[Any]:
    return [edge["node"][field] for edge in connection["edges"]]


def all_pages(read: Callable[[str | None], dict[str, Any]]) -> list[dict[str, Any]]:
    """Every page of a list, each read behind the one before."""
    pages = [read(None)]
    while pages[-1]["pageInfo"]["hasNextPage"]:
        pages.append(read(pages[-1]["pageInfo"]["endCursor"]))
    return pages


def judge(store: GraphStore, left: str, right: str, verdict: Any = "same", at: str = LATER) -> str:
    judgement = make_judgement((EntityId(left), EntityId(right)), verdict, by="t", why="t", features={})
    store.apply(Batch(at=at, judgements=(judgement,)))
    return judgement.id


# ── by id ──


@pytest.mark.parametrize(
    ("key", "sort", "kind"),
    [
        ("org:t-one", "Organization", "Organization"),
        ("sit:t-plant", "Site", "Site"),
        ("reg:iso3166-CI", "Region", "Region"),
        ("ctr:t-frame", "Contract", "Contract"),
        ("cls:t-term", "Clause", "Clause"),
        ("obl:t-otd", "Norm", "Obligation"),
        ("crt:t-iso", "Certification", "Certification"),
        ("clt:tierscope-audit-rights", "ClauseType", "ClauseType"),
        ("rsk:t-flood", "Thing", "Risk"),
        ("per:t-mallory", "Thing", "Person"),
    ],
)
def test_a_entity_is_shown_by_its_kind(desk: GraphQLService, key: str, sort: str, kind: str):
    found = data(desk, "query Q($id: ID!) { node(id: $id) { __typename id ... on Entity { kind } } }", id=key)
    assert found["node"] == {"__typename": sort, "id": key, "kind": kind}


def test_claims_and_evidence_have_ids_too(desk: GraphQLService, small_store: GraphStore):
    stored = small_store.claims(ClaimQuery(subjects=[EntityId("org:t-one")], predicates=["SUPPLIES"]))[0]
    found = data(
        desk,
        """query Q($claim: ID!, $evidence: ID!) {
          node(id: $claim) { __typename }
          claim(id: $claim) { id statement source record predicate basis review confidence validFrom recordedAt
            supersededAt value subject { id name } object { id } qualifiers { name value }
            evidence { id quote quoteSha256 locator document { id name sha256 licence publisher retrievedAt uri } } }
          evidence(id: $evidence) { id document { mediaType } } }""",
        claim=stored.claim.id,
        evidence=stored.claim.evidence[0],
    )
    claim = found["claim"]
    assert found["node"] == {"__typename": "Claim"}
    assert claim["id"] == stored.claim.id
    assert claim["statement"] == stored.claim.statement
    assert (claim["basis"], claim["review"], claim["confidence"]) == ("OBSERVED", "ACCEPTED", 1.0)
    assert claim["subject"] == {"id": "org:t-one", "name": "Ébène One"}
    assert claim["object"] == {"id": "org:t-buyer"}
    assert claim["recordedAt"] == RECORDED
    assert claim["supersededAt"] is claim["value"] is claim["validFrom"] is None
    assert claim["qualifiers"] == [
        {"name": "annualSpend", "value": 300.0},
        {"name": "currency", "value": "EUR"},
        {"name": "shareOfSupply", "value": 0.6},
    ]
    assert claim["evidence"][0]["quote"] == "org:t-one SUPPLIES org:t-buyer"
    assert claim["evidence"][0]["document"]["sha256"] == "ab" * 32
    assert claim["evidence"][0]["document"]["licence"] == "CC0-1.0"
    assert found["evidence"] == {"id": stored.claim.evidence[0], "document": {"mediaType": "text/csv"}}


def test_several_ids_answer_in_order_with_gaps(desk: GraphQLService):
    found = data(desk, '{ nodes(ids: ["sit:t-plant", "org:nobody", "org:t-two", "nonsense", "sit:t-plant"]) { id } }')
    assert [one and one["id"] for one in found["nodes"]] == ["sit:t-plant", None, "org:t-two", None, "sit:t-plant"]


def test_more_than_a_hundred_ids_are_refused(desk: GraphQLService):
    response = ask(desk, "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["org:t-one"] * 101)
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize(
    "query",
    [
        '{ organization(id: "org:nobody") { id } }',
        '{ supplier(id: "sit:t-plant") { id } }',
        '{ claim(id: "clm:0") { id } }',
        '{ evidence(id: "org:t-one") { id } }',
        '{ explain(supplier: "org:nobody") { alpha } }',
        '{ exposures(first: 1, scope: {buyer: "org:nobody"}) { totalCount } }',
    ],
)
def test_what_is_not_there_is_said_so(desk: GraphQLService, query: str):
    response = ask(desk, query)
    assert [error["extensions"]["code"] for error in response["errors"]] == ["NOT_FOUND"]
    assert response["errors"][0]["extensions"]["fix"]


def test_a_missing_node_is_null(desk: GraphQLService):
    assert data(desk, '{ node(id: "org:nobody") { id } }') == {"node": None}


@pytest.mark.parametrize(
    "key", ["'; DROP TABLE entities; --", "org:`x`) MATCH (n) DETACH DELETE n //", "\x00", "org:" + "a" * 9999, "☃"]
)
def test_hostile_ids_find_nothing(desk: GraphQLService, key: str):
    assert data(desk, "query Q($id: ID!) { node(id: $id) { id } }", id=key) == {"node": None}


# ── what is derived from claims ──


def test_the_name_is_the_one_to_be_believed(desk: GraphQLService):
    found = data(desk, '{ organization(id: "org:t-one") { name names { value kind language source claimId } } }')
    one = found["organization"]
    assert one["name"] == "Ébène One"
    assert sorted(name["value"] for name in one["names"][:2]) == ["One SARL", "Ébène One"]
    assert one["names"][2]["value"] == "Ebène Wun"
    alias = next(name for name in one["names"] if name["kind"] == "alias")
    assert (alias["value"], alias["language"], alias["source"]) == ("One SARL", "fr", "erp")
    assert all(name["claimId"].startswith("clm:") for name in one["names"])


def test_what_is_believed_is_the_preferred_side_of_a_conflict(desk: GraphQLService):
    found = data(
        desk,
        """{ organization(id: "org:t-two") { headcount }
             conflicts { edges { node { subject { id } predicate why
               sides { value sources claims { source } } } } } }""",
    )
    conflict = next(edge["node"] for edge in found["conflicts"]["edges"] if edge["node"]["predicate"] == "HEADCOUNT")
    assert conflict["subject"] == {"id": "org:t-two"}
    assert [side["value"] for side in conflict["sides"]] == [900, 700]
    assert conflict["sides"][0]["sources"] == ["erp"]
    assert conflict["why"]
    assert found["organization"]["headcount"] == conflict["sides"][0]["value"]


def test_rejected_claims_are_shown_but_not_believed(own_store: GraphStore):
    tell = Teller()
    tell.say("org:t-one", "STATUS", "dissolved", source="rumour", review="rejected")
    own_store.apply(tell.batch(LATER))
    found = data(
        make_desk(own_store),
        """{ organization(id: "org:t-one") { status
               claims(predicates: ["STATUS"]) { edges { node { value review } } } } }""",
    )
    assert found["organization"]["status"] is None
    assert nodes(found["organization"]["claims"], "review") == ["REJECTED"]


def test_the_fields_of_an_organisation(desk: GraphQLService):
    found = data(
        desk,
        """{ one: organization(id: "org:t-one") {
               headcount revenue address country { id }
               identifiers { scheme value } sanctions { listing }
               sites { edges { node { name address latitude longitude country { id }
                                      operators { edges { node { id } } } } } }
               certifications { totalCount edges { node { scheme issuer holder { id } validFrom validTo } } }
               customers { edges { node { id } claimCount claims { predicate } } } owns { totalCount }
               risks { edges { node { name } } } }
             deep: organization(id: "org:t-deep") { owners { edges {
               node { __typename name } claims { qualifiers { name value } } } } } }""",
    )
    one = found["one"]
    assert (one["headcount"], one["revenue"], one["address"]) == (12, None, None)
    assert one["country"] == {"id": "reg:iso3166-CI"}
    assert one["identifiers"] == [{"scheme": "lei", "value": "529900TEST0000000001"}]
    assert one["sanctions"] == []
    site = one["sites"]["edges"][0]["node"]
    assert (site["name"], site["address"], site["latitude"], site["longitude"]) == ("Plant", "1 Quay", 5.3, None)
    assert nodes(site["operators"]) == ["org:t-one"]
    certificate = one["certifications"]["edges"][0]["node"]
    assert certificate == {
        "scheme": "ISO 14001",
        "issuer": None,
        "holder": {"id": "org:t-one"},
        "validFrom": "2024-04-01T00:00:00Z",
        "validTo": "2026-04-01T00:00:00Z",
    }
    assert one["customers"]["edges"][0] == {
        "node": {"id": "org:t-buyer"},
        "claimCount": 1,
        "claims": [{"predicate": "SUPPLIES"}],
    }
    assert one["owns"] == {"totalCount": 0}
    assert nodes(one["risks"], "name") == ["wages"]
    owner = found["deep"]["owners"]["edges"][0]
    assert owner["node"] == {"__typename": "Thing", "name": "Mallory"}
    assert owner["claims"][0]["qualifiers"] == [{"name": "percentage", "value": 60.0}]


def test_clauses_come_in_the_order_of_the_contract(desk: GraphQLService):
    found = data(
        desk,
        """{ node(id: "ctr:t-frame") { ... on Contract { title contractKind state parties { edges { node { id } } }
             versions { edges { node { versionNo clauses(first: 1) { totalCount pageInfo { hasNextPage endCursor }
               edges { node { heading } } } } } } } } }""",
    )
    contract = found["node"]
    assert (contract["title"], contract["contractKind"], contract["state"]) == ("Frame agreement", "supply", None)
    assert nodes(contract["parties"]) == ["org:t-buyer", "org:t-one"]
    version = contract["versions"]["edges"][0]["node"]
    assert version["versionNo"] == 1
    assert version["clauses"]["totalCount"] == 2
    assert nodes(version["clauses"], "heading") == ["Level"]
    rest = data(
        desk,
        """query Q($after: String) { node(id: "ctv:t-frame-1") { ... on ContractVersion {
             clauses(first: 5, after: $after) { edges { node { heading text norms { edges { node { action operator
               threshold unit owedBy { edges { node { id } } } owedTo { edges { node { id } } } } } } } } } } } }""",
        after=version["clauses"]["pageInfo"]["endCursor"],
    )
    assert nodes(rest["node"]["clauses"], "heading") == ["Term"]


def test_norms_say_who_owes_what(desk: GraphQLService):
    found = data(
        desk,
        """{ node(id: "cls:t-level") { ... on Clause { types { edges { node { name mitigates { totalCount } }
               claims { qualifiers { name value } } } }
             norms { edges { node { kind action metric operator threshold unit owedBy { edges { node { id } } }
               owedTo { edges { node { id } } } } } } } } }""",
    )
    clause = found["node"]
    assert clause["types"]["edges"][0]["node"] == {"name": "service level", "mitigates": {"totalCount": 0}}
    assert clause["types"]["edges"][0]["claims"][0]["qualifiers"][1] == {"name": "score", "value": 0.9}
    norm = clause["norms"]["edges"][0]["node"]
    assert (norm["kind"], norm["operator"], norm["threshold"], norm["unit"]) == ("Obligation", ">=", 98.0, "%")
    assert nodes(norm["owedBy"]) == ["org:t-one"]
    assert nodes(norm["owedTo"]) == ["org:t-buyer"]


# ── lists ──


def test_organisations_come_by_id_page_by_page(desk: GraphQLService):
    query = """query Q($after: String) { organizations(first: 3, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } } } }"""
    first = data(desk, query)["organizations"]
    assert first["totalCount"] == 4
    assert nodes(first) == ["org:t-buyer", "org:t-deep", "org:t-one"]
    assert first["pageInfo"] == {"hasNextPage": True, "endCursor": first["edges"][-1]["cursor"]}
    second = data(desk, query, after=first["pageInfo"]["endCursor"])["organizations"]
    assert nodes(second) == ["org:t-two"]
    assert second["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"search": "ebene"}, ["org:t-one"]),
        ({"search": "ONE sarl"}, ["org:t-one"]),
        ({"search": "firm first"}, []),
        ({"country": "CI"}, ["org:t-deep", "org:t-one"]),
        ({"country": "reg:iso3166-DE"}, ["org:t-buyer", "org:t-two"]),
        ({"country": "ZZ"}, []),
        ({"country": "CI", "search": "deep"}, ["org:t-deep"]),
        ({"tier": 0}, ["org:t-buyer"]),
        ({"tier": 1}, ["org:t-one", "org:t-two"]),
        ({"tier": 2}, ["org:t-deep"]),
        ({"tier": 9}, []),
        ({"tier": 1, "country": "DE"}, ["org:t-two"]),
        ({"search": '"; DROP TABLE x; -- * NEAR('}, []),
        ({"search": "' OR 1=1"}, []),
        ({}, ["org:t-buyer", "org:t-deep", "org:t-one", "org:t-two"]),
    ],
)
def test_organisations_are_found(desk: GraphQLService, where: dict[str, Any], found: list[str]):
    query = "query Q($w: OrganizationWhere) { organizations(first: 9, where: $w) { totalCount edges { node { id } } } }"
    got = data(desk, query, w=where)["organizations"]
    assert nodes(got) == found
    assert got["totalCount"] == len(found)


def test_a_cursor_belongs_to_its_question(desk: GraphQLService):
    query = """query Q($after: String, $w: OrganizationWhere, $asOf: Instant) {
      organizations(first: 1, after: $after, where: $w, scope: {asOf: $asOf}) { pageInfo { endCursor } } }"""
    cursor = data(desk, query, w={"country": "CI"})["organizations"]["pageInfo"]["endCursor"]
    for asked in ({"w": {"country": "DE"}}, {}, {"w": {"country": "CI"}, "asOf": "2025-01-01"}):
        response = ask(desk, query, after=cursor, **asked)
        assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize(
    "forged", ["org:t-one||2026-03-01T09:00:00.000000Z|00000000", "org:t-one|2026-03-01|x|00000000", "org:t-one|x||0"]
)
def test_a_forged_cursor_is_refused(desk: GraphQLService, forged: str):
    for field in ("organizations(first: 1, after: $c)", "findings(after: $c)", "judgements(after: $c)"):
        response = ask(desk, f"query Q($c: String) {{ {field} {{ totalCount }} }}", c=forged)
        assert response["errors"][0]["extensions"]["code"] in {"BAD_QUERY", "BAD_INPUT"}


def test_pages_do_not_move_while_others_write(own_store: GraphStore):
    desk = make_desk(own_store)
    query = """query Q($after: String) { organizations(first: 2, after: $after) {
      totalCount pageInfo { endCursor } edges { node { id name } } } }"""
    first = data(desk, query)["organizations"]
    tell = Teller()
    tell.say("org:t-aaa", "NAMED", "Earlier", source="late", kind="primary")
    tell.say("org:t-one", "NAMED", "Renamed", source="late", kind="primary", valid=("2026-01-01T00:00:00Z", None))
    tell.say("org:t-zzz", "NAMED", "Later", source="late", kind="primary")
    own_store.apply(tell.batch(LATER))
    second = data(desk, query, after=first["pageInfo"]["endCursor"])["organizations"]
    assert nodes(second) == ["org:t-one", "org:t-two"]
    assert nodes(second, "name")[0] == "Ébène One"
    assert second["totalCount"] == 4
    assert len(nodes(data(desk, query)["organizations"])) == 2
    assert data(desk, query)["organizations"]["totalCount"] == 6


def test_claims_page_by_claim_id(desk: GraphQLService):
    query = """query Q($after: String) { organization(id: "org:t-one") { claims(first: 4, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } }"""
    pages = all_pages(lambda after: data(desk, query, after=after)["organization"]["claims"])
    seen = [key for page in pages for key in nodes(page)]
    assert seen == sorted(seen)
    assert {page["totalCount"] for page in pages} == {len(seen)} == {9}


def test_claims_of_one_or_of_many_are_the_same(desk: GraphQLService):
    inner = """claims(first: 3) { totalCount pageInfo { hasNextPage } edges { node { id } } }
               mentions(first: 2) { edges { node { id } } }"""
    many = data(desk, f"{{ organizations(first: 9) {{ edges {{ node {{ id {inner} }} }} }} }}")["organizations"]
    for edge in many["edges"]:
        alone = data(desk, f"query Q($id: ID!) {{ organization(id: $id) {{ id {inner} }} }}", id=edge["node"]["id"])
        assert alone["organization"] == edge["node"]


def test_relations_page_on_from_their_cursor(desk: GraphQLService):
    query = """query Q($after: String) { organization(id: "org:t-buyer") { suppliers(first: 1, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } }"""
    first = data(desk, query)["organization"]["suppliers"]
    second = data(desk, query, after=first["pageInfo"]["endCursor"])["organization"]["suppliers"]
    assert (nodes(first), nodes(second)) == (["org:t-one"], ["org:t-two"])
    assert [first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]] == [True, False]
    assert first["totalCount"] == second["totalCount"] == 2


def test_the_cursor_of_one_entity_is_not_taken_for_another(desk: GraphQLService):
    query = """query Q($id: ID!, $after: String) { organization(id: $id) {
      suppliers(first: 1, after: $after) { pageInfo { endCursor } } } }"""
    cursor = data(desk, query, id="org:t-buyer")["organization"]["suppliers"]["pageInfo"]["endCursor"]
    assert ask(desk, query, id="org:t-one", after=cursor)["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_evidence_is_a_list_of_its_own(desk: GraphQLService):
    query = """query Q($after: String) { organization(id: "org:t-two") { evidence(first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id quote document { name } } } } } }"""
    first = data(desk, query)["organization"]["evidence"]
    assert first["totalCount"] == 5
    second = data(desk, query, after=first["pageInfo"]["endCursor"])["organization"]["evidence"]
    assert not set(nodes(first)) & set(nodes(second))
    assert first["edges"][0]["node"]["document"] == {"name": "erp"}


def test_claims_of_named_predicates_only(desk: GraphQLService):
    query = """{ organization(id: "org:t-one") {
      claims(predicates: ["HEADCOUNT"]) { totalCount edges { node { value } } } } }"""
    assert data(desk, query)["organization"]["claims"] == {"totalCount": 1, "edges": [{"node": {"value": 12}}]}


# ── times ──


def test_as_of_reads_what_was_true_then(desk: GraphQLService):
    query = """query Q($at: Instant) {
      organization(id: "org:t-one", scope: {asOf: $at}) { certifications { totalCount } } }"""
    counts = {
        at: data(desk, query, at=at)["organization"]["certifications"]["totalCount"]
        for at in (None, "2026-03-31", "2026-04-01")
    }
    assert counts == {None: 1, "2026-03-31": 1, "2026-04-01": 0}


def test_known_at_reads_what_was_recorded_then(own_store: GraphStore):
    desk = make_desk(own_store)
    tell = Teller()
    tell.say("org:t-one", "STATUS", "active", source="late")
    own_store.apply(tell.batch(LATER))
    query = 'query Q($at: Instant) { organization(id: "org:t-one", scope: {knownAt: $at}) { status } }'
    assert data(desk, query)["organization"]["status"] == "active"
    assert data(desk, query, at="2026-03-15")["organization"]["status"] is None
    assert data(desk, query, at="2030-01-01")["organization"]["status"] == "active"
    assert ask(desk, query, at="2020-01-01")["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_default_as_of_is_the_hour_of_the_clock(small_store: GraphStore):
    ended = make_desk(small_store, clock=lambda: "2026-04-01T00:59:59Z")
    query = """{ organization(id: "org:t-one") { certifications { totalCount } }
                organizations(first: 1) { pageInfo { endCursor } } }"""
    found = data(ended, query)
    assert found["organization"]["certifications"]["totalCount"] == 0
    assert "|2026-04-01T00:00:00Z|" in found["organizations"]["pageInfo"]["endCursor"]


def test_the_status_says_revision_and_content(desk: GraphQLService, small_store: GraphStore):
    found = data(desk, "{ status { revision recordedAt schemaVersion contentHash counts { name count } } }")["status"]
    held = small_store.status()
    assert found["revision"] == held.revision == 1
    assert found["recordedAt"] == RECORDED
    assert found["contentHash"] == content_hash(small_store)
    assert {one["name"]: one["count"] for one in found["counts"]} == dict(held.counts)


# ── who is whom ──


def test_merged_entities_are_one_with_the_claims_of_both(own_store: GraphStore):
    judge(own_store, "org:t-two", "org:t-one")
    desk = make_desk(own_store)
    found = data(
        desk,
        """{ two: organization(id: "org:t-two") { id members headcount claims(first: 50) { totalCount }
               suppliers { edges { node { id } claimCount } } }
             buyer: organization(id: "org:t-buyer") { suppliers { edges { node { id } claimCount } } }
             organizations(first: 9) { totalCount edges { node { id } } } }""",
    )
    assert found["two"]["id"] == "org:t-one"
    assert found["two"]["members"] == ["org:t-one", "org:t-two"]
    assert found["two"]["claims"]["totalCount"] == 9 + 5
    assert found["two"]["suppliers"]["edges"] == [{"node": {"id": "org:t-deep"}, "claimCount": 2}]
    assert found["buyer"]["suppliers"]["edges"] == [{"node": {"id": "org:t-one"}, "claimCount": 2}]
    assert nodes(found["organizations"]) == ["org:t-buyer", "org:t-deep", "org:t-one"]
    assert found["organizations"]["totalCount"] == 3


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"search": "second firm"}, ["org:t-one"]),
        ({"country": "DE"}, ["org:t-buyer", "org:t-one"]),
        ({"tier": 1}, ["org:t-one"]),
    ],
)
def test_merged_entities_are_found_by_what_either_is_called(
    own_store: GraphStore, where: dict[str, Any], found: list[str]
):
    judge(own_store, "org:t-two", "org:t-one")
    query = "query Q($w: OrganizationWhere) { organizations(first: 9, where: $w) { totalCount edges { node { id } } } }"
    got = data(make_desk(own_store), query, w=where)["organizations"]
    assert nodes(got) == found
    assert got["totalCount"] == len(found)


def test_pages_show_a_merged_entity_once(own_store: GraphStore):
    judge(own_store, "org:t-two", "org:t-buyer")
    desk = make_desk(own_store)
    query = """query Q($after: String) { organizations(first: 1, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    pages = all_pages(lambda after: data(desk, query, after=after)["organizations"])
    assert [nodes(page) for page in pages] == [["org:t-buyer"], ["org:t-deep"], ["org:t-one"]]


def test_before_the_judgement_they_are_two(own_store: GraphStore):
    judge(own_store, "org:t-two", "org:t-one")
    query = 'query Q($at: Instant) { organization(id: "org:t-two", scope: {knownAt: $at}) { id } }'
    desk = make_desk(own_store)
    assert data(desk, query)["organization"]["id"] == "org:t-one"
    assert data(desk, query, at="2026-03-15")["organization"]["id"] == "org:t-two"


def test_judgements_show_both_sides_by_themselves(own_store: GraphStore):
    key = judge(own_store, "org:t-two", "org:t-one")
    query = "{ judgements { totalCount edges { node { id verdict by why left { id name } right { id name } } } } }"
    found = data(make_desk(own_store), query)["judgements"]
    assert found["totalCount"] == 1
    assert found["edges"][0]["node"] == {
        "id": key,
        "verdict": "SAME",
        "by": "t",
        "why": "t",
        "left": {"id": "org:t-one", "name": "Ébène One"},
        "right": {"id": "org:t-two", "name": "Second Firm"},
    }
    found = data(make_desk(own_store), "query Q($id: ID!) { node(id: $id) { __typename id } }", id=key)
    assert found["node"] == {"__typename": "Judgement", "id": key}
