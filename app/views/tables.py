"""Answers as tables for people: one each, the same in every command that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.runtime.output import print_table
from ontology.records import EntityId

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.clauses.recommendation import Recommendation
    from reasoning.exposure.exposure import Exposure
    from reasoning.findings.conflicts import Conflict
    from reasoning.findings.finding import Finding


def print_exposures(question: ReadSession, exposures: Iterable[Exposure], title: str = "Exposure by supplier") -> None:
    """The exposure table, the dearest supplier first."""
    rows = [
        (
            name_of(question, item.supplier),
            item.tier,
            f"{item.score:.4f}",
            f"{item.low:.4f} – {item.high:.4f}",
            f"{item.coverage:.0%}",
            "\n".join(" → ".join(name_of(question, entity) for entity in path.entities) for path in item.paths),
        )
        for item in exposures
    ]
    columns = ["supplier", "tier", "score", "interval", "known", "greatest paths"]
    print_table(title, columns, rows, empty="No supplier is known for this buyer.")


def print_findings(found: Iterable[Finding]) -> None:
    """The findings table."""
    rows = [(item.kind.replace("_", " "), item.text, item.rule) for item in found]
    print_table("Findings", ["kind", "what", "rule"], rows, empty="The detectors found nothing.")


def print_recommendations(question: ReadSession, held: Iterable[Recommendation]) -> None:
    """The recommendation table."""
    rows = [
        (
            name_of(question, item.supplier),
            name_of(question, item.clause_type),
            item.rule,
            f"abstained: {item.abstained}" if item.abstained else _shortened(item.text),
            f"{len(item.facts)} facts, {len(item.evidence)} evidence",
        )
        for item in held
    ]
    columns = ["supplier", "ask for", "because of rule", "text", "proof"]
    print_table("Clause recommendations", columns, rows, empty="No risk calls for a clause.")


def name_of(question: ReadSession, entity: str) -> str:
    """The preferred name of an entity, or its id where it has none."""
    facts = question.reasoning.snapshot(question.at).facts
    return facts.name(EntityId(entity)) or entity


def _shortened(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def print_conflicts(question: ReadSession, held: Iterable[Conflict]) -> None:
    """The conflicts table: the preferred side first."""
    rows = [
        (
            name_of(question, conflict.subject),
            conflict.predicate,
            "\n".join(f"{side.shown}  ({', '.join(side.sources)})" for side in conflict.sides),
            conflict.why,
        )
        for conflict in held
    ]
    columns = ["about", "what", "sides, the preferred first", "why"]
    print_table("Where sources disagree", columns, rows, empty="No two sources contradict each other.")


def print_document(document: Mapping[str, object]) -> None:
    """One thing: its plain fields first, then a table for each list of claims or evidence."""
    lists = {key: value for key, value in document.items() if isinstance(value, list) and value}
    rows = [(key.replace("_", " "), value) for key, value in document.items() if not isinstance(value, list)]
    print_table(str(document["id"]), ["what", "is"], rows, empty="")
    for key, items in lists.items():
        if isinstance(items[0], dict):
            _print_items(key.replace("_", " "), items)


_SHOWN = ("id", "subject", "predicate", "object", "value", "source", "valid_from", "valid_to", "locator", "quote")


def _print_items(title: str, items: list[dict[str, object]]) -> None:
    columns = [key for key in _SHOWN if any(item.get(key) not in (None, "") for item in items)]
    rows = [[_shortened(str(item.get(key) if item.get(key) is not None else "")) for key in columns] for item in items]
    print_table(title.capitalize(), columns, rows, empty="")
