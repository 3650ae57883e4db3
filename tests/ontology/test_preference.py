"""The order of belief: an earlier field takes precedence, and the order of reading makes no difference."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import StoreCorruptError
from ontology.preference import (
    BASES,
    BASIS_PLACE,
    REVIEW_PLACE,
    REVIEWS,
    Preference,
    believed,
    is_believable,
    is_primary_name,
    preference,
    reason,
    to_bases,
    to_reviews,
)
from ontology.records import Claim, EntityId, StoredClaim
from tests.claims import Said, Saying, make_claim

RECORDED = "2026-03-01T09:00:00.000000Z"
BEGINNINGS = [None, "0001-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "9999-12-31T00:00:00Z"]
SAYINGS = st.builds(
    Saying,
    st.sampled_from(["a", "b"]),
    st.text("123", min_size=1, max_size=3),
    st.just(()),
    st.sampled_from(BASES),
    st.sampled_from(REVIEWS),
    st.sampled_from([0.2, 0.5, 1.0]),
)


def claim(saying: Saying, start: str | None = None) -> Claim:
    return make_claim(Said(EntityId("org:x"), "STATUS", None, "v", {}, start, None), saying)


CLAIMS = st.lists(st.builds(claim, SAYINGS, st.sampled_from(BEGINNINGS)), max_size=6, unique_by=lambda one: one.id)


def stored(claims: list[Claim]) -> list[StoredClaim]:
    return [StoredClaim(one, RECORDED, None) for one in claims]


def better(left: Claim, right: Claim) -> bool:
    """Whether the first is to be believed before the second, decided field by field."""
    steps: list[Callable[[Claim], float]] = [
        lambda one: ("confirmed", "observed", "inferred").index(one.basis),
        lambda one: ("accepted", "proposed").index(one.review),
        lambda one: -one.confidence,
    ]
    for step in steps:
        if step(left) != step(right):
            return step(left) < step(right)
    if (left.valid_from or "") != (right.valid_from or ""):
        return (left.valid_from or "") > (right.valid_from or "")
    return (left.source, left.id) < (right.source, right.id)


@given(CLAIMS)
def test_what_is_to_be_believed_comes_first(claims: list[Claim]):
    ordered = [one.claim for one in believed(stored(claims))]
    assert len(ordered) == sum(one.review != "rejected" for one in claims)
    assert all(better(one, other) for one, other in pairwise(ordered))


@given(st.data(), CLAIMS)
def test_the_order_does_not_depend_on_the_order_of_the_input(data: st.DataObject, claims: list[Claim]):
    shuffled = data.draw(st.permutations(claims))
    assert believed(stored(shuffled)) == believed(stored(claims))


FIRST = Saying("b", "1", (), "observed", "accepted", 0.5)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (claim(replace(FIRST, basis="confirmed", review="proposed", confidence=0.1)), claim(FIRST), "basis"),
        (claim(replace(FIRST, confidence=0.1)), claim(replace(FIRST, basis="inferred", confidence=1.0)), "basis"),
        (claim(replace(FIRST, confidence=0.1)), claim(replace(FIRST, review="proposed")), "accepted"),
        (claim(FIRST), claim(replace(FIRST, confidence=0.4), BEGINNINGS[-1]), "surer"),
        (claim(FIRST, BEGINNINGS[3]), claim(replace(FIRST, source="a"), BEGINNINGS[2]), "more recent"),
        (claim(FIRST, BEGINNINGS[1]), claim(replace(FIRST, source="a")), "more recent"),
        (claim(replace(FIRST, source="a")), claim(FIRST), "sources' names"),
    ],
)
def test_each_step_decides_before_the_later_ones(one: Claim, other: Claim, why: str):
    better, worse = preference(one, one.id), preference(other, other.id)
    assert better < worse
    assert why in reason(better, worse)
    assert [first.claim for first in believed(stored([other, one]))] == [one, other]


def test_of_claims_that_differ_in_nothing_else_the_smaller_id_is_believed():
    one, other = sorted((claim(replace(FIRST, record=record)) for record in "12"), key=lambda made: made.id)
    keys = preference(one, one.id), preference(other, other.id)
    assert keys[0] < keys[1]
    assert reason(*keys) == "nothing but the order of the claims' ids decides"


def test_what_is_rejected_is_never_believed():
    assert [review for review in REVIEWS if is_believable(review)] == ["accepted", "proposed"]
    assert believed(stored([claim(replace(FIRST, basis="confirmed", review="rejected"))])) == []


@pytest.mark.parametrize("changes", [{"basis": "guessed"}, {"review": "guessed"}])
def test_a_basis_or_review_that_is_none_is_refused_by_name(changes: dict[str, str]):
    odd = replace(claim(FIRST), **changes)  # type: ignore[arg-type]
    with pytest.raises(StoreCorruptError, match="'guessed'") as caught:
        preference(odd, odd.id)
    assert caught.value.fix


def test_names_out_of_a_store_become_bases_and_reviews():
    stored = "".join(["infer", "red"])  # a text object of its own, as a driver returns it
    assert to_bases([stored, "confirmed"]) == ["inferred", "confirmed"]
    assert to_bases([stored])[0] is BASES[2]
    assert to_reviews(["proposed"]) == ["proposed"]
    for read in (to_bases, to_reviews):
        with pytest.raises(StoreCorruptError, match="'guessed'"):
            read(["guessed"])


def test_places_are_those_of_the_order():
    assert [BASIS_PLACE[name] for name in BASES] == [0, 1, 2]
    assert [REVIEW_PLACE[name] for name in REVIEWS] == [0, 1, 2]


@pytest.mark.parametrize(
    ("kind", "primary"), [(None, True), ("", True), ("primary", True), ("alias", False), ("weak", False), (0, False)]
)
def test_a_name_without_a_kind_is_a_primary_one(kind: str | int | None, primary: bool):
    assert is_primary_name(kind) is primary


def test_the_docs_state_the_order_once():
    docs = Path(__file__).resolve().parents[2] / "docs"
    section = (docs / "findings.md").read_text().split("## Which claim is believed")[1].split("\n## ")[0]
    steps = dict(re.findall(r"^\d\. ([a-z ]+?)(?:: (.+))?[;.]$", section, re.MULTILINE))
    assert [name.removesuffix(" id") for name in steps] == list(Preference._fields)
    assert steps["basis"] == ", then ".join(BASES)
    assert steps["review"] == ", then ".join(review for review in REVIEWS if is_believable(review))
    others = [page for page in docs.rglob("*.md") if page.name != "findings.md"]
    assert [page.name for page in others if "before inferred" in page.read_text()] == []
