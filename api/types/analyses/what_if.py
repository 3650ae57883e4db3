"""What-if: how changes would move the buyer's exposure. Nothing is written."""

from collections.abc import Callable, Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.analyses.edits import Edit, present_edit
from api.types.analyses.what_if_input import WhatIfInput, edits_of
from api.types.base.conclusion import ConclusionContext, Listing, short
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Verifiable
from ontology.records import EntityId
from reasoning.analysis.uncertainty import Interval
from reasoning.exposure.scoring import Totals
from reasoning.scenarios.edits import Branch
from reasoning.scenarios.edits import Edit as ComputedEdit
from reasoning.scenarios.outcome import Cause, verify_outcome
from reasoning.scenarios.outcome import ExposureChange as ComputedExposureChange
from reasoning.service.analyses import WhatIf as Computed


@strawberry.type
class ExposureTotals:
    """A buyer's whole exposure.

    Attributes:
        score: Estimate, from 0 to 1: inferred links count by their confidence, and unknown risks as 0.5.
        low: Lower bound: without inferred links, and with unknown risks at 0.
        high: Upper bound: with all links, and unknown risks at 1.
        coverage: Share of known risk, from 0 to 1, weighted by how much of the buyer's need ends at each supplier.
        whole_low: Lower bound, whatever the unknown shares and unknown suppliers are.
        whole_high: Upper bound, whatever the unknown shares and unknown suppliers are.
    """

    score: float
    low: float
    high: float
    coverage: float
    whole_low: float
    whole_high: float


@strawberry.type
class ChangedPath:
    """A path from the buyer up to a supplier whose contribution changes.

    Attributes:
        before: Contribution to the score before the change; 0 if the path does not exist.
        after: Contribution to the score after the change; 0 if the path does not exist.
    """

    before: float
    after: float
    ids: strawberry.Private[tuple[EntityId, ...]]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The firms of the path: the buyer first, the supplier last."""
        return [self.context.entity(entity) for entity in self.ids]


@strawberry.type
class ChangeCause:
    """The effect of one change on one supplier's score. Each change is applied after those before it.

    Attributes:
        edit: The change.
        text: The change in one sentence, with ids.
        change: Effect on the score.
        paths: The paths with the greatest effect. They are listed for the suppliers that change most.
        rest: Effect over all other paths.
    """

    edit: Edit
    text: str
    change: float
    paths: list[ChangedPath]
    rest: float


@strawberry.type
class ExposureChange:
    """The change of the exposure through one supplier.

    Attributes:
        before: Score before the changes; null if the supplier is not in the network.
        after: Score after the changes; null if the supplier has left the network.
        change: `after` minus `before`, with null as 0. The causes add up to it.
        low_before: The low end of the score's interval before; null where it is not in the network then.
        high_before: The high end before.
        low_after: The low end after; null where it has left the network.
        high_after: The high end after.
        causes: The effect of each change.
    """

    before: float | None
    after: float | None
    change: float
    low_before: float | None
    high_before: float | None
    low_after: float | None
    high_after: float | None
    causes: list[ChangeCause]
    computed: strawberry.Private[ComputedExposureChange]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier."""
        return self.context.entity(self.computed.supplier)


@strawberry.type
class WhatIfBranch:
    """The changes of a what-if, in the order in which they are made.

    Attributes:
        name: The name that the client gave; `unnamed` where it gave none.
        note: What it is for; empty where the client did not say.
        edits: The changes.
    """

    name: str
    note: str
    edits: list[Edit]


@strawberry.type
class WhatIf(Verifiable):
    """The effect of hypothetical changes on the buyer's exposure.

    Attributes:
        branch: The changes.
        before: The exposure now.
        after: The exposure after all changes.
        change: The score after less the score before.
        production_loss: Share of its production that the buyer loses, from 0 to 1, by the exact cascade; null if
            nothing stops.
        production_loss_firms: How many firms lose a part of theirs then; null where nobody stops.
        production_loss_steps: How many steps the cascade took; null where nobody stops.
    """

    branch: WhatIfBranch
    before: ExposureTotals
    after: ExposureTotals
    change: float
    production_loss: float | None
    production_loss_firms: int | None
    production_loss_steps: int | None
    computed: strawberry.Private[Computed]
    view: strawberry.Private[ReadView]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return verify_outcome(self.computed.outcome)

    @strawberry.field
    def changes(self, first: int = 20, after: str | None = None) -> Connection[ExposureChange]:
        """The suppliers whose score or interval changes, by descending change."""
        return _changes(self.view, self.computed, first, after)


def what_if(view: ReadView, given: WhatIfInput) -> WhatIf:
    """The effect of the changes.

    Raises:
        QueryError: There is no change, or there are too many.
        InputError: A change has a value out of range.
        NotFoundError: A change is about a link that does not exist, or its stop would not stop anybody.
    """
    edits = edits_of(given, view.session.limits.edits)
    branch = Branch(given.name, edits, given.note)
    found = view.session.reasoning.analyses.what_if(view.required_buyer(), view.at, branch)
    before, after = found.outcome.before, found.outcome.after
    return WhatIf(
        branch=WhatIfBranch(name=branch.name, note=branch.note, edits=[present_edit(edit) for edit in edits]),
        before=_totals(before, found.whole_before),
        after=_totals(after, found.whole_after),
        change=after.score - before.score,
        production_loss=None if found.loss is None else found.loss.value,
        production_loss_firms=None if found.loss is None else found.loss.firms,
        production_loss_steps=None if found.loss is None else found.loss.steps,
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
    edits = found.outcome.branch.edits
    listing = Listing(view, ("whatIf", short(*(edit.text for edit in edits))), first, after)
    key: Callable[[ComputedExposureChange], str] = lambda one: one.supplier  # noqa: E731
    return listing.show(found.outcome.changes, key, lambda rows: _present(view, rows, edits))


def _present(
    view: ReadView, rows: Sequence[ComputedExposureChange], edits: Sequence[ComputedEdit]
) -> list[ExposureChange]:
    causes = [cause for one in rows for cause in one.causes]
    entities = {entity for cause in causes for path in cause.paths for entity in path.entities}
    context = ConclusionContext(view, sorted(entities | {one.supplier for one in rows}), [])
    return [
        ExposureChange(
            before=None if one.before is None else one.before.score,
            after=None if one.after is None else one.after.score,
            change=one.change,
            low_before=None if one.before is None else one.before.low,
            high_before=None if one.before is None else one.before.high,
            low_after=None if one.after is None else one.after.low,
            high_after=None if one.after is None else one.after.high,
            causes=[_cause(cause, edits, context) for cause in one.causes],
            computed=one,
            context=context,
        )
        for one in rows
    ]


def _cause(cause: Cause, edits: Sequence[ComputedEdit], context: ConclusionContext) -> ChangeCause:
    paths = [ChangedPath(before=one.before, after=one.after, ids=one.entities, context=context) for one in cause.paths]
    edit = edits[cause.number]
    return ChangeCause(edit=present_edit(edit), text=edit.text, change=cause.change, paths=paths, rest=cause.rest)
