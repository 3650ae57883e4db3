from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.exposure.cascade_peers import Batch, Loops
from reasoning.core.cascade.cascade import EXACT, Cascade, close_each, losses_at, ruled, scratch, shock, spread
from reasoning.core.cascade.kernel import Shock, run
from reasoning.core.cascade.network import Production, Supply, input_classes, prepare
from reasoning.core.execution.executor import Executor
from reasoning.core.graph.network import Floats
from reasoning.scale.local import LocalPool
from tests.public_data import needs_public_data
from tests.reasoning.cascades import ESRI, ESRI_DOWN, example, golden, random_supply, shocks, supplies

SHOCKED = supplies().flatmap(lambda found: st.tuples(st.just(found), shocks(found.size)))
ENDS = (0.0017, 0.0931, 0.2713)  # ε that no rise of the generated networks equals up to rounding


def columns(found: Supply, firms: list[int]) -> Floats:
    """One scenario a column: each closes one firm."""
    scenarios = np.zeros((found.size, len(firms)))
    scenarios[firms, range(len(firms))] = 1
    return scenarios


Columns = tuple[Floats, Floats, int]


def dense(production: Production, scenario: Shock, epsilon: float = 0.01, share: float = 0.2) -> Columns:
    """The losses of every firm, untouched ones included, and the steps."""
    got = spread(production, scenario, rule=EXACT._replace(epsilon=epsilon, dense=share))
    down, up = np.zeros(production.supply.size), np.zeros(production.supply.size)
    down[got.firms], up[got.firms] = got.downstream, got.upstream
    return down, up, got.steps


def after(production: Production, scenario: Shock, steps: int) -> Floats:
    """The downstream and upstream losses of every firm after so many steps, whether or not the cascade has ended."""
    work = scratch(production.graph)
    run(production.graph, work, scenario, ruled(EXACT._replace(epsilon=0, steps=steps)))
    return np.array((work.down.level, work.up.level))


def test_the_published_example_of_eleven_firms():
    got = close_each(prepare(example()))
    assert got.total == pytest.approx(np.array(ESRI), abs=5e-8)
    assert got.downstream == pytest.approx(np.array(ESRI_DOWN), abs=5e-8)
    assert got.firms.tolist() == list(range(11))


def test_a_chain_by_hand():
    # 0 → 1 → 2, all of it essential: closing 0 stops both downstream; closing 2 leaves both without sales.
    chain = Supply(np.array([0, 1]), np.array([1, 2]), np.array([4.0, 1.0]), np.arange(3), np.full((3, 3), 2, np.int8))
    got = close_each(prepare(chain))
    assert got.total.tolist() == [1.0, 1.0, 1.0]
    assert got.downstream.tolist() == [1.0, 0.2, 0.0]
    assert got.upstream.tolist() == [0.8, 1.0, 1.0]
    assert got.steps.tolist() == [3, 2, 3]


def test_an_essential_input_binds_and_a_negligible_one_does_not():
    # 3 buys 1 of each from 0 (essential), 1 (non-essential), 2 (negligible).
    classes = np.repeat(np.array([[2], [1], [0], [1]], dtype=np.int8), 4, axis=1)
    buyer = Supply(np.arange(3), np.full(3, 3), np.ones(3), np.arange(4), classes)
    losses = [spread(prepare(buyer), shock(firm)).downstream_of(3) for firm in range(3)]
    assert losses == pytest.approx([1.0, 1 / 3, 0.0])


def test_others_of_the_market_replace_a_firm_in_proportion_to_their_size():
    # 0 sells 1, 1 sells 3, both in market 0: with 0 closed 3 is left, and 0's share of that is a third.
    sellers = Supply(
        np.array([0, 1]), np.array([2, 3]), np.array([1.0, 3.0]), np.array([0, 0, 1, 1]), np.full((2, 2), 2, np.int8)
    )
    assert spread(prepare(sellers), shock(0)).downstream_of(2) == pytest.approx(1 / 3)
    alone = replace(sellers, market=np.arange(4))
    assert spread(prepare(alone), shock(0)).downstream_of(2) == 1.0


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e3])
def test_no_firm_replaces_another_in_a_market_that_is_wholly_lost(unit: float):
    sellers = Supply(
        np.array([0, 1]),
        np.array([2, 3]),
        np.array([1.0, 3.0]) * unit,
        np.array([0, 0, 1, 1]),
        np.full((2, 2), 2, np.int8),
    )
    got = spread(prepare(sellers), shock([0, 1]))
    assert [got.downstream_of(firm) for firm in (2, 3)] == [1.0, 1.0]


def test_a_market_that_is_lost_in_many_small_parts_is_wholly_lost():
    # Ten times a tenth is not 1 in floating point; nothing of the market may be left all the same.
    parts = Supply(
        np.zeros(10, dtype=np.int64), np.full(10, 1), np.full(10, 0.1), np.array([0, 1]), np.full((2, 2), 2, np.int8)
    )
    assert spread(prepare(parts), shock(0)).downstream_of(1) == pytest.approx(1.0, abs=1e-15)


def test_a_single_firm_and_a_network_without_trade_have_answers():
    single = Supply(
        np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(1, np.int64), np.ones((1, 1), np.int8)
    )
    got = close_each(prepare(single))
    assert (got.total.tolist(), got.steps.tolist()) == ([0.0], [1])
    assert spread(prepare(single), shock(0)).loss.tolist() == [1.0]
    idle = Supply(np.array([0]), np.array([1]), np.zeros(1), np.zeros(2, np.int64), np.ones((1, 1), np.int8))
    assert close_each(prepare(idle)).total.tolist() == [0.0, 0.0]
    assert close_each(prepare(idle), weight=np.array([1.0, 3.0])).total.tolist() == [0.25, 0.75]
    nobody = Supply(
        np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64), np.ones((0, 0), np.int8)
    )
    assert close_each(prepare(nobody)).total.size == 0


def test_a_firm_that_supplies_itself_falls_by_its_own_loss():
    # Half of what it sells goes to itself: once a quarter is lost from outside, what it buys from itself is lost too.
    own = Supply(np.array([0, 0]), np.array([0, 1]), np.ones(2), np.array([0, 1]), np.full((2, 2), 2, np.int8))
    got = spread(prepare(own), shock(0, 0.25), rule=EXACT._replace(epsilon=0))
    assert got.downstream.tolist() == [0.25, 0.25]
    assert got.upstream.tolist() == [0.25, 0.0]


@settings(deadline=None)
@given(SHOCKED)
def test_every_loss_and_the_steps_are_those_of_plain_loops(case: tuple[Supply, dict[int, float]]):
    found, hit = case
    want = Loops(found).run(hit)
    for share in (0.2, 0.0, 9.0):
        down, up, steps = dense(prepare(found), shock(list(hit), list(hit.values())), share=share)
        assert down == pytest.approx(want.down, abs=1e-12)
        assert up == pytest.approx(want.up, abs=1e-12)
        assert steps == want.steps


@settings(deadline=None)
@given(SHOCKED, st.sampled_from(ENDS))
def test_every_loss_is_that_of_the_batch_for_any_end(case: tuple[Supply, dict[int, float]], epsilon: float):
    found, hit = case
    scenario = np.zeros((found.size, 1))
    scenario[list(hit), 0] = list(hit.values())
    want_down, want_up, want_steps = Batch(found).run(scenario, epsilon)
    down, up, steps = dense(prepare(found), shock(list(hit), list(hit.values())), epsilon=epsilon)
    assert down == pytest.approx(want_down[:, 0], abs=1e-12)
    assert up == pytest.approx(want_up[:, 0], abs=1e-12)
    assert steps == want_steps[0]


@pytest.mark.parametrize("seed", range(4))
def test_all_firms_of_random_networks_by_both_oracles(seed: int):
    found = random_supply(150, 700, 12, seed)
    production, firms = prepare(found), list(range(150))
    got = close_each(production)
    down, up, steps = Batch(found).run(columns(found, firms))
    weight = production.output / production.output.sum()
    assert got.total == pytest.approx(weight @ np.maximum(down, up), abs=1e-13)
    assert got.downstream == pytest.approx(weight @ down, abs=1e-13)
    assert got.upstream == pytest.approx(weight @ up, abs=1e-13)
    assert got.steps.tolist() == steps.tolist()
    loops = Loops(found)
    for firm in firms[:5]:
        want = loops.run({firm: 1.0})
        assert got.total[firm] == pytest.approx(weight @ np.maximum(want.down, want.up), abs=1e-13)


@pytest.mark.parametrize("dense_share", [0.0, 0.05, 9.0])
def test_sweeping_all_edges_gives_the_same(dense_share: float):
    production = prepare(random_supply(200, 2000, 10, 5))
    want = close_each(production)
    got = close_each(production, rule=EXACT._replace(dense=dense_share))
    assert got.total == pytest.approx(want.total, abs=1e-14)
    assert got.steps.tolist() == want.steps.tolist()


def test_the_figures_are_the_same_for_any_number_of_threads_and_any_order():
    production = prepare(random_supply(700, 3000, 30, 6))
    reported: list[int] = []
    want = close_each(production)
    got = close_each(production, executor=Executor(LocalPool(3), reported.append, block=64))
    assert (got.total == want.total).all()
    assert sum(reported) == 700
    backwards = close_each(production, np.arange(700)[::-1].copy())
    assert (backwards.total[::-1] == want.total).all()


@given(SHOCKED)
@settings(deadline=None)
def test_scratch_is_clean_after_a_cascade(case: tuple[Supply, dict[int, float]]):
    found, hit = case
    production = prepare(found)
    work = scratch(production.graph)
    for share in (0.2, 0.0):
        spread(production, shock(list(hit), list(hit.values())), work=work, rule=EXACT._replace(dense=share))
        for losses in (work.down, work.up):
            assert not any(part.any() for part in (losses.sum, losses.level, losses.sent, losses.mark, losses.tally))
        assert not any(part.any() for part in (work.left.output, work.left.mark, work.left.tally))


@settings(deadline=None)
@given(SHOCKED, st.floats(1e-3, 1e6), st.integers(1, 30))
def test_the_currency_unit_does_not_matter(case: tuple[Supply, dict[int, float]], unit: float, steps: int):
    found, hit = case
    scenario = shock(list(hit), list(hit.values()))
    want = after(prepare(found), scenario, steps)
    got = after(prepare(replace(found, value=found.value * unit)), scenario, steps)
    assert got == pytest.approx(want, abs=1e-9)


@settings(deadline=None)
@given(SHOCKED, st.floats(1e-3, 1), st.integers(1, 30))
def test_a_greater_shock_never_lowers_a_loss(case: tuple[Supply, dict[int, float]], part: float, steps: int):
    found, hit = case
    production = prepare(found)
    more = after(production, shock(list(hit), list(hit.values())), steps)
    less = after(production, shock(list(hit), [loss * part for loss in hit.values()]), steps)
    assert np.all(less <= more + 1e-12)


@settings(deadline=None)
@given(SHOCKED, st.integers(1, 30))
def test_no_loss_ever_falls_or_passes_the_whole(case: tuple[Supply, dict[int, float]], steps: int):
    found, hit = case
    production, scenario = prepare(found), shock(list(hit), list(hit.values()))
    earlier, later = (after(production, scenario, count) for count in (steps - 1, steps))
    assert np.all(earlier <= later)
    assert np.all(later <= 1)


def test_a_cascade_that_converges_too_slowly_raises():
    # Firm 0 buys 2 of 2.5 from itself. With 2 closed its loss approaches a half ever more slowly, because the equation
    # has a double root there. So ten thousand steps do not bring the growth below 1e-12 a step.
    creeping = Supply(
        np.array([0, 2]), np.zeros(2, np.int64), np.array([2.0, 0.5]), np.zeros(3, np.int64), np.ones((1, 1), np.int8)
    )
    production = prepare(creeping)
    assert spread(production, shock(2)).steps < 100
    with pytest.raises(ArithmeticError, match="10000 steps"):
        spread(production, shock(2), rule=EXACT._replace(epsilon=1e-12))
    assert 0.49 < after(production, shock(2), 1000)[0][0] < 0.5


@settings(deadline=None)
@given(SHOCKED, st.randoms(use_true_random=False))
def test_the_numbering_of_the_firms_does_not_matter(case: tuple[Supply, dict[int, float]], order: object):
    found, hit = case
    names = list(range(found.size))
    order.shuffle(names)  # type: ignore[attr-defined]
    name = np.array(names)
    back = np.argsort(name)
    moved = replace(
        found,
        supplier=name[found.supplier],
        customer=name[found.customer],
        sector=found.sector[back],
        market=found.markets[back],
    )
    want = dense(prepare(found), shock(list(hit), list(hit.values())))
    got = dense(prepare(moved), shock(name[list(hit)], list(hit.values())))
    assert got[0][name] == pytest.approx(want[0], abs=1e-12)
    assert got[1][name] == pytest.approx(want[1], abs=1e-12)


def test_small_growth_may_be_left_out_within_its_bound():
    production = prepare(random_supply(300, 1500, 12, 7))
    want = close_each(production)
    got = close_each(production, rule=EXACT._replace(delta=1e-6))
    assert np.abs(got.upstream - want.upstream).max() <= want.steps.max() * 1e-6
    assert np.all(got.total <= want.total + 1e-12)
    assert np.abs(got.total - want.total).max() < 1e-4
    assert got.edges.sum() < want.edges.sum()


def lost(found: Cascade, weight: Floats) -> float:
    """The share of the whole weight that a cascade takes."""
    return float(found.loss @ weight[found.firms] / weight.sum())


def test_sets_of_firms_fail_together():
    found = random_supply(120, 600, 8, 8)
    production = prepare(found)
    sector = np.flatnonzero(found.sector == 3)
    got = dense(production, shock(sector))
    scenario = np.zeros((120, 1))
    scenario[sector] = 1
    down, up, _ = Batch(found).run(scenario)
    assert got[0] == pytest.approx(down[:, 0], abs=1e-12)
    assert lost(spread(production, shock(sector)), production.output) == pytest.approx(
        float(production.output / production.output.sum() @ np.maximum(down, up)[:, 0]), abs=1e-12
    )


def test_a_firm_named_twice_loses_the_greater_share():
    production = prepare(example())
    assert spread(production, shock([1, 1], [0.25, 0.5])).loss[0] == spread(production, shock(1, 0.5)).loss[0]


def test_other_weights_weigh_the_same_losses():
    production = prepare(random_supply(80, 300, 6, 9))
    jobs = np.random.default_rng(9).integers(0, 500, 80).astype(np.float64)
    got = close_each(production, np.array([4, 7]), weight=jobs)
    for place, firm in enumerate((4, 7)):
        assert got.total[place] == pytest.approx(lost(spread(production, shock(firm)), jobs), abs=1e-14)


def test_the_loss_of_one_firm_is_that_of_the_whole_cascade():
    production = prepare(random_supply(90, 400, 8, 10))
    firms = np.arange(90)
    losses, steps = losses_at(production, 11, firms, executor=Executor(LocalPool(2)))
    for firm in range(0, 90, 9):
        whole = spread(production, shock(firm))
        assert (losses[firm], steps[firm]) == (whole.downstream_of(11), whole.steps)


def test_bad_inputs_are_refused_and_a_cascade_that_does_not_end_raises():
    production = prepare(example())
    for broken in (0.0, -0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="shock"):
            shock(0, broken)
    with pytest.raises(ValueError, match="0 to 10"):
        spread(production, shock(11))
    with pytest.raises(ValueError, match="0 to 10"):
        close_each(production, np.array([-1]))
    with pytest.raises(ValueError, match="0 to 10"):
        losses_at(production, 11, np.array([0]))
    with pytest.raises(ValueError, match="weights"):
        close_each(production, weight=np.full(11, -1.0))
    with pytest.raises(ValueError, match="at least 0"):
        spread(production, shock(0), rule=EXACT._replace(epsilon=-1.0))
    short = EXACT._replace(steps=1)
    for attempt in (
        lambda: spread(production, shock(1), rule=short),
        lambda: close_each(production, rule=short),
        lambda: losses_at(production, 6, np.array([8]), rule=short),
    ):
        with pytest.raises(ArithmeticError, match="did not end within 1 steps"):
            attempt()


@needs_public_data
@pytest.mark.parametrize("name", ["ihs_x1000", "legacy", "linear"])
def test_the_reference_is_met_on_all_of_its_firms(name: str):
    found, want = golden(name)  # type: ignore[arg-type]
    got = close_each(prepare(found), want[:, 0].astype(np.int64) - 1)
    assert np.abs(np.c_[got.total, got.downstream, got.upstream] - want[:, 1:4]).max() <= 1e-12
    assert got.steps.tolist() == want[:, 6].tolist()


@needs_public_data
def test_without_the_scale_the_reference_is_met_where_no_market_is_wholly_lost():
    found, want = golden("ihs")
    _, scaled = golden("ihs_x1000")
    got = close_each(prepare(found), want[:, 0].astype(np.int64) - 1)
    flawed = np.abs(want[:, 1] - scaled[:, 1]) > 1e-12
    gap = np.abs(np.c_[got.total, got.downstream, got.upstream] - want[:, 1:4]).max(axis=1)
    assert int(flawed.sum()) == 3
    assert gap[~flawed].max() <= 1e-12
    assert np.abs(got.total - scaled[:, 1]).max() <= 1e-12
    assert got.steps.tolist() == want[:, 6].tolist()


@needs_public_data
def test_a_thousandth_of_the_unit_changes_nothing():
    one, thousand = (close_each(prepare(golden(name)[0])) for name in ("ihs", "ihs_x1000"))
    assert np.abs(one.total - thousand.total).max() <= 1e-15
    assert one.steps.tolist() == thousand.steps.tolist()


@needs_public_data
@pytest.mark.slow
def test_all_firms_are_those_of_the_batch_and_some_those_of_plain_loops():
    # benchmarks/exposure/cascade.py holds all 1,232 to the loops, which takes them minutes.
    found, _ = golden("ihs")
    production, loops = prepare(found), Loops(found)
    got, weight = close_each(production), production.output / production.output.sum()
    for first in range(0, found.size, 308):
        some = slice(first, first + 308)
        down, up, steps = Batch(found).run(columns(found, list(range(first, first + 308))))
        assert got.total[some] == pytest.approx(weight @ np.maximum(down, up), abs=1e-12)
        assert got.steps[some].tolist() == steps.tolist()
    for firm in range(5, found.size, 88):
        want = loops.run({firm: 1.0})
        assert got.total[firm] == pytest.approx(weight @ np.maximum(want.down, want.up), abs=1e-12)
        assert got.steps[firm] == want.steps


def test_classes_without_a_matrix():
    assert input_classes("legacy", 3).tolist() == [[1, 1, 1], [2, 2, 2], [1, 1, 1]]
    assert input_classes("linear", 2).tolist() == [[1, 1], [1, 1]]
