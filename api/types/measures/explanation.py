"""Explanation: how one exposure score comes about, and whether it follows from its parts."""

import math
from collections.abc import Iterable
from dataclasses import replace

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Claim, Entity
from api.types.base.proof import Verifiable
from api.types.measures.exposure import Exposure, present_exposures
from ontology.errors import QueryError
from ontology.records import EntityId
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.explanation import FORMULA
from reasoning.exposure.exposure import Exposure as Computed
from reasoning.exposure.exposure import ExposureScope, Verification
from reasoning.risk.weights import UNKNOWN_HIGH, UNKNOWN_LOW, UNKNOWN_MIDDLE


@strawberry.type
class SetAside:
    """A supply claim that does not count in the exposure.

    Attributes:
        why: The reason why the claim does not count.
        claim: The claim.
    """

    why: str
    claim: Claim


@strawberry.type
class Unit:
    """The unit in which the links of one customer are weighed.

    Attributes:
        unit: The unit: spend in a currency, a quantity, a share, or a count of links.
        why: The reason why no better unit was used.
        customer: The customer whose links are weighed.
    """

    unit: str
    why: str
    customer: Entity


@strawberry.type
class Explanation(Verifiable):
    """The derivation of an exposure score, with its recomputation.

    Attributes:
        exposure: The score with its paths and parts.
        formula: The formula of the score, as text.
        alpha: Share of its suppliers' exposure that a customer takes on: α in the formula, from 0 to 1.
        unknown_risk_low: What a risk that is not known counts at the low end of the interval.
        unknown_risk: What it counts in the estimate.
        unknown_risk_high: What it counts at the high end.
        recomputed: The score as recomputed from the paths, links and risks of `exposure`.
        holds: Whether the recomputation gives the same score and parts.
        units: The unit of each customer on the paths.
        set_aside: Supply claims of the firms on the paths that do not count.
    """

    exposure: Exposure
    formula: str
    alpha: float
    unknown_risk_low: float
    unknown_risk: float
    unknown_risk_high: float
    recomputed: float
    holds: bool
    units: list[Unit]
    set_aside: list[SetAside]
    verification: strawberry.Private[Verification]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return self.verification.faults


def explanation_of(view: ReadView, supplier: EntityId, paths: int | None, scope: ExposureScope) -> Explanation:
    """The derivation of the buyer's exposure through one supplier.

    Args:
        view: Where it is read.
        supplier: The supplier.
        paths: Paths that are listed at most; None for all.
        scope: Only the part of one category.

    Raises:
        QueryError: There is no buyer, or `paths` is below 0.
        NotFoundError: The supplier is not upstream of the buyer.
    """
    if paths is not None and paths < 0:
        raise QueryError(f"paths is {paths}", fix="give 0 or more, or null for all")
    found = view.session.reasoning.explain(view.required_buyer(), supplier, view.at, scope=scope)
    context = ConclusionContext(
        view, [EntityId(firm) for firm, _, _ in found.units], [one.claim for one in found.set_aside]
    )
    return Explanation(
        exposure=present_exposures(view, [_cut(found.exposure, paths)])[0],
        formula=FORMULA,
        alpha=ALPHA,
        unknown_risk_low=UNKNOWN_LOW,
        unknown_risk=UNKNOWN_MIDDLE,
        unknown_risk_high=UNKNOWN_HIGH,
        recomputed=found.verification.recomputed,
        holds=found.verification.holds,
        units=[Unit(unit=unit, why=why, customer=context.entity(EntityId(firm))) for firm, unit, why in found.units],
        set_aside=[SetAside(why=one.why, claim=context.present([one.claim])[0]) for one in found.set_aside],
        verification=found.verification,
    )


def _cut(exposure: Computed, paths: int | None) -> Computed:
    """The exposure with its heaviest paths only; the remainder takes in what the others contribute."""
    if paths is None:
        return exposure
    others = math.fsum(path.contribution for path in exposure.paths[paths:])
    return replace(exposure, paths=exposure.paths[:paths], remainder=exposure.remainder + others)
