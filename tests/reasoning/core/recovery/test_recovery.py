"""M4: by hand, against scipy's solver, and by what must hold of any chain."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.recovery.network import Bill, Shared, SupplyChain, part
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.proof import verify
from reasoning.core.recovery.recovery import Recovery
from tests.reasoning.recoveries import AMOUNTS, bill, chains, example, least_loss, longest, nodes

TIMES = (0.5, 1.0, 3.0, 20.0)
few = settings(deadline=None, max_examples=60)


def close(one: float, other: float, scale: float = 0.0) -> bool:
    return one == other or abs(one - other) <= 1e-6 * max(abs(one), abs(other)) + 1e-8 * scale


def worth(chain: SupplyChain, time: float) -> float:
    return float(chain.margin @ chain.demand) * time


@st.composite
def stops(draw: st.DrawFn, chain: SupplyChain) -> np.ndarray:
    return nodes(*sorted(draw(st.sets(st.integers(0, chain.stock.size - 1)))))


def test_the_example_by_hand():
    found = Recovery(example())
    # 30 days want 300; 20 and 30 frames are there, and node 2 makes 180: 70 are missing, each worth 100.
    assert found.loss(nodes(1), 30.0) == pytest.approx(7000)
    assert found.survival(nodes(1)) == pytest.approx(50 / 4)
    # 20 are there, and wheels for 20.
    assert found.loss(nodes(3), 10.0) == pytest.approx(6000)
    assert found.survival(nodes(3)) == pytest.approx(4)
    assert (found.loss(NO_NODES, 1000.0), found.survival(NO_NODES)) == (0.0, math.inf)
    assert found.loss(nodes(0, 1, 2, 3), 5.0) == pytest.approx(3000)
    assert found.loss(nodes(1), 0.0) == 0.0


def test_prices_of_the_example_by_hand():
    chain = example()
    losing = Recovery(chain).loss_plan(nodes(1), 30.0)
    assert losing.item.tolist() == pytest.approx([100, 100, 100, 0])
    assert losing.rent.tolist() == pytest.approx([0, 0, 100, 0])
    assert losing.lost.tolist() == pytest.approx([70, 0, 0, 0])
    lasting = Recovery(chain).survival_plan(nodes(1))
    assert lasting.item.tolist() == pytest.approx([0.25, 0.25, 0.25, 0])
    assert lasting.item @ chain.stock == pytest.approx(12.5)


@few
@given(st.data())
def test_losses_are_those_of_another_solver(data: st.DataObject):
    chain = data.draw(chains())
    stopped, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    assert close(Recovery(chain).loss(stopped, time), least_loss(chain, stopped, time), worth(chain, time))


@few
@given(st.data())
def test_survival_is_that_of_another_solver(data: st.DataObject):
    chain = data.draw(chains())
    stopped = data.draw(stops(chain))
    assert close(Recovery(chain).survival(stopped), longest(chain, stopped))


@few
@given(st.data())
def test_every_plan_is_proven_by_its_prices(data: st.DataObject):
    chain = data.draw(chains())
    stopped, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    found = Recovery(chain)
    losing, lasting = found.loss_plan(stopped, time), found.survival_plan(stopped)
    assert (verify(chain, losing), verify(chain, lasting)) == ((), ())
    assert close(losing.loss, found.loss(stopped, time), worth(chain, time))
    assert lasting.time == found.survival(stopped)


@few
@given(st.data())
def test_more_stock_or_capacity_never_loses_more(data: st.DataObject):
    chain = data.draw(chains())
    stopped, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    more = data.draw(st.lists(st.sampled_from(AMOUNTS), min_size=chain.stock.size, max_size=chain.stock.size))
    before = Recovery(chain)
    for richer in (chain._replace(stock=chain.stock + more), chain._replace(capacity=chain.capacity + more)):
        after = Recovery(richer)
        assert after.loss(stopped, time) <= before.loss(stopped, time) + 1e-8 * worth(chain, time)
        assert after.survival(stopped) >= before.survival(stopped) * (1 - 1e-9)


@few
@given(st.data())
def test_losses_rise_with_time_and_bend_upwards_and_begin_where_survival_ends(data: st.DataObject):
    chain = data.draw(chains())
    chain = chain._replace(margin=np.where(chain.demand > 0, np.maximum(chain.margin, 1.0), chain.margin))
    stopped = data.draw(stops(chain))
    found = Recovery(chain)
    low, middle, high = (found.loss(stopped, time) for time in (2.0, 4.0, 6.0))
    scale = 1e-8 * worth(chain, 6.0)
    assert low <= middle + scale <= high + 2 * scale
    assert 2 * middle <= low + high + 2 * scale
    survived = found.survival(stopped)
    if survived in {0.0, math.inf}:
        assert close(found.loss(stopped, 5.0), 0.0, worth(chain, 5.0)) == (survived > 0 or not worth(chain, 1.0))
    else:
        assert close(found.loss(stopped, survived * (1 - 1e-6)), 0.0, worth(chain, survived))
        assert found.loss(stopped, survived * 1.5) > 0


@few
@given(st.data())
def test_more_stops_never_lose_less(data: st.DataObject):
    chain = data.draw(chains())
    some, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    more = np.union1d(some, data.draw(stops(chain)))
    found = Recovery(chain)
    assert found.loss(some, time) <= found.loss(more, time) + 1e-8 * worth(chain, time)
    assert found.survival(some) >= found.survival(more) * (1 - 1e-9)


@few
@given(st.data())
def test_units_of_items_time_and_money_make_no_difference(data: st.DataObject):
    chain = data.draw(chains())
    stopped, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    scale = st.sampled_from((1e-6, 0.01, 1.0, 1000.0, 1e6))
    unit = np.array(data.draw(st.lists(scale, min_size=chain.stock.size, max_size=chain.stock.size)))
    days, money = data.draw(scale), data.draw(scale)
    made = chain.bill
    per = np.ones(made.maker.size)
    for material in range(made.maker.size):
        # what supplies one material is counted in one unit
        unit[made.supplier[made.material == material]] = unit[made.supplier[made.material == material]][:1]
    for _ in range(made.maker.size + 1):
        for material in range(made.maker.size):
            mine = made.supplier[made.material == material]
            unit[mine] = unit[mine].min() if mine.size else unit[mine]
    for material in range(made.maker.size):
        mine = made.supplier[made.material == material]
        per[material] = unit[mine[0]] if mine.size else 1.0
    other = SupplyChain(
        stock=chain.stock * unit,
        demand=chain.demand * unit / days,
        margin=chain.margin * money / unit,
        capacity=chain.capacity * unit / days,
        bill=made._replace(quantity=made.quantity * per / unit[made.maker]),
        shared=Shared(
            chain.shared.limit / days,
            chain.shared.resource,
            chain.shared.node,
            chain.shared.use / unit[chain.shared.node],
        ),
    )
    one, two = Recovery(chain), Recovery(other)
    assert close(one.loss(stopped, time) * money, two.loss(stopped, time * days), worth(chain, time) * money)
    assert close(one.survival(stopped) * days, two.survival(stopped))


@few
@given(st.data())
def test_the_order_of_nodes_materials_and_arcs_makes_no_difference(data: st.DataObject):
    chain = data.draw(chains())
    stopped, time = data.draw(stops(chain)), data.draw(st.sampled_from(TIMES))
    size, made, uses = chain.stock.size, chain.bill, chain.shared
    place = np.array(data.draw(st.permutations(range(size))), dtype=np.int64)
    row = np.array(data.draw(st.permutations(range(made.maker.size))), dtype=np.int64)
    arc = np.array(data.draw(st.permutations(range(made.supplier.size))), dtype=np.int64)
    old = np.argsort(place)
    other = SupplyChain(
        stock=chain.stock[old],
        demand=chain.demand[old],
        margin=chain.margin[old],
        capacity=chain.capacity[old],
        bill=Bill(
            place[made.maker][np.argsort(row)],
            made.quantity[np.argsort(row)],
            place[made.supplier][arc],
            row[made.material][arc],
        ),
        shared=uses._replace(node=place[uses.node]),
    )
    one, two = Recovery(chain), Recovery(other)
    assert close(one.loss(stopped, time), two.loss(place[stopped], time), worth(chain, time))
    assert close(one.survival(stopped), two.survival(place[stopped]))


@few
@given(st.data())
def test_an_answer_does_not_depend_on_those_before_it(data: st.DataObject):
    chain = data.draw(chains())
    scenarios = data.draw(st.lists(st.tuples(stops(chain), st.sampled_from(TIMES)), min_size=2, max_size=6))
    together = Recovery(chain)
    first = [(together.loss(stopped, time), together.survival(stopped)) for stopped, time in scenarios]
    together.survival_plan(scenarios[0][0])
    again = [(together.loss(stopped, time), together.survival(stopped)) for stopped, time in reversed(scenarios)]
    alone = [(Recovery(chain).loss(stopped, time), Recovery(chain).survival(stopped)) for stopped, time in scenarios]
    assert first == again[::-1] == alone


def small(**changes: object) -> SupplyChain:
    """Node 1 supplies node 0, which makes a product of it."""
    figures: dict[str, object] = {
        "stock": np.array([1.0, 2.0]),
        "demand": np.array([1.0, 0.0]),
        "margin": np.array([5.0, 0.0]),
        "capacity": np.array([math.inf, math.inf]),
        "bill": bill([(0, 1.0)], [(1, 0)]),
    }
    return SupplyChain(**{**figures, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chain", "stopped", "lost", "survived"),
    [
        pytest.param(small(), nodes(1), 35.0, 3.0, id="a chain"),
        pytest.param(small(demand=np.zeros(2)), nodes(0, 1), 0.0, math.inf, id="no demand"),
        pytest.param(small(stock=np.zeros(2)), nodes(1), 50.0, 0.0, id="no stock"),
        pytest.param(small(stock=np.array([1.0, math.inf])), nodes(1), 0.0, math.inf, id="stock without end"),
        pytest.param(small(stock=np.array([1.0, math.inf])), nodes(0), 45.0, 1.0, id="behind what stops"),
        pytest.param(small(margin=np.zeros(2)), nodes(1), 0.0, 3.0, id="worth nothing, and still wanted"),
        pytest.param(small(bill=bill([(0, 1.0)], [])), NO_NODES, 45.0, 1.0, id="nobody supplies it"),
        pytest.param(small(bill=bill([], [])), nodes(1), 0.0, math.inf, id="nothing needed"),
        pytest.param(small(bill=bill([(0, 0.0)], [(1, 0)])), nodes(1), 0.0, math.inf, id="none of it needed"),
        pytest.param(small(bill=bill([(0, 1.0)], [(0, 0)])), NO_NODES, 45.0, 1.0, id="made of as much of itself"),
        pytest.param(small(bill=bill([(0, 0.5)], [(0, 0)])), NO_NODES, 0.0, math.inf, id="made of half of itself"),
        pytest.param(small(bill=bill([(0, 0.5)], [(0, 0)])), nodes(0), 45.0, 1.0, id="and stopped"),
        pytest.param(
            small(bill=bill([(0, 1.0), (1, 1.0)], [(1, 0), (0, 1)])), NO_NODES, 35.0, 3.0, id="a barren cycle"
        ),
        pytest.param(small(capacity=np.array([0.5, 9.0])), NO_NODES, 20.0, 2.0, id="demand above capacity"),
        pytest.param(small(capacity=np.array([0.5, 9.0])), nodes(1), 35.0, 2.0, id="which limits more than the stop"),
    ],
)
def test_defined_answers(chain: SupplyChain, stopped: np.ndarray, lost: float, survived: float):
    found = Recovery(chain)
    assert found.loss(stopped, 10.0) == pytest.approx(lost)
    assert found.survival(stopped) == pytest.approx(survived)
    assert verify(chain, found.loss_plan(stopped, 10.0)) == ()
    assert verify(chain, found.survival_plan(stopped)) == ()
    assert least_loss(chain, stopped, 10.0) == pytest.approx(lost)
    assert longest(chain, stopped) == pytest.approx(survived)


def test_a_chain_of_nothing():
    none = np.zeros(0)
    found = Recovery(SupplyChain(none, none, none, none, bill([], [])))
    assert (found.loss(NO_NODES, 1.0), found.survival(NO_NODES)) == (0.0, math.inf)


@pytest.mark.parametrize("time", [-1.0, math.inf, math.nan])
def test_invalid_times_are_refused(time: float):
    with pytest.raises(ValueError, match="time to recover"):
        Recovery(example()).loss(nodes(1), time)


@pytest.mark.parametrize(
    "chain",
    [
        small(stock=np.array([-1.0, 0.0])),
        small(stock=np.array([math.nan, 0.0])),
        small(demand=np.array([math.inf, 0.0])),
        small(margin=np.array([1.0])),
        small(capacity=np.array([-1.0, 0.0])),
        small(bill=bill([(2, 1.0)], [])),
        small(bill=bill([(0, 1.0)], [(1, 1)])),
        small(bill=bill([(0, -1.0)], [])),
        small(bill=bill([(0, 1.0)], [(-1, 0)])),
        small(shared=Shared(np.ones(1), nodes(1), nodes(0), np.ones(1))),
    ],
)
def test_figures_that_do_not_fit_together_are_refused(chain: SupplyChain):
    with pytest.raises(ValueError, match=r"figure|index|demands"):
        part(chain)


def test_a_shared_capacity_by_hand():
    # Two products of one plant that makes 10 a day; 6 of the first at 1 each and 3 of the second at 2 each are 12.
    chain = SupplyChain(
        stock=np.zeros(2),
        demand=np.array([6.0, 3.0]),
        margin=np.array([1.0, 4.0]),
        capacity=np.full(2, math.inf),
        bill=bill([], []),
        shared=Shared(np.array([10.0]), nodes(0, 0), nodes(0, 1), np.array([1.0, 2.0])),
    )
    found = Recovery(chain)
    plan = found.loss_plan(NO_NODES, 2.0)
    assert plan.loss == pytest.approx(4.0)
    assert plan.lost.tolist() == pytest.approx([4.0, 0.0])
    assert plan.shared.tolist() == pytest.approx([1.0])
    assert found.survival(NO_NODES) == 0.0
    assert verify(chain, plan) == ()
