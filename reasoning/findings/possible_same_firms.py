"""Pairs of records that may be one firm, of which at least one supplies the buyer. Nothing is merged: somebody judges.

Which pairs these are is the rule of `reasoning.identity.candidates`.
"""

from collections.abc import Iterator

from ontology.records import EntityId
from reasoning.findings.finding import Finding, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.identity.candidates import CandidatePair, candidate_pairs
from reasoning.network.facts import Facts

KIND = "possible_same_firm"


def possible_same_firms(network: UpstreamNetwork) -> Iterator[Finding]:
    """One finding for each pair; its subject is the one nearer to the buyer, or of the smaller id."""
    for pair in candidate_pairs(network.facts, network.suppliers):
        yield _finding(pair, _nearer_first(pair, network), network.facts)


def _nearer_first(pair: CandidatePair, network: UpstreamNetwork) -> tuple[EntityId, EntityId]:
    far = len(network.tiers)
    first, second = sorted(
        (pair.left, pair.right),
        key=lambda entity: (entity not in network.suppliers, network.tiers.get(entity, far), entity),
    )
    return first, second


def _finding(pair: CandidatePair, ordered: tuple[EntityId, EntityId], facts: Facts) -> Finding:
    subject, other = ordered
    why = ", ".join(feature.text for feature in pair.features)
    names = f"{facts.name(subject)} ({subject}) and {facts.name(other)} ({other})"
    text = f"{names} may be one firm: {why}; score {pair.score:.2f}."
    return make_finding(KIND, subject, (fact for one in pair.features for fact in one.facts), text, related=(other,))
