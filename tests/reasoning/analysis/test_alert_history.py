"""Telling: what holds is told once for as long as it holds, over however many runs it is looked for."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from ontology.records import EntityId
from reasoning.analysis.alert_history import ReportedAlerts, news, with_reported
from reasoning.analysis.alerts import Alert

BUYER = EntityId("org:buyer")
DAYS = [f"2026-01-{day:02}T00:00:00Z" for day in range(1, 29)]


def alert(first: int, last: int | None = None, *, key: str = "k", rise: bool = False) -> Alert:
    """An alert that holds from one day to another."""
    until = DAYS[first if last is None else last]
    sort, about = ("rise", "exposure") if rise else ("finding", "sanctioned_owner")
    return Alert(key, sort, about, BUYER, EntityId("org:a"), "…", DAYS[first], until, (BUYER,), ())  # type: ignore[arg-type]


def seen(holding: set[int], days: Sequence[int]) -> list[Alert]:
    """What a run over these days finds of something that holds on some of them."""
    runs = [list(group) for holds, group in groupby(days, lambda day: day in holding) if holds]
    return [alert(run[0], run[-1]) for run in runs]


def tell(runs: Iterable[tuple[Sequence[Alert], Sequence[int]]]) -> list[list[Alert]]:
    """What is news in each of several runs, one after the other."""
    told, found = ReportedAlerts(), []
    for alerts, days in runs:
        instants = [DAYS[day] for day in days]
        found.append(list(news(alerts, instants, told)))
        told = with_reported(alerts, instants, told)
    return found


def test_what_still_holds_is_told_once():
    first, second, third = tell([([alert(0, 1)], [0, 1]), ([alert(1, 2)], [1, 2]), ([alert(5)], [5])])
    assert (len(first), second, third) == (1, [], [])


def test_what_was_gone_and_comes_again_is_told_again():
    gone: tuple[list[Alert], list[int]] = ([], [2])
    assert [len(one) for one in tell([([alert(1)], [1]), gone, ([alert(3)], [3]), ([alert(4)], [4])])] == [1, 0, 1, 0]


def test_in_one_run_each_time_that_it_holds_is_told():
    assert [len(one) for one in tell([(seen({0, 1, 3, 4}, range(6)), range(6)), (seen({3, 4}, [3, 4]), [3, 4])])] == [
        2,
        0,
    ]


def test_another_key_is_other_news():
    told = tell([([alert(1)], [1]), ([alert(1), alert(1, key="other")], [1])])
    assert [one.key for one in told[1]] == ["other"]


def test_looking_back_to_where_it_held_already_is_no_news():
    assert [len(one) for one in tell([([alert(5)], [5]), ([alert(2)], [2])])] == [1, 0]
    assert [len(one) for one in tell([([alert(5)], [5]), (seen({2, 5}, [2, 3, 5]), [2, 3, 5])])] == [1, 1]


def test_each_rise_is_told_once_and_the_next_one_too():
    once = ([alert(1, rise=True)], [0, 1])
    again = ([alert(1, 2, rise=True)], [0, 1, 2])
    later = ([alert(6, rise=True)], [5, 6])
    between = ([alert(4, rise=True)], [3, 4])
    assert [len(one) for one in tell([once, once, again, again, later, between, later])] == [1, 0, 1, 0, 1, 1, 0]


@given(st.sets(st.integers(0, 20)), st.lists(st.integers(0, 20), max_size=15).map(sorted))
def test_looking_day_by_day_tells_each_time_that_it_holds_just_once(holding: set[int], days: list[int]):
    told = tell([(seen(holding, [day]), [day]) for day in days])
    times = [held for held, _ in groupby(sorted(set(days)), lambda day: day in holding) if held]
    assert sum(map(len, told)) == len(times)


@given(st.sets(st.integers(0, 20)), st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=6), max_size=6))
def test_what_was_told_is_never_told_again_by_the_same_run(holding: set[int], runs: list[list[int]]):
    told = ReportedAlerts()
    for run in runs:
        days = sorted(set(run))
        alerts, instants = seen(holding, days), [DAYS[day] for day in days]
        told = with_reported(alerts, instants, told)
        assert news(alerts, instants, told) == ()
        assert with_reported(alerts, instants, told) == told
        for span, following in zip(told.spans.get("k", ()), told.spans.get("k", ())[1:], strict=False):
            assert any(span[1] < instant < following[0] for instant in told.instants)


@given(st.sets(st.integers(0, 20)), st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_what_is_remembered_does_not_hang_on_how_it_was_asked(holding: set[int], days: list[int]):
    every = sorted(set(days))
    at_once = with_reported(seen(holding, every), [DAYS[day] for day in every], ReportedAlerts())
    one_by_one = ReportedAlerts()
    for day in every:
        one_by_one = with_reported(seen(holding, [day]), [DAYS[day]], one_by_one)
    assert one_by_one == at_once
