"""Quotes of rows: their numbers, bytes, hash and locator."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.row import QUOTE_LIMIT, GroupQuote, RawRow, locator_of, quote_of, ranges, rows_in
from tests.public_data import ROOT


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([12], "12"), ([12, 13, 14, 15, 19], "12-15,19"), ([1, 3, 4], "1,3-4"), ([1, 2], "1-2")],
)
def test_rows_are_written_in_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text
    assert rows_in(text) == numbers


@given(st.sets(st.integers(1, 10_000), min_size=1))
def test_ranges_lose_no_row(numbers: set[int]) -> None:
    assert rows_in(ranges(sorted(numbers))) == sorted(numbers)


@pytest.mark.parametrize("sizes", [[QUOTE_LIMIT], [1, QUOTE_LIMIT - 2], [QUOTE_LIMIT - 3, 1, 0]])
def test_a_group_is_repeated_up_to_the_limit_with_its_line_feeds(sizes: list[int]) -> None:
    for more in (0, 1):
        quote = GroupQuote("")
        for number, size in enumerate([*sizes[:-1], sizes[-1] + more], 2):
            quote.add(RawRow(number, {}, b"x" * size))
        assert len(quote.close("rows", "a.csv").raw) == (0 if more else QUOTE_LIMIT)


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
    assert locator_of("a.csv", row) == locator


def test_the_limit_of_quotes_is_the_documented_one() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    assert f"A quote of up to\n{QUOTE_LIMIT:,} bytes is kept as text" in text


def test_a_long_row_is_not_repeated() -> None:
    row = RawRow(2, {}, b"x" * (QUOTE_LIMIT + 1))
    assert quote_of("rows", "a.csv", row).raw == b""
    assert quote_of("rows", "a.csv", RawRow(2, {}, b"x" * QUOTE_LIMIT)).raw != b""
