"""Certificates: a certified management system bounds a risk, from above while in force, from below once taken back.

The bounds are a convention (`parameters`): a certificate attests a system, not its results. After its last day it says
nothing, and the risk is unknown again.
"""

import re
from collections.abc import Iterator

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.facts import Fact
from reasoning.risk.assessment import Figure
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Ways, sureness
from reasoning.risk.methods.parameters import IN_FORCE, TAKEN_BACK

# What a scheme is about, by the standards' own scope clauses; others say nothing here.
SCHEMES: tuple[tuple[str, str], ...] = (
    (r"iso\W*(iec\W*)?27001|tisax|soc\W*2", "cyber"),
    (r"iso\W*14001|emas|iso\W*50001", "environmental"),
    (r"iso\W*45001|sa\W*8000|ohsas\W*18001", "social"),
    (r"iso\W*9001|iatf\W*16949|iso\W*13485|as\W*9100|iso\W*22000|gmp", "quality-safety"),
    (r"iso\W*22301", "continuity"),
    (r"iso\W*37001", "governance"),
    (r"iso\W*37301|iso\W*19600", "regulatory"),
    (r"iso\W*28000|c\W?tpat|aeo", "geopolitical-trade"),
)
_PATTERNS = tuple(
    (re.compile(rf"(?i)\s*({said})(?!\w)"), scheme_id("rct", "tierscope", name)) for said, name in SCHEMES
)
_TAKEN_BACK = frozenset({"withdrawn", "suspended"})
_SILENT = frozenset({"expired"})


def find(scene: AssessmentContext, _entity: EntityId, ways: Ways, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """Certificates of the entity and its sites valid at the reading instant: HELD_BY, SCHEME, status where stated."""
    for place in ways:
        for held in scene.facts.onto("HELD_BY", place):
            scheme = scene.facts.preferred("SCHEME", held.subject)
            category = None if scheme is None else category_of(str(scheme.value))
            if scheme is not None and category is not None and category in wanted:
                status = scene.facts.preferred("CERTIFICATE_STATUS", held.subject)
                yield Found(place, category, (held, scheme, *([] if status is None else [status])))


def measure(_place: EntityId, _category: EntityId, facts: tuple[Fact, ...], _as_of: str) -> Figure | None:
    """The bounds that a certificate sets, as sure as its claims."""
    told = {str(fact.value) for fact in facts if fact.predicate == "CERTIFICATE_STATUS"}
    if told & _SILENT:
        return None
    return Figure(*(TAKEN_BACK if told & _TAKEN_BACK else IN_FORCE), sureness(facts))


def category_of(scheme: str) -> EntityId | None:
    """The risk category that a certification scheme is about."""
    return next((category for pattern, category in _PATTERNS if pattern.match(scheme)), None)


METHOD = Method("certificates", 1, find, measure)
