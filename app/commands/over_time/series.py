"""What `series` prints: the exposure over dates, what changed, and alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.over_time.alert_files import AlertFile
from app.runtime.graphql import EVERY, answer_document
from app.runtime.output import print_json
from app.views.analysis_tables import print_alerts, print_interlude, print_series
from app.views.pictures import Spot, curve, write_picture
from app.views.tables import name_of
from ontology.errors import InputError
from ontology.instants import world_start

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.analysis.alert_history import ReportedAlerts
    from reasoning.analysis.alerts import Alert
    from reasoning.analysis.series import Point


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """What `series` prints besides the exposure.

    Attributes:
        changes: Whether it prints what changed from the first date to the last.
        alerts: Whether it prints alerts.
        top: Rows of what changed, at most.
        plot: File of a picture; None for none.
        all_alerts: Whether alerts that an earlier run listed are printed too.
        store: Address of the store, for which listed alerts are remembered.
    """

    changes: bool
    alerts: bool
    top: int
    plot: Path | None
    all_alerts: bool
    store: str


def follow(session: ReadSession, dates: Sequence[str], request: SeriesRequest, *, as_json: bool) -> None:
    """Print the exposure at these dates, and what else is requested.

    Raises:
        InputError: The dates do not ascend, or changes are requested of a single date.
    """
    instants = [world_start(date) for date in dates]
    if request.changes and len(instants) < 2:
        raise InputError("changes need two dates", fix="name another date")
    points = session.reasoning.analyses.series(session.buyer, session.at, instants)
    if request.plot is not None:
        write_picture(request.plot, curve(f"Exposure of {name_of(session, session.buyer)}", list(map(_spot, points))))
    news = _news(session, instants, request) if request.alerts else None
    if as_json:
        print_json(_answer(session, instants, request, news))
    else:
        _print_tables(session, instants, request, news)
    if news is not None:
        news.file.write(news.after)


@dataclass(frozen=True, slots=True)
class AlertNews:
    """The alerts of a run.

    Attributes:
        alerts: All alerts over the dates.
        unseen: Those that no earlier run listed.
        file: Where the history is kept.
        before: The history before this run.
        after: The history once this run's alerts are listed.
    """

    alerts: tuple[Alert, ...]
    unseen: tuple[Alert, ...]
    file: AlertFile
    before: ReportedAlerts
    after: ReportedAlerts


def _news(session: ReadSession, instants: Sequence[str], request: SeriesRequest) -> AlertNews:
    from reasoning.analysis.alert_history import news, with_reported

    found = session.reasoning.analyses.alerts([session.buyer], session.at, instants)
    file = AlertFile.of(request.store, session.buyer)
    before = file.read()
    return AlertNews(found, news(found, instants, before), file, before, with_reported(found, instants, before))


def _answer(
    session: ReadSession, instants: Sequence[str], request: SeriesRequest, news: AlertNews | None
) -> dict[str, Any]:
    """The data of the stored document."""
    variables = {
        "scope": {"knownAt": session.at.known_at, "buyer": session.buyer},
        "dates": list(instants),
        "first": request.top,
        "every": EVERY,
        "changes": request.changes,
        "alerts": request.alerts,
        "history": None if news is None else _history(news.before),
        "onlyNews": not request.all_alerts,
    }
    return dict(answer_document(session, "series", variables))


def _history(before: ReportedAlerts) -> dict[str, object]:
    """The history as GraphQL takes it."""
    alerts = [
        {"key": key, "since": since, "until": until} for key, spans in before.spans.items() for since, until in spans
    ]
    return {"dates": list(before.instants), "alerts": alerts}


def _print_tables(
    session: ReadSession, instants: Sequence[str], request: SeriesRequest, news: AlertNews | None
) -> None:
    analyses, buyer, at = session.reasoning.analyses, session.buyer, session.at
    print_series(analyses.series(buyer, at, instants))
    if request.changes:
        print_interlude(session, analyses.between(buyer, at, (instants[0], instants[-1])), request.top)
    if news is not None:
        seen = len(news.alerts) - len(news.unseen)
        print_alerts(session, news.alerts if request.all_alerts else news.unseen, seen)


def _spot(point: Point) -> Spot:
    totals = point.totals
    return Spot(point.as_of[:10], totals.low, totals.score, totals.high)
