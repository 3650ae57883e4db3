"""Certifications: holder, scope and validity of certificates."""

from typing import ClassVar

import strawberry

from api.request.batches import Traversal
from api.request.scope import Instant
from api.types.base.entity import Entity, target_of, text_of
from api.types.base.relation import RelationConnection, related
from ontology.records import StoredClaim

_COVERS = Traversal(("COVERS",))


@strawberry.type
class Certification(Entity):
    """A certificate that was issued to an organisation or a site."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("SCHEME", "ISSUER", "CERTIFICATE_NUMBER", "CERTIFICATE_STATUS", "HELD_BY"),
    )

    @strawberry.field
    def scheme(self) -> str | None:
        """The certified standard, such as ISO 14001; null if no claim gives it."""
        return text_of(self, "SCHEME")

    @strawberry.field
    def issuer(self) -> str | None:
        """The body that issued the certificate; null if no claim gives it."""
        return text_of(self, "ISSUER")

    @strawberry.field
    def number(self) -> str | None:
        """The certificate's number; null if no claim gives it."""
        return text_of(self, "CERTIFICATE_NUMBER")

    @strawberry.field
    def status(self) -> str | None:
        """The status that the issuer reports; null if no claim gives it."""
        return text_of(self, "CERTIFICATE_STATUS")

    @strawberry.field
    def holder(self) -> Entity | None:
        """The organisation or site that holds the certificate; null if no claim gives it."""
        return target_of(self, "HELD_BY")

    @strawberry.field
    def valid_from(self) -> Instant | None:
        """World time from which the certificate is valid; null if it is unbounded."""
        holding = _holding(self)
        return Instant(holding.claim.valid_from) if holding and holding.claim.valid_from else None

    @strawberry.field
    def valid_to(self) -> Instant | None:
        """World time at which the certificate expires; null if it is unbounded."""
        holding = _holding(self)
        return Instant(holding.claim.valid_to) if holding and holding.claim.valid_to else None

    @strawberry.field
    def covers(self, first: int = 10, after: str | None = None) -> RelationConnection[Entity]:
        """The sites and products that the certificate covers."""
        return related(self, _COVERS, first, after)


def _holding(certification: Certification) -> StoredClaim | None:
    return next((stored for stored in certification.properties() if stored.claim.predicate == "HELD_BY"), None)
