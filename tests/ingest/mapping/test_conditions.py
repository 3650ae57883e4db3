"""Conditions: when each form holds, and that a wrong one is refused."""

import pytest

from ontology.errors import InvalidRecordError, MappingError
from tests.ingest.mapping.expressions import ROW, compiler, scope


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (None, True),
        ({"present": "${A}"}, True),
        ({"present": "${N}"}, False),
        ({"absent": "${N}"}, True),
        ({"equals": ["${A}", "a"]}, True),
        ({"equals": ["${A}", "${B}"]}, False),
        ({"in": ["${A}", ["a", "b"]]}, True),
        ({"in": ["${L}", ["a", "b"]]}, False),
        ({"matches": ["${A}", "^a$"]}, True),
        ({"matches": ["${N}", "."]}, False),
        ({"greater": ["${X}", 4]}, True),
        ({"greater": ["${X}", 4.5]}, False),
        ({"greater": ["${X}", 5]}, False),
        ({"greater": [4, "${N}"]}, False),
        ({"greater": ["${N}", 4]}, False),
        ({"not": {"present": "${A}"}}, False),
        ({"all": [{"present": "${A}"}, {"present": "${N}"}]}, False),
        ({"any": [{"present": "${A}"}, {"present": "${N}"}]}, True),
        ({"all": []}, True),
        ({"any": []}, False),
    ],
)
def test_when_a_condition_holds(said: object, holds: bool) -> None:
    assert compiler().test(said, scope())({**ROW, "L": ["a"]}) is holds


@pytest.mark.parametrize(
    "said", ["text", {}, {"is": 1}, {"equals": 1}, {"in": ["${A}", "a"]}, {"matches": ["${A}", "("]}, {"any": 1}]
)
def test_a_condition_that_does_not_fit_is_refused(said: object) -> None:
    with pytest.raises(MappingError, match=r"records\.r"):
        compiler().test(said, scope())


def test_what_cannot_be_compared_is_a_fault_of_the_row() -> None:
    with pytest.raises(InvalidRecordError, match="cannot be compared"):
        compiler().test({"greater": ["${A}", 4]}, scope())(ROW)
