"""A buyer's exposure at one state of its network, to be compared with that at another: a branch or another instant."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from ontology.records import EntityId
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.scoring import Scoring, Totals


class Scored:
    """The exposure of a buyer to every supplier, without paths.

    Args:
        scoring: The buyer, scored.
        before: An earlier state. Exposures that are as they were are the very same values.
    """

    def __init__(self, scoring: Scoring, before: "Scored | None" = None) -> None:
        self.scoring = scoring
        found = scoring.exposures(paths=0) if before is None else scoring.following(before.scoring, before.by_supplier)
        self.by_supplier: Mapping[EntityId, Exposure] = {one.supplier: one for one in found}

    @cached_property
    def totals(self) -> Totals:
        """The whole exposure."""
        return self.scoring.totals(tuple(self.by_supplier.values()))

    def score(self, firm: EntityId) -> float:
        """The score; 0 for a firm that is not in the network."""
        return score_of(self.by_supplier.get(firm))

    def interval(self, firm: EntityId) -> tuple[float, float, float] | None:
        """Score, low and high; None for a firm that is not in the network."""
        one = self.by_supplier.get(firm)
        return None if one is None else (one.score, one.low, one.high)


def score_of(exposure: Exposure | None) -> float:
    """The score; 0 for a firm that is not in the network."""
    return 0.0 if exposure is None else exposure.score


def moved(states: Sequence[Scored]) -> list[EntityId]:
    """The suppliers whose score or interval differs between some states.

    They are ordered by how much the score moves from the first state to the last, greatest first, ties by id.
    """
    first, last = states[0], states[-1]
    firms: Iterable[EntityId] = {firm for state in states for firm in state.by_supplier}
    changed = [firm for firm in firms if len({state.interval(firm) for state in states}) > 1]
    return sorted(changed, key=lambda firm: (-abs(last.score(firm) - first.score(firm)), firm))
