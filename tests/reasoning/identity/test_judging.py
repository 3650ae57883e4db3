"""The use case of judging, over a store in memory: what is recorded, at which instant, and what a race leaves."""

import pytest

from graph.content_hash import content_hash
from ontology.errors import NotFoundError
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import Applied, Batch, EntityId, JudgementId
from reasoning.identity.judging import JudgementRequest, judge, withdraw
from tests.fakes import FakeStore
from tests.reasoning.stores import fill
from tests.reasoning.world import World

A, B = EntityId("org:a"), EntityId("org:b")
SAME = JudgementRequest(B, A, "same", by="ana", why="one LEI")
DAY = "2026-03-01T00:00:00Z"
NEXT_DAY = "2026-03-02T00:00:00.000000Z"


def filled(store: FakeStore) -> FakeStore:
    world = World()
    for entity in (A, B):
        world.say(entity, "NAMED", "Firm", kind="primary")
    fill(store, world)
    return store


@pytest.fixture
def store() -> FakeStore:
    return filled(FakeStore(VOCABULARY))


def test_a_judgement_is_recorded_at_the_instant_of_the_clock(store: FakeStore):
    made = judge(store, store, SAME, clock=lambda: DAY)
    assert made.judgement.recorded_at == "2026-03-01T00:00:00.000000Z"
    assert (made.judgement.judgement.left, made.judgement.judgement.right) == (A, B)
    assert (made.changed, made.revision) == (True, 2)
    assert store.judgements() == [made.judgement]


def test_the_same_judgement_again_changes_nothing(store: FakeStore):
    made = judge(store, store, SAME, clock=lambda: DAY)
    again = judge(store, store, JudgementRequest(A, B, "same", "ana", "one LEI"), clock=lambda: NEXT_DAY)
    assert again.judgement == made.judgement
    assert (again.changed, again.revision) == (False, 2)


def test_withdrawing_ends_it_at_the_instant_of_the_clock_and_gives_back_the_hash(store: FakeStore):
    before = content_hash(store)
    made = judge(store, store, SAME, clock=lambda: DAY)
    ended = withdraw(store, store, made.judgement.judgement.id, clock=lambda: NEXT_DAY)
    assert (ended.judgement.recorded_at, ended.judgement.superseded_at) == (made.judgement.recorded_at, NEXT_DAY)
    assert ended.revision == 3
    assert content_hash(store) == before


class Overtaken(FakeStore):
    """A store in which another process withdraws each judgement just before a batch arrives."""

    def apply(self, batch: Batch) -> Applied:
        standing = tuple(stored.judgement.id for stored in self.judgements())
        super().apply(Batch(at=batch.at, withdrawn=standing))
        return super().apply(batch)


def test_what_another_process_withdrew_in_the_meantime_does_not_stand():
    store = filled(Overtaken(VOCABULARY))
    made = judge(store, store, SAME, clock=lambda: DAY)
    with pytest.raises(NotFoundError, match="no judgement"):
        withdraw(store, store, JudgementId(made.judgement.judgement.id), clock=lambda: NEXT_DAY)
