"""The content hash and copies: equal content has equal hashes, and different content different ones."""

import random
from dataclasses import replace

import pytest

from graph.content_hash import content_hash
from graph.copying import copy
from graph.port import ClaimQuery, GraphStore
from ontology.errors import StoreError
from ontology.records import Batch, EntityId, Entry, Vector
from tests.claims import Said
from tests.graph.conftest import MakeStore
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

CITED = [evidence(str(row)) for row in range(4)]


def entries() -> list[Entry]:
    return [
        entry(
            claim_of(supplies(f"org:{row}", f"org:{row + 1}", share=row / 8), f"r{row}", cites=[CITED[row % 4]]),
            claim_of(named(f"org:{row}", f"Firm {row}"), f"r{row}", confidence=0.9),
        )
        for row in range(12)
    ]


def whole() -> Batch:
    return replace(batch(*entries(), cites=CITED), judgements=(judged("org:0", "org:1"),))


def test_order_and_batches_make_no_difference(store: GraphStore, make_file: MakeStore) -> None:
    store.apply(whole())
    other = make_file()
    shuffled = entries()
    random.Random(7).shuffle(shuffled)
    for place, each in enumerate(shuffled):
        other.apply(batch(each, at=instant(place), cites=CITED))
    other.apply(Batch(DAY, judgements=(judged("org:1", "org:0"),)))
    assert content_hash(store) == content_hash(other)
    assert content_hash(store, history=True) != content_hash(other, history=True)


def test_what_was_and_is_no_more_makes_no_difference(store: GraphStore, make_file: MakeStore) -> None:
    store.apply(whole())
    before = content_hash(store)
    passing = judged("org:3", "org:4")
    store.apply(batch(entry(claim_of(named("org:late", "Late"), "late")), at=instant(3)))
    store.apply(Batch(DAY, judgements=(passing,), vectors=(Vector("m", EntityId("org:0"), b"\0" * 4),)))
    assert content_hash(store) != before
    store.apply(Batch(DAY, gone=(("demo", "late"),), withdrawn=(passing.id,)))
    store.apply(batch(entry(record="broken", content="x", fault="{}")))
    assert content_hash(store) == before
    file = make_file()
    file.apply(whole())
    assert content_hash(file) == before


def other_contents() -> dict[str, Batch]:
    statement = Said(
        EntityId("org:a"), "SUPPLIES", EntityId("org:b"), None, {"share": 0.5}, "2026-01-01T00:00:00Z", None
    )
    own = document("its own")
    proof = evidence("1", of=own)
    base = replace(
        batch(), documents=(own,), evidence=(proof,), entities=(entity("org:a"), entity("org:b"), entity("org:c"))
    )

    def stating(statement: Said, **more: object) -> Batch:
        return replace(base, entries=(entry(replace(claim_of(statement, cites=[proof]), **more)),))  # type: ignore[arg-type]

    def citing(quote: str = "as quoted", of: str = "its own", locator: str = "1") -> Batch:
        source = document(of)
        cited = evidence(locator, of=source, quote=quote)
        return replace(
            base, documents=(source,), evidence=(cited,), entries=(entry(claim_of(statement, cites=[cited])),)
        )

    return {
        "as it is": stating(statement),
        "value": stating(Said(EntityId("org:a"), "NAMED", value="A")),
        "other value": stating(Said(EntityId("org:a"), "NAMED", value="a")),
        "number": stating(Said(EntityId("org:a"), "REVENUE", value=1)),
        "subject": stating(replace(statement, subject=EntityId("org:c"))),
        "object": stating(replace(statement, object=EntityId("org:c"))),
        "qualifier": stating(replace(statement, qualifiers={"share": 0.25})),
        "no qualifier": stating(replace(statement, qualifiers={})),
        "valid from": stating(replace(statement, valid_from="2026-01-02T00:00:00Z")),
        "valid to": stating(replace(statement, valid_to="2027-01-01T00:00:00Z")),
        "basis": stating(statement, basis="inferred"),
        "review": stating(statement, review="proposed"),
        "confidence": stating(statement, confidence=0.999),
        "quote hash": citing(quote="otherwise"),
        "locator": citing(locator="2"),
        "document's bytes": citing(of="another"),
        "record": replace(base, entries=(entry(claim_of(statement, "r2", cites=[proof])),)),
        "source": replace(base, entries=(entry(claim_of(statement, source="other", cites=[proof])),)),
        "judged": replace(stating(statement), judgements=(judged("org:a", "org:b", "unsure"),)),
        "judged otherwise": replace(stating(statement), judgements=(judged("org:a", "org:b", "different"),)),
        "judged by another": replace(stating(statement), judgements=(judged("org:a", "org:b", by="bob"),)),
    }


def test_any_other_content_has_another_hash(store: GraphStore) -> None:
    """In one store, each content in turn is applied, hashed, and retracted."""
    hashes = {}
    for name, given in other_contents().items():
        store.apply(given)
        hashes[name] = content_hash(store)
        places = tuple((each.key.source, each.key.record) for each in given.entries)
        store.apply(Batch(DAY, gone=places, withdrawn=tuple(each.id for each in given.judgements)))
    assert len(set(hashes.values())) == len(hashes)


def test_history_is_hashed_on_demand(store: GraphStore) -> None:
    store.apply(whole())
    plain, with_history = content_hash(store), content_hash(store, history=True)
    store.apply(Batch(DAY, gone=(("demo", "r3"),)))
    store.apply(whole())
    assert content_hash(store) == plain
    assert content_hash(store, history=True) != with_history


def fill_with_history(store: GraphStore) -> None:
    for step, share in enumerate([0.1, 0.2, 0.1]):
        claims = (
            claim_of(supplies("org:a", "org:b", share=share), cites=[CITED[step]]),
            claim_of(named("org:a", 'Alpha "Ä" \\ 中'), confidence=0.5 + step / 8),
            claim_of(Said(EntityId("org:b"), "REVENUE", value=1.5 + step, valid_from="2026-01-01T00:00:00Z")),
            claim_of(Said(EntityId("org:b"), "LISTED", value=True)),
            claim_of(Said(EntityId("org:b"), "HEADCOUNT", value=7)),
        )
        store.apply(batch(entry(*claims, content=str(step)), at=instant(step), cites=CITED))
    store.apply(Batch(instant(5), judgements=(judged("org:a", "org:b"), judged("org:a", "org:b", "unsure"))))
    store.apply(Batch(instant(6), withdrawn=(judged("org:a", "org:b").id,)))
    store.apply(batch(entry(record="broken", content="x", fault='{"rule":"no"}'), at=instant(7)))
    store.apply(
        Batch(DAY, entities=(entity("per:unused"),), vectors=(Vector("m", EntityId("org:a"), b"\1\2\3\4" * 3),))
    )


def require_equal(left: GraphStore, right: GraphStore) -> None:
    assert list(left.rows(history=True)) == list(right.rows(history=True))
    assert content_hash(left) == content_hash(right)
    assert content_hash(left, history=True) == content_hash(right, history=True)
    assert replace(left.status(), address="", schema=0) == replace(right.status(), address="", schema=0)


@pytest.mark.parametrize("direction", ["into a file", "out of a file"])
def test_a_copy_holds_the_same_history(store: GraphStore, make_file: MakeStore, direction: str) -> None:
    source, target = (store, make_file()) if direction == "into a file" else (make_file(), store)
    fill_with_history(source)
    copy(source, target)
    require_equal(source, target)
    following = batch(entry(claim_of(named("org:a", "Alpha now"))), at=instant(1))
    assert source.apply(following) == target.apply(following)
    require_equal(source, target)


def test_a_copy_of_nothing_is_empty(store: GraphStore, make_file: MakeStore) -> None:
    copy(make_file(), store)
    assert store.status().counts["entities"] == 0
    assert store.status().recorded_at is None


def test_a_copy_needs_an_empty_target(store: GraphStore, make_file: MakeStore) -> None:
    source = make_file()
    fill_with_history(source)
    store.apply(whole())
    before = content_hash(store, history=True)
    with pytest.raises(StoreError) as raised:
        copy(source, store)
    assert raised.value.fix
    assert content_hash(store, history=True) == before


def test_a_copy_that_breaks_off_leaves_an_empty_store(store: GraphStore, make_file: MakeStore) -> None:
    source = make_file()
    fill_with_history(source)

    class BrokenOffError(Exception):
        pass

    def rows_until_broken():
        streamed = list(source.rows(history=True))
        yield from streamed[: len(streamed) // 2]
        raise BrokenOffError

    with pytest.raises(BrokenOffError):
        store.restore(rows_until_broken())
    assert store.claims(ClaimQuery(history=True)) == []
    copy(source, store)
    require_equal(source, store)


def test_the_hash_of_known_content_is_pinned(store: GraphStore) -> None:
    """A golden value: if it changes, hashes of earlier versions can no longer be compared."""
    store.apply(whole())
    assert content_hash(store) == PINNED


PINNED = "6cf0dae9adfb679458a992d4fb12feebd6dc040f1ea85274e5b3c875f186e261"
