"""The measures by name: the meaning, inputs, options and documentation of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import get_args, get_type_hints

from ontology.errors import InputError
from ontology.records import EntityId
from reasoning.measures.options import (
    DisruptionOptions,
    InoperabilityOptions,
    LeontiefOptions,
    LossOptions,
    MeasureOptions,
    RecoveryOptions,
    SystemicOptions,
)
from reasoning.risk.weights import CATEGORIES, short


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: Its name in commands and queries.
        number: Its number in the design, such as M1.
        meaning: What its figure states, in one line.
        inputs: The data from which it is computed.
        page: The page below `docs/` that explains it.
        options: The options of a request.
    """

    name: str
    number: str
    meaning: str
    inputs: str
    page: str
    options: type[MeasureOptions]

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of its options."""
        return tuple(field.name for field in fields(self.options))  # type: ignore[arg-type]  # every one is a dataclass

    @property
    def groupings(self) -> tuple[str, ...]:
        """The possible subjects of its rows: the values of its option `by`."""
        literal = get_type_hints(self.options)["by"]
        return tuple(name for part in (literal, *get_args(literal)) for name in get_args(part) if isinstance(name, str))


MEASURES: tuple[Measure, ...] = (
    Measure(
        "leontief",
        "M1",
        "which part of the buyer's need ends at each supplier, times its own risk",
        "supply links, own risks",
        "exposure.md",
        LeontiefOptions,
    ),
    Measure(
        "disruption",
        "M2",
        "how probably suppliers stop the buyer, and what each firm adds to that",
        "supply links, own risks",
        "disruption.md",
        DisruptionOptions,
    ),
    Measure(
        "loss",
        "M3",
        "which part of its production the buyer loses when a supplier, country or product stops",
        "supply links, which inputs are essential",
        "cascade.md",
        LossOptions,
    ),
    Measure(
        "systemic",
        "M3",
        "which part of the buyer's whole network is lost when each firm stops (ESRI)",
        "supply links, which inputs are essential",
        "cascade.md",
        SystemicOptions,
    ),
    Measure(
        "recovery",
        "M4",
        "what a stop costs until recovery, and how long the buyer survives it",
        "bills of material, stocks, capacities, demand, days to recover",
        "recovery.md",
        RecoveryOptions,
    ),
    Measure(
        "inoperability",
        "M5",
        "how inoperable the buyer is, day by day, after a product, country or firm stops",
        "supply links, times to recover",
        "inoperability.md",
        InoperabilityOptions,
    ),
)


def named(name: str) -> Measure:
    """The measure with a name.

    Raises:
        InputError: There is none with that name.
    """
    for measure in MEASURES:
        if measure.name == name:
            return measure
    names = ", ".join(measure.name for measure in MEASURES)
    raise InputError(f"there is no measure {name!r}", fix=f"the measures are {names}")


def options_of(
    measure: Measure, given: Mapping[str, object], *, one: bool = False, spell: Callable[[str], str] = str
) -> MeasureOptions:
    """The options of a request: the given values, and defaults for all others.

    Args:
        measure: The measure.
        given: Values by the names of options; None counts as not given. A category is named as `category_of` takes it.
        one: Whether one stop or supplier is explained, not a list.
        spell: How the caller writes the name of an option, such as `--stop-probability`.

    Raises:
        InputError: A given option is not read by the request, or its rows or category do not exist.
    """
    wanted = {name: value for name, value in given.items() if value is not None}
    known = [name for name in measure.reads if name in wanted]
    options = measure.options(**{name: _value(measure, name, wanted[name], spell) for name in known})
    unread = options.unread(one=one)
    reads = [name for name in measure.reads if name not in unread]
    refused = sorted(wanted.keys() - set(reads))
    if refused:
        form = " of one entity" if one else f" by {wanted['by']}" if "by" in wanted else ""
        elsewhere = "".join(_others(name, spell) for name in refused if name not in measure.reads)
        message = f"{measure.name}{form} does not read {', '.join(map(spell, refused))}"
        raise InputError(message, fix=f"{measure.name}{form} takes {', '.join(map(spell, reads))}{elsewhere}")
    return options


def _others(name: str, spell: Callable[[str], str]) -> str:
    """Which measures read an option, as a continuation of a fix."""
    able = [measure.name for measure in MEASURES if name in measure.reads]
    return f"; {spell(name)} goes with {' and '.join(able)}" if able else ""


def _value(measure: Measure, name: str, value: object, spell: Callable[[str], str]) -> object:
    """The value of an option, with its name checked."""
    if name == "by" and value not in measure.groupings:
        fix = f"{spell(name)} takes {', '.join(measure.groupings)}"
        raise InputError(f"{measure.name} has no rows by {value}", fix=fix)
    return category_of(str(value)) if name == "category" else value


def category_of(name: str) -> EntityId:
    """The id of one of the twelve risk categories.

    Args:
        name: Its id, or the last part of it, such as `natural-hazard`.

    Raises:
        InputError: It is none of them.
    """
    for category in CATEGORIES:
        if name in {category, short(category)}:
            return category
    names = ", ".join(map(short, CATEGORIES))
    raise InputError(f"there is no risk category {name!r}", fix=f"the categories are {names}")
