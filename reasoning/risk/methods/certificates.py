"""Certificates: a certified management system bounds a risk: from above while valid, from below once withdrawn.

The bounds are a convention (`parameters`): a certificate attests a system, not its results. After its last day it has
no effect, and the risk is unknown again.
"""

import re
from collections.abc import Iterator

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.facts import Fact
from reasoning.risk.assessment import Figure
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, sureness
from reasoning.risk.methods.parameters import IN_FORCE, WITHDRAWN

# Patterns of schemes and the category of each, by the standards' own scope clauses; other schemes have no effect.
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
    (re.compile(rf"(?i)\s*({names})(?!\w)"), scheme_id("rct", "tierscope", name)) for names, name in SCHEMES
)
_WITHDRAWN = frozenset({"withdrawn", "suspended"})
_EXPIRED = frozenset({"expired"})


def find(context: AssessmentContext, _entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """Certificates of the entity and its sites valid at the reading instant: HELD_BY, SCHEME and any status."""
    for place in paths:
        for holding in context.facts.onto("HELD_BY", place):
            scheme = context.facts.preferred("SCHEME", holding.subject)
            category = None if scheme is None else category_of(str(scheme.value))
            if scheme is not None and category is not None and category in wanted:
                status = context.facts.preferred("CERTIFICATE_STATUS", holding.subject)
                yield Found(place, category, (holding, scheme, *([] if status is None else [status])))


def measure(_place: EntityId, _category: EntityId, facts: tuple[Fact, ...], _as_of: str) -> Figure | None:
    """The bounds that a certificate sets, with the certainty of its claims."""
    statuses = {str(fact.value) for fact in facts if fact.predicate == "CERTIFICATE_STATUS"}
    if statuses & _EXPIRED:
        return None
    return Figure(*(WITHDRAWN if statuses & _WITHDRAWN else IN_FORCE), sureness(facts))


def category_of(scheme: str) -> EntityId | None:
    """The risk category of a certification scheme; None if it is not listed in `SCHEMES`."""
    return next((category for pattern, category in _PATTERNS if pattern.match(scheme)), None)


METHOD = Method("certificates", 1, find, measure)
