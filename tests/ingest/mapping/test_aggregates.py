"""Aggregates: the result over a group's values."""

import pytest

from ingest.mapping.aggregates import fold
from ontology.errors import InvalidRecordError


@pytest.mark.parametrize(
    ("kind", "values", "result"),
    [
        ("sum", [1, 2], 3),
        ("sum", [0.1] * 10, 1.0),
        ("sum", [], None),
        ("min", [3, 1], 1),
        ("max", ["a", "b"], "b"),
        ("min", [], None),
        ("count", ["x", "x"], 2),
        ("count", [], 0),
        ("distinct", ["b", "a", "b"], ["b", "a"]),
        ("distinct", [], None),
        ("earliest", ["b", "a"], "b"),
        ("earliest", [], None),
    ],
)
def test_what_an_aggregate_comes_to(kind: str, values: list[object], result: object) -> None:
    assert fold(kind, values) == result


def test_a_sum_does_not_depend_on_the_order() -> None:
    values = [1e16, 1.0, -1e16, 0.1, 0.2]
    assert fold("sum", values) == fold("sum", values[::-1])


def test_what_cannot_be_added_is_a_fault() -> None:
    with pytest.raises(InvalidRecordError, match="sum cannot be taken of 'a'"):
        fold("sum", ["a", 1.0])
