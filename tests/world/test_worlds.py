"""The sample world and worlds made of it: what is found is what was planted, no more and no less."""

from pathlib import Path

import pytest

from tests.world.loading import found, load, planted, truth
from tests.world.shuffle import SAMPLE, shuffled


def test_the_sample_world_holds_what_was_planted_and_nothing_else(tmp_path: Path):
    assert truth(found(*load(SAMPLE, tmp_path / "world.db"))) == planted(SAMPLE)


@pytest.mark.parametrize("seed", range(12))
def test_another_world_holds_what_was_moved_there(seed: int, tmp_path: Path):
    folder = tmp_path / "world"
    folder.mkdir()
    shuffled(seed, folder)
    moved = planted(folder)
    assert truth(found(*load(folder, tmp_path / "world.db"))) == moved
    assert not {subject for _, subject, _ in moved} & {subject for _, subject, _ in planted(SAMPLE)}
