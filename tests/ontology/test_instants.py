from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InputError
from ontology.instants import next_record_instant, record_instant, world_end, world_start

MOMENTS = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year < 9999)
DAYS = st.dates(max_value=date(9999, 12, 30))


@given(MOMENTS, MOMENTS)
def test_comparing_text_compares_time(left, right):
    assert (record_instant(left) < record_instant(right)) == (left < right)
    seconds = left.replace(microsecond=0), right.replace(microsecond=0)
    assert (world_start(left.isoformat()) < world_start(right.isoformat())) == (seconds[0] < seconds[1])


@given(DAYS)
def test_a_day_is_half_open(day):
    start, end = world_start(day.isoformat()), world_end(day.isoformat())
    assert start == f"{day.isoformat()}T00:00:00Z"
    assert end == world_start((day + timedelta(days=1)).isoformat())


@given(MOMENTS)
def test_the_next_instant_is_one_microsecond_later(moment):
    assert next_record_instant(record_instant(moment)) == record_instant(moment + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"),
        ("2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z"),
        ("2026-03-01T09:30:00", "2026-03-01T09:30:00Z"),
        ("2026-03-01T09:30:00.999Z", "2026-03-01T09:30:00Z"),
    ],
)
def test_world_time_is_utc_with_seconds(text, expected):
    assert world_start(text) == expected


def test_the_end_of_a_date_time_is_itself():
    assert world_end("2026-03-01T09:30:00Z") == "2026-03-01T09:30:00Z"


def test_record_time_is_utc_with_microseconds():
    east = timezone(timedelta(hours=2))
    assert record_instant(datetime(2026, 3, 1, 9, 30, tzinfo=east)) == "2026-03-01T07:30:00.000000Z"
    assert record_instant("2026-03-01") == "2026-03-01T00:00:00.000000Z"


@pytest.mark.parametrize("text", ["", "2026-13-45", "2026-02-30", "yesterday", "2026-03-01T25:00:00Z", "9999-99-99"])
def test_what_is_no_time_is_refused_with_a_fix(text):
    for read in (world_start, world_end, record_instant):
        with pytest.raises(InputError) as caught:
            read(text)
        assert caught.value.fix


def test_the_last_day_of_the_calendar_has_no_end():
    with pytest.raises(InputError, match="no day follows"):
        world_end("9999-12-31")
