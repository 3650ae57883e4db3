import json
import multiprocessing
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import StoreCorruptError
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns import files
from reasoning.arrays.columns.arrays import LAYOUT, Arrays
from reasoning.arrays.columns.files import COLUMNS, HEADER, check, digest, open_arrays, save
from tests.reasoning.arrays.worlds import DAYS, stored, told, worlds
from tests.reasoning.world import AT, World


def made(links: int = 20) -> Arrays:
    world = World()
    for number in range(links):
        world.say(f"org:{number}", "SUPPLIES", f"org:{number // 2 + links}", valid=(None, DAYS[3 + number % 2]))
    world.risk("one", "org:3", "continuity", 0.5)
    return build(stored(world), AT)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_what_is_opened_is_what_was_saved(tmp_path_factory: pytest.TempPathFactory, world: World):
    folder = tmp_path_factory.mktemp("arrays") / "one"
    arrays = build(stored(world), AT)
    save(arrays, folder)
    again = open_arrays(folder)
    assert again.stamp == arrays.stamp
    assert told(again) == told(arrays)
    assert digest(again) == digest(arrays)
    for name, column in arrays.columns.items():
        assert again.columns[name].dtype == np.dtype(LAYOUT[name])
        assert np.array_equal(again.columns[name], column, equal_nan=column.dtype.kind == "f")
    check(folder)


@pytest.mark.parametrize("block", [1, 7, 64, 1000, 1 << 20])
def test_blocks_of_any_size_are_checked_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int):
    monkeypatch.setattr(files, "_BLOCK", block)
    save(made(), tmp_path / "one")
    head = json.loads((tmp_path / "one" / HEADER).read_text().partition("\n")[2])
    assert len(head["crc32"]) == -(-head["bytes"] // block)
    assert told(open_arrays(tmp_path / "one")) == told(made())


@pytest.mark.parametrize("file", [HEADER, COLUMNS])
def test_every_flipped_byte_is_seen(tmp_path: Path, file: str):
    """Every byte of the header; of the columns, every one too: they are few enough here."""
    save(made(6), tmp_path / "one")
    whole = (tmp_path / "one" / file).read_bytes()
    chance = random.Random(1)
    for place in range(len(whole)):
        broken = bytearray(whole)
        broken[place] ^= chance.randrange(1, 256)
        (tmp_path / "one" / file).write_bytes(broken)
        with pytest.raises(StoreCorruptError):
            open_arrays(tmp_path / "one")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_flips_at_random_places_of_more_than_one_block_are_seen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    folder = _large(tmp_path_factory)
    whole = bytearray((folder / COLUMNS).read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    broken = folder.parent / "broken"
    broken.mkdir(exist_ok=True)
    (broken / HEADER).write_bytes((folder / HEADER).read_bytes())
    (broken / COLUMNS).write_bytes(whole)
    with pytest.raises(StoreCorruptError, match="not what they were"):
        open_arrays(broken)


_HELD: list[Path] = []


def _large(factory: pytest.TempPathFactory) -> Path:
    if not _HELD:
        _HELD.append(factory.mktemp("large") / "one")
        arrays = made()
        columns = dict(arrays.columns) | {"share": np.random.default_rng(0).random(400_000)}
        save(Arrays(arrays.stamp, columns), _HELD[0])
    return _HELD[0]


@pytest.mark.parametrize("keep", [0, 1, 100, -1])
@pytest.mark.parametrize("file", [HEADER, COLUMNS])
def test_a_file_that_was_cut_off_is_seen(tmp_path: Path, file: str, keep: int):
    save(made(), tmp_path / "one")
    whole = (tmp_path / "one" / file).read_bytes()
    (tmp_path / "one" / file).write_bytes(whole[:keep])
    with pytest.raises(StoreCorruptError):
        open_arrays(tmp_path / "one")


@pytest.mark.parametrize("file", [HEADER, COLUMNS])
def test_a_file_that_grew_or_is_gone_is_seen(tmp_path: Path, file: str):
    save(made(), tmp_path / "one")
    with (tmp_path / "one" / file).open("ab") as more:
        more.write(b"\0")
    with pytest.raises(StoreCorruptError):
        open_arrays(tmp_path / "one")
    (tmp_path / "one" / file).unlink()
    with pytest.raises(StoreCorruptError, match="cannot be used"):
        open_arrays(tmp_path / "one")


def test_columns_of_another_snapshot_are_seen(tmp_path: Path):
    save(made(20), tmp_path / "one")
    save(build(stored(World()), AT), tmp_path / "two")
    (tmp_path / "one" / COLUMNS).write_bytes((tmp_path / "two" / COLUMNS).read_bytes())
    with pytest.raises(StoreCorruptError):
        open_arrays(tmp_path / "one")


def test_another_format_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "FORMAT", 999)
    save(made(), tmp_path / "one")
    monkeypatch.undo()
    with pytest.raises(StoreCorruptError, match="format 999"):
        open_arrays(tmp_path / "one")


def test_the_check_tells_what_was_changed_with_its_sums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Opening trusts sums that somebody made to fit; SHA-256 does not."""
    save(made(), tmp_path / "one")
    check(tmp_path / "one")
    other = made()
    monkeypatch.setattr(files, "_sha256", lambda column: "0" * 64)
    save(other, tmp_path / "two")
    monkeypatch.undo()
    open_arrays(tmp_path / "two")
    with pytest.raises(StoreCorruptError, match="the column customer"):
        check(tmp_path / "two")


def test_nothing_but_the_folder_is_left(tmp_path: Path):
    save(made(), tmp_path / "deep" / "one")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["one"]
    assert sorted(path.name for path in (tmp_path / "deep" / "one").iterdir()) == [COLUMNS, HEADER]


def test_a_folder_that_is_there_is_kept(tmp_path: Path):
    save(made(4), tmp_path / "one")
    before = (tmp_path / "one" / COLUMNS).read_bytes()
    save(made(20), tmp_path / "one")
    assert (tmp_path / "one" / COLUMNS).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match=r"exists|directory"):
        save(made(), tmp_path / "file" / "one")


def test_processes_that_save_at_once_leave_one_whole_folder(tmp_path: Path):
    processes = multiprocessing.get_context("spawn")
    workers = [processes.Process(target=_save, args=(tmp_path / "one",)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert told(open_arrays(tmp_path / "one")) == told(made())


def _save(folder: Path) -> None:
    save(made(), folder)
    open_arrays(folder)
