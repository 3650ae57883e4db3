import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.arrays.columns.texts import Numbers, Texts, packed

ids = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12)


@given(st.lists(ids))
def test_packed_texts_come_back(texts: list[str]):
    held = Texts(*packed(texts))
    assert list(held) == texts
    assert [held[number] for number in range(len(held))] == texts
    assert held[1:3] == texts[1:3]


@given(st.sets(ids), ids)
def test_every_text_among_ascending_ones_is_found_and_no_other(texts: set[str], other: str):
    held = Texts(*packed(sorted(texts)))
    assert [held.find(text) for text in sorted(texts)] == list(range(len(texts)))
    assert (held.find(other) is not None) == (other in texts)


@pytest.mark.parametrize("number", [-1, 2])
def test_there_is_nothing_beyond_them(number: int):
    with pytest.raises(IndexError):
        Texts(*packed(["a", "b"]))[number]


@given(st.lists(ids), st.lists(ids))
def test_equal_texts_have_equal_numbers_whenever_they_come(first: list[str], later: list[str]):
    numbers = Numbers(first)
    found = np.concatenate((numbers.of(first), numbers.of(later))).tolist()
    assert [numbers.texts[number] for number in found] == [*first, *later]
    assert len(numbers.texts) == len(set(first) | set(later))
    assert [numbers.one(text) for text in first] == found[: len(first)]


@given(st.lists(ids))
def test_ranks_are_places_among_the_sorted(texts: list[str]):
    numbers = Numbers(texts)
    ordered = sorted(set(texts))
    assert [ordered[rank] for rank in numbers.ranks().tolist()] == numbers.texts
