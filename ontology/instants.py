"""Instants as UTC text of a fixed width, so that text order is time order in every store.

World time (`validFrom`, `validTo`, `asOf`) has seconds: `2026-03-01T00:00:00Z`. Record time (`recordedAt`, `knownAt`)
has microseconds: `2026-03-01T09:30:00.000000Z`. Intervals are half-open. An end that is a date includes that day.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from ontology.errors import InputError

_DAY = len("2026-03-01")


def world_start(text: str) -> str:
    """The start of an interval, as world time.

    Args:
        text: A date, which means its midnight, or an ISO 8601 date-time; UTC where it has no zone.

    Raises:
        InputError: `text` is neither.
    """
    return _written(_parse(text), "seconds")


def world_end(text: str) -> str:
    """The exclusive end of an interval, as world time.

    Args:
        text: A date, which the interval includes, or an ISO 8601 date-time, which it does not.

    Raises:
        InputError: `text` is neither, or no day follows it.
    """
    moment = _parse(text)
    if len(text) != _DAY:
        return _written(moment, "seconds")
    try:
        return _written(moment + timedelta(days=1), "seconds")
    except OverflowError as error:
        raise InputError(f"no day follows {text}", fix="leave the end out where there is none") from error


def record_instant(moment: datetime | str) -> str:
    """`moment` as record time.

    Args:
        moment: An instant, or text: a date, which means its midnight, or an ISO 8601 date-time.

    Raises:
        InputError: The text is neither.
    """
    at = _parse(moment) if isinstance(moment, str) else _in_utc(moment)
    return _written(at, "microseconds")


def next_record_instant(instant: str) -> str:
    """The record instant one microsecond after `instant`."""
    return _written(_parse(instant) + timedelta(microseconds=1), "microseconds")


def _parse(text: str) -> datetime:
    try:
        if len(text) == _DAY:
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        return _in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is neither a date nor a date-time"
        raise InputError(message, fix="write it like 2026-03-01 or 2026-03-01T09:30:00Z") from error


def _written(moment: datetime, precision: Literal["seconds", "microseconds"]) -> str:
    """Text of fixed width; `isoformat` writes early years with four digits, which `strftime` does not."""
    return moment.replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
