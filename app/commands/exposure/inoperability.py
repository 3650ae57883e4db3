"""M5 on the command line: how inoperable the buyer is, day by day, after a stop; of one stop the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.exposure.request import Document, MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.runtime.progress import counting_bar
from app.views.pictures import Spot, curve
from app.views.tables import name_of

if TYPE_CHECKING:
    from reasoning.measures.inoperability.values import Inoperability, InoperabilityCourse
    from reasoning.measures.options import InoperabilityOptions

_SPOTS = 25  # of a picture's curve


def answer(asked: ResolvedRequest[InoperabilityOptions]) -> MeasureView:
    """The answer by what was asked for."""
    from reasoning.core.execution.executor import Executor
    from reasoning.measures.inoperability.inoperability import verify
    from reasoning.measures.inoperability.values import DECLARED, InoperabilityTerms

    ask = asked.options
    terms = InoperabilityTerms(by=ask.by or "", days=ask.days, most=max(DECLARED.most, ask.top))
    count = 1 if asked.subject is not None else min(terms.most, len(asked.suppliers))
    with counting_bar("following stops", count) as tell:
        measures = asked.measures(Executor(progress=tell))
        found = measures.inoperability(asked.buyer, asked.question.at, terms=terms, stopped=asked.subject)
    shown = found.stops[: ask.top]
    told = ask.explain or asked.subject is not None

    def document() -> Document:
        return asked.head(
            by=found.by,
            unit=found.unit,
            groups=len(found.groups),
            days=found.terms.days,
            left=found.terms.left,
            horizon=found.terms.horizon,
            radius=found.radius,
            left_out=found.left_out,
            stops=[_stop(one, told=told) for one in shown],
            faults=verify(found),
        )

    def say() -> None:
        _print_stops(asked, found, shown)
        if told:
            _print_courses(asked, shown)

    return MeasureView(document, say, lambda: _picture(asked, shown))


def _stop(one: InoperabilityCourse, *, told: bool) -> Document:
    document = {
        "entity": one.entity or None,
        "peak": one.peak,
        "peak_day": one.peak_day,
        "recovered": one.recovered,
        "days_lost": one.days_lost,
        "network_days_lost": one.network_lost,
        "lasting": one.lasting,
        "parts": [{"entity": entity or None, "drawn": part} for entity, part in one.parts],
    }
    return {**document, "course": list(one.course)} if told else document


def _called(asked: ResolvedRequest[InoperabilityOptions], entity: str) -> str:
    return name_of(asked.question, entity) if entity else "not known"


def _print_stops(
    asked: ResolvedRequest[InoperabilityOptions], found: Inoperability, stops: tuple[InoperabilityCourse, ...]
) -> None:
    cells = [
        (
            _called(asked, one.entity),
            f"{one.peak:.2%}",
            one.peak_day,
            "later" if one.recovered is None else one.recovered,
            f"{one.days_lost:.2f}",
            f"{one.network_lost:.2f}",
            f"{one.lasting:.2%}",
        )
        for one in stops
    ]
    columns = ["if it stops", "worst", "on day", "recovered by day", "days lost", "network's", "if it lasts"]
    title = f"Inoperability of {name_of(asked.question, found.buyer)} after a stop, by {found.by}; "
    title += f"each recovers within {found.terms.days:g} days"
    print_table(title, columns, cells, empty="No supplier is known for this buyer.")


def _print_courses(asked: ResolvedRequest[InoperabilityOptions], stops: tuple[InoperabilityCourse, ...]) -> None:
    for one in stops:
        step = max(1, len(one.course) // _SPOTS)
        cells = [(day, f"{one.course[day]:.3%}") for day in range(0, len(one.course), step)]
        print_table(f"After {_called(asked, one.entity)} stops", ["day", "inoperable"], cells, empty="")


def _picture(asked: ResolvedRequest[InoperabilityOptions], stops: tuple[InoperabilityCourse, ...]) -> str:
    """The course after the worst stop."""
    one = stops[0] if stops else None
    course = () if one is None else one.course
    step = max(1, len(course) // _SPOTS)
    spots = [Spot(str(day), course[day], course[day], course[day]) for day in range(0, len(course), step)]
    what = _called(asked, one.entity) if one else "nothing"
    return curve(f"Inoperability of {name_of(asked.question, asked.buyer)} by day after {what} stops", spots)
