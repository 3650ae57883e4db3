"""Sanctions: a party that is blocked, itself or by the 50 % rule, cannot be dealt with: risk 1.

Source: OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked (2014).
Not to be on a list says nothing: lists are never whole, and names do not unify across sources.
"""

from collections.abc import Iterator

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.facts import Fact
from reasoning.risk.assessment import Figure
from reasoning.risk.blocked_parties import blocked, proof
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Ways, sureness
from reasoning.risk.methods.parameters import BLOCKED

CATEGORIES = (scheme_id("rct", "tierscope", "geopolitical-trade"), scheme_id("rct", "tierscope", "regulatory"))


def find(scene: AssessmentContext, entity: EntityId, _ways: Ways, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """The claims that block the entity itself; its sites and country are not what is blocked."""
    asked = [category for category in CATEGORIES if category in wanted]
    if asked and entity in scene.blocked:
        facts = tuple(proof(entity, scene.blocked))
        yield from (Found(entity, category, facts) for category in asked)


def measure(place: EntityId, _category: EntityId, facts: tuple[Fact, ...], _as_of: str) -> Figure | None:
    """1 where these claims, by themselves, make the place a blocked party; they must all hold."""
    found = blocked(
        [fact for fact in facts if fact.predicate == "SANCTIONED"], [fact for fact in facts if fact.predicate == "OWNS"]
    )
    return Figure(BLOCKED, BLOCKED, BLOCKED, sureness(facts)) if place in found else None


METHOD = Method("sanctions", 1, find, measure)
