"""Blocked suppliers: sanctioned, or owned 50 % or more by blocked parties (`reasoning.risk.blocked_parties`)."""

from collections.abc import Iterator, Mapping

from ontology.records import EntityId
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.facts import Facts
from reasoning.risk.blocked_parties import Block, blocked, percentage, proof

KIND = "sanctioned_owner"


def sanctioned_owners(network: UpstreamNetwork) -> Iterator[Finding]:
    """Yield a finding for each supplier of the network that is blocked."""
    facts = network.facts
    found = blocked(facts["SANCTIONED"], facts["OWNS"])
    for supplier in sorted(network.suppliers & found.keys()):
        used = proof(supplier, found)
        yield make_finding(KIND, supplier, used, _text(supplier, found, facts), related=(fact.subject for fact in used))


def _text(supplier: EntityId, found: Mapping[EntityId, Block], facts: Facts) -> str:
    block = found[supplier]
    if not block.step:
        return f"{facts.name(supplier)} is itself on the list {block.because[0].value}."
    owners = listed(f"{facts.name(fact.subject)} ({percentage(fact):g} %)" for fact in block.because)
    roots = sorted({fact.subject for fact in proof(supplier, found) if fact.predicate == "SANCTIONED"})
    hops = "directly" if block.step == 1 else f"over {block.step} steps of ownership"
    return (
        f"{facts.name(supplier)} counts as blocked: blocked parties own 50 % or more of it, {owners}, which leads "
        f"{hops} to {listed(map(facts.name, roots))} on a sanctions list."
    )
