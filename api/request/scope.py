"""The scope of a read: the buyer, and the two times."""

from typing import NewType

import strawberry

Instant = NewType("Instant", str)


@strawberry.input
class ReadScope:
    """For whom and at which times a field is read. Every part has a default, so an empty scope reads the present.

    Attributes:
        buyer: Id of the buying organisation; the service's default buyer when absent. Tiers, exposures and findings
            are relative to it.
        as_of: World time: facts that hold at this instant. The current hour when absent.
        known_at: Record time: facts that were recorded by this instant and not yet superseded. The latest when absent.
    """

    buyer: strawberry.ID | None = None
    as_of: Instant | None = None
    known_at: Instant | None = None
