"""The one command runs, tells what broke, is wrong or is left out, and its scripts give rows whose gates hold."""

import json
from argparse import Namespace
from dataclasses import replace
from importlib import import_module
from io import StringIO

import pytest
from rich.console import Console

from benchmarks.exposure import child, goals, suite, table
from benchmarks.exposure.__main__ import main, measure
from benchmarks.exposure.goals import GOALS, REASONS, Goal, goals_of
from benchmarks.exposure.measuring import Row
from benchmarks.exposure.suite import PARTS, Job, jobs, missing
from benchmarks.exposure.table import Line, Results, markdown, read, show
from tests.public_data import ROOT, needs_public_data

MACHINE = {"processors": 2, "load": 0.5}
SOUND = Row("ESRI against batch", "powerlaw 10,000", {"ms": 0.25, "×batch": 20.0, "|Δ|": 1e-17}, exact=True)
SLOW = replace(SOUND, figures={"ms": 0.25, "×batch": 2.0, "|Δ|": 1e-17})
WRONG = replace(SOUND, network="powerlaw 7", figures={"ms": 0.25, "×batch": 20.0, "|Δ|": 1e-3}, exact=False)


def results(*rows: Row, **others: dict[str, str]) -> Results:
    lines = [Line("cascade", row, 1.5) for row in rows]
    return Results(MACHINE, lines, others.get("left_out", {}), others.get("broken", {}), [])


def shown(found: Results) -> str:
    target = StringIO()
    show(found, Console(width=200, file=target))
    return target.getvalue()


def test_the_command_prints_a_table_and_writes_it(tmp_path, capfd):
    target = tmp_path / "found.json"
    words = [
        "--quick",
        "--without-neo4j",
        "--sizes",
        "300",
        "--rows",
        "tiers",
        "planted",
        "push",
        "--json",
        str(target),
    ]
    assert main(words) == 0
    said = capfd.readouterr()
    assert "shared suppliers" in said.out
    assert "one own risk changes" in said.out
    assert "left out: Cypher: as asked" in said.out
    assert "… push 300" in said.err
    told = json.loads(target.read_text())
    assert told["holds"] is True
    assert {row["part"] for row in told["rows"]} >= {"planted", "push"}
    assert all(job["cpu_seconds"] > 0 and job["peak_bytes"] > 1e6 for job in told["jobs"])
    assert told["machine"]["form"] == "quick"
    assert main(["--read", str(target)]) == 0
    assert "one link changes" in capfd.readouterr().out
    assert main(["--read", str(target), "--markdown"]) == 0
    assert "| one link changes | tiered 300 |" in capfd.readouterr().out


def test_what_breaks_is_told_with_its_last_words_and_the_rest_goes_on(tmp_path):
    broken = Job("nothing", "not_there", [], fixed=True, quick=True, neo4j=False, extra={})
    good = next(jobs(["planted"], None, quick=True, neo4j=False))
    found = measure([broken, good], {}, tmp_path / "found.json", quick=True)
    assert "No module named 'benchmarks.exposure.not_there'" in found.broken["nothing"]
    assert [line.row.what for line in found.lines] == ["shared suppliers"]
    assert not found.holds
    assert "BROKEN: nothing: " in shown(found)
    assert json.loads((tmp_path / "found.json").read_text())["holds"] is False


def test_a_wrong_answer_fails_and_a_goal_that_is_missed_does_not(tmp_path, capsys):
    good, slow, wrong = results(SOUND), results(SLOW), results(SOUND, WRONG)
    assert (good.holds, slow.holds, wrong.holds) == (True, True, False)
    assert "×batch ≥ 11: met" in shown(good)
    assert "gates: 1 of 1 hold; goals: 1 of 1 met" in shown(good)
    assert "not met: ESRI against batch, powerlaw 10,000: ×batch ≥ 11, got 2" in shown(slow)
    assert "WRONG, ∣Δ∣ 0.001" in shown(wrong)
    wrong.write(tmp_path / "wrong.json")
    assert main(["--read", str(tmp_path / "wrong.json")]) == 1
    assert "gates: 1 of 2 hold" in capsys.readouterr().out


def test_of_several_runs_the_last_of_each_row_counts(tmp_path):
    results(SLOW, broken={"push 10": "fell over"}, left_out={"whatif": "not there"}).write(tmp_path / "one.json")
    pushed = Line("push", replace(SOUND, what="one link changes"), 0.1)
    replace(results(SOUND), lines=[pushed, Line("cascade", SOUND, 0.1)]).write(tmp_path / "two.json")
    script = {"load": 3.5, "rows": [{"what": "M4", "network": "x", "figures": {"ms": 1.0}, "exact": True}]}
    (tmp_path / "recovery.json").write_text(json.dumps(script))
    found = read([tmp_path / name for name in ("one.json", "two.json", "recovery.json")])
    assert [(line.part, line.row.what) for line in found.lines] == [
        ("cascade", SOUND.what),
        ("push", pushed.row.what),
        ("recovery", "M4"),
    ]
    assert (found.lines[0].row, found.lines[2].load, found.machine) == (SOUND, 3.5, MACHINE)
    assert (found.broken, found.left_out) == ({}, {"whatif": "not there"})
    assert "| not met" not in markdown(found)


def test_a_page_takes_the_table_between_its_marks(tmp_path, capsys):
    page, found = tmp_path / "page.md", tmp_path / "found.json"
    results(SOUND).write(found)
    page.write_text("# Page\n<!-- measured -->\noutdated\n<!-- end of measured -->\nbelow\n")
    assert main(["--read", str(found), "--into", str(page)]) == 0
    text = page.read_text()
    assert text.startswith("# Page\n<!-- measured -->\n\n| row | network |")
    assert text.endswith("\n<!-- end of measured -->\nbelow\n")
    assert "outdated" not in text
    page.write_text("# Page\n")
    with pytest.raises(ValueError, match="has no line <!-- measured -->"):
        table.put("text", page)


def test_goals_are_bounds_on_figures_of_some_networks(monkeypatch):
    assert [(goal.at_least, figure) for goal, figure in goals_of(SOUND)] == [(11, 20.0)]
    assert list(goals_of(replace(SOUND, network="powerlaw 3,000"))) == []
    least, most = Goal("a", "b", "c", 2), Goal("a", "b", "c", at_most=2)
    assert [one.met(figure) for one in (least, most) for figure in (1, 2, 3)] == [False, True, True, True, True, False]
    assert (least.wanted, most.wanted) == ("≥ 2", "≤ 2")
    assert all(goal.reason in REASONS for goal in GOALS if goal.reason)
    assert all((goal.at_least is None) != (goal.at_most is None) for goal in GOALS)


def test_every_part_is_a_script_or_said_to_be_missing():
    for name, part in PARTS.items():
        assert missing(name) == (not (ROOT / "benchmarks" / "exposure" / f"{part.module}.py").is_file())
        if not missing(name):
            assert callable(import_module(f"benchmarks.exposure.{part.module}").rows)


def test_what_is_missing_is_left_out_by_name(monkeypatch, capsys):
    monkeypatch.setitem(suite.PARTS, "gone", suite.Part("gone"))
    monkeypatch.setattr("benchmarks.exposure.__main__.PARTS", suite.PARTS)
    assert main(["--rows", "gone", "--without-neo4j"]) == 0
    assert "left out: gone: benchmarks/exposure/gone.py is not there" in capsys.readouterr().out


def test_jobs_are_a_process_for_each_size_unless_rows_compare_them():
    todo = list(jobs(["disruption", "cascade-growth", "tiers"], None, quick=False, neo4j=True))
    assert [(job.part, list(job.sizes), job.fixed) for job in todo] == [
        ("disruption", [10_000], False),
        ("disruption", [100_000], False),
        ("disruption", [1_000_000], False),
        ("disruption", [], True),
        ("cascade-growth", [10_000, 100_000, 1_000_000], False),
        ("tiers", [], True),
    ]
    assert {tuple(job.sizes) for job in jobs(list(PARTS), None, quick=True, neo4j=False)} <= {
        (),
        (10_000,),
        (2_000, 10_000),
    }
    assert [list(job.sizes) for job in jobs(["push"], [7, 9], quick=True, neo4j=False)] == [[7], [9]]


def test_rows_come_while_a_job_runs_and_its_end_says_what_it_took():
    (job,) = jobs(["planted"], None, quick=True, neo4j=False)
    first, last = child.run(job)
    assert first.row is not None
    assert first.row.exact
    assert last.row is None
    assert (last.fault, last.seconds > 0, last.peak > 1e6) == ("", True, True)


SMALL = ["best_paths", "disruption", "push", "linear", "region", "planted", "inoperability"]


@pytest.mark.parametrize("module", SMALL)
def test_a_script_gives_rows_whose_gates_hold(module: str, monkeypatch):
    script = import_module(f"benchmarks.exposure.{module}")
    for name, less in {"WALKS": 20, "ASKED": 3, "PEERED": 2, "TRIAD": 10_000, "STOPS": 3}.items():
        if hasattr(script, name):
            monkeypatch.setattr(script, name, less)
    options = Namespace(sizes=[1500], kind="tiered", fixed=False, quick=True, neo4j=False, networks=3, json=None)
    found = list(script.rows(options))
    assert found
    assert all(row.exact for row in found), found
    assert all(row.figures for row in found)


@needs_public_data
@pytest.mark.parametrize("part", ["peers", "growth", "all"])
def test_a_part_of_the_cascade_gives_rows_whose_gates_hold(part: str, monkeypatch):
    script = import_module("benchmarks.exposure.cascade")
    monkeypatch.setattr(script, "TIMES", 1)
    found = list(script.rows(Namespace(sizes=[200] if part == "peers" else [300, 600], quick=True, parts=[part])))
    assert len(found) >= 2
    assert all(row.exact for row in found), found


@needs_public_data
def test_the_golden_rows_hold_and_a_wrong_reference_is_told(monkeypatch):
    golden = import_module("benchmarks.exposure.golden")
    assert golden.example().exact
    assert golden.reference("ihs").figures["firms"] == 61
    assert golden.reference("linear").exact
    monkeypatch.setattr(golden, "golden", lambda name, right=golden.golden: right("legacy"))
    assert not golden.reference("linear").exact


def test_figures_are_told_with_the_digits_that_count():
    assert [table._number(figure) for figure in (3.0, 1234.5, 0.000123456, 12.345)] == [
        "3",
        "1,234",
        "0.000123",
        "12.3",
    ]
    assert goals.GOALS
