"""Explanation: how one exposure score comes about, and whether it follows from its parts."""

from collections.abc import Iterable

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Claim, Entity
from api.types.base.proof import Verifiable
from api.types.measures.exposure import Exposure, present_exposures
from ontology.records import EntityId
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.explanation import FORMULA
from reasoning.exposure.exposure import ExposureScope, Verification


@strawberry.type
class SetAside:
    """A supply claim that does not count.

    Attributes:
        why: Why not.
        claim: The claim.
    """

    why: str
    claim: Claim


@strawberry.type
class Unit:
    """What the links of one customer are weighed in.

    Attributes:
        unit: The unit.
        why: Why in nothing better.
        customer: The customer.
    """

    unit: str
    why: str
    customer: Entity


@strawberry.type
class Explanation(Verifiable):
    """How a score comes about, and whether it follows from that.

    Attributes:
        exposure: The score with all its paths and parts.
        formula: How it is put together.
        alpha: What part of a customer's exposure its suppliers pass on: α in the formula.
        recomputed: The score as recomputed from the paths, links and risks above.
        holds: Whether the recomputed number is the score, and every part fits.
        units: What the links of each customer on the paths are weighed in.
        set_aside: Supply claims of the firms on the paths that do not count.
    """

    exposure: Exposure
    formula: str
    alpha: float
    recomputed: float
    holds: bool
    units: list[Unit]
    set_aside: list[SetAside]
    verification: strawberry.Private[Verification]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return self.verification.faults


def explanation_of(view: ReadView, supplier: EntityId, scope: ExposureScope) -> Explanation:
    """How the buyer's exposure through one supplier comes about.

    Raises:
        NotFoundError: The supplier is not upstream of the buyer.
    """
    found = view.session.reasoning.explain(view.required_buyer(), supplier, view.at, scope=scope)
    context = ConclusionContext(
        view, [EntityId(firm) for firm, _, _ in found.units], [one.claim for one in found.set_aside]
    )
    return Explanation(
        exposure=present_exposures(view, [found.exposure])[0],
        formula=FORMULA,
        alpha=ALPHA,
        recomputed=found.verification.recomputed,
        holds=found.verification.holds,
        units=[Unit(unit=unit, why=why, customer=context.entity(EntityId(firm))) for firm, unit, why in found.units],
        set_aside=[SetAside(why=one.why, claim=context.present([one.claim])[0]) for one in found.set_aside],
        verification=found.verification,
    )
