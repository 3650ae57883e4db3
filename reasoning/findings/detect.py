"""All declared detectors, run over one reading instant."""

from collections.abc import Callable, Iterator, Mapping

from ontology.records import EntityId
from reasoning.contracts.in_force import Contracts
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings import (
    breached_obligations,
    certificates,
    conflicts,
    missing_clauses,
    over_reach,
    possible_same_firms,
    sanctioned_owners,
    single_points,
)
from reasoning.findings.finding import Finding
from reasoning.findings.network import UpstreamNetwork


class DetectionContext:
    """What detectors look at: the buyer's network in a snapshot, its contracts, and the reading instant (world time).

    The network is the one that exposure is scored over, so both name the same suppliers at the same tiers.
    """

    def __init__(self, snapshot: Snapshot, buyer: EntityId, as_of: str) -> None:
        self.as_of = as_of
        self.network = UpstreamNetwork(snapshot, buyer)
        self.contracts = Contracts(snapshot.facts, self.network.buyer, as_of)


DETECTORS: Mapping[str, Callable[[DetectionContext], Iterator[Finding]]] = {
    single_points.KIND: lambda scene: single_points.hidden_single_points(scene.network),
    sanctioned_owners.KIND: lambda scene: sanctioned_owners.sanctioned_owners(scene.network),
    certificates.KIND: lambda scene: certificates.expiring_certificates(scene.network, scene.as_of),
    breached_obligations.KIND: lambda scene: breached_obligations.breached_obligations(scene.network, scene.as_of),
    conflicts.KIND: lambda scene: conflicts.conflicting_sources(scene.network.facts),
    possible_same_firms.KIND: lambda scene: possible_same_firms.possible_same_firms(scene.network),
    missing_clauses.KIND: lambda scene: missing_clauses.missing_clauses(scene.contracts),
    over_reach.KIND: lambda scene: over_reach.over_reach(scene.network, scene.contracts),
}


def detect(snapshot: Snapshot, buyer: EntityId, as_of: str) -> tuple[Finding, ...]:
    """The findings of all detectors, in a fixed order.

    Args:
        snapshot: What is read. Who is upstream of the buyer, and at which tier, is what its network says.
        buyer: Any id of the buyer.
        as_of: The reading instant (world time), from which windows and periods are counted.
    """
    scene = DetectionContext(snapshot, buyer, as_of)
    found = (finding for detector in DETECTORS.values() for finding in detector(scene))
    return tuple(sorted(found, key=lambda finding: finding.order))
