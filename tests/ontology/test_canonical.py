"""Canonical bytes, compared with the library that implements RFC 8785."""

import hashlib
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ontology.canonical import canonical, digest

KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_bytes_are_those_of_the_library(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_the_digest_is_the_sha_256_of_the_bytes(value):
    assert digest(value) == hashlib.sha256(rfc8785.dumps(value)).hexdigest()


@given(st.dictionaries(KEYS, NUMBERS | TEXTS, max_size=6))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        (1.0, b"1"),
        (-0.0, b"0"),
        (1e21, b"1e+21"),
        (0.1, b"0.1"),
        ("\u00f4\n\x1f", '"\u00f4\\n\\u001f"'.encode()),
        ((1, "a"), b'[1,"a"]'),
    ],
)  # fmt: skip
def test_known_forms(value, expected):
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, -(2**60), [1.5, {"a": 2**64}]])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)
