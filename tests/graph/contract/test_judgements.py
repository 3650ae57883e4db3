"""Merges are judgements: contradictions are refused, and withdrawing a judgement restores both entities."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.content_hash import content_hash
from graph.identity import Identity
from graph.port import ClaimQuery, GraphStore
from ontology.errors import JudgementConflictError
from ontology.records import Applied, Batch, Change, Entity, Judgement
from tests.graph.samples import DAY, batch, claim_of, entity, entry, instant, judged, named, supplies

ENTITIES = tuple(entity(f"org:{letter}") for letter in "abcdef")


def judge(store: GraphStore, *judgements: Judgement) -> Applied:
    return store.apply(Batch(DAY, entities=ENTITIES, judgements=judgements))


def identity(store: GraphStore) -> Identity:
    return Identity(row.judgement for row in store.judgements())


def test_a_judgement_is_kept_as_it_was_made(store: GraphStore) -> None:
    judgement = judged("org:b", "org:a")
    assert judge(store, judgement) == Applied(1, 1, 0)
    (row,) = store.judgements()
    assert (row.judgement, row.recorded_at, row.superseded_at) == (judgement, DAY, None)
    assert (row.judgement.left, row.judgement.features) == ("org:a", {"name": 0.9})
    assert store.changes(0) == [Change(1, 0, "opened", judgement.id)]
    assert judge(store, judgement) == Applied(1, 0, 0)


def test_withdrawing_closes_and_can_be_taken_back(store: GraphStore) -> None:
    judgement = judged("org:a", "org:b")
    judge(store, judgement)
    before = content_hash(store)
    assert store.apply(Batch(DAY, withdrawn=(judgement.id,))) == Applied(2, 0, 1)
    assert store.judgements() == []
    assert store.apply(Batch(DAY, withdrawn=(judgement.id,))) == Applied(2, 0, 0)
    assert judge(store, judgement) == Applied(3, 1, 0)
    assert content_hash(store) == before


@pytest.mark.parametrize(
    ("standing", "new"),
    [
        ([("a", "b", "different")], ("b", "a", "same")),
        ([("a", "b", "same")], ("a", "b", "different")),
        ([("a", "b", "same"), ("b", "c", "same")], ("a", "c", "different")),
        ([("a", "b", "same"), ("a", "c", "different")], ("c", "b", "same")),
        ([("a", "b", "same"), ("c", "d", "same"), ("a", "d", "different")], ("b", "c", "same")),
    ],
)
def test_a_contradiction_is_refused_naming_both(
    store: GraphStore, standing: list[tuple[str, str, str]], new: tuple[str, str, str]
) -> None:
    made = [judged(f"org:{left}", f"org:{right}", verdict) for left, right, verdict in standing]  # type: ignore[arg-type]
    for judgement in made:
        judge(store, judgement)
    before = (content_hash(store, history=True), store.status())
    refused = judged(f"org:{new[0]}", f"org:{new[1]}", new[2])  # type: ignore[arg-type]
    with pytest.raises(JudgementConflictError) as raised:
        judge(store, refused)
    named_ids = {raised.value.details["same"], raised.value.details["different"]}
    verdicts = {judgement.id: judgement.verdict for judgement in [*made, refused]}
    assert {verdicts[id_] for id_ in named_ids} == {"same", "different"}  # type: ignore[index]
    assert all(str(id_) in str(raised.value) for id_ in named_ids)
    assert raised.value.fix
    assert (content_hash(store, history=True), store.status()) == before


def test_two_new_judgements_may_not_contradict_each_other(store: GraphStore) -> None:
    with pytest.raises(JudgementConflictError):
        judge(store, judged("org:a", "org:b"), judged("org:a", "org:b", "different"))
    assert store.judgements() == []


def test_what_is_withdrawn_with_the_batch_contradicts_nothing(store: GraphStore) -> None:
    same, different = judged("org:a", "org:b"), judged("org:a", "org:b", "different")
    judge(store, same)
    assert store.apply(Batch(DAY, judgements=(different,), withdrawn=(same.id,))) == Applied(2, 1, 1)
    assert [row.judgement.verdict for row in store.judgements()] == ["different"]


def test_unsure_contradicts_nothing(store: GraphStore) -> None:
    judge(store, judged("org:a", "org:b"), judged("org:a", "org:b", "unsure"), judged("org:c", "org:d", "unsure"))
    judge(store, judged("org:c", "org:d", "different"))
    assert len(store.judgements()) == 4
    assert identity(store).members(ENTITIES[2].id) == ("org:c",)


def test_judgements_come_by_id(store: GraphStore) -> None:
    judge(store, *(judged("org:a", f"org:{letter}", "unsure") for letter in "bcdef"))
    ids = [row.judgement.id for row in store.judgements()]
    assert ids == sorted(ids)


def supplying(claims: list[tuple[int, int]], prefix: str) -> Batch:
    entries = [
        entry(claim_of(supplies(f"org:{'ab'[left % 2]}", f"org:{left}.{right}", share=right / 4), f"{prefix}{place}"))
        for place, (left, right) in enumerate(claims)
    ]
    return batch(*entries, at=instant(2))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    before=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=20),
    after=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 4)), min_size=500, max_size=500),
)
def test_a_merge_with_500_claims_after_it_is_undone(
    store: GraphStore, before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    """The graph is the same as without the merge: each claim keeps the subject that it was made about."""
    empty_out(store)
    store.apply(supplying(before, "before"))
    alone = content_hash(store)
    merge = judged("org:a", "org:b")
    judge(store, merge)
    assert content_hash(store) != alone
    assert identity(store).of(ENTITIES[1].id) == "org:a"
    store.apply(supplying(after, "after"))
    store.apply(Batch(DAY, withdrawn=(merge.id,)))
    merged_and_undone = content_hash(store)
    assert identity(store).of(ENTITIES[1].id) == "org:b"
    subjects = {row.claim.record: row.claim.subject for row in store.claims(ClaimQuery())}
    assert all(subjects[f"after{place}"] == f"org:{'ab'[left % 2]}" for place, (left, _) in enumerate(after))
    store.apply(Batch(DAY, gone=tuple(("demo", f"after{place}") for place in range(500))))
    assert content_hash(store) == alone
    store.apply(supplying(after, "after"))
    assert content_hash(store) == merged_and_undone


def empty_out(store: GraphStore) -> None:
    """Retract everything, so that the next example starts from an empty graph in the same store."""
    places = {(row.claim.source, row.claim.record) for row in store.claims(ClaimQuery())}
    store.apply(Batch(DAY, entities=ENTITIES, gone=tuple(sorted(places))))


def test_merging_leaves_entities_and_claims_alone(store: GraphStore) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "Alpha")), claim_of(named("org:b", "Alpha Inc")))))
    rows = store.claims(ClaimQuery())
    judge(store, judged("org:a", "org:b"))
    assert store.claims(ClaimQuery()) == rows
    assert [row for row in store.rows() if isinstance(row, Entity)] == [entity("org:a"), entity("org:b")]
