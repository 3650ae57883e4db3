"""Records taken apart: each becomes the claims that the record model says its fields are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.drafts import Record
from ingest.readers.row import Cell
from ontology.instants import world_end, world_start
from ontology.model import Field, RecordClass
from ontology.records import Basis, Claim, ClaimId, EvidenceId, NounId, Qualifiers, Review, Said, Saying, make_claim

NO_PARTS: Mapping[str, EvidenceId] = {}


@dataclass(frozen=True, slots=True)
class Voice:
    """How a source speaks: its name, its greatest confidence, its usual basis."""

    source: str
    confidence: float = 1.0
    basis: Basis = "observed"


@dataclass(frozen=True, slots=True)
class _Interval:
    start: str | None
    end: str | None


Parts = Iterator[Said]
_Taker = Callable[[Record, _Interval], Parts]


class Decomposer:
    """Turns valid records into claims; what each class becomes is worked out once."""

    def __init__(self, classes: Mapping[str, RecordClass], voice: Voice) -> None:
        self._voice = voice
        self._takers = {name: _taker(each) for name, each in classes.items()}

    def claims(
        self, key: str, records: Iterable[Record], evidence: EvidenceId, finer: Mapping[str, EvidenceId] = NO_PARTS
    ) -> tuple[Claim, ...]:
        """The claims of the valid records of one ledger entry, each said once; `finer` is evidence by `locator`."""
        found: dict[ClaimId, Claim] = {}
        for record in records:
            saying, interval = (
                self._saying(key, record, finer.get(record.get("locator", ""), evidence)),
                _interval(record),
            )
            for said in self._takers[record["@type"]](record, interval):
                claim = make_claim(said, saying)
                found[claim.id] = claim
        return tuple(found.values())

    def _saying(self, key: str, record: Record, evidence: EvidenceId) -> Saying:
        voice = self._voice
        basis: Basis = record.get("basis") or voice.basis
        review: Review = record.get("review") or "accepted"
        confidence = min(float(record.get("confidence", voice.confidence)), voice.confidence)
        return Saying(voice.source, key, (evidence,), basis, review, confidence)


def _interval(record: Record) -> _Interval:
    start, end = record.get("validFrom"), record.get("validTo")
    return _Interval(start and world_start(start), end and world_end(end))


def _taker(each: RecordClass) -> _Taker:
    return _relation(each) if each.predicate else _entity(each)


def _entity(each: RecordClass) -> _Taker:
    fields = [field for field in each.fields.values() if field.role == "claim"]
    identity = next(name for name, field in each.fields.items() if field.role == "id")

    def take(record: Record, interval: _Interval) -> Parts:
        noun = record[identity]
        for field in fields:
            if (said := record.get(field.name)) is not None:
                for value in said if isinstance(said, list) else (said,):
                    yield _part(field, noun, value, interval)

    return take


def _part(field: Field, noun: NounId, value: Cell, interval: _Interval) -> Said:
    qualifiers: Qualifiers = field.fixed
    if isinstance(value, dict):
        chief = "value" if "value" in value else "id"
        qualifiers = {**field.fixed, **{name: each for name, each in value.items() if name != chief}}
        value = value[chief]
    if field.value is not None:
        return Said(noun, field.predicate, None, value, qualifiers, interval.start, interval.end)
    subject, target = (value, noun) if field.inverse else (noun, value)
    return Said(subject, field.predicate, target, None, qualifiers, interval.start, interval.end)


def _relation(each: RecordClass) -> _Taker:
    ends = {field.role: name for name, field in each.fields.items() if field.role in ("subject", "object", "value")}
    subject, target, value = ends["subject"], ends.get("object", ""), ends.get("value", "")
    qualifiers = [name for name, field in each.fields.items() if field.role == "qualifier"]

    def take(record: Record, interval: _Interval) -> Parts:
        carried = {name: record[name] for name in qualifiers if name in record}
        yield Said(
            record[subject],
            each.predicate,
            record.get(target),
            record.get(value),
            carried,
            interval.start,
            interval.end,
        )

    return take
