"""M5 on the command line: how inoperable the buyer is, day by day, after a stop; of one stop the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.exposure.request import MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.runtime.progress import counting_bar
from app.views.columns import COURSE, GROUP_STOPS
from app.views.pictures import Spot, curve
from app.views.tables import name_of

if TYPE_CHECKING:
    from reasoning.measures.inoperability.values import Inoperability, InoperabilityCourse
    from reasoning.measures.options import InoperabilityOptions

_SPOTS = 25  # points of a picture's curve, and rows of a course


def view(request: ResolvedRequest[InoperabilityOptions]) -> MeasureView:
    """The view of the stops, or of one of them."""
    from reasoning.core.execution.executor import Executor
    from reasoning.measures.inoperability.values import DECLARED, InoperabilityTerms

    options = request.options
    terms = InoperabilityTerms(by=options.by or "", days=options.days, most=max(DECLARED.most, options.top))
    count = 1 if request.subject is not None else min(terms.most, len(request.suppliers))
    with counting_bar("following stops", count) as report:
        measures = request.measures(Executor(progress=report))
        found = measures.inoperability(request.buyer, request.session.at, terms=terms, stopped=request.subject)
    shown = found.stops[: options.top]
    explain = options.explain or request.subject is not None

    def print_tables() -> None:
        _print_stops(request, found, shown)
        if explain:
            _print_courses(request, shown)

    variables = {"first": options.top, "by": options.by, "days": options.days, "most": terms.most}
    return MeasureView(
        "inoperability",
        {**variables, "stopped": request.subject, "explain": explain},
        print_tables,
        lambda: _picture(request, shown),
    )


def _group_name(request: ResolvedRequest[InoperabilityOptions], entity: str) -> str:
    return name_of(request.session, entity) if entity else "not known"


def _print_stops(
    request: ResolvedRequest[InoperabilityOptions], found: Inoperability, stops: tuple[InoperabilityCourse, ...]
) -> None:
    rows = [
        (
            _group_name(request, one.entity),
            f"{one.peak:.2%}",
            one.peak_day,
            "later" if one.recovered is None else one.recovered,
            f"{one.days_lost:.2f}",
            f"{one.network_lost:.2f}",
            f"{one.lasting:.2%}",
        )
        for one in stops
    ]
    title = f"Inoperability of {name_of(request.session, found.buyer)} after a stop, by {found.by}; "
    title += f"each recovers within {found.terms.days:g} days"
    print_table(title, GROUP_STOPS.headings, rows, empty="No supplier is known for this buyer.")


def _print_courses(request: ResolvedRequest[InoperabilityOptions], stops: tuple[InoperabilityCourse, ...]) -> None:
    for one in stops:
        rows = [(day, f"{one.course[day]:.3%}") for day in _days(one)]
        print_table(f"After {_group_name(request, one.entity)} stops", COURSE.headings, rows, empty="")


def _picture(request: ResolvedRequest[InoperabilityOptions], stops: tuple[InoperabilityCourse, ...]) -> str:
    """The curve of the course after the worst stop."""
    worst = stops[0] if stops else None
    spots = [] if worst is None else [Spot(str(day), *(worst.course[day],) * 3) for day in _days(worst)]
    what = "nothing" if worst is None else _group_name(request, worst.entity)
    return curve(f"Inoperability of {name_of(request.session, request.buyer)} by day after {what} stops", spots)


def _days(one: InoperabilityCourse) -> range:
    """Some `_SPOTS` days of a course, evenly apart."""
    return range(0, len(one.course), max(1, len(one.course) // _SPOTS))
