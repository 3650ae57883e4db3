"""Tiers by longest and shortest path on Willems's chains, as far as their author's tables allow."""

from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.exposure import tiers
from benchmarks.exposure.measuring import PUBLIC
from benchmarks.exposure.tiers import Chain, chain, chains, faults, levels
from reasoning.core.graph.network import longest, shortest
from tests.public_data import PUBLIC_DATA, needs_public_data

NAMES = [f"{number:02}" for number in range(1, 38, 2)]
EQUAL = {"01", "05", "07", "09", "11", "13", "21", "25", "27", "29", "31", "35", "37"}
FLAT = {"19", "23"}  # here an arc joins two stages of one tier

# 0 → 2 → 3 and 1 → 3: a part, another, an assembly, a product; and 0 → 3, a shortcut
ARCS = [(0, 2), (2, 3), (1, 3), (0, 3)]


def diamond(*tier: int) -> Chain:
    return chain("made", ARCS, np.array(tier))


def test_a_chain_by_hand():
    found = diamond(2, 1, 1, 0)
    far, near = levels(found)
    assert (far.tolist(), near.tolist()) == ([2, 1, 1, 0], [1, 1, 1, 0])
    assert faults(found) == ()
    assert longest(found.net, found.buyer).tolist() == [3, 2, 2, 1, 0]
    assert shortest(found.net, found.buyer).tolist() == [2, 2, 2, 1, 0]


@pytest.mark.parametrize(
    ("tier", "why"),
    [
        ((3, 1, 2, 0), "the greatest relDepth is not the longest path"),
        ((2, 2, 2, 0), "a tier has no stage"),
        ((1, 2, 2, 0), "a stage is of a lower tier than one that it supplies"),
        ((1, 1, 1, 0), "the greatest relDepth is not the longest path"),
    ],
)
def test_tiers_that_no_table_may_have_are_told(tier: tuple[int, ...], why: str):
    assert f"chain made: {why}" in faults(diamond(*tier))


def test_another_longest_path_than_networkx_finds_is_told(monkeypatch):
    monkeypatch.setattr(tiers, "longest", shortest)
    assert "chain made: the longest tiers are not networkx's" in faults(diamond(2, 1, 1, 0))


@needs_public_data
@pytest.mark.parametrize("name", NAMES)
def test_the_real_chains_have_the_tiers_that_their_author_gives(name: str):
    found = {one.name: one for one in chains()}[name]
    far, near = levels(found)
    source, target = found.arcs
    assert faults(found) == ()
    assert found.tier.max() == far.max()
    assert np.all(near <= far)
    assert bool((found.tier == far).all()) == (name in EQUAL)
    assert bool((found.tier[source] > found.tier[target]).all()) == (name not in FLAT)
    assert np.all((far[source] > far[target]) & (near[source] <= near[target] + 1))


@needs_public_data
def test_all_nineteen_are_there_and_a_changed_table_breaks_the_row(monkeypatch):
    found = list(chains())
    assert [one.name for one in found] == NAMES
    assert PUBLIC == PUBLIC_DATA
    (row,) = tiers.rows(Namespace())
    assert row.exact
    assert row.figures["stages"] == sum(one.tier.size for one in found)
    changed = [replace(one, tier=one.tier + (one.name == "09")) for one in found]
    monkeypatch.setattr(tiers, "chains", lambda: iter(changed))
    (row,) = tiers.rows(Namespace())
    assert not row.exact
