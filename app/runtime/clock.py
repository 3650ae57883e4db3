"""The one clock: everything else is given its instants."""

from datetime import UTC, datetime

from ontology.instants import record_instant


def now() -> str:
    """This moment, as record time."""
    return record_instant(datetime.now(UTC))


def today() -> str:
    """This second, as world time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
