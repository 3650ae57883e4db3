"""Places: sites and regions."""

from typing import ClassVar

import strawberry

from api.request.batches import Traversal
from api.types.base.entity import Entity, number_of, target_of, text_of
from api.types.base.relation import RelationConnection, related

_OPERATORS = Traversal(("OPERATES",), inward=True)
_RISKS = Traversal(("AFFECTS",), inward=True)


@strawberry.type
class Region(Entity):
    """A country or a part of a country."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (*Entity.PROPERTIES, "IDENTIFIED_BY")

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Recorded risks and incidents that affect the region."""
        return related(self, _RISKS, first, after)


@strawberry.type
class Site(Entity):
    """A plant, warehouse or office."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Entity.PROPERTIES,
        *("ADDRESS", "LATITUDE", "LONGITUDE", "IN_COUNTRY", "LOCATED_AT"),
    )

    @strawberry.field
    def address(self) -> str | None:
        """The postal address; null if no claim gives it."""
        return text_of(self, "ADDRESS")

    @strawberry.field
    def latitude(self) -> float | None:
        """Latitude in degrees north; null if no claim gives it."""
        return number_of(self, "LATITUDE")

    @strawberry.field
    def longitude(self) -> float | None:
        """Longitude in degrees east; null if no claim gives it."""
        return number_of(self, "LONGITUDE")

    @strawberry.field
    def country(self) -> Entity | None:
        """The country of the site; null if no claim gives it."""
        return target_of(self, "IN_COUNTRY") or target_of(self, "LOCATED_AT")

    @strawberry.field
    def operators(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """The organisations that operate the site."""
        return related(self, _OPERATORS, first, after)

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Entity]:
        """Recorded risks and incidents that affect the site."""
        return related(self, _RISKS, first, after)
