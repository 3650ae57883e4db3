"""The compiled vocabulary as plain values: the kinds and predicates that a store or a mapping may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ValueType = Literal["string", "integer", "decimal", "boolean", "date", "dateTime", "anyURI"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of entities.

    Attributes:
        name: Class name, such as `Organization`.
        prefix: Prefix of the ids of its entities, such as `org`.
        parents: Names of its superclasses.
        comment: Its meaning.
    """

    name: str
    prefix: str
    parents: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation or attribute that claims state.

    Attributes:
        name: Its name, such as `SUPPLIES`.
        subjects: Kinds that the subject may have, subkinds included.
        objects: Kinds that the object may have; empty where the predicate has a value.
        value: Type of the value; None where the object is an entity.
        qualifiers: Types of the qualifiers that its claims may carry, by name.
        functional: Whether a subject has at most one true object or value at a time. Two different ones conflict.
        searchable: Whether `EntityQuery.words` searches the words of its value.
        comment: Its meaning.
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
    """Every kind and predicate.

    Attributes:
        version: Content hash of the ontology's source files.
        kinds: The kinds by name.
        predicates: The predicates by name.
    """

    version: str
    kinds: Mapping[str, Kind]
    predicates: Mapping[str, Predicate]
