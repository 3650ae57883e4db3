"""Single points of failure of a buyer: firms and sites, alone or in pairs, whose stop stops an essential input of it.

What is essential, and when a firm stops for lack of it, is defined in `reasoning.findings.single_points`. The detector
there reports the nearest hidden points that several direct suppliers share. This analysis lists every point and pair,
sole direct sources among them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.execution.cancellation import checkpoint
from reasoning.core.graph.cuts import Needs, pairs, stopped
from reasoning.core.graph.dominators import dominators
from reasoning.core.graph.network import Network as Arrays
from reasoning.core.graph.network import network as make_network
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.network import UpstreamNetwork
from reasoning.findings.single_points import (
    Input,
    Inputs,
    cascade,
    essential_inputs,
    hidden_single_points,
    links_behind,
)

MOST_CANDIDATES = 2_000  # nearest entities that pairs are looked for with


@dataclass(frozen=True, slots=True)
class FailurePoint:
    """An entity that, stopping alone, stops an essential input of the buyer or several of its direct suppliers.

    Attributes:
        tier: Fewest links from the buyer.
        inputs: The buyer's essential inputs (product ids) of which every known supplier stops, ascending.
        every_way: Those of them that the point dominates: every known path from any origin leads through it. The
            others have a path around it, which stops for lack of another input of a firm on that path.
        stops: The direct suppliers that stop, ascending; the point itself where it is one.
        hidden: Whether the detector of hidden single points names it: the nearest that several direct suppliers share.
        chain: One chain of stops: the point first, then the firms that stop because of it, the buyer last.
        claims, evidence: The claims of the inputs by which the firms stop, and their evidence, ascending.
    """

    entity: EntityId
    tier: int
    inputs: tuple[str, ...]
    every_way: tuple[str, ...]
    stops: tuple[EntityId, ...]
    hidden: bool
    chain: tuple[EntityId, ...]
    claims: tuple[ClaimId, ...]
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class FailurePair:
    """Two entities, ascending, neither of which stops an essential input of the buyer alone, but both together do.

    Attributes:
        inputs: The buyer's essential inputs (product ids) of which every known supplier stops with them, ascending.
        stops: The direct suppliers that stop, ascending; either of the two is among them if it is one.
        claims, evidence: The claims of the inputs by which the firms stop, and their evidence, ascending.
    """

    entities: tuple[EntityId, EntityId]
    inputs: tuple[str, ...]
    stops: tuple[EntityId, ...]
    claims: tuple[ClaimId, ...]
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class FailurePoints:
    """The points and pairs of a buyer; what stops most comes first.

    Attributes:
        complete: Whether all pairs were tried; else only those with one of the nearest entities.
    """

    buyer: EntityId
    points: tuple[FailurePoint, ...]
    pairs: tuple[FailurePair, ...]
    complete: bool


class EssentialNetwork:
    """The essential inputs upstream of a buyer, those of the buyer among them, with entities as numbers."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self.network = UpstreamNetwork(snapshot, buyer)
        self.buyer = self.network.buyer
        self.inputs: Inputs = essential_inputs(self.network, self.network.tiers)
        operators = {one for groups in self.inputs.groups.values() for one in groups.get("", ())}
        self.entities: tuple[EntityId, ...] = (
            *sorted(self.network.tiers, key=self._nearness),
            *sorted(operators - self.network.tiers.keys()),
        )
        self.place: Mapping[EntityId, int] = {entity: number for number, entity in enumerate(self.entities)}

    def _nearness(self, entity: EntityId) -> tuple[int, EntityId]:
        return self.network.tiers[entity], entity

    @cached_property
    def needs(self) -> Needs:
        """The inputs that each entity needs."""
        return self.inputs.needs(self.entities)

    @cached_property
    def bought(self) -> Mapping[str, tuple[int, ...]]:
        """The suppliers of each essential input of the buyer."""
        groups = self.inputs.groups.get(self.buyer, {})
        return {product: tuple(sorted(self.place[one] for one in groups[product])) for product in sorted(groups)}

    def tier(self, entity: EntityId) -> int:
        """Fewest links from the buyer; an operator that supplies nobody itself has the tier of its nearest site."""
        places = self.network.belongings(entity)
        return min(self.network.tiers[one] for one in places if one in self.network.tiers)

    def lost(self, gone: Iterable[EntityId]) -> tuple[set[EntityId], tuple[str, ...]]:
        """The entities that stop when `gone` do, and the essential inputs of the buyer that are lost."""
        checkpoint()
        numbers = stopped(self.needs, [self.place[entity] for entity in gone])
        lost = tuple(product for product, group in self.bought.items() if all(one in numbers for one in group))
        return {self.entities[number] for number in numbers}, lost

    def follows(self, gone: Iterable[EntityId], claims: Iterable[ClaimId]) -> set[EntityId]:
        """The entities that stop with `gone`, by those inputs only whose claims are all among `claims`."""
        cited, points = set(claims), sorted(gone)
        groups = {
            entity: {product: group for product, group in needed.items() if _is_cited(group, cited)}
            for entity, needed in self.inputs.groups.items()
        }
        return {*points, *cascade(points, Inputs(groups, self.inputs.customers))}

    @cached_property
    def every_way(self) -> Mapping[str, frozenset[EntityId]]:
        """By essential input of the buyer: the entities that every known path of it leads through."""
        arrays, ends = self._plain()
        origins = [number for number, groups in enumerate(self.needs.groups) if not groups]
        found = {product: dominators(arrays, origins, end) for product, end in ends.items()}
        return {product: frozenset(self.entities[number] for number in numbers) for product, numbers in found.items()}

    def _plain(self) -> tuple[Arrays, Mapping[str, int]]:
        """The graph of all essential links, with one more node for each input of the buyer."""
        ends = {product: len(self.entities) + number for number, product in enumerate(self.bought)}
        links = {(node, one) for node, groups in enumerate(self.needs.groups) for group in groups for one in group}
        links |= {(ends[product], one) for product, group in self.bought.items() for one in group}
        ordered = np.array(sorted(links), dtype=np.int64).reshape(-1, 2)
        return make_network(len(self.entities) + len(ends), ordered[:, 0], ordered[:, 1]), ends


def failure_points(snapshot: Snapshot, buyer: EntityId, *, most: int = MOST_CANDIDATES) -> FailurePoints:
    """The single points of failure of a buyer, and the pairs; the pairs with one of the `most` nearest entities."""
    found = EssentialNetwork(snapshot, buyer)
    hidden = {finding.subject for finding in hidden_single_points(found.network)}
    points = (_point(entity, found, hidden) for entity in found.entities if entity != found.buyer)
    cuts = pairs(found.needs, found.place[found.buyer], most=most)
    named = [(found.entities[left], found.entities[right]) for left, right in cuts.found]
    return FailurePoints(
        buyer=found.buyer,
        points=tuple(sorted((point for point in points if point is not None), key=_rank)),
        pairs=tuple(sorted((_pair(left, right, found) for left, right in named), key=lambda pair: pair.entities)),
        complete=cuts.complete,
    )


def verify(snapshot: Snapshot, found: FailurePoints) -> tuple[str, ...]:
    """The faults of an answer: each point and pair is taken away again. Nothing where all follows from the claims."""
    network = EssentialNetwork(snapshot, found.buyer)
    return (*_faults_of_points(found, network), *_faults_of_pairs(found, network))


def _faults_of_points(found: FailurePoints, network: EssentialNetwork) -> Iterator[str]:
    for point in found.points:
        gone, inputs = network.lost([point.entity])
        if inputs != point.inputs or _direct(gone, network) != point.stops:
            yield f"without {point.entity} other inputs or suppliers stop than it lists"
        if not set(point.every_way) <= set(inputs):
            yield f"{point.entity} is on every path of an input that does not stop with it"
        if point.chain[0] != point.entity or not set(point.chain) <= gone | {found.buyer}:
            yield f"the chain of {point.entity} leads through an entity that does not stop with it"
        if not network.follows([point.entity], point.claims) >= gone:
            yield f"it does not follow from its claims that all these stop with {point.entity}"


def _faults_of_pairs(found: FailurePoints, network: EssentialNetwork) -> Iterator[str]:
    for pair in found.pairs:
        alone = [network.lost([entity])[1] for entity in pair.entities]
        gone, inputs = network.lost(pair.entities)
        if any(alone) or inputs != pair.inputs or not pair.inputs:
            yield f"{' and '.join(pair.entities)} are no minimal cut"
        if _direct(gone, network) != pair.stops:
            yield f"without {' and '.join(pair.entities)} other suppliers stop than it lists"
        if not network.follows(pair.entities, pair.claims) >= gone:
            yield f"it does not follow from its claims that all these stop with {' and '.join(pair.entities)}"


def _is_cited(group: Input, cited: Set[ClaimId]) -> bool:
    return all(fact.claim in cited for facts in group.values() for fact in facts)


def _point(entity: EntityId, found: EssentialNetwork, hidden: set[EntityId]) -> FailurePoint | None:
    gone, inputs = found.lost([entity])
    if not inputs and entity not in hidden:
        return None
    stops = _direct(gone, found)
    claims, evidence = _proof([entity], gone, found)
    return FailurePoint(
        entity=entity,
        tier=found.tier(entity),
        inputs=inputs,
        every_way=tuple(product for product in inputs if entity in found.every_way[product]),
        stops=stops,
        hidden=entity in hidden,
        chain=_chain(entity, stops, found),
        claims=claims,
        evidence=evidence,
    )


def _pair(left: EntityId, right: EntityId, found: EssentialNetwork) -> FailurePair:
    one, two = sorted((left, right))
    gone, inputs = found.lost([one, two])
    return FailurePair((one, two), inputs, _direct(gone, found), *_proof([one, two], gone, found))


def _proof(
    points: Sequence[EntityId], gone: Iterable[EntityId], found: EssentialNetwork
) -> tuple[tuple[ClaimId, ...], tuple[EvidenceId, ...]]:
    """The claims of the inputs by which the entities stop, and their evidence."""
    used = links_behind(points, sorted(set(gone) - set(points)), found.inputs)
    claims, evidence = {fact.claim for fact in used}, {one for fact in used for one in fact.evidence}
    return tuple(sorted(claims)), tuple(sorted(evidence))


def _direct(gone: Iterable[EntityId], found: EssentialNetwork) -> tuple[EntityId, ...]:
    return tuple(sorted(entity for entity in gone if found.network.tiers.get(entity) == 1))


def _chain(entity: EntityId, stops: Sequence[EntityId], found: EssentialNetwork) -> tuple[EntityId, ...]:
    """From the point to its first direct supplier to stop, and the buyer."""
    stopped_by = cascade([entity], found.inputs)
    link = found.buyer if found.buyer in stopped_by else stops[0]
    chain = [link]
    while link != entity:
        link = min(stopped_by[link])
        chain.append(link)
    tail = () if chain[0] == found.buyer else (found.buyer,)
    return (*reversed(chain), *tail)


def _rank(point: FailurePoint) -> tuple[int, int, int, EntityId]:
    return (-len(point.inputs), -len(point.stops), point.tier, point.entity)
