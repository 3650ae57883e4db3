"""Where rows stand, and the keys of records."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping.drafts import QUOTE_LIMIT, GroupQuote, block_of, content_digest, key_text, quote_of, ranges, rows_in
from ingest.readers.row import RawRow, place
from ontology.errors import InvalidRecordError


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([12], "12"), ([12, 13, 14, 15, 19], "12-15,19"), ([1, 3, 4], "1,3-4"), ([1, 2], "1-2")],
)
def test_rows_are_said_in_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text
    assert rows_in(text) == numbers


@given(st.sets(st.integers(1, 10_000), min_size=1))
def test_ranges_lose_no_row(numbers: set[int]) -> None:
    assert rows_in(ranges(sorted(numbers))) == sorted(numbers)


_PARTS = st.lists(st.text(alphabet="ab|\\", max_size=4), min_size=1, max_size=3)


@given(_PARTS, _PARTS)
def test_different_parts_have_different_keys(left: list[str], right: list[str]) -> None:
    assert (key_text("b", left) == key_text("b", right)) == (left == right)


def test_a_key_needs_all_its_parts_and_a_group_one() -> None:
    assert key_text("b", ["a", 1]) == "b:a|1"
    assert key_text("b", ["a", None], whole=False) == "b:a|"
    for parts, whole in ((["a", None], True), ([None, None], False)):
        with pytest.raises(InvalidRecordError):
            key_text("b", parts, whole=whole)


@pytest.mark.parametrize(("record", "block"), [("b:a|1", "b"), ("b#12", "b"), ("b:a#1", "b"), ("b#1:2", "b")])
def test_a_key_tells_its_block(record: str, block: str) -> None:
    assert block_of(record) == block


@given(st.lists(st.binary(max_size=1500), min_size=1, max_size=6))
def test_a_group_is_quoted_as_its_rows_joined(raws: list[bytes]) -> None:
    quote = GroupQuote("")
    for number, raw in enumerate(raws, 2):
        quote.add(RawRow(number, {}, raw))
    whole = b"\n".join(raws)
    closed = quote.close("rows", "a.csv")
    assert closed.sha256 == hashlib.sha256(whole).hexdigest()
    assert closed.raw == (whole if len(whole) <= QUOTE_LIMIT else b"")
    assert closed.rows == list(range(2, 2 + len(raws)))


@pytest.mark.parametrize(
    ("row", "locator"),
    [
        (RawRow(12, {}, b""), '{"file":"a.csv","rows":"12"}'),
        (RawRow(12, {}, b"", {"sheet": "x"}), '{"file":"a.csv","rows":"12","sheet":"x"}'),
        (RawRow(12, {}, b"", {"sheet": "x", "rows": "12"}), '{"file":"a.csv","rows":"12","sheet":"x"}'),
        (RawRow(12, {}, b"", {"member": "m"}), '{"file":"a.csv","member":"m"}'),
        (RawRow(12, {}, b"", {"characters": [0, 9]}), '{"characters":[0,9],"file":"a.csv"}'),
    ],
)
def test_where_a_row_stands_is_canonical(row: RawRow, locator: str) -> None:
    assert place("a.csv", row) == locator


def test_a_long_row_is_not_repeated() -> None:
    row = RawRow(2, {}, b"x" * (QUOTE_LIMIT + 1))
    assert quote_of("rows", "a.csv", row).raw == b""
    assert quote_of("rows", "a.csv", RawRow(2, {}, b"x" * QUOTE_LIMIT)).raw != b""


def test_what_lookups_gave_is_part_of_what_a_row_was_made_from() -> None:
    assert content_digest("ab", []) == "ab"
    assert content_digest("ab", ["x"]) != content_digest("ab", ["y"])
    assert content_digest("ab", [None]) != "ab"
