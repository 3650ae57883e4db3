"""JSON lines: an object a line, with the line's own bytes."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.jsonl import read
from ontology.errors import MappingError, SourceFileError

LINES = b'{"number":"52.203-3","title":"Gratuities."}\n\n{"number":"52.203-5","title":"C\xc3\xb4te"}\r\n'


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_rows_carry_line_numbers_and_exact_bytes(tmp_path, pack):
    path = tmp_path / "a.jsonl"
    path.write_bytes(pack(LINES))
    rows = list(read(path, {}))
    assert [row.number for row in rows] == [1, 3]
    assert rows[1].cells == {"number": "52.203-5", "title": "Côte"}
    assert rows[1].raw == '{"number":"52.203-5","title":"Côte"}'.encode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"a": 1', "line 2 .* is not JSON"),
        (b'{"a": NaN}', "line 2 .* is not JSON"),
        (b'{"a": "\xf4"}', "line 2 .* is not JSON"),
        (b"[1, 2]", "line 2 .* is not a JSON object"),
        (b"7", "line 2 .* is not a JSON object"),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, words):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 0}\n' + line + b"\n")
    with pytest.raises(SourceFileError, match=words) as caught:
        list(read(path, {}))
    assert caught.value.details["line"] == 2
    assert caught.value.fix


def test_a_missing_key_is_named_with_those_that_are_there(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES)
    with pytest.raises(MappingError, match="no key 'text'; it has number, title"):
        list(read(path, {"columns": ["number", "text"]}))


def test_a_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES * 1000)[:-20])
    with pytest.raises(SourceFileError, match="truncated"):
        list(read(path, {}))


def test_a_line_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "' + b"x" * 500 + b'"}\n')
    with pytest.raises(SourceFileError, match=r"line 1 .* is longer than 100 bytes"):
        list(read(path, {"record_limit": 100}))


def test_an_unknown_option_is_named(tmp_path):
    with pytest.raises(MappingError, match="read: encoding"):
        list(read(tmp_path / "a.jsonl", {"encoding": "utf-8"}))


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=5), st.text() | st.integers(-(2**50), 2**50), max_size=3)))
def test_what_was_written_is_read(tmp_path_factory, objects):
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    assert [row.cells for row in read(path, {})] == objects
