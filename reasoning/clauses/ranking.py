"""Ranking of texts: BM25 over postings, cosine over vectors, and reciprocal rank fusion.

Sources: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); G. Cormack, C.
Clarke, S. Büttcher, "Reciprocal Rank Fusion" (SIGIR 2009).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reasoning.core.graph.network import Floats, Integers

SATURATION = 1.2  # k1: saturation of the weight of repeated words
LENGTH = 0.75  # b: normalisation by length
FUSION = 60  # k of reciprocal rank fusion


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """An inverted index: which texts contain which words, and how often.

    Attributes:
        lengths: By text, its length in words.
        occurrences: By word, the numbers of the texts that contain it and how often each does.
    """

    lengths: Floats
    occurrences: Mapping[str, tuple[Integers, Floats]]


def postings(texts: Iterable[Sequence[str]]) -> Postings:
    """The postings of texts, each given as its words."""
    lengths: list[int] = []
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        lengths.append(len(text))
        for word, times in Counter(text).items():
            seen[word].append((number, times))
    return Postings(np.array(lengths, dtype=np.float64), {word: _columns(pairs) for word, pairs in seen.items()})


def bm25(found: Postings, query: Iterable[str]) -> Floats:
    """The BM25 score of every text.

    Args:
        found: The postings of n texts.
        query: Words; a repeated word counts once.

    Returns:
        n figures of at least 0; 0 where no word occurs.
    """
    scores = np.zeros(found.lengths.size)
    if not scores.size:
        return scores
    norm = SATURATION * (1 - LENGTH + LENGTH * found.lengths / max(float(found.lengths.mean()), 1.0))
    for word in sorted(set(query) & found.occurrences.keys()):
        texts, times = found.occurrences[word]
        rarity = np.log1p((scores.size - texts.size + 0.5) / (texts.size + 0.5))
        scores[texts] += rarity * times * (SATURATION + 1) / (times + norm[texts])
    return scores


def cosine(matrix: npt.NDArray[np.float32], query: npt.NDArray[np.float32]) -> Floats:
    """The cosine of each row with the query; 0 if the row or the query is all zeros.

    Args:
        matrix: n × d.
        query: d figures.
    """
    rows = matrix.astype(np.float64)
    length = np.linalg.norm(rows, axis=1) * np.linalg.norm(query)
    product = rows @ query.astype(np.float64)
    cosines: Floats = np.divide(product, length, out=np.zeros(len(rows)), where=length > 0)
    return cosines


def order(scores: Floats) -> list[int]:
    """The numbers of the texts with a positive score, best first, ties by number."""
    best: list[int] = np.lexsort((np.arange(scores.size), -scores)).tolist()
    return [number for number in best if scores[number] > 0]


def fuse(orders: Iterable[Sequence[int]]) -> dict[int, float]:
    """Reciprocal rank fusion: for each text, the sum over the rankings of 1 / (60 + its rank, from 1)."""
    fused: dict[int, float] = defaultdict(float)
    for ranked in orders:
        for place, number in enumerate(ranked, start=1):
            fused[number] += 1 / (FUSION + place)
    return dict(fused)


def _columns(pairs: list[tuple[int, int]]) -> tuple[Integers, Floats]:
    numbers, times = zip(*pairs, strict=True)
    return np.array(numbers, dtype=np.int64), np.array(times, dtype=np.float64)
