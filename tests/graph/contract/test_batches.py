"""What a batch does: all or nothing, once, and never over what was there."""

from graph.content_hash import content_hash
from graph.port import ClaimQuery, GraphStore
from ontology.records import Applied
from tests.graph.samples import batch, entry, named, says, supplies


def test_a_batch_opens_its_claims(store: GraphStore) -> None:
    claims = [says(supplies("org:a", "org:b", share=0.5)), says(named("org:a", "Alpha"))]
    assert store.apply(batch(entry(*claims))) == Applied(1, 2, 0)
    assert {stored.claim.id: stored.claim for stored in store.claims(ClaimQuery())} == {c.id: c for c in claims}


def test_a_batch_again_has_no_effect(store: GraphStore) -> None:
    given = batch(entry(says(supplies("org:a", "org:b"))))
    store.apply(given)
    before = (content_hash(store, history=True), store.status())
    assert store.apply(given) == Applied(1, 0, 0)
    assert (content_hash(store, history=True), store.status()) == before
