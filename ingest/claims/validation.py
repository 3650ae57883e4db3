"""Validation of records by the generated validators; the generated vocabulary is imported when a load begins."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.mapping.drafts import Record
from ontology.errors import InvalidRecordError
from ontology.model import Fault, RecordClass
from ontology.vocabulary import Vocabulary

KindOf = Callable[[str], str]
_IDS = 65536  # ids whose kind is cached
Validate = Callable[[Record, KindOf], list[Fault]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """What records are validated against.

    Attributes:
        vocabulary: Kinds and predicates; its version is part of every ledger key.
        records: Record classes by name.
        validate: The faults of a record; none where it fits.
        kind_of: The kind of the entity with an id, "" where its prefix is unknown.
    """

    vocabulary: Vocabulary
    records: Mapping[str, RecordClass]
    validate: Validate
    kind_of: KindOf


def make_ontology(vocabulary: Vocabulary, records: Mapping[str, RecordClass], validate: Validate) -> Ontology:
    """An ontology of these parts."""
    kinds = {kind.prefix: name for name, kind in vocabulary.kinds.items()}

    @lru_cache(_IDS)
    def kind_of(entity: str) -> str:
        return kinds.get(entity.partition(":")[0], "")

    return Ontology(vocabulary, records, validate, kind_of)


def current() -> Ontology:
    """The ontology that this product was generated from."""
    from ontology.generated.model import RECORDS  # noqa: PLC0415 - large, and read commands do without
    from ontology.generated.validators import validate  # noqa: PLC0415
    from ontology.generated.vocabulary import VOCABULARY  # noqa: PLC0415

    return make_ontology(VOCABULARY, RECORDS, validate)


def fault_of(records: Iterable[Record], ontology: Ontology) -> InvalidRecordError | None:
    """The first fault that the validators find in the records of an entry, or None."""
    for record in records:
        if faults := ontology.validate(record, ontology.kind_of):
            return as_error(faults[0], len(faults) - 1)
    return None


def as_error(fault: Fault, others: int) -> InvalidRecordError:
    """A validator's fault as the error that puts a row in quarantine; `others` counts the record's further faults."""
    more = f" (and {others} more)" if others else ""
    return InvalidRecordError(f"{fault.message}{more}", fix=fault.fix, rule=fault.rule, path=fault.field)
