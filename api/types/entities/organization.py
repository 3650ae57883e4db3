"""Organisations: who they are, whom they supply, what is agreed with them, and what follows for the buyer."""

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
    """What a register calls an organisation.

    Attributes:
        scheme: The register: `lei`, `vat`, `duns`, ….
        value: The identifier.
    """

    scheme: str
    value: str


@strawberry.type
class Sanction:
    """An entry of a sanctions list.

    Attributes:
        listing: The list.
        programme: The programme that the entry stands under.
        claim_id: The claim that says so.
    """

    listing: str
    programme: str | None
    claim_id: strawberry.ID


@strawberry.type
class Organization(Entity):
    """A firm, authority or other body. Supplier and buyer are roles that follow from who supplies whom."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("IDENTIFIED_BY", "IN_COUNTRY", "STATUS", "ADDRESS", "HEADCOUNT", "REVENUE", "SANCTIONED"),
    )

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        claims = [stored.claim for stored in self.properties() if stored.claim.predicate == "IDENTIFIED_BY"]
        return [Identifier(scheme=str(one.qualifiers.get("scheme", "")), value=str(one.value)) for one in claims]

    @strawberry.field
    def country(self) -> Entity | None:
        """The country that it is registered in; null where nobody says it."""
        return target_of(self, "IN_COUNTRY")

    @strawberry.field
    def address(self) -> str | None:
        """Its postal address; null where nobody says it."""
        return text_of(self, "ADDRESS")

    @strawberry.field
    def status(self) -> str | None:
        """Whether it is active, dissolved or in liquidation, where somebody says it."""
        return text_of(self, "STATUS")

    @strawberry.field
    def headcount(self) -> int | None:
        """How many people work there; null where nobody says it."""
        return integer_of(self, "HEADCOUNT")

    @strawberry.field
    def revenue(self) -> float | None:
        """Its yearly revenue, in the currency that the claim names; null where nobody says it."""
        return number_of(self, "REVENUE")

    @strawberry.field
    def sanctions(self) -> list[Sanction]:
        """The sanctions lists that it stands on itself; sanctioned owners are a finding."""
        return [_sanction(stored) for stored in self.properties() if stored.claim.predicate == "SANCTIONED"]

    @strawberry.field
    def suppliers(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Who supplies it: organisations, and sites where the source names the site."""
        return related(self, _SUPPLIERS, first, after)

    @strawberry.field
    def customers(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Whom it supplies."""
        return related(self, _CUSTOMERS, first, after)

    @strawberry.field
    def owners(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Who owns a part of it; each claim's qualifier `percentage` says how much."""
        return related(self, _OWNERS, first, after)

    @strawberry.field
    def owns(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """What it owns a part of."""
        return related(self, _OWNED, first, after)

    @strawberry.field
    def sites(self, first: int = 20, after: str | None = None) -> RelationConnection[Site]:
        """The sites that it runs."""
        return related(self, _SITES, first, after)

    @strawberry.field
    def contracts(self, first: int = 5, after: str | None = None) -> RelationConnection[Contract]:
        """The contracts that it is a party to or that govern its deliveries."""
        return related(self, _CONTRACTS, first, after)

    @strawberry.field
    def certifications(self, first: int = 20, after: str | None = None) -> RelationConnection[Certification]:
        """The certificates that it holds."""
        return related(self, _CERTIFICATIONS, first, after)

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Risks and incidents that affect it itself; those of its sites and regions are in its exposure."""
        return related(self, _RISKS, first, after)

    @strawberry.field
    def tier(self) -> int | None:
        """Fewest supply links from the buyer, who is tier 0; null where none leads there."""
        if self.key == self.batch.view.required_buyer():
            return 0
        found = exposures_in(self.batch, 10).get(self.key)
        return None if found is None else found.tier

    @strawberry.field
    def exposure(self, paths: int = 10, category: str | None = None) -> Exposure | None:
        """What the buyer is exposed to through it, or one category's part; null where it is not upstream."""
        return exposures_in(self.batch, paths, scope_of(category)).get(self.key)

    @strawberry.field
    def findings(self, kinds: list[str] | None = None) -> list[Finding]:
        """What the detectors find about it, or that concerns it."""
        return findings_in(self.batch, kinds)[self.key]

    @strawberry.field
    def recommendations(self) -> list[Recommendation]:
        """Which clauses the buyer should ask it for, and why."""
        return recommendations_in(self.batch)[self.key]


def _sanction(stored: StoredClaim) -> Sanction:
    programme = stored.claim.qualifiers.get("programme")
    return Sanction(
        listing=str(stored.claim.value),
        programme=None if programme is None else str(programme),
        claim_id=strawberry.ID(stored.claim.id),
    )
