"""What the benchmarks of the cascade stand on: their networks, and esri.py over files."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.exposure import esri
from benchmarks.exposure.networks import SECTORS, powerlaw, tiered
from reasoning.core.cascade import close_each
from reasoning.core.cascade_network import Supply, input_classes, prepare
from tests.public_data import PUBLIC_DATA, needs_public_data

FIRMS = 60


@pytest.mark.parametrize("generate", [powerlaw, tiered])
@pytest.mark.parametrize("size", [7, 300, 2000])
def test_generated_networks_are_what_they_say(generate, size: int):
    links = generate(size)
    assert not (links.supplier == links.customer).any()
    assert np.unique(links.supplier * size + links.customer).size == links.supplier.size
    assert links.value.min() > 0
    assert np.bincount(links.sector, minlength=SECTORS).max() - np.bincount(links.sector, minlength=SECTORS).min() <= 1
    again, other = generate(size), generate(size, 99)
    assert all((one == two).all() for one, two in zip(links, again, strict=True))
    assert other.value.tolist() != links.value.tolist()


def test_degrees_of_the_generated_networks():
    links = powerlaw(2000)
    sold = np.bincount(links.supplier, minlength=2000)
    assert (sold.mean(), sold.min() >= 1, sold.max() <= 128) == (8.0, True, True)
    hubs = np.bincount(tiered(2000).supplier, minlength=2000)
    assert hubs.max() > 20 * hubs.mean()


def test_a_network_of_files_is_held_to_its_reference(files: Path, capsys: pytest.CaptureFixture[str]):
    assert run(files, "--sectors", str(files / "sectors.csv")) == 0
    assert "exact                   yes" in capsys.readouterr().out
    assert run(files, "--sectors", str(files / "sectors.csv"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["firms"] == FIRMS // 2
    assert (told["max_delta"], told["share_within_1e-12"], told["steps_agree"]) == (0.0, 1.0, True)


def test_wrong_figures_or_steps_or_sectors_fail(files: Path, capsys: pytest.CaptureFixture[str]):
    rows = np.loadtxt(files / "reference.csv", delimiter=",")
    for column, change in ((1, 1e-9), (2, 1e-9), (3, 1e-9), (4, 1)):
        wrong = rows.copy()
        wrong[3, column] += change
        np.savetxt(files / "wrong.csv", wrong, delimiter=",", fmt="%.17g")
        assert run(files, "--sectors", str(files / "sectors.csv"), reference="wrong.csv") == 1
    with pytest.raises(SystemExit, match="cannot be compared"):
        run(files)  # by default two firms a sector, for which the matrix has no rows
    assert run(files, "--sectors", str(files / "sectors.csv"), "--epsilon", "1e-9") == 1
    capsys.readouterr()


def test_files_that_do_not_fit_are_refused_in_words(files: Path):
    (files / "few.csv").write_text("1,1\n3,1\n")
    with pytest.raises(SystemExit, match="firm 2 has no sector"):
        run(files, "--sectors", str(files / "few.csv"))
    (files / "few.csv").write_text("firm,sector\n1,1\n2,1\n")
    with pytest.raises(SystemExit, match="cannot be compared"):
        run(files, "--sectors", str(files / "few.csv"))


@needs_public_data
@pytest.mark.parametrize("name", ["legacy", "linear", "ihs_x1000"])
def test_the_public_reference_passes(name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    folder = PUBLIC_DATA / "esri"
    inputs = str(folder / "essential_inputs_ihs.csv.gz") if name == "ihs_x1000" else name
    options = ["--network", str(folder / "net1k.csv.gz"), "--inputs", inputs]
    monkeypatch.setattr(sys, "argv", ["esri", *options, "--reference", str(folder / f"ref1k_{name}.csv"), "--json"])
    assert esri.main() == 0
    told = json.loads(capsys.readouterr().out)
    assert told["firms"] == 64
    assert told["max_delta"] <= 1e-12


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A network of three sectors, a matrix of classes, and what the cascade says of half of the firms."""
    random = np.random.default_rng(0)
    ends = random.integers(0, FIRMS, (2, 240))
    value, sector = random.lognormal(0, 1, 240), np.arange(FIRMS) % 3
    classes = random.integers(0, 3, (3, 3)).astype(np.int8)
    got = close_each(prepare(Supply(ends[0], ends[1], value, sector, classes)), np.arange(0, FIRMS, 2))
    reference = np.column_stack((got.firms + 1, got.total, got.downstream, got.upstream, got.steps))
    order = random.permutation(FIRMS)
    np.savetxt(tmp_path / "network.csv", np.column_stack((ends.T + 1, value)), delimiter=",", fmt=["%d", "%d", "%.17g"])
    np.savetxt(tmp_path / "sectors.csv", np.column_stack((order, sector[order])) + 1, delimiter=",", fmt="%d")
    np.savetxt(tmp_path / "inputs.csv", classes, delimiter=",", fmt="%d")
    np.savetxt(tmp_path / "reference.csv", reference, delimiter=",", fmt="%.17g")
    return tmp_path


def run(folder: Path, *options: str, reference: str = "reference.csv") -> int:
    files = {"network": "network.csv", "inputs": "inputs.csv", "reference": reference}
    given = [part for name, file in files.items() for part in (f"--{name}", str(folder / file))]
    before = sys.argv
    sys.argv = ["esri", *given, *options]
    try:
        return esri.main()
    finally:
        sys.argv = before


def test_classes_by_word_are_made_for_the_sectors_there_are(files: Path, capsys: pytest.CaptureFixture[str]):
    links = np.loadtxt(files / "network.csv", delimiter=",")
    ends = links[:, :2].astype(np.int64) - 1
    found = Supply(ends[:, 0], ends[:, 1], links[:, 2], np.arange(FIRMS) % 3, input_classes("legacy", 3))
    got = close_each(prepare(found))
    rows = np.column_stack((got.firms + 1, got.total, got.downstream, got.upstream, got.steps))
    np.savetxt(files / "reference.csv", rows, delimiter=",", fmt="%.17g")
    options = ["--network", str(files / "network.csv"), "--inputs", "legacy", "--sectors", str(files / "sectors.csv")]
    before, sys.argv = sys.argv, ["esri", *options, "--reference", str(files / "reference.csv")]
    try:
        assert esri.main() == 0
    finally:
        sys.argv = before
    capsys.readouterr()
