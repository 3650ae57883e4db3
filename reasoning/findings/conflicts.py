"""Where sources contradict each other, and which side is preferred and why.

Two sources are in conflict where a predicate allows one true object or value at a time, both claims hold at the
reading instant with the same qualifiers, and they differ. Text is compared without case and surplus spaces, names
also without legal form; coordinates count as equal within a hundredth of a degree. Preferred is the side with the
claim that is believed (`ontology.preference`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY
from ontology.preference import is_primary_name, reason
from ontology.records import ClaimId, EntityId
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.identity.names import read_name
from reasoning.network.facts import Fact, Facts, as_number

KIND = "conflicting_sources"
_TOLERANCE = {"LATITUDE": 0.01, "LONGITUDE": 0.01}


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that is said, and by whom.

    Attributes:
        shown: The value as text, or the name of the entity.
        object, value: What is said; one of them is None.
        sources: Names of the sources that say it, ascending.
        facts: The claims that say it, the preferred one first.
    """

    shown: str
    object: EntityId | None
    value: Scalar | None
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that contradict each other about one thing; `sides[0]` is preferred, `why` says by what."""

    subject: EntityId
    predicate: str
    sides: tuple[Side, ...]
    why: str


def conflicts(facts: Facts) -> tuple[Conflict, ...]:
    """Every conflict between sources, by subject and predicate."""
    groups = (group for name in sorted(VOCABULARY.predicates) for group in _contested(name, facts))
    found = (_conflict(group, facts) for group in groups)
    return tuple(sorted(found, key=lambda conflict: (conflict.subject, conflict.predicate, conflict.sides[0].shown)))


def conflicting_sources(facts: Facts) -> Iterator[Finding]:
    """One finding for each conflict."""
    for conflict in conflicts(facts):
        said = listed(f"{side.shown} ({', '.join(side.sources)})" for side in conflict.sides)
        text = (
            f"Sources disagree on {conflict.predicate} of {facts.name(conflict.subject)}: {said}; "
            f"{conflict.sides[0].shown} is preferred because {conflict.why}."
        )
        used = [fact for side in conflict.sides for fact in side.facts]
        related = (side.object for side in conflict.sides if side.object is not None)
        yield make_finding(KIND, conflict.subject, used, text, related=related)


def _contested(predicate: str, facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """Groups of claims of a functional predicate that cannot all be true and come from two sources or more."""
    if not VOCABULARY.predicates[predicate].functional:
        return
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts[predicate]:
        if predicate != "NAMED" or is_primary_name(fact.qualifiers.get("kind")):
            groups[_topic(fact)].append(fact)
    for group in groups.values():
        if _disagree(group):
            yield tuple(group)


def _topic(fact: Fact) -> tuple[object, ...]:
    said = sorted((name, str(value)) for name, value in fact.qualifiers.items() if name != "kind")
    return (fact.subject, *said)


def _disagree(group: Sequence[Fact]) -> bool:
    """Whether two claims of different sources say different things."""
    if len({fact.source for fact in group}) < 2:
        return False
    keys = _keys(group)
    spoken: dict[str, set[object]] = defaultdict(set)
    for fact in group:
        spoken[fact.source].add(keys[fact.claim])
    return len(set().union(*spoken.values())) > 1


def _keys(group: Sequence[Fact]) -> Mapping[ClaimId, object]:
    """What each claim says, so that what says the same is equal; figures a step within tolerance apart count as one."""
    near = _TOLERANCE.get(group[0].predicate)
    if near is None:
        return {fact.claim: _said(fact) for fact in group}
    keys: dict[ClaimId, object] = {}
    key = last = 0.0
    for number, fact in enumerate(sorted(group, key=lambda fact: (as_number(fact.value) or 0.0, fact.claim))):
        value = as_number(fact.value) or 0.0
        key = value if number == 0 or value - last > near else key
        keys[fact.claim], last = key, value
    return keys


def _said(fact: Fact) -> object:
    if fact.object is not None:
        return fact.object
    if isinstance(fact.value, str):
        return read_name(fact.value).core if fact.predicate == "NAMED" else " ".join(fact.value.casefold().split())
    return fact.value


def _conflict(group: Sequence[Fact], facts: Facts) -> Conflict:
    ranked = sorted(group, key=lambda fact: fact.preference)
    keys = _keys(group)
    by_key: dict[object, list[Fact]] = defaultdict(list)
    for fact in ranked:
        by_key[keys[fact.claim]].append(fact)
    sides = tuple(_side(said, facts) for said in by_key.values())
    ours, theirs = (side.facts[0].preference for side in sides[:2])
    return Conflict(group[0].subject, group[0].predicate, sides, reason(ours, theirs))


def _side(said: Sequence[Fact], facts: Facts) -> Side:
    best = said[0]
    shown = facts.name(best.object) if best.object is not None else str(best.value)
    return Side(shown, best.object, best.value, tuple(sorted({fact.source for fact in said})), tuple(said))
