"""The generated Python modules that hold plain values: the vocabulary and the record model."""

from collections.abc import Mapping

from ontology.compiler.python import literal
from ontology.model import RecordClass
from ontology.vocabulary import Vocabulary

HEAD = '"""{doc} Written by `python -m ontology.compile`; not to be edited."""\n\n# ruff: noqa: E501\n\n'
_KIND_OF = '''
_KINDS = {{kind.prefix: kind.name for kind in VOCABULARY.kinds.values()}}


def kind_of(noun: str) -> str:
    """The kind that the id's prefix says, or "" where it is no id of a noun."""
    return _KINDS.get(kind_prefix(noun), "")
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
    """Source of `ontology.generated.model`."""
    return (
        HEAD.format(doc="Every record class, and the claims that its fields become.")
        + "from collections.abc import Mapping\n\nfrom ontology.model import Field, RecordClass\n\n"
        + f"RECORDS: Mapping[str, RecordClass] = {literal(records)}\n"
    )
