"""Whether one of M4's plans is feasible and, by its own prices, optimal (linear duality). Nothing is solved here.

A plan of least loss is proven if three things hold. It keeps within stock, capacity and materials. No item is worth
less than as a material, nor more than its own materials and capacity cost. The worth of demand less stock and capacity
at these prices is the loss. A plan of longest survival is proven if its stock is worth the time that it lasts. Its
prices are such that every unit of time takes one more than it brings.
"""

from collections.abc import Iterator

import numpy as np

from reasoning.core.graph.network import Floats
from reasoning.core.recovery.network import SupplyChain, units
from reasoning.core.recovery.recovery import Plan, bought, paid_for

CLOSENESS = 1e-7  # relative to the amounts compared and to the usual need for the item
_ROUNDING = 1e-12  # relative to the terms of which an amount is the difference


def verify(chain: SupplyChain, plan: Plan) -> tuple[str, ...]:
    """What is wrong with a plan; empty if it holds.

    Args:
        chain: The supply chain.
        plan: A plan of least loss or of longest survival.
    """
    unit = units(chain)
    return (*_amounts(chain, plan, unit), *_prices(chain, plan, unit), *_values(chain, plan))


def _amounts(chain: SupplyChain, plan: Plan, unit: Floats) -> Iterator[str]:
    bill, uses, size = chain.bill, chain.shared, chain.stock.size
    time = 1.0 if plan.time == np.inf else plan.time
    stock = np.where(np.isfinite(chain.stock), 0.0, np.inf) if plan.time == np.inf else chain.stock
    taken = np.bincount(bill.supplier, plan.flow, minlength=size) + chain.demand * time
    if _above(taken, stock + plan.made + plan.lost, unit * time):
        yield "more is given than is made and in stock"
    arrived = np.bincount(bill.material, plan.flow, minlength=bill.maker.size).astype(float)
    needed = bill.quantity * plan.made[bill.maker]
    if _above(needed, arrived, bill.quantity * unit[bill.maker] * time):
        yield "more is made than there is material for"
    used = np.bincount(uses.resource, uses.use * plan.made[uses.node], minlength=uses.limit.size).astype(float)
    if _above(plan.made, _in(time, chain.capacity), unit * time) or _above(used, _in(time, uses.limit), used):
        yield "more is made than there is capacity for"
    if plan.made[plan.stopped].any():
        yield "a node that has stopped makes something"
    demand = chain.demand * time
    if any((amount < 0).any() for amount in (plan.made, plan.flow, plan.lost)) or _above(plan.lost, demand, demand):
        yield "an amount is negative, or more is lost than demanded"


def _prices(chain: SupplyChain, plan: Plan, unit: Floats) -> Iterator[str]:
    bill, uses = chain.bill, chain.shared
    worth = float((plan.item * unit).max(initial=0.0))
    usual = np.divide(worth, unit, out=np.zeros(unit.size), where=unit > 0)
    if any((price < 0).any() for price in (plan.item, plan.material, plan.rent, plan.shared)):
        yield "a price is negative"
    if _above(plan.material[bill.material], plan.item[bill.supplier], usual[bill.supplier]):
        yield "an item is worth less than as a material"
    cost = paid_for(chain, plan.material, plan.shared) + plan.rent
    runs = np.ones(unit.size, dtype=np.bool_)
    runs[plan.stopped] = False
    if _above(plan.item[runs], cost[runs], usual[runs]):
        yield "an item is worth more than it costs to make"
    if (plan.item[~np.isfinite(chain.stock)] > 0).any():
        yield "an endless stock has a price"
    if (plan.rent[~np.isfinite(chain.capacity)] > 0).any() or (plan.shared[~np.isfinite(uses.limit)] > 0).any():
        yield "an unlimited capacity has a price"


def _values(chain: SupplyChain, plan: Plan) -> Iterator[str]:
    loss = float(chain.margin @ plan.lost)
    if not _same(loss, plan.loss, loss):
        yield "the loss is not the lost demand at its margins"
    finite = np.isfinite(chain.stock)
    stock = float(plan.item[finite] @ chain.stock[finite])
    if plan.survival:
        yield from _survived(chain, plan, stock)
        return
    spared = np.maximum(plan.item - chain.margin, 0.0)
    demand = float((plan.item - spared) @ chain.demand) * plan.time
    capacity = bought(chain, plan) * plan.time
    if not _same(demand - stock - capacity, plan.loss, demand + float(chain.margin @ chain.demand) * plan.time):
        yield "the prices do not prove that the loss is the least"


def _survived(chain: SupplyChain, plan: Plan, stock: float) -> Iterator[str]:
    if plan.lost.any():
        yield "something is lost in a plan of survival"
    if plan.time < np.inf:
        demand, capacity = float(plan.item @ chain.demand), bought(chain, plan)
        if not _same(demand - capacity, 1.0, demand) or not _same(stock, plan.time, stock):
            yield "the prices do not prove that the survival is the longest"


def _in(time: float, limit: Floats) -> Floats:
    endless = np.isinf(limit)
    return np.where(endless, np.inf, np.where(endless, 0.0, limit) * time)


def _above(amount: Floats, most: Floats, usual: Floats) -> bool:
    return bool(np.any(amount > most + CLOSENESS * np.maximum(np.abs(amount), usual)))


def _same(one: float, other: float, scale: float) -> bool:
    return abs(one - other) <= CLOSENESS * max(abs(one), abs(other)) + _ROUNDING * abs(scale)
