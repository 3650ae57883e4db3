"""Suppliers that are blocked: sanctioned, or 50 % or more owned by blocked parties (`reasoning.blocking`)."""

from collections.abc import Iterator, Mapping

from ontology.records import NounId
from reasoning.blocking import Block, blocked, percentage, proof
from reasoning.facts import Facts
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import Network

KIND = "sanctioned_owner"


def sanctioned_owners(network: Network) -> Iterator[Finding]:
    """One finding for each supplier of the network that is blocked."""
    facts = network.facts
    found = blocked(facts["SANCTIONED"], facts["OWNS"])
    for supplier in sorted(network.suppliers & found.keys()):
        used = proof(supplier, found)
        yield make_finding(KIND, supplier, used, _text(supplier, found, facts), related=(fact.subject for fact in used))


def _text(supplier: NounId, found: Mapping[NounId, Block], facts: Facts) -> str:
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
