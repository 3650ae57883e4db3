"""All declared detectors, run over one reading instant."""

from collections.abc import Callable, Iterator, Mapping

from ontology.records import NounId
from reasoning.facts import Facts
from reasoning.findings import (
    certificates,
    conflicts,
    missing_clauses,
    obligations,
    over_reach,
    same_firms,
    sanctioned_owners,
    single_points,
)
from reasoning.findings.contracts import Contracts
from reasoning.findings.finding import Finding
from reasoning.findings.network import Network, supply_network


class Scene:
    """What detectors look at: the facts, the buyer's network and contracts, and the reading instant (world time)."""

    def __init__(self, facts: Facts, buyer: NounId, as_of: str) -> None:
        self.facts = facts
        self.as_of = as_of
        self.network: Network = supply_network(facts, buyer)
        self.contracts = Contracts(facts, buyer, as_of)


DETECTORS: Mapping[str, Callable[[Scene], Iterator[Finding]]] = {
    single_points.KIND: lambda scene: single_points.hidden_single_points(scene.facts, scene.network),
    sanctioned_owners.KIND: lambda scene: sanctioned_owners.sanctioned_owners(scene.facts, scene.network),
    certificates.KIND: lambda scene: certificates.expiring_certificates(scene.facts, scene.network, scene.as_of),
    obligations.KIND: lambda scene: obligations.breached_obligations(scene.facts, scene.network, scene.as_of),
    conflicts.KIND: lambda scene: conflicts.conflicting_sources(scene.facts),
    same_firms.KIND: lambda scene: same_firms.possible_same_firms(scene.facts, scene.network),
    missing_clauses.KIND: lambda scene: missing_clauses.missing_clauses(scene.facts, scene.contracts),
    over_reach.KIND: lambda scene: over_reach.over_reach(scene.facts, scene.network, scene.contracts),
}


def detect(facts: Facts, buyer: NounId, as_of: str) -> tuple[Finding, ...]:
    """The findings of all detectors for a buyer at `as_of` (world time), in a fixed order."""
    scene = Scene(facts, facts.of(buyer), as_of)
    found = (finding for detector in DETECTORS.values() for finding in detector(scene))
    return tuple(sorted(found, key=lambda finding: finding.order))
