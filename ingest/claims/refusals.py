"""Refusals: what the ledger keeps of a refused draft, as canonical JSON with row, rule and fix, and how it reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.mapping.drafts import Draft
from ingest.readers.row import Cell
from ontology.canonical import canonical
from ontology.errors import InvalidRecordError

_CELLS_LIMIT = 16384  # bytes of cells that are kept, so that a row can be tried again


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row, or group of rows, in quarantine.

    Attributes:
        source: Name of the source. record: its key there.
        file: Path of the file. rows: numbers of its rows, such as `12` or `12-15,19`.
        rule: The rule that it breaks. path: the place in the mapping, or the field.
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
    """The text that the ledger keeps of a refused draft.

    Args:
        draft: The draft.
        fault: Why it is refused.
        document: Id of the document that its rows are in.
        encoding: Encoding of the raw rows.
    """
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
    if draft.cells is not None and quote.text:
        cells = canonical({name: _plain(value) for name, value in draft.cells.items()})
        if len(cells) <= _CELLS_LIMIT:
            body["cells"] = json.loads(cells)
    return canonical(body).decode()


def _plain(value: Cell) -> Cell:
    return value if value is None or isinstance(value, str | int | float | bool | list | Mapping) else str(value)


def read_refusal(source: str, record: str, fault: str) -> Refusal:
    """Read the fault of a ledger row."""
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
