"""Contracts in force that lack a clause which a rule requires.

A rule reaches a contract by its kind and by what the rule APPLIES_TO (see `contracts`). The clause is there if a
clause of the current version has the required type or a narrower one. A contract whose clauses nobody has typed says
nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from ontology.records import EntityId
from reasoning.contracts.in_force import Contract, Contracts, distinct
from reasoning.findings.finding import Finding, listed, make_finding, titled
from reasoning.network.facts import Fact, Facts

KIND = "missing_clause"


def missing_clauses(contracts: Contracts) -> Iterator[Finding]:
    """One finding for each contract, rule and clause type that is required and not there."""
    facts = contracts.facts
    for (rule, wanted, kind, _), said in distinct(facts["REQUIRES"]):
        for contract in contracts.in_force:
            reached = contracts.reach(rule, kind, contract)
            if reached is not None and not contracts.of_type(contract, wanted):
                yield _finding((rule, wanted), contract, (*said, *reached), facts)


def _finding(demand: tuple[EntityId, EntityId], contract: Contract, used: tuple[Fact, ...], facts: Facts) -> Finding:
    rule, wanted = demand
    partners = listed(map(facts.name, contract.counterparties)) if contract.counterparties else "no named party"
    text = (
        f"{titled(rule, facts)} requires a clause of the type {facts.name(wanted)}, and the current version of "
        f"{titled(contract.id, facts)} with {partners} has none."
    )
    known = (*used, contract.membership, contract.version)
    return replace(make_finding(KIND, contract.id, known, text, related=(wanted, *contract.counterparties)), rule=rule)
