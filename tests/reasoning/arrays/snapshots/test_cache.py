import os
import shutil
from pathlib import Path

import pytest

from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.files import COLUMNS, HEADER, digest
from reasoning.arrays.snapshots import cache as keeping
from reasoning.arrays.snapshots.cache import KEPT, Keeper
from tests.fakes import FakeStore
from tests.reasoning.arrays.histories import Step, Telling
from tests.reasoning.arrays.worlds import DAYS, Saying, recorded_risks
from tests.reasoning.stores import new_store


@pytest.fixture
def telling() -> Telling:
    found = Telling(FakeStore(VOCABULARY))
    said = [Saying("org:c", "SUPPLIES", "org:a"), Saying("org:d", "SUPPLIES", "org:c"), *recorded_risks()]
    found.tell(Step(said=tuple(enumerate(said))))
    return found


def grow(telling: Telling, number: int) -> None:
    telling.tell(Step(said=((30 + number, Saying(f"org:new{number}", "SUPPLIES", "org:a")),)))


def folders(kept: Path) -> list[Path]:
    return sorted(one for store in kept.iterdir() for one in store.iterdir())


def test_it_is_built_once_then_opened(tmp_path: Path, telling: Telling):
    first, again = (Keeper(tmp_path).arrays(telling.store, telling.at) for _ in range(2))
    assert (first.how, again.how) == ("built", "opened")
    assert first.folder == again.folder == folders(tmp_path)[0]
    assert digest(first.arrays) == digest(again.arrays)
    assert first.arrays.stamp == again.arrays.stamp


def test_a_later_revision_is_patched_from_the_one_before(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    keeper.arrays(telling.store, telling.at)
    grow(telling, 1)
    found = keeper.arrays(telling.store, telling.at)
    assert found.how == "patched"
    assert digest(found.arrays) == digest(build(telling.store, telling.at))
    assert keeper.arrays(telling.store, telling.at).how == "opened"


def test_a_later_day_is_patched_and_an_earlier_one_built(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    keeper.arrays(telling.store, At(DAYS[2]))
    assert keeper.arrays(telling.store, At(DAYS[3])).how == "patched"
    assert keeper.arrays(telling.store, At(DAYS[1])).how == "built"


def test_a_past_record_instant_has_a_snapshot_of_its_own(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    past = At(telling.at.as_of, telling.store.status().recorded_at)
    keeper.arrays(telling.store, past)
    grow(telling, 1)
    assert keeper.arrays(telling.store, telling.at).how == "built"
    found = keeper.arrays(telling.store, past)
    assert digest(found.arrays) == digest(build(telling.store, past))


@pytest.mark.parametrize("file", [HEADER, COLUMNS])
def test_what_is_damaged_is_built_again(tmp_path: Path, telling: Telling, file: str):
    keeper = Keeper(tmp_path)
    first = keeper.arrays(telling.store, telling.at)
    assert first.folder is not None
    whole = bytearray((first.folder / file).read_bytes())
    whole[len(whole) // 2] ^= 1
    (first.folder / file).write_bytes(whole)
    found = keeper.arrays(telling.store, telling.at)
    assert found.how == "built"
    assert digest(found.arrays) == digest(build(telling.store, telling.at))
    assert keeper.arrays(telling.store, telling.at).how == "opened"


def test_nothing_is_patched_from_what_is_damaged(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    first = keeper.arrays(telling.store, telling.at)
    assert first.folder is not None
    (first.folder / COLUMNS).write_bytes(b"")
    grow(telling, 1)
    assert keeper.arrays(telling.store, telling.at).how == "built"


def test_a_snapshot_in_anothers_place_is_not_used(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    first = keeper.arrays(telling.store, telling.at)
    grow(telling, 1)
    second = keeper.arrays(telling.store, telling.at)
    assert first.folder is not None
    assert second.folder is not None
    shutil.rmtree(second.folder)
    shutil.copytree(first.folder, second.folder)
    found = keeper.arrays(telling.store, telling.at)
    assert digest(found.arrays) == digest(build(telling.store, telling.at))


def test_another_program_makes_its_own(tmp_path: Path, telling: Telling, monkeypatch: pytest.MonkeyPatch):
    Keeper(tmp_path).arrays(telling.store, telling.at)
    monkeypatch.setattr(keeping, "MADE_BY", "another")
    assert Keeper(tmp_path).arrays(telling.store, telling.at).how == "built"


def test_on_demand_it_is_built_anew(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    keeper.arrays(telling.store, telling.at)
    assert keeper.arrays(telling.store, telling.at, anew=True).how == "built"
    assert keeper.arrays(telling.store, telling.at).how == "opened"


def test_without_a_folder_it_is_built_in_memory(telling: Telling):
    found = Keeper(None).arrays(telling.store, telling.at)
    assert (found.how, found.folder) == ("built", None)


def test_where_nothing_can_be_written_it_stays_in_memory(tmp_path: Path, telling: Telling):
    (tmp_path / "file").write_text("in the way")
    found = Keeper(tmp_path / "file" / "cache").arrays(telling.store, telling.at)
    assert (found.how, found.folder) == ("built", None)
    assert digest(found.arrays) == digest(build(telling.store, telling.at))


def test_a_folder_that_may_only_be_read_is_opened(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    first = keeper.arrays(telling.store, telling.at)
    assert first.folder is not None
    for one in (first.folder, first.folder.parent):
        one.chmod(0o500)
    try:
        assert keeper.arrays(telling.store, telling.at).how == "opened"
    finally:
        for one in (first.folder.parent, first.folder):
            one.chmod(0o700)


def test_the_oldest_are_let_go(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    made = []
    for number in range(KEPT + 3):
        grow(telling, number)
        found = keeper.arrays(telling.store, telling.at)
        assert found.folder is not None
        os.utime(found.folder, (number, number))
        made.append(found.folder)
    left = folders(tmp_path)
    assert len(left) <= KEPT + 1
    assert made[-1] in left
    assert made[0] not in left


def test_what_is_mapped_stays_readable_when_its_folder_is_let_go(tmp_path: Path, telling: Telling):
    keeper = Keeper(tmp_path)
    keeper.arrays(telling.store, telling.at)
    held = keeper.arrays(telling.store, telling.at)
    before = digest(held.arrays)
    shutil.rmtree(tmp_path)
    assert digest(held.arrays) == before


def test_two_stores_do_not_share(tmp_path: Path, telling: Telling):
    store = new_store(tmp_path)
    keeper = Keeper(tmp_path / "cache")
    keeper.arrays(telling.store, telling.at)
    assert keeper.arrays(store, telling.at).arrays.firms == 0
    assert keeper.arrays(telling.store, telling.at).arrays.firms == 3
    store.close()
