"""Answers as tables for people: one function a table, the same in every command that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.runtime.output import print_table
from app.views.columns import CLAIMS, CONFLICTS, EVIDENCE, EXPOSURES, FINDINGS, JUDGEMENTS, RECOMMENDATIONS
from ontology.records import EntityId

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from graph.port import Cited
    from ontology.records import StoredClaim, StoredJudgement
    from reasoning.clauses.recommendation import Recommendation
    from reasoning.exposure.exposure import Exposure
    from reasoning.findings.conflicts import Conflict
    from reasoning.findings.finding import Finding

_LENGTH = 160  # characters of a long text that a cell shows


def name_of(session: ReadSession, entity: str) -> str:
    """The name of an entity that is believed; its id where no source names it."""
    facts = session.reasoning.snapshot(session.at).facts
    return facts.name(EntityId(entity)) or entity


def chain_of(session: ReadSession, entities: Iterable[str]) -> str:
    """The names of the entities of a path, with arrows between."""
    return " → ".join(name_of(session, entity) for entity in entities)


def print_exposures(
    session: ReadSession, exposures: Iterable[Exposure], title: str = "Exposure by supplier", paths: int | None = None
) -> None:
    """Print exposures, in the order given; of each so many of its heaviest paths, or all of those it has."""
    rows = [
        (
            name_of(session, item.supplier),
            item.tier,
            f"{item.score:.4f}",
            f"{item.low:.4f} – {item.high:.4f}",
            f"{item.coverage:.0%}",
            "\n".join(chain_of(session, path.entities) for path in item.paths[:paths]),
        )
        for item in exposures
    ]
    print_table(title, EXPOSURES.headings, rows, empty="No supplier is known for this buyer.")


def print_findings(found: Iterable[Finding]) -> None:
    """Print findings."""
    rows = [(item.kind.replace("_", " "), item.text, item.rule) for item in found]
    print_table("Findings", FINDINGS.headings, rows, empty="The detectors found nothing.")


def print_recommendations(session: ReadSession, found: Iterable[Recommendation]) -> None:
    """Print recommendations, and why some have no text."""
    rows = [
        (
            name_of(session, item.supplier),
            name_of(session, item.clause_type),
            item.rule,
            f"abstained: {item.abstained}" if item.abstained else _shortened(item.text),
            f"{len(item.facts)} claims, {len(item.evidence)} evidence",
        )
        for item in found
    ]
    print_table("Clause recommendations", RECOMMENDATIONS.headings, rows, empty="No risk calls for a clause.")


def print_conflicts(session: ReadSession, found: Iterable[Conflict]) -> None:
    """Print conflicts; of each the preferred side first."""
    rows = [
        (
            name_of(session, conflict.subject),
            conflict.predicate,
            "\n".join(f"{side.shown}  ({', '.join(side.sources)})" for side in conflict.sides),
            conflict.why,
        )
        for conflict in found
    ]
    title = "Where sources disagree, the preferred side first"
    print_table(title, CONFLICTS.headings, rows, empty="No two sources contradict each other.")


def print_judgements(found: Iterable[StoredJudgement]) -> None:
    """Print judgements that stand."""
    rows = [(j.id, j.left, j.verdict, j.right, j.by, j.why) for j in (stored.judgement for stored in found)]
    print_table("Judgements", JUDGEMENTS.headings, rows, empty="No judgement stands.")


def print_claims(title: str, found: Sequence[StoredClaim]) -> None:
    """Print claims; nothing where there are none."""
    rows = [
        (
            claim.id,
            claim.subject,
            claim.predicate,
            _shortened(str(claim.value if claim.object is None else claim.object)),
            claim.source,
            claim.valid_from or "",
            claim.valid_to or "",
        )
        for claim in (stored.claim for stored in found)
    ]
    if rows:
        print_table(title, CLAIMS.headings, rows, empty="")


def print_evidence(found: Iterable[Cited]) -> None:
    """Print evidence; nothing where there is none."""
    rows = [
        (item.evidence.id, item.document.name, _shortened(item.evidence.locator), _shortened(item.evidence.quote))
        for item in found
    ]
    if rows:
        print_table("Evidence", EVIDENCE.headings, rows, empty="")


def print_fields(title: str, fields: Iterable[tuple[str, object]]) -> None:
    """Print the fields of one thing, by their names in words."""
    print_table(title, ["field", "value"], [(name, "" if value is None else value) for name, value in fields], empty="")


def _shortened(text: str) -> str:
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1].rstrip() + "…"
