"""Own risk R[s, category]: the greatest severity × likelihood of the open risks of s, its sites and its regions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ontology.records import ClaimId, EvidenceId, NounId
from reasoning.facts import Fact, Facts, as_number
from reasoning.weights import CATEGORIES

_PLACES = ("OPERATES", "LOCATED_AT", "IN_COUNTRY")
_WIDER = ("PART_OF", "BROADER", "IN_COUNTRY", "LOCATED_AT")


@dataclass(frozen=True, slots=True)
class OwnRisk:
    """The risk that decides R for one noun and category, and every claim that it follows from.

    Attributes:
        value: severity × likelihood, in [0, 1].
        risk: The Risk noun.
        place: What it affects: the noun itself, one of its sites or one of its regions.
        facts: The claims that lead to the place, then AFFECTS, IN_CATEGORY, LIKELIHOOD and SEVERITY.
        spread: Between what it lies; None where it is just the value.
    """

    category: NounId
    value: float
    risk: NounId
    place: NounId
    facts: tuple[Fact, ...]
    spread: tuple[float, float] | None = None

    @property
    def bounds(self) -> tuple[float, float, float]:
        """Low, value and high."""
        return (self.value,) * 3 if self.spread is None else (self.spread[0], self.value, self.spread[1])

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claim ids of `facts`."""
        return tuple(fact.claim for fact in self.facts)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of `facts`, ascending."""
        return tuple(sorted({one for fact in self.facts for one in fact.evidence}))


class Risks:
    """Own risks, worked out for a noun when they are first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._scored: dict[NounId, OwnRisk | None] = {}
        self._held: dict[NounId, Mapping[NounId, OwnRisk]] = {}

    def of(self, noun: NounId) -> Mapping[NounId, OwnRisk]:
        """The own risk of a noun by category; a category of which nothing is known is not a key."""
        if noun not in self._held:
            self._held[noun] = self._greatest(noun)
        return self._held[noun]

    def _greatest(self, noun: NounId) -> Mapping[NounId, OwnRisk]:
        greatest: dict[NounId, OwnRisk] = {}
        for found in self._found(noun):
            standing = greatest.get(found.category)
            if standing is None or _rank(found) < _rank(standing):
                greatest[found.category] = found
        return greatest

    def _found(self, noun: NounId) -> Iterator[OwnRisk]:
        for place, way in places(self._facts, noun).items():
            for affects in self._facts.onto("AFFECTS", place):
                scored = self._score(affects.subject)
                if scored is not None:
                    facts = (*way, affects, *scored.facts)
                    yield OwnRisk(scored.category, scored.value, scored.risk, place, facts)

    def _score(self, risk: NounId) -> OwnRisk | None:
        if risk not in self._scored:
            self._scored[risk] = _scored(self._facts, risk)
        return self._scored[risk]


def places(facts: Facts, noun: NounId) -> Mapping[NounId, tuple[Fact, ...]]:
    """The noun, its sites, and the regions of both and what these are part of; each with the shortest claims to it."""
    ways: dict[NounId, tuple[Fact, ...]] = {noun: ()}
    front = [noun]
    while front:
        steps = sorted(_steps(facts, front), key=lambda fact: (fact.subject, fact.object, fact.preference))
        front = []
        for fact in steps:
            if fact.object is not None and fact.object not in ways:
                ways[fact.object] = (*ways[fact.subject], fact)
                front.append(fact.object)
    return ways


def _steps(facts: Facts, front: Iterable[NounId]) -> Iterator[Fact]:
    for noun in front:
        predicates = _PLACES if facts.kind(noun) == "Organization" else _WIDER
        yield from chain.from_iterable(facts.about(predicate, noun) for predicate in predicates)


def _scored(facts: Facts, risk: NounId) -> OwnRisk | None:
    """What a Risk noun says by itself; None where its category, likelihood or severity is not known."""
    likelihood, severity = facts.preferred("LIKELIHOOD", risk), facts.preferred("SEVERITY", risk)
    way = _category(facts, risk)
    if likelihood is None or severity is None or not way:
        return None
    chance, harm = as_number(likelihood.value), as_number(severity.value)
    category = way[-1].object
    if chance is None or harm is None or category is None:
        return None
    return OwnRisk(category, chance * harm, risk, risk, (*way, likelihood, severity))


def _category(facts: Facts, risk: NounId) -> tuple[Fact, ...]:
    """IN_CATEGORY and the BROADER claims up to one of the twelve categories; nothing where none is reached."""
    step = facts.preferred("IN_CATEGORY", risk)
    way: tuple[Fact, ...] = ()
    while step is not None and step not in way:
        way = (*way, step)
        if step.object is None or step.object in CATEGORIES:
            return way
        step = facts.preferred("BROADER", step.object)
    return ()


def _rank(own: OwnRisk) -> tuple[float, int, tuple[ClaimId, ...]]:
    """The greatest value first; of equal ones the nearest, then the smaller claim ids."""
    return (-own.value, len(own.facts), own.claims)
