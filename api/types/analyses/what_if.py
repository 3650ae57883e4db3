"""What-if: how changes would move the buyer's exposure. Nothing is written."""

from collections.abc import Callable, Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.analyses.what_if_input import WhatIfInput, edits_of
from api.types.base.conclusion import ConclusionContext, Listing, short
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Verifiable
from ontology.records import EntityId
from reasoning.analysis.uncertainty import Interval
from reasoning.exposure.scoring import Totals
from reasoning.scenarios.edits import (
    Branch,
)
from reasoning.scenarios.outcome import Cause, verify_outcome
from reasoning.scenarios.outcome import ExposureChange as ComputedExposureChange
from reasoning.service.analyses import WhatIf as Computed


@strawberry.type
class ExposureTotals:
    """A buyer's whole exposure.

    Attributes:
        score: The estimate.
        low: Without inferred links, and with unknown risks at 0.
        high: With all links, and unknown risks at 1.
        coverage: For which part the risks are known.
        whole_low: The least that it may be, whatever unknown shares and unknown suppliers turn out to be.
        whole_high: The most that it may be then.
    """

    score: float
    low: float
    high: float
    coverage: float
    whole_low: float
    whole_high: float


@strawberry.type
class ChangedPath:
    """One way from the buyer up to a supplier.

    Attributes:
        before: What it contributes to the score before the change; 0 where it is not there.
        after: What it contributes after it.
    """

    before: float
    after: float
    ids: strawberry.Private[tuple[EntityId, ...]]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The buyer first, the supplier last."""
        return [self.context.entity(entity) for entity in self.ids]


@strawberry.type
class ChangeCause:
    """What one of the changes, made after those before it, does to one score.

    Attributes:
        text: The change in one sentence, with ids.
        change: By how much it moves the score.
        paths: The ways over which most of that comes; told of the suppliers that change most.
        rest: What other ways add.
    """

    text: str
    change: float
    paths: list[ChangedPath]
    rest: float


@strawberry.type
class ExposureChange:
    """What happens to the exposure to one supplier.

    Attributes:
        before: The score before; null where it is not in the network then.
        after: The score after; null where it has left the network.
        change: After less before; the causes add up to it.
        causes: What does it.
    """

    before: float | None
    after: float | None
    change: float
    causes: list[ChangeCause]
    computed: strawberry.Private[ComputedExposureChange]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """Whom it is about."""
        return self.context.entity(self.computed.supplier)


@strawberry.type
class WhatIf(Verifiable):
    """What changes would do to the buyer's exposure.

    Attributes:
        before: The exposure now.
        after: The exposure after all changes.
        production_loss: What part of its production the buyer loses, by the exact cascade; null where nobody stops.
    """

    before: ExposureTotals
    after: ExposureTotals
    production_loss: float | None
    computed: strawberry.Private[Computed]
    view: strawberry.Private[ReadView]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return verify_outcome(self.computed.outcome)

    @strawberry.field
    def changes(self, first: int = 20, after: str | None = None) -> Connection[ExposureChange]:
        """The suppliers of which score or interval changes, the greatest change first."""
        return _changes(self.view, self.computed, first, after)


def what_if(view: ReadView, given: WhatIfInput) -> WhatIf:
    """What the changes would do.

    Raises:
        QueryError: There is no change, or there are too many.
        InputError: One cannot be.
        NotFoundError: One is about a link that is not there, or stops nobody.
    """
    edits = edits_of(given)
    found = view.session.reasoning.analyses.what_if(view.required_buyer(), view.at, Branch("asked", edits))
    return WhatIf(
        before=_totals(found.outcome.before, found.whole_before),
        after=_totals(found.outcome.after, found.whole_after),
        production_loss=None if found.loss is None else found.loss.value,
        computed=found,
        view=view,
    )


def _totals(totals: Totals, whole: Interval) -> ExposureTotals:
    return ExposureTotals(
        score=totals.score,
        low=totals.low,
        high=totals.high,
        coverage=totals.coverage,
        whole_low=whole.low,
        whole_high=whole.high,
    )


def _changes(view: ReadView, found: Computed, first: int, after: str | None) -> Connection[ExposureChange]:
    texts = [edit.text for edit in found.outcome.branch.edits]
    listing = Listing(view, ("whatIf", short(*texts)), first, after)
    key: Callable[[ComputedExposureChange], str] = lambda one: one.supplier  # noqa: E731
    return listing.show(found.outcome.changes, key, lambda rows: _present(view, rows, texts))


def _present(view: ReadView, rows: Sequence[ComputedExposureChange], texts: Sequence[str]) -> list[ExposureChange]:
    causes = [cause for one in rows for cause in one.causes]
    entities = {entity for cause in causes for path in cause.paths for entity in path.entities}
    context = ConclusionContext(view, sorted(entities | {one.supplier for one in rows}), [])
    return [
        ExposureChange(
            before=None if one.before is None else one.before.score,
            after=None if one.after is None else one.after.score,
            change=one.change,
            causes=[_cause(cause, texts, context) for cause in one.causes],
            computed=one,
            context=context,
        )
        for one in rows
    ]


def _cause(cause: Cause, texts: Sequence[str], context: ConclusionContext) -> ChangeCause:
    paths = [ChangedPath(before=one.before, after=one.after, ids=one.entities, context=context) for one in cause.paths]
    return ChangeCause(text=texts[cause.number], change=cause.change, paths=paths, rest=cause.rest)
