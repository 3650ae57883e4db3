"""The compiled record model: the records that a mapping may emit, and the claim that each field becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ontology.canonical import Scalar
from ontology.vocabulary import ValueType

Role = Literal["id", "claim", "subject", "object", "value", "qualifier", "envelope"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    Attributes:
        name: Name of the field.
        role: `id`: the entity that the record describes. `claim`: each value becomes a claim. `subject`, `object`,
            `value`: an end of the one claim of a relation record. `qualifier`: the qualifier of that name on that
            claim. `envelope`: applies to all claims of the record (`validFrom`, `validTo`, `basis`, `review`,
            `confidence`, `locator`).
        predicate: Predicate of the claims that the values become; "" for other roles.
        inverse: Whether the value is the claim's subject and the record's entity its object.
        value: Type of a plain value; None where the value names an entity.
        kinds: Kinds that a named entity may have, subkinds included.
        plain: Whether a plain value is allowed; otherwise only the object form is.
        qualifiers: Qualifiers that the object form `{"value"|"id": …, qualifier: …}` may carry; empty without one.
        fixed: Qualifiers that the claims always carry; those of the object form take precedence.
        required: Whether at least one value is required.
        many: Whether a list is allowed.
        comment: Meaning of the field.
    """

    name: str
    role: Role
    predicate: str = ""
    inverse: bool = False
    value: ValueType | None = None
    kinds: tuple[str, ...] = ()
    plain: bool = True
    qualifiers: Mapping[str, ValueType] = field(default_factory=dict)
    fixed: Mapping[str, Scalar] = field(default_factory=dict)
    required: bool = False
    many: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A class of records.

    Attributes:
        name: The `@type` of its records.
        kind: Kind of the entity that a record describes; "" for a relation record.
        predicate: Predicate of the one claim of a relation record; "" for an entity record.
        fields: The fields by name; the id or the ends come first.
        comment: Meaning of the class.
    """

    name: str
    kind: str
    predicate: str
    fields: Mapping[str, Field]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """The reason why a record was refused.

    Attributes:
        field: The invalid field; "" where the record as a whole is invalid.
        rule: Record class, field and SHACL constraint that failed, such as `SupplyRelation.supplier.minCount`.
        message: What is wrong, in words.
        fix: What a person can do about it.
    """

    field: str
    rule: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An entity that the ontology itself defines: a risk category, a clause type, a sustainability topic.

    Attributes:
        id: Entity id, such as `rct:tierscope-continuity`.
        kind: Kind of the entity.
        label: Its name.
        definition: Its meaning.
        broader: Ids of the broader concepts.
        notations: (scheme, notation) pairs, such as ("ESRS", "E1").
    """

    id: str
    kind: str
    label: str
    definition: str
    broader: tuple[str, ...] = ()
    notations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """A read-only Cypher query that finds violations of the ontology; a valid store has none.

    Attributes:
        name: Name of the check.
        meaning: What a returned row means.
        query: Cypher that returns (`id`, `why`) of each violation.
    """

    name: str
    meaning: str
    query: str
