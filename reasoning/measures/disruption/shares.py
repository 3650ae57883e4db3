"""What each firm adds to the probability of a disruption, as one ranked list."""

from dataclasses import dataclass

from ontology.records import ClaimId, EntityId
from reasoning.measures.disruption.disruption import Disruption
from reasoning.measures.disruption.network import OwnChance, Three


@dataclass(frozen=True, slots=True)
class FirmShare:
    """What one firm adds to the probability that the buyer is stopped.

    Attributes:
        added: Its Shapley value at the low end, in the middle and at the high end; the firms' values sum to the
            estimate.
        own: The probability that it is disrupted by itself, at the same three.
        chance: What that probability is made from.
    """

    firm: EntityId
    added: Three
    own: Three
    chance: OwnChance

    @property
    def unknown(self) -> int:
        """In how many of the categories of the request nothing is known of it."""
        return self.chance.unknown

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its own risks, ascending."""
        return self.chance.claims


def firm_shares(found: Disruption) -> tuple[FirmShare, ...]:
    """The shares of all firms but the buyer: the greatest in the middle first, then at the low and the high end.

    Args:
        found: A disruption.

    Returns:
        One share a firm; ties by id.
    """
    low, middle, high = (dict(end.shares) for end in found.ends)
    shares = [
        FirmShare(
            own.firm,
            (low.get(own.firm, 0.0), middle.get(own.firm, 0.0), high.get(own.firm, 0.0)),
            own.chance(found.terms),
            own,
        )
        for own in found.own[1:]
    ]
    return tuple(sorted(shares, key=_rank))


def _rank(share: FirmShare) -> tuple[float, float, float, EntityId]:
    low, middle, high = share.added
    return -middle, -low, -high, share.firm
