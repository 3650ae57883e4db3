from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, EntityId
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.arrays import Arrays
from reasoning.arrays.update.follower import ENDS, End, Following, Update
from reasoning.core.linear.leontief import exposure
from tests.fakes import FakeStore
from tests.reasoning.arrays.histories import Step, Telling, histories
from tests.reasoning.arrays.worlds import DAYS, Saying, recorded_risks
from tests.reasoning.stores import new_store

NEAR = 1e-6


def anew(found: Arrays, end: End) -> dict[str, float]:
    """M1 over all categories of every firm, solved from nothing."""
    place = ENDS.index(end)
    scores = exposure(found.net, found.shares[place], found.weighted[place][:, None])[:, 0]
    return {found.id(node): float(score) for node, score in enumerate(scores)}


def follow(store: GraphStore, history: tuple[Step, ...], end: End) -> None:
    """After each step what is followed is what is computed anew, and what is told is what has changed."""
    telling = Telling(store)
    telling.tell(history[0])
    following = Following(build(store, telling.at), store, end=end)
    for step in history[1:]:
        before = following.scores()
        telling.tell(step)
        update = following.follow(telling.at)
        assert update.revision == store.status().revision
        wanted = anew(build(store, telling.at), end)
        assert following.scores() == pytest.approx(wanted, abs=NEAR)
        assert following.faults() == ()
        _check_told(before, following.scores(), update.changed, rebuilt=update.rebuilt)


def _check_told(
    before: Mapping[EntityId, float],
    after: Mapping[EntityId, float],
    told: Mapping[EntityId, tuple[float, float]],
    *,
    rebuilt: bool,
) -> None:
    for entity, (_, later) in told.items():
        assert after[entity] == pytest.approx(later, abs=1e-12)
    if not rebuilt:
        changed = {entity for entity in before.keys() & after.keys() if abs(before[entity] - after[entity]) > 1e-9}
        assert changed <= told.keys()


@settings(max_examples=200, deadline=None)
@given(histories(), st.sampled_from(ENDS))
def test_what_is_followed_is_what_is_computed_anew(history: tuple[Step, ...], end: End):
    follow(FakeStore(VOCABULARY), history, end)


_numbers = count()


@settings(max_examples=40, deadline=None)
@given(histories(), st.sampled_from(ENDS))
def test_in_a_file_too(tmp_path_factory: pytest.TempPathFactory, history: tuple[Step, ...], end: End):
    folder: Path = tmp_path_factory.getbasetemp() / f"followed{next(_numbers)}"
    folder.mkdir()
    store = new_store(folder)
    follow(store, history, end)
    store.close()


def small(store: GraphStore) -> Telling:
    """d supplies c, c supplies b and a; all in one region that a risk affects."""
    telling = Telling(store)
    ends = (("org:d", "org:c"), ("org:c", "org:b"), ("org:c", "org:a"))
    said = [Saying(*(pair[0], "SUPPLIES", pair[1])) for pair in ends]
    said += [Saying("org:d", "IN_COUNTRY", "reg:n"), Saying("rsk:1", "AFFECTS", "reg:n"), *recorded_risks()]
    telling.tell(Step(said=tuple(enumerate(said))))
    return telling


def test_a_claim_is_pushed_to_whom_it_reaches_and_no_further():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    telling.tell(Step(said=((30, Saying("org:c", "IN_COUNTRY", "reg:n")),)))
    update = following.follow()
    assert not update.rebuilt
    assert set(update.changed) == {"org:a", "org:b", "org:c"}
    assert update.edges <= 4


def test_a_new_firm_gets_a_place_and_all_is_built_when_places_run_out():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    for number in range(20):
        telling.tell(Step(said=((40 + number, Saying(f"org:new{number:02d}", "SUPPLIES", "org:a")),)))
        assert following.follow().rebuilt == (number == 16)  # sixteen places are left free
    assert following.score(EntityId("org:new19")) is not None
    assert following.scores() == pytest.approx(anew(build(store, telling.at), "value"), abs=NEAR)


def test_nothing_new_changes_nothing():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    before = following.scores()
    assert following.follow() == Update(1, {}, 0, rebuilt=False)
    assert following.scores() == before


def test_a_merged_product_has_all_read_anew():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    telling.tell(Step(merged=(("prd:x", "prd:y"),)))
    assert following.follow().rebuilt


def test_time_that_goes_back_has_all_read_anew():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    assert following.follow(At(DAYS[1])).rebuilt
    assert following.scores() == pytest.approx(anew(build(store, At(DAYS[1])), "value"), abs=NEAR)


def test_the_most_exposed_come_first():
    store = FakeStore(VOCABULARY)
    following = Following(build(store, small(store).at), store)
    scores = following.scores()
    found = following.most_exposed(3)
    assert [score for _, score in found] == sorted(scores.values(), reverse=True)[:3]
    assert all(scores[firm] == score for firm, score in found)
    assert len(following.most_exposed(99)) == len(scores) == 4
    assert following.score(EntityId("org:nobody")) is None


def test_a_link_that_ends_later_is_taken_out_when_it_has_ended():
    store = FakeStore(VOCABULARY)
    telling = small(store)
    following = Following(build(store, telling.at), store)
    telling.tell(Step(said=((50, Saying("org:e", "SUPPLIES", "org:a", valid=(None, DAYS[3]))),)))
    assert not following.follow().rebuilt
    assert "org:e" in following.scores()
    update = following.follow(At(DAYS[3]))
    assert not update.rebuilt
    assert "org:e" not in following.scores()
