"""Lookups that files fill: which row counts where several have one key."""

from typing import Any

import pytest

from ingest.mapping.lookups import FileLookup
from tests.ingest.mapping.expressions import compiler, scope


def lookup(*, unique: bool = False, when: object = None) -> FileLookup:
    compiled = compiler()
    key = compiled.value({"of": "${K}", "do": ["integer"]}, scope())
    return FileLookup("f", compiled.test(when, scope()), key, compiled.value("${V}", scope()), {}, frozenset(), unique)


def filled(*rows: dict[str, Any], **given: Any) -> dict[str, Any]:
    table = lookup(**given)
    for row in rows:
        table.add(row)
    return table.table


def test_of_rows_with_one_key_the_first_wins() -> None:
    assert filled({"K": "1", "V": "a"}, {"K": "2", "V": "b"}, {"K": "1", "V": "c"}) == {"1": "a", "2": "b"}


def test_where_only_one_value_may_be_a_key_with_several_has_none() -> None:
    rows = [{"K": "1", "V": "a"}, {"K": "1", "V": "c"}, {"K": "1", "V": "a"}, {"K": "2", "V": "b"}]
    assert filled(*rows, unique=True) == {"1": None, "2": "b"}


def test_a_key_with_one_value_twice_keeps_it() -> None:
    assert filled({"K": "1", "V": "a"}, {"K": "1", "V": "a"}, unique=True) == {"1": "a"}


@pytest.mark.parametrize("row", [{"K": "", "V": "a"}, {"K": "many", "V": "a"}])
def test_a_row_without_a_key_or_at_fault_is_left_out(row: dict[str, Any]) -> None:
    assert filled(row) == {}


def test_only_rows_that_meet_the_condition_are_taken() -> None:
    when = {"equals": ["${V}", "b"]}
    assert filled({"K": "1", "V": "a"}, {"K": "1", "V": "b"}, when=when) == {"1": "b"}
