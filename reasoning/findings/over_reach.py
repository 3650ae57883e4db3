"""Over-reach: clause types demanded of suppliers for which a rule forbids them.

A rule FORBIDS a clause type for suppliers of at most `maxHeadcount` people, or for all if it states no bound. Demands
are the clauses in the current version of a contract in force, and what a position of a playbook ASKS_FOR if the
playbook applies to the supplier. A supplier without a stated headcount is not judged.
"""

from collections.abc import Iterator
from dataclasses import replace

from ontology.records import EntityId
from reasoning.contracts.in_force import Contract, Contracts, distinct
from reasoning.findings.finding import Finding, make_finding, titled
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.facts import Fact, Facts

KIND = "over_reach"


def over_reach(network: UpstreamNetwork, contracts: Contracts) -> Iterator[Finding]:
    """Yield a finding for each contract or position, rule, clause type and protected supplier."""
    for (rule, clause_type, _, _), stated in distinct(contracts.facts["FORBIDS"]):
        for contract in contracts.in_force:
            yield from _in_contract((rule, clause_type), stated, contract, contracts)
        yield from _in_positions((rule, clause_type), stated, network, contracts)


def _in_contract(
    ban: tuple[EntityId, EntityId], stated: tuple[Fact, ...], contract: Contract, contracts: Contracts
) -> Iterator[Finding]:
    facts = contracts.facts
    reached = contracts.reach(ban[0], "", contract, everywhere=True)
    demanded = contracts.of_type(contract, ban[1])
    if reached is None or not demanded:
        return
    for party in contract.counterparties:
        small = _smallness(party, stated, facts)
        if small is None:
            continue
        clauses = {fact.subject for fact in demanded}
        stand = [fact for fact in contract.clauses if fact.object in clauses]
        used = (
            *stated,
            *reached,
            *small,
            *demanded,
            *stand,
            *contract.parties[party],
            contract.membership,
            contract.version,
        )
        text = (
            f"{titled(contract.id, facts)} asks {facts.name(party)}{_people(small)} for {facts.name(ban[1])}, which "
            f"{titled(ban[0], facts)} forbids for this supplier."
        )
        found = make_finding(KIND, contract.id, used, text, related=(party, ban[1], *clauses))
        yield replace(found, rule=ban[0])


def _in_positions(
    ban: tuple[EntityId, EntityId], stated: tuple[Fact, ...], network: UpstreamNetwork, contracts: Contracts
) -> Iterator[Finding]:
    facts = contracts.facts
    for asks in facts.onto("ASKS_FOR", ban[1]):
        for part, applied in _applications(asks.subject, facts):
            supplier = applied.object or applied.subject
            small = _smallness(supplier, stated, facts)
            reached = contracts.reach(ban[0], "", _proposed(asks, applied, network.buyer), everywhere=True)
            if supplier not in network.suppliers or small is None or reached is None:
                continue
            text = (
                f"A position of {facts.name(applied.subject)} asks {facts.name(supplier)}{_people(small)} for "
                f"{facts.name(ban[1])}, which {titled(ban[0], facts)} forbids for this supplier."
            )
            used = (*stated, *small, *reached, asks, part, applied)
            found = make_finding(KIND, asks.subject, used, text, related=(supplier, ban[1]))
            yield replace(found, rule=ban[0])


def _applications(position: EntityId, facts: Facts) -> Iterator[tuple[Fact, Fact]]:
    """The playbooks that contain a position, with the suppliers to which each applies."""
    for part in facts.about("PART_OF", position):
        for applied in facts.about("APPLIES_TO", part.object or part.subject):
            yield part, applied


def _proposed(asks: Fact, applied: Fact, buyer: EntityId) -> Contract:
    """What a playbook would have a supplier sign, as a contract that rules may reach."""
    parties = {applied.object or applied.subject: (applied,), buyer: (applied,)}
    return Contract(applied.subject, buyer, parties, asks, (), ())


def _smallness(party: EntityId, stated: tuple[Fact, ...], facts: Facts) -> tuple[Fact, ...] | None:
    """The headcount that puts a party within a ban's bound; () without a bound; None if it is not within."""
    bound = stated[0].number("maxHeadcount")
    if bound is None:
        return ()
    headcount = facts.preferred("HEADCOUNT", party)
    if headcount is None or not isinstance(headcount.value, int | float) or headcount.value > bound:
        return None
    return (headcount,)


def _people(small: tuple[Fact, ...]) -> str:
    return f", with {small[0].value} people," if small else ""
