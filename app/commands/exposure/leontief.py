"""M1 on the command line: exposure by supplier, by category or by tier; of one supplier with all its paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import MeasureView, ResolvedRequest
from app.runtime.graphql import EVERY
from app.runtime.output import print_table
from app.views.columns import CATEGORY_PARTS, CATEGORY_TOTALS, TIER_TOTALS
from app.views.tables import print_exposures
from reasoning.measures.options import LISTED_PATHS

if TYPE_CHECKING:
    from ontology.records import EntityId
    from reasoning.exposure.exposure import Exposure
    from reasoning.exposure.scoring import Totals
    from reasoning.measures.options import LeontiefOptions

_Table = tuple[list[str], Sequence[tuple[str, ...]]]
_TITLE = "Exposure by supplier"


def view(request: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    """The view of the exposure, in the form that the request wants."""
    if request.supplier is not None:
        return _of_one(request, request.supplier)
    return _by_supplier(request) if request.options.by == "supplier" else _by_part(request)


def _by_supplier(request: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    options = request.options
    paths = LISTED_PATHS if options.paths is None else options.paths
    title = _title(options)
    return MeasureView(
        "exposures",
        {
            "first": options.top,
            "paths": paths,
            "category": options.category,
            "narrowed": options.category is not None,
        },
        lambda: print_exposures(request.session, _greatest(request, paths), title),
        lambda: network_picture(request, [one.supplier for one in _greatest(request, paths)], title),
    )


def _greatest(request: ResolvedRequest[LeontiefOptions], paths: int) -> Sequence[Exposure]:
    """The rows of the list; of a large store only these are scored."""
    from reasoning.exposure.exposure import ExposureScope

    options, reasoning, at = request.options, request.session.reasoning, request.session.at
    most = options.top if reasoning.is_large() else None
    scope = ExposureScope(category=options.category)
    return reasoning.exposures(request.buyer, at, paths=paths, most=most, scope=scope)[: options.top]


def _of_one(request: ResolvedRequest[LeontiefOptions], supplier: EntityId) -> MeasureView:
    from reasoning.exposure.exposure import ExposureScope

    session, options = request.session, request.options
    scope = ExposureScope(category=options.category)
    exposure = session.reasoning.explain(request.buyer, supplier, session.at, scope=scope).exposure
    listed = LISTED_PATHS if options.paths is None else options.paths

    def print_tables() -> None:
        print_exposures(session, [exposure], _title(options), listed)
        _print_parts(exposure)

    return MeasureView(
        "explain",
        {"supplier": supplier, "paths": options.paths, "category": options.category, "first": EVERY},
        print_tables,
        lambda: network_picture(request, [supplier], _TITLE),
    )


def _title(options: LeontiefOptions) -> str:
    from reasoning.risk.weights import short

    return _TITLE if options.category is None else f"{_TITLE}, {short(options.category)} only"


def _print_parts(exposure: Exposure) -> None:
    from reasoning.risk.weights import short

    rows = [
        (
            short(part.category),
            "unknown" if part.own is None else f"{part.own.value:.3f}",
            f"{part.score:.5f}",
            "" if part.own is None else len(part.own.claims),
        )
        for part in sorted(exposure.parts, key=lambda part: (-part.score, part.category))
    ]
    print_table("By category", CATEGORY_PARTS.headings, rows, empty="")


def _by_part(request: ResolvedRequest[LeontiefOptions]) -> MeasureView:
    session, options = request.session, request.options
    totals = session.reasoning.totals(request.buyer, session.at)

    def print_tables() -> None:
        columns, rows = _categories(totals) if options.by == "category" else _tiers(totals)
        title = f"Exposure by {options.by}: {totals.score:.4f}"
        print_table(title, columns, rows[: options.top], empty="No supplier is known.")

    return MeasureView(
        f"exposure-by-{options.by}",
        {"first": options.top},
        print_tables,
        lambda: network_picture(request, [], f"Exposure by {options.by}"),
    )


def _categories(totals: Totals) -> _Table:
    """Headings and rows, the greatest category first."""
    found = sorted(totals.by_category.items(), key=lambda one: (-one[1][1], one[0]))
    rows = [(name, f"{score:.4f}", f"{low:.4f}", f"{high:.4f}") for name, (low, score, high) in found]
    return CATEGORY_TOTALS.headings, rows


def _tiers(totals: Totals) -> _Table:
    """Headings and rows, the nearest tier first."""
    return TIER_TOTALS.headings, [(str(tier), f"{part:.4f}") for tier, part in enumerate(totals.by_tier, start=1)]
