"""Valid time and record time: corrections close versions and never overwrite them."""

import itertools

import pytest

from graph.port import ClaimQuery, EntityQuery, GraphStore
from ontology.errors import InvalidRecordError
from ontology.records import At, Batch, Claim, EntityId
from tests.claims import Said
from tests.graph.samples import DAY, batch, claim_of, entity, entry, instant, judged, named, supplies


def valid_between(start: str | None, end: str | None, record: str = "r1") -> Claim:
    return claim_of(Said(EntityId("org:a"), "SUPPLIES", EntityId("org:b"), valid_from=start, valid_to=end), record)


def test_a_correction_closes_and_opens_at_one_instant(store: GraphStore) -> None:
    old, new = claim_of(supplies("org:a", "org:b", share=0.5)), claim_of(supplies("org:a", "org:b", share=0.7))
    kept = claim_of(named("org:a", "Alpha"))
    store.apply(batch(entry(old, kept), at=instant(1)))
    applied = store.apply(batch(entry(new, kept), at=instant(2)))
    assert (applied.revision, applied.opened, applied.closed) == (2, 1, 1)
    history = {row.claim.id: (row.recorded_at, row.superseded_at) for row in store.claims(ClaimQuery(history=True))}
    assert history == {
        old.id: (instant(1), instant(2)),
        new.id: (instant(2), None),
        kept.id: (instant(1), None),
    }


def test_other_confidence_is_another_version_of_the_claim(store: GraphStore) -> None:
    before, after = claim_of(named("org:a", "Alpha")), claim_of(named("org:a", "Alpha"), confidence=0.5)
    assert before.id == after.id
    store.apply(batch(entry(before), at=instant(1)))
    assert store.apply(batch(entry(after), at=instant(2))).closed == 1
    versions = store.claims(ClaimQuery(history=True))
    assert [(row.claim.confidence, row.recorded_at, row.superseded_at) for row in versions] == [
        (1.0, instant(1), instant(2)),
        (0.5, instant(2), None),
    ]
    assert [change.action for change in store.changes(1)] == ["closed", "opened"]


def test_another_source_never_supersedes(store: GraphStore) -> None:
    ours, theirs = claim_of(named("org:a", "Alpha")), claim_of(named("org:a", "Beta"), source="other")
    store.apply(batch(entry(ours)))
    assert store.apply(batch(entry(theirs))).closed == 0


def test_instants_rise_though_the_clock_stands_still_or_goes_back(store: GraphStore) -> None:
    for name, at in [("A", instant(5)), ("B", instant(5)), ("C", DAY), ("D", instant(7))]:
        store.apply(batch(entry(claim_of(named("org:a", name))), at=at))
    instants = [row.recorded_at for row in store.claims(ClaimQuery(history=True))]
    assert sorted(instants) == [
        instant(5),
        "2026-01-01T00:00:05.000001Z",
        "2026-01-01T00:00:05.000002Z",
        instant(7),
    ]
    assert store.status().recorded_at == instant(7)


def test_quarantine_moves_the_instant_and_nothing_else(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "A"))), at=instant(5)))
    store.apply(batch(entry(record="r2", content="x", fault="{}"), at=instant(5)))
    store.apply(batch(entry(claim_of(named("org:a", "B"))), at=instant(5)))
    assert store.status().revision == 2
    assert [row.recorded_at for row in store.claims(ClaimQuery())] == ["2026-01-01T00:00:05.000002Z"]


START, MIDDLE, END = "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (None, ["always", "first", "second", "before", "after"]),
        ("2025-12-31T23:59:59Z", ["always", "before"]),
        (START, ["always", "first"]),
        ("2026-06-30T23:59:59Z", ["always", "first"]),
        (MIDDLE, ["always", "second"]),
        ("2026-12-31T23:59:59Z", ["always", "second"]),
        (END, ["always", "after"]),
    ],
)
def test_intervals_are_half_open(store: GraphStore, as_of: str | None, found: list[str]) -> None:
    claims = {
        "always": valid_between(None, None),
        "first": valid_between(START, MIDDLE),
        "second": valid_between(MIDDLE, END),
        "before": valid_between(None, START),
        "after": valid_between(END, None),
    }
    store.apply(batch(entry(*claims.values())))
    at = At(as_of=as_of)
    ids = sorted(claims[name].id for name in found)
    assert [row.claim.id for row in store.claims(ClaimQuery(at=at))] == ids
    assert store.columns("SUPPLIES", at=at).claims == ids
    assert [row.claim.id for row in store.claims(ClaimQuery(at=at, history=True))] == ids
    assert len(store.entities(EntityQuery(at=at))) == 2


def test_what_was_known_replays(store: GraphStore) -> None:
    """Each past state can be read exactly, whatever was written after it."""
    shown: dict[str, list[Claim]] = {}
    shares = itertools.cycle([0.1, 0.2, 0.3])
    for step in range(1, 9):
        claims = [claim_of(supplies("org:a", f"org:b{step % 3}", share=next(shares)), f"r{step % 2}")]
        gone = [("demo", "r1")] if step == 5 else []
        given = batch(*([] if gone else [entry(*claims, content=str(step))]), at=instant(step), gone=gone)
        store.apply(given)
        shown[instant(step)] = [row.claim for row in store.claims(ClaimQuery())]
    for known_at, claims in shown.items():
        at = At(known_at=known_at)
        assert [row.claim for row in store.claims(ClaimQuery(at=at))] == claims
        assert store.columns("SUPPLIES", at=at).claims == [claim.id for claim in claims]
        ends = {end for claim in claims for end in (claim.subject, claim.object) if end}
        assert {entity.id for entity in store.entities(EntityQuery(at=at))} == ends
    assert store.claims(ClaimQuery(at=At(known_at="2025-12-31T23:59:59.999999Z"))) == []
    assert store.claims(ClaimQuery(at=At(known_at="2999-01-01T00:00:00.000000Z"))) == store.claims(ClaimQuery())


def test_a_read_of_the_past_has_the_versions_as_they_are_now(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "Alpha"))), at=instant(1)))
    store.apply(batch(gone=[("demo", "r1")], at=instant(2)))
    (row,) = store.claims(ClaimQuery(at=At(known_at=instant(1))))
    assert (row.recorded_at, row.superseded_at) == (instant(1), instant(2))
    assert store.claims(ClaimQuery(at=At(known_at=instant(2)))) == []


def test_words_are_looked_up_in_the_past(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "Alpha Works"))), at=instant(1)))
    store.apply(batch(entry(claim_of(named("org:a", "Beta Works"))), at=instant(2)))
    assert store.entities(EntityQuery(words=["alpha"])) == []
    assert store.entities(EntityQuery(words=["alpha"], at=At(known_at=instant(1)))) == [entity("org:a")]
    assert store.entities(EntityQuery(words=["alpha", "beta"])) == []


def test_judgements_are_read_as_they_were_known(store: GraphStore) -> None:
    judgement = judged("org:a", "org:b")
    entities = (entity("org:a"), entity("org:b"))
    store.apply(Batch(instant(1), entities=entities, judgements=(judgement,)))
    store.apply(Batch(instant(2), withdrawn=(judgement.id,)))
    assert store.judgements() == []
    (row,) = store.judgements(At(known_at=instant(1)))
    assert (row.judgement, row.recorded_at, row.superseded_at) == (judgement, instant(1), instant(2))
    store.apply(Batch(instant(3), judgements=(judgement,)))
    assert [row.recorded_at for row in store.judgements()] == [instant(3)]


@pytest.mark.parametrize("at", ["2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00.000000+00:00"])
def test_an_instant_of_another_width_is_refused(store: GraphStore, at: str) -> None:
    with pytest.raises(InvalidRecordError, match="record instant"):
        store.apply(batch(entry(claim_of(named("org:a", "Alpha"))), at=at))
    assert store.status().recorded_at is None
