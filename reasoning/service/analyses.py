"""The analyses of the service: what-if, failure points, concentration, questions, alternatives, changes over time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ontology.errors import InputError
from ontology.records import At, EntityId
from reasoning.analysis.alerts import Alert, alerts
from reasoning.analysis.alternatives import Alternative, alternatives
from reasoning.analysis.concentration import Concentration, concentrations
from reasoning.analysis.failure_points import FailurePoints, failure_points
from reasoning.analysis.questions import Question, questions
from reasoning.analysis.series import Interlude, Point, between, series
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.exposure.scored import Scored
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import Branch, Stop
from reasoning.scenarios.outcome import WhatIfOutcome, outcome
from reasoning.scenarios.overlay import layers, stopped_in
from reasoning.service.snapshots import Snapshots

if TYPE_CHECKING:
    from reasoning.measures.cascade.production_network import CascadeLoss

_COMPARED = 10  # alternatives, the best ones, whose production losses are computed


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a branch does.

    Attributes:
        whole_before, whole_after: The whole interval of the exposure, unknown shares and suppliers among it.
        loss: What the buyer can no longer make, by the exact cascade; None where the branch stops nobody.
    """

    outcome: WhatIfOutcome
    whole_before: Interval
    whole_after: Interval
    loss: "CascadeLoss | None"


class BuyerAnalyses:
    """Analyses of a buyer over the snapshots of one store; answers are values, cached as all of the service's are.

    Every method raises `NotFoundError` where there is no such buyer, and `InputError` where its id is of no
    organisation.
    """

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots

    def what_if(self, buyer: EntityId, at: At, branch: Branch) -> WhatIf:
        """What a branch does to the buyer's exposure.

        Raises:
            NotFoundError: A change is about a link that is not there, or stops nobody.
            InputError: A change stops the buyer itself.
        """
        scoring = self._snapshots.scoring(buyer, at)
        base, buyer = scoring.snapshot, scoring.buyer
        if any(isinstance(edit, Stop) and base.facts.of(edit.entity) == buyer for edit in branch.edits):
            message = f"{buyer} cannot be stopped: it is the buyer, whose exposure to others is computed"
            raise InputError(message, fix="stop a supplier, site, region or product, or name a customer of it as buyer")
        scored = self._snapshots.once((Scored, base, buyer), lambda: Scored(scoring))
        return self._snapshots.once((WhatIf, base, buyer, branch), lambda: _what_if(base, scored, branch))

    def failure_points(self, buyer: EntityId, at: At) -> FailurePoints:
        """The single points of failure, and the pairs."""
        base, buyer = self._snapshots.base(buyer, at)
        key = (FailurePoints, base, buyer)
        return self._snapshots.once(key, lambda: failure_points(base, buyer))

    def concentrations(self, buyer: EntityId, at: At) -> tuple[Concentration, ...]:
        """How concentrated inputs and exposure are."""
        base, buyer = self._snapshots.base(buyer, at)
        key = (Concentration, base, buyer)
        return self._snapshots.once(key, lambda: concentrations(base, buyer))

    def questions(self, buyer: EntityId, at: At, *, most: int = 20) -> tuple[Question, ...]:
        """What to find out next, the best for an hour's work first."""
        base, buyer = self._snapshots.base(buyer, at)
        key = (Question, base, buyer, most)
        return self._snapshots.once(key, lambda: questions(base, buyer, most=most))

    def uncertainty(self, buyer: EntityId, at: At) -> Interval:
        """The whole interval of the exposure."""
        base, buyer = self._snapshots.base(buyer, at)
        return self._snapshots.once((Interval, base, buyer), lambda: Uncertainty(base, buyer).interval)

    def alternatives(
        self, buyer: EntityId, supplier: EntityId, at: At, *, customer: EntityId | None = None
    ) -> tuple[Alternative, ...]:
        """Which other makers a supplier's customers could buy from; of the best, what is lost when they stop.

        Raises:
            NotFoundError: The supplier supplies nobody in the buyer's network, or not this customer.
        """
        base, buyer = self._snapshots.base(buyer, at)
        key = (Alternative, base, buyer, supplier, customer)
        return self._snapshots.once(key, lambda: _alternatives(base, buyer, supplier, customer))

    def series(self, buyer: EntityId, at: At, instants: Sequence[str]) -> tuple[Point, ...]:
        """The exposure at several instants of world time, as recorded at `at.known_at`.

        Raises:
            InputError: There is no instant, or they do not ascend.
        """
        base, buyer = self._snapshots.base(buyer, at)
        key = (Point, base, buyer, tuple(instants))
        return self._snapshots.once(key, lambda: series(self.snapshot_reader(at), buyer, instants))

    def between(self, buyer: EntityId, at: At, instants: tuple[str, str]) -> Interlude:
        """What changed between two instants of world time, and because of which claims.

        Raises:
            InputError: They do not ascend.
        """
        base, buyer = self._snapshots.base(buyer, at)
        return self._snapshots.once(
            (Interlude, base, buyer, instants), lambda: between(self.snapshot_reader(at), buyer, instants)
        )

    def alerts(self, buyers: Sequence[EntityId], at: At, instants: Sequence[str]) -> tuple[Alert, ...]:
        """What these buyers should look at over instants of world time, each once while it holds.

        Raises:
            InputError: There is no instant, or they do not ascend.
        """
        resolved = tuple(self._snapshots.base(buyer, at)[1] for buyer in buyers)
        key = (Alert, self._snapshots.at(at), resolved, tuple(instants))
        return self._snapshots.once(key, lambda: alerts(self.snapshot_reader(at), resolved, instants))

    def snapshot_reader(self, at: At) -> Callable[[str], Snapshot]:
        """A function from an instant of world time to its snapshot, as recorded at `at.known_at`."""
        return lambda instant: self._snapshots.at(replace(at, as_of=instant))


def _what_if(base: Snapshot, scored: Scored, branch: Branch) -> WhatIf:
    buyer = scored.scoring.buyer
    laid = layers(base, branch.edits)
    stopped = stopped_in(laid)
    loss = None
    if stopped:
        from reasoning.measures.cascade.production_network import Cascades  # noqa: PLC0415 - with it comes numba

        loss = Cascades(laid[-1], buyer).loss(stopped)
    intervals = Uncertainty(base, buyer).interval, Uncertainty(laid[-1], buyer).interval
    return WhatIf(outcome(scored, branch), *intervals, loss)


def _alternatives(
    base: Snapshot, buyer: EntityId, supplier: EntityId, customer: EntityId | None
) -> tuple[Alternative, ...]:
    found = alternatives(base, buyer, supplier, customer=customer)
    if not found:
        return found
    from reasoning.analysis.alternative_losses import with_losses  # noqa: PLC0415 - with it comes numba

    return (*with_losses(found[:_COMPARED], base), *found[_COMPARED:])
