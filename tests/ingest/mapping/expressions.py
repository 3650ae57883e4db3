"""A row, and the compiler of expressions over it, for the tests of the mapping language."""

from typing import Any

from ingest.mapping.expressions import ExpressionCompiler
from ingest.mapping.scope import Environment, Scope

PREFIXES = {"Organization": "org", "Site": "sit"}


ROW = {"A": " a ", "B": "2", "N": "n/a", "E": "", "X": 4.5, "D": "2026-01-01", "D2": "2026-01-31", "let": "l"}


def scope(**given: Any) -> Scope:
    settings: dict[str, Any] = {
        "nulls": frozenset(["", "n/a"]),
        "names": frozenset(["let", "item"]),
        "columns": set(),
        **given,
    }
    return Scope("records.r", **settings)


def compiler(**tables: dict[str, object]) -> ExpressionCompiler:
    return ExpressionCompiler(Environment("src", PREFIXES, tables))


def value(node: object, row: dict[str, object] | None = None) -> object:
    return compiler(t={"a": "alpha"}).value(node, scope())({**ROW, **(row or {})})
