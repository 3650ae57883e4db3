"""Refusals: what the ledger keeps of a refused draft, and what is read of it again."""

import json
from datetime import date
from typing import Any

import pytest

from ingest.claims.refusals import fault_text, read_refusal
from ingest.mapping.drafts import Draft
from ingest.readers.row import QUOTE_LIMIT, RawRow, quote_of
from ontology.errors import InvalidRecordError

FAULT = InvalidRecordError("'many' is not a number", fix="write digits", rule="number", path="records.r.make.0")


def kept(raw: bytes = b"1,2", cells: dict[str, Any] | None = None, encoding: str = "utf-8") -> dict[str, Any]:
    draft = Draft("b:1", "digest", quote_of("rows", "a.csv", RawRow(7, {}, raw)), cells=cells)
    body: dict[str, Any] = json.loads(fault_text(draft, FAULT, document="src:1", encoding=encoding))
    return body


def test_a_refusal_reads_as_it_was_written() -> None:
    draft = Draft("b:1", "digest", quote_of("rows", "a.csv", RawRow(7, {}, b"1,2")))
    found = read_refusal("tiny", "b:1", fault_text(draft, FAULT, document="src:1", encoding="utf-8"))
    assert (found.source, found.record, found.file, found.rows, found.raw) == ("tiny", "b:1", "a.csv", "7", "1,2")
    assert (found.rule, found.path) == ("number", "records.r.make.0")
    assert (found.message, found.fix) == ("'many' is not a number", "write digits")


def test_cells_are_kept_as_they_are_and_others_as_text() -> None:
    cells = {"a": None, "b": "x", "c": 1.5, "d": True, "e": ["y"], "f": {"z": 1}, "g": date(2026, 3, 1)}
    assert kept(cells=cells)["cells"] == cells | {"g": "2026-03-01"}


@pytest.mark.parametrize(
    ("raw", "cells"),
    [
        (b"1,2", None),
        (b"x" * (QUOTE_LIMIT + 1), {"a": 1}),
        ("é".encode("cp1252"), {"a": 1}),
        (b"1", {"a": "x" * 16384}),
    ],
)
def test_cells_are_kept_only_where_the_row_can_be_tried_again(raw: bytes, cells: dict[str, Any] | None) -> None:
    assert "cells" not in kept(raw, cells)


def test_cells_are_kept_up_to_their_limit() -> None:
    frame = len('{"a":""}')
    assert "cells" in kept(cells={"a": "x" * (16384 - frame)})
    assert "cells" not in kept(cells={"a": "x" * (16384 - frame + 1)})


def test_the_raw_row_is_read_in_the_encoding_of_its_file() -> None:
    assert kept("é".encode("cp1252"), encoding="cp1252")["raw"] == "é"
    assert kept("é".encode("cp1252"))["raw"] == "\ufffd"


def test_a_fault_without_rule_and_path_is_one_of_the_mapping() -> None:
    draft = Draft("b:1", "digest", quote_of("rows", "a.csv", RawRow(7, {}, b"")))
    body = json.loads(fault_text(draft, InvalidRecordError("no", fix="yes"), document="src:1", encoding="utf-8"))
    assert (body["rule"], body["path"], body["document"]) == ("mapping", "", "src:1")


def test_a_row_of_an_archive_is_named_by_its_member() -> None:
    draft = Draft("b:1", "digest", quote_of("rows", "a.tar", RawRow(7, {}, b"", {"member": "m.txt"})))
    assert read_refusal("s", "b:1", fault_text(draft, FAULT, document="src:1", encoding="utf-8")).rows == "m.txt"
