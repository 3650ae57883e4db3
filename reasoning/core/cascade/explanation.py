"""Explanations of M3: the binding chain, from a firm back in steps to a shocked firm.

At each hop the customer's loss is the sum over its binding input group of part × market share × loss of the supplier a
step before. The chain continues with the supplier that contributes most.
"""

from dataclasses import dataclass

import numpy as np

from reasoning.core.cascade.cascade import EXACT, ruled, scratch
from reasoning.core.cascade.kernel import TOUCHED, Shock, StopRule, clean, run
from reasoning.core.cascade.network import ESSENTIAL, NON_ESSENTIAL, Production, Supply
from reasoning.core.graph.network import Integers

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class BindingContribution:
    """What one supplier's loss takes from a customer: part × share × loss.

    Attributes:
        supplier: The supplier.
        part: Its part of the input group, or of all inputs for the non-essential ones.
        share: Its share of what is left of its market; 1 where no firm can replace it.
        loss: Its own loss a step before.
    """

    supplier: int
    part: float
    share: float
    loss: float

    @property
    def passed(self) -> float:
        """The loss that it adds to the customer's."""
        return self.part * self.share * self.loss


@dataclass(frozen=True, slots=True)
class BindingHop:
    """A customer's loss as the sum of the contributions to its binding input group.

    Attributes:
        customer: The customer.
        step: The step in which it reached this loss.
        loss: The loss.
        sector: The sector of the essential input; −1 for all non-essential inputs together.
        contributions: The contributions, greatest first.
    """

    customer: int
    step: int
    loss: float
    sector: int
    contributions: tuple[BindingContribution, ...]


@dataclass(frozen=True, slots=True)
class BindingChain:
    """The binding chain to a firm.

    A firm without a loss has no hops and is its own source. So is a firm whose shock is all of its loss.

    Attributes:
        focal: The firm.
        loss: Its downstream loss.
        source: The firm at which the chain begins, shocked from outside.
        hops: From the source to the focal firm.
    """

    focal: int
    loss: float
    source: int
    hops: tuple[BindingHop, ...]

    @property
    def firms(self) -> tuple[int, ...]:
        """The firms of the chain, from the source to the focal one."""
        return (self.source, *(hop.customer for hop in self.hops))


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """The losses by firm after a step, and the effective losses sent in it."""

    loss: dict[int, float]
    sent: dict[int, float]


def explain(production: Production, shocked: Shock, focal: int, *, rule: StopRule = EXACT) -> BindingChain:
    """The binding chain from a shocked firm to the focal firm.

    Args:
        production: The network.
        shocked: The scenario.
        focal: The firm whose loss is explained.
        rule: When the cascade ends.

    Raises:
        ValueError: The rule leaves growth out (δ > 0), so losses are not the sums of their contributions.
        ArithmeticError: The cascade did not end within the steps of the rule.
    """
    if rule.delta > 0:
        raise ValueError("only exact cascades (δ = 0) can be explained")
    states = _states(production, shocked, ruled(rule))
    loss = states[-1].loss.get(focal, 0.0)
    hops: list[BindingHop] = []
    firm, step = focal, len(states) - 1
    while (reached := _reached(states, firm, step)) > 0:
        hops.append(_hop(production, states, firm, reached))
        firm, step = hops[-1].contributions[0].supplier, reached - 1
    return BindingChain(focal, loss, firm, tuple(reversed(hops)))


def verify(production: Production, shocked: Shock, chain: BindingChain, *, rule: StopRule = EXACT) -> bool:
    """Whether a chain follows from the network.

    Every part is recomputed from the values of the links, and every share from the outputs and losses of the market.
    Every loss is recomputed from the contributions to it, and by running the cascade again.

    Args:
        production: The network.
        shocked: The scenario.
        chain: The chain to check.
        rule: When the cascade ends.

    Raises:
        ArithmeticError: The cascade did not end within the steps of the rule.
    """
    states = _states(production, shocked, ruled(rule))
    if not _same(states[-1].loss.get(chain.focal, 0.0), chain.loss) or chain.firms[-1] != chain.focal:
        return False
    loss, firm = states[0].loss.get(chain.source, 0.0), chain.source
    for hop in chain.hops:
        known = hop.contributions[0].supplier == firm and _same(hop.contributions[0].loss, loss)
        if not known or not _holds(production, states[hop.step - 1], hop):
            return False
        firm, loss = hop.customer, hop.loss
    return _same(loss, chain.loss)


def _states(production: Production, shocked: Shock, rule: StopRule) -> list[_State]:
    """The state after each step from 0. A cascade that is cut off after a step is the same up to there."""
    work = scratch(production.graph)
    states: list[_State] = []
    for steps in range(rule.steps + 1):
        ended = run(production.graph, work, shocked, rule._replace(steps=steps))
        touched: Integers = work.down.touched[: work.down.tally[TOUCHED]].astype(np.int64)
        firms = touched.tolist()
        losses, sent = work.down.level[touched].tolist(), work.down.sent[touched].tolist()
        states.append(_State(dict(zip(firms, losses, strict=True)), dict(zip(firms, sent, strict=True))))
        clean(production.graph, work)
        if ended >= 0:
            return states
    raise ArithmeticError(f"the cascade did not end within {rule.steps} steps")


def _reached(states: list[_State], firm: int, step: int) -> int:
    """The first step after which a firm had the loss that it has after this step."""
    loss = states[step].loss.get(firm, 0.0)
    return next(earlier for earlier in range(step + 1) if states[earlier].loss.get(firm, 0.0) == loss)


def _hop(production: Production, states: list[_State], customer: int, step: int) -> BindingHop:
    direction = production.graph.down
    groups = range(int(direction.first[customer]), int(direction.first[customer + 1]))
    found = [_contributions(production, states, group, step) for group in groups]
    sums = [sum(each.passed for each in contributions) for contributions in found]
    best = sums.index(max(sums))
    sector = int(production.group_input[groups[best]])
    return BindingHop(customer, step, states[step].loss[customer], sector, found[best])


def _contributions(
    production: Production, states: list[_State], group: int, step: int
) -> tuple[BindingContribution, ...]:
    """What the suppliers of an input group add in a step, greatest first, without suppliers that lose nothing."""
    direction = production.graph.down
    edges = slice(int(direction.back_start[group]), int(direction.back_start[group + 1]))
    parts: dict[int, float] = {}
    for supplier, part in zip(direction.back[edges].tolist(), direction.back_part[edges].tolist(), strict=True):
        parts[supplier] = parts.get(supplier, 0.0) + part
    losses, sent = states[step - 1].loss, states[step].sent
    found = [
        BindingContribution(supplier, part, sent[supplier] / losses[supplier], losses[supplier])
        for supplier, part in parts.items()
        if losses.get(supplier, 0.0) > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.passed, each.supplier)))


def _holds(production: Production, before: _State, hop: BindingHop) -> bool:
    """Whether a hop's figures follow from the network and the losses a step before."""
    found = production.supply
    parts = _parts(found, hop)
    return _same(min(1.0, sum(each.passed for each in hop.contributions)), hop.loss) and all(
        _same(each.part, parts.get(each.supplier, 0.0))
        and _same(each.loss, before.loss.get(each.supplier, 0.0))
        and _same(each.share, _share(production, before, each.supplier))
        for each in hop.contributions
    )


def _parts(found: Supply, hop: BindingHop) -> dict[int, float]:
    """Each supplier's part of an input group, from the values of the links."""
    bought = found.customer == hop.customer
    supplier, value = found.supplier[bought], found.value[bought]
    sector = found.sector[supplier]
    kind = found.inputs[sector, found.sector[hop.customer]]
    used = (kind == ESSENTIAL) & (sector == hop.sector) if hop.sector >= 0 else kind == NON_ESSENTIAL
    whole = value[used].sum() if hop.sector >= 0 else value.sum()
    return {firm: float(value[used & (supplier == firm)].sum() / whole) for firm in set(supplier[used].tolist())}


def _share(production: Production, before: _State, firm: int) -> float:
    """The firm's share of what is left of its market; 1 where it exceeds all the rest, or nothing is left."""
    members = np.flatnonzero(production.supply.markets == production.supply.markets[firm])
    lost = np.array([before.loss.get(member, 0.0) for member in members.tolist()])
    left = float((production.output[members] * (1 - lost)).sum())
    output = float(production.output[firm])
    return output / left if output < left else 1.0


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE
