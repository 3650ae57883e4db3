"""Where rows stand, and the keys of records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping.drafts import block_of, content_digest, key_text
from ontology.errors import InvalidRecordError

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


def test_what_lookups_gave_is_part_of_what_a_row_was_made_from() -> None:
    assert content_digest("ab", []) == "ab"
    assert content_digest("ab", ["x"]) != content_digest("ab", ["y"])
    assert content_digest("ab", [None]) != "ab"
