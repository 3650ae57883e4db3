import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.compiler.python import Named, literal, snake
from ontology.errors import OntologyError
from ontology.model import Audit

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=150)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=10,
)


@given(VALUES, st.integers(0, 60))
def test_what_is_written_reads_back(value, lead):
    assert ast.literal_eval(literal(value, lead=lead)) == value


def test_a_dataclass_is_written_without_its_defaults():
    written = literal(Audit("a", "b", "c" * 150))
    assert written.startswith('Audit(\n    name="a",\n')
    assert eval(written, {"Audit": Audit}) == Audit("a", "b", "c" * 150)


def test_a_name_stands_for_what_is_written_elsewhere():
    assert literal({"a": Named("_A")}) == '{\n    "a": _A,\n}'


def test_other_things_are_refused():
    with pytest.raises(OntologyError, match="cannot be written"):
        literal({"a", "b"})


@pytest.mark.parametrize(
    ("name", "expected"), [("leadTimeDays", "lead_time_days"), ("SupplyRelation", "supply_relation"), ("id", "id")]
)
def test_snake(name, expected):
    assert snake(name) == expected
