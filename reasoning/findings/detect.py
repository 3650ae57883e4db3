"""Runs all declared detectors at one reading instant."""

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
    """The input of detectors: the buyer's network in a snapshot, its contracts, and the reading instant.

    Exposure is scored over the same network, so both name the same suppliers at the same tiers.

    Args:
        snapshot: The links and facts.
        buyer: Any id of the buyer.
        as_of: World time.
    """

    def __init__(self, snapshot: Snapshot, buyer: EntityId, as_of: str) -> None:
        self.as_of = as_of
        self.network = UpstreamNetwork(snapshot, buyer)
        self.contracts = Contracts(snapshot.facts, self.network.buyer, as_of)


DETECTORS: Mapping[str, Callable[[DetectionContext], Iterator[Finding]]] = {
    single_points.KIND: lambda context: single_points.hidden_single_points(context.network),
    sanctioned_owners.KIND: lambda context: sanctioned_owners.sanctioned_owners(context.network),
    certificates.KIND: lambda context: certificates.expiring_certificates(context.network, context.as_of),
    breached_obligations.KIND: lambda context: breached_obligations.breached_obligations(
        context.network, context.as_of
    ),
    conflicts.KIND: lambda context: conflicts.conflicting_sources(context.network.facts),
    possible_same_firms.KIND: lambda context: possible_same_firms.possible_same_firms(context.network),
    missing_clauses.KIND: lambda context: missing_clauses.missing_clauses(context.contracts),
    over_reach.KIND: lambda context: over_reach.over_reach(context.network, context.contracts),
}


def detect(snapshot: Snapshot, buyer: EntityId, as_of: str) -> tuple[Finding, ...]:
    """The findings of all detectors, in a fixed order.

    Args:
        snapshot: The links and facts; its network decides who is upstream and at which tier.
        buyer: Any id of the buyer.
        as_of: The reading instant (world time), from which windows and periods are counted.
    """
    context = DetectionContext(snapshot, buyer, as_of)
    found = (finding for detector in DETECTORS.values() for finding in detector(context))
    return tuple(sorted(found, key=lambda finding: finding.order))
