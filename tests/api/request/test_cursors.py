"""Pages and cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.request.cursors import Cursor, ListPosition, Page, cut, page_size, question, read_cursor
from ontology.errors import QueryError
from ontology.records import At

AT = At("2026-03-01T00:00:00Z", "2026-03-01T09:30:00.000000Z")
PLACE = ListPosition(AT, "1f0c2a9b")
IDS = st.from_regex(r"[a-z]{3}:[A-Za-z0-9._~:-]{1,20}", fullmatch=True)


@given(IDS, st.sampled_from([AT, At(AT.as_of, None), At(None, None)]))
def test_a_cursor_is_read_as_it_was_written(key: str, at: At):
    cursor = Cursor(key, at, "1f0c2a9b")
    assert read_cursor(str(cursor)) == cursor


def test_a_cursor_is_plain_text():
    assert PLACE.cursor("org:lei-1") == "org:lei-1|2026-03-01T00:00:00Z|2026-03-01T09:30:00.000000Z|1f0c2a9b"


@pytest.mark.parametrize("text", ["x", "|a|b|c", "a|b|c", "a|b|c|d|e", "b3JnOjE="])
def test_what_is_no_cursor_is_refused(text: str):
    with pytest.raises(QueryError, match="cursor cannot be read"):
        read_cursor(text)


@pytest.mark.parametrize("first", [0, -1, 101])
def test_a_page_has_one_to_a_hundred_items(first: int):
    with pytest.raises(QueryError, match="first is"):
        page_size(first)
    with pytest.raises(QueryError, match="first is"):
        PLACE.page(first, None)


def test_a_page_begins_behind_its_cursor():
    assert PLACE.page(3, PLACE.cursor("org:a")) == Page(3, "org:a")
    assert PLACE.page(3, None) == PLACE.page(3, "") == Page(3)


@pytest.mark.parametrize(
    "other",
    [
        ListPosition(AT, "00000000"),
        ListPosition(At("2026-03-02T00:00:00Z", AT.known_at), "1f0c2a9b"),
        ListPosition(At(AT.as_of), "1f0c2a9b"),
    ],
)
def test_the_cursor_of_another_list_or_time_is_refused(other: ListPosition):
    with pytest.raises(QueryError, match="another list"):
        PLACE.page(3, other.cursor("org:a"))


def test_questions_differ_in_every_part():
    asked = [question("a", "b"), question("ab", ""), question("a", None), question("a")]
    assert len(set(asked)) == 4
    assert {len(one) for one in asked} == {8}


@given(st.lists(st.integers(0, 999), unique=True, max_size=40), st.integers(1, 9))
def test_pages_put_together_are_the_list(rows: list[int], size: int):
    found: list[int] = []
    page, more = Page(size), True
    while more:
        part, more = cut(rows, page, str)
        found += part
        page = Page(size, str(found[-1]) if found else "")
    assert found == rows


def test_behind_a_place_that_is_not_there_is_nothing():
    assert cut([1, 2, 3], Page(2, "9"), str) == ([], False)
