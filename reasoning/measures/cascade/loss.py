"""M3 over a store: the share of its production that a buyer loses when a supplier, country or product stops, and why.

The exact cascade over all links that count, inferred ones included. `observed` is the same without inferred links. It
is another scenario and not a bound: a further supplier can make a loss smaller.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.cascade import explanation as cascade_explanation
from reasoning.core.cascade.cascade import scratch, shock, spread
from reasoning.core.cascade.focal import dependence, screen
from reasoning.core.cascade.kernel import Shock, Work
from reasoning.core.closeness import CLOSENESS, is_close
from reasoning.core.execution.executor import CALLING_THREAD, Executor
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.cascade.production_network import RULE, CascadeNetwork, mapped, not_ended
from reasoning.network.citations import claims_along, evidence_of
from reasoning.network.deliveries import weight_of
from reasoning.network.links import Link
from reasoning.scenarios.edits import Stop
from reasoning.scenarios.overlay import Overlay
from reasoning.scenarios.stops import By, groups_by

THRESHOLD = 0.01  # suppliers whose bound is at most this are counted, not listed
EXPLAINED = 20  # so many of the greatest losses come with their chain


@dataclass(frozen=True, slots=True)
class LossContribution:
    """What one supplier's loss takes from a customer: part × share × loss.

    Attributes:
        supplier: The supplier.
        bought: What the customer buys of it, in the unit of the answer.
        part: `bought` divided by what the customer buys of the hop's input.
        share: The supplier's part of its market; 1, because no other firm takes over.
        loss: The supplier's own loss a step before, in [0, 1].
        links: The links over which it is bought.
    """

    supplier: EntityId
    bought: float
    part: float
    share: float
    loss: float
    links: tuple[Link, ...]

    @property
    def passed(self) -> float:
        """The loss that it adds to the customer's."""
        return self.part * self.share * self.loss

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of these links, in order."""
        return claims_along(self.links)


@dataclass(frozen=True, slots=True)
class LossHop:
    """A customer's loss as the sum of the contributions to its binding input.

    Attributes:
        customer: The customer.
        step: The step in which it reached this loss.
        loss: The loss, in [0, 1].
        essential: Whether the input is essential; else it is all non-essential inputs together.
        product: The essential input; "" if it is not known or not essential.
        bought: What the customer buys of an essential input; of everything, if the input is not essential.
        contributions: Greatest first; the chain comes from the first.
    """

    customer: EntityId
    step: int
    loss: float
    essential: bool
    product: str
    bought: float
    contributions: tuple[LossContribution, ...]


@dataclass(frozen=True, slots=True)
class LossChain:
    """How a stop reaches the buyer.

    Attributes:
        source: The firm that stops.
        stopped: The share of it that stops, in (0, 1].
        hops: From the source to the buyer.
    """

    source: EntityId
    stopped: float
    hops: tuple[LossHop, ...]

    @property
    def entities(self) -> tuple[EntityId, ...]:
        """The source, then the customer of each hop; the last is the buyer."""
        return (self.source, *(hop.customer for hop in self.hops))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the chain itself."""
        return tuple(link for hop in self.hops for link in hop.contributions[0].links)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of these links, in order."""
        return claims_along(self.links)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of these links, ascending."""
        return evidence_of(self.links)


@dataclass(frozen=True, slots=True)
class Loss:
    """What the buyer loses when something stops.

    Attributes:
        entity: What stops: a supplier, or the country or product by which firms stop.
        stopped: The firms that stop with it, and the share of each, in (0, 1].
        tier: The fewest links from the buyer to any of them.
        value: The share of the buyer's production that is lost, in [0, 1].
        observed: The same without inferred links.
        undelivered: The share of the buyer's purchases that its direct suppliers no longer deliver.
        bound: The bound on `value` that was known before its cascade ran; 1 if several firms stop.
        steps: The steps of the cascade.
        chain: How the loss comes about; None if there is no loss, and beyond the greatest losses.
    """

    entity: EntityId
    stopped: Mapping[EntityId, float]
    tier: int
    value: float
    observed: float
    undelivered: float
    bound: float
    steps: int
    chain: LossChain | None


@dataclass(frozen=True, slots=True)
class LossTerms:
    """The parameters of a list of losses.

    Attributes:
        by: What stops: each "supplier", "country" or "product".
        threshold: Suppliers are left out if the bound on their loss is at most this.
        explained: How many of the greatest losses come with their chain.
    """

    by: By = "supplier"
    threshold: float = THRESHOLD
    explained: int = EXPLAINED


DECLARED = LossTerms()


@dataclass(frozen=True, slots=True)
class Losses:
    """What the buyer loses by each stop: the greatest loss first, then by undelivered share, then by id.

    Attributes:
        revision: The store's revision.
        by: What stops: "supplier", "country" or "product".
        unit: The unit of the contributions.
        threshold: As in the terms.
        upstream: How many firms are upstream of the buyer.
        left_out: How many of them are not listed, because the bound on their loss is at most the threshold.
        losses: The losses.
    """

    buyer: EntityId
    revision: int
    by: By
    unit: str
    threshold: float
    upstream: int
    left_out: int
    losses: tuple[Loss, ...]


class Cascading:
    """M3 of one buyer; its production network is built once. Arguments as in `measure`."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId, *, executor: Executor = CALLING_THREAD) -> None:
        self._snapshot = snapshot
        self._executor = executor
        self.buyer = snapshot.facts.of(buyer)
        self._focal = snapshot.index.get(self.buyer, -1)
        inside = {self.buyer, *self.tiers}
        links = [link for link in snapshot.links.counted if link.customer in inside]  # no other link reaches the buyer
        observed = [link for link in links if not link.fact.inferred]
        self._all = mapped(snapshot, self.buyer, links)
        self._observed = self._all if len(observed) == len(links) else mapped(snapshot, self.buyer, observed)
        self._edges: Mapping[tuple[EntityId, EntityId], tuple[int, ...]] = _by_ends(self._all)

    @cached_property
    def tiers(self) -> Mapping[EntityId, int]:
        """The tier of each firm upstream."""
        return self._snapshot.upstream(self.buyer)

    def losses(self, terms: LossTerms = DECLARED) -> Losses:
        """What the buyer loses by each stop.

        Raises:
            NotConvergedError: A cascade did not end.
        """
        try:
            run = _CascadeRun(self._all, self._observed, self._focal)
            rows = [self._lost(run, *stop) for stop in self._stops(terms)]
            ordered = sorted(rows, key=lambda one: (-one.value, -one.undelivered, one.entity))
            explained = map(self._explained, ordered[: terms.explained])
            losses = (*explained, *ordered[terms.explained :])
        except ArithmeticError as error:
            raise not_ended(error) from error
        left_out = len(self.tiers) - len(losses) if terms.by == "supplier" else 0
        return Losses(
            buyer=self.buyer,
            revision=self._snapshot.revision,
            by=terms.by,
            unit=self._all.unit,
            threshold=terms.threshold,
            upstream=len(self.tiers),
            left_out=left_out,
            losses=losses,
        )

    def loss(self, entity: EntityId) -> Loss:
        """What the buyer loses when a supplier, site, region, sector or product stops, and how.

        Raises:
            NotFoundError: No supplier stops with it.
            NotConvergedError: The cascade did not end.
        """
        stopped = Overlay(self._snapshot, Stop(entity)).stopped
        try:
            run = _CascadeRun(self._all, self._observed, self._focal)
            return self._explained(self._lost(run, self._snapshot.facts.of(entity), stopped, 1.0))
        except ArithmeticError as error:
            raise not_ended(error) from error

    def _stops(self, terms: LossTerms) -> Iterator[tuple[EntityId, Mapping[EntityId, float], float]]:
        """What stops, the shares of firms that stop with it, and the bound on its loss."""
        nodes = self._snapshot.nodes
        if terms.by != "supplier":
            yield from (
                (entity, parts, 1.0) for entity, parts in groups_by(terms.by, self._snapshot, self.tiers).items()
            )
        elif self._focal >= 0:
            known = screen(self._all.production, rule=RULE)
            found = dependence(
                self._all.production, self._focal, known, threshold=terms.threshold, executor=self._executor
            )
            for firm, bound in zip(found.firms.tolist(), found.bound.tolist(), strict=True):
                yield nodes[firm], {nodes[firm]: 1.0}, bound

    def _lost(self, run: "_CascadeRun", entity: EntityId, stopped: Mapping[EntityId, float], bound: float) -> Loss:
        parts = {firm: part for firm, part in stopped.items() if firm in self.tiers}
        tier = min((self.tiers[firm] for firm in parts), default=0)
        if not parts:
            return Loss(entity, parts, tier, 0.0, 0.0, 0.0, bound, 0, None)
        index = self._snapshot.index
        value, observed, undelivered, steps = run.lost(shock([index[firm] for firm in parts], list(parts.values())))
        return Loss(entity, parts, tier, value, observed, undelivered, bound, steps, None)

    def _explained(self, one: Loss) -> Loss:
        if one.value <= 0:
            return one
        index = self._snapshot.index
        shocked = shock([index[firm] for firm in one.stopped], list(one.stopped.values()))
        chain = cascade_explanation.explain(self._all.production, shocked, self._focal, rule=RULE)
        source = self._snapshot.nodes[chain.source]
        hops = tuple(map(self._hop, chain.hops))
        return replace(one, chain=LossChain(source, one.stopped[source], hops))

    def _hop(self, hop: cascade_explanation.BindingHop) -> LossHop:
        nodes, supply = self._snapshot.nodes, self._all.production.supply
        customer = nodes[hop.customer]
        mine = supply.customer == hop.customer
        if hop.sector >= 0:
            mine &= supply.sector[supply.supplier] == hop.sector
        product = self._all.sectors[hop.sector] if hop.sector >= 0 else ""
        contributions = tuple(self._contribution(customer, one) for one in hop.contributions)
        bought = math.fsum(supply.value[mine].tolist())
        return LossHop(customer, hop.step, hop.loss, hop.sector >= 0, product, bought, contributions)

    def _contribution(self, customer: EntityId, one: cascade_explanation.BindingContribution) -> LossContribution:
        supplier = self._snapshot.nodes[one.supplier]
        edges = self._edges[supplier, customer]
        bought = math.fsum(self._all.production.supply.value[list(edges)].tolist())
        links = tuple(self._all.links[edge] for edge in edges)
        return LossContribution(supplier, bought, one.part, one.share, one.loss, links)


def measure(
    snapshot: Snapshot, buyer: EntityId, *, terms: LossTerms = DECLARED, executor: Executor = CALLING_THREAD
) -> Losses:
    """What a buyer loses when each supplier, country or product stops.

    Args:
        snapshot: The links.
        buyer: The buyer.
        terms: What stops, and what is listed.
        executor: Runs the cascades.

    Raises:
        NotConvergedError: A cascade did not end.
    """
    return Cascading(snapshot, buyer, executor=executor).losses(terms)


def verify(found: Losses) -> tuple[str, ...]:
    """What does not follow from the chains, hop by hop; empty if all does."""
    faults = [fault for one in found.losses for fault in verify_loss(one, found.buyer)]
    values = [one.value for one in found.losses]
    if values != sorted(values, reverse=True):
        faults.append("the losses are not in falling order")
    if found.by == "supplier" and found.left_out + len(found.losses) != found.upstream:
        faults.append("some firms upstream are neither listed nor left out")
    return tuple(faults)


def verify_loss(one: Loss, buyer: EntityId) -> tuple[str, ...]:
    """What does not follow from the chain of one loss; empty if all does."""
    return tuple(f"{one.entity}: {fault}" for fault in _faults(one, buyer))


def _faults(one: Loss, buyer: EntityId) -> Iterator[str]:
    shares = (one.value, one.observed, one.undelivered, *one.stopped.values())
    if one.value > one.bound + CLOSENESS or not all(0 <= share <= 1 + CLOSENESS for share in shares):
        yield f"the loss {one.value!r} exceeds its bound, or a share is outside [0, 1]"
    chain = one.chain
    if chain is None:
        return
    if chain.entities[-1] != buyer or one.stopped.get(chain.source) != chain.stopped:
        yield "the chain does not lead from what stops to the buyer"
    loss, firm = chain.stopped, chain.source
    for hop in chain.hops:
        first = hop.contributions[0]
        if first.supplier != firm or not is_close(first.loss, loss):
            yield f"the hop to {hop.customer} does not continue from {firm}"
        yield from _faults_of_hop(hop)
        loss, firm = hop.loss, hop.customer
    if not is_close(loss, one.value):
        yield f"the chain gives {loss!r}, not the loss {one.value!r}"


def _faults_of_hop(hop: LossHop) -> Iterator[str]:
    if not is_close(min(1.0, math.fsum(each.passed for each in hop.contributions)), hop.loss):
        yield f"the contributions to {hop.customer} do not add up to its loss"
    for each in hop.contributions:
        weighed = weight_of(each.links)
        if not is_close(each.part * hop.bought, each.bought) or (weighed > 0) != (each.bought > 0):
            yield f"the part of {each.supplier} in what {hop.customer} buys does not follow from its links"
        if each.share != 1 or not 0 <= each.loss <= 1:
            yield f"{each.supplier} passes on more than it lost"


class _CascadeRun:
    """Cascades one after another, with scratch that is allocated once."""

    def __init__(self, every: CascadeNetwork, observed: CascadeNetwork, focal: int) -> None:
        self._every, self._observed, self._focal = every.production, observed.production, focal
        self._work: Work = scratch(self._every.graph)
        self._other: Work = scratch(self._observed.graph)
        supply = self._every.supply
        mine = supply.customer == focal
        whole = float(supply.value[mine].sum())
        bought = np.bincount(supply.supplier[mine], supply.value[mine], minlength=supply.size)
        suppliers = np.flatnonzero(bought).tolist() if whole > 0 else []
        self._needs = {firm: float(bought[firm]) / whole for firm in suppliers}

    def lost(self, shocked: Shock) -> tuple[float, float, float, int]:
        """The focal loss, the loss by observed links only, the undelivered share of purchases, and the steps."""
        found = spread(self._every, shocked, rule=RULE, work=self._work)
        value = observed = found.downstream_of(self._focal)
        if self._observed is not self._every:
            other = spread(self._observed, shocked, rule=RULE, work=self._other)
            observed = other.downstream_of(self._focal)
        undelivered = math.fsum(part * found.downstream_of(firm) for firm, part in self._needs.items())
        return value, observed, min(1.0, undelivered), found.steps


def _by_ends(found: CascadeNetwork) -> Mapping[tuple[EntityId, EntityId], tuple[int, ...]]:
    edges: dict[tuple[EntityId, EntityId], list[int]] = defaultdict(list)
    for number, link in enumerate(found.links):
        edges[link.supplier, link.customer].append(number)
    return {ends: tuple(numbers) for ends, numbers in edges.items()}
