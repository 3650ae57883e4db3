"""Blocked parties: sanctioned themselves, or owned 50 % or more by blocked parties.

The 50 % rule adds the shares of all blocked owners and cascades step by step: an entity that blocked parties own by 50
% or more is blocked in turn. Shares are never multiplied along a chain. A link (LINKED_TO) is not ownership, and an
owner without a stated share does not count. Where sources state different shares of one owner, the most believed claim
counts. Source: OFAC, Revised Guidance on Entities Owned by Persons Whose Property … Are Blocked (2014).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.records import EntityId
from reasoning.network.facts import Fact

MAJORITY = 50.0
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Block:
    """Why an entity is blocked.

    Attributes:
        step: The round of the cascade in which it was found; 0 for sanctioned entities.
        because: Its SANCTIONED claim, or the shares of enough blocked owners.
    """

    step: int
    because: tuple[Fact, ...]


def blocked(sanctioned: Iterable[Fact], owns: Iterable[Fact]) -> dict[EntityId, Block]:
    """Every blocked party according to SANCTIONED and OWNS facts, and why.

    Args:
        sanctioned: SANCTIONED facts.
        owns: OWNS facts, with percentages.
    """
    found: dict[EntityId, Block] = {}
    for fact in sorted(sanctioned, key=lambda fact: fact.preference):
        found.setdefault(fact.subject, Block(0, (fact,)))
    holdings = _holdings(owns)
    shares: dict[EntityId, list[Fact]] = defaultdict(list)
    step, wave = 0, sorted(found)
    while wave:
        step += 1
        touched: set[EntityId] = set()
        for fact in (fact for owner in wave for fact in holdings.get(owner, ()) if fact.object not in found):
            shares[_owned(fact)].append(fact)
            touched.add(_owned(fact))
        wave = sorted(entity for entity in touched if _total(shares[entity]) >= MAJORITY - _ROUNDING)
        found.update({entity: Block(step, _enough(shares[entity])) for entity in wave})
    return found


def proof(party: EntityId, found: Mapping[EntityId, Block]) -> list[Fact]:
    """The facts that make a party blocked, back to sanctioned parties.

    Args:
        party: A blocked party.
        found: What `blocked` returned.
    """
    used: list[Fact] = []
    seen, waiting = {party}, [party]
    while waiting:
        because = found[waiting.pop()].because
        used.extend(because)
        fresh = {fact.subject for fact in because if fact.predicate == "OWNS"} - seen
        seen |= fresh
        waiting.extend(sorted(fresh))
    return used


def percentage(fact: Fact) -> float:
    """The share that an OWNS fact states, in percent; 0 if it states none."""
    return fact.number("percentage") or 0.0


def _holdings(owns: Iterable[Fact]) -> Mapping[EntityId, list[Fact]]:
    """By owner, the most believed claim of each of its shares."""
    best: dict[tuple[EntityId, EntityId], Fact] = {}
    for fact in sorted(owns, key=lambda fact: fact.preference):
        if fact.object is not None and fact.object != fact.subject and fact.number("percentage") is not None:
            best.setdefault((fact.subject, fact.object), fact)
    holdings: dict[EntityId, list[Fact]] = defaultdict(list)
    for (owner, _), fact in best.items():
        holdings[owner].append(fact)
    return holdings


def _owned(fact: Fact) -> EntityId:
    return fact.object or fact.subject


def _total(shares: list[Fact]) -> float:
    return sum(map(percentage, shares))


def _enough(shares: list[Fact]) -> tuple[Fact, ...]:
    """The greatest shares that reach the majority, as few as suffice."""
    taken: list[Fact] = []
    for fact in sorted(shares, key=lambda fact: (-percentage(fact), fact.subject)):
        if _total(taken) < MAJORITY - _ROUNDING:
            taken.append(fact)
    return tuple(taken)
