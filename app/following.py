"""What `series` answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.analyses import documents, interlude_document, point_document
from app.analysis_tables import print_alerts, print_interlude, print_series
from app.output import print_json
from app.pictures import Spot, curve, write_picture
from app.tables import name_of
from ontology.errors import InputError
from ontology.instants import world_start

if TYPE_CHECKING:
    from app.asking import Question
    from reasoning.series import Point


@dataclass(frozen=True, slots=True)
class Wanted:
    """What besides the series itself, how many rows of it, and where its picture goes."""

    changes: bool
    alerts: bool
    top: int
    plot: Path | None


def follow(question: Question, dates: Sequence[str], wanted: Wanted, *, as_json: bool) -> None:
    """Print the exposure as of these dates, and what else is wanted.

    Raises:
        InputError: The dates do not ascend, or there is one only where changes are wanted.
    """
    from reasoning.analyst import Analyst

    analyst, buyer, at = Analyst(question.engine), question.buyer, question.at
    instants = [world_start(date) for date in dates]
    if wanted.changes and len(instants) < 2:
        raise InputError("what changed is asked of two dates", fix="name another date")
    points = analyst.series(buyer, at, instants)
    between = analyst.between(buyer, at, (instants[0], instants[-1])) if wanted.changes else None
    alerts = analyst.alerts([buyer], at, instants) if wanted.alerts else None
    if wanted.plot is not None:
        write_picture(wanted.plot, curve(f"Exposure of {name_of(question, buyer)}", list(map(_spot, points))))
    if as_json:
        changes = {} if between is None else {"changes": interlude_document(between, wanted.top)}
        told = {} if alerts is None else {"alerts": documents(alerts)}
        print_json({"buyer": buyer, "series": list(map(point_document, points)), **changes, **told})
        return
    print_series(points)
    if between is not None:
        print_interlude(question, between, wanted.top)
    if alerts is not None:
        print_alerts(question, alerts)


def _spot(point: Point) -> Spot:
    totals = point.totals
    return Spot(point.as_of[:10], totals.low, totals.score, totals.high)
