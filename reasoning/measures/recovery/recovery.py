"""M4 over a store: the loss while a supplier, site or country recovers, and how long a buyer survives the stop.

Inputs are bills of material, stocks, capacities, demand and times to recover. Unknown inputs make each figure a range,
at their best and at their worst (`chains`). Import this module late: it imports HiGHS.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import get_args

import numpy as np

from ontology.errors import InputError, NotConvergedError
from ontology.records import EntityId
from reasoning.core.graph.network import Integers
from reasoning.core.recovery.network import SupplyChain
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.proof import verify as faults_of
from reasoning.core.recovery.recovery import Plan, Recovery, added, paid_for
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.bills import ItemHolder, claimed, recovery_days
from reasoning.measures.recovery.answer import (
    DECLARED,
    By,
    Delivery,
    Limit,
    Range,
    Reason,
    Recoveries,
    RecoveryStop,
    RecoveryTerms,
)
from reasoning.measures.recovery.chains import Chains, chains
from reasoning.network.facts import Facts
from reasoning.network.sites import operator
from reasoning.risk.own_risk import places

CLOSENESS = 1e-7


def measure(snapshot: Snapshot, buyer: EntityId, *, terms: RecoveryTerms = DECLARED) -> Recoveries:
    """What a buyer loses by each stop until recovery, and how long it survives it.

    Args:
        snapshot: The facts and links.
        buyer: The buyer.
        terms: The parameters.

    Raises:
        NotGivenError: The demand for what it sells, or the quantity of an input, is not given.
        InputError: A number of days is negative, infinite or NaN.
        NotConvergedError: A cycle of the bills of material takes as much as it gives, or no optimum was found.
    """
    _check(terms)
    return Recovering(snapshot, buyer, cover=terms.cover).stops(terms)


class Recovering:
    """M4 of one buyer; its chain is built once. Raises as `measure` does."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId, *, cover: float = math.inf) -> None:
        self._snapshot = snapshot
        self._facts = snapshot.facts
        self.buyer = snapshot.facts.of(buyer)
        self.chains = chains(claimed(snapshot, self.buyer), cover)
        self._best = Recovery(self.chains.best)
        self._worst = self._best if self.chains.worst is self.chains.best else Recovery(self.chains.worst)

    def stops(self, terms: RecoveryTerms = DECLARED) -> Recoveries:
        """What the buyer loses by each stop."""
        groups = _groups(self._facts, self.chains.claimed.nodes, self.buyer, terms.by)
        try:
            found = [self._stop(entity, nodes, terms.days) for entity, nodes in sorted(groups.items())]
            ordered = sorted(_indexed(found), key=_rank)
            explained = map(self._explained, ordered[: terms.explained])
            listed = (*explained, *ordered[terms.explained :])
        except ArithmeticError as error:
            raise NotConvergedError(str(error), fix="check the quantities, stocks and capacities") from error
        return Recoveries(
            buyer=self.buyer,
            revision=self._snapshot.revision,
            by=terms.by,
            currency=self.chains.claimed.currency,
            stops=listed,
            gaps=self.chains.claimed.gaps,
            chains=self.chains,
        )

    def _stop(self, entity: EntityId, nodes: Integers, assumed: float | None) -> RecoveryStop:
        known = recovery_days(self._facts, entity)
        days = assumed if known is None else known
        survival = Range(self._best.survival(nodes), self._worst.survival(nodes))
        loss = undisrupted = gap = None
        if days is not None:
            loss = Range(self._best.loss(nodes, days), self._worst.loss(nodes, days))
            undisrupted = Range(self._best.loss(NO_NODES, days), self._worst.loss(NO_NODES, days))
            gap = Range(days - survival.best, days - survival.worst)
        stopped = tuple(self.chains.claimed.nodes[node] for node in nodes.tolist())
        return RecoveryStop(
            entity=entity,
            stopped=stopped,
            days=days,
            assumed=known is None and days is not None,
            loss=loss,
            undisrupted=undisrupted,
            survival=survival,
            gap=gap,
            index=None,
            losing=None,
            lasting=None,
        )

    def _explained(self, one: RecoveryStop) -> RecoveryStop:
        index = {node: number for number, node in enumerate(self.chains.claimed.nodes)}
        nodes = np.array([index[node] for node in one.stopped], dtype=np.int64)
        losing = None if one.days is None else self._reason(self._worst.loss_plan(nodes, one.days))
        return replace(one, losing=losing, lasting=self._reason(self._worst.survival_plan(nodes)))

    def _reason(self, plan: Plan) -> Reason:
        base = self._worst.undisrupted(plan)
        return reason(self.chains, self._worst.instead(plan, base), base)


def reason(made: Chains, plan: Plan, undisrupted: Plan) -> Reason:
    """What a plan states, in terms of firms and products.

    Args:
        made: The chain.
        plan: The plan.
        undisrupted: The plan without the stop.
    """
    limits = sorted(_limits(made, plan), key=lambda one: (-one.amount * one.worth, -one.worth, one.holder, one.product))
    nodes = made.claimed.nodes
    return Reason(
        days=plan.time,
        demanded=_demanded(made.worst, plan),
        limits=tuple(limits),
        contingency=_contingency(made, plan, undisrupted),
        lost={nodes[node].product: float(plan.lost[node]) for node in np.flatnonzero(plan.lost).tolist()},
        plan=plan,
        undisrupted=undisrupted,
    )


def _contingency(made: Chains, plan: Plan, undisrupted: Plan) -> tuple[Delivery, ...]:
    nodes, bill = made.claimed.nodes, made.worst.bill
    less = np.zeros(bill.maker.size, dtype=np.bool_)
    less[bill.material[added(made.worst, undisrupted, plan)]] = True
    found = [
        Delivery(giver, taker, float(plan.flow[arc]), float(undisrupted.flow[arc]))
        for arc in added(made.worst, plan, undisrupted).tolist()
        for giver, taker in [(nodes[int(bill.supplier[arc])], nodes[int(bill.maker[bill.material[arc]])])]
        if giver.holder != taker.holder or less[bill.material[arc]]
    ]
    return tuple(sorted(found, key=lambda one: (one.undisrupted - one.units, one.giver, one.taker)))


def verify(found: Recoveries) -> tuple[str, ...]:
    """What does not follow from the reasons and the chain; empty if all does. Nothing is solved again."""
    return tuple(f"{one.entity}: {fault}" for one in found.stops for fault in _faults(one, found.chains))


def _check(terms: RecoveryTerms) -> None:
    if terms.by not in get_args(By):
        raise InputError(f"there are no stops by {terms.by}", fix=f"use by {', '.join(get_args(By))}")
    days = 0.0 if terms.days is None else terms.days
    if not 0 <= days < math.inf or not terms.cover >= 0 or terms.explained < 0:
        raise InputError(
            "days and counts must be at least 0", fix="give days to recover that are finite and not negative"
        )


def _groups(facts: Facts, nodes: tuple[ItemHolder, ...], buyer: EntityId, by: By) -> Mapping[EntityId, Integers]:
    """The nodes that stop with each firm, site or region. The buyer as a whole is not a stop of its suppliers."""
    found: dict[EntityId, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for entity in _stopping(facts, node, by):
            found[entity].append(number)
    found.pop(buyer, None)
    return {entity: np.array(numbers, dtype=np.int64) for entity, numbers in found.items()}


def _stopping(facts: Facts, node: ItemHolder, by: By) -> Iterator[EntityId]:
    if by == "supplier":
        yield operator(facts, node.holder)
    elif by == "site" and node.makes and facts.kind(node.holder) == "Site":
        yield node.holder
    elif by == "country" and node.makes:
        yield from (place for place in places(facts, node.holder) if facts.kind(place) == "Region")


def _indexed(found: list[RecoveryStop]) -> Iterator[RecoveryStop]:
    """The stops, each with its loss relative to the greatest: best to best and worst to worst."""
    losses = [one.loss for one in found if one.loss is not None]
    best = max((loss.best for loss in losses), default=0.0) or 1.0
    worst = max((loss.worst for loss in losses), default=0.0) or 1.0
    for one in found:
        loss = one.loss
        yield one if loss is None else replace(one, index=Range(loss.best / best, loss.worst / worst))


def _rank(one: RecoveryStop) -> tuple[float, float, float, EntityId]:
    loss = one.loss
    return (1.0 if loss is None else -loss.worst, 0.0 if loss is None else -loss.best, one.survival.worst, one.entity)


def _demanded(chain: SupplyChain, plan: Plan) -> float:
    if plan.survival:
        return float(plan.item @ chain.demand)
    return float(np.minimum(plan.item, chain.margin) @ chain.demand) * plan.time


def _limits(made: Chains, plan: Plan) -> Iterator[Limit]:
    chain, nodes, claims = made.worst, made.claimed.nodes, made.claimed.claims
    time = 1.0 if plan.survival else plan.time
    cost = paid_for(chain, plan.material, plan.shared)
    for node, (holder, product, _) in enumerate(nodes):
        cited = claims[nodes[node]]
        if plan.item[node] > 0 and chain.stock[node] > 0:
            yield Limit("stock", holder, product, float(chain.stock[node]), float(plan.item[node]), cited)
        if plan.rent[node] > 0:
            yield Limit("capacity", holder, product, float(chain.capacity[node]) * time, float(plan.rent[node]), cited)
    for node in plan.stopped.tolist():
        gain = float(plan.item[node] - cost[node])
        if gain > CLOSENESS * float(plan.item[node]):
            yield Limit("stopped", nodes[node].holder, nodes[node].product, 0.0, gain, claims[nodes[node]])
    for place in np.flatnonzero(plan.shared > 0).tolist():
        amount, worth = float(chain.shared.limit[place]) * time, float(plan.shared[place])
        users = (node for node in nodes if node.makes and node.holder == made.producers[place])
        cited = tuple(sorted({claim for node in users for claim in claims[node]}))
        yield Limit("capacity", made.producers[place], "", amount, worth, cited)


def _faults(one: RecoveryStop, made: Chains) -> Iterator[str]:
    if one.gap is not None and one.days is not None:
        expected = (one.days - one.survival.best, one.days - one.survival.worst)
        if (one.gap.best, one.gap.worst) != expected:
            yield "the gap is not the days to recover less those survived"
    if one.survival.best < one.survival.worst * (1 - CLOSENESS):
        yield "it survives longer at worst than at best"
    if one.loss is not None and one.loss.best > one.loss.worst * (1 + CLOSENESS) + _least(one, made):
        yield "it loses more at best than at worst"
    if one.lasting is not None:
        yield from _faults_of_survival(one, one.lasting, made)
    if one.losing is not None and one.loss is not None:
        yield from _faults_of_loss(one.loss.worst, one.losing, made)


def _faults_of_survival(one: RecoveryStop, stated: Reason, made: Chains) -> Iterator[str]:
    yield from faults_of(made.worst, stated.plan)
    is_close = partial(math.isclose, rel_tol=CLOSENESS)
    if not is_close(stated.days, one.survival.worst):
        yield "the time of the plan is not the survival"
    if stated.days < math.inf:
        stock = math.fsum(limit.amount * limit.worth for limit in stated.limits if limit.kind == "stock")
        capacity = math.fsum(limit.amount * limit.worth for limit in stated.limits if limit.kind == "capacity")
        if not is_close(stock, stated.days) or not is_close(stated.demanded, 1 + capacity):
            yield "what limits survival does not add up to it"
    yield from _faults_of_terms(stated, made)


def _faults_of_loss(loss: float, stated: Reason, made: Chains) -> Iterator[str]:
    yield from faults_of(made.worst, stated.plan)
    limited = math.fsum(limit.amount * limit.worth for limit in stated.limits)
    whole = float(made.worst.margin @ made.worst.demand) * stated.days
    if abs(stated.demanded - limited - loss) > CLOSENESS * max(loss, stated.demanded * 1e-3, whole * 1e-6):
        yield "what limits the loss does not add up to it"
    lost = math.fsum(stated.plan.lost * made.worst.margin)
    if abs(lost - loss) > CLOSENESS * max(loss, whole * 1e-3):
        yield "the lost demand is not worth the loss"
    yield from _faults_of_terms(stated, made)


def _faults_of_terms(stated: Reason, made: Chains) -> Iterator[str]:
    """Whether limits, deliveries and losses are those of the plan."""
    limits = {(one.kind, one.holder, one.product): one for one in _limits(made, stated.plan)}
    if limits != {(one.kind, one.holder, one.product): one for one in stated.limits}:
        yield "the limits are not those of the plan"
    if stated.contingency != _contingency(made, stated.plan, stated.undisrupted):
        yield "the deliveries are not those that exceed the undisrupted ones"
    if stated.undisrupted.stopped.size or stated.undisrupted.time != stated.plan.time:
        yield "the undisrupted plan has a stop, or another time"
    yield from (f"undisrupted, {fault}" for fault in faults_of(made.worst, stated.undisrupted))


def _least(one: RecoveryStop, made: Chains) -> float:
    return CLOSENESS * CLOSENESS * float(made.worst.margin @ made.worst.demand) * (one.days or 0.0)
