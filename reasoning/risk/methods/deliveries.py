"""Deliveries: the share of late deliveries, as a Wilson score interval over counts that fade with age.

For k late of n deliveries the centre is (k + z²/2) / (n + z²) and the half width z/(n + z²) · √(k(n−k)/n + z²/4). Both
counts are sums of 2^(−age/half-life). Without measurements the result is the whole interval with its middle, and old
deliveries tend to that. Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22
(1927).

The metrics are `delivery delay` (days; late beyond the tolerance) and `on-time-share` (n deliveries of a period). If
several sources measured the same period, the most believed source counts.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.days import shifted
from reasoning.network.facts import Fact, as_number
from reasoning.risk.assessment import Figure
from reasoning.risk.certainty import alternatives
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, age_days, sureness
from reasoning.risk.methods.parameters import (
    DELIVERY_HALF_LIFE_DAYS,
    DELIVERY_WINDOW_DAYS,
    TOLERANCE_DAYS,
    WILSON_Z,
    freshness,
)

CATEGORY = scheme_id("rct", "tierscope", "commercial")
DELAY, ON_TIME = "delivery delay", "on-time-share"


def find(context: AssessmentContext, _entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """The deliveries of the entity and of each of its sites, in the window before the reading instant."""
    if CATEGORY in wanted:
        for place in paths:
            facts = tuple(_deliveries(context, place))
            if facts:
                yield Found(place, CATEGORY, facts)


def measure(_place: EntityId, _category: EntityId, facts: tuple[Fact, ...], as_of: str) -> Figure | None:
    """The share of late deliveries; `facts` are pairs of OBSERVED and MEASURED."""
    pairs = list(zip(facts[::2], facts[1::2], strict=True))
    fresh = [freshness(age_days(_ended(measured), as_of), DELIVERY_HALF_LIFE_DAYS) for _, measured in pairs]
    counts = [_counts(measured) for _, measured in pairs]
    late = math.fsum(weight * late for weight, (late, _) in zip(fresh, counts, strict=True))
    all_of_them = math.fsum(weight * number for weight, (_, number) in zip(fresh, counts, strict=True))
    if all_of_them <= 0:
        return None
    low, centre, high = wilson(late, all_of_them)
    return Figure(low, centre, high, alternatives(sureness(pair) for pair in pairs))


def wilson(late: float, number: float) -> tuple[float, float, float]:
    """The Wilson score interval of a share.

    Args:
        late: The count of late deliveries; need not be whole.
        number: The count of all deliveries, above 0.

    Returns:
        Low end, centre and high end, in [0, 1].
    """
    squared = WILSON_Z**2
    centre = (late + squared / 2) / (number + squared)
    spread = math.sqrt(max(0.0, late * (number - late) / number) + squared / 4)
    half = WILSON_Z / (number + squared) * spread
    return max(0.0, centre - half), centre, min(1.0, centre + half)


def _deliveries(context: AssessmentContext, place: EntityId) -> Iterator[Fact]:
    first = shifted(context.as_of, -DELIVERY_WINDOW_DAYS)
    periods: dict[tuple[str, str, str], list[tuple[Fact, Fact]]] = defaultdict(list)
    for observed in context.past("OBSERVED", place):
        for measured in context.past("MEASURED", observed.object or place):
            if first <= _ended(measured) <= context.as_of and _counts(measured)[1] > 0:
                periods[_period(measured)].append((observed, measured))
    for _, same in sorted(periods.items()):
        for pair in _believed(same):
            yield from pair


def _believed(same: Sequence[tuple[Fact, Fact]]) -> Iterable[tuple[Fact, Fact]]:
    """The measurements of a period by the most believed source, each once."""
    best = sorted(same, key=lambda pair: (pair[1].preference, pair[0].preference))
    source = best[0][1].source
    once = {pair[1].claim: pair for pair in reversed(best) if pair[1].source == source}
    return [once[claim] for claim in sorted(once)]


def _period(measured: Fact) -> tuple[str, str, str]:
    return measured.text("metric"), measured.valid_from or "", measured.valid_to or ""


def _ended(measured: Fact) -> str:
    """The end of the period; "" if it is unknown, which sorts before any window."""
    return measured.valid_to or ""


def _counts(measured: Fact) -> tuple[float, float]:
    """The late deliveries and all deliveries of a measurement; (0, 0) if it states neither."""
    value, number = as_number(measured.value), measured.number("n") or 1.0
    metric = measured.text("metric")
    if value is None or number <= 0 or not math.isfinite(value):
        return 0.0, 0.0
    if metric == DELAY and measured.text("unit") == "day" and number == 1:
        return float(value > TOLERANCE_DAYS), 1.0
    if metric == ON_TIME and 0 <= value <= 1:
        return number * (1.0 - value), number
    return 0.0, 0.0


METHOD = Method("deliveries", 1, find, measure)
