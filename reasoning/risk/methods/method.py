"""What a method is, and what it looks at: facts up to the reading instant, past periods too."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ontology.records import EntityId
from reasoning.network.facts import Fact, Facts
from reasoning.risk.assessment import Figure
from reasoning.risk.blocked_parties import Block, blocked
from reasoning.risk.certainty import Certainty, chain, known

Ways = Mapping[EntityId, tuple[Fact, ...]]
Measure = Callable[[EntityId, EntityId, tuple[Fact, ...], str], Figure | None]

_DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence on a place that a method takes: the risk category that it is of, and its facts in order."""

    place: EntityId
    category: EntityId
    facts: tuple[Fact, ...]


class AssessmentContext:
    """The facts that methods look at, of one reading instant."""

    def __init__(self, facts: Facts, as_of: str) -> None:
        self.facts = facts
        self.as_of = as_of

    @cached_property
    def blocked(self) -> Mapping[EntityId, Block]:
        """The blocked parties."""
        return blocked(self.facts["SANCTIONED"], self.facts["OWNS"])

    def past(self, predicate: str, entity: EntityId) -> list[Fact]:
        """What was ever valid about an entity, but for what begins after the reading instant."""
        return list(self._begun(self.facts.ever.about(predicate, entity)))

    def past_onto(self, predicate: str, entity: EntityId) -> list[Fact]:
        """The same of facts that point at an entity."""
        return list(self._begun(self.facts.ever.onto(predicate, entity)))

    def _begun(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        return (fact for fact in facts if fact.valid_from is None or fact.valid_from <= self.as_of)


Find = Callable[[AssessmentContext, EntityId, Ways, frozenset[EntityId]], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Method:
    """A declared way to make a figure of evidence.

    Attributes:
        name, version: What an assessment names.
        find: The evidence on an entity and its places, for the categories asked for.
        measure: The formula: of place, category, facts in order and world time alone, hence repeatable from a proof.
            None where the facts say nothing.
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
    """Days from one world time to another; 0 where the first is later."""
    passed = datetime.fromisoformat(as_of) - datetime.fromisoformat(since)
    return max(0.0, passed.total_seconds() / _DAY_SECONDS)


def sureness(facts: Iterable[Fact], *, fresh: float = 1.0) -> Certainty:
    """How sure it is that all of the facts hold, and still do."""
    links = [known(fact.confidence) for fact in facts]
    return chain([*links, known(fresh)]) if fresh < 1 else chain(links)
