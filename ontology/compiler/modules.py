"""The generated Python modules that hold plain values: the vocabulary and the record model."""

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.compiler.python import Named, literal, snake
from ontology.model import Field, RecordClass
from ontology.vocabulary import Vocabulary

HEAD = '"""{doc} Written by `python -m ontology.compile`; not to be edited."""\n\n# ruff: noqa: E501\n\n'
_KIND_OF = '''
_KINDS = {{kind.prefix: kind.name for kind in VOCABULARY.kinds.values()}}


def kind_of(entity: str) -> str:
    """The kind that the id's prefix says, or "" where it is no id of an entity."""
    return _KINDS.get(kind_prefix(entity), "")
'''


def vocabulary_module(vocabulary: Vocabulary, declared: str) -> str:
    """Source of `ontology.generated.vocabulary`."""
    return (
        HEAD.format(doc="Every kind and predicate.")
        + "from ontology.ids import kind_prefix\nfrom ontology.vocabulary import Kind, Predicate, Vocabulary\n\n"
        + f'VERSION = "{declared}"\n\n'
        + f"VOCABULARY = {literal(vocabulary)}\n"
        + _KIND_OF.format()
    )


def model_module(records: Mapping[str, RecordClass]) -> str:
    """Source of `ontology.generated.model`; fields that several classes share are written once."""
    named = _shared_fields(records)
    constants = "".join(f"{name} = {literal(field, lead=len(name) + 3)}\n" for name, field in named.items())
    rows = {name: _Row(name, r.kind, r.predicate, _names(r.fields, named), r.comment) for name, r in records.items()}
    return (
        HEAD.format(doc="Every record class, and the claims that its fields become.")
        + "from collections.abc import Mapping\n\nfrom ontology.model import Field, RecordClass\n\n"
        + constants
        + f"\nRECORDS: Mapping[str, RecordClass] = {literal(rows).replace(_Row.__name__, RecordClass.__name__)}\n"
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A `RecordClass` whose fields are names of constants."""

    name: str
    kind: str
    predicate: str
    fields: Mapping[str, Named]
    comment: str


def _shared_fields(records: Mapping[str, RecordClass]) -> dict[str, Field]:
    named: dict[str, Field] = {}
    for record in records.values():
        for field in record.fields.values():
            number, name = 1, f"_{snake(field.name).upper()}"
            while named.setdefault(name, field) != field:
                number += 1
                name = f"_{snake(field.name).upper()}_{number}"
    return named


def _names(fields: Mapping[str, Field], named: Mapping[str, Field]) -> dict[str, Named]:
    return {name: Named(next(key for key, value in named.items() if value == field)) for name, field in fields.items()}
