"""The whole interval of a buyer's exposure: M1's interval, widened by unknown shares and unknown suppliers.

M1's [low, high] (`reasoning.exposure.scoring`) covers the known network. What is unknown is not safe. Where no claim
gives the shares of a customer's need, all of it may be with its worst supplier. Anything may be behind a firm without
known suppliers. Both ends are exact solutions (`reasoning.core.linear.bounds`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.core.execution.cancellation import checkpoint
from reasoning.core.graph.network import Floats
from reasoning.core.linear.bounds import End, Known, extreme, policy
from reasoning.core.linear.leontief import ALPHA, walks
from reasoning.exposure.snapshot import NetworkView, Snapshot
from reasoning.network.links import EQUAL
from reasoning.risk.own_risk import weighted
from reasoning.scenarios.overlay import closed_in


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a buyer's exposure; 0 ≤ low ≤ high ≤ 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """High minus low."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """The middle between both ends."""
        return (self.low + self.high) / 2


class Uncertainty:
    """A buyer's whole interval, and how much each node's own risk moves its ends.

    Raises:
        NotConvergedError: The ends did not converge.
    """

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        checkpoint()
        self.snapshot = snapshot
        self.buyer = snapshot.facts.of(buyer)
        self.view: NetworkView = snapshot.whole
        self._start = snapshot.index.get(self.buyer)
        self.known = {end: _known(snapshot, self.view, self._start, end) for end in _ENDS}
        self.solved = {end: self._solve(self.known[end], end) for end in _ENDS}

    @property
    def interval(self) -> Interval:
        """The whole interval. Without known suppliers it is [0, α]: all but the buyer's own part is open."""
        if self._start is None:
            return Interval(0.0, ALPHA if self.buyer not in closed_in(self.snapshot) else 0.0)
        return Interval(float(self.solved["low"][self._start]), float(self.solved["high"][self._start]))

    @property
    def has_suppliers(self) -> bool:
        """Whether any supplier of the buyer is known."""
        net = self.view.net
        return self._start is not None and bool(net.start[self._start + 1] > net.start[self._start])

    @property
    def known_interval(self) -> Interval:
        """M1's interval: of the known network, with shares by the weights of links."""
        if self._start is None:
            return Interval(0.0, 0.0)
        return Interval(*(float(self.of_known(end)[self._start]) for end in _ENDS))

    def of_known(self, end: End) -> Floats:
        """The end of M1's interval of every node."""
        nothing = np.zeros(self.view.net.size, dtype=np.bool_)
        return self._solve(replace(self.known[end], unsure=nothing, unseen=nothing), end)

    def flow(self, end: End) -> Floats:
        """The change of the end for a unit of own risk at each node, (1−α) included, at the shares that solve it."""
        chosen = policy(self.view.net, self.known[end], self.solved[end], end)
        return self._walks(chosen)

    def known_flow(self, end: End) -> Floats:
        """The same for M1's interval."""
        return self._walks(self.known[end].share)

    def _walks(self, share: Floats) -> Floats:
        net = self.view.net
        return np.zeros(net.size) if self._start is None else walks(net, share, self._start)

    def tiers(self) -> Mapping[EntityId, int]:
        """Every node upstream of the buyer and its tier."""
        return {} if self._start is None else self.snapshot.tiers(self.buyer)

    def _solve(self, known: Known, end: End) -> Floats:
        try:
            return extreme(self.view.net, known, end)
        except ArithmeticError as error:
            raise NotConvergedError(str(error), fix="check the weights of the supply links") from error


_ENDS: tuple[End, End] = ("low", "high")
_PLACE: Mapping[End, int] = {"low": 0, "high": 2}  # of an end in bounds


def _known(snapshot: Snapshot, view: NetworkView, start: int | None, end: End) -> Known:
    """What is known at one end. The buyer's own risk does not count, as in M1."""
    risk = np.array([weighted(snapshot.risks.of(entity), _PLACE[end]) for entity in snapshot.nodes], dtype=np.float64)
    if start is not None:
        risk[start] = 0.0
    units, closed = snapshot.links.units, closed_in(snapshot)
    count = view.net.start[1:] - view.net.start[:-1]
    equal = np.array([entity in units and units[entity].name == EQUAL for entity in snapshot.nodes], dtype=np.bool_)
    done = np.array([entity in closed for entity in snapshot.nodes], dtype=np.bool_)
    return Known(
        share=view.low if end == "low" else view.high,
        carry=_carry(view, end),
        risk=risk,
        unsure=equal & (count > 1),
        unseen=(count == 0) & ~done,
    )


def _carry(view: NetworkView, end: End) -> Floats:
    """The part of a loss that an edge passes on if it carries all of the need; at the low end an inferred one none."""
    if end == "high":
        return np.array([max(link.passes for link in links) for links in view.links], dtype=np.float64)
    passes = (min(link.passes * link.belief[0] for link in links) for links in view.links)
    return np.array(list(passes), dtype=np.float64)
