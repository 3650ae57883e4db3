"""esri.py over files of strangers: any order, unit, layout and numbering; and what does not fit is refused in words."""

import gzip
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from benchmarks.exposure import esri
from reasoning.core.cascade.cascade import close_each
from reasoning.core.cascade.network import Supply, input_classes, prepare
from tests.public_data import PUBLIC_DATA, ROOT, needs_public_data

FIRMS, LINKS, SECTORS = 60, 240, 3
REFERENCE = "{firm:.0f},{0:.17g},{1:.17g},{2:.17g},0.5,{steps:.0f}"


@dataclass
class Files:
    """A network of three sectors in files, and what the cascade says of half of the firms."""

    folder: Path

    def read(self, name: str) -> list[str]:
        return (self.folder / name).read_text().splitlines()

    def write(self, name: str, lines: list[str]) -> None:
        (self.folder / name).write_text("\n".join(lines) + "\n")

    def cells(self, name: str) -> list[list[str]]:
        return [line.split(",") for line in self.read(name)]

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture
def files(tmp_path: Path) -> Files:
    random = np.random.default_rng(0)
    found = Files(tmp_path)
    ends = random.integers(0, FIRMS, (2, LINKS))
    ends[:, :3] = ((4, 5, 5), (4, 6, 6))  # a firm that supplies itself, and a pair that comes twice
    value, sector = random.lognormal(0, 1, LINKS), np.arange(FIRMS) % SECTORS
    classes = random.integers(0, 3, (SECTORS, SECTORS)).astype(np.int8)
    order = random.permutation(FIRMS)
    found.write("network.csv", [f"{i + 1},{j + 1},{w:.17g}" for i, j, w in zip(*ends, value, strict=True)])
    found.write("sectors.csv", [f"{firm + 1},{sector[firm] + 1}" for firm in order])
    found.write("inputs.csv", [",".join(map(str, row)) for row in classes])
    found.write("reference.csv", figures(Supply(ends[0], ends[1], value, sector, classes)))
    return found


def figures(supply: Supply) -> list[str]:
    got = close_each(prepare(supply), np.arange(0, FIRMS, 2))
    rows = zip(got.firms + 1, got.total, got.downstream, got.upstream, got.steps, strict=True)
    return [REFERENCE.format(*row[1:4], firm=row[0], steps=row[4]) for row in rows]


def run(files: Files, monkeypatch: pytest.MonkeyPatch, *options: str, **named: str | None) -> int:
    """The command over the files, other names instead of some, None: not given."""
    given = {"network": "network.csv", "sectors": "sectors.csv", "inputs": "inputs.csv", "reference": "reference.csv"}
    words = [
        part
        for name, file in (given | named).items()
        if file is not None
        for part in (f"--{name}", file if file in ("legacy", "linear") else str(files / file))
    ]
    monkeypatch.setattr(sys, "argv", ["esri", *words, *options])
    return esri.main()


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_network_of_files_is_held_to_its_reference(files: Files, capsys, monkeypatch):
    assert run(files, monkeypatch) == 0
    said = capsys.readouterr().out
    assert "exact                   yes" in said
    assert " firms supply themselves" in said
    assert " links come more than once" in said
    assert run(files, monkeypatch, "--json") == 0
    found = told(capsys)
    assert (found["firms"], found["max_delta"]) == (FIRMS // 2, 0.0)
    assert (found["share_within_1e-12"], found["steps_agree"], found["exact"]) == (1.0, True, True)


@pytest.mark.parametrize(("column", "change"), [(1, 1e-9), (2, 1e-9), (3, 1e-9), (5, 1)])
def test_a_wrong_figure_or_step_fails_and_names_the_firm(files: Files, capsys, monkeypatch, column: int, change: float):
    rows = files.cells("reference.csv")
    rows[3][column] = repr(float(rows[3][column]) + change)
    files.write("wrong.csv", [",".join(row) for row in rows])
    assert run(files, monkeypatch, "--json", reference="wrong.csv") == 1
    found = told(capsys)
    assert found["differ"] == [7]
    assert (found["lose_a_market"], found["exact_elsewhere"], found["exact"]) == ([], False, False)
    assert found["steps_agree"] is (column != 5)
    assert run(files, monkeypatch, reference="wrong.csv") == 1
    assert "firms that differ       1: 7" in capsys.readouterr().out


def test_another_end_of_the_cascades_is_told(files: Files, capsys, monkeypatch):
    assert run(files, monkeypatch, "--epsilon", "1e-9") == 1
    assert "exact                   no" in capsys.readouterr().out


def test_rows_come_in_any_order_and_in_any_unit(files: Files, capsys, monkeypatch):
    rows = files.cells("network.csv")
    files.write("scaled.csv", [f"{i},{j},{float(w) * 1000!r}" for i, j, w in reversed(rows)])
    files.write("turned.csv", files.read("reference.csv")[::-1])
    assert run(files, monkeypatch, "--json", network="scaled.csv", reference="turned.csv") == 0
    assert float(str(told(capsys)["max_delta"])) <= 1e-14


def test_files_may_be_gzipped_under_any_name(files: Files, monkeypatch):
    for name in ("network.csv", "sectors.csv", "inputs.csv", "reference.csv"):
        (files / f"{name}.bin").write_bytes(gzip.compress((files / name).read_bytes()))
    names = {name: f"{name}.csv.bin" for name in ("network", "sectors", "inputs", "reference")}
    assert run(files, monkeypatch, **names) == 0


def test_names_in_the_first_line_say_which_column_is_which(files: Files, monkeypatch):
    rows = [f"{number},{w},{j},{i}" for number, (i, j, w) in enumerate(files.cells("network.csv"), 1)]
    files.write("network.csv", ['"","value","customer","supplier"', *rows])
    files.write("sectors.csv", ["\ufeffSector;Firm", *[f"{two};{one}" for one, two in files.cells("sectors.csv")]])
    turned = [f"{row[5]}\t{row[3]}\t{row[1]}\t{row[0]}" for row in files.cells("reference.csv")]
    files.write("reference.csv", ["steps\tESRI_u\tESRI\tfirm", *turned])
    assert run(files, monkeypatch) == 0


def test_other_names_are_skipped_and_rows_may_be_numbered_blank_or_remarks(files: Files, monkeypatch):
    rows = [f'"{number}" {i} {j} {w}' for number, (i, j, w) in enumerate(files.cells("network.csv"), 1)]
    files.write("network.csv", ["# from the tax office", "", '"" "V1" "V2" "V3"', *rows[:9], "", *rows[9:], "# end"])
    named = [f"{name},{','.join(row)}" for name, row in zip("ABC", files.cells("inputs.csv"), strict=True)]
    files.write("inputs.csv", [",A,B,C", *named])
    assert run(files, monkeypatch) == 0


def test_a_reference_may_give_less(files: Files, capsys, monkeypatch):
    rows = files.cells("reference.csv")
    for kept, steps in (([0, 1], None), ([0, 1, 2, 3], None), ([0, 1, 2], None), ([0, 1, 2, 3, 4, 5], True)):
        files.write("less.csv", [",".join(row[place] for place in kept) for row in rows[:5]])
        assert run(files, monkeypatch, "--json", reference="less.csv") == 0
        found = told(capsys)
        assert (found["firms"], found["steps_agree"]) == (5, steps)
        assert ("max_delta_upstream" in found) == (len(kept) > 3)
    assert run(files, monkeypatch, reference="reference.csv") == 0
    files.write("less.csv", [",".join(row[:2]) for row in rows])
    assert run(files, monkeypatch, reference="less.csv") == 0
    assert "the reference gives none" in capsys.readouterr().out


def test_numbers_of_firms_and_sectors_may_have_gaps(files: Files, monkeypatch):
    def far(firm: str) -> str:
        return str(int(firm) * 10**9 + 7)

    files.write("network.csv", [f"{far(i)},{far(j)},{w}" for i, j, w in files.cells("network.csv")])
    files.write("sectors.csv", [f"{far(firm)},{sector}" for firm, sector in files.cells("sectors.csv")])
    files.write("reference.csv", [",".join([far(row[0]), *row[1:]]) for row in files.cells("reference.csv")])
    assert run(files, monkeypatch) == 0
    wide = np.zeros((700, 700), dtype=int)
    wide[np.ix_([0, 99, 699], [0, 99, 699])] = np.loadtxt(files / "inputs.csv", delimiter=",", dtype=int)
    np.savetxt(files / "inputs.csv", wide, delimiter=",", fmt="%d")
    number = {"1": "1", "2": "100", "3": "700"}
    files.write("sectors.csv", [f"{firm},{number[sector]}" for firm, sector in files.cells("sectors.csv")])
    assert run(files, monkeypatch) == 0


@pytest.mark.parametrize("inputs", ["legacy", "linear"])
def test_classes_by_word_are_made_for_whatever_sectors_there_are(files: Files, monkeypatch, inputs: str):
    links = np.loadtxt(files / "network.csv", delimiter=",")
    ends = links[:, :2].astype(np.int64) - 1
    classes = input_classes("legacy" if inputs == "legacy" else "linear", SECTORS)
    found = Supply(ends[:, 0], ends[:, 1], links[:, 2], np.arange(FIRMS) % SECTORS, classes)
    files.write("reference.csv", figures(found))
    assert run(files, monkeypatch, inputs=inputs) == 0
    number = {"1": "100001", "2": "4", "3": "999999"}  # as odd and even as before
    files.write("sectors.csv", [f"{firm},{number[sector]}" for firm, sector in files.cells("sectors.csv")])
    assert run(files, monkeypatch, inputs=inputs) == 0


def test_without_a_sectors_file_two_firms_are_of_each(files: Files, monkeypatch):
    links = np.loadtxt(files / "network.csv", delimiter=",")
    ends = links[:, :2].astype(np.int64) - 1
    found = Supply(ends[:, 0], ends[:, 1], links[:, 2], np.arange(FIRMS) // 2, input_classes("legacy", FIRMS // 2))
    files.write("reference.csv", [*figures(found), "999,0,0,0,0.5,1"])  # the last has no links, and so no weight
    assert run(files, monkeypatch, sectors=None, inputs="legacy") == 0


def test_a_market_that_is_wholly_lost_is_told_apart(files: Files, capsys, monkeypatch):
    files.write("network.csv", ["1,3,1", "1,4,5", "2,3,0.5", "3,4,1", "4,1,1"])
    files.write("sectors.csv", ["1,1", "2,2", "3,3", "4,3"])
    files.write("inputs.csv", ["2,2,2"] * 3)
    files.write("reference.csv", ["1,0.123,0.1,0.1,0.5,3"])
    assert run(files, monkeypatch, "--json") == 1
    found = told(capsys)
    assert (found["differ"], found["lose_a_market"], found["exact_elsewhere"], found["exact"]) == (
        [1],
        [1],
        True,
        False,
    )


REFUSED: dict[str, tuple[dict[str, list[str] | bytes | None], str]] = {
    "no network": ({"network": None}, "network.csv: No such file or directory: give a file"),
    "empty network": ({"network": [""]}, "network.csv: has no rows"),
    "only names": ({"network": ["supplier,customer,value"]}, "has no rows below 'supplier,customer,value'"),
    "two columns": ({"network": ["1,2", "2,3"]}, "line 1: a number is wanted where column 3 is missing"),
    "a short row": ({"network": ["1,2,3", "", "2,3"]}, "line 3: a number is wanted where column 3 is missing"),
    "no number": ({"network": ["s,c,v", "1,2,3", "2,NA,1"]}, "line 3: a number is wanted where column 2 is 'NA'"),
    "firm 0": ({"network": ["0,1,2"]}, "0 is no firm: they are whole numbers from 1 (add 1 if yours start at 0)"),
    "half a firm": ({"network": ["1.5,1,2"]}, "1.5 is no firm"),
    "negative": (
        {"network": ["1,2,3", "1,3,-4", "2,3,-1"]},
        "row 2 has the value -4 (2 rows are negative or no number)",
    ),
    "nan": ({"network": ["1,2,nan"]}, "row 1 has the value nan"),
    "infinite": ({"network": ["1,2,inf"]}, "row 1 has the value inf"),
    "not text": ({"network": b"\xff\xfe\x00"}, "cannot be read"),
    "torn gzip": ({"network": gzip.compress(b"1,2,3\n" * 50)[:-12]}, "network.csv: "),
    "firm without sector": ({"sectors": ["1,1", "3,1"]}, "has no sector of 58 firms of"),
    "firm of two sectors": ({"sectors": ["1,1", "2,1", "1,2"]}, "firm 1 is of two sectors: keep one row a firm"),
    "sector 0": ({"sectors": ["1,0"]}, "0 is no sector: they are whole numbers from 1"),
    "sector without class": ({"inputs": ["1,2", "2,1"]}, "is of sector 3, but "),
    "class 3": ({"inputs": ["1,2,3", "2,1,1", "1,1,1"]}, "only the classes 0, 1 and 2 can be"),
    "no square": ({"inputs": ["1,2,1", "2,1,1"]}, "2 rows of 3 cells: a row and a column for each sector"),
    "no reference": ({"reference": None}, "reference.csv: No such file or directory"),
    "reference of firms only": ({"reference": ["1", "2"]}, "one column: give firm, ESRI"),
    "reference twice": ({"reference": ["1,0.5", "1,0.4"]}, "a firm comes twice: keep one row a firm"),
    "reference elsewhere": ({"reference": ["999,0.5"]}, "has no sector of 1 firms of the reference (999): add a row"),
    "reference nan": ({"reference": ["1,nan,0.2,0.3,4"]}, "a figure of firm 1 is no number"),
    "reference words": ({"reference": ["firm,esri", "1,many"]}, "line 2: a number is wanted where column 2 is 'many'"),
    "half a step": ({"reference": ["firm,esri,steps", "1,0.5,1.5"]}, "1.5 is no number of steps"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_do_not_fit_are_refused_with_the_place_and_what_to_do(files: Files, capsys, monkeypatch, name: str):
    changes, said = REFUSED[name]
    for file, lines in changes.items():
        if lines is None:
            (files / f"{file}.csv").unlink()
        elif isinstance(lines, bytes):
            (files / f"{file}.csv").write_bytes(lines)
        else:
            files.write(f"{file}.csv", lines)
    assert run(files, monkeypatch) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.startswith("these files cannot be compared: ")
    assert said in caught.err


def test_the_command_runs_as_a_file_from_anywhere(files: Files):
    words = [part for name in ("network", "sectors", "inputs", "reference") for part in (f"--{name}", f"{name}.csv")]
    script = ROOT / "benchmarks" / "exposure" / "esri.py"
    done = subprocess.run(
        [sys.executable, script, *words, "--json"], cwd=files.folder, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["exact"] is True


@needs_public_data
@pytest.mark.parametrize("name", ["legacy", "linear", "ihs_x1000", "ihs"])
def test_the_public_reference_passes(name: str, capsys, monkeypatch):
    folder = PUBLIC_DATA / "esri"
    inputs = name if name in ("legacy", "linear") else str(folder / "essential_inputs_ihs.csv.gz")
    options = ["--network", str(folder / "net1k.csv.gz"), "--inputs", inputs]
    monkeypatch.setattr(sys, "argv", ["esri", *options, "--reference", str(folder / f"ref1k_{name}.csv"), "--json"])
    assert esri.main() == (1 if name == "ihs" else 0)
    found = told(capsys)
    assert (found["firms"], found["steps_agree"], found["exact_elsewhere"]) == (64, True, True)
    assert found["differ"] == found["lose_a_market"] == ([724, 763, 919] if name == "ihs" else [])
