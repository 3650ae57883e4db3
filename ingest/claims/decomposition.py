"""Records decomposed: each gives the claims that the record model defines for its fields, with their ids.

The ids are those of `ontology.records`: SHA-256 over RFC 8785 text. What is known to be text is written by the JSON
encoder's own C function instead of `canonical`, which has to look into every value first; a test holds both to the
same ids.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring

from ingest.mapping.drafts import Record
from ingest.readers.row import Cell
from ontology.canonical import Scalar, canonical
from ontology.instants import world_end, world_start
from ontology.model import Field, RecordClass
from ontology.records import Basis, Claim, ClaimId, DocumentId, EntityId, Evidence, EvidenceId, LedgerKey, Review

ClaimContent = tuple[EntityId, str, EntityId | None, Scalar | None, Mapping[str, Scalar]]
"""What a claim states: subject, predicate, object or None, value or None, qualifiers."""


@dataclass(frozen=True, slots=True)
class ClaimEnvelope:
    """What all claims of one record share: source, record key, basis, review, confidence, evidence, interval."""

    source: str
    record: str
    basis: Basis
    review: Review
    confidence: float
    evidence: tuple[EvidenceId, ...]
    valid_from: str | None
    valid_to: str | None


NO_PARTS: Mapping[str, EvidenceId] = {}

_Contents = Callable[[Record], Iterable[ClaimContent]]


class Decomposer:
    """Decomposes the valid records of one source into claims; how each class is decomposed is worked out once."""

    def __init__(
        self, classes: Mapping[str, RecordClass], *, confidence: float = 1.0, basis: Basis = "observed"
    ) -> None:
        """Prepare for a source with its greatest confidence and its usual basis."""
        self._confidence, self._basis = confidence, basis
        self._contents = {name: _relation(each) if each.predicate else _entity(each) for name, each in classes.items()}

    def claims(
        self,
        key: LedgerKey,
        records: Iterable[Record],
        evidence: EvidenceId,
        finer: Mapping[str, EvidenceId] = NO_PARTS,
    ) -> tuple[Claim, ...]:
        """The different claims of the valid records of one ledger entry.

        Args:
            key: Key of the entry; its claims have its source and its record.
            records: Its records.
            evidence: The evidence that they cite.
            finer: Evidence by `locator`, which a record with that `locator` cites instead.
        """
        found: dict[ClaimId, Claim] = {}
        for record in records:
            cited = finer.get(record.get("locator", ""), evidence)
            for claim in make_claims(self._contents[record["@type"]](record), self._envelope(key, record, cited)):
                found[claim.id] = claim
        return tuple(found.values())

    def _envelope(self, key: LedgerKey, record: Record, evidence: EvidenceId) -> ClaimEnvelope:
        start, end = record.get("validFrom"), record.get("validTo")
        return ClaimEnvelope(
            source=key.source,
            record=key.record,
            basis=record.get("basis") or self._basis,
            review=record.get("review") or "accepted",
            confidence=min(float(record.get("confidence", self._confidence)), self._confidence),
            evidence=(evidence,),
            valid_from=start and world_start(start),
            valid_to=end and world_end(end),
        )


def _entity(each: RecordClass) -> _Contents:
    fields = {name: field for name, field in each.fields.items() if field.role == "claim"}
    identity = next(name for name, field in each.fields.items() if field.role == "id")

    def contents(record: Record) -> Iterator[ClaimContent]:
        entity = record[identity]
        for name, values in record.items():
            if (field := fields.get(name)) is not None:
                for value in values if type(values) is list else (values,):
                    yield _content(field, entity, value)

    return contents


def _content(field: Field, entity: Cell, value: Cell) -> ClaimContent:
    qualifiers: Mapping[str, Scalar] = field.fixed
    if type(value) is dict:
        chief = "value" if "value" in value else "id"
        qualifiers = {**qualifiers, **{name: each for name, each in value.items() if name != chief}}
        value = value[chief]
    if field.value is not None:
        return entity, field.predicate, None, value, qualifiers
    return (
        (value, field.predicate, entity, None, qualifiers)
        if field.inverse
        else (entity, field.predicate, value, None, qualifiers)
    )


def _relation(each: RecordClass) -> _Contents:
    ends = {field.role: name for name, field in each.fields.items() if field.role in ("subject", "object", "value")}
    subject, target, value = ends["subject"], ends.get("object", ""), ends.get("value", "")
    qualifiers = [name for name, field in each.fields.items() if field.role == "qualifier"]

    def contents(record: Record) -> Iterator[ClaimContent]:
        qualified = {name: record[name] for name in qualifiers if name in record}
        yield record[subject], each.predicate, record.get(target), record.get(value), qualified

    return contents


def make_claims(contents: Iterable[ClaimContent], envelope: ClaimEnvelope) -> Iterable[Claim]:
    """The claims of a record: one for each of its contents, with the record's envelope."""
    interval = f",[{_instant(envelope.valid_from)},{_instant(envelope.valid_to)}]]"
    origin = f'",{encode_basestring(envelope.source)},{encode_basestring(envelope.record)}]'
    for subject, predicate, target, value, qualifiers in contents:
        stated = _value(value) if target is None else f'{{"noun":{encode_basestring(target)}}}'
        qualified = _qualifiers(qualifiers) if qualifiers else "{}"
        text = f'[{encode_basestring(subject)},"{predicate}",{stated},{qualified}{interval}'
        statement = sha256(text.encode()).hexdigest()
        yield Claim(
            ClaimId(f'clm:{sha256(f"""["{statement}{origin}""".encode()).hexdigest()[:32]}'),
            statement,
            envelope.source,
            envelope.record,
            subject,
            predicate,
            target,
            value,
            qualifiers,
            envelope.valid_from,
            envelope.valid_to,
            envelope.basis,
            envelope.review,
            envelope.confidence,
            envelope.evidence,
        )


def _instant(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'


def _value(value: Scalar | None) -> str:
    return encode_basestring(value) if type(value) is str else canonical(value).decode()


def _qualifiers(qualifiers: Mapping[str, Scalar]) -> str:
    pairs = [f"{encode_basestring(name)}:{_value(qualifiers[name])}" for name in sorted(qualifiers)]
    return f"{{{','.join(pairs)}}}"


def make_evidence(document: DocumentId, locator: str, quote_sha256: str, quote: str) -> Evidence:
    """Evidence with the id that document, locator and quoted bytes determine."""
    body = f'["{document}",{encode_basestring(locator)},"{quote_sha256}"]'
    identity = EvidenceId(f"evd:{sha256(body.encode()).hexdigest()[:32]}")
    return Evidence(identity, document, locator, quote_sha256, quote)
