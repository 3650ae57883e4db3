"""A branch run over a snapshot of which nothing is known yet."""

from ontology.records import EntityId
from reasoning.exposure.scored import Scored
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import Branch
from reasoning.scenarios.outcome import EXPLAINED, WhatIfOutcome, outcome


def run(
    base: Snapshot, buyer: EntityId, branch: Branch, *, product: str = "", explained: int = EXPLAINED
) -> WhatIfOutcome:
    """Score the buyer, and anew after each change of the branch."""
    return outcome(Scored(Scoring(base, buyer, product=product)), branch, explained=explained)
