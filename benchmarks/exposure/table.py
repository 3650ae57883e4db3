"""The results of the exposure benchmarks: kept as JSON, told as one table, or as Markdown for the docs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.exposure.goals import REASONS, Goal, goals_of
from benchmarks.exposure.measuring import Row
from benchmarks.exposure.suite import PARTS

_GAPS = ("|Δ|", "max |Δ|")
_HEAD = ("row", "network", "ours", "against", "gate", "goal", "load")
_WIDTH = 170
_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of some part, and the load of the machine when it came."""

    part: str
    row: Row
    load: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a run gave: the machine, the rows, and what was left out or broke, each with the reason."""

    machine: Mapping[str, object]
    lines: Sequence[Line]
    left_out: Mapping[str, str]
    broken: Mapping[str, str]
    jobs: Sequence[Mapping[str, object]]

    @property
    def holds(self) -> bool:
        """Whether every gate holds and nothing broke."""
        return not self.broken and all(line.row.exact for line in self.lines)

    def write(self, target: Path) -> None:
        """Keep the results, with what each goal wanted."""
        found = {
            "machine": dict(self.machine),
            "holds": self.holds,
            "rows": [{"part": line.part, "load": line.load, **asdict(line.row), **_goals(line)} for line in self.lines],
            "left_out": dict(self.left_out),
            "broken": dict(self.broken),
            "jobs": list(self.jobs),
        }
        target.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(sources: Sequence[Path]) -> Results:
    """The results of several runs as one, the last of each row; files of single scripts too, named after their part."""
    whole = [(source.stem, json.loads(source.read_text(encoding="utf-8"))) for source in sources]
    lines: dict[tuple[str, str, str], Line] = {}
    for name, found in whole:
        for row in found["rows"]:
            told = Row(row["what"], row["network"], row["figures"], row["exact"])
            line = Line(row.get("part", name), told, row.get("load", found.get("load", 0.0)))
            lines[line.part, told.what, told.network] = line
    there = {line.part for line in lines.values()}
    there |= {name[1:] for line in lines.values() for name in line.row.figures}  # a peer that was asked in some run
    order = [*PARTS, *sorted({line.part for line in lines.values()} - PARTS.keys())]
    return Results(
        machine=next((found["machine"] for _, found in reversed(whole) if "machine" in found), {}),
        lines=sorted(lines.values(), key=lambda line: order.index(line.part)),
        left_out=_others(whole, "left_out", there),
        broken=_others(whole, "broken", there),
        jobs=[job for _, found in whole for job in found.get("jobs", [])],
    )


def _others(whole: Sequence[tuple[str, dict[str, Any]]], kind: str, there: set[str]) -> dict[str, str]:
    """What was left out or broke in some run, and in no run has rows."""
    told = {name: why for _, found in whole for name, why in found.get(kind, {}).items()}
    return {name: why for name, why in told.items() if name.split(" ")[0] not in there}


def show(found: Results, console: Console) -> None:
    """Print the table, the goals that are not met with their reasons, what is missing, and the machine."""
    table = Table(title="Exposure benchmarks", title_justify="left", pad_edge=False, show_lines=False)
    for name in _HEAD:
        table.add_column(name, justify="right" if name == "load" else "left", overflow="fold")
    for cells in map(_cells, found.lines):
        style = "bold red" if cells[4].startswith("WRONG") else "yellow" if "not met" in cells[5] else ""
        table.add_row(*cells, style=style)
    console.print(table)
    for line in _below(found):
        console.print(line, highlight=False, markup=False)


def markdown(found: Results) -> str:
    """The same for the docs."""
    rows = [_HEAD, tuple("---" for _ in _HEAD), *(_cells(line) for line in found.lines)]
    table = "\n".join(f"| {' | '.join(cell.replace('|', '∣') for cell in cells)} |" for cells in rows)
    return table + "\n\n" + "\n".join(f"- {line}" for line in _below(found)) + "\n"


def put(text: str, page: Path) -> None:
    """Put the table between the marks of a page.

    Raises:
        ValueError: The page has not both marks, in their order.
    """
    whole = page.read_text(encoding="utf-8")
    before, first, rest = whole.partition(_BEGIN)
    _, last, after = rest.partition(_END)
    if not (first and last):
        raise ValueError(f"{page} has no line {_BEGIN} with a line {_END} below it")
    page.write_text(f"{before}{first}\n\n{text}\n{last}{after}", encoding="utf-8")


def console() -> Console:
    """Where to print: as wide as the terminal, or wide enough where there is none."""
    found = Console()
    return found if found.is_terminal else Console(width=_WIDTH)


def _below(found: Results) -> Iterator[str]:
    goals = [(line, goal, figure) for line in found.lines for goal, figure in goals_of(line.row)]
    met = sum(goal.met(figure) for _, goal, figure in goals)
    wrong = sum(not line.row.exact for line in found.lines)
    yield f"gates: {len(found.lines) - wrong} of {len(found.lines)} hold; goals: {met} of {len(goals)} met"
    for line, goal, figure in goals:
        if not goal.met(figure):
            why = REASONS.get(goal.reason, "no reason is measured")
            told = f"{goal.figure} {goal.wanted}, got {_number(figure)}"
            yield f"not met: {line.row.what}, {line.row.network}: {told}: {why}"
    yield from (f"left out: {name}: {why}" for name, why in found.left_out.items())
    yield from (f"BROKEN: {name}: {why}" for name, why in found.broken.items())
    machine = ", ".join(f"{name} {value}" for name, value in found.machine.items())
    yield f"{machine}; CPU time of one process a row unless said otherwise"


def _cells(line: Line) -> tuple[str, ...]:
    row = line.row
    ours = {name: figure for name, figure in row.figures.items() if not name.startswith("×") and name not in _GAPS}
    peers = {name: figure for name, figure in row.figures.items() if name.startswith("×")}
    gaps = [_number(figure) for name, figure in row.figures.items() if name in _GAPS]
    gate = ("holds" if row.exact else "WRONG") + "".join(f", ∣Δ∣ {gap}" for gap in gaps)
    goals = "; ".join(_goal(goal, figure) for goal, figure in goals_of(row)) or "–"
    return row.what, row.network, _figures(ours), _figures(peers), gate, goals, f"{line.load:.1f}"


def _goal(goal: Goal, figure: float) -> str:
    return f"{goal.figure} {goal.wanted}: {'met' if goal.met(figure) else 'not met [' + goal.reason + ']'}"


def _goals(line: Line) -> dict[str, object]:
    found = [
        {"figure": goal.figure, "wanted": goal.wanted, "got": figure, "met": goal.met(figure), "reason": goal.reason}
        for goal, figure in goals_of(line.row)
    ]
    return {"goals": found}


def _figures(figures: Mapping[str, float]) -> str:
    return " · ".join(_figure(name, figure) for name, figure in figures.items()) or "–"


def _figure(name: str, figure: float) -> str:
    return f"{_number(figure)}× {name[1:]}" if name.startswith("×") else f"{name} {_number(figure)}"


def _number(figure: float) -> str:
    """Three digits that count, and whole numbers whole."""
    if figure == int(figure) and abs(figure) < 1e15:
        return f"{int(figure):,}"
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:.3g}"
