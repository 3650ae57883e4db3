"""Supply chains for the tests of M4: by hand, drawn, and as scipy's linear programs say, in the units of the chain."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.network import Bill, Shared, SupplyChain, units
from reasoning.core.recovery.recovery import Plan

AMOUNTS = (0.0, 0.5, 1.0, 2.0, 7.0, 40.0)


def nodes(*some: int) -> Integers:
    """Nodes as an array."""
    return np.array(some, dtype=np.int64)


def bill(materials: list[tuple[int, float]], arcs: list[tuple[int, int]]) -> Bill:
    """A bill of (maker, quantity) and of (supplier, material)."""
    ends = np.array(arcs, dtype=np.int64).reshape(len(arcs), 2)
    maker = np.array([one for one, _ in materials], dtype=np.int64)
    return Bill(maker, np.array([quantity for _, quantity in materials], dtype=np.float64), ends[:, 0], ends[:, 1])


def example() -> SupplyChain:
    """Product 0 (10 a day, worth 100; 20 there): a frame by 1 (up to 8; 30 there) or 2 (up to 6), 2 wheels by 3."""
    return SupplyChain(
        stock=np.array([20.0, 30.0, 0.0, 40.0]),
        demand=np.array([10.0, 0.0, 0.0, 0.0]),
        margin=np.array([100.0, 0.0, 0.0, 0.0]),
        capacity=np.array([12.0, 8.0, 6.0, 24.0]),
        bill=bill([(0, 1.0), (0, 2.0)], [(1, 0), (2, 0), (3, 1)]),
    )


@st.composite
def chains(draw: st.DrawFn, *, most: int = 6) -> SupplyChain:
    """Any chain of up to so many nodes: cycles, self-supply, materials that nobody supplies, idle nodes and all."""
    size = draw(st.integers(1, most))
    node = st.integers(0, size - 1)
    amount = st.sampled_from(AMOUNTS)
    many = st.lists(amount, min_size=size, max_size=size).map(np.array)
    endless = st.lists(st.sampled_from((*AMOUNTS, math.inf)), min_size=size, max_size=size).map(np.array)
    materials = draw(st.lists(st.tuples(node, st.sampled_from((0.0, 0.25, 1.0, 3.0))), max_size=6))
    each = st.tuples(node, st.integers(0, max(len(materials) - 1, 0)))
    arcs = draw(st.lists(each, max_size=10)) if materials else []
    return SupplyChain(draw(endless), draw(many), draw(many), draw(endless), bill(materials, arcs), draw(_shared(size)))


@st.composite
def _shared(draw: st.DrawFn, size: int) -> Shared:
    count = draw(st.integers(0, 2))
    uses = draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, size - 1)), max_size=4)) if count == 2 else []
    limit = np.array([draw(st.sampled_from((0.5, 3.0, 50.0))) for _ in range(count)])
    ends = np.array(uses, dtype=np.int64).reshape(len(uses), 2)
    return Shared(limit, ends[:, 0], ends[:, 1], np.array([draw(st.sampled_from((0.5, 1.0, 2.0))) for _ in uses]))


def least_loss(chain: SupplyChain, stopped: Integers, time: float) -> float:
    """What scipy says is lost at least."""
    matrix, columns = _matrix(chain)
    found = _solve(chain, stopped, matrix[:, :columns], matrix[:, columns] * time, time)
    return float(found.fun)


def longest(chain: SupplyChain, stopped: Integers) -> float:
    """What scipy says is the longest time in which nothing is lost."""
    matrix, columns = _matrix(chain)
    size, arcs = chain.stock.size, chain.bill.supplier.size
    rows = np.hstack([matrix[:, : size + arcs], matrix[:, columns:]])
    caps = np.hstack([np.eye(size), np.zeros((size, arcs)), -_finite(chain.capacity)[:, None]])[
        np.isfinite(chain.capacity)
    ]
    upper = [(0.0, 0.0 if node in stopped.tolist() else None) for node in range(size)]
    found: Any = linprog(
        np.concatenate([np.zeros(size + arcs), [-1.0]]),
        A_ub=np.vstack([rows, caps]),
        b_ub=np.concatenate([_stocks(chain), np.zeros(len(caps))]),
        bounds=[*upper, *[(0.0, None)] * (arcs + 1)],
    )
    if found.status == 3:
        return math.inf
    assert found.status == 0, found.message
    return -float(found.fun)


def _finite(figures: Floats) -> Floats:
    return np.where(np.isfinite(figures), figures, 0.0)


def _stocks(chain: SupplyChain) -> Floats:
    """The right-hand sides that do not grow with time."""
    held = chain.stock[np.isfinite(chain.stock)]
    return np.concatenate([np.zeros(chain.bill.maker.size), held, np.zeros(chain.shared.limit.size)])


def _matrix(chain: SupplyChain) -> tuple[Floats, int]:
    """Rows ≤ of what is made, flows and is lost, and in the last column what a unit of time takes."""
    made, size, uses = chain.bill, chain.stock.size, chain.shared
    arcs, materials = made.supplier.size, made.maker.size
    columns = 2 * size + arcs
    needs = np.zeros((materials, columns + 1))
    needs[np.arange(materials), made.maker] += made.quantity
    needs[made.material, size + np.arange(arcs)] -= 1.0
    balance = np.zeros((size, columns + 1))
    np.add.at(balance, (made.supplier, size + np.arange(arcs)), 1.0)
    balance[np.arange(size), np.arange(size)] -= 1.0
    balance[np.arange(size), size + arcs + np.arange(size)] -= 1.0
    balance[:, columns] = chain.demand
    shared = np.zeros((uses.limit.size, columns + 1))
    np.add.at(shared, (uses.resource, uses.node), uses.use)
    shared[:, columns] = -uses.limit
    return np.vstack([needs, balance[np.isfinite(chain.stock)], shared]), columns


def _solve(chain: SupplyChain, stopped: Integers, rows: Floats, takes: Floats, time: float) -> Any:
    size, arcs = chain.stock.size, chain.bill.supplier.size
    made = [(0.0, 0.0 if node in stopped.tolist() else float(chain.capacity[node]) * time) for node in range(size)]
    lost = [(0.0, float(demand) * time) for demand in chain.demand]
    cost = np.concatenate([np.zeros(size + arcs), chain.margin])
    bounds = [(low, None if high == math.inf else high) for low, high in [*made, *[(0.0, math.inf)] * arcs, *lost]]
    found = linprog(cost, A_ub=rows, b_ub=_stocks(chain) - takes, bounds=bounds)
    assert found.status == 0, found.message
    return found


def least_added(chain: SupplyChain, plan: Plan, flow: Floats) -> float:
    """What scipy says is added at least to these flows, in what is usually needed, where a plan's losses are kept."""
    matrix, columns = _matrix(chain)
    size, arcs = chain.stock.size, flow.size
    usual = (chain.bill.quantity * units(chain)[chain.bill.maker])[chain.bill.material] * plan.time
    more = np.hstack([np.zeros((arcs, size)), np.eye(arcs), np.zeros((arcs, size)), -np.eye(arcs)])
    rows = np.vstack([np.hstack([matrix[:, :columns], np.zeros((len(matrix), arcs))]), more])
    made = [(0.0, 0.0 if node in plan.stopped.tolist() else chain.capacity[node] * plan.time) for node in range(size)]
    found: Any = linprog(
        np.concatenate([np.zeros(columns), 1 / usual]),
        A_ub=rows,
        b_ub=np.concatenate([_stocks(chain) - matrix[:, columns] * plan.time, flow]),
        bounds=[*made, *[(0.0, math.inf)] * arcs, *[(lost, lost) for lost in plan.lost], *[(0.0, math.inf)] * arcs],
    )
    assert found.status == 0, found.message
    return float(found.fun)
