"""Alerts that were told before: kept between runs, for each store and buyer, and never half written."""

import os

import pytest

from app.commands.over_time.alert_files import AlertFile
from ontology.errors import SourceFileError, StoreReadOnlyError
from reasoning.analysis.alert_history import ReportedAlerts

TOLD = ReportedAlerts(
    ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), {"k": (("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),)}
)


@pytest.fixture
def memory(tmp_path):
    return AlertFile(tmp_path / "alerts", "sqlite:////tmp/a.db", "org:buyer")


def test_what_was_told_comes_back(memory):
    assert memory.read() == ReportedAlerts()
    memory.write(TOLD)
    assert memory.read() == TOLD
    memory.write(ReportedAlerts())
    assert memory.read() == ReportedAlerts()
    assert [file.suffix for file in memory.folder.iterdir()] == [".json"]


def test_each_store_and_buyer_has_its_own(memory):
    memory.write(TOLD)
    assert AlertFile(memory.folder, memory.store, "org:other").read() == ReportedAlerts()
    assert AlertFile(memory.folder, "bolt://elsewhere", memory.buyer).read() == ReportedAlerts()


def test_a_file_is_one_store_by_whatever_path(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    near, far = AlertFile.of("sqlite:///a.db", "org:b"), AlertFile.of(f"sqlite:///{tmp_path}/x/../a.db", "org:b")
    assert near == far
    assert near.folder == tmp_path / "tierscope" / "alerts"
    assert AlertFile.of("bolt://host:7687", "org:b").store == "bolt://host:7687"


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"asked": 1, "held": {}}', '{"asked": [], "held": {"k": [1]}}', "\xff"]
)
def test_a_broken_file_is_told_with_a_fix(memory, text):
    memory.folder.mkdir()
    memory.path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SourceFileError) as raised:
        memory.read()
    assert "delete" in raised.value.fix


def test_what_cannot_be_written_leaves_what_was_there(memory, monkeypatch):
    memory.write(TOLD)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(StoreReadOnlyError):
        memory.write(ReportedAlerts())
    assert memory.read() == TOLD
