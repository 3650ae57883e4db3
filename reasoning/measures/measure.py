"""The measures by name: what each says, what it needs, and where it is explained."""

from dataclasses import dataclass

from ontology.errors import InputError
from ontology.records import NounId
from reasoning.weights import CATEGORIES

_PREFIX = "rct:tierscope-"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: What a person or program calls it.
        number: Which of the measures of the design it is.
        meaning: What its number says, in one line.
        inputs: What of the store it is made from.
        page: Where it is explained, below `docs/`.
        by_category: Whether it can be asked for one risk category.
    """

    name: str
    number: str
    meaning: str
    inputs: str
    page: str
    by_category: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure(
        "leontief",
        "M1",
        "which part of the buyer's need ends at each supplier, times its own risk",
        "supply links, own risks",
        "exposure.md",
        by_category=True,
    ),
    Measure(
        "disruption",
        "M2",
        "how probably suppliers stop the buyer, and what each firm adds to that",
        "supply links, own risks",
        "disruption.md",
        by_category=True,
    ),
    Measure(
        "loss",
        "M3",
        "which part of its production the buyer loses when a supplier, country or product stops",
        "supply links, which inputs are essential",
        "cascade.md",
    ),
    Measure(
        "systemic",
        "M3",
        "which part of the buyer's whole network is lost when each firm stops (ESRI)",
        "supply links, which inputs are essential",
        "cascade.md",
    ),
    Measure(
        "recovery",
        "M4",
        "what a stop costs until recovery, and how long the buyer survives it",
        "bills of material, stocks, capacities, demand, days to recover",
        "recovery.md",
    ),
    Measure(
        "inoperability",
        "M5",
        "how inoperable the buyer is, day by day, after a product, country or firm stops",
        "supply links, times to recover",
        "inoperability.md",
    ),
)


def named(name: str) -> Measure:
    """The measure of a name.

    Raises:
        InputError: There is none of that name.
    """
    for measure in MEASURES:
        if measure.name == name:
            return measure
    names = ", ".join(measure.name for measure in MEASURES)
    raise InputError(f"there is no measure {name!r}", fix=f"the measures are {names}")


def category_of(name: str) -> NounId:
    """One of the twelve risk categories, by its id or the last part of it, such as `natural-hazard`.

    Raises:
        InputError: It is none of them.
    """
    for category in CATEGORIES:
        if name in {category, short(category)}:
            return category
    names = ", ".join(map(short, CATEGORIES))
    raise InputError(f"there is no risk category {name!r}", fix=f"the categories are {names}")


def short(category: NounId) -> str:
    """What a category's id is called for short."""
    return category.removeprefix(_PREFIX)
