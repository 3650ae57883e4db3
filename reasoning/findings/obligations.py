"""Obligations that a supplier's measured performance breaches.

An observation counts for a norm if it is of the norm's metric and unit, was made on the supplier or one of its sites,
names this norm or none, and its period counts. The period must have ended by the reading instant and less than 365
days before it (`asOf − 365 days < end ≤ asOf`), and must not begin before the norm was owed (`start ≥ validFrom` of
OWED_BY). It may begin more than a year ago, as that of a yearly report does.

Where the norm recurs (monthly, quarterly, yearly), observations are pooled by calendar period, weighted by their
number n, so a metric must be a mean or a share; without recurrence each observation stands alone. Fewer than ten
observations in a period prove nothing. A period on which sources disagree is in dispute, not breached. An obligation
is breached where the value does not satisfy the operator and threshold, a prohibition where it does.
"""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.records import EntityId
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.days import last_day, moment, shifted
from reasoning.network.facts import Fact, Facts, as_number

KIND = "breached_obligation"
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
class _Duty:
    """A measurable norm that a supplier owes: its terms and the claims that say them."""

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
class _Measurement:
    """One measurement on the supplier: what OBSERVED and MEASURED say of it."""

    observed: Fact
    measured: Fact
    value: float
    start: str
    end: str


def breached_obligations(network: UpstreamNetwork, as_of: str) -> Iterator[Finding]:
    """One finding for each norm owed to the buyer by a supplier whose measured performance breaches it."""
    for supplier in sorted(network.suppliers):
        for owed in network.facts.onto("OWED_BY", supplier):
            duty = _duty(owed, supplier, network)
            if duty is not None and (bad := _breaches(duty, network, as_of)):
                yield _finding(duty, bad, network.facts)


def _duty(owed: Fact, supplier: EntityId, network: UpstreamNetwork) -> _Duty | None:
    facts, norm = network.facts, owed.subject
    creditors = {fact.object for fact in facts.about("OWED_TO", norm)}
    if creditors and network.buyer not in creditors:
        return None
    terms = {name: facts.preferred(name, norm) for name in (*_TERMS, "UNIT", "RECURRENCE", "NORM_STATE")}
    said = {name: "" if fact is None else str(fact.value).strip() for name, fact in terms.items()}
    bound = terms["THRESHOLD"]
    threshold = None if bound is None else as_number(bound.value)
    if threshold is None or said["OPERATOR"] not in _COMPARE or not said["METRIC"]:
        return None
    if said["NORM_STATE"].casefold() in _AT_REST:
        return None
    used = [fact for name in (*_TERMS, "UNIT", "RECURRENCE") if (fact := terms[name]) is not None]
    return _Duty(
        norm=norm,
        supplier=supplier,
        owed=owed,
        metric=said["METRIC"],
        operator=said["OPERATOR"],
        threshold=threshold,
        unit=said["UNIT"],
        months=_MONTHS.get(said["RECURRENCE"], 0),
        facts=(owed, *used, *facts.onto("EXPRESSES", norm)),
    )


def _breaches(duty: _Duty, network: UpstreamNetwork, as_of: str) -> list[_Measurement]:
    """The readings of all periods that breach the duty and that no source disputes."""
    prohibition = network.facts.kind(duty.norm) == "Prohibition"
    periods: dict[str, dict[str, list[_Measurement]]] = defaultdict(lambda: defaultdict(list))
    for reading in _readings(duty, network, as_of):
        if period := _period(reading, duty.months):
            periods[period][reading.measured.source].append(reading)
    bad: list[_Measurement] = []
    for by_source in periods.values():
        enough = [readings for readings in by_source.values() if _is_enough(readings)]
        breached = [duty.is_breached_by(_pooled(readings), prohibition=prohibition) for readings in enough]
        if breached and all(breached):
            bad.extend(reading for readings in enough for reading in readings)
    return sorted(bad, key=lambda reading: (reading.start, reading.measured.claim))


def _readings(duty: _Duty, network: UpstreamNetwork, as_of: str) -> Iterator[_Measurement]:
    ever = network.facts.ever
    owed_from, too_old = duty.owed.valid_from or "", shifted(as_of, -WINDOW_DAYS)
    for place in network.belongings(duty.supplier):
        for observed in ever.about("OBSERVED", place):
            if observed.object is None or observed.text("norm") not in {"", duty.norm}:
                continue
            for measured in ever.about("MEASURED", observed.object):
                start, end, value = measured.valid_from, measured.valid_to, as_number(measured.value)
                if start is None or end is None or value is None or not _is_of(measured, duty):
                    continue
                if owed_from <= start and too_old < end <= as_of:
                    yield _Measurement(observed, measured, value, start, end)


def _is_of(measured: Fact, duty: _Duty) -> bool:
    unit = measured.text("unit")
    return measured.text("metric") == duty.metric and (not unit or not duty.unit or unit == duty.unit)


def _period(reading: _Measurement, months: int) -> str:
    """The calendar period that a reading lies wholly in; "" where it spans more than one."""
    if not months:
        return f"{reading.start}/{reading.end}"
    first, last = _calendar(reading.start, months), _calendar(f"{last_day(reading.end)}T00:00:00Z", months)
    return first if first == last else ""


def _calendar(instant: str, months: int) -> str:
    day = moment(instant)
    return f"{day.year:04d}/{months}/{(day.month - 1) // months}"


def _is_enough(readings: Sequence[_Measurement]) -> bool:
    counts = [reading.measured.number("n") for reading in readings]
    return any(count is None for count in counts) or sum(count or 0 for count in counts) >= FEWEST


def _pooled(readings: Sequence[_Measurement]) -> float:
    weights = [reading.measured.number("n") for reading in readings]
    if any(not weight for weight in weights):
        weights = [1.0 for _ in readings]
    total = sum(weight or 0.0 for weight in weights)
    return sum(reading.value * (weight or 0.0) for reading, weight in zip(readings, weights, strict=True)) / total


def _finding(duty: _Duty, bad: Sequence[_Measurement], facts: Facts) -> Finding:
    used = [*duty.facts, *(fact for reading in bad for fact in (reading.observed, reading.measured))]
    values = listed(f"{reading.value:g} up to {last_day(reading.end)}" for reading in bad)
    text = (
        f"{facts.name(duty.supplier)} owes {duty.metric} {duty.operator} {duty.threshold:g} {duty.unit}".rstrip()
        + f"; measured: {values}."
    )
    related = [duty.norm, *(reading.measured.subject for reading in bad)]
    return make_finding(KIND, duty.supplier, used, text, related=related)
