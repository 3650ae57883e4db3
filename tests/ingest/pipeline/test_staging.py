"""The spool gives back what it was given, and only then may anything be written."""

import errno
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.staged_entry import stage, utf8
from ingest.mapping.drafts import Draft, Part, quote_of
from ingest.pipeline.staging import StagingFile
from ingest.readers.row import RawRow
from ontology.errors import SourceFileError, StoreFullError, StoreReadOnlyError

_TEXT = st.text(st.characters(codec="utf-8"), max_size=10)
_JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), _TEXT
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXT, inner, max_size=3)),
    max_leaves=8,
)


def draft(records: list[dict[str, Any]], raw: bytes = b"1,2", **parts: Part) -> Draft:
    quote = quote_of("rows", "a.csv", RawRow(7, {}, raw))
    return Draft("b:1", "digest", quote, records, parts=parts)


@given(st.lists(st.dictionaries(_TEXT, _JSON, max_size=3), max_size=3))
def test_what_goes_in_comes_out(records: list[dict[str, Any]]) -> None:
    entry = stage(draft(records), "b:1", "")
    with StagingFile() as spool:
        spool.put(entry)
        spool.put(entry)
        assert (list(spool), spool.count) == ([entry, entry], 2)


def test_parts_travel_with_their_records() -> None:
    part = Part('{"characters":[0,1]}', "ab", "1")
    entry = stage(draft([{"a": 1}], whole=part), "b:1", "")
    assert entry.parts == {"whole": {"locator": part.locator, "sha256": "ab", "quote": "1"}}


def test_a_refused_draft_leaves_its_records_behind() -> None:
    entry = stage(draft([{"a": 1}]), "b#7", "{}")
    assert (entry.record, entry.records, entry.parts, entry.fault, entry.rows) == ("b#7", [], {}, "{}", "7")


def test_a_quote_is_kept_where_text_keeps_its_bytes() -> None:
    assert utf8("é".encode()) == "é"
    assert utf8("é".encode("cp1252")) == ""


def test_it_lies_where_it_is_told_and_is_gone_at_the_end(tmp_path: Path) -> None:
    with StagingFile(tmp_path) as spool:
        spool.put(stage(draft([]), "b:1", ""))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_typed(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnlyError, match="no temporary file"):
        StagingFile(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, StoreFullError),
        (errno.EDQUOT, StoreFullError),
        (errno.EROFS, StoreReadOnlyError),
        (errno.EIO, SourceFileError),
    ],
)
@pytest.mark.parametrize("step", ["write", "flush", "read"])
def test_a_disk_that_fails_later_is_typed(number: int, error: type[Exception], step: str) -> None:
    class Broken:
        def _fail(self, *_: object) -> None:
            raise OSError(number, "injected")

        def __getattr__(self, name: str) -> Any:
            return self._fail if name == step else lambda *_: None

        def __iter__(self) -> Any:
            self._fail()

    spool = StagingFile()
    spool._file.close()
    spool._file = Broken()  # type: ignore[assignment]
    with pytest.raises(error):
        _use(spool)


def _use(spool: StagingFile) -> None:
    spool.put(stage(draft([]), "b:1", ""))
    list(spool)
