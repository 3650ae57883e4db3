"""Finding quotes in a text, and what the mapping language needs besides for expert annotations."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping.transforms.context import TransformContext
from ingest.mapping.transforms.registry import compile_transform
from ontology.errors import InvalidRecordError, MappingError

TEXT = "One may audit. Two may end it upon notice. One may audit. Three."


def run(name: str, value: object, argument: object = None) -> object:
    return compile_transform(name, TransformContext(argument, "column 'X'", "records.x"))(value)


def places(text: str, quotes: object, gap: str | None = None) -> list[dict[str, object]]:
    found = run("locate", {"text": text, "quotes": quotes}, gap)
    assert isinstance(found, list)
    return found


def test_a_quote_is_found_at_its_first_place():
    (place,) = places(TEXT, ["One may audit."])
    assert place == {
        "quote": "One may audit.",
        "words": "One may audit.",
        "place": "0-14",
        "start": 0,
        "end": 14,
        "locator": '{"characters":[0,14]}',
    }


def test_pieces_are_looked_for_one_after_the_other():
    (place,) = places(TEXT, ["Two may<omitted>One may audit."], "<omitted>")
    assert place["place"] == "15-22-43-57"
    assert (place["start"], place["end"]) == (15, 57)
    assert place["words"] == "Two may … One may audit."


def test_a_piece_that_stands_only_before_is_found_too():
    (place,) = places(TEXT, ["Three.<omitted>Two may"], "<omitted>")
    assert (place["start"], place["end"]) == (15, 64)


def test_one_place_is_one_object_however_often_it_is_quoted():
    assert len(places(TEXT, ["One may audit.", ["One may audit.", "Three."]])) == 2


def test_a_quote_that_is_not_there_has_a_name_but_no_characters():
    (place,) = places(TEXT, ["Four."])
    assert set(place) == {"quote", "words", "place"}
    assert str(place["place"]).startswith("x")
    (other,) = places(TEXT, ["Five."])
    assert other["place"] != place["place"]


@pytest.mark.parametrize("quotes", [None, [], [""], ["<omitted>"], ["  "]])
def test_nothing_quoted_gives_nothing(quotes):
    assert places(TEXT, quotes, "<omitted>") == []


def test_without_a_text_the_row_is_refused():
    with pytest.raises(InvalidRecordError, match="no text to look in"):
        run("locate", {"quotes": ["a"]})
    with pytest.raises(MappingError, match="marks a gap"):
        run("locate", {"text": "a", "quotes": ["a"]}, "")


@given(st.text(min_size=1), st.data())
def test_a_slice_of_a_text_leads_back_to_its_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for place in places(text, [text[start:end]]):
        inner = json.loads(str(place["locator"]))["characters"]
        assert text[slice(*inner)] == place["words"] == text[start:end].strip()


@pytest.mark.parametrize(
    ("said", "found"),
    [("[]", []), ("['a', \"it's\"]", ["a", "it's"]), ("['x\\xady']", ["x\xady"]), (r"['5\%']", [r"5\%"])],
)
def test_lists_of_texts_are_read(said, found):
    assert run("literals", said) == found


@pytest.mark.parametrize("said", ["a", "[1]", "{'a': 'b'}", "['a'", "__import__('os')", "[" * 400])
def test_what_is_no_list_of_texts_is_refused_and_never_run(said):
    with pytest.raises(InvalidRecordError, match="no list of texts") as caught:
        run("literals", said)
    assert caught.value.fix


@given(st.lists(st.text()))
def test_what_python_writes_as_a_list_is_read_back(items):
    assert run("literals", repr(items)) == items


@pytest.mark.parametrize(("value", "found"), [(-1, 0), (0.5, 0.5), (7, 1), (None, None), ([2, -2], [1, 0])])
def test_clamp_holds_numbers_within_bounds(value, found):
    assert run("clamp", value, [0, 1]) == found


@pytest.mark.parametrize("argument", [None, [1], ["a", "b"], 3])
def test_clamp_wants_two_bounds(argument):
    with pytest.raises(MappingError, match="clamp wants"):
        run("clamp", 1, argument)


def test_mean_is_arithmetic_and_refuses_what_is_no_number():
    assert run("mean", [8.3, 7.4]) == pytest.approx(7.85)
    assert run("mean", None) is None
    for wrong in ([], ["8.3", 7.4]):
        with pytest.raises(InvalidRecordError, match="no list of numbers"):
            run("mean", wrong)


def test_flat_makes_one_list_of_lists_in_lists():
    assert run("flat", [["a"], [], ["b", ["c"]], "d"]) == ["a", "b", "c", "d"]
    assert run("flat", None) is None
