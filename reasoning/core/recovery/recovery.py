"""M4: the loss while something recovers, how long stock and capacity bridge its absence, and the gap between.

The model of Simchi-Levi et al., Interfaces 45(5), 2015, as linear programs without integers. Material moves at once. A
node that has stopped makes nothing but still gives what it has in stock. A loss is demand that is not met.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.contingency import PlanLimits, even, nearest
from reasoning.core.recovery.network import Form, SupplyChain, form, part, units
from reasoning.core.recovery.program import NO_NODES, RecoveryProgram

NOTHING = 1e-10  # prices below this, relative to the greatest, are rounding
ENDLESS = 1e-9  # stock drawn less often than this, in stocks a unit of time, is never drawn
_IDLE = 1e-9  # relative to the need for an item: production of at most this is none
_MORE = 1e-7  # relative to a flow and to the usual need
_PRICES = ("item", "material", "rent", "shared")


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The best plan while some nodes stand still, and the prices that prove that nothing is better.

    Attributes:
        survival: Whether demand is met for the longest time; else least is lost in a given time.
        stopped: The nodes that stand still.
        time: For how long; infinite where stock is never needed, and then all amounts are for each unit of time.
        loss: The loss, in the margins' currency; 0 for a plan of survival.
        made: Units that each node makes.
        flow: Units on each arc.
        lost: Units of each node's demand that are not met.
        item: The worth of one more unit of each node's item: in currency, or in time for a plan of survival.
        material: The same for each material where it is needed.
        rent: The same for a unit of each node's capacity.
        shared: The same for a unit of each shared capacity.
    """

    survival: bool
    stopped: Integers
    time: float
    loss: float
    made: Floats
    flow: Floats
    lost: Floats
    item: Floats
    material: Floats
    rent: Floats
    shared: Floats


class Recovery:
    """The two programs of a chain, built when first needed. No result depends on earlier queries.

    Raises:
        ValueError: The chain's figures are out of range or do not fit together.
    """

    def __init__(self, chain: SupplyChain) -> None:
        self.chain = chain
        self._part = part(chain)
        self._form = form(self._part.chain)
        self._evens: dict[tuple[bool, float], Plan] = {}

    def loss(self, stopped: Integers, time: float) -> float:
        """The least loss while these nodes stand still.

        Args:
            stopped: The nodes.
            time: How long, finite and at least 0.

        Raises:
            ValueError: The time is negative or infinite.
            ArithmeticError: No optimum was found.
        """
        return self._at(time).loss(self._inside(stopped)) * self._form.worth * time if time else 0.0

    def survival(self, stopped: Integers) -> float:
        """The longest time in which all demand is met while these nodes stand still; infinite if for ever.

        Raises:
            ArithmeticError: No optimum was found.
        """
        return self._lasting(self._survival.least(self._inside(stopped)))

    def loss_plan(self, stopped: Integers, time: float) -> Plan:
        """The plan of the least loss, with its proof; arguments and raises as for `loss`."""
        if time == 0:
            rows, columns = self._form.matrix.shape
            return self._plan(stopped, 0.0, (np.zeros(columns), np.zeros(rows)))
        answer = self._at(time).at(self._inside(stopped))
        return self._plan(stopped, time, (answer.columns, answer.prices * self._form.worth))

    def survival_plan(self, stopped: Integers) -> Plan:
        """The plan of the longest survival, with its proof; raises as `survival` does."""
        answer = self._survival.at_least(self._inside(stopped))
        time = self._lasting(answer.frequency)
        plan = replace(self._plan(stopped, time, (answer.columns, answer.prices)), survival=True)
        return plan if time == np.inf else _normal(self.chain, plan)

    def undisrupted(self, plan: Plan) -> Plan:
        """The plan without the stop of another plan, in the same time, with parts as equal as possible.

        For a plan of least loss it is one of least loss; for a plan of survival it loses nothing.

        Raises:
            ArithmeticError: No optimum was found.
        """
        if (plan.survival, plan.time) not in self._evens:
            self._evens[plan.survival, plan.time] = self._even(plan)
        return self._evens[plan.survival, plan.time]

    def instead(self, plan: Plan, undisrupted: Plan) -> Plan:
        """A plan as good as another, at the same prices, that adds least to the undisrupted flows.

        If the undisrupted plan does without the stopped nodes, it is the result and nothing is solved.

        Args:
            plan: An optimal plan.
            undisrupted: What `undisrupted` gives for it.

        Raises:
            ArithmeticError: No optimum was found.
        """
        if plan.time == 0:
            return plan
        form, part = self._form, self._part
        scale = form.unit * _length(plan.time)
        stopped = self._inside(plan.stopped)
        if (undisrupted.made[part.nodes][stopped] <= _IDLE * scale[stopped]).all():
            made, lost = undisrupted.made.copy(), undisrupted.lost
            made[plan.stopped] = 0.0
            return replace(plan, made=made, flow=undisrupted.flow, lost=lost, loss=float(self.chain.margin @ lost))
        bill = part.chain.bill
        flow = undisrupted.flow[part.arcs] / (bill.quantity * scale[bill.maker])[bill.material]
        kept = self._kept(plan)
        return self._with(plan, kept, nearest(form, bill, kept, flow))

    def _even(self, plan: Plan) -> Plan:
        if plan.survival:  # no prices are needed to prove that nothing is lost
            nothing = {field: np.zeros_like(getattr(plan, field)) for field in _PRICES}
            base = replace(plan, survival=plan.time == np.inf, stopped=NO_NODES, **nothing)
        else:
            base = self.loss_plan(NO_NODES, plan.time)
        if plan.time == 0:
            return base
        kept = self._kept(replace(base, survival=plan.survival))
        return self._with(base, kept, even(self._form, self._part.chain.bill, kept))

    def _kept(self, plan: Plan) -> PlanLimits:
        form, nodes = self._form, self._part.nodes[self._form.sold]
        lost = plan.lost[nodes] / (form.unit[form.sold] * _length(plan.time))
        given = np.full(lost.size, fill_value=True) if plan.survival else form.cost > 0
        frequency = 0.0 if plan.time == np.inf else form.time / plan.time
        return PlanLimits(frequency, lost, given, self._inside(plan.stopped))

    def _with(self, plan: Plan, kept: PlanLimits, columns: Floats) -> Plan:
        made, flow, lost = self._amounts(plan.time, columns)
        given = _spread(kept.given, self._part.nodes[self._form.sold], lost.size) > 0
        return replace(plan, made=made, flow=flow, lost=np.where(given, plan.lost, lost))

    @cached_property
    def _loss(self) -> RecoveryProgram:
        return RecoveryProgram(self._form, self._form.cost)

    @cached_property
    def _survival(self) -> RecoveryProgram:
        program = RecoveryProgram(self._form, 1 / self._form.lost)
        program.begin(0.0)
        least = program.least(NO_NODES)
        if np.isfinite(least):
            program.begin(least)
        return program

    def _at(self, time: float) -> RecoveryProgram:
        if not 0 < time < np.inf:
            raise ValueError("a time to recover must be finite and at least 0")
        self._loss.begin(self._form.time / time)
        return self._loss

    def _lasting(self, frequency: float) -> float:
        return np.inf if frequency <= ENDLESS else self._form.time / frequency

    def _inside(self, stopped: Integers) -> Integers:
        """The numbers, within the demanded part, of the nodes that stop and are in it."""
        return np.flatnonzero(np.isin(self._part.nodes, stopped))

    def _plan(self, stopped: Integers, time: float, found: tuple[Floats, Floats]) -> Plan:
        form, whole, part = self._form, self.chain, self._part
        made, flow, lost = self._amounts(time, found[0])
        item, material, shared = _worths(form, part.chain, found[1])
        worths = (
            _spread(item, part.nodes, whole.stock.size),
            _spread(material, part.materials, whole.bill.maker.size),
            shared,
        )
        return Plan(
            survival=False,
            stopped=stopped,
            time=time,
            loss=float(whole.margin @ lost),
            made=made,
            flow=flow,
            lost=lost,
            item=worths[0],
            material=worths[1],
            rent=_rent(whole, stopped, worths),
            shared=shared,
        )

    def _amounts(self, time: float, columns: Floats) -> tuple[Floats, Floats, Floats]:
        """What is made, flows and is lost, in units."""
        form, whole, part = self._form, self.chain, self._part
        bill, scale = part.chain.bill, form.unit * _length(time)
        ends = np.cumsum([part.nodes.size, part.arcs.size, form.sold.size])
        made, flow, lost, _ = np.split(np.maximum(columns, 0.0), ends)
        return (
            _spread(made * scale, part.nodes, whole.stock.size),
            _spread(flow * (bill.quantity * scale[bill.maker])[bill.material], part.arcs, whole.bill.supplier.size),
            _spread(lost * scale[form.sold], part.nodes[form.sold], whole.stock.size),
        )


def added(chain: SupplyChain, plan: Plan, undisrupted: Plan) -> Integers:
    """The arcs on which more flows than undisrupted, by more than rounding."""
    bill = chain.bill
    usual = (bill.quantity * units(chain)[bill.maker])[bill.material] * _length(plan.time)
    more: Integers = np.flatnonzero(plan.flow - undisrupted.flow > _MORE * np.maximum(plan.flow, usual))
    return more


def _length(time: float) -> float:
    """The time that a plan's amounts are for."""
    return 1.0 if time == np.inf else time


def _spread(figures: Floats, places: Integers, size: int) -> Floats:
    """Figures at their indices in an array of zeros."""
    found = np.zeros(size)
    found[places] = figures
    return found


def _worths(form: Form, chain: SupplyChain, prices: Floats) -> tuple[Floats, Floats, Floats]:
    """The prices in units: of each node's item, of each material, of each shared capacity."""
    bill = chain.bill
    material, item, shared = np.split(prices, np.cumsum([bill.maker.size, chain.stock.size]))
    worth = np.where(item < -NOTHING, -item, 0.0) / form.unit
    value = np.maximum(material, 0.0) / (bill.quantity * form.unit[bill.maker])
    np.minimum.at(value, bill.material, worth[bill.supplier])  # no more than the item itself, not even by rounding
    return worth, value, np.where(shared < -NOTHING, -shared, 0.0) / form.shared


def _rent(chain: SupplyChain, stopped: Integers, worths: tuple[Floats, Floats, Floats]) -> Floats:
    """The worth of each node's capacity: its item's worth less materials and shared capacities."""
    item, material, shared = worths
    paid = paid_for(chain, material, shared)
    rent = np.where(np.isfinite(chain.capacity), np.maximum(item - paid, 0.0), 0.0)
    rent[stopped] = 0.0
    return rent


def _normal(chain: SupplyChain, plan: Plan) -> Plan:
    """The plan of survival with prices in time: at them, all stock that is drawn is worth how long it lasts."""
    whole = plan.item @ chain.demand - bought(chain, plan)
    worths = (plan.item, plan.material, plan.rent, plan.shared)
    item, material, rent, shared = (worth / whole if whole > 0 else worth for worth in worths)
    return replace(plan, item=item, material=material, rent=rent, shared=shared)


def bought(chain: SupplyChain, plan: Plan) -> float:
    """The worth of the capacities of a unit of time at a plan's prices."""
    own, together = plan.rent > 0, plan.shared > 0
    return float(plan.rent[own] @ chain.capacity[own] + plan.shared[together] @ chain.shared.limit[together])


def paid_for(chain: SupplyChain, material: Floats, shared: Floats) -> Floats:
    """The cost of one unit of each node's item in materials and shared capacities, at these prices.

    Args:
        chain: The supply chain.
        material: The price of each material.
        shared: The price of each shared capacity.
    """
    bill, uses, size = chain.bill, chain.shared, chain.stock.size
    found: Floats = np.bincount(bill.maker, bill.quantity * material, minlength=size).astype(np.float64)
    return found + np.bincount(uses.node, uses.use * shared[uses.resource], minlength=size)
