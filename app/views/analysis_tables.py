"""Answers of analyses as tables for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.runtime.output import print_line, print_table
from app.views.columns import (
    ALERTS,
    ALTERNATIVES,
    BRANCHES,
    CONCENTRATIONS,
    EXPOSURE_CHANGES,
    EXPOSURE_POINTS,
    EXPOSURE_SHIFTS,
    FAILURE_PAIRS,
    FAILURE_POINTS,
    QUESTIONS,
    WHAT_IF_TOTALS,
)
from app.views.tables import chain_of, name_of

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.analysis.alerts import Alert
    from reasoning.analysis.alternatives import Alternative
    from reasoning.analysis.concentration import Concentration
    from reasoning.analysis.failure_points import FailurePair, FailurePoint, FailurePoints
    from reasoning.analysis.questions import Question
    from reasoning.analysis.series import Interlude, Point, Shift
    from reasoning.analysis.uncertainty import Interval
    from reasoning.scenarios.edits import Edit
    from reasoning.scenarios.outcome import ExposureChange
    from reasoning.service.analyses import WhatIf

_SHOWN = 3  # holders, and claims that began or ended, of one row
_ENTITY_ID = re.compile(r"\b[a-z]{3}:[!-~]+")


def print_what_if(session: ReadSession, found: WhatIf, top: int) -> None:
    """Print what a branch does: the totals, then the suppliers whose exposure changes most."""
    outcome = found.outcome
    texts = [_text(session, edit) for edit in outcome.branch.edits]
    before, after = outcome.before, outcome.after
    rows = [
        ("score", f"{before.score:.4f}", f"{after.score:.4f}", f"{after.score - before.score:+.4f}"),
        ("interval", f"{before.low:.4f} – {before.high:.4f}", f"{after.low:.4f} – {after.high:.4f}", ""),
        ("whole interval", _interval(found.whole_before), _interval(found.whole_after), ""),
    ]
    if found.loss is not None:
        rows.append(("production loss", "", f"{found.loss.value:.1%}", f"{found.loss.firms} firms lose a part"))
    print_table(f"What if {'; '.join(texts)}", WHAT_IF_TOTALS.headings, rows, empty="")
    changes = [_change_row(session, change, texts) for change in outcome.changes[:top]]
    title = f"Suppliers whose exposure changes: {len(outcome.changes)}"
    print_table(title, EXPOSURE_CHANGES.headings, changes, empty="No exposure changes.")


def _text(session: ReadSession, edit: Edit) -> str:
    """A change in one sentence, with names in place of ids."""
    text = edit.text
    for entity in sorted(set(_ENTITY_ID.findall(text)), key=len, reverse=True):
        text = text.replace(entity, name_of(session, entity))
    return text


def _change_row(session: ReadSession, change: ExposureChange, texts: Sequence[str]) -> tuple[object, ...]:
    causes = [f"{texts[cause.number]} ({cause.change:+.4f})" for cause in change.causes]
    paths = [chain_of(session, cause.paths[0].entities) for cause in change.causes if cause.paths]
    return (
        name_of(session, change.supplier),
        "–" if change.before is None else f"{change.before.score:.4f}",
        "–" if change.after is None else f"{change.after.score:.4f}",
        f"{change.change:+.4f}",
        "\n".join(causes),
        "\n".join(paths),
    )


def print_comparison(found: Sequence[WhatIf]) -> None:
    """Print several branches side by side."""
    rows = [
        (
            one.outcome.branch.name,
            "; ".join(edit.text for edit in one.outcome.branch.edits),
            f"{one.outcome.before.score:.4f}",
            f"{one.outcome.after.score:.4f}",
            f"{one.outcome.after.score - one.outcome.before.score:+.4f}",
            _interval(one.whole_after),
            "" if one.loss is None else f"{one.loss.value:.1%}",
        )
        for one in found
    ]
    print_table("Branches compared", BRANCHES.headings, rows, empty="")


def _interval(interval: Interval) -> str:
    return f"{interval.low:.4f} – {interval.high:.4f}"


def print_failure_points(session: ReadSession, found: FailurePoints, top: int) -> None:
    """Print single points of failure, then pairs."""
    points = [_point_row(session, point) for point in found.points[:top]]
    title = f"Single points of failure: {len(found.points)}"
    print_table(title, FAILURE_POINTS.headings, points, empty="No single firm stops an essential input.")
    pairs = [_pair_row(session, pair) for pair in found.pairs[:top]]
    title = f"Pairs: {len(found.pairs)}" + ("" if found.complete else ", of the nearest firms")
    print_table(title, FAILURE_PAIRS.headings, pairs, empty="No two firms together stop an essential input.")


def _point_row(session: ReadSession, point: FailurePoint) -> tuple[object, ...]:
    return (
        name_of(session, point.entity),
        point.tier,
        "yes" if point.hidden else "",
        "\n".join(name_of(session, product) for product in point.inputs),
        "\n".join(name_of(session, entity) for entity in point.stops),
        chain_of(session, point.chain),
        len(point.claims),
    )


def _pair_row(session: ReadSession, pair: FailurePair) -> tuple[object, ...]:
    return (
        " and ".join(name_of(session, entity) for entity in pair.entities),
        "\n".join(name_of(session, one) for one in pair.inputs),
        "\n".join(name_of(session, entity) for entity in pair.stops),
        len(pair.claims),
    )


def print_concentrations(session: ReadSession, found: Sequence[Concentration]) -> None:
    """Print concentrations, in the order given."""
    rows = [
        (
            one.by,
            name_of(session, one.customer) if one.by == "input" else "",
            name_of(session, one.key) if ":" in one.key else one.key,
            f"{one.part:.1%}",
            f"{one.index:,.0f}",
            f"{one.effective:.2f}",
            ("sole" if one.sole else "") + (", essential" if one.essential else ""),
            "\n".join(f"{_holder(session, holder.id)} {holder.share:.0%}" for holder in one.holders[:_SHOWN]),
        )
        for one in found
    ]
    print_table("Concentration", CONCENTRATIONS.headings, rows, empty="No supplier is known for this buyer.")


def _holder(session: ReadSession, entity: str) -> str:
    return name_of(session, entity) if ":" in entity else (entity or "unknown")


def print_questions(found: Sequence[Question]) -> None:
    """Print questions, in the order given."""
    rows = [
        (
            one.text,
            one.tier,
            f"{one.hours:g} h",
            f"{one.shrink:.5f}\n{one.known_shrink:.5f}",
            f"{one.per_hour:.6f}",
            "\n".join(
                f"{answer.text}: {_interval(answer.interval)}; {_interval(answer.known)}" for answer in one.answers
            ),
        )
        for one in found
    ]
    title = "What to find out next"
    if found:
        known = _interval(found[0].known)
        title += f"; the exposure lies within {_interval(found[0].before)}, in the known network within {known}"
    print_table(title, QUESTIONS.headings, rows, empty="No fact would narrow the exposure.")


def print_alternatives(session: ReadSession, found: Sequence[Alternative]) -> None:
    """Print alternatives, in the order given."""
    rows = [_alternative_row(session, one) for one in found]
    title = "Alternatives" + (f"; now the whole interval is {_interval(found[0].whole_before)}" if found else "")
    empty = "No other maker is known of what this supplier delivers."
    print_table(title, ALTERNATIVES.headings, rows, empty=empty)


def _alternative_row(session: ReadSession, one: Alternative) -> tuple[object, ...]:
    return (
        name_of(session, one.other) + (" (supplies already)" if one.already else ""),
        name_of(session, one.product),
        name_of(session, one.customer),
        f"{one.share:.0%}",
        f"{one.before[1]:.4f} → {one.after[1]:.4f}",
        f"{one.change:+.4f}",
        f"{_interval(one.whole_after)} ({one.whole_change:+.4f})",
        "" if one.loss_after is None else f"{one.loss_before:.0%} → {one.loss_after:.0%}",
        len(one.claims),
    )


def print_series(found: Sequence[Point]) -> None:
    """Print the exposure over dates, a row a date."""
    rows = [
        (
            one.as_of[:10],
            f"{one.totals.score:.4f}",
            f"{one.totals.low:.4f} – {one.totals.high:.4f}",
            _interval(one.whole),
            f"{one.totals.coverage:.0%}",
            ", ".join(f"{part:.4f}" for part in one.totals.by_tier),
        )
        for one in found
    ]
    print_table("Exposure over time", EXPOSURE_POINTS.headings, rows, empty="")


def print_interlude(session: ReadSession, found: Interlude, top: int) -> None:
    """Print what changed between two dates, and because of which claims."""
    rows = [_shift_row(session, shift) for shift in found.shifts[:top]]
    title = f"What changed from {found.earlier.as_of[:10]} to {found.later.as_of[:10]}"
    print_table(title, EXPOSURE_SHIFTS.headings, rows, empty="Nothing changed.")


def _shift_row(session: ReadSession, shift: Shift) -> tuple[object, ...]:
    claims = [*(f"+ {one}" for one in shift.began[:_SHOWN]), *(f"− {one}" for one in shift.ended[:_SHOWN])]
    return (
        name_of(session, shift.supplier),
        "–" if shift.before is None else f"{shift.before.score:.4f}",
        "–" if shift.after is None else f"{shift.after.score:.4f}",
        f"{shift.change:+.4f}",
        "\n".join(claims) or ("the same claims, older" if shift.aged else ""),
    )


def print_alerts(session: ReadSession, found: Sequence[Alert], reported: int) -> None:
    """Print alerts; `reported` is how many of all alerts an earlier run listed."""
    rows = [
        (
            one.key,
            one.about.replace("_", " "),
            one.text,
            f"{one.since[:10]} – {one.until[:10]}",
            chain_of(session, one.way),
        )
        for one in found
    ]
    print_table("Alerts", ALERTS.headings, rows, empty="There is no new alert." if reported else "There is no alert.")
    if reported:
        print_line(f"{reported} were listed before; --all lists them too.")
