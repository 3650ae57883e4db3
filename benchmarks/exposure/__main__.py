"""Every exposure benchmark in one table: ours, peers of the same run, a gate of exactness for each row, and its goal.

    python -m benchmarks.exposure [--quick] [--rows NAME…] [--sizes …] [--without-neo4j] [--json FILE]
    python -m benchmarks.exposure --read FILE… [--markdown] [--into docs/performance.md]

Every part runs in processes of its own; figures are CPU time. A gate that breaks ends the run with 1; a goal that is
not met is told with its reason and is no failure. --quick takes networks of 10,000 firms and fewer repeats, a few
minutes; the whole takes about half an hour of CPU time. --read prints what earlier runs wrote, of each part the last.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.exposure.child import run
from benchmarks.exposure.suite import PARTS, Job, jobs, missing
from benchmarks.exposure.table import Line, Results, console, markdown, put, read, show
from tests.neo4j_install import external_address, find_java

_JAVA = 17


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    if asked.read:
        found = read(asked.read)
        print(markdown(found)) if asked.markdown else show(found, console())
        if asked.into is not None:
            put(markdown(found), asked.into)
        return 0 if found.holds else 1
    names = asked.rows or list(PARTS)
    gone = {name: f"benchmarks/exposure/{PARTS[name].module}.py is not there" for name in names if missing(name)}
    neo4j = not asked.without_neo4j and _has_neo4j()
    if not neo4j:
        gone["Cypher"] = "as asked" if asked.without_neo4j else "no JDK 17 and no TIERSCOPE_TEST_NEO4J_URI here"
    wanted = [name for name in names if name not in gone]
    found = measure(jobs(wanted, asked.sizes, quick=asked.quick, neo4j=neo4j), gone, asked.json, quick=asked.quick)
    show(found, console())
    return 0 if found.holds else 1


def measure(todo: Iterable[Job], gone: dict[str, str], target: Path | None, *, quick: bool) -> Results:
    """Run one job after the other; what is there so far is told, and kept in the file, whatever comes later."""
    lines: list[Line] = []
    broken: dict[str, str] = {}
    took: list[dict[str, object]] = []
    found = Results(machine(quick=quick), lines, gone, broken, took)
    try:
        for job in todo:
            name = " ".join([job.part, *(f"{size:,}" for size in job.sizes)])
            print(f"… {name}", file=sys.stderr, flush=True)
            for told in run(job):
                if told.row is not None:
                    lines.append(Line(job.part, told.row, told.load))
                elif told.fault:
                    broken[name] = told.fault
                else:
                    took.append({"job": name, "cpu_seconds": told.seconds, "peak_bytes": told.peak})
            if target is not None:
                found.write(target)
    except KeyboardInterrupt:
        gone["the rest"] = "stopped by Ctrl-C"
    return found


def machine(*, quick: bool) -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "numba": version("numba"),
        "system": platform.system(),
        "architecture": platform.machine(),
        "form": "quick" if quick else "whole",
    }


def _has_neo4j() -> bool:
    return external_address() is not None or find_java(_JAVA) is not None


def _parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog="python -m benchmarks.exposure",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--quick", action="store_true", help="networks of 10,000 firms, fewer repeats and peers")
    found.add_argument("--rows", nargs="+", choices=list(PARTS), metavar="NAME", help=f"of {', '.join(PARTS)}")
    found.add_argument("--sizes", type=int, nargs="+", help="firms, instead of those that each part has")
    found.add_argument("--without-neo4j", action="store_true", help="do not ask a real Neo4j")
    found.add_argument("--json", type=Path, help="also write the results to this file")
    found.add_argument("--read", type=Path, nargs="+", metavar="FILE", help="print what earlier runs wrote")
    found.add_argument("--into", type=Path, help="with --read: put the table between the marks of this page")
    found.add_argument("--markdown", action="store_true", help="with --read: as Markdown")
    return found


if __name__ == "__main__":
    sys.exit(main())
