"""Expressions: what each form says of a row, and that a wrong one names its place in the YAML."""

from typing import Any

import pytest

from ingest.mapping.aggregates import slot
from ingest.mapping.expressions import as_list
from ontology.errors import InvalidRecordError, MappingError
from ontology.ids import name_id, scheme_id
from tests.ingest.mapping.expressions import ROW, compiler, scope, value


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("text", "text"),
        (12, 12),
        (True, True),
        (None, None),
        ("${A}", "a"),
        ("${X}", 4.5),
        ("${N}", None),
        ("${E}", None),
        ("${let}", "l"),
        ("${A}-${B}!", "a-2!"),
        ("${A}-${N}", None),
        ("year ${X}", "year 4.5"),
        ({"of": "${B}", "do": ["number", {"times": 2}]}, 4),
        ({"of": "${N}", "do": ["number"]}, None),
        ({"of": "${A}", "do": [{"lookup": "t"}]}, "alpha"),
        ({"of": "${A}"}, "a"),
        ({"ref": "Organization", "scheme": "lei", "value": "${B}"}, "org:lei-2"),
        ({"ref": "Organization", "scheme": "${A}", "value": "${B}"}, "org:a-2"),
        ({"ref": "Organization", "scheme": "lei", "value": "${N}"}, None),
        ({"ref": "Site", "name": "${A} b"}, name_id("sit", "src", "a b")),
        ({"ref": "Site", "name": "${N}"}, None),
        ({"ref": "${K}", "name": "x"}, name_id("org", "src", "x")),
        ({"first": ["${N}", "${E}", "${A}", "b"]}, "a"),
        ({"first": ["${N}"]}, None),
        ({"case": [{"when": {"equals": ["${A}", "a"]}, "then": 1}], "else": 2}, 1),
        ({"case": [{"when": {"equals": ["${A}", "b"]}, "then": 1}], "else": 2}, 2),
        ({"case": [{"when": {"equals": ["${A}", "b"]}, "then": 1}]}, None),
        ({"case": [{"when": {"present": "${A}"}, "then": "${N}"}], "else": 2}, None),
        ({"days": ["${D}", "${D2}"]}, 30),
        ({"days": ["${D}", "${N}"]}, None),
        (["${A}", "${N}", "b"], ["a", "b"]),
        (["${N}"], None),
        ({"value": "${A}", "scheme": "s", "more": "${N}"}, {"value": "a", "scheme": "s"}),
        ({"value": "${N}", "scheme": "s"}, None),
        ({"id": "${N}", "role": "r"}, None),
        ({"each": ["x", "y"], "as": "item", "make": "${item}!"}, ["x!", "y!"]),
        ({"each": "${N}", "as": "item", "make": "${item}!"}, None),
        ({"each": {"of": "${P}", "do": [{"find_all": r"(?P<k>\w)=(?P<v>\w)"}]}, "make": "${item.k}"}, ["a", "b"]),
    ],
)
def test_what_an_expression_says(said: object, result: object) -> None:
    assert value(said, {"K": "Organization", "P": "a=1 b=2"}) == result


def test_what_yaml_cannot_say_is_no_expression() -> None:
    with pytest.raises(MappingError, match="is no expression"):
        value(object())


def test_a_part_that_an_item_lacks_is_null() -> None:
    assert value("${item.b}", {"item": {"a": 1}}) is None
    assert value("${item.b}", {"item": "text"}) is None


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"of": "${A}", "then": []}, "records.r"),
        ({"of": "${A}", "do": "number"}, "records.r.do"),
        ({"of": "${A}", "do": [1]}, "records.r.do.0"),
        ({"of": "${A}", "do": [{"a": 1, "b": 2}]}, "records.r.do.0"),
        ({"of": "${A}", "do": ["nothing"]}, "records.r.do.0"),
        ({"ref": "Firm", "name": "a"}, "records.r"),
        ({"ref": "Site"}, "records.r"),
        ({"ref": "Site", "scheme": "s"}, "records.r"),
        ({"ref": "Site", "name": "a", "scheme": "s"}, "records.r"),
        ({"first": "a"}, "records.r"),
        ({"case": "a"}, "records.r"),
        ({"case": [{"when": {}}]}, "records.r.case.0"),
        ({"case": [{"when": {"is": 1}, "then": 1}]}, "records.r.case.0.when"),
        ({"days": ["${A}"]}, "records.r"),
        ({"sum": "${A}"}, "records.r"),
    ],
)
def test_what_does_not_fit_names_its_place(said: object, path: str) -> None:
    with pytest.raises(MappingError) as caught:
        compiler().value(said, scope())
    assert caught.value.details["path"] == path
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.fix


def test_columns_that_are_used_are_collected() -> None:
    columns: set[str] = set()
    compiler().value({"first": ["${A}", "${let}", "x ${B}"]}, scope(columns=columns))
    assert columns == {"A", "B"}


def test_in_a_group_only_grouped_names_may_stand() -> None:
    with pytest.raises(MappingError, match="'A' is not grouped by") as caught:
        compiler().value("${A}", scope(columns=None))
    assert caught.value.details["column"] == "A"


def test_an_aggregate_is_taken_of_rows_and_read_from_its_slot() -> None:
    aggregates: list[tuple[str, Any]] = []
    inner = scope()
    outer = scope(columns=None, aggregates=aggregates, row=inner)
    total = compiler().value({"sum": {"of": "${B}", "do": ["number"]}}, outer)
    (kind, each) = aggregates[0]
    assert (kind, each(ROW)) == ("sum", 2)
    assert total({slot(0): 12}) == 12
    assert inner.columns == {"B"}


def test_an_unknown_kind_in_a_row_is_the_rows_fault() -> None:
    with pytest.raises(InvalidRecordError, match="no kind is called 'Firm'"):
        value({"ref": "${K}", "name": "x"}, {"K": "Firm"})


def test_ids_are_the_ontologys() -> None:
    said = {"ref": "Organization", "scheme": "erp", "value": "${V}"}
    assert value(said, {"V": "A & B"}) == scheme_id("org", "erp", "A & B")


@pytest.mark.parametrize(("given", "result"), [(None, []), ("a", ["a"]), (["a"], ["a"])])
def test_a_list_of_anything(given: object, result: list[object]) -> None:
    assert as_list(given) == result
