"""Contracts: versions, clauses, their types, and the norms that they express."""

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
    """A sort of clause, such as audit rights."""

    @strawberry.field
    def mitigates(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The categories of risk that such a clause mitigates."""
        return related(self, _MITIGATED, first, after)


@strawberry.type
class Norm(Entity):
    """What a clause obliges, forbids, permits, empowers or excludes."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("ACTION", "METRIC", "OPERATOR", "THRESHOLD", "UNIT", "TRIGGER", "DEADLINE", "RECURRENCE", "NORM_STATE"),
    )

    @strawberry.field
    def action(self) -> str | None:
        """What is to be done or left."""
        return text_of(self, "ACTION")

    @strawberry.field
    def metric(self) -> str | None:
        """What is measured."""
        return text_of(self, "METRIC")

    @strawberry.field
    def operator(self) -> str | None:
        """How what is measured must compare with the threshold: `<`, `<=`, `=`, `>=` or `>`."""
        return text_of(self, "OPERATOR")

    @strawberry.field
    def threshold(self) -> float | None:
        """The bound."""
        return number_of(self, "THRESHOLD")

    @strawberry.field
    def unit(self) -> str | None:
        """What the bound is measured in."""
        return text_of(self, "UNIT")

    @strawberry.field
    def trigger(self) -> str | None:
        """What brings it into force."""
        return text_of(self, "TRIGGER")

    @strawberry.field
    def deadline(self) -> str | None:
        """By when it is to be done."""
        return text_of(self, "DEADLINE")

    @strawberry.field
    def recurrence(self) -> str | None:
        """How often it is to be done."""
        return text_of(self, "RECURRENCE")

    @strawberry.field
    def state(self) -> str | None:
        """Whether it is in effect, fulfilled or violated, where somebody says it."""
        return text_of(self, "NORM_STATE")

    @strawberry.field
    def owed_by(self, first: int = 2, after: str | None = None) -> RelationConnection[Entity]:
        """Who owes it."""
        return related(self, _OWED_BY, first, after)

    @strawberry.field
    def owed_to(self, first: int = 2, after: str | None = None) -> RelationConnection[Entity]:
        """Whom it is owed to."""
        return related(self, _OWED_TO, first, after)


@strawberry.type
class Clause(Entity):
    """One clause of one version of a contract or template."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (*Entity.PROPERTIES, "NUMBERING", "TEXT")

    @strawberry.field
    def heading(self) -> str | None:
        """Its heading."""
        return text_of(self, "HEADING")

    @strawberry.field
    def numbering(self) -> str | None:
        """Its number as the document writes it."""
        return text_of(self, "NUMBERING")

    @strawberry.field
    def text(self) -> str | None:
        """Its wording."""
        return text_of(self, "TEXT")

    @strawberry.field
    def types(self, first: int = 3, after: str | None = None) -> RelationConnection[ClauseType]:
        """What sorts of clause it is; each claim's qualifiers say with what score and by what method."""
        return related(self, _TYPES, first, after)

    @strawberry.field
    def norms(self, first: int = 5, after: str | None = None) -> RelationConnection[Norm]:
        """What it obliges, forbids, permits, empowers or excludes, in the order of its text."""
        return related(self, _NORMS, first, after)


@strawberry.type
class ContractVersion(Entity):
    """A contract or template as it reads from some day on."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("VERSION_NO", "SHA256", "EFFECTIVE_ON", "EXPIRES_ON"),
    )

    @strawberry.field
    def version_no(self) -> int | None:
        """Its number."""
        return integer_of(self, "VERSION_NO")

    @strawberry.field
    def sha256(self) -> str | None:
        """SHA-256 of its text."""
        return text_of(self, "SHA256")

    @strawberry.field
    def effective_on(self) -> str | None:
        """The day from which it binds."""
        return text_of(self, "EFFECTIVE_ON")

    @strawberry.field
    def expires_on(self) -> str | None:
        """The last day on which it binds."""
        return text_of(self, "EXPIRES_ON")

    @strawberry.field
    def clauses(self, first: int = 20, after: str | None = None) -> RelationConnection[Clause]:
        """Its clauses, in their order."""
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
        """Its title."""
        return text_of(self, "TITLE")

    @strawberry.field
    def contract_kind(self) -> str | None:
        """What sort of agreement it is, such as `supply`."""
        return text_of(self, "CONTRACT_KIND")

    @strawberry.field
    def state(self) -> str | None:
        """Whether it is drafted, signed, in force or ended, where somebody says it."""
        return text_of(self, "CONTRACT_STATE")

    @strawberry.field
    def effective_on(self) -> str | None:
        """The day from which it binds."""
        return text_of(self, "EFFECTIVE_ON")

    @strawberry.field
    def expires_on(self) -> str | None:
        """The last day on which it binds."""
        return text_of(self, "EXPIRES_ON")

    @strawberry.field
    def parties(self, first: int = 5, after: str | None = None) -> RelationConnection[Entity]:
        """Who agreed; each claim's qualifier `role` says as what."""
        return related(self, _PARTIES, first, after)

    @strawberry.field
    def deliveries_of(self, first: int = 5, after: str | None = None) -> RelationConnection[Entity]:
        """Whose deliveries, or which products, it governs."""
        return related(self, _GOVERNED, first, after)

    @strawberry.field
    def versions(self, first: int = 3, after: str | None = None) -> RelationConnection[ContractVersion]:
        """Its versions."""
        return related(self, _VERSIONS, first, after)


@strawberry.type
class Template(Entity):
    """A standard agreement without parties."""

    @strawberry.field
    def versions(self, first: int = 3, after: str | None = None) -> RelationConnection[ContractVersion]:
        """Its versions."""
        return related(self, _VERSIONS, first, after)
