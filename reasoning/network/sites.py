"""Firms and their sites: who operates what."""

from ontology.records import EntityId
from reasoning.network.facts import Facts


def sites_of(facts: Facts, firm: EntityId) -> tuple[EntityId, ...]:
    """The known sites of a firm, ascending; those that others operate too are among them."""
    return tuple(sorted({fact.object for fact in facts.about("OPERATES", firm) if fact.object is not None}))


def operator(facts: Facts, producer: EntityId) -> EntityId:
    """The one firm that operates a site; the site itself where none or several do; a firm as it is."""
    operators = {fact.subject for fact in facts.onto("OPERATES", producer)}
    return operators.pop() if len(operators) == 1 else producer
