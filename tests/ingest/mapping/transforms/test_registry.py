"""Transforms: what each does, what each refuses, and that null passes through all of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping.transforms.context import TransformContext
from ingest.mapping.transforms.conversions import days_between, parse_number
from ingest.mapping.transforms.registry import TRANSFORMS, compile_transform, mend
from ontology.errors import InvalidRecordError, MappingError

TABLES = {"colours": {"r": "red", "1": "one"}}
ARGUMENTS = {
    "boolean": {"true": ["Y"], "false": ["N"]},
    "clamp": [0, 1],
    "cut": 2,
    "date": "iso",
    "date_or_null": "iso",
    "datetime": "%Y-%m-%d %H:%M",
    "find": "a",
    "find_all": "a",
    "lookup": "colours",
    "lookup_or_keep": "colours",
    "lookup_or_null": "colours",
    "map": {"a": "b"},
    "null_if": ["a"],
    "plus": 1,
    "replace": ["a", "b"],
    "round": 1,
    "split": ",",
    "times": 2,
}


def run(name: str, value: object, argument: object = None) -> object:
    setting = TransformContext(argument, "column 'X'", "records.a.let.x.do.0", TABLES, {"Holland": "NL"})
    return compile_transform(name, setting)(value)


@pytest.mark.parametrize(
    ("name", "argument", "value", "result"),
    [
        ("number", None, "1,234.50", 1234.5),
        ("number", None, " 12 ", 12),
        ("number", None, "-3e2", -300.0),
        ("number", None, 4.5, 4.5),
        ("number", "1.234,5", "1.234,50", 1234.5),
        ("number_or_null", None, "See ASN-93 (ID#:1281)", None),
        ("integer", None, "12.0", 12),
        ("date", "%d-%b-%y", "02-Jun-06", "2006-06-02"),
        ("date", ["%m/%d/%y", "iso"], "2014-04-30", "2014-04-30"),
        ("date_or_null", "iso", "Date Not Captured", None),
        ("datetime", "%Y-%m-%d %H:%M", "2026-03-01 09:30", "2026-03-01T09:30:00Z"),
        ("year", None, "2006-06-02", "2006"),
        ("country", None, "Côte d'Ivoire", "CI"),
        ("country", None, "germany", "DE"),
        ("country", None, "DEU", "DE"),
        ("country", None, "Holland", "NL"),
        ("region", None, "Viet Nam", "reg:iso3166-VN"),
        ("lookup", "colours", "r", "red"),
        ("lookup", "colours", 1, "one"),
        ("lookup_or_null", "colours", "x", None),
        ("lookup_or_keep", "colours", "x", "x"),
        ("map", {"a": 1}, "a", 1),
        ("map", {"a": 1}, "b", None),
        ("map", {True: "yes"}, True, "yes"),
        ("split", ";", "a; b;;c ", ["a", "b", "c"]),
        ("join", "+", ["a", "b"], "a+b"),
        ("find", r"x(\d+)", "ax12 x3", "12"),
        ("find", r"\d+", "ax12", "12"),
        ("find", r"\d+", "none", None),
        ("find_all", r"x(\d+)", "x1 x2", ["1", "2"]),
        ("find_all", r"(?P<k>\w)=(?P<v>\w)", "a=1 b=2", [{"k": "a", "v": "1"}, {"k": "b", "v": "2"}]),
        ("replace", [r"\s+", "_"], "a  b", "a_b"),
        ("null_if", ["-"], "-", None),
        ("null_if", ["-"], "a", "a"),
        ("default", 7, None, 7),
        ("default", 7, 8, 8),
        ("boolean", {"true": ["Yes"], "false": ["No"]}, "Yes", True),
        ("boolean", {True: ["Yes"], False: ["No"]}, "No", False),
        ("strip", None, " a ", "a"),
        ("fold", None, " a \t b ", "a b"),
        ("lower", None, "ÄB", "äb"),
        ("upper", None, "ab", "AB"),
        ("title", None, "ab cd", "Ab Cd"),
        ("times", 2, 3, 6),
        ("plus", -1, 3, 2),
        ("round", 2, 1.239, 1.24),
        ("round", 0, 1.6, 2),
        ("text", None, 12, "12"),
        ("mojibake", None, "Gr\u00c3\u00b8nland", "Grønland"),
        ("mojibake", None, "Grønland", "Grønland"),
        ("slug", None, "Grønland & Co", "grnland-co"),
        ("cut", 3, "abcdef", "abc"),
        ("cut", 0, "abcdef", ""),
        ("clamp", [0, 1], -1, 0),
        ("clamp", [0, 1], 2, 1),
        ("clamp", [0, 1], 0.5, 0.5),
        ("round", 1, 1.25, 1.2),
        ("mean", None, [1, 2, 6], 3.0),
        ("mean", None, 4, 4.0),
        ("mean", None, None, None),
        ("flat", None, ["a", ["b", ["c"]]], ["a", "b", "c"]),
        ("flat", None, "a", ["a"]),
        ("flat", None, None, None),
        ("join", "+", "a", "a"),
        ("join", "+", None, None),
        ("required", None, "a", "a"),
        ("required", None, "", ""),
        ("find", r"a(x?)", "a", None),
        ("find", r"(?P<k>\w)=(?P<v>\w?)", "a=", {"k": "a"}),
        ("find_all", r"a(x?)", "a ax", ["x"]),
        ("number", "1,234.5", "1,234.5", 1234.5),
        ("number", None, "+12", 12),
        ("number", None, ".5", 0.5),
        ("number", None, "1\u00a0234", 1234),
        ("integer", None, -3.0, -3),
        ("map", {"a": 1}, ["a", "b"], [1]),
        ("sha256", None, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ],
)
def test_what_a_transform_makes(name: str, argument: object, value: object, result: object) -> None:
    found = run(name, value, argument)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("name", "argument", "value", "rule"),
    [
        ("number", None, "twelve", "number"),
        ("number", None, "12,3456", "number"),
        ("number", None, "1e999", "number"),
        ("number", None, float("nan"), "number"),
        ("number", None, True, "number"),
        ("integer", None, "1.5", "integer"),
        ("date", "%d-%b-%y", "Date Not Captured", "date"),
        ("date", "iso", "2026-02-30", "date"),
        ("year", None, "soon", "year"),
        ("country", None, "Atlantis", "country"),
        ("region", None, "", "country"),
        ("lookup", "colours", "x", "lookup"),
        ("boolean", {"true": ["Y"], "false": ["N"]}, "maybe", "boolean"),
        ("required", None, None, "required"),
        ("times", 2, "3", "number"),
        ("times", 2, True, "number"),
        ("mean", None, [], "mean"),
        ("mean", None, [1, "x"], "mean"),
        ("number", None, "1,23", "number"),
        ("number", None, "-", "number"),
        ("number", None, "1.2.3", "number"),
        ("number", "1.234,5", "1,2,3", "number"),
        ("round", 2, "3", "number"),
    ],
)
def test_what_a_transform_refuses_goes_to_quarantine(name: str, argument: object, value: object, rule: str) -> None:
    with pytest.raises(InvalidRecordError, match="column 'X'") as caught:
        run(name, value, argument)
    assert caught.value.details["rule"] == rule
    assert caught.value.details["path"] == "records.a.let.x.do.0"
    assert caught.value.fix


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("no_such", None),
        ("date", None),
        ("date", [1]),
        ("lookup", "no-table"),
        ("map", "text"),
        ("find", "("),
        ("replace", "a"),
        ("replace", ["(", "b"]),
        ("split", ""),
        ("null_if", "a"),
        ("boolean", ["a"]),
        ("times", "two"),
        ("times", True),
        ("clamp", 1),
        ("clamp", [0]),
        ("clamp", [0, 1, 2]),
        ("clamp", ["a", 1]),
        ("boolean", {"true": "Y"}),
        ("date", []),
        ("date", ["iso", 1]),
        ("split", 1),
        ("locate", ""),
        ("locate", 1),
        ("lookup", None),
        ("replace", ["a"]),
        ("join", 1),
    ],
)
def test_a_wrong_argument_is_the_mappings_fault_with_its_path(name: str, argument: object) -> None:
    with pytest.raises(MappingError, match=r"records\.a\.let\.x\.do\.0"):
        run(name, "a", argument)


@pytest.mark.parametrize("name", sorted(TRANSFORMS))
def test_null_passes_through(name: str) -> None:
    assert run(name, None, ARGUMENTS.get(name)) is None


def test_a_list_is_taken_item_by_item_and_loses_its_nulls() -> None:
    assert run("number_or_null", ["1", "x", "2"]) == [1, 2]


def test_lookups_in_files_note_what_they_gave() -> None:
    touched: list[object] = []
    find = compile_transform("lookup_or_null", TransformContext("colours", "", "", TABLES, {}, touched))
    find("r")
    find("x")
    assert touched == ["red", None]


@given(st.integers(-(10**15), 10**15))
def test_grouped_digits_say_the_same_number(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}".replace(",", "."), comma=True) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_its_text(number: float) -> None:
    assert parse_number(repr(number)) == number


@given(st.text())
def test_any_text_is_a_number_or_none_but_never_an_accident(text: str) -> None:
    found = parse_number(text)
    assert found is None or isinstance(found, int | float)


@given(st.text(st.characters(min_codepoint=0xA0, max_codepoint=0x24F), min_size=1))
def test_mending_undoes_the_wrong_reading(text: str) -> None:
    assert mend(text.encode().decode("latin-1")) == unicodedata.normalize("NFC", text)


def test_days_are_counted_from_the_first_to_the_second() -> None:
    assert days_between("2026-02-27", "2026-03-01") == 2
    assert days_between("2026-03-01", "2026-02-27T10:00:00Z") == -2


@pytest.mark.parametrize("pair", [("x", "2026-01-01"), ("2026-01-01", 3), (None, "2026-01-01")])
def test_what_is_no_date_has_no_days(pair: tuple[object, object]) -> None:
    with pytest.raises(InvalidRecordError):
        days_between(*pair)
