"""M3 over a store, all firms: the share of a buyer's whole network that is lost when each of its firms closes (ESRI).

The network is the buyer, all firms upstream of it, and the links to any of these. A firm's weight is its sales in the
network. For a firm without customers there, such as the buyer, output is not known and its purchases are used instead.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.cascade.cascade import close_each, shock, spread
from reasoning.core.cascade.network import ESSENTIAL, NON_ESSENTIAL, Supply
from reasoning.core.closeness import CLOSENESS
from reasoning.core.execution.executor import CALLING_THREAD, Executor
from reasoning.core.graph.network import Floats
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.cascade.production_network import RULE, CascadeNetwork, mapped, not_ended
from reasoning.network.citations import claims_of, evidence_of
from reasoning.network.links import Link

EXPLAINED = 20  # so many of the greatest come with the losses of firms


@dataclass(frozen=True, slots=True)
class FirmLoss:
    """What a firm loses when another closes.

    Attributes:
        firm: The firm.
        downstream: The loss because it is no longer supplied, in [0, 1].
        upstream: The loss because it no longer sells, in [0, 1].
    """

    firm: EntityId
    downstream: float
    upstream: float

    @property
    def loss(self) -> float:
        """The greater of the two."""
        return max(self.downstream, self.upstream)


@dataclass(frozen=True, slots=True)
class Closure:
    """What the closing of one firm takes from the network.

    Attributes:
        firm: The firm.
        tier: The fewest links from the buyer; 0 for the buyer.
        weight: The firm's own share of the network's weight.
        total: The share of the weight that is lost: the Economic Systemic Risk Index.
        downstream: The share lost downstream alone.
        upstream: The share lost upstream alone.
        steps: The steps of the cascade.
        losses: The losses of firms, itself first and then the greatest; empty beyond the greatest indices.
    """

    firm: EntityId
    tier: int
    weight: float
    total: float
    downstream: float
    upstream: float
    steps: int
    losses: tuple[FirmLoss, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Systemic:
    """What each firm's closing takes from the buyer's network, greatest first, ties by id.

    Attributes:
        buyer: The buyer.
        revision: The store's revision.
        unit: The unit of sales.
        weights: Each firm's share of the network's weight; they sum to 1, or to 0 if nothing is traded.
        closures: The closures.
        nodes: The firms of the network: firm v is `nodes[v]`.
        supply: The network.
        links: The links: edge e is `links[e]`.
    """

    buyer: EntityId
    revision: int
    unit: str
    weights: Mapping[EntityId, float]
    closures: tuple[Closure, ...]
    nodes: tuple[EntityId, ...]
    supply: Supply
    links: tuple[Link, ...]

    def cited(self, firm: EntityId) -> tuple[tuple[ClaimId, ...], tuple[EvidenceId, ...]]:
        """The claims of a firm's own sales in the network, over which its closing spreads, and their evidence."""
        mine = [link for link in self.links if link.supplier == firm]
        return claims_of(mine), evidence_of(mine)


def measure(
    snapshot: Snapshot,
    buyer: EntityId,
    *,
    only: EntityId | None = None,
    explained: int = EXPLAINED,
    executor: Executor = CALLING_THREAD,
) -> Systemic:
    """What each firm's closing takes from a buyer's network.

    Args:
        snapshot: The links.
        buyer: The buyer.
        only: Close this firm only.
        explained: How many of the greatest closures come with the losses of firms.
        executor: Runs the cascades.

    Raises:
        NotFoundError: The firm `only` is not in the buyer's network.
        NotConvergedError: A cascade did not end.
    """
    buyer = snapshot.facts.of(buyer)
    tiers = {buyer: 0, **snapshot.upstream(buyer)} if buyer in snapshot.index else {}
    found = mapped(snapshot, buyer, [link for link in snapshot.links.counted if link.customer in tiers])
    weight = _weights(found.production.supply)
    firms = np.array(sorted(snapshot.index[firm] for firm in tiers), dtype=np.int64)
    closed = firms if only is None else np.array([snapshot.index[_inside(only, tiers, snapshot)]], dtype=np.int64)
    shares = weight / (weight.sum() or 1.0)
    try:
        ran = close_each(found.production, closed, weight=weight, rule=RULE, executor=executor)
        closures = [
            Closure(
                firm=snapshot.nodes[firm],
                tier=tiers[snapshot.nodes[firm]],
                weight=float(shares[firm]),
                total=float(ran.total[place]),
                downstream=float(ran.downstream[place]),
                upstream=float(ran.upstream[place]),
                steps=int(ran.steps[place]),
                losses=(),
            )
            for place, firm in enumerate(closed.tolist())
        ]
        closures.sort(key=lambda one: (-one.total, one.firm))
        with_losses = [_explained(one, found, snapshot) for one in closures[:explained]]
    except ArithmeticError as error:
        raise not_ended(error) from error
    return Systemic(
        buyer=buyer,
        revision=snapshot.revision,
        unit=found.unit,
        weights={snapshot.nodes[firm]: float(shares[firm]) for firm in firms.tolist()},
        closures=(*with_losses, *closures[explained:]),
        nodes=tuple(snapshot.nodes),
        supply=found.production.supply,
        links=found.links,
    )


def verify(found: Systemic) -> tuple[str, ...]:
    """What does not follow from the network: weights, indices and losses; empty if all does."""
    return tuple(_faults(found))


def _faults(found: Systemic) -> Iterator[str]:
    weight = _weights(found.supply)
    shares = dict(zip(found.nodes, (weight / (weight.sum() or 1.0)).tolist(), strict=True))
    if any(abs(shares[firm] - stated) > CLOSENESS for firm, stated in found.weights.items()):
        yield "the weights do not follow from the sales"
    if any(shares[firm] > 0 and firm not in found.weights for firm in shares):
        yield "a firm of the network has no weight"
    totals = [one.total for one in found.closures]
    if totals != sorted(totals, reverse=True):
        yield "the indices are not in falling order"
    step = _Step(found.supply)
    index = {firm: place for place, firm in enumerate(found.nodes)}
    for one in found.closures:
        if one.weight != found.weights.get(one.firm):
            yield f"{one.firm}: its weight is not that of the network"
        yield from (f"{one.firm}: {fault}" for fault in _faults_of_closure(one, found.weights))
        if one.losses:
            yield from (f"{one.firm}: {fault}" for fault in step.faults(one, index))


def _faults_of_closure(one: Closure, weights: Mapping[EntityId, float]) -> Iterator[str]:
    if max(one.downstream, one.upstream) > one.total + CLOSENESS or one.total > 1 + CLOSENESS:
        yield "one direction takes more than both together"
    if one.losses:
        parts = (
            ("total", one.total, math.fsum(weights.get(each.firm, 0.0) * each.loss for each in one.losses)),
            (
                "downstream",
                one.downstream,
                math.fsum(weights.get(each.firm, 0.0) * each.downstream for each in one.losses),
            ),
            ("upstream", one.upstream, math.fsum(weights.get(each.firm, 0.0) * each.upstream for each in one.losses)),
        )
        yield from (f"the losses do not add up to {name}" for name, one, sums in parts if abs(one - sums) > CLOSENESS)


class _Step:
    """One more step of the cascade for all firms at once: after a complete cascade it changes nothing."""

    def __init__(self, supply: Supply) -> None:
        used = supply.value > 0
        self._supplier, self._customer = supply.supplier[used], supply.customer[used]
        self._value = supply.value[used]
        self._size = supply.size
        kind = supply.inputs[supply.sector[self._supplier], supply.sector[self._customer]]
        sectors = len(supply.inputs) + 1
        group = np.where(kind == ESSENTIAL, supply.sector[self._supplier] + 1, 0) + self._customer * sectors
        key, self._group = np.unique(group, return_inverse=True)
        self._owner = key // sectors
        self._kept = np.isin(kind, (ESSENTIAL, NON_ESSENTIAL))
        bought = np.bincount(self._customer, self._value, minlength=self._size)
        alike = np.bincount(self._group, self._value, minlength=key.size)
        self._whole = np.where(kind == ESSENTIAL, alike[self._group], bought[self._customer])
        self._sold = np.bincount(self._supplier, self._value, minlength=self._size)

    def faults(self, one: Closure, index: Mapping[EntityId, int]) -> Iterator[str]:
        """The losses that do not follow from those of suppliers, or of customers."""
        down, up, closed = np.zeros(self._size), np.zeros(self._size), np.zeros(self._size)
        for each in one.losses:
            down[index[each.firm]], up[index[each.firm]] = each.downstream, each.upstream
        closed[index[one.firm]] = 1.0
        passed = np.where(self._kept, self._value / self._whole * down[self._supplier], 0.0)
        again_down = closed.copy()
        np.maximum.at(again_down, self._owner, np.bincount(self._group, passed, minlength=self._owner.size))
        unsold = self._value / self._sold[self._supplier] * up[self._customer]
        again_up = np.maximum(closed, np.bincount(self._supplier, unsold, minlength=self._size))
        for name, stated, again in (("supplied", down, again_down), ("bought", up, again_up)):
            if float(np.abs(stated - np.minimum(1.0, again)).max(initial=0.0)) > RULE.epsilon + CLOSENESS:
                yield f"the losses by what is no longer {name} do not follow from each other"


def _inside(firm: EntityId, tiers: Mapping[EntityId, int], snapshot: Snapshot) -> EntityId:
    wanted = snapshot.facts.of(firm)
    if wanted in tiers:
        return wanted
    fix = "name one of the firms that the measure lists"
    raise NotFoundError(f"{firm} is not in the supply network of the buyer", fix=fix, id=firm)


def _explained(one: Closure, found: CascadeNetwork, snapshot: Snapshot) -> Closure:
    ran = spread(found.production, shock([snapshot.index[one.firm]]), rule=RULE)
    rows = zip(ran.firms.tolist(), ran.downstream.tolist(), ran.upstream.tolist(), strict=True)
    losses = [FirmLoss(snapshot.nodes[firm], down, up) for firm, down, up in rows]
    losses.sort(key=lambda each: (each.firm != one.firm, -each.loss, each.firm))
    return replace(one, losses=tuple(losses))


def _weights(supply: Supply) -> Floats:
    """What each firm sells, or what it buys if it sells nothing."""
    sold = np.bincount(supply.supplier, supply.value, minlength=supply.size)
    bought = np.bincount(supply.customer, supply.value, minlength=supply.size)
    found: Floats = np.where(sold > 0, sold, bought).astype(np.float64)
    return found
