"""Country figures: the latest published figures of a region, scaled to own risk, fading with their age.

INFORM figures lie in 0 to 10, Worldwide Governance Indicators in about −2.5 to 2.5. Both are scaled to [0, 1] by the
rules that `ingest/sources/inform.yaml` and `wgi.yaml` state for the risks they record. An event is likelihood ×
severity; a condition is present and counts by its degree. The method applies where no such risk is recorded, such as in
years before.

Sources: De Groeve, Poljansek and Vernaccini, Index for Risk Management (JRC 2015); Kaufmann, Kraay and Mastruzzi, The
Worldwide Governance Indicators (World Bank 2010).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.ids import scheme_id
from ontology.records import EntityId
from reasoning.network.facts import Fact, as_number
from reasoning.risk.assessment import Figure
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, age_days, sureness
from reasoning.risk.methods.parameters import FIGURE_HALF_LIFE_DAYS, freshness

Formula = Callable[[Sequence[float]], float]


def event(figures: Sequence[float]) -> float:
    """INFORM: likelihood is hazard and exposure; severity is the mean of vulnerability and lack of coping capacity."""
    hazard, vulnerability, coping = (figure / 10 for figure in figures)
    return hazard * (vulnerability + coping) / 2


def condition(figures: Sequence[float]) -> float:
    """INFORM: the figure on a scale of 0 to 1."""
    return figures[0] / 10


def weakness(figures: Sequence[float]) -> float:
    """WGI: 0 at 2.5, which is strong, to 1 at −2.5."""
    return (2.5 - figures[0]) / 5


@dataclass(frozen=True, slots=True)
class CountryRule:
    """The indicators and the formula of one figure, and its category."""

    category: EntityId
    indicators: tuple[str, ...]
    formula: Formula


def _rule(category: str, formula: Formula, *indicators: str) -> CountryRule:
    return CountryRule(scheme_id("rct", "tierscope", category), indicators, formula)


_BEARING = ("INFORM VULNERABILITY", "INFORM LACK OF COPING CAPACITY")
RULES = (
    _rule("natural-hazard", event, "INFORM Natural", *_BEARING),
    _rule("geopolitical-trade", event, "INFORM Human", *_BEARING),
    _rule("governance", condition, "INFORM Governance"),
    _rule("social", condition, "INFORM Socio-Economic Vulnerability"),
    _rule("geopolitical-trade", weakness, "WGI Political stability and absence of violence"),
    _rule("regulatory", weakness, "WGI Regulatory quality"),
    _rule("governance", weakness, "WGI Control of corruption"),
    _rule("governance", weakness, "WGI Government effectiveness"),
    _rule("governance", weakness, "WGI Rule of law"),
    _rule("governance", weakness, "WGI Voice and accountability"),
)
_BY_INDICATORS = {(rule.category, rule.indicators): rule for rule in RULES}


def find(context: AssessmentContext, _entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """For each region and rule, the latest figure of each indicator, if the region has them all."""
    rules = [rule for rule in RULES if rule.category in wanted]
    regions = [place for place in paths if context.facts.kind(place) == "Region"] if rules else []
    for region in regions:
        latest = _latest(context.past("INDICATOR", region))
        for rule in rules:
            facts = tuple(latest[name] for name in rule.indicators if name in latest)
            if len(facts) == len(rule.indicators):
                yield Found(region, rule.category, facts)


def measure(_place: EntityId, category: EntityId, facts: tuple[Fact, ...], as_of: str) -> Figure | None:
    """The figure of the rule for these indicators; its freshness is that of the oldest."""
    rule = _BY_INDICATORS.get((category, tuple(fact.text("indicator") for fact in facts)))
    figures = [as_number(fact.value) for fact in facts]
    if rule is None or None in figures:
        return None
    value = min(1.0, max(0.0, rule.formula([figure for figure in figures if figure is not None])))
    fresh = min(freshness(_age(fact, as_of), FIGURE_HALF_LIFE_DAYS) for fact in facts)
    return Figure(value, value, value, sureness(facts, fresh=fresh))


def _latest(facts: Sequence[Fact]) -> Mapping[str, Fact]:
    by_indicator: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_indicator[fact.text("indicator")].append(fact)
    return {name: min(same, key=_rank) for name, same in by_indicator.items()}


def _rank(fact: Fact) -> tuple[int, tuple[object, ...]]:
    """Sort key: the latest year first, then the most believed fact."""
    return -int(_year(fact)), fact.preference


def _year(fact: Fact) -> str:
    year = fact.number("year")
    return f"{int(year):04d}" if year is not None else (fact.valid_from or "0000")[:4]


def _age(fact: Fact, as_of: str) -> float:
    """Days since the end of the year of a figure."""
    return age_days(f"{int(_year(fact)) + 1:04d}-01-01T00:00:00Z", as_of)


METHOD = Method("country-figures", 1, find, measure)
