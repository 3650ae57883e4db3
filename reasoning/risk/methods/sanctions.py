"""Sanctions: a party that is blocked, itself or by the 50 % rule, cannot be dealt with; its risk is 1.

Source: OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked (2014).
Absence from a list proves nothing: lists are never complete, and names do not unify across sources.
"""

from collections.abc import Iterator

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.facts import Fact
from reasoning.risk.assessment import Figure
from reasoning.risk.blocked_parties import blocked, proof
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, sureness
from reasoning.risk.methods.parameters import BLOCKED

CATEGORIES = (scheme_id("rct", "tierscope", "geopolitical-trade"), scheme_id("rct", "tierscope", "regulatory"))


def find(context: AssessmentContext, entity: EntityId, _paths: Paths, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """The claims that block the entity itself. Sites and countries are not blocked parties."""
    categories = [category for category in CATEGORIES if category in wanted]
    if categories and entity in context.blocked:
        facts = tuple(proof(entity, context.blocked))
        yield from (Found(entity, category, facts) for category in categories)


def measure(place: EntityId, _category: EntityId, facts: tuple[Fact, ...], _as_of: str) -> Figure | None:
    """1 if these claims alone make the place a blocked party; all of them must hold."""
    found = blocked(
        [fact for fact in facts if fact.predicate == "SANCTIONED"], [fact for fact in facts if fact.predicate == "OWNS"]
    )
    return Figure(BLOCKED, BLOCKED, BLOCKED, sureness(facts)) if place in found else None


METHOD = Method("sanctions", 1, find, measure)
