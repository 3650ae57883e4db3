"""Organisations: names and registers, relations, contracts, and the conclusions about them for a buyer."""

from typing import ClassVar

import strawberry

from api.request.batches import Traversal
from api.types.analyses.finding import Finding, findings_in
from api.types.analyses.recommendation import Recommendation, recommendations_in
from api.types.base.entity import Entity, integer_of, number_of, target_of, text_of
from api.types.base.relation import RelationConnection, related
from api.types.entities.certification import Certification
from api.types.entities.contract import Contract
from api.types.entities.place import Site
from api.types.measures.exposure import Exposure, exposures_in, scope_of
from ontology.records import StoredClaim

_SUPPLIERS = Traversal(("SUPPLIES",), inward=True)
_CUSTOMERS = Traversal(("SUPPLIES",))
_OWNERS = Traversal(("OWNS",), inward=True)
_OWNED = Traversal(("OWNS",))
_SITES = Traversal(("OPERATES",))
_CONTRACTS = Traversal(("PARTY_TO", "GOVERNED_BY"))
_CERTIFICATIONS = Traversal(("HELD_BY",), inward=True)
_RISKS = Traversal(("AFFECTS",), inward=True)


@strawberry.type
class Identifier:
    """An organisation's identifier in a register.

    Attributes:
        scheme: The register: `lei`, `vat`, `duns` and so on.
        value: The identifier.
    """

    scheme: str
    value: str


@strawberry.type
class Sanction:
    """An entry of a sanctions list.

    Attributes:
        listing: Name of the list.
        programme: The programme of the entry; null if the list gives none.
        claim_id: Id of the claim that states the entry.
    """

    listing: str
    programme: str | None
    claim_id: strawberry.ID


@strawberry.type
class Organization(Entity):
    """A company, authority or other body. Supplier and buyer are roles that follow from supply claims."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("IDENTIFIED_BY", "IN_COUNTRY", "STATUS", "ADDRESS", "HEADCOUNT", "REVENUE", "SANCTIONED"),
    )

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """Identifiers in registers."""
        claims = [stored.claim for stored in self.properties() if stored.claim.predicate == "IDENTIFIED_BY"]
        return [Identifier(scheme=str(one.qualifiers.get("scheme", "")), value=str(one.value)) for one in claims]

    @strawberry.field
    def country(self) -> Entity | None:
        """The country of registration; null if no claim gives it."""
        return target_of(self, "IN_COUNTRY")

    @strawberry.field
    def address(self) -> str | None:
        """The postal address; null if no claim gives it."""
        return text_of(self, "ADDRESS")

    @strawberry.field
    def status(self) -> str | None:
        """Whether the organisation is active, dissolved or in liquidation; null if no claim gives it."""
        return text_of(self, "STATUS")

    @strawberry.field
    def headcount(self) -> int | None:
        """Number of employees; null if no claim gives it."""
        return integer_of(self, "HEADCOUNT")

    @strawberry.field
    def revenue(self) -> float | None:
        """Yearly revenue, in the currency that the claim names; null if no claim gives it."""
        return number_of(self, "REVENUE")

    @strawberry.field
    def sanctions(self) -> list[Sanction]:
        """Entries of this organisation itself on sanctions lists.

        A sanctioned owner is reported by `findings` instead.
        """
        return [_sanction(stored) for stored in self.properties() if stored.claim.predicate == "SANCTIONED"]

    @strawberry.field
    def suppliers(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The direct suppliers: organisations, and sites where a source names the site."""
        return related(self, _SUPPLIERS, first, after)

    @strawberry.field
    def customers(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The direct customers."""
        return related(self, _CUSTOMERS, first, after)

    @strawberry.field
    def owners(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The owners. Qualifier `percentage` of each claim gives the share."""
        return related(self, _OWNERS, first, after)

    @strawberry.field
    def owns(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The entities that it owns a share of."""
        return related(self, _OWNED, first, after)

    @strawberry.field
    def sites(self, first: int = 20, after: str | None = None) -> RelationConnection[Site]:
        """The sites that it operates."""
        return related(self, _SITES, first, after)

    @strawberry.field
    def contracts(self, first: int = 5, after: str | None = None) -> RelationConnection[Contract]:
        """The contracts that it is a party to, and those that govern its deliveries."""
        return related(self, _CONTRACTS, first, after)

    @strawberry.field
    def certifications(self, first: int = 20, after: str | None = None) -> RelationConnection[Certification]:
        """The certificates that it holds."""
        return related(self, _CERTIFICATIONS, first, after)

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Recorded risks and incidents that affect the organisation itself.

        Risks of its sites and regions count in `exposure`.
        """
        return related(self, _RISKS, first, after)

    @strawberry.field
    def tier(self) -> int | None:
        """Distance from the buyer in supply links: 0 for the buyer, 1 for a direct supplier.

        Null if it is not upstream.
        """
        if self.key == self.batch.view.required_buyer():
            return 0
        found = exposures_in(self.batch, 10).get(self.key)
        return None if found is None else found.tier

    @strawberry.field
    def exposure(self, paths: int = 10, category: str | None = None) -> Exposure | None:
        """The buyer's exposure through this supplier, or the part of one category; null if it is not upstream."""
        return exposures_in(self.batch, paths, scope_of(category)).get(self.key)

    @strawberry.field
    def findings(self, kinds: list[str] | None = None) -> list[Finding]:
        """Findings about this organisation, and findings that concern it."""
        return findings_in(self.batch, kinds)[self.key]

    @strawberry.field
    def recommendations(self) -> list[Recommendation]:
        """Clauses that the buyer should request from this supplier, with the reasons."""
        return recommendations_in(self.batch)[self.key]


def _sanction(stored: StoredClaim) -> Sanction:
    programme = stored.claim.qualifiers.get("programme")
    return Sanction(
        listing=str(stored.claim.value),
        programme=None if programme is None else str(programme),
        claim_id=strawberry.ID(stored.claim.id),
    )
