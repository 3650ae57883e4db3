import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.clauses.ranking import bm25, cosine, fuse, order, postings

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=6)


def by_definition(texts: list[list[str]], query: set[str], k1: float = 1.2, b: float = 0.75) -> list[float]:
    mean = max(sum(map(len, texts)) / len(texts), 1.0) if texts else 1.0
    scores = []
    for text in texts:
        score = 0.0
        for word in query:
            holding = sum(word in other for other in texts)
            rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            times = text.count(word)
            score += rarity * times * (k1 + 1) / (times + k1 * (1 - b + b * len(text) / mean))
        scores.append(score)
    return scores


@given(TEXTS, st.lists(st.sampled_from("abcxyz"), max_size=4))
def test_bm25_is_its_definition_taken_word_by_word(texts: list[list[str]], query: list[str]):
    assert bm25(postings(texts), query).tolist() == pytest.approx(by_definition(texts, set(query)))


def test_a_rare_word_counts_for_more_than_a_common_one():
    found = postings([["audit", "right"], ["right"], ["right", "right"]])
    scores = bm25(found, ["audit", "right"])
    assert order(scores)[0] == 0


def test_no_texts_have_no_scores():
    assert bm25(postings([]), ["a"]).size == 0
    assert order(np.zeros(0)) == []


def test_order_leaves_out_what_does_not_match_and_breaks_ties_by_number():
    assert order(np.array([0.0, 2.0, 1.0, 2.0])) == [1, 3, 2]


def test_cosine_of_like_opposite_orthogonal_and_empty_rows():
    rows = np.array([[2.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, 0.0]], dtype=np.float32)
    assert cosine(rows, np.array([5.0, 0.0], dtype=np.float32)).tolist() == pytest.approx([1.0, -1.0, 0.0, 0.0])


def test_fusion_adds_reciprocal_places():
    assert fuse([[7, 3], [3]]) == pytest.approx({7: 1 / 61, 3: 1 / 62 + 1 / 61})
    assert fuse([]) == {}


@given(st.lists(st.permutations(range(5)), min_size=1, max_size=4))
def test_what_is_first_in_every_ranking_is_first_in_their_fusion(rankings: list[list[int]]):
    led = [[9, *ranking] for ranking in rankings]
    fused = fuse(led)
    assert max(fused, key=lambda number: fused[number]) == 9
