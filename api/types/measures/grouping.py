"""Groupings: what stops, or how firms are grouped, in a measure."""

from ontology.errors import QueryError
from reasoning.measures.catalogue import named


def require_grouping(measure: str, by: str) -> str:
    """The grouping `by`, if the measure knows it.

    Raises:
        QueryError: The measure has no such grouping.
    """
    known = named(measure).groupings
    if by not in known:
        raise QueryError(f"by is {by!r}", fix=f"give one of {', '.join(known)}")
    return by
