"""The tokenizer of the word search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.words import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Côte d'Ivoire", ["cote", "d", "ivoire"]),
        ("Cote d’Ivoire", ["cote", "d", "ivoire"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("snake_case-and.dots", ["snake", "case", "and", "dots"]),
        ("ISO 9001:2015", ["iso", "9001", "2015"]),
        ("ﬁrm №5 x²", ["firm", "no5", "x2"]),
        ("Ångström A\u030angstro\u0308m", ["angstrom", "angstrom"]),
        ("İstanbul", ["istanbul"]),
        ("中文 公司", ["中文", "公司"]),
        ('"OR" (AND) NOT* \\ `', ["or", "and", "not"]),
        ("🍫 – …", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_words_of_words_are_the_same_words(text: str) -> None:
    found = words(text)
    assert [again for word in found for again in words(word)] == found


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_has_the_same_words_among_others(text: str) -> None:
    """The faster path for ASCII gives the same words."""
    assert words(f"{text} ä") == [*words(text), "a"]


@given(st.text(), st.text())
def test_words_of_two_texts_are_the_words_of_each(left: str, right: str) -> None:
    assert words(f"{left} {right}") == [*words(left), *words(right)]
