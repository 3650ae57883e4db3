"""The compiled record model: what a mapping may emit, and which claim each field becomes."""

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
        role: What it is. `id`: the entity that the record describes. `claim`: each of its values becomes a claim of its
            own. `subject`, `object`, `value`: ends of the one claim of a relation record. `qualifier`: the qualifier
            of that name on that claim. `envelope`: about all the record's claims (`validFrom`, `validTo`, `basis`,
            `review`, `confidence`, `locator`).
        predicate: Of the claims that it becomes; "" for other roles.
        inverse: The field's value is the claim's subject, and the record's entity its object.
        value: Type of a plain value; None where it names an entity.
        kinds: Kinds that a named entity may have (subkinds are spelt out).
        plain: Whether a plain value may stand there; where not, only the object form.
        qualifiers: What the object form `{"value"|"id": …, qualifier: …}` may carry; empty where there is none.
        fixed: Qualifiers that its claims always carry; the object form's own go before them.
        required: At least one value must be there.
        many: A list may stand there.
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
    """A class of records; `name` is what stands in their `@type`.

    Attributes:
        kind: Kind of the entity that it describes; "" for a relation record.
        predicate: Predicate of the one claim of a relation record; "" for an entity record.
        fields: By name; the id or the ends first.
    """

    name: str
    kind: str
    predicate: str
    fields: Mapping[str, Field]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record was refused.

    Attributes:
        field: The field at fault; "" where it is the record as a whole.
        rule: Record class, field and SHACL constraint that failed: `SupplyRelation.supplier.minCount`.
        message: What is wrong, readable.
        fix: What a person can do about it.
    """

    field: str
    rule: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An individual that the ontology itself brings: a risk category, a clause type, a sustainability topic.

    Attributes:
        id: Entity id (`rct:tierscope-continuity`).
        broader: Ids of the wider concepts.
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
    """A read-only Cypher query that returns (`id`, `why`) of whatever breaks the ontology; nothing in a sound store."""

    name: str
    meaning: str
    query: str
