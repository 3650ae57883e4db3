import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.generated.vocabulary import VOCABULARY, kind_of
from ontology.ids import fold_name, kind_prefix, name_id, scheme_id, slug

ID = re.compile(r"[a-z]{3}:[!-~]+")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
PLAIN = st.from_regex(r"[A-Za-z0-9._~-]{1,30}", fullmatch=True).filter(lambda text: text.strip("-") == text)


@given(TEXTS, TEXTS)
def test_ids_are_well_formed_and_say_their_kind(source, value):
    for made in (scheme_id("org", "lei", value), name_id("org", slug(source), value)):
        assert ID.fullmatch(made)
        assert kind_prefix(made) == "org"
        assert kind_of(made) == "Organization"


@given(PLAIN)
def test_a_plain_value_stands_in_its_id(value):
    assert scheme_id("prd", "debian", value) == f"prd:debian-{value}"


@given(TEXTS, TEXTS)
def test_other_names_have_other_ids_and_the_same_name_the_same(left, right):
    same = fold_name(left) == fold_name(right)
    assert (name_id("org", "s", left) == name_id("org", "s", right)) == same


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Acme  Ltd", " Acme Ltd "),
        ("e\N{COMBINING ACUTE ACCENT}", "\N{LATIN SMALL LETTER E WITH ACUTE}"),
        ("A\tB", "A B"),
    ],
)
def test_spaces_and_composition_do_not_make_another_name(left, right):
    assert name_id("org", "s", left) == name_id("org", "s", right)


def test_case_makes_another_name():
    assert name_id("org", "s", "ACME") != name_id("org", "s", "Acme")


def test_a_value_with_other_characters_gets_a_hash_so_that_two_do_not_meet():
    first, second = scheme_id("org", "nr", "HRB 1/2"), scheme_id("org", "nr", "HRB 1-2 ")
    assert first != second
    assert first.startswith("org:nr-hrb-1-2-")


@pytest.mark.parametrize(
    ("text", "expected"), [("Côte d'Ivoire", "cote-d-ivoire"), ("東京", "x"), ("a" * 99, "a" * 40), ("--", "x")]
)
def test_slug(text, expected):
    assert slug(text) == expected


@pytest.mark.parametrize(
    "entity", ["", "org", "org:", "ORG:a", "organization:a", "org:a b", "org:é", "org:a\n", " org:a", "o:a"]
)
def test_what_is_no_id_has_no_kind(entity):
    assert kind_prefix(entity) == ""
    assert kind_of(entity) == ""


def test_an_unknown_prefix_has_no_kind():
    assert kind_prefix("zzz:a") == "zzz"
    assert kind_of("zzz:a") == ""


def test_each_prefix_is_one_kinds():
    assert {kind_of(f"{kind.prefix}:x-1") for kind in VOCABULARY.kinds.values()} == set(VOCABULARY.kinds)
