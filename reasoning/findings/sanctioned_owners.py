"""Suppliers that are blocked: sanctioned themselves, or 50 % or more owned by blocked parties.

The 50 % rule adds up the shares of all blocked owners and cascades step by step: who is owned 50 % or more by
blocked parties is blocked in turn. Shares are never multiplied along a chain. A link (LINKED_TO) is no ownership,
and an owner whose share nobody states counts nothing. Where sources state different shares of one owner, the
preferred claim counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ontology.records import NounId
from reasoning.facts import Fact, Facts
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import Network

KIND = "sanctioned_owner"
MAJORITY = 50.0
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class _Block:
    """Why a noun is blocked: its SANCTIONED claim, or the shares of enough blocked owners; found in round `step`."""

    step: int
    because: tuple[Fact, ...]


def sanctioned_owners(facts: Facts, network: Network) -> Iterator[Finding]:
    """One finding for each supplier of the network that is blocked."""
    blocked = _blocked(facts)
    for supplier in sorted(network.suppliers & blocked.keys()):
        used = _proof(supplier, blocked)
        yield make_finding(
            KIND, supplier, used, _text(supplier, blocked, facts), related=(fact.subject for fact in used)
        )


def _blocked(facts: Facts) -> dict[NounId, _Block]:
    blocked = {
        noun: _Block(0, (min(said, key=lambda fact: fact.preference),))
        for noun, said in facts.by_subject("SANCTIONED").items()
    }
    holdings = _holdings(facts)
    shares: dict[NounId, list[Fact]] = defaultdict(list)
    step, wave = 0, sorted(blocked)
    while wave:
        step += 1
        touched: set[NounId] = set()
        for fact in (fact for owner in wave for fact in holdings.get(owner, ()) if fact.object not in blocked):
            shares[_owned(fact)].append(fact)
            touched.add(_owned(fact))
        wave = sorted(noun for noun in touched if _total(shares[noun]) >= MAJORITY - _ROUNDING)
        blocked.update({noun: _Block(step, _enough(shares[noun])) for noun in wave})
    return blocked


def _holdings(facts: Facts) -> Mapping[NounId, list[Fact]]:
    """By owner, the preferred claim of each of its shares."""
    best: dict[tuple[NounId, NounId], Fact] = {}
    for fact in sorted(facts["OWNS"], key=lambda fact: fact.preference):
        if fact.object is not None and fact.object != fact.subject and fact.number("percentage") is not None:
            best.setdefault((fact.subject, fact.object), fact)
    holdings: dict[NounId, list[Fact]] = defaultdict(list)
    for (owner, _), fact in best.items():
        holdings[owner].append(fact)
    return holdings


def _owned(fact: Fact) -> NounId:
    return fact.object or fact.subject


def _percentage(fact: Fact) -> float:
    return fact.number("percentage") or 0.0


def _total(shares: list[Fact]) -> float:
    return sum(map(_percentage, shares))


def _enough(shares: list[Fact]) -> tuple[Fact, ...]:
    """The greatest shares that make the majority, no more of them than it takes."""
    taken: list[Fact] = []
    for fact in sorted(shares, key=lambda fact: (-_percentage(fact), fact.subject)):
        if _total(taken) < MAJORITY - _ROUNDING:
            taken.append(fact)
    return tuple(taken)


def _proof(supplier: NounId, blocked: Mapping[NounId, _Block]) -> list[Fact]:
    used: list[Fact] = []
    seen, waiting = {supplier}, [supplier]
    while waiting:
        because = blocked[waiting.pop()].because
        used.extend(because)
        fresh = {fact.subject for fact in because if fact.predicate == "OWNS"} - seen
        seen |= fresh
        waiting.extend(sorted(fresh))
    return used


def _text(supplier: NounId, blocked: Mapping[NounId, _Block], facts: Facts) -> str:
    block = blocked[supplier]
    if not block.step:
        return f"{facts.name(supplier)} is itself on the list {block.because[0].value}."
    owners = listed(f"{facts.name(fact.subject)} ({_percentage(fact):g} %)" for fact in block.because)
    roots = sorted({fact.subject for fact in _proof(supplier, blocked) if fact.predicate == "SANCTIONED"})
    hops = "directly" if block.step == 1 else f"over {block.step} steps of ownership"
    return (
        f"{facts.name(supplier)} counts as blocked: blocked parties own 50 % or more of it, {owners}, which leads "
        f"{hops} to {listed(map(facts.name, roots))} on a sanctions list."
    )
