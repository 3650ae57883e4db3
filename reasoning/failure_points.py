"""Single points of failure of a buyer: firms and sites each of which, or two of which, stop an essential input of it.

What is essential, and when a firm stops for want of it, is settled in `reasoning.findings.single_points`; the detector
there reports the nearest hidden points that several direct suppliers share, here is every point and every pair, sole
direct sources too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ontology.records import ClaimId, EvidenceId, NounId
from reasoning.core.cuts import Needs, pairs, stopped
from reasoning.core.dominators import dominators
from reasoning.core.network import Network as Arrays
from reasoning.core.network import network as make_network
from reasoning.findings.network import Network
from reasoning.findings.single_points import (
    Input,
    Inputs,
    cascade,
    essential_inputs,
    hidden_single_points,
    links_behind,
)
from reasoning.patience import step
from reasoning.snapshot import Snapshot

MOST_CANDIDATES = 2_000  # nearest nouns that pairs are looked for with


@dataclass(frozen=True, slots=True)
class FailurePoint:
    """A noun that, stopping alone, stops an essential input of the buyer or several of its direct suppliers.

    Attributes:
        tier: Fewest links from the buyer.
        inputs: The buyer's essential inputs (product ids) of which every known supplier stops, ascending.
        every_way: Those of them of which every known way from whatever origin leads through the point: it dominates
            them. Of the others some way goes past it, and yet stops for want of another input of a firm on it.
        stops: The direct suppliers that stop, ascending; the point itself where it is one.
        hidden: Whether the detector of hidden single points names it: the nearest that several direct suppliers share.
        chain: One way by which they stop: the point first, then what stops because of it, the buyer last.
        claims, evidence: The claims of the inputs by which all that stops does, and their evidence, ascending.
    """

    noun: NounId
    tier: int
    inputs: tuple[str, ...]
    every_way: tuple[str, ...]
    stops: tuple[NounId, ...]
    hidden: bool
    chain: tuple[NounId, ...]
    claims: tuple[ClaimId, ...]
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class FailurePair:
    """Two nouns, ascending, neither of which stops an essential input of the buyer alone, but both together do.

    Attributes:
        inputs: The buyer's essential inputs (product ids) of which every known supplier stops with them, ascending.
        stops: The direct suppliers that stop, ascending; those of the two that are such among them.
        claims, evidence: The claims of the inputs by which all that stops does, and their evidence, ascending.
    """

    nouns: tuple[NounId, NounId]
    inputs: tuple[str, ...]
    stops: tuple[NounId, ...]
    claims: tuple[ClaimId, ...]
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class FailurePoints:
    """Everything of a buyer, what stops most first. `complete`: no other pair exists; else the nearest were tried."""

    buyer: NounId
    points: tuple[FailurePoint, ...]
    pairs: tuple[FailurePair, ...]
    complete: bool


class EssentialNetwork:
    """The essential inputs upstream of a buyer, those of the buyer among them, with nouns as numbers."""

    def __init__(self, snapshot: Snapshot, buyer: NounId) -> None:
        self.network = Network(snapshot, buyer)
        self.buyer = self.network.buyer
        self.inputs: Inputs = essential_inputs(self.network, self.network.tiers)
        operators = {one for groups in self.inputs.groups.values() for one in groups.get("", ())}
        self.nouns: tuple[NounId, ...] = (
            *sorted(self.network.tiers, key=self._nearness),
            *sorted(operators - self.network.tiers.keys()),
        )
        self.place: Mapping[NounId, int] = {noun: number for number, noun in enumerate(self.nouns)}

    def _nearness(self, noun: NounId) -> tuple[int, NounId]:
        return self.network.tiers[noun], noun

    @cached_property
    def needs(self) -> Needs:
        """Who needs what."""
        return self.inputs.needs(self.nouns)

    @cached_property
    def bought(self) -> Mapping[str, tuple[int, ...]]:
        """The suppliers of each essential input of the buyer."""
        groups = self.inputs.groups.get(self.buyer, {})
        return {product: tuple(sorted(self.place[one] for one in groups[product])) for product in sorted(groups)}

    def tier(self, noun: NounId) -> int:
        """Fewest links from the buyer; an operator that supplies nobody itself has the tier of its nearest site."""
        sites = [fact.object for fact in self.network.sites(noun) if fact.object]
        return min(self.network.tiers[one] for one in (noun, *sites) if one in self.network.tiers)

    def lost(self, gone: Iterable[NounId]) -> tuple[set[NounId], tuple[str, ...]]:
        """What stops when these do, and the essential inputs of the buyer that are lost."""
        step()
        numbers = stopped(self.needs, [self.place[noun] for noun in gone])
        lost = tuple(product for product, group in self.bought.items() if all(one in numbers for one in group))
        return {self.nouns[number] for number in numbers}, lost

    def follows(self, gone: Iterable[NounId], claims: Iterable[ClaimId]) -> set[NounId]:
        """What stops with these by the inputs alone of which every claim is among `claims`."""
        cited, points = set(claims), sorted(gone)
        groups = {
            noun: {product: group for product, group in held.items() if _is_cited(group, cited)}
            for noun, held in self.inputs.groups.items()
        }
        return {*points, *cascade(points, Inputs(groups, self.inputs.customers))}

    @cached_property
    def every_way(self) -> Mapping[str, frozenset[NounId]]:
        """For each essential input of the buyer what every known way of it leads through."""
        arrays, ends = self._plain()
        origins = [number for number, groups in enumerate(self.needs.groups) if not groups]
        found = {product: dominators(arrays, origins, end) for product, end in ends.items()}
        return {product: frozenset(self.nouns[number] for number in numbers) for product, numbers in found.items()}

    def _plain(self) -> tuple[Arrays, Mapping[str, int]]:
        """The graph of all essential ways, whatever they carry, with one more node for each input of the buyer."""
        ends = {product: len(self.nouns) + number for number, product in enumerate(self.bought)}
        ways = {(node, one) for node, groups in enumerate(self.needs.groups) for group in groups for one in group}
        ways |= {(ends[product], one) for product, group in self.bought.items() for one in group}
        ordered = np.array(sorted(ways), dtype=np.int64).reshape(-1, 2)
        return make_network(len(self.nouns) + len(ends), ordered[:, 0], ordered[:, 1]), ends


def failure_points(snapshot: Snapshot, buyer: NounId, *, most: int = MOST_CANDIDATES) -> FailurePoints:
    """The single points of failure of a buyer, and the pairs; the pairs with one of the `most` nearest nouns."""
    found = EssentialNetwork(snapshot, buyer)
    hidden = {finding.subject for finding in hidden_single_points(found.network)}
    points = (_point(noun, found, hidden) for noun in found.nouns if noun != found.buyer)
    cuts = pairs(found.needs, found.place[found.buyer], most=most)
    named = [(found.nouns[left], found.nouns[right]) for left, right in cuts.found]
    return FailurePoints(
        buyer=found.buyer,
        points=tuple(sorted((point for point in points if point is not None), key=_rank)),
        pairs=tuple(sorted((_pair(left, right, found) for left, right in named), key=lambda pair: pair.nouns)),
        complete=cuts.complete,
    )


def verify(snapshot: Snapshot, found: FailurePoints) -> tuple[str, ...]:
    """What does not follow from the claims, found again by taking each point or pair away; nothing where all does."""
    network = EssentialNetwork(snapshot, found.buyer)
    return (*_faults_of_points(found, network), *_faults_of_pairs(found, network))


def _faults_of_points(found: FailurePoints, network: EssentialNetwork) -> Iterator[str]:
    for point in found.points:
        gone, inputs = network.lost([point.noun])
        if inputs != point.inputs or _direct(gone, network) != point.stops:
            yield f"without {point.noun} other inputs or suppliers stop than it says"
        if not set(point.every_way) <= set(inputs):
            yield f"{point.noun} is on every way of an input that does not stop with it"
        if point.chain[0] != point.noun or not set(point.chain) <= gone | {found.buyer}:
            yield f"the chain of {point.noun} passes what does not stop with it"
        if not network.follows([point.noun], point.claims) >= gone:
            yield f"that all that stops does so with {point.noun} does not follow from its claims"


def _faults_of_pairs(found: FailurePoints, network: EssentialNetwork) -> Iterator[str]:
    for pair in found.pairs:
        alone = [network.lost([noun])[1] for noun in pair.nouns]
        gone, inputs = network.lost(pair.nouns)
        if any(alone) or inputs != pair.inputs or not pair.inputs:
            yield f"{' and '.join(pair.nouns)} are no minimal cut"
        if _direct(gone, network) != pair.stops:
            yield f"without {' and '.join(pair.nouns)} other suppliers stop than it says"
        if not network.follows(pair.nouns, pair.claims) >= gone:
            yield f"that all that stops does so with {' and '.join(pair.nouns)} does not follow from its claims"


def _is_cited(group: Input, cited: Set[ClaimId]) -> bool:
    return all(fact.claim in cited for facts in group.values() for fact in facts)


def _point(noun: NounId, found: EssentialNetwork, hidden: set[NounId]) -> FailurePoint | None:
    gone, inputs = found.lost([noun])
    if not inputs and noun not in hidden:
        return None
    stops = _direct(gone, found)
    claims, evidence = _proof([noun], gone, found)
    return FailurePoint(
        noun=noun,
        tier=found.tier(noun),
        inputs=inputs,
        every_way=tuple(product for product in inputs if noun in found.every_way[product]),
        stops=stops,
        hidden=noun in hidden,
        chain=_chain(noun, stops, found),
        claims=claims,
        evidence=evidence,
    )


def _pair(left: NounId, right: NounId, found: EssentialNetwork) -> FailurePair:
    one, two = sorted((left, right))
    gone, inputs = found.lost([one, two])
    return FailurePair((one, two), inputs, _direct(gone, found), *_proof([one, two], gone, found))


def _proof(
    points: Sequence[NounId], gone: Iterable[NounId], found: EssentialNetwork
) -> tuple[tuple[ClaimId, ...], tuple[EvidenceId, ...]]:
    """The claims of the inputs by which what is gone stops, and their evidence."""
    used = links_behind(points, sorted(set(gone) - set(points)), found.inputs)
    claims, evidence = {fact.claim for fact in used}, {one for fact in used for one in fact.evidence}
    return tuple(sorted(claims)), tuple(sorted(evidence))


def _direct(gone: Iterable[NounId], found: EssentialNetwork) -> tuple[NounId, ...]:
    return tuple(sorted(noun for noun in gone if found.network.tiers.get(noun) == 1))


def _chain(noun: NounId, stops: Sequence[NounId], found: EssentialNetwork) -> tuple[NounId, ...]:
    """From the point to its first direct supplier to stop, and the buyer."""
    stopped_by = cascade([noun], found.inputs)
    step = found.buyer if found.buyer in stopped_by else stops[0]
    chain = [step]
    while step != noun:
        step = min(stopped_by[step])
        chain.append(step)
    tail = () if chain[0] == found.buyer else (found.buyer,)
    return (*reversed(chain), *tail)


def _rank(point: FailurePoint) -> tuple[int, int, int, NounId]:
    return (-len(point.inputs), -len(point.stops), point.tier, point.noun)
