"""Missing clauses: contracts in force without a clause that a rule requires.

The rule's scope decides which contracts it reaches: their kind and what the rule APPLIES_TO (see
`reasoning.contracts`). A clause satisfies the rule if it is in the current version and has the required type or a
narrower one. A contract without typed clauses makes no finding.
"""

from collections.abc import Iterator
from dataclasses import replace

from ontology.records import EntityId
from reasoning.contracts.in_force import Contract, Contracts, distinct
from reasoning.findings.finding import Finding, listed, make_finding, titled
from reasoning.network.facts import Fact, Facts

KIND = "missing_clause"


def missing_clauses(contracts: Contracts) -> Iterator[Finding]:
    """Yield a finding for each contract, rule and required clause type that the contract lacks."""
    facts = contracts.facts
    for (rule, wanted, kind, _), stated in distinct(facts["REQUIRES"]):
        for contract in contracts.in_force:
            reached = contracts.reach(rule, kind, contract)
            if reached is not None and not contracts.of_type(contract, wanted):
                yield _finding((rule, wanted), contract, (*stated, *reached), facts)


def _finding(demand: tuple[EntityId, EntityId], contract: Contract, used: tuple[Fact, ...], facts: Facts) -> Finding:
    rule, wanted = demand
    partners = listed(map(facts.name, contract.counterparties)) if contract.counterparties else "no named party"
    text = (
        f"{titled(rule, facts)} requires a clause of the type {facts.name(wanted)}, and the current version of "
        f"{titled(contract.id, facts)} with {partners} has none."
    )
    known = (*used, contract.membership, contract.version)
    return replace(make_finding(KIND, contract.id, known, text, related=(wanted, *contract.counterparties)), rule=rule)
