"""Kernels of M2: which firms reach a focal firm, in blocks of 64 worlds, and what each contributes.

Only links are sampled; own disruptions are integrated out. In each world the search walks backwards from the focal firm
over live links, with one bit of a 64-bit word for each world of a block.

Every draw is a pure function of (seed, link key, block), so it does not matter who draws when. A link is live in its
expected number of worlds of a block, up to rounding (systematic sampling). That leaves far less variance than
independent draws.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import in_place
from reasoning.core.graph.network import Floats, Integers

Indices = npt.NDArray[np.int32]
Word = np.uint64
Words = npt.NDArray[Word]

WORLDS = 64  # a block
_ONE, _ALL = np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_FRACTION, _LOWER, _SIXTH = np.uint64(58), np.uint64(2**58 - 1), np.uint64(63)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIXERS = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_BIT = np.zeros(64, dtype=np.int64)  # the index of a word's only bit, by the top six bits of its product with _BRUIJN
for _place in range(64):
    _BIT[((0x03F79D71B4CB0A89 << _place) & 0xFFFFFFFFFFFFFFFF) >> 58] = _place
_SEEN, _COMING, _FRONTIER = range(3)  # columns of `Reach.word`


class Trials(NamedTuple):
    """The links of each customer v, `start[v]:start[v+1]`, with the Bernoulli trial of each.

    Attributes:
        start: Where each customer's links begin.
        supplier: The supplier of each link.
        draw: (key, limit) of each link: it is live with probability (limit + 1) / 2^64, and never where the limit is 0.
    """

    start: Integers
    supplier: Indices
    draw: Words


class Own(NamedTuple):
    """The own risk of every firm, `chance`. The firms `given`, ascending, have the risk `instead`."""

    chance: Floats
    given: Integers
    instead: Floats


class Quadrature(NamedTuple):
    """Gauss–Legendre rules on [0, 1]: row m has m nodes, with an error ≤ 1e-15 up to a total risk of `holds[m]`.

    Beyond a total risk of `cut` only [0, cut / total] is integrated; the rest is below exp(−cut).
    """

    node: Floats
    weight: Floats
    holds: Floats
    cut: float


class Reach(NamedTuple):
    """Scratch of one thread for the search: who reaches the focal firm in which worlds. Zeros between blocks."""

    word: Words  # by firm: the worlds in which it is seen, arrives over the next links, and has links still to follow
    here: Indices
    coming: Indices
    seen: Indices
    chance: Floats  # the own risk of each firm in `seen`


class Worlds(NamedTuple):
    """Scratch of one thread for the 64 worlds of a block."""

    log: Floats  # Σ log(1 − own risk)
    total: Floats  # Σ own risk
    firms: Integers  # how many firms have an own risk
    nodes: Integers
    length: Floats  # of the part of [0, 1] that is integrated
    product: Floats  # by world and node: Π (1 − node · own risk)


class Shares(NamedTuple):
    """The result of one run of blocks; `share` (by firm) is scratch and all zeros between runs."""

    share: Floats
    firms: Indices  # the firms with a share, `tally[0]` of them; `tally[1]` counts visited links
    tally: Integers
    block: Floats  # by block: the mean of its worlds' probabilities


class Run(NamedTuple):
    """The blocks `first` … `first + blocks − 1` of a focal firm's worlds under a seed."""

    focal: int
    seed: int
    first: int
    blocks: int


@in_place
def sample(trials: Trials, own: Own, rule: Quadrature, scratch: tuple[Reach, Worlds, Shares], run: Run) -> None:
    """Sample the worlds of a run and add each firm's Shapley value in each of them to its share.

    Args:
        trials: The links.
        own: The own risks.
        rule: The quadrature rules.
        scratch: Of one thread; takes the result.
        run: The blocks to sample.
    """
    reach, worlds, shares = scratch
    shares.tally[:] = 0
    for block in range(run.blocks):
        key = mix(np.uint64(run.seed) ^ mix(np.uint64(run.first + block) * _GOLDEN + _ONE))
        seen, looked = _walk_back(trials, reach, run.focal, key)
        shares.tally[1] += looked
        _weigh(own, reach, worlds, seen)
        _plan(rule, worlds)
        _multiply(rule, reach, worlds, seen)
        _share(rule, (reach, worlds, shares), seen)
        shares.block[block] = _mean(worlds)
        for place in range(seen):
            reach.word[reach.seen[place], _SEEN] = np.uint64(0)


@in_place
def mix(word: Word) -> Word:
    """A bijection of 64-bit words that spreads every bit over all (the finaliser of SplitMix64)."""
    one = (word ^ (word >> np.uint64(30))) * _MIXERS[0]
    two = (one ^ (one >> np.uint64(27))) * _MIXERS[1]
    return two ^ (two >> np.uint64(31))


@in_place
def live(key: Word, limit: Word, block: Word) -> Word:
    """The worlds of a block in which a link is live: 64 × its probability of them, rounded up or down at random.

    The draw is an order of the 64 worlds, of which the first ones are taken; so a greater probability only adds worlds.
    In any one world the links are independent of each other.

    Args:
        key: The key of the link.
        limit: Its probability, as in `Trials`.
        block: The word of the block.

    Returns:
        A bit for each world.
    """
    if limit == np.uint64(0):
        return np.uint64(0)
    state = mix(key ^ block)
    count = int(limit >> _FRACTION)
    if (state & _LOWER) <= (limit & _LOWER):
        count += 1
    order = mix(state + _GOLDEN)
    step, turn, place = (order & _SIXTH) | _ONE, (order >> np.uint64(6)) & _SIXTH, (order >> np.uint64(12)) & _SIXTH
    few = min(count, WORLDS - count)
    if few < count:  # take the complement: the worlds that come last
        place = (place + step * np.uint64(count)) & _SIXTH
    found = np.uint64(0)
    for _ in range(few):
        found |= _ONE << (place ^ turn)
        place = (place + step) & _SIXTH
    return ~found if few < count else found


@in_place
def bit_of(word: Word) -> int:
    """The index of the lowest set bit of a word that is not 0."""
    lowest = word & (~word + _ONE)
    return int(_BIT[(lowest * _BRUIJN) >> np.uint64(58)])


@in_place
def _walk_back(trials: Trials, reach: Reach, focal: int, block: Word) -> tuple[int, int]:
    """List in `seen` the firms that reach the focal firm in any world. Returns their number and the links visited."""
    word, here, coming, seen = reach.word, reach.here, reach.coming, reach.seen
    word[focal, _SEEN] = word[focal, _FRONTIER] = _ALL
    here[0] = seen[0] = focal
    waiting, found, looked = 1, 1, 0
    while waiting > 0:
        arrived = 0
        for place in range(waiting):
            looked += trials.start[here[place] + 1] - trials.start[here[place]]
            arrived = _follow(trials, word, coming[arrived:], (here[place], arrived), block)
        for place in range(arrived):
            firm = coming[place]
            if word[firm, _SEEN] == np.uint64(0):
                seen[found] = firm
                found += 1
            word[firm, _FRONTIER] = word[firm, _COMING]
            word[firm, _SEEN] |= word[firm, _COMING]
            word[firm, _COMING] = np.uint64(0)
        here, coming = coming, here
        waiting = arrived
    return found, looked


@in_place
def _follow(trials: Trials, word: Words, coming: Indices, at: tuple[int, int], block: Word) -> int:
    """Follow a customer's live links in the worlds where it is new. Returns how many firms have arrived so far."""
    start, supplier, draw = trials
    customer, arrived = at
    worlds, place = word[customer, _FRONTIER], 0
    for link in range(start[customer], start[customer + 1]):
        firm = supplier[link]
        unseen = worlds & ~(word[firm, _SEEN] | word[firm, _COMING])
        if unseen != np.uint64(0):
            new = live(draw[link, 0], draw[link, 1], block) & unseen
            if new != np.uint64(0):
                if word[firm, _COMING] == np.uint64(0):
                    coming[place] = firm
                    place += 1
                word[firm, _COMING] |= new
    return arrived + place


@in_place
def own_chance(own: Own, firm: int) -> float:
    """The own risk of a firm, or its risk in the scenario."""
    place = np.searchsorted(own.given, firm) if own.given.size > 0 else 0
    if place < own.given.size and own.given[place] == firm:
        return float(own.instead[place])
    return float(own.chance[firm])


@in_place
def _weigh(own: Own, reach: Reach, worlds: Worlds, seen: int) -> None:
    """Sum up each world: how many firms have an own risk, and how much risk."""
    log, total, firms = worlds.log, worlds.total, worlds.firms
    log[:], total[:], firms[:] = 0.0, 0.0, 0
    for place in range(seen):
        firm = reach.seen[place]
        chance = own_chance(own, firm)
        reach.chance[place] = chance
        if chance > 0.0:
            part = np.log1p(-chance) if chance < 1.0 else -np.inf
            word = reach.word[firm, _SEEN]
            while word != np.uint64(0):
                world = bit_of(word)
                word &= word - _ONE
                log[world] += part
                total[world] += chance
                firms[world] += 1


@in_place
def _plan(rule: Quadrature, worlds: Worlds) -> None:
    """Choose the fewest nodes for each world that are exact, or within the error of the rule."""
    for world in range(WORLDS):
        total = worlds.total[world]
        worlds.length[world] = min(1.0, rule.cut / total) if total > 0.0 else 1.0
        most = (worlds.firms[world] + 1) // 2
        nodes = 0
        while nodes < most and rule.holds[nodes] < min(total, rule.cut):
            nodes += 1
        worlds.nodes[world] = nodes
        for node in range(nodes):
            worlds.product[world, node] = 1.0


@in_place
def _multiply(rule: Quadrature, reach: Reach, worlds: Worlds, seen: int) -> None:
    """By world and node t, the probability that no firm is disrupted when each has t times its own risk."""
    product, nodes, length, node_at = worlds.product, worlds.nodes, worlds.length, rule.node
    for place in range(seen):
        chance = reach.chance[place]
        if chance > 0.0:
            word = reach.word[reach.seen[place], _SEEN]
            while word != np.uint64(0):
                world = bit_of(word)
                word &= word - _ONE
                many, scaled = nodes[world], length[world] * chance
                for node in range(many):
                    product[world, node] *= 1.0 - node_at[many, node] * scaled


@in_place
def _share(rule: Quadrature, scratch: tuple[Reach, Worlds, Shares], seen: int) -> None:
    """Add to each firm's share, over the worlds, own risk × ∫ P(no other firm is disrupted) dt."""
    reach, worlds, shares = scratch
    product, nodes, length = worlds.product, worlds.nodes, worlds.length
    node_at, weight = rule.node, rule.weight
    for place in range(seen):
        firm = reach.seen[place]
        chance, share = reach.chance[place], 0.0
        if chance > 0.0:
            word = reach.word[firm, _SEEN]
            while word != np.uint64(0):
                world = bit_of(word)
                word &= word - _ONE
                many, scaled, part = nodes[world], length[world] * chance, 0.0
                for node in range(many):
                    part += weight[many, node] * product[world, node] / (1.0 - node_at[many, node] * scaled)
                share += scaled * part
            if shares.share[firm] == 0.0:
                shares.firms[shares.tally[0]] = firm
                shares.tally[0] += 1
            shares.share[firm] += share


@in_place
def _mean(worlds: Worlds) -> float:
    """The mean over a block of the probability that some firm in the world is disrupted."""
    total = 0.0
    for world in range(WORLDS):
        total -= np.expm1(worlds.log[world])
    return total / WORLDS


@in_place
def climb(trials: Trials, chance: Floats, own: Floats, level: Floats, rule: tuple[int, float]) -> tuple[int, float]:
    """Raise levels from the own risks towards the least fixed point, in sweeps that alternate direction.

    It ends when the estimated rest, a geometric series over pairs of sweeps, is small enough.

    Args:
        trials: The links.
        chance: The probability of each link.
        own: The own risk of each firm.
        level: The levels, by firm; raised in place.
        rule: The most sweeps, and the rest that is small enough.

    Returns:
        The sweeps done and the rest.
    """
    before, left = np.inf, np.inf
    for sweep in range(0, rule[0], 2):
        change = _sweep(trials, chance, own, level, (1, 1)) + _sweep(trials, chance, own, level, (1, -1))
        if change <= 0.0:
            return sweep + 2, 0.0
        left = np.inf
        if sweep > 0 and change < before:
            left = change * change / (before - change)
        if left <= rule[1]:
            return sweep + 2, left
        before = change
    return rule[0], left


@in_place
def descend(trials: Trials, chance: Floats, own: Floats, level: Floats, rule: tuple[int, float]) -> int:
    """Lower levels towards a fixed point, in sweeps that alternate direction.

    If no level is below what its suppliers give it, none ever is. So each stays a bound on the least fixed point.

    Args:
        trials: The links.
        chance: The probability of each link.
        own: The own risk of each firm.
        level: The levels, by firm; lowered in place.
        rule: The most sweeps, and the fall of a level in a pair of sweeps that is small enough to end.

    Returns:
        The sweeps done.
    """
    for sweep in range(0, rule[0], 2):
        fall = _sweep(trials, chance, own, level, (-1, 1)) + _sweep(trials, chance, own, level, (-1, -1))
        if fall <= rule[1]:
            return sweep + 2
    return rule[0]


@in_place
def _given(trials: Trials, chance: Floats, own: Floats, level: Floats, customer: int) -> float:
    """The level that a firm's suppliers give it: 1 − (1 − own) Π (1 − chance · level)."""
    safe = 1.0 - own[customer]
    for link in range(trials.start[customer], trials.start[customer + 1]):
        safe *= 1.0 - chance[link] * level[trials.supplier[link]]
    return float(1.0 - safe)


@in_place
def _sweep(trials: Trials, chance: Floats, own: Floats, level: Floats, mode: tuple[int, int]) -> float:
    """Raise (1) or lower (−1) every level once, in the order of the firms (1) or the reverse (−1).

    `mode` is both, in this order. Returns the greatest change of a level.
    """
    size, most = level.size, 0.0
    for place in range(size):
        customer = place if mode[1] > 0 else size - 1 - place
        given = _given(trials, chance, own, level, customer)
        step = mode[0] * (given - level[customer])
        if step > 0:
            most = max(most, step)
            level[customer] = given
    return most
