"""Conflicts between sources, with the preferred side and the reason.

Two sources are in conflict if their claims hold at the reading instant with the same qualifiers and differ. The
predicate must allow only one true object or value at a time. Text is compared without case and surplus spaces, names
also without legal form. Coordinates are equal within a hundredth of a degree. The side with the most believed claim is
preferred (`ontology.preference`).
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
    """One side of a conflict: an object or value, and the claims that state it.

    Attributes:
        shown: The value as text, or the name of the object.
        object: The object, or None.
        value: The value, or None if there is an object.
        sources: Names of the sources that state it, ascending.
        facts: The claims that state it, the most believed first.
    """

    shown: str
    object: EntityId | None
    value: Scalar | None
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that contradict each other about one predicate of an entity.

    Attributes:
        subject: The entity.
        predicate: The predicate.
        sides: The sides, the preferred one first.
        why: Why the first side is preferred.
    """

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
    """Yield a finding for each conflict."""
    for conflict in conflicts(facts):
        versions = listed(f"{side.shown} ({', '.join(side.sources)})" for side in conflict.sides)
        text = (
            f"Sources disagree on {conflict.predicate} of {facts.name(conflict.subject)}: {versions}; "
            f"{conflict.sides[0].shown} is preferred because {conflict.why}."
        )
        used = [fact for side in conflict.sides for fact in side.facts]
        related = (side.object for side in conflict.sides if side.object is not None)
        yield make_finding(KIND, conflict.subject, used, text, related=related)


def _contested(predicate: str, facts: Facts) -> Iterator[tuple[Fact, ...]]:
    """Groups of claims of a functional predicate that cannot all be true and come from two or more sources."""
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
    qualifiers = sorted((name, str(value)) for name, value in fact.qualifiers.items() if name != "kind")
    return (fact.subject, *qualifiers)


def _disagree(group: Sequence[Fact]) -> bool:
    """Whether claims of different sources differ."""
    if len({fact.source for fact in group}) < 2:
        return False
    keys = _keys(group)
    by_source: dict[str, set[object]] = defaultdict(set)
    for fact in group:
        by_source[fact.source].add(keys[fact.claim])
    return len(set().union(*by_source.values())) > 1


def _keys(group: Sequence[Fact]) -> Mapping[ClaimId, object]:
    """By claim, a key that is equal for equal contents; figures that are a step within tolerance apart are equal."""
    near = _TOLERANCE.get(group[0].predicate)
    if near is None:
        return {fact.claim: _content(fact) for fact in group}
    keys: dict[ClaimId, object] = {}
    key = last = 0.0
    for number, fact in enumerate(sorted(group, key=lambda fact: (as_number(fact.value) or 0.0, fact.claim))):
        value = as_number(fact.value) or 0.0
        key = value if number == 0 or value - last > near else key
        keys[fact.claim], last = key, value
    return keys


def _content(fact: Fact) -> object:
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
    sides = tuple(_side(same, facts) for same in by_key.values())
    ours, theirs = (side.facts[0].preference for side in sides[:2])
    return Conflict(group[0].subject, group[0].predicate, sides, reason(ours, theirs))


def _side(same: Sequence[Fact], facts: Facts) -> Side:
    best = same[0]
    shown = facts.name(best.object) if best.object is not None else str(best.value)
    return Side(shown, best.object, best.value, tuple(sorted({fact.source for fact in same})), tuple(same))
