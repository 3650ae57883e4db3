"""Records taken apart: each becomes the claims that the record model says its fields are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.claims.makers import Part, Stamp, make_claims
from ingest.mapping.drafts import Record
from ingest.readers.row import Cell
from ontology.canonical import Scalar
from ontology.instants import world_end, world_start
from ontology.model import Field, RecordClass
from ontology.records import Basis, Claim, ClaimId, EvidenceId

NO_PARTS: Mapping[str, EvidenceId] = {}

_Taker = Callable[[Record], Iterable[Part]]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a source speaks: its name, its greatest confidence, its usual basis."""

    source: str
    confidence: float = 1.0
    basis: Basis = "observed"


class Decomposer:
    """Turns valid records into claims; what each class becomes is worked out once."""

    def __init__(self, classes: Mapping[str, RecordClass], voice: Voice) -> None:
        self._voice = voice
        self._takers = {name: _relation(each) if each.predicate else _entity(each) for name, each in classes.items()}

    def claims(
        self, key: str, records: Iterable[Record], evidence: EvidenceId, finer: Mapping[str, EvidenceId] = NO_PARTS
    ) -> tuple[Claim, ...]:
        """The claims of the valid records of one ledger entry, each said once; `finer` is evidence by `locator`."""
        found: dict[ClaimId, Claim] = {}
        for record in records:
            cited = finer.get(record.get("locator", ""), evidence)
            for claim in make_claims(self._takers[record["@type"]](record), self._stamp(key, record, cited)):
                found[claim.id] = claim
        return tuple(found.values())

    def _stamp(self, key: str, record: Record, evidence: EvidenceId) -> Stamp:
        voice = self._voice
        start, end = record.get("validFrom"), record.get("validTo")
        return Stamp(
            source=voice.source,
            record=key,
            basis=record.get("basis") or voice.basis,
            review=record.get("review") or "accepted",
            confidence=min(float(record.get("confidence", voice.confidence)), voice.confidence),
            evidence=(evidence,),
            valid_from=start and world_start(start),
            valid_to=end and world_end(end),
        )


def _entity(each: RecordClass) -> _Taker:
    fields = {name: field for name, field in each.fields.items() if field.role == "claim"}
    identity = next(name for name, field in each.fields.items() if field.role == "id")

    def take(record: Record) -> Iterator[Part]:
        noun = record[identity]
        for name, said in record.items():
            if (field := fields.get(name)) is not None:
                for value in said if type(said) is list else (said,):
                    yield _part(field, noun, value)

    return take


def _part(field: Field, noun: Cell, value: Cell) -> Part:
    qualifiers: Mapping[str, Scalar] = field.fixed
    if type(value) is dict:
        chief = "value" if "value" in value else "id"
        qualifiers = {**qualifiers, **{name: each for name, each in value.items() if name != chief}}
        value = value[chief]
    if field.value is not None:
        return noun, field.predicate, None, value, qualifiers
    return (
        (value, field.predicate, noun, None, qualifiers)
        if field.inverse
        else (noun, field.predicate, value, None, qualifiers)
    )


def _relation(each: RecordClass) -> _Taker:
    ends = {field.role: name for name, field in each.fields.items() if field.role in ("subject", "object", "value")}
    subject, target, value = ends["subject"], ends.get("object", ""), ends.get("value", "")
    qualifiers = [name for name, field in each.fields.items() if field.role == "qualifier"]

    def take(record: Record) -> Iterator[Part]:
        carried = {name: record[name] for name in qualifiers if name in record}
        yield record[subject], each.predicate, record.get(target), record.get(value), carried

    return take
