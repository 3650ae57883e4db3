"""M2 on the command line: how probably suppliers stop the buyer, and what each firm adds; of one firm its risks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import Document, MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.runtime.progress import counting_bar
from app.views.tables import name_of
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.network.citations import claims_along, evidence_of

if TYPE_CHECKING:
    from reasoning.measures.disruption.disruption import Chance, Disruption
    from reasoning.measures.disruption.network import DisruptionTerms
    from reasoning.measures.options import DisruptionOptions

_ENDS = ("low", "middle", "high")


def answer(asked: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    """The answer by what was asked for."""
    if asked.subject is not None:
        return _about(asked, asked.subject if kind_prefix(asked.subject) != "org" else asked.supplier or asked.subject)
    return _by_category(asked) if asked.options.by == "category" else _by_supplier(asked)


def _terms(options: DisruptionOptions) -> DisruptionTerms:
    """What is declared, with the probability that a risk of 1 stops a firm.

    Raises:
        InputError: It is no probability.
    """
    from reasoning.measures.disruption.network import DisruptionTerms

    return DisruptionTerms(stop_probability=options.stop_probability)


def _by_supplier(asked: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    from reasoning.measures.disruption.disruption import verify

    ask, question = asked.options, asked.question
    measures, terms = asked.measures(), _terms(ask)
    found = measures.disruption(asked.buyer, question.at, category=ask.category, terms=terms)
    rows = _rows(found)

    def document() -> Document:
        return asked.head(**summary(found), way=_way(found), all=len(rows), firms=rows[: ask.top], faults=verify(found))

    def tell() -> None:
        _print_summary(asked, found, "")
        _print_rows(asked, rows[: ask.top])

    return MeasureView(document, tell, lambda: network_picture(asked, [row["firm"] for row in rows], "Disruption"))


def _about(asked: ResolvedRequest[DisruptionOptions], subject: EntityId) -> MeasureView:
    """What a firm adds, by which risks; and what becomes of the buyer when the firm, country or product stops."""
    from reasoning.measures.disruption.disruption import verify

    ask, question = asked.options, asked.question
    measures, terms, category = asked.measures(), _terms(ask), ask.category
    found = measures.disruption(asked.buyer, question.at, category=category, terms=terms)
    after = measures.disruption_after(asked.buyer, question.at, subject, category=category, terms=terms)
    shown = [
        {**row, "risks": _risks(found, subject), "way": _way_to(asked, subject)}
        for row in _rows(found)
        if row["firm"] == subject
    ]

    def document() -> Document:
        return asked.head(
            **summary(found),
            way=_way(found),
            all=len(found.own) - 1,
            firms=shown,
            if_it_stops=summary(after),
            faults=(*verify(found), *verify(after)),
        )

    def tell() -> None:
        _print_summary(asked, found, "")
        _print_summary(asked, after, f" when {name_of(question, subject)} stops")
        if shown:
            _print_rows(asked, shown)

    return MeasureView(document, tell, lambda: network_picture(asked, [subject], "Disruption"))


def _by_category(asked: ResolvedRequest[DisruptionOptions]) -> MeasureView:
    from reasoning.measures.disruption.disruption import verify
    from reasoning.risk.weights import CATEGORIES, short

    measures, at, terms = asked.measures(), asked.question.at, _terms(asked.options)
    with counting_bar("drawing worlds", len(CATEGORIES)) as done:
        for category in CATEGORIES:
            measures.disruption(asked.buyer, at, category=category, terms=terms)
            done(1)
    found = measures.disruption_by_category(asked.buyer, at, terms=terms)
    faults = [f"{one.category}: {fault}" for one in found for fault in verify(one)]
    shown = found[: asked.options.top]

    def document() -> Document:
        return asked.head(by="category", all=len(found), categories=[summary(one) for one in shown], faults=faults)

    def tell() -> None:
        cells = [
            (short(EntityId(one.category)), *(f"{end.estimate:.4f}" for end in one.ends), f"{one.coverage:.0%}")
            for one in shown
        ]
        columns = ["category", "at least", "estimate", "at most", "known"]
        print_table("How probably suppliers stop the buyer", columns, cells, empty="")

    return MeasureView(document, tell, lambda: network_picture(asked, [], "Disruption"))


def summary(found: Disruption) -> Document:
    """The probabilities of one question."""
    chances = {name: _chance(end) for name, end in zip(_ENDS, found.ends, strict=True)}
    return {"category": found.category or None, "coverage": found.coverage, "terms": found.terms, **chances}


def _chance(end: Chance) -> Document:
    return {
        "lower": end.lower,
        "estimate": end.estimate,
        "error": end.error,
        "interval": list(end.interval),
        "upper": end.upper,
        "worlds": end.drawn.worlds,
    }


def _way(found: Disruption) -> Document:
    way = found.middle.path
    told = {"entities": list(way.entities), "chances": list(way.chances), "own": way.own, "chance": way.chance}
    return {**told, "claims": list(found.claims), "evidence": list(found.evidence)}


def _way_to(asked: ResolvedRequest[DisruptionOptions], subject: EntityId) -> Document:
    """A shortest way from the buyer up to the firm that is asked about."""
    scoring = asked.question.reasoning.scoring(asked.buyer, asked.question.at)
    links = scoring.shortest_path(subject)
    cited = {"claims": list(claims_along(links)), "evidence": list(evidence_of(links))}
    return {"entities": [asked.buyer, *(link.supplier for link in links)], **cited}


def _rows(found: Disruption) -> list[Document]:
    """What each firm adds, by the middle, then the low end, then the high end."""
    adds = [dict(end.shares) for end in found.ends]
    rows = [
        {
            "firm": one.firm,
            "adds": {name: share.get(one.firm, 0.0) for name, share in zip(_ENDS, adds, strict=True)},
            "own": dict(zip(_ENDS, one.chance(found.terms), strict=True)),
            "unknown": one.unknown,
        }
        for one in found.own[1:]
    ]
    return sorted(rows, key=lambda row: (*(-row["adds"][name] for name in ("middle", "low", "high")), row["firm"]))


def _risks(found: Disruption, firm: EntityId) -> list[Document]:
    (one,) = (one for one in found.own if one.firm == firm)
    return [
        {
            "category": own.category,
            "risk": dict(zip(_ENDS, own.bounds, strict=True)),
            "claims": list(own.claims),
            "evidence": list(own.evidence),
        }
        for own in one.known
    ]


def _print_summary(asked: ResolvedRequest[DisruptionOptions], found: Disruption, when: str) -> None:
    from reasoning.risk.weights import short

    rows = [
        (name, f"{end.lower:.4f}", f"{end.estimate:.4f} ± {2 * end.error:.4f}", f"{end.upper:.4f}")
        for name, end in zip(("only what is known", "estimate", "all that may be"), found.ends, strict=True)
    ]
    about = f", {short(EntityId(found.category))} only" if found.category else ""
    title = f"How probably suppliers stop {name_of(asked.question, found.buyer)}{when}{about}"
    print_table(title, ["reading", "at least (best way)", "drawn ± two standard errors", "at most"], rows, empty="")


def _print_rows(asked: ResolvedRequest[DisruptionOptions], rows: Sequence[Document]) -> None:
    tiers = asked.suppliers
    cells = [
        (
            name_of(asked.question, row["firm"]),
            tiers[row["firm"]],
            *(f"{row['adds'][name]:.4f}" for name in _ENDS),
            " – ".join(f"{row['own'][name]:.3f}" for name in ("low", "high")),
        )
        for row in rows
    ]
    columns = ["firm", "tier", "adds, known only", "adds", "adds at most", "own chance"]
    print_table("What each firm adds to that", columns, cells, empty="No supplier is known for this buyer.")
