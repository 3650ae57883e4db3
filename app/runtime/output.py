"""What commands print: answers to stdout (tables for people, JSON for programs), all else to stderr."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ontology.errors import TierscopeError


def console() -> Console:
    """For people, on stdout."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def notes() -> Console:
    """For progress, notes and errors, on stderr."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def plain(value: object) -> Any:  # noqa: ANN401  # JSON has no smaller type
    """`value` as what `json` writes.

    Dataclasses become objects whose keys are the names of their fields in camel case, as in GraphQL. Keys of mappings
    stay, since they may be data. Tuples and sets become lists.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {_camel(field.name): plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _camel(name: str) -> str:
    """`valid_from` is `validFrom`."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def print_json(document: object) -> None:
    """One JSON document and nothing else."""
    sys.stdout.write(json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n")


def print_json_line(document: object) -> None:
    """One JSON document on one line, at once: for what goes on."""
    sys.stdout.write(json.dumps(plain(document), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_line(text: str) -> None:
    """Print one line of plain text."""
    console().print(text, markup=False)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """A table, or the sentence that says why there is none. Cells are plain text: no markup of a source is obeyed."""
    cells = [[Text(str(cell)) for cell in row] for row in rows]
    if not cells:
        console().print(Text(empty))
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*row)
    console().print(table)


def print_error(error: TierscopeError, *, as_json: bool = False) -> None:
    """`CODE: message`, the culprit's details and the fix, to stderr; as JSON too where a program reads."""
    if as_json:
        body = {"code": error.code, "message": str(error), "fix": error.fix, "details": error.details}
        sys.stderr.write(json.dumps({"error": plain(body)}, ensure_ascii=False) + "\n")
        return
    details = "".join(f"\n  {name}: {value}" for name, value in error.details.items() if value not in (None, ""))
    fix = f"\nFix: {error.fix}" if error.fix else ""
    notes().print(Text(f"{error.code}: {error}{details}{fix}"))
