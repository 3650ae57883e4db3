"""The scope of a read: the buyer and the two times."""

from typing import NewType

import strawberry

Instant = NewType("Instant", str)


@strawberry.input
class ReadScope:
    """The buyer and the times of a read.

    Every part has a default: an empty scope reads the present for the service's buyer.

    Attributes:
        buyer: Id of the buying organisation. Tiers, exposures, findings and all other conclusions are those of this
            buyer. The service's buyer by default.
        as_of: World time: the read uses facts that hold at this instant. The current hour by default.
        known_at: Record time: the read uses facts recorded by this instant and not superseded then. The latest records
            by default.
    """

    buyer: strawberry.ID | None = None
    as_of: Instant | None = None
    known_at: Instant | None = None
