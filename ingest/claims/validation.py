"""The generated validators, and what ingestion needs of the generated vocabulary; imported when a load begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.mapping.drafts import Record
from ontology.errors import InvalidRecordError
from ontology.model import Fault, RecordClass
from ontology.vocabulary import Vocabulary

KindOf = Callable[[str], str]
_IDS = 65536  # ids whose kind is remembered
Validate = Callable[[Record, KindOf], list[Fault]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """What records are checked against.

    Attributes:
        vocabulary: Kinds and predicates; its version is part of every ledger key.
        records: Record classes by name.
        validate: The faults of a record; none where it fits.
        kind_of: The kind of the noun with an id, "" where its prefix is unknown.
    """

    vocabulary: Vocabulary
    records: Mapping[str, RecordClass]
    validate: Validate
    kind_of: KindOf


def make_ontology(vocabulary: Vocabulary, records: Mapping[str, RecordClass], validate: Validate) -> Ontology:
    """An ontology of these parts."""
    kinds = {kind.prefix: name for name, kind in vocabulary.kinds.items()}

    @lru_cache(_IDS)
    def kind_of(noun: str) -> str:
        return kinds.get(noun.partition(":")[0], "")

    return Ontology(vocabulary, records, validate, kind_of)


def current() -> Ontology:
    """The ontology that this product was generated from."""
    from ontology.generated.model import RECORDS  # noqa: PLC0415 - large, and read commands do without
    from ontology.generated.validators import validate  # noqa: PLC0415
    from ontology.generated.vocabulary import VOCABULARY  # noqa: PLC0415

    return make_ontology(VOCABULARY, RECORDS, validate)


def as_error(fault: Fault, others: int) -> InvalidRecordError:
    """A validator's fault as the error that puts a row in quarantine; `others` is how many faults it has besides."""
    more = f" (and {others} more)" if others else ""
    return InvalidRecordError(f"{fault.message}{more}", fix=fault.fix, rule=fault.rule, path=fault.field)
