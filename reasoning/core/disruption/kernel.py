"""Which firms a disruption would reach a focal firm from, in 64 worlds at a time, and what each contributes (M2).

Only links are drawn; own disruptions are integrated out. In a world, the firms with a way of live links to the focal
one are walked backwards from it, a bit of a 64-bit word for each world of a block.

Every draw is a pure function of (seed, link key, block): nothing depends on who draws when. A link is live in as many
worlds of a block as it should be, but for rounding, which leaves far less to chance than drawing each world for itself.
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
_BIT = np.zeros(64, dtype=np.int64)  # the place of a word's only bit, by the top six bits of its product with _BRUIJN
for _place in range(64):
    _BIT[((0x03F79D71B4CB0A89 << _place) & 0xFFFFFFFFFFFFFFFF) >> 58] = _place
_SEEN, _COMING, _FRONTIER = range(3)  # columns of `Reach.word`


class Dice(NamedTuple):
    """The links of each customer v, `start[v]:start[v+1]`: the supplier, its key, and its chance to be live.

    `draw[e]` is (key, limit): the link is live with the chance (limit + 1) / 2^64; never where the limit is 0.
    """

    start: Integers
    supplier: Indices
    draw: Words


class Own(NamedTuple):
    """The own risk of every firm; `given` (ascending firms) are at the risk `instead`."""

    chance: Floats
    given: Integers
    instead: Floats


class Quadrature(NamedTuple):
    """Gauss–Legendre on [0, 1]: row m has m nodes, with an error of at most 1e-15 up to a total risk of `holds[m]`.

    Beyond a total risk of `cut` only [0, cut / total] is integrated; what is left out is below exp(−cut).
    """

    node: Floats
    weight: Floats
    holds: Floats
    cut: float


class Reach(NamedTuple):
    """Scratch of one thread, all zeros between blocks: who reaches the focal firm in which worlds."""

    word: Words  # by firm: the worlds in which it is seen, comes with the next links, and has its links yet to follow
    here: Indices
    coming: Indices
    seen: Indices
    chance: Floats  # of each in `seen`: its own risk


class Worlds(NamedTuple):
    """Scratch of one thread for the worlds of one block."""

    log: Floats  # Σ log(1 − own risk)
    total: Floats  # Σ own risk
    firms: Integers  # how many have an own risk
    nodes: Integers
    length: Floats  # of the part of [0, 1] that is integrated
    product: Floats  # by world and node: Π (1 − node · own risk)


class Shares(NamedTuple):
    """What one run of blocks found; `share` (by firm) is scratch, all zeros between runs."""

    share: Floats
    firms: Indices  # those with a share, as many as `tally[0]` says; `tally[1]` is how many links were looked at
    tally: Integers
    block: Floats  # by block: the mean of its worlds' probabilities


class Run(NamedTuple):
    """The blocks `first` … `first + blocks − 1` of the focal firm's worlds under a seed."""

    focal: int
    seed: int
    first: int
    blocks: int


@in_place
def sample(dice: Dice, own: Own, rule: Quadrature, scratch: tuple[Reach, Worlds, Shares], run: Run) -> None:
    """Draw the worlds of a run, and add each firm's Shapley value in each of them to its share."""
    reach, worlds, shares = scratch
    shares.tally[:] = 0
    for block in range(run.blocks):
        key = mix(np.uint64(run.seed) ^ mix(np.uint64(run.first + block) * _GOLDEN + _ONE))
        seen, looked = _walk_back(dice, reach, run.focal, key)
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
    """In which worlds of a block a link is live: in 64 × its chance of them, rounded up or down by chance.

    Which they are is drawn as an order of the 64 worlds, of which the first so many are taken; so a greater chance only
    adds worlds. In any one world the links are independent of each other.
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
    if few < count:  # the worlds that come last are left out instead
        place = (place + step * np.uint64(count)) & _SIXTH
    found = np.uint64(0)
    for _ in range(few):
        found |= _ONE << (place ^ turn)
        place = (place + step) & _SIXTH
    return ~found if few < count else found


@in_place
def bit_of(word: Word) -> int:
    """The place of the lowest bit of a word that is not 0."""
    lowest = word & (~word + _ONE)
    return int(_BIT[(lowest * _BRUIJN) >> np.uint64(58)])


@in_place
def _walk_back(dice: Dice, reach: Reach, focal: int, block: Word) -> tuple[int, int]:
    """List in `seen` who reaches the focal firm in any world; gives how many, and how many links were looked at."""
    word, here, coming, seen = reach.word, reach.here, reach.coming, reach.seen
    word[focal, _SEEN] = word[focal, _FRONTIER] = _ALL
    here[0] = seen[0] = focal
    waiting, found, looked = 1, 1, 0
    while waiting > 0:
        arrived = 0
        for place in range(waiting):
            looked += dice.start[here[place] + 1] - dice.start[here[place]]
            arrived = _follow(dice, word, coming[arrived:], (here[place], arrived), block)
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
def _follow(dice: Dice, word: Words, coming: Indices, at: tuple[int, int], block: Word) -> int:
    """Follow a customer's live links in the worlds where it is new; so many had come before, and the sum is given."""
    start, supplier, draw = dice
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
    """The own risk of a firm, or the one that it is given instead."""
    place = np.searchsorted(own.given, firm) if own.given.size > 0 else 0
    if place < own.given.size and own.given[place] == firm:
        return float(own.instead[place])
    return float(own.chance[firm])


@in_place
def _weigh(own: Own, reach: Reach, worlds: Worlds, seen: int) -> None:
    """How many firms with an own risk are in each world, and how much risk."""
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
    """Choose for each world the fewest nodes that are exact, or within the error of the rule."""
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
    """The chance, by world and node t, that no firm is disrupted when each has t of its own risk."""
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
    """Add to each firm's share, over the worlds, its own risk × ∫ the chance that no other firm is disrupted dt."""
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
    """The mean over a block of the chance that some firm in the world is disrupted."""
    total = 0.0
    for world in range(WORLDS):
        total -= np.expm1(worlds.log[world])
    return total / WORLDS


@in_place
def climb(dice: Dice, chance: Floats, own: Floats, level: Floats, rule: tuple[int, float]) -> tuple[int, float]:
    """Raise levels from the own risks towards the least fixed point, there and back in turn.

    It ends when what is left, as a geometric series over pairs of sweeps, is at most the second number of the rule, or
    after so many sweeps as the first says. Gives the sweeps done and what is left.
    """
    before, left = np.inf, np.inf
    for sweep in range(0, rule[0], 2):
        change = _sweep(dice, chance, own, level, (1, 1)) + _sweep(dice, chance, own, level, (1, -1))
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
def descend(dice: Dice, chance: Floats, own: Floats, level: Floats, rule: tuple[int, float]) -> int:
    """Lower levels towards a fixed point, there and back in turn; gives the sweeps done.

    From levels of which none is below what they give each other, none ever is: each stays a bound on the least fixed
    point. It ends when a pair of sweeps lowers none by more than the second number of the rule, or after so many.
    """
    for sweep in range(0, rule[0], 2):
        fall = _sweep(dice, chance, own, level, (-1, 1)) + _sweep(dice, chance, own, level, (-1, -1))
        if fall <= rule[1]:
            return sweep + 2
    return rule[0]


@in_place
def _given(dice: Dice, chance: Floats, own: Floats, level: Floats, customer: int) -> float:
    """The level that a firm's suppliers give it: 1 − (1 − own) Π (1 − chance · level)."""
    safe = 1.0 - own[customer]
    for link in range(dice.start[customer], dice.start[customer + 1]):
        safe *= 1.0 - chance[link] * level[dice.supplier[link]]
    return float(1.0 - safe)


@in_place
def _sweep(dice: Dice, chance: Floats, own: Floats, level: Floats, way: tuple[int, int]) -> float:
    """Raise (1) or lower (−1) every level once, in the order of the firms (1) or against it (−1).

    `way` is both, in this order. Gives the greatest step of a level.
    """
    size, most = level.size, 0.0
    for place in range(size):
        customer = place if way[1] > 0 else size - 1 - place
        given = _given(dice, chance, own, level, customer)
        step = way[0] * (given - level[customer])
        if step > 0:
            most = max(most, step)
            level[customer] = given
    return most
