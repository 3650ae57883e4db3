"""Admission: every store checks a batch against the vocabulary before it writes anything."""

import math
from collections.abc import Iterable

from ontology.canonical import Scalar
from ontology.errors import InvalidRecordError, MissingEvidenceError
from ontology.instants import record_instant
from ontology.preference import BASES, REVIEWS
from ontology.records import Batch, Claim, Entity, Entry, Qualifiers, Vector
from ontology.vocabulary import Predicate, ValueType, Vocabulary

_PYTHON_TYPES: dict[ValueType, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "decimal": (int, float),
    "boolean": (bool,),
    "date": (str,),
    "dateTime": (str,),
    "anyURI": (str,),
}
_FLOAT32 = 4

_Shape = tuple[object, ...]


class Admission:
    """Checks batches against one vocabulary. The prefix of an id decides the kind of its entity.

    Args:
        vocabulary: The kinds and predicates that batches may name.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._kinds = {kind.prefix: name for name, kind in vocabulary.kinds.items()}
        self._passed: set[_Shape] = set()

    def check(self, batch: Batch) -> None:
        """Refuse a batch that names a term outside the vocabulary, or contradicts itself.

        Raises:
            InvalidRecordError: A term is not in the vocabulary, an id or value is invalid, or a record is named twice.
            MissingEvidenceError: A claim has no evidence.
        """
        _check_instant(batch.at)
        for entity in batch.entities:
            self._check_entity(entity)
        _check_ids("evidence", (evidence.id for evidence in batch.evidence))
        _check_records(batch)
        for entry in batch.entries:
            self._check_entry(entry)
        for vector in batch.vectors:
            _check_vector(vector)

    def _check_entity(self, entity: Entity) -> None:
        kind = self._kinds.get(entity.id.partition(":")[0])
        if kind != entity.kind:
            message = f"{entity.id} has the kind {entity.kind!r}, and its prefix means {kind!r}"
            raise InvalidRecordError(message, fix="use a kind of the ontology and its prefix", entity=entity.id)
        _check_ids("entity", (entity.id,))

    def _check_entry(self, entry: Entry) -> None:
        if entry.fault and entry.claims:
            message = f"record {entry.key.record!r} is quarantined and makes claims"
            raise InvalidRecordError(message, fix="give either a fault or claims", record=entry.key.record)
        place = (entry.key.source, entry.key.record)
        for claim in entry.claims:
            if (claim.source, claim.record) != place:
                message = f"claim {claim.id} of record {claim.record!r} is in the entry of record {place[1]!r}"
                raise InvalidRecordError(message, fix="put each claim into its own record's entry", claim=claim.id)
            self._check_claim(claim)

    def _check_claim(self, claim: Claim) -> None:
        if not claim.evidence:
            message = f"claim {claim.id} has no evidence"
            raise MissingEvidenceError(message, fix="cite the passage that supports the claim", claim=claim.id)
        if not 0.0 <= claim.confidence <= 1.0:
            raise _invalid(claim, f"its confidence {claim.confidence} is not in [0, 1]")
        if _is_unbounded(claim.value) or (claim.qualifiers and any(map(_is_unbounded, claim.qualifiers.values()))):
            raise _invalid(claim, "a number in it is not finite")
        shape = _shape(claim)
        if shape not in self._passed:
            self._check_shape(claim)
            self._passed.add(shape)

    def _check_shape(self, claim: Claim) -> None:
        predicate = self._vocabulary.predicates.get(claim.predicate)
        if predicate is None:
            raise _invalid(claim, f"the predicate {claim.predicate!r} is not in the ontology")
        if (subject := self._kinds.get(claim.subject.partition(":")[0])) not in predicate.subjects:
            raise _invalid(claim, f"{predicate.name} does not take a {subject} as subject")
        self._check_target(claim, predicate)
        _check_qualifiers(claim, predicate)
        if claim.basis not in BASES:
            raise _invalid(claim, f"{claim.basis!r} is not a basis")
        if claim.review not in REVIEWS:
            raise _invalid(claim, f"{claim.review!r} is not a review")

    def _check_target(self, claim: Claim, predicate: Predicate) -> None:
        if predicate.value is None:
            if claim.object is None or claim.value is not None:
                raise _invalid(claim, f"{predicate.name} needs an object and no value")
            if (kind := self._kinds.get(claim.object.partition(":")[0])) not in predicate.objects:
                raise _invalid(claim, f"{predicate.name} does not take a {kind} as object")
        elif claim.object is not None or not _fits(claim.value, predicate.value):
            raise _invalid(claim, f"{predicate.name} needs a value of type {predicate.value} and no object")


def _check_qualifiers(claim: Claim, predicate: Predicate) -> None:
    for name, value in claim.qualifiers.items():
        if name not in predicate.qualifiers:
            raise _invalid(claim, f"{predicate.name} has no qualifier {name!r}")
        if not _fits(value, predicate.qualifiers[name]):
            raise _invalid(
                claim, f"the qualifier {name} of {predicate.name} needs the type {predicate.qualifiers[name]}"
            )


def _check_records(batch: Batch) -> None:
    """Refuse a batch that names a record twice, because its entries have no order."""
    seen: set[tuple[str, str]] = set()
    for place in [*((entry.key.source, entry.key.record) for entry in batch.entries), *dict.fromkeys(batch.gone)]:
        if place in seen:
            message = f"the batch names record {place[1]!r} of {place[0]!r} twice"
            raise InvalidRecordError(message, fix="give each record of a source its own key", record=place[1])
        seen.add(place)


def _check_instant(at: str) -> None:
    if record_instant(at) != at:
        message = f"{at!r} is not a record instant"
        raise InvalidRecordError(message, fix="create it with ontology.instants.record_instant")


def _check_ids(sort: str, ids: Iterable[str]) -> None:
    for each in ids:
        if not (each.isascii() and each.isprintable() and each) or " " in each:
            message = f"the {sort} id {each!r} is not printable ASCII without spaces"
            raise InvalidRecordError(message, fix="create ids with ontology.ids", id=each)


def _check_vector(vector: Vector) -> None:
    if not vector.values or len(vector.values) % _FLOAT32:
        message = f"the vector of {vector.entity} is not a row of float32 values"
        raise InvalidRecordError(message, fix="use little-endian float32 bytes", entity=vector.entity)


def _shape(claim: Claim) -> _Shape:
    """The part of a claim that the vocabulary constrains; claims of an admitted shape are admitted without a check."""
    points_at = None if claim.object is None else claim.object.partition(":")[0]
    qualifiers: Qualifiers = claim.qualifiers
    return (
        claim.predicate,
        claim.subject.partition(":")[0],
        points_at,
        type(claim.value),
        claim.basis,
        claim.review,
        *((name, type(value)) for name, value in qualifiers.items()),
    )


def _fits(value: Scalar | None, of: ValueType) -> bool:
    return type(value) in _PYTHON_TYPES[of]


def _is_unbounded(value: Scalar | None) -> bool:
    return type(value) is float and not math.isfinite(value)


def _invalid(claim: Claim, why: str) -> InvalidRecordError:
    message = f"claim {claim.id} of record {claim.record!r} is refused: {why}"
    return InvalidRecordError(
        message, fix="correct the mapping or extend the ontology", claim=claim.id, record=claim.record
    )
