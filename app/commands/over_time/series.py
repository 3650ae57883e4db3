"""What `series` answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.over_time.alert_files import AlertHistory
from app.runtime.output import plain, print_json
from app.views.analysis_documents import interlude_document, point_document
from app.views.analysis_tables import print_alerts, print_interlude, print_series
from app.views.pictures import Spot, curve, write_picture
from app.views.tables import name_of
from ontology.errors import InputError
from ontology.instants import world_start

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from ontology.records import EntityId
    from reasoning.analysis.alert_history import ReportedAlerts
    from reasoning.analysis.alerts import Alert
    from reasoning.analysis.series import Interlude, Point
    from reasoning.exposure.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """What besides the series itself, how many rows of it, and where its picture goes."""

    changes: bool
    alerts: bool
    top: int
    plot: Path | None
    all_alerts: bool  # those told before too
    store: str  # address of the store, for which alerts are remembered


def follow(question: ReadSession, dates: Sequence[str], wanted: SeriesRequest, *, as_json: bool) -> None:
    """Print the exposure as of these dates, and what else is wanted.

    Raises:
        InputError: The dates do not ascend, or there is one only where changes are wanted.
    """
    analyses, buyer, at = question.reasoning.analyses, question.buyer, question.at
    instants = [world_start(date) for date in dates]
    if wanted.changes and len(instants) < 2:
        raise InputError("what changed is asked of two dates", fix="name another date")
    points = analyses.series(buyer, at, instants)
    between = analyses.between(buyer, at, (instants[0], instants[-1])) if wanted.changes else None
    told = (
        _tell(AlertHistory.of(wanted.store, buyer), analyses.alerts([buyer], at, instants), instants)
        if wanted.alerts
        else None
    )
    if wanted.plot is not None:
        write_picture(wanted.plot, curve(f"Exposure of {name_of(question, buyer)}", list(map(_spot, points))))
    if as_json:
        changes = {} if between is None else {"changes": interlude_document(between, wanted.top)}
        alerts = {} if told is None else told.document(every=wanted.all_alerts)
        faults = list(_faults(analyses.snapshot_reader(at), buyer, points, between, told))
        listed = list(map(point_document, points))
        print_json({"buyer": buyer, "series": listed, **changes, **alerts, "faults": faults})
    else:
        print_series(points)
        if between is not None:
            print_interlude(question, between, wanted.top)
        if told is not None:
            print_alerts(question, told.shown(every=wanted.all_alerts), told.before)
    if told is not None:
        told.memory.keep(told.after)


@dataclass(frozen=True, slots=True)
class Telling:
    """The alerts of a run: which of them are news, and what is remembered once they are told."""

    alerts: tuple[Alert, ...]
    news: tuple[Alert, ...]
    memory: AlertHistory
    after: ReportedAlerts

    @property
    def before(self) -> int:
        """How many were told before."""
        return len(self.alerts) - len(self.news)

    def shown(self, *, every: bool) -> tuple[Alert, ...]:
        """The news, or all."""
        return self.alerts if every else self.news

    def document(self, *, every: bool) -> Mapping[str, Any]:
        """The same for a program, which is told of each alert whether it is news."""
        fresh = set(self.news)
        rows = [{**plain(alert), "news": alert in fresh} for alert in self.shown(every=every)]
        return {"alerts": rows, "told_before": self.before}


def _tell(memory: AlertHistory, found: tuple[Alert, ...], instants: Sequence[str]) -> Telling:
    from reasoning.analysis.alert_history import news, with_reported

    told = memory.read()
    return Telling(found, news(found, instants, told), memory, with_reported(found, instants, told))


def _faults(
    take: Callable[[str], Snapshot],
    buyer: EntityId,
    points: Sequence[Point],
    between: Interlude | None,
    told: Telling | None,
) -> Iterator[str]:
    from reasoning.analysis import alerts, series

    for point in points:
        yield from series.verify_point(point, take, buyer)
    if between is not None:
        yield from series.verify(between, take, buyer)
    for alert in () if told is None else told.alerts:
        yield from alerts.verify(alert, take)


def _spot(point: Point) -> Spot:
    totals = point.totals
    return Spot(point.as_of[:10], totals.low, totals.score, totals.high)
