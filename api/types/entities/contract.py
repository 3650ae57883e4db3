"""Contracts: their versions, clauses and clause types, and the norms that clauses express."""

from typing import ClassVar

import strawberry

from api.request.batches import Traversal
from api.types.base.entity import Entity, integer_of, number_of, text_of
from api.types.base.relation import RelationConnection, related

_PARTIES = Traversal(("PARTY_TO",), inward=True)
_GOVERNED = Traversal(("GOVERNED_BY",), inward=True)
_VERSIONS = Traversal(("HAS_VERSION",))
_CLAUSES = Traversal(("CONTAINS",), ordinal="ordinal")
_TYPES = Traversal(("OF_TYPE",))
_NORMS = Traversal(("EXPRESSES",), ordinal="start")
_OWED_BY = Traversal(("OWED_BY",))
_OWED_TO = Traversal(("OWED_TO",))
_MITIGATED = Traversal(("MITIGATES",))


@strawberry.type
class ClauseType(Entity):
    """A type of clause, such as audit rights."""

    @strawberry.field
    def mitigates(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The categories of risk that clauses of this type mitigate."""
        return related(self, _MITIGATED, first, after)


@strawberry.type
class Norm(Entity):
    """A rule that a clause expresses: an obligation, a prohibition, a permission, a power or an exclusion."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("ACTION", "METRIC", "OPERATOR", "THRESHOLD", "UNIT", "TRIGGER", "DEADLINE", "RECURRENCE", "NORM_STATE"),
    )

    @strawberry.field
    def action(self) -> str | None:
        """The action to be taken or omitted; null if no claim gives it."""
        return text_of(self, "ACTION")

    @strawberry.field
    def metric(self) -> str | None:
        """The measured quantity, such as on-time delivery; null if no claim gives it."""
        return text_of(self, "METRIC")

    @strawberry.field
    def operator(self) -> str | None:
        """Required relation of the metric to the threshold: `<`, `<=`, `=`, `>=` or `>`; null if no claim gives it."""
        return text_of(self, "OPERATOR")

    @strawberry.field
    def threshold(self) -> float | None:
        """The bound of the metric, in `unit`; null if no claim gives it."""
        return number_of(self, "THRESHOLD")

    @strawberry.field
    def unit(self) -> str | None:
        """Unit of the threshold; null if no claim gives it."""
        return text_of(self, "UNIT")

    @strawberry.field
    def trigger(self) -> str | None:
        """The event that brings the norm into force; null if no claim gives it."""
        return text_of(self, "TRIGGER")

    @strawberry.field
    def deadline(self) -> str | None:
        """The time by which the action is due; null if no claim gives it."""
        return text_of(self, "DEADLINE")

    @strawberry.field
    def recurrence(self) -> str | None:
        """How often the action is due; null if no claim gives it."""
        return text_of(self, "RECURRENCE")

    @strawberry.field
    def state(self) -> str | None:
        """Whether the norm is in effect, fulfilled or violated; null if no claim gives it."""
        return text_of(self, "NORM_STATE")

    @strawberry.field
    def owed_by(self, first: int = 2, after: str | None = None) -> RelationConnection[Entity]:
        """The parties that owe the action."""
        return related(self, _OWED_BY, first, after)

    @strawberry.field
    def owed_to(self, first: int = 2, after: str | None = None) -> RelationConnection[Entity]:
        """The parties that the action is owed to."""
        return related(self, _OWED_TO, first, after)


@strawberry.type
class Clause(Entity):
    """One clause of one version of a contract or template."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (*Entity.PROPERTIES, "NUMBERING", "TEXT")

    @strawberry.field
    def heading(self) -> str | None:
        """The heading; null if no claim gives it."""
        return text_of(self, "HEADING")

    @strawberry.field
    def numbering(self) -> str | None:
        """The clause's number as the document writes it; null if no claim gives it."""
        return text_of(self, "NUMBERING")

    @strawberry.field
    def text(self) -> str | None:
        """The wording; null if no claim gives it."""
        return text_of(self, "TEXT")

    @strawberry.field
    def types(self, first: int = 3, after: str | None = None) -> RelationConnection[ClauseType]:
        """The types of this clause. Qualifiers of each claim give the score and the method of the classification."""
        return related(self, _TYPES, first, after)

    @strawberry.field
    def norms(self, first: int = 5, after: str | None = None) -> RelationConnection[Norm]:
        """The norms that this clause expresses, in the order of its text."""
        return related(self, _NORMS, first, after)


@strawberry.type
class ContractVersion(Entity):
    """One version of the text of a contract or template."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("VERSION_NO", "SHA256", "EFFECTIVE_ON", "EXPIRES_ON"),
    )

    @strawberry.field
    def version_no(self) -> int | None:
        """The version's number; null if no claim gives it."""
        return integer_of(self, "VERSION_NO")

    @strawberry.field
    def sha256(self) -> str | None:
        """SHA-256 of the version's text; null if no claim gives it."""
        return text_of(self, "SHA256")

    @strawberry.field
    def effective_on(self) -> str | None:
        """First day on which the version binds, as a date; null if no claim gives it."""
        return text_of(self, "EFFECTIVE_ON")

    @strawberry.field
    def expires_on(self) -> str | None:
        """Last day on which the version binds, as a date; null if no claim gives it."""
        return text_of(self, "EXPIRES_ON")

    @strawberry.field
    def clauses(self, first: int = 20, after: str | None = None) -> RelationConnection[Clause]:
        """The clauses, in the order of the text."""
        return related(self, _CLAUSES, first, after)


@strawberry.type
class Contract(Entity):
    """An agreement between parties."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("CONTRACT_STATE", "CONTRACT_KIND", "EFFECTIVE_ON", "EXPIRES_ON"),
    )

    @strawberry.field
    def title(self) -> str | None:
        """The title; null if no claim gives it."""
        return text_of(self, "TITLE")

    @strawberry.field
    def contract_kind(self) -> str | None:
        """Kind of agreement, such as `supply`; null if no claim gives it."""
        return text_of(self, "CONTRACT_KIND")

    @strawberry.field
    def state(self) -> str | None:
        """Whether the contract is drafted, signed, in force or ended; null if no claim gives it."""
        return text_of(self, "CONTRACT_STATE")

    @strawberry.field
    def effective_on(self) -> str | None:
        """First day on which the contract binds, as a date; null if no claim gives it."""
        return text_of(self, "EFFECTIVE_ON")

    @strawberry.field
    def expires_on(self) -> str | None:
        """Last day on which the contract binds, as a date; null if no claim gives it."""
        return text_of(self, "EXPIRES_ON")

    @strawberry.field
    def parties(self, first: int = 5, after: str | None = None) -> RelationConnection[Entity]:
        """The parties. Qualifier `role` of each claim gives the party's role."""
        return related(self, _PARTIES, first, after)

    @strawberry.field
    def deliveries_of(self, first: int = 5, after: str | None = None) -> RelationConnection[Entity]:
        """The organisations whose deliveries the contract governs, and the products that it governs."""
        return related(self, _GOVERNED, first, after)

    @strawberry.field
    def versions(self, first: int = 3, after: str | None = None) -> RelationConnection[ContractVersion]:
        """The versions of the contract."""
        return related(self, _VERSIONS, first, after)


@strawberry.type
class Template(Entity):
    """A standard agreement without parties."""

    @strawberry.field
    def versions(self, first: int = 3, after: str | None = None) -> RelationConnection[ContractVersion]:
        """The versions of the template."""
        return related(self, _VERSIONS, first, after)
