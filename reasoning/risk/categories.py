"""The risk category, of the twelve, to which a risk or an incident belongs."""

from reasoning.network.facts import Fact, Facts
from reasoning.risk.weights import CATEGORIES


def path_to_category(facts: Facts, entity: str) -> tuple[Fact, ...]:
    """IN_CATEGORY and the BROADER claims up to one of the twelve categories; empty if none is reached."""
    step = facts.preferred("IN_CATEGORY", entity)
    path: tuple[Fact, ...] = ()
    while step is not None and step not in path:
        path = (*path, step)
        if step.object is None or step.object in CATEGORIES:
            return path
        step = facts.preferred("BROADER", step.object)
    return ()
