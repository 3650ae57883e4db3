"""A snapshot of a past record instant is the one that was made then: nothing that came later shows in it."""

from dataclasses import replace

from hypothesis import given, settings

from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.files import digest
from reasoning.arrays.update.patch import patched
from tests.fakes import FakeStore
from tests.reasoning.arrays.histories import Step, Telling, histories
from tests.reasoning.arrays.worlds import DAYS


@settings(max_examples=120, deadline=None)
@given(histories())
def test_a_past_snapshot_is_that_of_a_store_that_never_saw_what_came_later(history: tuple[Step, ...]):
    whole, tellings = FakeStore(VOCABULARY), []
    telling = Telling(whole)
    for length, step in enumerate(history, 1):
        telling.tell(step)
        tellings.append((whole.status().recorded_at, length))
    for instant, length in tellings:
        early = FakeStore(VOCABULARY)
        again = Telling(early)
        for step in history[:length]:
            again.tell(step)
        for as_of in (DAYS[0], DAYS[2], DAYS[4], None):
            then, now = build(whole, At(as_of, instant)), build(early, At(as_of))
            assert digest(then) == digest(now)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_arrays_are_patched_to_a_past_instant_as_to_the_latest(history: tuple[Step, ...]):
    store = FakeStore(VOCABULARY)
    telling = Telling(store)
    telling.tell(history[0])
    at = replace(telling.at, known_at=store.status().recorded_at)
    first = build(store, at)
    for step in history[1:]:
        telling.tell(step)
    assert digest(patched(first, store, at)) == digest(first)
    back = build(store, telling.at)
    assert digest(patched(back, store, at)) == digest(first)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_arrays_of_a_past_instant_are_no_base_for_the_latest(history: tuple[Step, ...]):
    store = FakeStore(VOCABULARY)
    telling = Telling(store)
    telling.tell(history[0])
    instant = store.status().recorded_at
    for step in history[1:]:
        telling.tell(step)
    past = build(store, replace(telling.at, known_at=instant))
    assert digest(patched(past, store, telling.at)) == digest(build(store, telling.at))
