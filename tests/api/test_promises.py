"""What the answers promise: the past stays as it was, what was merged comes apart, and one answer is of one moment."""

import threading
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.execution import GraphQLService
from graph.port import GraphStore
from ontology.errors import JudgementConflictError
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import Batch, EntityId, JudgementId, make_judgement
from tests.api.small_world import RECORDED, Teller, ask, data, make_desk
from tests.fakes import FakeStore

EVERYTHING = """
query Everything($knownAt: Instant) {
  organizations(first: 9, scope: {knownAt: $knownAt}) {
    totalCount
    edges { node {
      id name names { value source } members headcount tier country { id name }
      claims(first: 50) { totalCount edges { node { id value object { id } evidence { id } } } }
      suppliers { edges { node { id name } claimCount } }
      exposure { score low high paths { contribution entities { id } } }
      findings { id text claims { id } }
    } }
  }
  findings(scope: {knownAt: $knownAt}) { totalCount edges { node { id text evidence { id } } } }
  conflicts(scope: {knownAt: $knownAt}) { edges { node { id why } } }
  exposures(first: 9, scope: {knownAt: $knownAt}) { edges { node { supplier { id } score remainder } } }
}
"""


def told(desk: GraphQLService, **variables: Any) -> bytes:
    return orjson.dumps(data(desk, EVERYTHING, **variables))


def later(minutes: int) -> str:
    return f"2026-05-01T00:{minutes:02}:00.000000Z"


def judgement(left: str, right: str, verdict: Any = "same"):
    return make_judgement((EntityId(left), EntityId(right)), verdict, by="t", why="t", features={})


def news() -> Teller:
    """What becomes known later: another supplier, another name, another opinion."""
    tell = Teller()
    new = tell.firm("new", "Newcomer", "DE")
    tell.say(new, "SUPPLIES", "org:t-one", annualSpend=40.0, currency="EUR", source="late")
    tell.say("org:t-two", "NAMED", "Second Firm Ltd", source="late", kind="primary")
    tell.say("org:t-two", "HEADCOUNT", 5, source="late", basis="confirmed")
    return tell


def late_batch(at: str) -> Batch:
    """The news as one write, in records that no earlier source has."""
    tell = news()
    for number, claim in enumerate(tell.claims):
        object.__setattr__(claim, "record", f"late-{number}")
        object.__setattr__(claim, "source", "late")
    return tell.batch(at)


def test_what_was_known_then_is_told_as_it_was_then(own_store: GraphStore):
    desk = make_desk(own_store)
    before = told(desk)
    own_store.apply(late_batch(later(1)))
    own_store.apply(Batch(at=later(2), judgements=(judgement("org:t-one", "org:t-two"),)))
    after = told(make_desk(own_store))
    assert after != before
    assert told(make_desk(own_store), knownAt=RECORDED) == before
    assert told(make_desk(own_store), knownAt=later(30)) == after


def test_what_was_merged_comes_apart_byte_for_byte(own_store: GraphStore):
    before = told(make_desk(own_store))
    merge = judgement("org:t-one", "org:t-two")
    own_store.apply(Batch(at=later(1), judgements=(merge,)))
    merged = told(make_desk(own_store))
    own_store.apply(Batch(at=later(2), withdrawn=(merge.id,)))
    assert merged != before
    assert told(make_desk(own_store)) == before
    assert told(make_desk(own_store), knownAt=later(1)) == merged


def test_claims_made_while_merged_come_back_to_their_entity(own_store: GraphStore):
    merge = judgement("org:t-one", "org:t-two")
    own_store.apply(Batch(at=later(1), judgements=(merge,)))
    own_store.apply(late_batch(later(2)))
    names = '{ organization(id: "org:t-two") { id names { value } } }'
    assert data(make_desk(own_store), names)["organization"]["id"] == "org:t-one"
    own_store.apply(Batch(at=later(3), withdrawn=(merge.id,)))
    apart = data(make_desk(own_store), names)["organization"]
    assert apart["id"] == "org:t-two"
    assert {name["value"] for name in apart["names"]} == {"Second Firm", "Second Firm Ltd"}


def test_one_answer_is_of_one_moment_while_others_write(own_store: GraphStore):
    """Two parts of one query never see two revisions, whatever is written in between."""
    desk = make_desk(own_store)
    writing, failed = threading.Event(), []
    writing.set()

    def write() -> None:
        try:
            for number in range(40):
                tell = Teller()
                claim = tell.say(f"org:t-w{number:02}", "NAMED", f"Written {number}", source="late", kind="primary")
                object.__setattr__(claim, "record", f"w{number}")
                own_store.apply(tell.batch(later(1)))
        finally:
            writing.clear()

    query = """{ a: organizations(first: 100) { totalCount edges { node { id name } } }
                 status { revision } b: organizations(first: 100) { totalCount edges { node { id name } } } }"""
    thread = threading.Thread(target=write)
    thread.start()
    while writing.is_set():
        found = data(desk, query)
        if found["a"] != found["b"]:
            failed.append(found)
    thread.join()
    assert not failed
    assert data(desk, query)["a"]["totalCount"] == 44


# ── any merges ──

FIRMS = [f"org:t-{letter}" for letter in "abcdefgh"]
PAIRS = st.lists(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), st.sampled_from(["same", "different", "unsure"])),
    max_size=8,
)


def merged_store(pairs: list[tuple[str, str, str]]) -> FakeStore:
    """Eight firms in a ring of supplies, each with a name, and the judgements that do not contradict."""
    tell = Teller()
    for number, firm in enumerate(FIRMS):
        tell.say(firm, "NAMED", f"Firm {firm[-1]} {'even' if number % 2 else 'odd'}", kind="primary")
        tell.say(firm, "SUPPLIES", FIRMS[(number + 1) % len(FIRMS)])
    store = FakeStore(VOCABULARY)
    store.apply(tell.batch())
    for number, (left, right, verdict) in enumerate(pairs):
        if left != right:
            try:
                store.apply(Batch(at=later(number), judgements=(judgement(left, right, verdict),)))
            except JudgementConflictError:
                continue
    return store


def components(store: FakeStore) -> dict[str, str]:
    """The smallest member of each firm's component, by walking: the oracle."""
    smallest = {firm: firm for firm in FIRMS}
    for _ in FIRMS:
        for stored in store.judgements():
            if stored.judgement.verdict == "same":
                best = min(smallest[stored.judgement.left], smallest[stored.judgement.right])
                smallest[stored.judgement.left] = smallest[stored.judgement.right] = best
    return smallest


def listed(desk: GraphQLService, first: int, search: str = "") -> list[str]:
    query = """query Q($n: Int!, $a: String, $s: String) { organizations(first: $n, after: $a, where: {search: $s}) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    seen: list[str] = []
    page = {"hasNextPage": True, "endCursor": None}
    total = 0
    while page["hasNextPage"]:
        found = data(desk, query, n=first, a=page["endCursor"], s=search)["organizations"]
        seen += [edge["node"]["id"] for edge in found["edges"]]
        page, total = found["pageInfo"], found["totalCount"]
    assert total == len(seen)
    return seen


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(PAIRS, st.integers(1, 4), st.sampled_from(["", "even", "odd", "firm a"]))
def test_pages_list_every_merged_entity_once(pairs: list[tuple[str, str, str]], first: int, search: str):
    store = merged_store(pairs)
    smallest = components(store)
    words = {firm: f"firm {firm[-1]} {'even' if number % 2 else 'odd'}" for number, firm in enumerate(FIRMS)}
    fitting = {smallest[firm] for firm in FIRMS if set(search.split()) <= set(words[firm].split())}
    seen = listed(make_desk(store), first, search)
    assert len(seen) == len(set(seen))
    assert set(seen) == fitting


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(PAIRS)
def test_suppliers_of_merged_entities_are_the_merged_suppliers(pairs: list[tuple[str, str, str]]):
    store = merged_store(pairs)
    smallest = components(store)
    query = """{ organizations(first: 100) { edges { node { id members
      suppliers(first: 100) { edges { node { id } claimCount } } customers(first: 100) { totalCount } } } } }"""
    ring = [(FIRMS[number], FIRMS[(number + 1) % len(FIRMS)]) for number in range(len(FIRMS))]
    for edge in data(make_desk(store), query)["organizations"]["edges"]:
        node = edge["node"]
        assert node["members"] == [firm for firm in FIRMS if smallest[firm] == node["id"]]
        wanted = [smallest[supplier] for supplier, customer in ring if smallest[customer] == node["id"]]
        got = {one["node"]["id"]: one["claimCount"] for one in node["suppliers"]["edges"]}
        assert got == {supplier: wanted.count(supplier) for supplier in set(wanted)}
        assert list(got) == sorted(got)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(PAIRS)
def test_withdrawing_all_judgements_gives_all_entities_back(pairs: list[tuple[str, str, str]]):
    store = merged_store(pairs)
    query = "{ organizations(first: 100) { edges { node { id name members claims { totalCount } } } } }"
    untouched = data(make_desk(merged_store([])), query)
    standing = tuple(JudgementId(stored.judgement.id) for stored in store.judgements())
    store.apply(Batch(at=later(59), withdrawn=standing))
    assert data(make_desk(store), query) == untouched


# ── proof ──


def test_every_claim_of_every_answer_has_its_evidence(desk: GraphQLService):
    found = data(
        desk,
        """{ organizations(first: 9) { edges { node {
               claims(first: 100) { edges { node { id evidence { id quoteSha256 document { sha256 } } } } } } } }
             findings { edges { node { claims { evidence { id } } evidence { id } } } } }""",
    )
    claims = [claim["node"] for edge in found["organizations"]["edges"] for claim in edge["node"]["claims"]["edges"]]
    assert claims
    assert all(claim["evidence"] for claim in claims)
    for edge in found["findings"]["edges"]:
        under = {item["id"] for claim in edge["node"]["claims"] for item in claim["evidence"]}
        assert under == {item["id"] for item in edge["node"]["evidence"]}


@pytest.mark.parametrize(
    "hostile",
    ["<img src=x onerror=alert(1)>", "Robert'); DROP TABLE claims;--", "\u202eevil\u2066", "a\nb\tc", "\U0001d54b"],
)
def test_hostile_text_stays_text(own_store: GraphStore, hostile: str):
    tell = Teller()
    claim = tell.say("org:t-hostile", "NAMED", hostile, source="late", kind="primary")
    object.__setattr__(claim, "record", "hostile")
    own_store.apply(tell.batch(later(1)))
    desk = make_desk(own_store)
    assert data(desk, '{ organization(id: "org:t-hostile") { name } }')["organization"]["name"] == hostile
    response = ask(
        desk, "query Q($s: String) { organizations(first: 5, where: {search: $s}) { totalCount } }", s=hostile
    )
    assert "errors" not in response
