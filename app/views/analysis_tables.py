"""Analysts' answers as tables for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.runtime.output import console, print_table
from app.views.tables import name_of

if TYPE_CHECKING:
    from app.runtime.session import ReadSession as Asked
    from reasoning.analysis.alerts import Alert
    from reasoning.analysis.alternatives import Alternative
    from reasoning.analysis.concentration import Concentration
    from reasoning.analysis.failure_points import FailurePoints
    from reasoning.analysis.questions import Question
    from reasoning.analysis.series import Interlude, Point
    from reasoning.analysis.uncertainty import Interval
    from reasoning.scenarios.edits import Edit
    from reasoning.scenarios.outcome import Cause, ExposureChange
    from reasoning.service.analyses import WhatIf


def print_what_if(asked: Asked, found: WhatIf, top: int) -> None:
    """What a branch does: the whole, then the suppliers that change most."""
    outcome = found.outcome
    texts = [_said(asked, edit) for edit in outcome.branch.edits]
    before, after = outcome.before, outcome.after
    rows = [
        ("exposure", f"{before.score:.4f}", f"{after.score:.4f}", f"{after.score - before.score:+.4f}"),
        ("interval", f"{before.low:.4f} – {before.high:.4f}", f"{after.low:.4f} – {after.high:.4f}", ""),
        ("whole interval", _interval(found.whole_before), _interval(found.whole_after), ""),
    ]
    if found.loss is not None:
        rows.append(("production lost", "", f"{found.loss.value:.1%}", f"{found.loss.firms} firms touched"))
    print_table(f"What if {'; '.join(texts)}", ["what", "before", "after", "change"], rows, empty="")
    changes = [_change_row(asked, change, texts) for change in outcome.changes[:top]]
    columns = ["supplier", "before", "after", "change", "because of", "by way of"]
    print_table(
        f"Suppliers whose exposure changes: {len(outcome.changes)}", columns, changes, empty="No exposure changes."
    )


def _said(asked: Asked, edit: Edit) -> str:
    """A change in one sentence, with names."""
    text = edit.text
    for entity in sorted(set(re.findall(r"\b[a-z]{3}:[!-~]+", text)), key=len, reverse=True):
        text = text.replace(entity, name_of(asked, entity))
    return text


def print_comparison(found: Sequence[WhatIf]) -> None:
    """Several branches side by side."""
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
    columns = ["branch", "changes", "before", "after", "change", "whole interval", "production lost"]
    print_table("Branches compared", columns, rows, empty="")


def _interval(interval: Interval) -> str:
    return f"{interval.low:.4f} – {interval.high:.4f}"


def _change_row(asked: Asked, change: ExposureChange, texts: Sequence[str]) -> tuple[object, ...]:
    before = "–" if change.before is None else f"{change.before.score:.4f}"
    after = "–" if change.after is None else f"{change.after.score:.4f}"
    causes = [f"{texts[cause.number]} ({cause.change:+.4f})" for cause in change.causes]
    ways = [_way(asked, cause) for cause in change.causes if cause.paths]
    return (
        name_of(asked, change.supplier),
        before,
        after,
        f"{change.change:+.4f}",
        "\n".join(causes),
        "\n".join(ways),
    )


def _way(asked: Asked, cause: Cause) -> str:
    return " → ".join(name_of(asked, entity) for entity in cause.paths[0].entities)


def print_failure_points(asked: Asked, found: FailurePoints, top: int) -> None:
    """Single points first, then pairs."""
    rows = [
        (
            name_of(asked, point.entity),
            point.tier,
            "yes" if point.hidden else "",
            "\n".join(name_of(asked, product) for product in point.inputs),
            "\n".join(name_of(asked, entity) for entity in point.stops),
            " → ".join(name_of(asked, entity) for entity in point.chain),
            f"{len(point.claims)} claims",
        )
        for point in found.points[:top]
    ]
    columns = ["if it stops", "tier", "hidden", "these inputs stop", "by these direct suppliers", "way", "proof"]
    empty = "No single firm stops an essential input."
    print_table(f"Single points of failure: {len(found.points)}", columns, rows, empty=empty)
    pairs = [
        (
            " and ".join(name_of(asked, entity) for entity in pair.entities),
            "\n".join(name_of(asked, one) for one in pair.inputs),
            "\n".join(name_of(asked, entity) for entity in pair.stops),
            f"{len(pair.claims)} claims",
        )
        for pair in found.pairs[:top]
    ]
    title = f"Pairs: {len(found.pairs)}" + ("" if found.complete else ", of the nearest firms")
    columns = ["if both stop", "these inputs stop", "by these direct suppliers", "proof"]
    print_table(title, columns, pairs, empty="No two firms together stop one.")


def print_concentrations(asked: Asked, found: Sequence[Concentration]) -> None:
    """The most concentrated first."""
    rows = [
        (
            one.by,
            name_of(asked, one.customer) if one.by == "input" else "",
            name_of(asked, one.key) if ":" in one.key else one.key,
            f"{one.part:.1%}",
            f"{one.index:,.0f}",
            f"{one.effective:.2f}",
            ("sole" if one.sole else "") + (", essential" if one.essential else ""),
            "\n".join(f"{_holder(asked, holder.id)} {holder.share:.0%}" for holder in one.holders[:3]),
        )
        for one in found
    ]
    columns = ["by", "customer", "which", "part", "HHI", "as if", "", "greatest"]
    print_table("Concentration", columns, rows, empty="No supplier is known for this buyer.")


def _holder(asked: Asked, entity: str) -> str:
    return name_of(asked, entity) if ":" in entity else (entity or "unknown")


def print_questions(found: Sequence[Question]) -> None:
    """The best for an hour first."""
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
        now = f"{_interval(found[0].before)}, as far as the network is known {_interval(found[0].known)}"
        title += f"; the exposure lies within {now}"
    columns = ["question", "tier", "effort", "shrinks these by", "an hour", "if the answer is"]
    print_table(title, columns, rows, empty="Nothing is left to ask.")


def print_alternatives(asked: Asked, found: Sequence[Alternative]) -> None:
    """The best switch first."""
    rows = [
        (
            name_of(asked, one.other) + (" (bought from already)" if one.already else ""),
            name_of(asked, one.product),
            name_of(asked, one.customer),
            f"{one.share:.0%}",
            f"{one.before[1]:.4f} → {one.after[1]:.4f}",
            f"{one.change:+.4f}",
            f"{_interval(one.whole_after)} ({one.whole_change:+.4f})",
            "" if one.loss_after is None else f"{one.loss_before:.0%} → {one.loss_after:.0%}",
            f"{len(one.claims)} claims",
        )
        for one in found
    ]
    columns = [
        "buy from",
        "product",
        "for",
        "share",
        "exposure",
        "change",
        "whole interval",
        "lost if it stops",
        "proof",
    ]
    title = "Alternatives" + (f"; now the whole interval is {_interval(found[0].whole_before)}" if found else "")
    print_table(title, columns, rows, empty="Nobody else is known to make what this supplier delivers.")


def print_series(found: Sequence[Point]) -> None:
    """A row a date."""
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
    print_table(
        "Exposure over time", ["as of", "exposure", "interval", "whole interval", "known", "by tier"], rows, empty=""
    )


def print_interlude(asked: Asked, found: Interlude, top: int) -> None:
    """What moved, and because of which claims."""
    rows = [
        (
            name_of(asked, shift.supplier),
            "–" if shift.before is None else f"{shift.before.score:.4f}",
            "–" if shift.after is None else f"{shift.after.score:.4f}",
            f"{shift.change:+.4f}",
            "\n".join([*(f"+ {one}" for one in shift.began[:3]), *(f"− {one}" for one in shift.ended[:3])])
            or ("the same claims, older" if shift.aged else ""),
        )
        for shift in found.shifts[:top]
    ]
    title = f"What changed from {found.earlier.as_of[:10]} to {found.later.as_of[:10]}"
    columns = ["supplier", "before", "after", "change", "because of (some of the claims)"]
    print_table(title, columns, rows, empty="Nothing changed.")


def print_alerts(asked: Asked, found: Sequence[Alert], before: int) -> None:
    """A row an alert, each once; `before` is how many of all were told before."""
    rows = [
        (
            one.key,
            one.about.replace("_", " "),
            one.text,
            f"{one.since[:10]} – {one.until[:10]}",
            " → ".join(name_of(asked, entity) for entity in one.way),
        )
        for one in found
    ]
    empty = "There is nothing new to look at." if before else "There is nothing to look at."
    print_table("Alerts", ["key", "kind", "what", "holds", "why me"], rows, empty=empty)
    if before:
        say(f"{before} were told before; --all shows them.")


def say(text: str) -> None:
    """One line."""
    console().print(text, markup=False)
