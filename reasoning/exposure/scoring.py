"""Scoring: M1 of a buyer over a snapshot, attributed to its suppliers, with paths, interval and coverage."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.core.execution.cancellation import checkpoint
from reasoning.core.graph.network import UNREACHED, Floats, Integers, Network, longest, network, reaching, shortest
from reasoning.core.linear.leontief import tiers, walks
from reasoning.core.linear.paths import Walk, heaviest
from reasoning.exposure.exposure import CategoryPart, Exposure, ExposurePath, PathHop
from reasoning.exposure.snapshot import NetworkView, Snapshot
from reasoning.network.links import Link
from reasoning.risk.own_risk import OwnRisk, weighted
from reasoning.risk.weights import CATEGORIES, UNKNOWN, WEIGHTS

MOST_BEHIND_CYCLE = 100  # paths to a supplier if a cycle makes their number endless
MOST_WALKS = 200_000  # paths of all suppliers together
DEEPEST = 64  # tiers told apart if a cycle makes their number endless
NOISE = 1e-12  # a remainder below this is rounding

Reached = tuple[int, int | None, tuple[float, float, float]]  # of a supplier: the tier, the most links and the reach


@dataclass(frozen=True, slots=True)
class Totals:
    """A buyer's whole exposure: the sum over its suppliers. Every figure is in [0, 1].

    Attributes:
        score: The estimate.
        low: The lower end.
        high: The upper end.
        coverage: The share of known risk, weighted by the share of the buyer's need that ends at each supplier.
        by_category: (low, score, high) of each category.
        by_tier: The part of the score over walks of 1, 2, … links. They add up to the score. If a cycle makes walks
        endless, walks of more than 64 links are left out.
    """

    score: float
    low: float
    high: float
    coverage: float
    by_category: Mapping[EntityId, tuple[float, float, float]]
    by_tier: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Upstream:
    """The network upstream of a buyer.

    Attributes:
        entities: The entity of each node; node 0 is the buyer.
        net: The links.
        share: The share of each link.
    """

    entities: tuple[EntityId, ...]
    net: Network
    share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class NetworkReach:
    """What scoring derives from a network alone, whatever the own risks.

    Attributes:
        view: The network.
        tier: By node, the fewest links from the buyer.
        longest: By node, the most links.
        reach: By node, the walks that end there, for low, estimate and high shares.
        nodes: The nodes of each supplier.
    """

    view: NetworkView
    tier: Integers
    longest: Integers
    reach: tuple[Floats, ...]
    nodes: Mapping[EntityId, tuple[int, ...]]


class Scoring:
    """M1 of one buyer.

    Args:
        snapshot: The links and risks.
        buyer: The buyer.
        product: Narrows the first hop to this product, and later hops to its known inputs; "" for all.
        like: Another scoring. If it is of the same network, what does not depend on own risks is reused.

    Raises:
        NotConvergedError: The walks did not converge.
    """

    def __init__(
        self, snapshot: Snapshot, buyer: EntityId, *, product: str = "", like: "Scoring | None" = None
    ) -> None:
        checkpoint()
        self.snapshot = snapshot
        self.product = product
        self.buyer = snapshot.facts.of(buyer)
        self._view, start = snapshot.view(self.buyer, product)
        self._start = -1 if start is None else start
        self._hops: dict[tuple[int, int], PathHop] = {}
        self.derived: NetworkReach = (
            like.derived if like is not None and like.derived.view is self._view else self._derive()
        )
        self._tier, self._longest = self.derived.tier, self.derived.longest
        self._reach, self._nodes = self.derived.reach, self.derived.nodes

    @property
    def suppliers(self) -> Mapping[EntityId, int]:
        """The tier of every supplier in the buyer's network, by id."""
        return {firm: min(int(self._tier[node]) for node in nodes) for firm, nodes in self._nodes.items()}

    def exposures(self, *, paths: int | None, most: int | None = None) -> tuple[Exposure, ...]:
        """The exposure to every supplier, greatest first, ties by id.

        Args:
            paths: How many of the heaviest paths to include for each; None for all.
            most: Only the suppliers with the greatest scores, so many; facts of other suppliers are not read.
        """
        firms = self._nodes if most is None else self._greatest(most)
        through = np.ones(self._view.net.size, dtype=np.bool_)
        if most is not None:
            nodes = [node for firm in firms for node in self._nodes[firm]]
            through = reaching(self._view.net, np.array(nodes, dtype=np.int64))
        found = self._paths(paths, through, frozenset() if most is None else frozenset(firms))
        scored = [self._exposure(firm, found.get(firm, ())) for firm in firms]
        return tuple(sorted(scored, key=lambda one: (-one.score, one.supplier))[:most])

    def following(self, before: "Scoring", scored: Mapping[EntityId, Exposure]) -> tuple[Exposure, ...]:
        """The exposures as `exposures` gives them, without paths; unchanged ones are the same objects as before.

        Args:
            before: The scoring of the snapshot before.
            scored: Its exposures by supplier.
        """
        risks, old = self.snapshot.risks, before.snapshot.risks
        found = []
        for firm in self._nodes:
            one = scored.get(firm)
            same = one is not None and risks.of(firm) is old.of(firm) and self._reached(firm) == _reached_in(one)
            found.append(one if one is not None and same else self._exposure(firm, ()))
        return tuple(sorted(found, key=lambda one: (-one.score, one.supplier)))

    def _reached(self, firm: EntityId) -> Reached:
        nodes = list(self._nodes[firm])
        low, middle, high = (math.fsum(reach[nodes]) for reach in self._reach)
        longest = None if UNREACHED in self._longest[nodes] else int(self._longest[nodes].max())
        return int(self._tier[nodes].min()), longest, (low, middle, high)

    def _greatest(self, most: int) -> Sequence[EntityId]:
        """The suppliers that may be among the `most` greatest scores, allowing for rounding."""
        firms = list(self._nodes)
        if not 0 < most < len(firms):
            return firms[:most]
        score = np.array([self._reach[1][list(nodes)].sum() for nodes in self._nodes.values()]) * self._values()
        least = np.partition(score, -most)[-most]
        return [firms[place] for place in np.flatnonzero(score >= least - NOISE).tolist()]

    def _values(self) -> Floats:
        """The own risk of each supplier over all categories, in the order of `_nodes`."""
        return self.snapshot.values(np.array([self._view.firm[nodes[0]] for nodes in self._nodes.values()], np.int64))

    def exposure(self, supplier: EntityId) -> Exposure:
        """The exposure to one supplier of the network, with all its paths."""
        on_path = reaching(self._view.net, np.array(self._nodes[supplier]))
        return self._exposure(supplier, self._paths(None, on_path).get(supplier, ()))

    def upstream(self) -> Upstream:
        """The network upstream of the buyer. With a product, a firm is a node for each product it is needed for."""
        nodes = np.flatnonzero(self._tier != UNREACHED)
        nodes = np.concatenate([nodes[nodes == self._start], nodes[nodes != self._start]])
        place = np.full(self._view.net.size, UNREACHED, dtype=np.int64)
        place[nodes] = np.arange(nodes.size)
        edges = np.flatnonzero(self._tier[self._view.net.customer] != UNREACHED)
        customer, supplier = (place[ends[edges]] for ends in (self._view.net.customer, self._view.net.supplier))
        order = np.lexsort((supplier, customer))
        net = network(nodes.size, customer[order], supplier[order])
        return Upstream(tuple(map(self._firm, nodes.tolist())), net, self._view.share[edges[order]])

    def own(self, firm: EntityId) -> float:
        """A firm's own risk over all categories by their weights, with the middle for unknown risk."""
        return weighted(self.snapshot.risks.of(firm), 1)

    def shortest_path(self, supplier: EntityId) -> tuple[Link, ...]:
        """One shortest path from the buyer up to a supplier: for each hop the most believed link."""
        path: list[Link] = []
        node = min(self._nodes[supplier], key=lambda one: (int(self._tier[one]), one))
        while node != self._start:
            edge = min(self._incoming(node), key=lambda one: (*self._best(one).fact.preference, one))
            path.append(self._best(edge))
            node = int(self._view.net.customer[edge])
        return tuple(reversed(path))

    def _incoming(self, node: int) -> list[int]:
        """The edges by which a node supplies nodes one tier nearer to the buyer."""
        edges = np.flatnonzero(self._view.net.supplier == node)
        nearer = self._tier[self._view.net.customer[edges]] == self._tier[node] - 1
        found: list[int] = edges[nearer].tolist()
        return found

    def _best(self, edge: int) -> Link:
        return min(self._view.links[edge], key=lambda link: link.fact.preference)

    def totals(self, scored: Sequence[Exposure] | None = None) -> Totals:
        """The buyer's whole exposure.

        Args:
            scored: The exposures to all suppliers, if they are known already.
        """
        scored = self.exposures(paths=0) if scored is None else scored
        reach = math.fsum(one.reach[1] for one in scored)
        covered = math.fsum(one.reach[1] * one.coverage for one in scored)
        return Totals(
            score=math.fsum(one.score for one in scored),
            low=math.fsum(one.low for one in scored),
            high=math.fsum(one.high for one in scored),
            coverage=covered / reach if reach > 0 else 0.0,
            by_category=_by_category(scored),
            by_tier=self._by_tier(),
        )

    def _derive(self) -> NetworkReach:
        tier = farthest = np.full(self._view.net.size, UNREACHED, dtype=np.int64)
        if self._start >= 0:
            tier, farthest = shortest(self._view.net, self._start), longest(self._view.net, self._start)
        reach = tuple(map(self._walks, (self._view.low, self._view.share, self._view.high)))
        return NetworkReach(self._view, tier, farthest, reach, self._grouped(tier))

    def _walks(self, share: Floats) -> Floats:
        if self._start < 0:
            return np.zeros(self._view.net.size)
        try:
            return walks(self._view.net, share, self._start)
        except (ArithmeticError, ValueError) as error:
            message = f"the exposure of {self.buyer} has no result: {error}"
            raise NotConvergedError(message, fix="check the weights of its supply links") from error

    def _grouped(self, tier: Integers) -> Mapping[EntityId, tuple[int, ...]]:
        """The nodes of each supplier. The buyer is not one, even if a cycle leads back to it."""
        groups: dict[EntityId, list[int]] = defaultdict(list)
        for node in np.flatnonzero(tier != UNREACHED).tolist():
            if (firm := self._firm(node)) != self.buyer:
                groups[firm].append(node)
        return {firm: tuple(nodes) for firm, nodes in sorted(groups.items())}

    def _firm(self, node: int) -> EntityId:
        return self.buyer if node == self._start else self.snapshot.nodes[self._view.firm[node]]

    def _exposure(self, firm: EntityId, paths: Sequence[ExposurePath]) -> Exposure:
        tier, longest, reach = self._reached(firm)
        parts = _parts(self.snapshot.risks.of(firm), reach)
        score = math.fsum(part.score for part in parts)
        rest = score - math.fsum(path.contribution for path in paths)
        return Exposure(
            buyer=self.buyer,
            supplier=firm,
            tier=tier,
            longest=longest,
            score=score,
            low=math.fsum(part.low for part in parts),
            high=math.fsum(part.high for part in parts),
            coverage=math.fsum(part.weight * (1 - (part.bounds[2] - part.bounds[0])) for part in parts),
            reach=reach,
            parts=parts,
            paths=tuple(paths),
            remainder=0.0 if abs(rest) < NOISE else rest,
        )

    def _paths(
        self, most: int | None, through: npt.NDArray[np.bool_], only: frozenset[EntityId] = frozenset()
    ) -> Mapping[EntityId, Sequence[ExposurePath]]:
        """The heaviest paths to each supplier, heaviest first.

        Args:
            most: Paths a supplier; None for all.
            through: By node, whether paths may pass it.
            only: The suppliers whose paths are wanted; the search ends when all of them have theirs. Empty for all.
        """
        found: dict[EntityId, list[ExposurePath]] = defaultdict(list)
        if self._start < 0 or most == 0:
            return found
        endless = np.where(self._longest == UNREACHED, MOST_BEHIND_CYCLE, MOST_WALKS)
        missing = len(only)
        limits = (through * (endless if most is None else most)).tolist()
        for walk in islice(heaviest(self._view.net, self._view.share, self._start, limits), MOST_WALKS):
            firm = self._firm(walk.nodes[-1])
            if firm != self.buyer and (not only or firm in only) and (most is None or len(found[firm]) < most):
                found[firm].append(self._path(firm, walk))
                missing -= most is not None and len(found[firm]) == most
                if only and not missing:
                    break
        return found

    def _path(self, firm: EntityId, walk: Walk) -> ExposurePath:
        own = self.snapshot.risks.of(firm)
        worst = max(own.values(), key=lambda risk: WEIGHTS[risk.category] * risk.value, default=None)
        return ExposurePath(
            entities=tuple(map(self._firm, walk.nodes)),
            hops=tuple(self._hop(*ends) for ends in zip(walk.nodes, walk.nodes[1:], strict=False)),
            contribution=walk.weight * weighted(own, 1),
            category="" if worst is None else worst.category,
        )

    def _hop(self, customer: int, supplier: int) -> PathHop:
        if (customer, supplier) not in self._hops:
            edge = self._view.net.edge(customer, supplier)
            unit = self.snapshot.unit(self._firm(customer))
            ends = (self._firm(customer), self._firm(supplier))
            self._hops[customer, supplier] = PathHop(
                *ends, self._view.links[edge], unit.name if unit else "", float(self._view.total[edge])
            )
        return self._hops[customer, supplier]

    def _by_tier(self) -> tuple[float, ...]:
        if self._start < 0 or not self._nodes:
            return ()
        risk = np.zeros(self._view.net.size)
        for nodes, value in zip(self._nodes.values(), self._values(), strict=True):
            risk[list(nodes)] = value
        reached = self._longest[self._tier != UNREACHED]
        deepest = DEEPEST if UNREACHED in reached else int(reached.max())
        rows = tiers(self._view.net, self._view.share, self._start, deepest + 1)
        return tuple((rows @ risk)[1:].tolist())


def _reached_in(exposure: Exposure) -> Reached:
    return exposure.tier, exposure.longest, exposure.reach


def _parts(own: Mapping[EntityId, OwnRisk], reach: tuple[float, float, float]) -> tuple[CategoryPart, ...]:
    return tuple(_part(category, own.get(category), reach) for category in CATEGORIES)


def _part(category: EntityId, own: OwnRisk | None, reach: tuple[float, float, float]) -> CategoryPart:
    weight = WEIGHTS[category]
    low, middle, high = UNKNOWN if own is None else own.bounds
    return CategoryPart(
        category, weight, own, reach[0] * weight * low, reach[1] * weight * middle, reach[2] * weight * high
    )


def _by_category(scored: Iterable[Exposure]) -> Mapping[EntityId, tuple[float, float, float]]:
    parts = [part for one in scored for part in one.parts]
    return {
        category: (
            math.fsum(part.low for part in parts if part.category == category),
            math.fsum(part.score for part in parts if part.category == category),
            math.fsum(part.high for part in parts if part.category == category),
        )
        for category in CATEGORIES
    }
