"""Backups and dumps."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import backup
from graph.backup import dump, load_dump
from graph.content_hash import content_hash
from graph.lines import from_lines, to_line
from graph.port import GraphStore
from ontology.errors import InputError, SourceFileError, StoreError, StoreFullError
from ontology.records import Batch
from tests.fakes import FakeStore
from tests.graph.batches import batches
from tests.graph.conftest import MakeStore
from tests.graph.contract.test_hash import fill_with_history, require_equal
from tests.graph.contract.test_model import outcome
from tests.graph.samples import VOCABULARY


@pytest.fixture
def store(make_file: MakeStore) -> GraphStore:
    store = make_file()
    fill_with_history(store)
    return store


def test_a_dump_fills_a_store_of_another_kind(make_file: MakeStore, tmp_path: Path) -> None:
    fake = FakeStore(VOCABULARY)
    fill_with_history(fake)
    dump(fake, tmp_path / "backup.jsonl")
    target = make_file()
    load_dump(target, tmp_path / "backup.jsonl")
    require_equal(fake, target)


def test_a_dump_is_text_of_one_row_a_line(store: GraphStore, tmp_path: Path) -> None:
    dump(store, tmp_path / "dump.jsonl")
    lines = (tmp_path / "dump.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == len(list(store.rows(history=True)))
    assert "中".encode() in b"".join(lines)
    dump(store, tmp_path / "open.jsonl", history=False)
    assert list(from_lines((tmp_path / "open.jsonl").read_bytes().splitlines())) == list(store.rows())


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(given_batches=st.lists(batches(), min_size=1, max_size=6))
def test_every_row_comes_back_from_its_line(given_batches: list[Batch]) -> None:
    fake = FakeStore(VOCABULARY)
    for each in given_batches:
        outcome(fake, each)
    rows = list(fake.rows(history=True))
    assert list(from_lines(map(to_line, rows))) == rows


def test_what_is_there_is_not_overwritten(store: GraphStore, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.write_text("precious")
    with pytest.raises(InputError) as raised:
        dump(store, target)
    assert raised.value.fix
    assert target.read_text() == "precious"


def test_a_folder_that_is_not_there(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises((InputError, StoreError)) as raised:
        dump(store, tmp_path / "none" / "backup")
    assert raised.value.fix


@pytest.mark.parametrize(("number", "expected"), [(errno.ENOSPC, StoreFullError), (errno.EROFS, InputError)])
def test_a_dump_that_cannot_be_written_leaves_nothing(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[Exception]
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(f"{backup.__name__}.os.fsync", refuse)
    with pytest.raises(expected):
        dump(store, tmp_path / "dump.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"supplier,customer\n",
        b"[]\n",
        b'{"row":"entity"}\n',
        b'{"row":"planet","id":"x"}\n',
        b'{"row":"entity","id":"org:a","kind":"Organization","more":1}\n',
        b'{"row":"vector","model":"m","entity":"org:a","values":"?"}\n',
        b'{"row":"entity","id":"org:a",',
        b"\xff\xfe",
    ],
    ids=range(8),
)
def test_a_file_that_is_no_dump_is_refused_by_line(make_file: MakeStore, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes(b'{"row":"entity","id":"org:z","kind":"Organization"}\n' + content)
    target = make_file()
    with pytest.raises(SourceFileError) as raised:
        load_dump(target, path)
    assert raised.value.details["line"] == 2
    assert raised.value.fix
    assert target.status().counts["entities"] == 0


def test_a_dump_that_is_not_there(make_file: MakeStore, tmp_path: Path) -> None:
    with pytest.raises(SourceFileError):
        load_dump(make_file(), tmp_path / "none.jsonl")


def test_a_truncated_dump_restores_nothing(store: GraphStore, make_file: MakeStore, tmp_path: Path) -> None:
    dump(store, tmp_path / "dump.jsonl")
    content = (tmp_path / "dump.jsonl").read_bytes()
    (tmp_path / "cut.jsonl").write_bytes(content[: len(content) // 2])
    target = make_file()
    with pytest.raises(SourceFileError):
        load_dump(target, tmp_path / "cut.jsonl")
    assert list(target.rows(history=True)) == []
    load_dump(target, tmp_path / "dump.jsonl")
    assert content_hash(target, history=True) == content_hash(store, history=True)
