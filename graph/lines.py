"""Rows as JSON lines, the format of a dump of any store."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from graph.port import LedgerRow, Row
from ontology.errors import SourceFileError
from ontology.records import (
    Change,
    Claim,
    Document,
    Entity,
    Evidence,
    Judgement,
    LedgerKey,
    StoredClaim,
    StoredJudgement,
    Vector,
)

_Fields = dict[str, Any]

_SORTS: Mapping[type, str] = {
    Entity: "entity",
    Document: "document",
    Evidence: "evidence",
    StoredClaim: "claim",
    StoredJudgement: "judgement",
    LedgerRow: "ledger",
    Change: "change",
    Vector: "vector",
}

_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def to_line(row: Row) -> bytes:
    r"""One row as UTF-8 JSON with a final newline; the key `row` names its type."""
    fields: _Fields = {"row": _SORTS[type(row)]}
    if isinstance(row, Vector):
        fields |= {"model": row.model, "entity": row.entity, "values": base64.b64encode(row.values).decode()}
    else:
        fields |= asdict(row)
    return _write(fields).encode() + b"\n"


def from_lines(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a dump.

    Args:
        lines: The lines of the file.

    Raises:
        SourceFileError: A line is not a row; raised when the line is reached.
    """
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            yield _READ[fields.pop("row")](fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"line {number} of the dump is not a row: {error}"
            raise SourceFileError(message, fix="use a file that `tierscope store backup` wrote", line=number) from error


def _claim(fields: _Fields) -> StoredClaim:
    claim = fields.pop("claim")
    evidence = tuple(claim.pop("evidence"))
    return StoredClaim(claim=Claim(**claim, evidence=evidence), **fields)


def _judgement(fields: _Fields) -> StoredJudgement:
    return StoredJudgement(judgement=Judgement(**fields.pop("judgement")), **fields)


def _ledger(fields: _Fields) -> LedgerRow:
    return LedgerRow(key=LedgerKey(**fields.pop("key")), **fields)


def _vector(fields: _Fields) -> Vector:
    return Vector(values=base64.b64decode(fields.pop("values"), validate=True), **fields)


_READ: Mapping[str, Callable[[_Fields], Row]] = {
    "entity": lambda fields: Entity(**fields),
    "document": lambda fields: Document(**fields),
    "evidence": lambda fields: Evidence(**fields),
    "claim": _claim,
    "judgement": _judgement,
    "ledger": _ledger,
    "change": lambda fields: Change(**fields),
    "vector": _vector,
}
