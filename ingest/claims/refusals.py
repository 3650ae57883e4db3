"""Refusals as the ledger keeps them: canonical JSON that names row, rule and fix, with the row to try again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.mapping.drafts import Draft, Quote
from ingest.readers.row import Cell
from ontology.canonical import canonical
from ontology.errors import InvalidRecordError

_CELLS_LIMIT = 16384  # bytes of cells that are kept to try a row again


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row, or group of rows, in quarantine.

    Attributes:
        source: Name of the source. record: its key there.
        file: Path of the file. rows: numbers of its rows, such as `12` or `12-15,19`.
        rule: What was broken. path: where in the mapping or which field.
        message: What is wrong. fix: what would mend it.
        raw: The raw row as text, or "" where it is too long to repeat.
    """

    source: str
    record: str
    file: str
    rows: str
    rule: str
    path: str
    message: str
    fix: str
    raw: str


def fault_text(draft: Draft, fault: InvalidRecordError, *, document: str, encoding: str) -> str:
    """What the ledger keeps of a refused draft."""
    quote = draft.quote
    body: dict[str, Cell] = {
        "document": document,
        "fix": fault.fix,
        "locator": quote.locator,
        "message": str(fault),
        "path": str(fault.details.get("path", "")),
        "raw": quote.raw.decode(encoding, "replace"),
        "rule": str(fault.details.get("rule", "mapping")),
    }
    if draft.cells is not None and _is_utf8(quote):
        cells = canonical({name: _plain(value) for name, value in draft.cells.items()})
        if len(cells) <= _CELLS_LIMIT:
            body["cells"] = json.loads(cells)
    return canonical(body).decode()


def _is_utf8(quote: Quote) -> bool:
    try:
        quote.raw.decode()
    except UnicodeDecodeError:
        return False
    return bool(quote.raw)


def _plain(value: Cell) -> Cell:
    return value if value is None or isinstance(value, str | int | float | bool | list | Mapping) else str(value)


def refusal(source: str, record: str, fault: str) -> Refusal:
    """A ledger row's fault, readable."""
    body = json.loads(fault)
    locator = json.loads(body["locator"])
    return Refusal(
        source=source,
        record=record,
        file=locator.get("file", ""),
        rows=str(locator.get("rows", locator.get("member", ""))),
        rule=body["rule"],
        path=body["path"],
        message=body["message"],
        fix=body["fix"],
        raw=body["raw"],
    )
