"""M1 on the command line: exposure by supplier, by category or by tier; of one supplier with all its paths."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import Document, MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.views.documents import exposure_document
from app.views.tables import print_exposures
from reasoning.measures.options import LISTED_PATHS

if TYPE_CHECKING:
    from ontology.records import EntityId
    from reasoning.exposure.exposure import Exposure
    from reasoning.exposure.scoring import Totals
    from reasoning.measures.options import LeontiefOptions

_TITLE = "Exposure by supplier"


def answer(asked: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    """The answer by what was asked for."""
    if asked.supplier is not None:
        return _explained(asked, asked.supplier)
    return _by_supplier(asked) if asked.options.by == "supplier" else _by_part(asked)


def _by_supplier(asked: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    from reasoning.exposure.exposure import ExposureScope, verify

    question, ask = asked.question, asked.options
    category = ask.category
    paths = LISTED_PATHS if ask.paths is None else ask.paths
    most = ask.top if question.reasoning.is_large() else None
    scope = ExposureScope(category=category)
    found = question.reasoning.exposures(asked.buyer, question.at, paths=paths, most=most, scope=scope)
    shown = found[: ask.top]

    def document() -> Document:
        return asked.head(
            **({} if category is None else {"category": category}),
            all=len(question.reasoning.scoring(asked.buyer, question.at).suppliers),
            exposures=[exposure_document(one) for one in shown],
            faults=[f"{one.supplier}: {fault}" for one in shown for fault in verify(one).faults],
        )

    title = _title(ask)
    return MeasureView(
        document,
        lambda: print_exposures(question, shown, title),
        lambda: network_picture(asked, [one.supplier for one in shown], title),
    )


def _explained(asked: ResolvedRequest[LeontiefOptions], supplier: EntityId) -> MeasureView:
    from reasoning.exposure.exposure import ExposureScope

    question, ask = asked.question, asked.options
    scope = ExposureScope(category=ask.category)
    explanation = question.reasoning.explain(asked.buyer, supplier, question.at, scope=scope)
    whole = explanation.exposure
    one = whole if ask.paths is None else _heaviest(whole, ask.paths)
    shown = _heaviest(one, LISTED_PATHS) if ask.paths is None else one

    def document() -> Document:
        return asked.head(
            **({} if ask.category is None else {"category": ask.category}),
            exposures=[exposure_document(one)],
            explanation=explanation.document(),
            faults=explanation.verification.faults,
        )

    def tell() -> None:
        from reasoning.risk.weights import short

        print_exposures(question, [shown], _title(ask))
        rows = [
            (
                short(part.category),
                "unknown" if part.own is None else f"{part.own.value:.3f}",
                f"{part.score:.5f}",
                "" if part.own is None else f"{len(part.own.claims)} claims",
            )
            for part in sorted(one.parts, key=lambda part: (-part.score, part.category))
        ]
        print_table("By category", ["category", "own risk", "adds", "proof"], rows, empty="")

    return MeasureView(document, tell, lambda: network_picture(asked, [supplier], _TITLE))


def _title(ask: LeontiefOptions) -> str:
    from reasoning.risk.weights import short

    return _TITLE if ask.category is None else f"{_TITLE}, {short(ask.category)} only"


def _heaviest(one: Exposure, paths: int) -> Exposure:
    """The exposure with its heaviest paths only; the remainder takes in what the others contribute."""
    others = math.fsum(path.contribution for path in one.paths[paths:])
    return replace(one, paths=one.paths[:paths], remainder=one.remainder + others)


def _by_part(asked: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    by = asked.options.by
    totals = asked.question.reasoning.totals(asked.buyer, asked.question.at)
    every = _categories(totals) if by == "category" else _tiers(totals)
    rows = every[: asked.options.top]

    def document() -> Document:
        return asked.head(
            by=by,
            score=totals.score,
            interval=[totals.low, totals.high],
            coverage=totals.coverage,
            all=len(every),
            parts=rows,
        )

    def tell() -> None:
        cells = [[row[by], *(f"{value:.4f}" for key, value in row.items() if key != by)] for row in rows]
        columns = list(rows[0]) if rows else [by]
        print_table(f"Exposure by {by}: {totals.score:.4f}", columns, cells, empty="No supplier is known.")

    return MeasureView(document, tell, lambda: network_picture(asked, [], f"Exposure by {by}"))


def _categories(totals: Totals) -> list[Document]:
    found = sorted(totals.by_category.items(), key=lambda one: (-one[1][1], one[0]))
    return [{"category": name, "low": low, "score": score, "high": high} for name, (low, score, high) in found]


def _tiers(totals: Totals) -> list[Document]:
    return [{"tier": tier, "score": part} for tier, part in enumerate(totals.by_tier, start=1)]
