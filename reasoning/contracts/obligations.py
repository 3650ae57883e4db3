"""Obligations: what a supplier owes the buyer, which measurements count for it, and when they breach it.

A measurement counts for a norm if it is of the norm's metric and unit, was made on the supplier or one of its sites,
names this norm or none, and its period counts. The period must have ended by the reading instant and less than 365
days before it (`asOf − 365 days < end ≤ asOf`), and must not begin before the norm was owed (`start ≥ validFrom` of
OWED_BY). It may begin more than a year ago, as that of a yearly report does.

Where the norm recurs (monthly, quarterly, yearly), measurements are pooled by calendar period, weighted by their
number n, so a metric must be a mean or a share. Without recurrence each measurement stands alone. Fewer than ten
cases in a period prove nothing. A period on which sources disagree is in dispute, not breached. An obligation is
breached where the value does not satisfy the operator and threshold, a prohibition where it does.
"""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.records import EntityId
from reasoning.network.days import last_day, moment, shifted
from reasoning.network.facts import Fact, Facts, as_number
from reasoning.network.sites import sites_of

WINDOW_DAYS = 365
FEWEST = 10
_TERMS = ("METRIC", "OPERATOR", "THRESHOLD")
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
_MONTHS = {"monthly": 1, "P1M": 1, "quarterly": 3, "P3M": 3, "yearly": 12, "annually": 12, "annual": 12, "P1Y": 12}
_AT_REST = frozenset({"suspended", "discharged", "terminated", "expired", "created"})


@dataclass(frozen=True, slots=True)
class Duty:
    """A measurable norm that a supplier owes: its terms and the claims that state them.

    Attributes:
        months: The calendar period that measurements are pooled by; 0 where the norm does not recur.
    """

    norm: EntityId
    supplier: EntityId
    owed: Fact
    metric: str
    operator: str
    threshold: float
    unit: str
    months: int
    facts: tuple[Fact, ...]

    def is_breached_by(self, value: float, *, prohibition: bool) -> bool:
        """Whether a value of the metric breaches it."""
        return _COMPARE[self.operator](value, self.threshold) is prohibition


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement on the supplier: its OBSERVED and MEASURED facts, and its period from `start` to `end`."""

    observed: Fact
    measured: Fact
    value: float
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A duty and the measurements of all periods that breach it, by period."""

    duty: Duty
    measurements: tuple[Measurement, ...]


def breaches(facts: Facts, supplier: EntityId, buyer: EntityId, as_of: str) -> Iterator[Breach]:
    """The breaches of what a supplier owes a buyer, by norm.

    Args:
        facts: The facts at the reading instant.
        supplier: The id that stands for the supplier.
        buyer: The id that stands for the buyer.
        as_of: World time of the reading.
    """
    for owed in facts.onto("OWED_BY", supplier):
        duty = _duty(owed, supplier, buyer, facts)
        if duty is not None and (breaching := _breaching(duty, facts, as_of)):
            yield Breach(duty, breaching)


def _duty(owed: Fact, supplier: EntityId, buyer: EntityId, facts: Facts) -> Duty | None:
    """The duty that a norm is; None where it is owed to others, is at rest, or lacks a term."""
    norm = owed.subject
    creditors = {fact.object for fact in facts.about("OWED_TO", norm)}
    if creditors and buyer not in creditors:
        return None
    terms = {name: facts.preferred(name, norm) for name in (*_TERMS, "UNIT", "RECURRENCE", "NORM_STATE")}
    text = {name: "" if fact is None else str(fact.value).strip() for name, fact in terms.items()}
    bound = terms["THRESHOLD"]
    threshold = None if bound is None else as_number(bound.value)
    if threshold is None or text["OPERATOR"] not in _COMPARE or not text["METRIC"]:
        return None
    if text["NORM_STATE"].casefold() in _AT_REST:
        return None
    used = [fact for name in (*_TERMS, "UNIT", "RECURRENCE") if (fact := terms[name]) is not None]
    return Duty(
        norm=norm,
        supplier=supplier,
        owed=owed,
        metric=text["METRIC"],
        operator=text["OPERATOR"],
        threshold=threshold,
        unit=text["UNIT"],
        months=_MONTHS.get(text["RECURRENCE"], 0),
        facts=(owed, *used, *facts.onto("EXPRESSES", norm)),
    )


def _breaching(duty: Duty, facts: Facts, as_of: str) -> tuple[Measurement, ...]:
    """The measurements of all periods that breach the duty and that no source disputes."""
    prohibition = facts.kind(duty.norm) == "Prohibition"
    periods: dict[str, dict[str, list[Measurement]]] = defaultdict(lambda: defaultdict(list))
    for one in _measurements(duty, facts, as_of):
        if period := _period(one, duty.months):
            periods[period][one.measured.source].append(one)
    found: list[Measurement] = []
    for by_source in periods.values():
        enough = [same for same in by_source.values() if _is_enough(same)]
        breached = [duty.is_breached_by(_pooled(same), prohibition=prohibition) for same in enough]
        if breached and all(breached):
            found.extend(one for same in enough for one in same)
    return tuple(sorted(found, key=lambda one: (one.start, one.measured.claim)))


def _measurements(duty: Duty, facts: Facts, as_of: str) -> Iterator[Measurement]:
    """The measurements that count for a duty."""
    ever = facts.ever
    owed_from, too_old = duty.owed.valid_from or "", shifted(as_of, -WINDOW_DAYS)
    for place in sorted({duty.supplier, *sites_of(facts, duty.supplier)}):
        for observed in ever.about("OBSERVED", place):
            if observed.object is None or observed.text("norm") not in {"", duty.norm}:
                continue
            for measured in ever.about("MEASURED", observed.object):
                start, end, value = measured.valid_from, measured.valid_to, as_number(measured.value)
                if start is None or end is None or value is None or not _is_of(measured, duty):
                    continue
                if owed_from <= start and too_old < end <= as_of:
                    yield Measurement(observed, measured, value, start, end)


def _is_of(measured: Fact, duty: Duty) -> bool:
    unit = measured.text("unit")
    return measured.text("metric") == duty.metric and (not unit or not duty.unit or unit == duty.unit)


def _period(measurement: Measurement, months: int) -> str:
    """The calendar period that a measurement lies wholly in; "" where it spans more than one."""
    if not months:
        return f"{measurement.start}/{measurement.end}"
    first, last = _calendar(measurement.start, months), _calendar(f"{last_day(measurement.end)}T00:00:00Z", months)
    return first if first == last else ""


def _calendar(instant: str, months: int) -> str:
    day = moment(instant)
    return f"{day.year:04d}/{months}/{(day.month - 1) // months}"


def _is_enough(measurements: Sequence[Measurement]) -> bool:
    counts = [one.measured.number("n") for one in measurements]
    return any(count is None for count in counts) or sum(count or 0 for count in counts) >= FEWEST


def _pooled(measurements: Sequence[Measurement]) -> float:
    weights = [one.measured.number("n") for one in measurements]
    if any(not weight for weight in weights):
        weights = [1.0 for _ in measurements]
    total = sum(weight or 0.0 for weight in weights)
    return sum(one.value * (weight or 0.0) for one, weight in zip(measurements, weights, strict=True)) / total
