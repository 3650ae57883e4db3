import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.disruption.best_paths import BestPath
from reasoning.core.disruption.reliability import (
    Chances,
    ReliabilityQuery,
    Sampler,
    chances,
    shapley,
    upper_bounds,
)
from reasoning.core.graph.network import Floats, Network
from tests.reasoning.networks import build, edges

SURE = 6  # standard errors within which an estimate must lie: exceeded once in 500 million trials
CHANCE = st.sampled_from([0.0, 0.05, 0.3, 0.5, 0.9, 1.0]) | st.floats(0, 1)
Made = tuple[Network, Floats, Floats]


@st.composite
def made(draw: st.DrawFn, most: int = 5) -> Made:
    """A small network, often cyclic, with chances of links and of firms."""
    size, rows = draw(edges(most=most))
    net, _ = build(size, rows[: draw(st.integers(0, 8))])
    stop = draw(st.lists(CHANCE, min_size=net.supplier.size, max_size=net.supplier.size))
    return net, np.array(stop), np.array(draw(st.lists(CHANCE, min_size=net.size, max_size=net.size)))


def reachers(net: Network, live: tuple[int, ...], focal: int) -> list[int]:
    """Who reaches the focal firm over these links."""
    found = {focal}
    grown = True
    while grown:
        more = {int(net.supplier[edge]) for edge in live if int(net.customer[edge]) in found} - found
        found |= more
        grown = bool(more)
    return sorted(found)


def enumerated(net: Network, stop: Floats, own: Floats, focal: int) -> tuple[float, Floats]:
    """The probability and the expected Shapley values, over every state of the links."""
    whole, shares = 0.0, np.zeros(net.size)
    for states in itertools.product((False, True), repeat=net.supplier.size):
        on = np.array(states, dtype=bool)
        weight = float(np.where(on, stop, 1 - stop).prod())
        if weight > 0:
            firms = reachers(net, tuple(np.flatnonzero(on).tolist()), focal)
            whole += weight * (1 - float(np.prod(1 - own[firms])))
            shares[firms] += weight * by_subsets(own[firms])
    return whole, shares


def by_subsets(own: Floats) -> Floats:
    """Shapley values by their definition: the weighted gain over every set of the others."""
    size, values = own.size, np.zeros(own.size)
    for one in range(size):
        others = [two for two in range(size) if two != one]
        for count in range(size):
            weight = math.factorial(count) * math.factorial(size - 1 - count) / math.factorial(size)
            for group in itertools.combinations(others, count):
                values[one] += weight * own[one] * float(np.prod(1 - own[list(group)]))
    return values


def star(size: int, stop: float, own: float) -> Chances:
    """A safe firm 0 with so many suppliers, all alike."""
    net, _ = build(size + 1, [(0, one, 1.0) for one in range(1, size + 1)])
    return chances(net, np.full(size, stop), np.append(0.0, np.full(size, own)))


def test_a_firm_with_one_supplier_by_hand():
    net, _ = build(2, [(0, 1, 1.0)])
    known = chances(net, np.array([0.5]), np.array([0.1, 0.5]))
    found = Sampler(known).estimate(0, ReliabilityQuery(worlds=64_000))
    exact = 1 - 0.9 * (1 - 0.5 * 0.5)
    assert found.lower == 0.25
    assert found.path == BestPath((0, 1), (0.5,), 0.5)
    assert upper_bounds(known) == pytest.approx([exact, 0.5], abs=2e-12)
    assert found.within(SURE)[0] <= exact <= found.within(SURE)[1]
    live = (found.estimate - 0.1) / 0.45  # the part of the worlds in which the link is live
    assert dict(zip(found.firms.tolist(), found.shares.tolist(), strict=True)) == pytest.approx(
        {0: (1 - live) * 0.1 + live * (0.1 - 0.025), 1: live * (0.5 - 0.025)}
    )


def test_a_single_firm_and_one_without_any_risk():
    alone, _ = build(1, [])
    found = Sampler(chances(alone, np.zeros(0), np.array([0.3]))).estimate(0)
    assert (found.lower, found.firms.tolist(), found.worlds) == (0.3, [0], 10_048)
    assert found.estimate == pytest.approx(0.3, abs=1e-15)
    safe = Sampler(star(3, 0.5, 0.0)).estimate(0)
    assert (safe.lower, safe.estimate, safe.error, safe.firms.size) == (0.0, 0.0, 0.0, 0)
    assert safe.interval()[1] > 0  # unseen is not impossible


@settings(max_examples=60, deadline=None)
@given(made(), st.integers(0, 2**40))
def test_the_three_numbers_agree_with_every_state_of_the_links(some: Made, seed: int):
    net, stop, own = some
    known = chances(net, stop, own)
    upper = upper_bounds(known)
    sampler = Sampler(known)
    for focal in range(min(net.size, 2)):
        exact, shares = enumerated(net, stop, own, focal)
        found = sampler.estimate(focal, ReliabilityQuery(worlds=2048, seed=seed))
        assert found.lower <= exact + 1e-12
        assert exact <= upper[focal] + 1e-12
        assert found.within(SURE)[0] - 1e-12 <= exact <= found.within(SURE)[1] + 1e-12
        assert math.fsum(found.shares) == pytest.approx(found.estimate, abs=1e-12)
        got = np.bincount(found.firms, found.shares, minlength=net.size)
        error = np.sqrt(own * np.maximum(shares, own / found.worlds) / found.worlds)
        assert np.all(np.abs(got - shares) <= SURE * error + 1e-12)
        assert sampler.faults(found) == ()


@settings(max_examples=50, deadline=None)
@given(made(most=7))
def test_without_uncertain_links_the_estimate_is_exact(some: Made):
    net, stop, own = some
    sure = np.round(stop)
    found = Sampler(chances(net, sure, own)).estimate(0, ReliabilityQuery(worlds=128))
    firms = reachers(net, tuple(np.flatnonzero(sure).tolist()), 0)
    assert found.estimate == pytest.approx(1 - float(np.prod(1 - own[firms])), abs=1e-14)
    assert found.error <= 1e-8
    assert np.bincount(found.firms, found.shares, minlength=net.size)[firms] == pytest.approx(
        shapley(own[firms]), abs=1e-14
    )


@given(st.lists(CHANCE, max_size=7))
def test_the_exact_values_are_those_of_the_definition(own: list[float]):
    assert shapley(np.array(own)) == pytest.approx(by_subsets(np.array(own)), abs=1e-13)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=120), st.sampled_from([1e-6, 0.01, 0.2, 1.0]))
def test_fewer_nodes_stay_within_their_error(own: list[float], scale: float):
    known = np.array(own) * scale
    net, _ = build(known.size, [(0, one, 1.0) for one in range(1, known.size)])
    found = Sampler(chances(net, np.ones(known.size - 1), known)).estimate(0, ReliabilityQuery(worlds=64))
    got = np.bincount(found.firms, found.shares, minlength=known.size)
    assert got == pytest.approx(shapley(known), abs=1e-14)
    assert math.fsum(found.shares) == pytest.approx(found.estimate, abs=1e-12)


@pytest.mark.parametrize("stop", [1.0, 0.9])
def test_a_region_of_200_firms_that_fails_as_a_whole_is_shared_out_exactly(stop: float):
    # 200 firms at 0.5, each with another link: as an ordinary network, and as a scenario over one without risk.
    size = 200
    known = star(size, stop, 0.001)
    region = dict.fromkeys(range(1, size + 1), 0.5)
    found = Sampler(known).estimate(0, ReliabilityQuery(worlds=640, instead=region))
    assert math.fsum(found.shares) == pytest.approx(found.estimate, abs=1e-12)
    product = Sampler(star(size, stop, 0.5)).estimate(0, ReliabilityQuery(worlds=640))
    assert (product.estimate, product.shares.tolist()) == (found.estimate, found.shares.tolist())
    if stop == 1.0:
        assert found.shares == pytest.approx(shapley(np.full(size, 0.5)), abs=1e-15)
        assert found.shares == pytest.approx(np.full(size, (1 - 0.5**size) / size), abs=1e-15)


def test_a_region_of_200_unequal_firms_has_the_shares_of_random_orders():
    random = np.random.default_rng(4)
    own = np.append(0.0, random.uniform(0.3, 0.7, 200))
    net, _ = build(201, [(0, one, 1.0) for one in range(1, 201)])
    found = Sampler(chances(net, np.ones(200), own)).estimate(0, ReliabilityQuery(worlds=64))
    rounds = 4000
    gains = np.zeros((rounds, 201))
    for one in range(rounds):
        order = random.permutation(200) + 1
        gains[one, order] = own[order] * np.cumprod(np.append(1.0, 1 - own[order][:-1]))
    got = np.bincount(found.firms, found.shares, minlength=201)[1:]
    error = gains.std(axis=0, ddof=1)[1:] / math.sqrt(rounds)
    z = (gains.mean(axis=0)[1:] - got) / error
    assert np.abs(z).max() < SURE
    assert np.square(z).mean() < 1.5
    assert math.fsum(found.shares) == pytest.approx(found.estimate, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(made(most=7), st.integers(0, 9), st.integers(1, 9000))
def test_the_number_of_threads_does_not_change_a_bit(some: Made, seed: int, worlds: int):
    known = chances(*some)
    query = ReliabilityQuery(worlds=worlds, seed=seed)
    one, three = (Sampler(known, threads=count).estimate(0, query) for count in (1, 3))
    assert one.worlds == 64 * math.ceil(worlds / 64)
    assert (one.estimate, one.error, one.edges) == (three.estimate, three.error, three.edges)
    assert one.blocks.tolist() == three.blocks.tolist()
    assert (one.firms.tolist(), one.shares.tolist()) == (three.firms.tolist(), three.shares.tolist())


@settings(max_examples=50, deadline=None)
@given(made(most=7), st.data())
def test_more_risk_lowers_no_number_in_any_block(some: Made, data: st.DataObject):
    net, stop, own = some
    firm = data.draw(st.integers(0, net.size - 1))
    worse = own.copy()
    worse[firm] += (1 - own[firm]) * data.draw(st.floats(0, 1))
    harder = np.minimum(1.0, stop + data.draw(st.floats(0, 0.5)))
    before, *after = (
        Sampler(chances(net, *pair)).estimate(0, ReliabilityQuery(worlds=256))
        for pair in ((stop, own), (stop, worse), (harder, own))
    )
    for one in after:
        assert np.all(one.blocks >= before.blocks - 1e-15)
        assert one.lower >= before.lower


@settings(max_examples=30, deadline=None)
@given(made(most=6), st.randoms(use_true_random=False), st.integers(0, 5))
def test_numbering_and_unrelated_firms_do_not_matter(some: Made, order: object, more: int):
    net, stop, own = some
    names = list(range(net.size))
    order.shuffle(names)  # type: ignore[attr-defined]
    rows = [
        (names[one], names[two], 1.0) for one, two in zip(net.customer.tolist(), net.supplier.tolist(), strict=True)
    ]
    strangers = [(net.size + one, net.size + one + 1, 1.0) for one in range(more)]
    moved, _ = build(net.size + more + 1, rows + strangers)
    sorting = sorted(range(len(rows)), key=rows.__getitem__)
    keys = np.arange(len(rows), dtype=np.uint64) + np.uint64(1)
    more_keys = np.arange(more, dtype=np.uint64) + np.uint64(1000)
    moved_own = np.append(np.zeros(net.size), np.full(more + 1, 0.7))
    moved_own[names] = own
    other = chances(
        moved, np.append(stop[sorting], np.full(more, 0.9)), moved_own, keys=np.append(keys[sorting], more_keys)
    )
    one = Sampler(chances(net, stop, own, keys=keys)).estimate(0, ReliabilityQuery(worlds=256))
    two = Sampler(other).estimate(names[0], ReliabilityQuery(worlds=256))
    assert two.blocks == pytest.approx(one.blocks, abs=1e-14)
    assert two.lower == one.lower
    assert np.bincount(two.firms, two.shares, minlength=moved.size)[names] == pytest.approx(
        np.bincount(one.firms, one.shares, minlength=net.size), abs=1e-14
    )


def test_a_query_visits_no_more_links_in_a_larger_network():
    def looked(copies: int) -> int:
        """Links visited where the same tree of suppliers stands many times."""
        rows = [
            (7 * one + low, 7 * one + 2 * low + up, 1.0) for one in range(copies) for low in range(3) for up in (1, 2)
        ]
        net, _ = build(7 * copies, rows)
        return Sampler(chances(net, np.full(len(rows), 0.5), np.full(net.size, 0.1))).estimate(0).edges

    assert looked(1) == looked(500)


def test_before_and_after_share_their_worlds():
    random = np.random.default_rng(3)
    net, _ = build(60, [(one // 3, one, 1.0) for one in range(1, 60)])
    stop, own = random.uniform(0.2, 0.9, 59), random.uniform(0, 0.2, 60)
    sampler = Sampler(chances(net, stop, own))
    before = sampler.estimate(0, ReliabilityQuery(worlds=6400))
    after = sampler.estimate(0, ReliabilityQuery(worlds=6400, instead={5: 0.5}))
    gap = after.blocks - before.blocks
    assert gap.mean() > 0
    assert gap.std(ddof=1) / math.sqrt(gap.size) < math.hypot(before.error, after.error) / 2


def test_the_upper_bound_is_the_least_fixed_point_or_none():
    net, _ = build(2, [(0, 1, 1.0), (1, 0, 1.0)])
    idle = chances(net, np.ones(2), np.zeros(2))
    assert upper_bounds(idle).tolist() == [0.0, 0.0]  # the greatest fixed point would be 1
    found = upper_bounds(idle, np.array([0.2, 0.2]))
    assert found == pytest.approx([1.0, 1.0], abs=1e-12)
    assert upper_bounds(idle, np.array([1e-9, 0.0])).tolist() == [1.0, 1.0]  # nothing damps: it still converges
    slow = upper_bounds(chances(net, np.ones(2), np.array([0.05, 0.0])), sweeps=2000)  # a twentieth for each two
    assert slow == pytest.approx([1.0, 1.0], abs=1e-12)
    half = upper_bounds(chances(net, np.full(2, 0.5), np.array([0.1, 0.0])))
    level = (0.1 + 0.225 * 0.0) / (1 - 0.9 * 0.25)  # U0 = 1 − 0.9(1 − U1/2), U1 = U0/2
    assert half == pytest.approx([level, level / 2], abs=1e-12)


def test_where_cycles_hardly_damp_the_bound_comes_from_above():
    # 0 and 1 supply each other, 1 also 2; 3 has no risk upstream, nor has 4, which it supplies.
    net, _ = build(5, [(0, 1, 1.0), (1, 0, 1.0), (2, 1, 1.0), (4, 3, 1.0)])
    stop, own = np.array([0.9, 0.9, 0.5, 1.0]), np.array([1e-3, 0.0, 0.0, 0.0, 0.0])
    known = chances(net, stop, own)
    first = 1e-3 / (1 - 0.999 * 0.9**2)  # U0 = 1 − (1 − q)(1 − t² U0)
    least = [first, 0.9 * first, 0.45 * first, 0.0, 0.0]
    assert upper_bounds(known) == pytest.approx(least, abs=1e-12)
    quick = upper_bounds(known, sweeps=6)
    assert np.all(quick >= least)
    assert 0.1 < quick[0] < 0.9  # far above, but a bound
    assert quick[3:].tolist() == [0.0, 0.0]


@settings(max_examples=50, deadline=None)
@given(made(most=7), st.integers(1, 6))
def test_too_few_sweeps_only_loosen_the_bound(some: Made, sweeps: int):
    net, stop, own = some
    known = chances(net, stop, own)
    loose, tight = upper_bounds(known, sweeps=sweeps), upper_bounds(known)
    assert np.all(loose >= tight - 1e-12)
    assert np.all(loose <= 1)
    safe = 1 - own
    np.multiply.at(safe, net.customer, 1 - stop * loose[net.supplier])
    assert np.all(1 - safe <= loose + 1e-12)  # none is below what they give each other, so none below the fixed point


@settings(max_examples=50, deadline=None)
@given(made(most=7))
def test_the_upper_bound_solves_its_equation(some: Made):
    net, stop, own = some
    level = upper_bounds(chances(net, 0.8 * stop, own))
    safe = 1 - own
    np.multiply.at(safe, net.customer, 1 - 0.8 * stop * level[net.supplier])
    assert 1 - safe == pytest.approx(level, abs=1e-11)
    assert np.all((level >= own) & (level <= 1))


def test_links_are_live_as_often_as_they_should_be_and_independently():
    # A supplier that is sure to fail shows in how many worlds its link is live.
    odds = np.array([1e-3, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.999, 1.0, 0.0])
    net, _ = build(10, [(0, one, 1.0) for one in range(1, 10)])
    known = chances(net, odds, np.zeros(10))
    worlds = 64_000
    sampler = Sampler(known)
    alone = [sampler.estimate(0, ReliabilityQuery(worlds=worlds, instead={one: 1.0})).estimate for one in range(1, 10)]
    error = np.sqrt(odds * (1 - odds) / worlds)
    assert np.all(np.abs(np.array(alone) - odds) <= 4.5 * error)
    for one, two in itertools.combinations(range(1, 7), 2):
        either = sampler.estimate(0, ReliabilityQuery(worlds=worlds, instead={one: 1.0, two: 1.0})).estimate
        both = alone[one - 1] + alone[two - 1] - either
        product = odds[one - 1] * odds[two - 1]
        assert abs(both - product) <= 4.5 * math.sqrt(product * (1 - product) / worlds)


def test_seeds_draw_other_worlds_and_their_estimates_scatter_as_their_errors_predict():
    random = np.random.default_rng(8)
    net, _ = build(40, [(one // 2, one, 1.0) for one in range(1, 40)])
    sampler = Sampler(chances(net, random.uniform(0.2, 0.9, 39), random.uniform(0, 0.3, 40)))
    found = [sampler.estimate(0, ReliabilityQuery(worlds=1024, seed=seed)) for seed in range(200)]
    scatter = np.std([one.estimate for one in found], ddof=1)
    assert scatter == pytest.approx(np.mean([one.error for one in found]), rel=0.25)
    assert len({one.estimate for one in found}) == 200


def test_the_interval_grows_with_confidence_and_stays_in_range():
    found = Sampler(star(4, 0.3, 0.2)).estimate(0, ReliabilityQuery(worlds=640))
    widths = [high - low for low, high in map(found.interval, (0.5, 0.9, 0.95, 0.99))]
    assert widths == sorted(widths)
    assert found.interval(0.95)[0] < found.estimate < found.interval(0.95)[1]
    sure = Sampler(star(4, 1.0, 1.0)).estimate(0, ReliabilityQuery(worlds=64))
    assert (sure.estimate, sure.interval()) == (1.0, (1.0, 1.0))


def test_a_forged_estimate_is_found():
    sampler = Sampler(star(4, 0.3, 0.2))
    found = sampler.estimate(0, ReliabilityQuery(worlds=640))
    assert sampler.faults(found) == ()
    forged = {
        "sum to the estimate": replace(found, shares=found.shares * 1.01),
        "another estimate": replace(found, estimate=found.estimate + 0.001),
        "other shares": replace(found, firms=found.firms[::-1]),
        "chance of its path": replace(found, lower=0.2),
        "does not carry": replace(found, path=BestPath((0, 1), (0.4,), 0.4)),
        "more than 4 errors": replace(found, lower=0.9),
    }
    for why, one in forged.items():
        assert any(why in fault for fault in sampler.faults(one)), why


def test_invalid_figures_are_refused():
    net, _ = build(2, [(0, 1, 1.0)])
    own, stop = np.array([0.1, 0.2]), np.array([0.5])
    for broken in (np.array([0.1]), np.array([0.1, 1.1]), np.array([0.1, np.nan])):
        with pytest.raises(ValueError, match="own chance"):
            chances(net, stop, broken)
        with pytest.raises(ValueError, match="own chance"):
            upper_bounds(chances(net, stop, own), broken)
    with pytest.raises(ValueError, match="factor"):
        chances(net, np.array([np.nan]), own)
    for keys in (np.zeros(2, dtype=np.uint64), np.zeros(0, dtype=np.uint64)):
        with pytest.raises(ValueError, match="key"):
            chances(net, stop, own, keys=keys)
    sampler = Sampler(chances(net, stop, own))
    for query in (
        ReliabilityQuery(worlds=0),
        ReliabilityQuery(seed=-1),
        ReliabilityQuery(instead={2: 0.5}),
        ReliabilityQuery(instead={0: np.nan}),
    ):
        with pytest.raises(ValueError, match=r"worlds|scenario"):
            sampler.estimate(0, query)
    with pytest.raises(ValueError, match="0 to 1"):
        sampler.estimate(2)
