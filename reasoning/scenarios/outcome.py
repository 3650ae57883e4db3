"""The outcome of a what-if: every exposure before and after, ranked by its change, each with its causes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ontology.records import EntityId
from reasoning.core.closeness import CLOSENESS
from reasoning.exposure.exposure import Exposure, verify
from reasoning.exposure.scored import Scored, moved, score_of
from reasoning.exposure.scoring import NOISE, Scoring, Totals
from reasoning.scenarios.edits import Branch
from reasoning.scenarios.overlay import layers
from reasoning.scenarios.path_changes import PathChange, PathChanges

EXPLAINED = 20  # suppliers whose changes come with their paths: those that change most
PATHS = 3  # paths of each cause


@dataclass(frozen=True, slots=True)
class Cause:
    """The effect of one change of the branch on one score, after the changes before it.

    Attributes:
        number: The place of the change in the branch, from 0.
        change: By how much it moves the score.
        paths: The paths that contribute most to that; empty beyond the suppliers that change most.
        rest: The sum of what all other paths contribute to `change`.
    """

    number: int
    change: float
    paths: tuple[PathChange, ...]
    rest: float


@dataclass(frozen=True, slots=True)
class ExposureChange:
    """The exposure to one supplier before and after a branch; None where it is not in the network."""

    supplier: EntityId
    before: Exposure | None
    after: Exposure | None
    causes: tuple[Cause, ...]

    @property
    def change(self) -> float:
        """The score after minus the score before; a supplier that is not in the network has 0."""
        return score_of(self.after) - score_of(self.before)


@dataclass(frozen=True, slots=True)
class WhatIfOutcome:
    """The effect of a branch on a buyer's exposure.

    Attributes:
        revision: The revision of the store that the base was read from.
        changes: The suppliers whose score or interval changes; the greatest change of the score comes first.
    """

    branch: Branch
    buyer: EntityId
    revision: int
    before: Totals
    after: Totals
    changes: tuple[ExposureChange, ...]


def outcome(base: Scored, branch: Branch, *, explained: int = EXPLAINED) -> WhatIfOutcome:
    """Lay a branch over a snapshot and score the buyer again after each of its changes.

    Args:
        base: The snapshot, which stays as it is, with the buyer scored over it.
        branch: The changes, in order.
        explained: How many suppliers come with their paths, those that change most.

    Raises:
        NotFoundError: A change is about a link that is not there, or stops nobody.
        NotConvergedError: The walks did not converge.
    """
    steps = _steps(base, branch)
    first, last = steps[0], steps[-1]
    ranked = moved(steps)
    path_changes = (
        [PathChanges(one.scoring, two.scoring) for one, two in pairwise(steps)] if explained and ranked else []
    )
    changes = [
        ExposureChange(
            firm,
            first.by_supplier.get(firm),
            last.by_supplier.get(firm),
            tuple(_causes(firm, steps, path_changes if place < explained else ())),
        )
        for place, firm in enumerate(ranked)
    ]
    return WhatIfOutcome(
        branch, first.scoring.buyer, first.scoring.snapshot.revision, first.totals, last.totals, tuple(changes)
    )


def _steps(base: Scored, branch: Branch) -> Sequence[Scored]:
    """The buyer scored before any change and after each; each state is computed from the one before."""
    steps, scoring = [base], base.scoring
    for one in layers(scoring.snapshot, branch.edits)[1:]:
        before = steps[-1]
        like = Scoring(one, scoring.buyer, product=scoring.product, like=before.scoring)
        steps.append(Scored(like, before))
    return steps


def verify_outcome(outcome: WhatIfOutcome) -> tuple[str, ...]:
    """The faults of an outcome: sums of scores, causes or paths that do not agree. Nothing where all do."""
    return tuple(_faults(outcome))


def _causes(firm: EntityId, steps: Sequence[Scored], path_changes: Sequence[PathChanges]) -> Iterator[Cause]:
    """The effect of each change on a score, with its paths where `path_changes` are given."""
    for number, (before, after) in enumerate(pairwise(steps)):
        change = after.score(firm) - before.score(firm)
        if change:
            paths = path_changes[number].greatest(firm, PATHS) if path_changes else ()
            rest = change - math.fsum(path.change for path in paths)
            yield Cause(number, change, paths, 0.0 if abs(rest) < NOISE else rest)


def _faults(outcome: WhatIfOutcome) -> Iterator[str]:
    for change in outcome.changes:
        for exposure in (change.before, change.after):
            yield from () if exposure is None else verify(exposure).faults
        if abs(math.fsum(cause.change for cause in change.causes) - change.change) > CLOSENESS:
            yield f"the causes of {change.supplier} do not add up to its change"
        for cause in change.causes:
            if abs(math.fsum(path.change for path in cause.paths) + cause.rest - cause.change) > CLOSENESS:
                yield f"the paths of a cause of {change.supplier} do not add up to it"
    yield from _faults_of_sum(outcome)


def _faults_of_sum(outcome: WhatIfOutcome) -> Iterator[str]:
    whole = outcome.after.score - outcome.before.score
    if abs(math.fsum(change.change for change in outcome.changes) - whole) > CLOSENESS:
        yield "the changes do not add up to the change of the whole"
