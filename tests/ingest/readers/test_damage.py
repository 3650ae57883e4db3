"""Whatever happens to the bytes of a file, reading it ends in rows or in an error that a person can act on."""

import gzip
import io
import lzma
import tarfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ingest.readers.row import RawRow
from ontology.errors import InputError
from tests.ingest.source_loading import EXTRACTS


def workbook() -> bytes:
    book, content = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for line in (["a", "b"], ["x", 1], ["y", 2.5], ["z", None]):
        page.append(line)
    book.save(content)
    return content.getvalue()


def archive(pack: Callable[[bytes], bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for name in ("a.txt", "b.txt"):
            member = tarfile.TarInfo(name)
            member.size = 300
            tar.addfile(member, io.BytesIO(name[:1].encode() * 300))
    return pack(content.getvalue())


FILES = {
    "xlsx": [workbook()],
    "xls": [(EXTRACTS / "dol" / "EO13126List_2014.xls").read_bytes()],
    "tartext": [archive(bytes), archive(lzma.compress), archive(gzip.compress)],
    "jsonl": [b'{"a": 1}\n{"a": "b"}\n' * 9, gzip.compress(b'{"a": 1}\n' * 50, mtime=0)],
    "markdown": [b"# T\n\n1. **A**. b\n    1. <span>c</span>\n"],
}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file that was cut short, or in which bytes were changed."""
    if draw(st.booleans()):
        return whole[: draw(st.integers(0, len(whole) - 1))]
    content = bytearray(whole)
    for place, value in draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1)):
        content[place] = value
    return bytes(content)


@pytest.mark.parametrize("form", FILES)
@settings(max_examples=60)
@given(data=st.data())
def test_damage_ends_in_rows_or_in_a_typed_error(tmp_path_factory, form, data) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged.{form}"
    path.write_bytes(data.draw(damaged(data.draw(st.sampled_from(FILES[form])))))
    end = end_of(form, path)
    assert not isinstance(end, InputError) or (end.fix and end.code in {"BAD_FILE", "BAD_MAPPING"})


def end_of(form: str, path: Path) -> list[RawRow] | InputError:
    """What reading a file ends in; any other error passes through and fails the test."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl and xlrd think of a damaged file
            return list(import_module(f"ingest.readers.{form}").read(path, {}))
    except InputError as error:
        return error


@pytest.mark.parametrize("form", FILES)
def test_the_whole_files_are_read(tmp_path, form) -> None:
    for content in FILES[form]:
        path = tmp_path / f"whole.{form}"
        path.write_bytes(content)
        assert list(import_module(f"ingest.readers.{form}").read(path, {}))
