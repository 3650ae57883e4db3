"""The declared numbers of exposure: the weight of each risk category, and the values for unknown risk."""

from ontology.ids import scheme_id
from ontology.records import EntityId

_PREFIX = "rct:tierscope-"

CATEGORIES: tuple[EntityId, ...] = tuple(
    scheme_id("rct", "tierscope", name)
    for name in (
        "continuity",
        "concentration",
        "financial",
        "geopolitical-trade",
        "regulatory",
        "environmental",
        "social",
        "governance",
        "cyber",
        "quality-safety",
        "natural-hazard",
        "commercial",
    )
)


def short(category: EntityId) -> str:
    """The short name of a category: `cyber` for `rct:tierscope-cyber`."""
    return category.removeprefix(_PREFIX)


# No category counts for more than another until a buyer's policy says so. The weights add to 1.
WEIGHTS: dict[EntityId, float] = dict.fromkeys(CATEGORIES, 1 / len(CATEGORIES))

# Own risk that is not known lies anywhere in [0, 1]: the ends go into the interval, the middle into the estimate.
UNKNOWN = UNKNOWN_LOW, UNKNOWN_MIDDLE, UNKNOWN_HIGH = 0.0, 0.5, 1.0
