import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.disruption.kernel import WORLDS, Own, bit_of, live, mix, own_chance
from reasoning.core.disruption.quadrature import rules
from reasoning.core.disruption.reliability import _limits, chances, upper_bounds
from tests.reasoning.networks import Edge, build, edges

WORD = st.integers(0, 2**64 - 1)
CHANCE = st.sampled_from([0.0, 1e-12, 1 / 64, 0.25, 0.5, 63 / 64, 1.0]) | st.floats(0, 1)


def limit(chance: float) -> np.uint64:
    return np.uint64(_limits(np.array([chance]))[0])


def drawn(key: int, chance: float, block: int) -> int:
    return int(live(np.uint64(key), limit(chance), np.uint64(block)))


@given(st.integers(0, 63), WORD)
def test_the_lowest_bit_is_found_whatever_stands_above_it(place: int, above: int):
    word = (1 << place) | (above << (place + 1)) & (2**64 - 1)
    assert bit_of(np.uint64(word)) == place


def test_the_mixer_is_splitmix64_and_spreads_every_bit():
    # The first outputs of the generator seeded with 0, as published with its reference implementation.
    golden = 0x9E3779B97F4A7C15
    states = [(golden * step) % 2**64 for step in (1, 2, 3)]
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert [int(mix(np.uint64(state))) for state in states] == published
    flips = [(int(mix(np.uint64(5))) ^ int(mix(np.uint64(5 ^ (1 << bit))))).bit_count() for bit in range(64)]
    assert min(flips) >= 16
    assert 28 < np.mean(flips) < 36


@given(WORD, CHANCE, WORD)
def test_a_link_is_live_in_as_many_worlds_as_it_should_be_but_for_rounding(key: int, chance: float, block: int):
    count = drawn(key, chance, block).bit_count()
    assert abs(count - WORLDS * chance) < 1
    assert chance not in {0.0, 1.0} or count == WORLDS * chance


@given(WORD, CHANCE, CHANCE, WORD)
def test_a_greater_chance_only_adds_worlds(key: int, one: float, two: float, block: int):
    few, many = (drawn(key, chance, block) for chance in sorted((one, two)))
    assert few & ~many == 0


@pytest.mark.parametrize("chance", [0.003, 0.1, 0.37, 0.5, 0.8, 0.995])
def test_every_world_of_a_block_has_the_chance_of_the_link(chance: float):
    blocks = 20_000
    words = np.array([drawn(12345, chance, int(mix(np.uint64(block)))) for block in range(blocks)], dtype=np.uint64)
    hits = np.array([int(((words >> np.uint64(world)) & np.uint64(1)).sum()) for world in range(WORLDS)])
    error = np.sqrt(chance * (1 - chance) / blocks)
    z = (hits / blocks - chance) / error
    assert np.abs(z).max() < 5
    assert 0.4 < np.square(z).mean() < 2


def test_two_links_are_live_together_as_often_as_independent_ones():
    blocks, one, two = 20_000, 0.3, 0.4
    both = np.zeros(WORLDS)
    for block in range(blocks):
        seed = int(mix(np.uint64(block)))
        word = drawn(1, one, seed) & drawn(2, two, seed)
        both += [word >> world & 1 for world in range(WORLDS)]
    z = (both / blocks - one * two) / np.sqrt(one * two * (1 - one * two) / blocks)
    assert np.abs(z).max() < 5


def test_limits_are_the_chances_in_64_bits():
    assert [int(limit(chance)) for chance in (0.0, 0.25, 0.5, 1.0)] == [0, 2**62 - 1, 2**63 - 1, 2**64 - 1]
    assert int(limit(float(np.nextafter(1.0, 0)))) == 2**64 - 2**11 - 1


@given(st.lists(st.integers(0, 30), unique=True), st.integers(0, 30))
def test_a_scenario_stands_in_for_own_chances(firms: list[int], firm: int):
    chance = np.linspace(0, 1, 31)
    own = Own(chance, np.array(sorted(firms), dtype=np.int64), np.full(len(firms), 0.77))
    assert own_chance(own, firm) == (0.77 if firm in firms else chance[firm])


@pytest.mark.parametrize("count", [1, 2, 3, 8, 27, 48])
def test_a_rule_of_so_many_nodes_is_exact_up_to_its_degree_and_holds_to_its_risk(count: int):
    rule = rules()
    nodes, weights = rule.node[count, :count], rule.weight[count, :count]
    for degree in (0, 1, 2 * count - 1):
        assert weights @ nodes**degree == pytest.approx(1 / (degree + 1), rel=1e-13)
    total = min(float(rule.holds[count]), 40.0)
    assert weights @ np.exp(-total * nodes) * total == pytest.approx(-np.expm1(-total), abs=2e-13)
    assert np.all(np.diff(rule.holds) > 0)


@given(edges(), st.randoms(use_true_random=False))
def test_the_upper_bound_is_where_plain_iteration_from_below_ends(sized: tuple[int, list[Edge]], dice: object):
    net, _ = build(*sized)
    stop = np.array([0.6 * dice.random() for _ in range(net.supplier.size)])  # type: ignore[attr-defined]
    own = np.array([dice.random() for _ in range(net.size)])  # type: ignore[attr-defined]
    level = own.copy()
    for _ in range(3000):
        safe = 1 - own
        np.multiply.at(safe, net.customer, 1 - stop * level[net.supplier])
        level = 1 - safe
    found = upper_bounds(chances(net, stop, own))
    assert found == pytest.approx(level, abs=2e-12)
    assert np.all(found >= level - 1e-15)
