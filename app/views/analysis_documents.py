"""Analysts' answers as JSON documents: one shape each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.runtime.output import plain

if TYPE_CHECKING:
    from reasoning.analysis.alternatives import Alternative
    from reasoning.analysis.questions import Question
    from reasoning.analysis.series import Interlude, Point, Shift
    from reasoning.analysis.uncertainty import Interval
    from reasoning.exposure.scoring import Totals
    from reasoning.scenarios.outcome import ExposureChange
    from reasoning.service.analyses import WhatIf

Document = Mapping[str, Any]


def what_if_document(found: WhatIf, top: int) -> Document:
    """What a branch does; the changes' `change` add up to the change of the whole where all are listed."""
    from reasoning.scenarios.outcome import verify_outcome

    outcome = found.outcome
    return {
        "branch": outcome.branch.document(),
        "buyer": outcome.buyer,
        "revision": outcome.revision,
        "before": {**totals_document(outcome.before), "whole_interval": interval_document(found.whole_before)},
        "after": {**totals_document(outcome.after), "whole_interval": interval_document(found.whole_after)},
        "change": outcome.after.score - outcome.before.score,
        "production_loss": None if found.loss is None else plain(found.loss),
        "changed_suppliers": len(outcome.changes),
        "changes": [_change(change, outcome.branch.document()["edits"]) for change in outcome.changes[:top]],
        "faults": list(verify_outcome(outcome)),
    }


def totals_document(totals: Totals) -> Document:
    """A buyer's whole exposure."""
    return {"score": totals.score, "interval": [totals.low, totals.high], "coverage": totals.coverage}


def interval_document(interval: Interval) -> list[float]:
    """The ends of an interval."""
    return [interval.low, interval.high]


def _change(change: ExposureChange, edits: Any) -> Document:  # noqa: ANN401  # JSON has no smaller type
    return {
        "supplier": change.supplier,
        "before": None if change.before is None else change.before.score,
        "after": None if change.after is None else change.after.score,
        "change": change.change,
        "interval_before": None if change.before is None else [change.before.low, change.before.high],
        "interval_after": None if change.after is None else [change.after.low, change.after.high],
        "causes": [
            {
                "edit": edits[cause.number],
                "change": cause.change,
                "paths": [
                    {"entities": list(path.entities), "before": path.before, "after": path.after}
                    for path in cause.paths
                ],
                "rest": cause.rest,
            }
            for cause in change.causes
        ],
    }


def question_document(question: Question) -> Document:
    """A question with what each answer would leave."""
    from reasoning.scenarios.edits import edit_document

    return {
        "key": question.key,
        "sort": question.sort,
        "entity": question.entity,
        "about": question.about,
        "tier": question.tier,
        "hours": question.hours,
        "text": question.text,
        "whole_interval": interval_document(question.before),
        "interval": interval_document(question.known),
        "expected_whole_shrink": question.shrink,
        "expected_shrink": question.known_shrink,
        "worth_per_hour": question.per_hour,
        "answers": [
            {
                "text": answer.text,
                "probability": answer.probability,
                "edits": [edit_document(edit) for edit in answer.edits],
                "whole_interval": interval_document(answer.interval),
                "interval": interval_document(answer.known),
            }
            for answer in question.answers
        ],
    }


def alternative_document(found: Alternative) -> Document:
    """A switch, with the changes that make it."""
    from reasoning.scenarios.edits import edit_document

    return {
        "customer": found.customer,
        "supplier": found.supplier,
        "other": found.other,
        "product": found.product,
        "share": found.share,
        "already": found.already,
        "before": dict(zip(("low", "score", "high"), found.before, strict=True)),
        "after": dict(zip(("low", "score", "high"), found.after, strict=True)),
        "change": found.change,
        "whole_interval_before": interval_document(found.whole_before),
        "whole_interval_after": interval_document(found.whole_after),
        "loss_before": found.loss_before,
        "loss_after": found.loss_after,
        "claims": list(found.claims),
        "edits": [edit_document(edit) for edit in found.edits],
    }


def point_document(point: Point) -> Document:
    """The exposure as of one instant."""
    totals = point.totals
    by_category = {name: list(figures) for name, figures in totals.by_category.items()}
    return {
        "as_of": point.as_of,
        **totals_document(totals),
        "whole_interval": interval_document(point.whole),
        "by_tier": list(totals.by_tier),
        "by_category": by_category,
    }


def interlude_document(found: Interlude, top: int) -> Document:
    """What changed between two instants."""
    return {
        "from": point_document(found.earlier),
        "to": point_document(found.later),
        "changed_suppliers": len(found.shifts),
        "changes": [_shift(shift) for shift in found.shifts[:top]],
    }


def _shift(shift: Shift) -> Document:
    return {
        "supplier": shift.supplier,
        "before": None if shift.before is None else shift.before.score,
        "after": None if shift.after is None else shift.after.score,
        "change": shift.change,
        "began": list(shift.began),
        "ended": list(shift.ended),
        "aged": shift.aged,
        "explained": shift.explained,
    }
