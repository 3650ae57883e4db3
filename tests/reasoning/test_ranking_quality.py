"""The ranking against expert judgements: ACORD's 57 shared queries over their judged pools, NDCG@5 with linear gain."""

import csv
import gzip
import json
import math
from collections.abc import Sequence
from statistics import fmean

import numpy as np
import pytest

from graph.words import words
from reasoning.clauses.ranking import bm25, fuse, order, postings
from tests.public_data import PUBLIC_DATA

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

ACORD = PUBLIC_DATA / "acord"


def gain(ranked: Sequence[int], judged: dict[int, int], depth: int = 5) -> float:
    """NDCG at `depth`."""

    def discounted(stars: Sequence[int]) -> float:
        return math.fsum(star / math.log2(place + 2) for place, star in enumerate(stars[:depth]))

    return discounted([judged[number] for number in ranked]) / discounted(sorted(judged.values(), reverse=True))


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    """Mean NDCG@5 in per cent: of the short query, of the definition, and of both fused."""
    with gzip.open(ACORD / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        corpus = [json.loads(line) for line in file]
    number = {clause["_id"]: place for place, clause in enumerate(corpus)}
    judged: dict[str, dict[int, int]] = {}
    for part in ("train", "valid"):
        with gzip.open(ACORD / f"qrels_{part}.tsv.gz", "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                judged.setdefault(row["query-id"], {})[number[row["corpus-id"]]] = int(row["score"])
    with (ACORD / "query_forms.tsv").open(encoding="utf-8") as file:
        forms = {row["query-id"]: row for row in csv.DictReader(file, delimiter="\t")}
    held = postings(words(clause["text"]) for clause in corpus)
    reached: dict[str, list[float]] = {"short": [], "long": [], "fused": []}
    for query, stars in judged.items():
        pool = np.array(sorted(stars))
        ranked = {
            form: [int(pool[place]) for place in order(bm25(held, words(forms[query][form]))[pool])]
            for form in ("short", "long")
        }
        fused = fuse(ranked.values())
        ranked["fused"] = sorted(fused, key=lambda clause: (-fused[clause], clause))
        for form, given in ranked.items():
            reached[form].append(gain(given, stars))
    assert len(reached["fused"]) == 57
    return {form: 100 * fmean(values) for form, values in reached.items()}


def test_words_alone_rank_as_well_as_published_bm25(scores: dict[str, float]):
    assert scores["short"] > 45
    assert scores["long"] > 55


def test_a_definition_brings_ten_points_over_the_name_alone(scores: dict[str, float]):
    assert scores["long"] > scores["short"] + 9
    assert scores["fused"] > scores["short"] + 9


def test_fusing_name_and_definition_loses_nothing(scores: dict[str, float]):
    assert scores["fused"] >= scores["long"] - 0.5
