"""World time counted in days, for windows and periods."""

from datetime import UTC, datetime, timedelta

_WORLD = "%Y-%m-%dT%H:%M:%SZ"


def moment(instant: str) -> datetime:
    """A world time as a date-time in UTC."""
    return datetime.strptime(instant, _WORLD).replace(tzinfo=UTC)


def shifted(instant: str, days: int) -> str:
    """The world time `days` days after `instant`, or before it for a negative number."""
    return (moment(instant) + timedelta(days=days)).strftime(_WORLD)


def last_day(end: str) -> str:
    """The last day in a half-open interval that ends at `end`, as a date."""
    return (moment(end) - timedelta(seconds=1)).date().isoformat()
