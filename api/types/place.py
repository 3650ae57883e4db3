"""Where things are: sites and regions."""

from typing import ClassVar

import strawberry

from api.cohorts import Hop
from api.types.noun import Noun, number_of, target_of, text_of
from api.types.relation import RelationConnection, related

_OPERATORS = Hop(("OPERATES",), inward=True)
_RISKS = Hop(("AFFECTS",), inward=True)


@strawberry.type
class Region(Noun):
    """A country or a part of one."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (*Noun.PROPERTIES, "IDENTIFIED_BY")

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Noun]:
        """Risks and incidents that affect it."""
        return related(self, _RISKS, first, after)


@strawberry.type
class Site(Noun):
    """A plant, warehouse or office."""

    PROPERTIES: ClassVar[tuple[str, ...]] = (
        *Noun.PROPERTIES,
        *("ADDRESS", "LATITUDE", "LONGITUDE", "IN_COUNTRY", "LOCATED_AT"),
    )

    @strawberry.field
    def address(self) -> str | None:
        """Its postal address; null where nobody says it."""
        return text_of(self, "ADDRESS")

    @strawberry.field
    def latitude(self) -> float | None:
        """Degrees north; null where nobody says it."""
        return number_of(self, "LATITUDE")

    @strawberry.field
    def longitude(self) -> float | None:
        """Degrees east; null where nobody says it."""
        return number_of(self, "LONGITUDE")

    @strawberry.field
    def country(self) -> Noun | None:
        """The country that it lies in; null where nobody says it."""
        return target_of(self, "IN_COUNTRY") or target_of(self, "LOCATED_AT")

    @strawberry.field
    def operators(self, first: int = 20, after: str | None = None) -> RelationConnection[Noun]:
        """Who runs it."""
        return related(self, _OPERATORS, first, after)

    @strawberry.field
    def risks(self, first: int = 20, after: str | None = None) -> RelationConnection[Noun]:
        """Risks and incidents that affect it."""
        return related(self, _RISKS, first, after)
