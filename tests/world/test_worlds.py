"""The sample world and worlds made of it: what is found is what was planted, no more and no less."""

import csv
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from tests.world.loading import found, load, planted, truth
from tests.world.shuffle import SAMPLE, shuffled

SECOND_RECORDS = {"f-118": "f-038", "f-119": "f-028", "f-120": "f-023"}
LETTERS = str.maketrans("0123456789abcdef", "qwrtzpsdfghjklxc")
STYLES: dict[str, Callable[[str], str]] = {
    "numbered": lambda firm: f"Firm {int(firm[2:])} Ltd",
    "padded": lambda firm: f"Supplier-{firm[2:]} GmbH",
    "hashed": lambda firm: f"Company {sha256(firm.encode()).hexdigest()[:6]}",
    "lettered": lambda firm: f"{sha256(firm.encode()).hexdigest()[:8].translate(LETTERS).capitalize()} Industries",
}


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


def test_a_seed_makes_the_same_world_again(tmp_path: Path):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        shuffled(7, folder)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two


@pytest.mark.parametrize("style", STYLES)
def test_firms_of_much_the_same_name_are_told_apart(style: str, tmp_path: Path):
    """However dull the names that somebody gives to all firms, only the two second records look like their firms."""
    folder = copytree(SAMPLE, tmp_path / "world")
    for name in ("registry_firms", "erp_suppliers", "survey_firms", "esg_firms", "sanctions_list"):
        _rename(folder / f"{name}.csv", STYLES[style])
    assert truth(found(*load(folder, tmp_path / "world.db"))) == planted(SAMPLE)


def _rename(path: Path, name: Callable[[str], str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] in SECOND_RECORDS:
            row["name"] = name(SECOND_RECORDS[row["id"]]).upper().replace("LTD", "Limited")
        elif row["id"].startswith("f-"):
            row["name"] = name(row["id"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
