"""Aggregates of the mapping language: what `sum`, `min` and the like give for the values of a group of rows."""

import math
from collections.abc import Callable, Mapping

from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError


def slot(index: int) -> str:
    """The name, among a group's cells, of the result of its aggregate number `index`."""
    return f"\0{index}"


def fold(kind: str, values: list[Cell]) -> Cell:
    """The result of an aggregate over a group's values, nulls left out; a sum is exact, whatever the order.

    Raises:
        InvalidRecordError: The values cannot be added or compared.
    """
    try:
        return AGGREGATES[kind](values)
    except TypeError as error:
        message = f"{kind} cannot be taken of {values[0]!r}"
        raise InvalidRecordError(message, fix="put `number` before it in the mapping", rule=kind) from error


def _sum(values: list[Cell]) -> Cell:
    if not values:
        return None
    return sum(values) if all(isinstance(value, int) for value in values) else math.fsum(values)


AGGREGATES: Mapping[str, Callable[[list[Cell]], Cell]] = {
    "sum": _sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "count": len,
    "distinct": lambda values: list(dict.fromkeys(values)) or None,
    "earliest": lambda values: values[0] if values else None,
}
