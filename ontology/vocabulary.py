"""The compiled vocabulary as plain values: what a store or a mapping may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ValueType = Literal["string", "integer", "decimal", "boolean", "date", "dateTime", "anyURI"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of entities: name (`Organization`), prefix of its ids (`org`), superclasses and meaning."""

    name: str
    prefix: str
    parents: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a claim may say.

    Attributes:
        subjects: Kinds that the subject may have (subkinds are spelt out).
        objects: Kinds that the object may have; empty where the predicate has a value.
        value: Type of the value; None where it points at an entity.
        qualifiers: Names and types of the qualifiers that it may carry.
        functional: Whether one subject can have but one true object or value at a time, so that two differ in conflict.
        searchable: Whether the words of its value are looked up by `EntityQuery.words`.
    """

    name: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...] = ()
    value: ValueType | None = None
    qualifiers: Mapping[str, ValueType] = field(default_factory=dict)
    functional: bool = False
    searchable: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every kind and predicate, by name. `version` is the content hash of the ontology's source files."""

    version: str
    kinds: Mapping[str, Kind]
    predicates: Mapping[str, Predicate]
