"""The difference between two editions of the ontology, and whether it is major or minor.

Each edition is flattened into facts: what it permits, what it demands, its limits and its descriptions. A change is
major when it removes a permission, adds a demand or tightens a limit: valid data may now be refused, or mean something
else. Every other change is minor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ontology.compiler.concepts import concepts_of
from ontology.compiler.records import records_of
from ontology.compiler.shapes import Property, Shape, record_shapes
from ontology.compiler.source import content_version, read_schema, version_info
from ontology.compiler.terms import spelt_out, vocabulary_of
from ontology.errors import OntologyError
from ontology.model import Concept, Field, RecordClass
from ontology.vocabulary import Kind, Predicate, Vocabulary

Severity = Literal["major", "minor"]
_TAKES = {"decimal": ("whole numbers", "fractions"), "integer": ("whole numbers",)}
_LOWER = {"minInclusive", "minExclusive"}


@dataclass(frozen=True, slots=True)
class OntologyChange:
    """One change; `text` describes it, such as `removed: record Organization.name may name Site`."""

    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two editions.

    Attributes:
        old: Version that the old edition declares.
        new: Version that the new edition declares.
        changes: The changes: major ones first, then by text.
        enough: Whether the version rose far enough: the major number for a major change, the minor number for a minor
            one. While the major number is 0, the next number to the right has to rise instead.
    """

    old: str
    new: str
    changes: tuple[OntologyChange, ...]
    enough: bool

    @property
    def severity(self) -> Severity | None:
        """The severest of the changes; None where nothing changed."""
        return min((change.severity for change in self.changes), default=None)


@dataclass(frozen=True, slots=True)
class _Fact:
    """One statement that an edition makes.

    Attributes:
        sort: What the statement does.
        text: The statement in words.
        about: The permission that it qualifies, or "". Where one edition lacks that permission, the fact is ignored,
            because the missing permission is the change.
        limit: The bound, for the sorts `lower` and `upper`.
    """

    sort: Literal["permits", "demands", "describes", "lower", "upper"]
    text: str
    about: str = ""
    limit: float = 0


def diff(old: Path, new: Path) -> Difference:
    """The difference between the Turtle files in two folders.

    Args:
        old: Folder of the old edition.
        new: Folder of the new edition.

    Raises:
        OntologyError: An edition is invalid, or its version is not `major.minor.patch`.
    """
    (old_version, old_facts), (new_version, new_facts) = _edition(old), _edition(new)
    common = {fact.text for fact in old_facts & new_facts if fact.sort == "permits"} | {""}
    before, after = ({fact for fact in side if fact.about in common} for side in (old_facts, new_facts))
    changes = sorted({*_set_changes(before, after), *_limit_changes(before, after)}, key=_rank)
    worst = changes[0].severity if changes else None
    return Difference(old_version, new_version, tuple(changes), _is_enough(old_version, new_version, worst))


def _rank(change: OntologyChange) -> tuple[str, str]:
    return change.severity, change.text


def _edition(folder: Path) -> tuple[str, set[_Fact]]:
    graph = read_schema(folder)
    vocabulary = vocabulary_of(graph, content_version(folder))
    facts = {*_of_vocabulary(vocabulary)}
    for record in records_of(graph, vocabulary).values():
        facts |= {*_of_record(record)}
    for name, shape in record_shapes(graph).items():
        facts |= {*_of_shape(shape, f"record {name}", vocabulary)}
    for concept in concepts_of(graph, vocabulary):
        facts |= {*_of_concept(concept)}
    return version_info(graph), facts


def _set_changes(old: set[_Fact], new: set[_Fact]) -> Iterator[OntologyChange]:
    for fact in old - new:
        if fact.sort in {"permits", "demands"}:
            yield OntologyChange("major" if fact.sort == "permits" else "minor", f"removed: {fact.text}")
    described = {fact.text.partition(": ")[0] for fact in old if fact.sort == "describes"}
    for fact in new - old:
        if fact.sort in {"permits", "demands"}:
            yield OntologyChange("minor" if fact.sort == "permits" else "major", f"added: {fact.text}")
        elif fact.sort == "describes" and fact.text.partition(": ")[0] in described:
            yield OntologyChange("minor", f"reworded: {fact.text}")


def _limit_changes(old: set[_Fact], new: set[_Fact]) -> Iterator[OntologyChange]:
    before, after = ({(f.sort, f.text): f.limit for f in side if f.sort in {"lower", "upper"}} for side in (old, new))
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        open_end = float("-inf") if key[0] == "lower" else float("inf")
        left, right = (open_end if side is None else side for side in (was, now))
        tighter = right > left if key[0] == "lower" else right < left
        yield OntologyChange("major" if tighter else "minor", f"changed: {key[1]} from {_text(was)} to {_text(now)}")


def _text(limit: float | None) -> str:
    return "no limit" if limit is None else f"{limit:g}"


def _is_enough(old: str, new: str, severity: Severity | None) -> bool:
    before, after = _numbers(old), _numbers(new)
    place = {None: 3, "major": 1, "minor": 2}[severity] + (before[0] == 0 and severity is not None)
    return after[:place] > before[:place] if severity else after >= before


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise OntologyError(f"{version} is not a version", fix="write owl:versionInfo as major.minor.patch")
    return tuple(map(int, parts))


def _of_vocabulary(vocabulary: Vocabulary) -> Iterator[_Fact]:
    for kind in vocabulary.kinds.values():
        yield from _of_kind(kind)
    for predicate in vocabulary.predicates.values():
        yield from _of_predicate(predicate)


def _of_kind(kind: Kind) -> Iterator[_Fact]:
    about = f"kind {kind.name}"
    yield _Fact("permits", about)
    yield _Fact("permits", f"{about} with prefix {kind.prefix}", about)
    yield _Fact("describes", f"{about}: {kind.comment}", about)
    yield from (_Fact("permits", f"{about} is a {parent}", about) for parent in kind.parents)


def _of_predicate(predicate: Predicate) -> Iterator[_Fact]:
    about = f"predicate {predicate.name}"
    yield _Fact("permits", about)
    yield _Fact("describes", f"{about}: {predicate.comment}", about)
    yield from (_Fact("permits", f"{about} from {kind}", about) for kind in predicate.subjects)
    yield from (_Fact("permits", f"{about} to {kind}", about) for kind in predicate.objects)
    yield from (_Fact("permits", f"{about} takes {taken}", about) for taken in _taken(predicate.value))
    for qualifier, value in predicate.qualifiers.items():
        yield from (_Fact("permits", f"{about} carries {qualifier} as {taken}", about) for taken in _taken(value))
    if predicate.functional:
        yield _Fact("demands", f"{about} is functional", about)
    if predicate.searchable:
        yield _Fact("permits", f"{about} is searchable", about)


def _of_record(record: RecordClass) -> Iterator[_Fact]:
    yield _Fact("permits", f"record {record.name}")
    for field in record.fields.values():
        about = f"record {record.name}.{field.name}"
        yield _Fact("describes", f"{about}: {field.comment}", about)
        yield _Fact("permits", f"{about} is {_meaning(field)}", about)


def _meaning(field: Field) -> str:
    fixed = "".join(f", {name} = {value}" for name, value in field.fixed.items())
    return f"{field.role} {field.predicate}{' inverse' if field.inverse else ''}{fixed}".strip()


def _of_concept(concept: Concept) -> Iterator[_Fact]:
    about = f"concept {concept.id}"
    yield _Fact("permits", about)
    yield _Fact("describes", f"{about}: {concept.label}: {concept.definition}", about)
    yield from (_Fact("permits", f"{about} under {wider}", about) for wider in concept.broader)
    yield from (_Fact("permits", f"{about} is {scheme} {notation}", about) for scheme, notation in concept.notations)


def _of_shape(shape: Shape, where: str, vocabulary: Vocabulary) -> Iterator[_Fact]:
    """Facts of a node shape, or of what a property shape demands of each value."""
    kinds = spelt_out(vocabulary.kinds, shape.kinds)
    yield from (_Fact("permits", f"{where} takes {taken}", where) for taken in _taken(shape.datatype))
    yield from (_Fact("permits", f"{where} may name {kind}", where) for kind in kinds)
    yield from (_Fact("permits", f"{where} may be {value}", where) for value in shape.allowed or ())
    yield from _limits(shape, where)
    for name, demand in (("pattern", shape.pattern), ("flags", shape.flags), ("kind of node", shape.node_kind)):
        if demand:
            yield _Fact("demands", f"{where} {name} {demand}", where)
    for property_ in shape.properties:
        yield from _of_property(property_, where, vocabulary)
    if shape.closed:
        yield _Fact("demands", f"{where} has no other fields", where)
    for constraint, members in shape.groups:
        yield from _of_group(constraint, members, where, vocabulary)


def _limits(shape: Shape, where: str) -> Iterator[_Fact]:
    if shape.min_length is not None:
        yield _Fact("lower", f"{where} least length", where, shape.min_length)
    if shape.max_length is not None:
        yield _Fact("upper", f"{where} greatest length", where, shape.max_length)
    for name, _, bound in shape.bounds:
        yield _Fact("lower" if name in _LOWER else "upper", f"{where} {name}", where, float(bound))


def _of_property(property_: Property, above: str, vocabulary: Vocabulary) -> Iterator[_Fact]:
    where = f"{above}.{property_.path}"
    yield _Fact("permits", where, above)
    if property_.minimum:
        yield _Fact("lower", f"{where} least number", above, property_.minimum)
    if property_.maximum is not None:
        yield _Fact("upper", f"{where} greatest number", where, property_.maximum)
    yield from (_Fact("demands", f"{where} {constraint} {other}", where) for constraint, other in property_.pairs)
    yield from (_Fact("demands", f"{where} has the value {value}", where) for value in property_.has_value)
    yield from _of_shape(property_.shape, where, vocabulary)


def _of_group(constraint: str, members: tuple[Shape, ...], where: str, vocabulary: Vocabulary) -> Iterator[_Fact]:
    if constraint in {"and", "node"}:
        for member in members:
            yield from _of_shape(member, where, vocabulary)
        return
    alternatives = [" and ".join(sorted(_in_words(fact) for fact in _of_shape(m, "it", vocabulary))) for m in members]
    if constraint == "or":
        yield _Fact("demands", f"{where} must fit an alternative", where)
        yield from (_Fact("permits", f"{where} may fit: {alternative}", where) for alternative in alternatives)
    else:
        yield _Fact("demands", f"{where} {constraint}: {' | '.join(sorted(alternatives))}", where)


def _in_words(fact: _Fact) -> str:
    return f"{fact.text} {fact.limit:g}" if fact.sort in {"lower", "upper"} else fact.text


def _taken(value: str | None) -> tuple[str, ...]:
    return () if value is None else _TAKES.get(value, (value,))
