"""The effect of a batch: it is atomic, idempotent, and never overwrites a version."""

from dataclasses import replace

import pytest

from graph.content_hash import content_hash
from graph.port import ClaimQuery, GraphStore, LedgerQuery
from ontology.errors import InvalidRecordError, MissingEndError, MissingEvidenceError, TierscopeError
from ontology.records import Applied, Batch, Entity, EntityId, Entry, Vector
from tests.claims import Said
from tests.graph.samples import (
    DAY,
    batch,
    claim_of,
    document,
    entity,
    entry,
    evidence,
    instant,
    judged,
    named,
    supplies,
)


def open_claims(store: GraphStore) -> set[str]:
    return {stored.claim.id for stored in store.claims(ClaimQuery())}


def state_of(store: GraphStore) -> object:
    return content_hash(store, history=True), store.status(), store.changes(0), store.ledger(LedgerQuery())


def test_an_empty_store_has_no_rows(store: GraphStore) -> None:
    status = store.status()
    assert (status.revision, status.recorded_at, set(status.counts.values())) == (0, None, {0})
    assert store.claims(ClaimQuery()) == []
    assert store.changes(0) == []
    assert list(store.rows(history=True)) == []


def test_a_batch_opens_its_claims(store: GraphStore) -> None:
    claims = [
        claim_of(supplies("org:a", "org:b", share=0.5, tier=2, essential=True, product="prd:x")),
        claim_of(named("org:a", "Côte d’Ivoire 🍫")),
        claim_of(Said(EntityId("org:a"), "REVENUE", value=12.25, valid_from="2026-01-01T00:00:00Z")),
        claim_of(Said(EntityId("org:a"), "LISTED", value=True, valid_to="2027-01-01T00:00:00Z"), confidence=0.25),
    ]
    assert store.apply(batch(entry(*claims))) == Applied(1, 4, 0)
    found = {stored.claim.id: stored for stored in store.claims(ClaimQuery())}
    assert {id_: stored.claim for id_, stored in found.items()} == {claim.id: claim for claim in claims}
    assert {(stored.recorded_at, stored.superseded_at) for stored in found.values()} == {(DAY, None)}


@pytest.mark.parametrize("value", [True, False, 1, 0, "1", "true", 'a "quoted" \\ text', "", "\u2028\n\t"], ids=repr)
def test_a_value_keeps_its_type(store: GraphStore, value: str | int | bool) -> None:
    predicate = {bool: "LISTED", int: "HEADCOUNT", str: "NAMED"}[type(value)]
    store.apply(batch(entry(claim_of(Said(EntityId("org:a"), predicate, value=value)))))
    (stored,) = store.claims(ClaimQuery())
    assert (type(stored.claim.value), stored.claim.value) == (type(value), value)


@pytest.mark.parametrize("value", [1, 1.5, -0.25, 1e-9, 123456789.125])
def test_a_decimal_stays_the_number_that_it_was(store: GraphStore, value: float) -> None:
    statement = Said(EntityId("org:a"), "REVENUE", value=value)
    store.apply(batch(entry(claim_of(statement), claim_of(supplies("org:a", "org:b", share=value)))))
    found = {stored.claim.predicate: stored.claim for stored in store.claims(ClaimQuery())}
    assert (type(found["REVENUE"].value), found["REVENUE"].value) == (type(value), value)
    assert found["SUPPLIES"].qualifiers == {"share": value}


def test_a_batch_again_moves_nothing(store: GraphStore) -> None:
    given = replace(
        batch(entry(claim_of(supplies("org:a", "org:b")))), judgements=(judged("org:a", "org:b", "different"),)
    )
    store.apply(given)
    before = state_of(store)
    assert store.apply(given) == Applied(1, 0, 0)
    assert store.apply(replace(given, at=instant(30))) == Applied(1, 0, 0)
    assert state_of(store) == before


def test_an_empty_batch_moves_nothing(store: GraphStore) -> None:
    assert store.apply(Batch(DAY)) == Applied(0, 0, 0)
    assert store.status().recorded_at is None


def test_two_sources_make_two_claims_of_one_statement(store: GraphStore) -> None:
    statement = supplies("org:a", "org:b")
    ours, theirs = claim_of(statement), claim_of(statement, source="other")
    store.apply(batch(entry(ours), entry(theirs)))
    assert ours.statement == theirs.statement
    assert open_claims(store) == {ours.id, theirs.id}
    assert store.apply(batch(gone=[("other", "r1")])) == Applied(2, 0, 1)
    assert open_claims(store) == {ours.id}


def test_two_records_of_a_source_do_not_replace_each_other(store: GraphStore) -> None:
    statement = supplies("org:a", "org:b")
    first, second = claim_of(statement, "r1"), claim_of(statement, "r2")
    store.apply(batch(entry(first)))
    store.apply(batch(entry(second)))
    assert open_claims(store) == {first.id, second.id}


def test_a_claim_made_twice_alike_counts_once(store: GraphStore) -> None:
    claim = claim_of(named("org:a", "Alpha"))
    assert store.apply(batch(entry(claim, claim))) == Applied(1, 1, 0)


def test_what_is_there_is_left_alone(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
    later = replace(
        batch(), documents=(replace(document(), publisher="Another"),), evidence=(replace(evidence(), quote="x"),)
    )
    store.apply(later)
    (cited,) = store.evidence([evidence().id])
    assert (cited.document.publisher, cited.evidence.quote) == ("The Publisher", "as quoted")


def bad_batches() -> dict[str, tuple[type[TierscopeError], Batch]]:
    good = claim_of(supplies("org:a", "org:b"))
    base = batch(entry(good, content="second"), entry(claim_of(named("org:z", "Zeta"), "r9")))
    foreign = evidence("elsewhere", of=document("never given"))

    def with_entry(entry_: Entry) -> Batch:
        return replace(base, entries=(*base.entries, entry_))

    return {
        "missing object": (MissingEndError, with_entry(entry(claim_of(supplies("org:a", "org:none"), "r5")))),
        "missing subject": (MissingEndError, with_entry(entry(claim_of(supplies("org:none", "org:a"), "r5")))),
        "missing judged entity": (MissingEndError, replace(base, judgements=(judged("org:a", "org:none"),))),
        "missing embedded entity": (
            MissingEndError,
            replace(base, vectors=(Vector("m", EntityId("org:none"), b"\0" * 4),)),
        ),
        "no evidence": (
            MissingEvidenceError,
            with_entry(entry(replace(claim_of(named("org:a", "A"), "r5"), evidence=()))),
        ),
        "evidence not there": (
            MissingEvidenceError,
            with_entry(entry(claim_of(named("org:a", "A"), "r5", cites=[evidence("nowhere")]))),
        ),
        "document not there": (MissingEvidenceError, replace(base, evidence=(*base.evidence, foreign))),
        "one claim in two ways": (
            InvalidRecordError,
            with_entry(entry(claim_of(named("org:a", "A"), "r5"), claim_of(named("org:a", "A"), "r5", confidence=0.5))),
        ),
        "record twice": (InvalidRecordError, with_entry(entry(claim_of(named("org:a", "A"))))),
        "record replaced and gone": (InvalidRecordError, replace(base, gone=(("demo", "r1"),))),
        "claim in another record's entry": (
            InvalidRecordError,
            with_entry(Entry(entry(claim_of(named("org:a", "A"), "r5")).key, (claim_of(named("org:a", "A"), "r6"),))),
        ),
        "quarantined with claims": (
            InvalidRecordError,
            with_entry(replace(entry(claim_of(named("org:a", "A"), "r5")), fault='{"rule":"x"}')),
        ),
        "unknown kind": (
            InvalidRecordError,
            replace(base, entities=(*base.entities, Entity(EntityId("xyz:1"), "Planet"))),
        ),
        "kind of another prefix": (
            InvalidRecordError,
            replace(base, entities=(*base.entities, Entity(EntityId("org:1"), "Person"))),
        ),
        "id with a space": (
            InvalidRecordError,
            replace(base, entities=(*base.entities, Entity(EntityId("org:a b"), "Organization"))),
        ),
        "id beyond ASCII": (
            InvalidRecordError,
            replace(base, entities=(*base.entities, Entity(EntityId("org:ä"), "Organization"))),
        ),
        "evidence id with a space": (
            InvalidRecordError,
            replace(base, evidence=(*base.evidence, replace(evidence(), id="evd:a b"))),  # type: ignore[arg-type]
        ),
        "half a float": (InvalidRecordError, replace(base, vectors=(Vector("m", EntityId("org:a"), b"\0" * 5),))),
        "vectors of two lengths": (
            InvalidRecordError,
            replace(
                base, vectors=(Vector("m", EntityId("org:a"), b"\0" * 4), Vector("m", EntityId("org:b"), b"\0" * 8))
            ),
        ),
        "record of a source that is quoted": (
            MissingEndError,
            with_entry(entry(claim_of(supplies("org:a", "org:'; DROP TABLE claim --"), "r5"))),
        ),
    }


@pytest.mark.parametrize("name", bad_batches())
def test_a_bad_batch_writes_nothing(store: GraphStore, name: str) -> None:
    error, bad = bad_batches()[name]
    store.apply(batch(entry(claim_of(supplies("org:a", "org:b", share=0.5)), content="first")))
    before = state_of(store)
    with pytest.raises(error) as raised:
        store.apply(bad)
    assert raised.value.fix
    assert state_of(store) == before


def bad_claims() -> dict[str, Said]:
    a, b, region = EntityId("org:a"), EntityId("org:b"), EntityId("reg:x")
    return {
        "unknown predicate": Said(a, "ADMIRES", b),
        "predicate with a quote": Said(a, "NAMED` {x:1}) //", value="A"),
        "subject of another kind": Said(region, "SUPPLIES", b),
        "object of another kind": Said(a, "SUPPLIES", region),
        "object of an unknown kind": Said(a, "SUPPLIES", EntityId("xyz:1")),
        "value for an object": Said(a, "SUPPLIES", value="b"),
        "object for a value": Said(a, "NAMED", b),
        "both": Said(a, "SUPPLIES", b, value="b"),
        "neither": Said(a, "NAMED"),
        "text for an integer": Said(a, "HEADCOUNT", value="12"),
        "boolean for an integer": Said(a, "HEADCOUNT", value=True),
        "float for an integer": Said(a, "HEADCOUNT", value=1.5),
        "integer for a boolean": Said(a, "LISTED", value=1),
        "unknown qualifier": Said(a, "SUPPLIES", b, qualifiers={"mood": "good"}),
        "qualifier of another type": Said(a, "SUPPLIES", b, qualifiers={"share": "0.5"}),
    }


@pytest.mark.parametrize("name", bad_claims())
def test_the_vocabulary_is_a_whitelist(store: GraphStore, name: str) -> None:
    entities = (entity("org:a"), entity("org:b"), entity("reg:x"))
    given = replace(batch(), entities=entities, entries=(entry(claim_of(bad_claims()[name])),))
    with pytest.raises(InvalidRecordError) as raised:
        store.apply(given)
    assert raised.value.fix
    assert store.status().counts["entities"] == 0


@pytest.mark.parametrize(
    "change", [{"confidence": 1.5}, {"confidence": float("nan")}, {"basis": "guessed"}, {"review": "maybe"}]
)
def test_a_claim_without_sense_is_refused(store: GraphStore, change: dict[str, object]) -> None:
    claim = replace(claim_of(named("org:a", "A")), **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidRecordError):
        store.apply(batch(entry(claim, content="x")))


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_number_without_bounds_is_refused(store: GraphStore, number: float) -> None:
    good = claim_of(Said(EntityId("org:a"), "REVENUE", value=1.0))
    with pytest.raises(InvalidRecordError):
        store.apply(batch(entry(replace(good, value=number))))


def test_a_quarantined_record_leaves_its_claims_untouched(store: GraphStore) -> None:
    claim = claim_of(named("org:a", "Alpha"))
    store.apply(batch(entry(claim)))
    fault = '{"fix":"write a number","rule":"datatype","row":4}'
    assert store.apply(batch(entry(content="broken", fault=fault), at=instant(5))) == Applied(1, 0, 0)
    (row,) = store.ledger(LedgerQuery(state="quarantined"))
    assert (row.fault, row.key.digest, row.recorded_at) == (fault, "broken", instant(5))
    assert store.ledger(LedgerQuery(state="accepted")) == []
    assert open_claims(store) == {claim.id}
    assert (store.status().counts["ledger"], store.status().counts["quarantined"]) == (1, 1)
    assert store.apply(batch(entry(claim), at=instant(6))) == Applied(1, 0, 0)
    assert store.ledger(LedgerQuery(state="quarantined")) == []
    assert store.status().recorded_at == instant(6)


def test_a_gone_quarantined_record_dies_without_a_revision(store: GraphStore) -> None:
    store.apply(batch(entry(content="broken", fault="{}")))
    assert store.apply(batch(gone=[("demo", "r1"), ("demo", "never"), ("demo", "r1")])) == Applied(0, 0, 0)
    assert store.ledger(LedgerQuery()) == []


def test_a_retraction_kills_the_ledger_and_loading_again_restores_the_hash(store: GraphStore) -> None:
    given = batch(entry(claim_of(supplies("org:a", "org:b"))), entry(claim_of(named("org:a", "Alpha"), "r2")))
    store.apply(given)
    before = content_hash(store)
    assert store.apply(batch(gone=[("demo", "r1"), ("demo", "r2")])) == Applied(2, 0, 2)
    assert (open_claims(store), store.ledger(LedgerQuery())) == (set(), [])
    assert content_hash(store) != before
    assert store.apply(given) == Applied(3, 2, 0)
    assert content_hash(store) == before
    assert store.status().counts["versions"] == 4


def test_one_new_key_for_the_same_claims_moves_no_revision(store: GraphStore) -> None:
    claim = claim_of(named("org:a", "Alpha"))
    store.apply(batch(entry(claim, content="first")))
    assert store.apply(batch(entry(claim, content="second"))) == Applied(1, 0, 0)
    (row,) = store.ledger(LedgerQuery())
    assert row.key.digest == "second"


def test_entities_alone_are_kept_without_a_revision(store: GraphStore) -> None:
    assert store.apply(Batch(DAY, entities=(entity("org:a"),))) == Applied(0, 0, 0)
    assert store.apply(replace(batch(entry(claim_of(named("org:a", "A")))), entities=())).opened == 1
