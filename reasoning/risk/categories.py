"""Which of the twelve risk categories a risk or an incident counts in."""

from reasoning.network.facts import Fact, Facts
from reasoning.risk.weights import CATEGORIES


def way_to_category(facts: Facts, entity: str) -> tuple[Fact, ...]:
    """IN_CATEGORY and the BROADER claims up to one of the twelve categories; nothing where none is reached."""
    step = facts.preferred("IN_CATEGORY", entity)
    way: tuple[Fact, ...] = ()
    while step is not None and step not in way:
        way = (*way, step)
        if step.object is None or step.object in CATEGORIES:
            return way
        step = facts.preferred("BROADER", step.object)
    return ()
