"""What a what-if does: every exposure before and after, ranked by how much it changes, each with its causes."""

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

EXPLAINED = 20  # suppliers, those that change most, of which the paths are told
PATHS = 3  # paths of each cause


@dataclass(frozen=True, slots=True)
class Cause:
    """What one change of the branch, made after those before it, does to one score.

    Attributes:
        number: Which of the branch's changes, from 0.
        change: By how much it moves the score.
        paths: The ways over which most of that comes; empty beyond the suppliers that change most.
        rest: What the other ways add to `change`.
    """

    number: int
    change: float
    paths: tuple[PathChange, ...]
    rest: float


@dataclass(frozen=True, slots=True)
class ExposureChange:
    """What happens to the exposure to one supplier: None before it is in the network, or after it has left it."""

    supplier: EntityId
    before: Exposure | None
    after: Exposure | None
    causes: tuple[Cause, ...]

    @property
    def change(self) -> float:
        """The score after less the score before; a supplier that is not in the network has 0."""
        return score_of(self.after) - score_of(self.before)


@dataclass(frozen=True, slots=True)
class WhatIfOutcome:
    """What a branch does to a buyer's exposure.

    Attributes:
        revision: Of the store that the base was read from.
        changes: The suppliers of which score or interval changes, by how much the score does, greatest first.
    """

    branch: Branch
    buyer: EntityId
    revision: int
    before: Totals
    after: Totals
    changes: tuple[ExposureChange, ...]


def outcome(base: "Scored", branch: Branch, *, explained: int = EXPLAINED) -> WhatIfOutcome:
    """Lay a branch over a snapshot and score the buyer anew after each of its changes.

    Args:
        base: The snapshot, which stays as it is, with the buyer scored over it.
        branch: The changes, in order.
        explained: Of how many suppliers, those that change most, the paths are told.

    Raises:
        NotFoundError: A change is about a link that is not there, or stops nobody.
        NotConvergedError: The walks did not converge.
    """
    steps = _steps(base, branch)
    first, last = steps[0], steps[-1]
    ranked = moved(steps)
    ways = [PathChanges(one.scoring, two.scoring) for one, two in pairwise(steps)] if explained and ranked else []
    changes = [
        ExposureChange(
            firm,
            first.by_supplier.get(firm),
            last.by_supplier.get(firm),
            tuple(_causes(firm, steps, ways if place < explained else ())),
        )
        for place, firm in enumerate(ranked)
    ]
    return WhatIfOutcome(
        branch, first.scoring.buyer, first.scoring.snapshot.revision, first.totals, last.totals, tuple(changes)
    )


def _steps(base: Scored, branch: Branch) -> Sequence[Scored]:
    """The buyer scored after each change, from what it was before."""
    steps, scoring = [base], base.scoring
    for one in layers(scoring.snapshot, branch.edits)[1:]:
        before = steps[-1]
        like = Scoring(one, scoring.buyer, product=scoring.product, like=before.scoring)
        steps.append(Scored(like, before))
    return steps


def verify_outcome(outcome: WhatIfOutcome) -> tuple[str, ...]:
    """What does not follow: each score from its own parts, each change from its causes, each cause from its paths."""
    return tuple(_faults(outcome))


def _causes(firm: EntityId, steps: Sequence[Scored], ways: Sequence[PathChanges]) -> Iterator[Cause]:
    """What each change does to a score, with its paths where `ways` are given."""
    for number, (before, after) in enumerate(pairwise(steps)):
        change = after.score(firm) - before.score(firm)
        if change:
            paths = ways[number].greatest(firm, PATHS) if ways else ()
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
