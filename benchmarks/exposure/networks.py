"""Synthetic supply networks of any size, the same for the same size and seed.

Firms are 0 … n−1 in random order (no accidental locality); edge e says that `supplier[e]` supplies `customer[e]`
goods worth `value[e]` a year. No firm supplies itself and no pair comes twice.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.graph.network import Floats, Integers

SECTORS = 616  # as many as the four-digit industries of the essential-input matrix
_MEAN_LINKS = 8
_MOST_LINKS = 128
_EXPONENT = 2.3
_TIER_SHARE = (0.01, 0.09, 0.25, 0.30, 0.22, 0.13)
_MEAN_SUPPLIERS = 7.0
_MOST_SUPPLIERS = 400
_DEEPEST_BUYERS = 0.3  # the share of the deepest tier that buys from within its tier
_STEPS = (1, 2, 0, -1)  # tiers up of the supplier …
_STEP_SHARE = (0.80, 0.17, 0.015, 0.015)  # … and how often: the last two make cycles


class Supply(NamedTuple):
    """Edges with their values, and the sector of each firm (0 … 615; evenly filled)."""

    supplier: Integers
    customer: Integers
    value: Floats
    sector: Integers


def powerlaw(size: int, seed: int = 42) -> Supply:
    """Bounded degree: 8 customers a firm on average, a power-law tail (2.3) cut at 128; customers uniform."""
    random = np.random.default_rng(seed)
    degree = _degrees(size, random)
    supplier = np.repeat(np.arange(size), degree)
    customer = _others(supplier, size, random)
    return Supply(supplier, customer, 0.1 + random.random(supplier.size), _sectors(size, random))


def tiered(size: int, seed: int = 0) -> Supply:
    """Six tiers below few makers: about 6 suppliers a firm, some hubs (Pareto 1.2); 3 % of links make cycles."""
    random = np.random.default_rng(seed)
    tier = np.sort(random.choice(len(_TIER_SHARE), size, p=np.array(_TIER_SHARE)))
    start = np.searchsorted(tier, np.arange(len(_TIER_SHARE) + 1))
    count = np.minimum(random.geometric(1 / _MEAN_SUPPLIERS, size), _MOST_SUPPLIERS)
    count[start[-2] :] = random.random(size - start[-2]) < _DEEPEST_BUYERS
    customer = np.repeat(np.arange(size), count)
    step = random.choice(_STEPS, customer.size, p=np.array(_STEP_SHARE))
    wanted = np.clip(tier[customer] + step, 0, len(_TIER_SHARE) - 1)
    supplier = _popular(wanted, start, random.pareto(1.2, size) + 1, random)
    name = random.permutation(size)
    key = np.unique((name[supplier] * size + name[customer])[supplier != customer])
    return Supply(key // size, key % size, random.lognormal(0, 1.2, key.size), _sectors(size, random))


def _degrees(size: int, random: np.random.Generator) -> Integers:
    """Power-law draws, filled up one by one at random to the mean; none above the cap."""
    most = min(size - 1, _MOST_LINKS)
    chance = np.arange(1, most + 1, dtype=np.float64) ** -_EXPONENT
    degree = random.choice(most, size, p=chance / chance.sum()) + 1
    while (missing := size * min(_MEAN_LINKS, most) - int(degree.sum())) > 0:
        degree = np.minimum(degree + np.bincount(random.integers(0, size, missing), minlength=size), most)
    return degree.astype(np.int64)


def _others(supplier: Integers, size: int, random: np.random.Generator) -> Integers:
    """A uniform customer for each edge; drawn again where a firm would supply itself or a pair would come twice."""
    customer = random.integers(0, size, supplier.size)
    while (wrong := _wrong(supplier, customer, size)).any():
        customer[wrong] = random.integers(0, size, int(wrong.sum()))
    return customer


def _wrong(supplier: Integers, customer: Integers, size: int) -> npt.NDArray[np.bool_]:
    key = supplier * size + customer
    order = np.argsort(key, kind="stable")
    wrong: npt.NDArray[np.bool_] = supplier == customer
    wrong[order[1:]] |= key[order[1:]] == key[order[:-1]]
    return wrong


def _popular(wanted: Integers, start: Integers, weight: Floats, random: np.random.Generator) -> Integers:
    """For each wanted tier one of its firms, with a chance in proportion to its weight."""
    heap = np.concatenate(([0.0], np.cumsum(weight)))
    low, high = heap[start[wanted]], heap[start[wanted + 1]]
    place = low + random.random(wanted.size) * (high - low)
    found = np.searchsorted(heap, place, side="right") - 1
    drawn: Integers = np.minimum(found, weight.size - 1)
    return drawn


def _sectors(size: int, random: np.random.Generator) -> Integers:
    sector: Integers = random.permutation(np.arange(size) % SECTORS)
    return sector
