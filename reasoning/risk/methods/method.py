"""What an assessment method is, and its input: facts up to the reading instant, past periods included."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ontology.records import EntityId
from reasoning.network.facts import Fact, Facts
from reasoning.risk.assessment import Figure
from reasoning.risk.blocked_parties import Block, blocked
from reasoning.risk.certainty import Certainty, chain, known

Paths = Mapping[EntityId, tuple[Fact, ...]]
Measure = Callable[[EntityId, EntityId, tuple[Fact, ...], str], Figure | None]

_DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence on a place for a method.

    Attributes:
        place: The subject of the evidence.
        category: The risk category.
        facts: In the order in which the method takes them.
    """

    place: EntityId
    category: EntityId
    facts: tuple[Fact, ...]


class AssessmentContext:
    """The facts that methods read, at one reading instant."""

    def __init__(self, facts: Facts, as_of: str) -> None:
        self.facts = facts
        self.as_of = as_of

    @cached_property
    def blocked(self) -> Mapping[EntityId, Block]:
        """The blocked parties."""
        return blocked(self.facts["SANCTIONED"], self.facts["OWNS"])

    def past(self, predicate: str, entity: EntityId) -> list[Fact]:
        """The facts that were ever valid about an entity, without those that begin after the reading instant."""
        return list(self._begun(self.facts.ever.about(predicate, entity)))

    def past_onto(self, predicate: str, entity: EntityId) -> list[Fact]:
        """The same for facts that point at an entity."""
        return list(self._begun(self.facts.ever.onto(predicate, entity)))

    def _begun(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        return (fact for fact in facts if fact.valid_from is None or fact.valid_from <= self.as_of)


Find = Callable[[AssessmentContext, EntityId, Paths, frozenset[EntityId]], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Method:
    """A declared way to compute a figure from evidence.

    Attributes:
        name: The name in an assessment.
        version: The version in an assessment.
        find: Finds the evidence on an entity and its places, for the wanted categories.
        measure: The formula. It uses place, category, ordered facts and world time only, so a proof can repeat it. None
            if
        the facts have no effect.
    """

    name: str
    version: int
    find: Find
    measure: Measure

    @property
    def label(self) -> str:
        """`name@version`."""
        return f"{self.name}@{self.version}"


def age_days(since: str, as_of: str) -> float:
    """Days from one world time to another; 0 if the first is later."""
    passed = datetime.fromisoformat(as_of) - datetime.fromisoformat(since)
    return max(0.0, passed.total_seconds() / _DAY_SECONDS)


def sureness(facts: Iterable[Fact], *, fresh: float = 1.0) -> Certainty:
    """The certainty that all facts hold and are still current.

    Args:
        facts: The facts.
        fresh: The probability that they are still current, in [0, 1].
    """
    links = [known(fact.confidence) for fact in facts]
    return chain([*links, known(fresh)]) if fresh < 1 else chain(links)
