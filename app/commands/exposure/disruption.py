"""M2 on the command line: the probability that suppliers stop the buyer, and what each firm adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import MeasureView, ResolvedRequest
from app.runtime.graphql import EVERY
from app.runtime.output import print_table
from app.runtime.progress import counting_bar
from app.views.columns import CATEGORY_CHANCES, CHANCES, FIRM_DISRUPTIONS
from app.views.tables import name_of
from ontology.ids import kind_prefix
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.disruption.disruption import Disruption
    from reasoning.measures.disruption.network import DisruptionTerms
    from reasoning.measures.disruption.shares import FirmShare
    from reasoning.measures.options import DisruptionOptions

_ENDS = ("low: only what is known", "estimate", "high: all that may be")


def view(request: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    """The view of the disruption, in the form that the request wants."""
    if request.subject is None:
        return _by_category(request) if request.options.by == "category" else _by_supplier(request)
    is_firm = kind_prefix(request.subject) == "org"
    return _of_one(request, request.supplier or request.subject if is_firm else request.subject)


def _terms(options: DisruptionOptions) -> DisruptionTerms:
    """The declared terms, with the stop probability of the request.

    Raises:
        InputError: It is no probability.
    """
    from reasoning.measures.disruption.network import DisruptionTerms

    return DisruptionTerms(stop_probability=options.stop_probability)


def _by_supplier(request: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    from reasoning.measures.disruption.shares import firm_shares

    options, at = request.options, request.session.at
    found = request.measures().disruption(request.buyer, at, category=options.category, terms=_terms(options))
    shares = firm_shares(found)

    def print_tables() -> None:
        _print_chances(request, found, "")
        _print_shares(request, shares[: options.top])

    return MeasureView(
        "disruption",
        {
            "first": options.top,
            "every": EVERY,
            "category": options.category,
            "stopProbability": options.stop_probability,
        },
        print_tables,
        lambda: network_picture(request, [share.firm for share in shares], "Disruption"),
    )


def _of_one(request: ResolvedRequest[DisruptionOptions], subject: EntityId) -> MeasureView:
    """What one firm adds, and the probability once it, or a country or product, stops for certain."""
    from reasoning.measures.disruption.shares import firm_shares

    options, at, measures = request.options, request.session.at, request.measures()
    category, terms = options.category, _terms(options)
    found = measures.disruption(request.buyer, at, category=category, terms=terms)
    after = measures.disruption_after(request.buyer, at, subject, category=category, terms=terms)
    shares = [share for share in firm_shares(found) if share.firm == subject]

    def print_tables() -> None:
        _print_chances(request, found, "")
        _print_chances(request, after, f" when {name_of(request.session, subject)} stops")
        if shares:
            _print_shares(request, shares)

    return MeasureView(
        "disruption-of-one",
        {
            "entity": subject,
            "every": EVERY,
            "category": category,
            "stopProbability": options.stop_probability,
        },
        print_tables,
        lambda: network_picture(request, [subject], "Disruption"),
    )


def _by_category(request: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    from reasoning.risk.weights import CATEGORIES, short

    measures, at, terms = request.measures(), request.session.at, _terms(request.options)
    with counting_bar("drawing worlds", len(CATEGORIES)) as done:
        for category in CATEGORIES:
            measures.disruption(request.buyer, at, category=category, terms=terms)
            done(1)
    found = measures.disruption_by_category(request.buyer, at, terms=terms)[: request.options.top]

    def print_tables() -> None:
        rows = [
            (short(EntityId(one.category)), *(f"{end.estimate:.4f}" for end in one.ends), f"{one.coverage:.0%}")
            for one in found
        ]
        print_table("Probability that suppliers stop the buyer", CATEGORY_CHANCES.headings, rows, empty="")

    return MeasureView(
        "disruption-by-category",
        {"first": request.options.top, "stopProbability": request.options.stop_probability},
        print_tables,
        lambda: network_picture(request, [], "Disruption"),
    )


def _print_chances(request: ResolvedRequest[DisruptionOptions], found: Disruption, when: str) -> None:
    from reasoning.risk.weights import short

    rows = [
        (name, f"{end.lower:.4f}", f"{end.estimate:.4f} ± {2 * end.error:.4f}", f"{end.upper:.4f}")
        for name, end in zip(_ENDS, found.ends, strict=True)
    ]
    about = f", {short(EntityId(found.category))} only" if found.category else ""
    title = f"Probability that suppliers stop {name_of(request.session, found.buyer)}{when}{about}"
    print_table(title, CHANCES.headings, rows, empty="")


def _print_shares(request: ResolvedRequest[DisruptionOptions], shares: Sequence[FirmShare]) -> None:
    tiers = request.suppliers
    rows = [
        (
            name_of(request.session, share.firm),
            tiers[share.firm],
            *(f"{added:.4f}" for added in share.added),
            f"{share.own[0]:.3f} – {share.own[2]:.3f}",
        )
        for share in shares
    ]
    title = "What each firm adds to the probability"
    print_table(title, FIRM_DISRUPTIONS.headings, rows, empty="No supplier is known for this buyer.")
