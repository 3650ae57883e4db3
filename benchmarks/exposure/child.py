"""One job of the suite in a process of its own: `run` starts it, and this module as a program is what it runs.

Each row is handed over as soon as it is there, as a line of JSON in a file, so that what a script prints does not
matter and what broke late does not lose what came before.
"""

import json
import os
import resource
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.exposure.measuring import Row
from benchmarks.exposure.suite import Job

ROOT = Path(__file__).resolve().parents[2]
_KIB = 1024  # ru_maxrss counts these on Linux, bytes on macOS
_LOOK = 0.2  # seconds between looks at what has come
_TAIL = 12  # lines of what a process that broke said last


@dataclass(frozen=True, slots=True)
class Told:
    """A row with the load of the machine when it came; or, without a row, the end of a job.

    `seconds` of CPU and `peak` bytes are of the whole job; `fault` says what broke it.
    """

    row: Row | None
    load: float
    seconds: float = 0.0
    peak: int = 0
    fault: str = ""


def run(job: Job, python: str = sys.executable) -> Iterator[Told]:
    """Run a job in a fresh process: its rows as they come, then its end."""
    with TemporaryDirectory() as folder:
        rows, said = Path(folder) / "rows", Path(folder) / "said"
        rows.touch()
        with said.open("wb") as words:
            command = [python, "-m", "benchmarks.exposure.child", json.dumps(asdict(job)), str(rows)]
            process = subprocess.Popen(command, cwd=ROOT, stdout=words, stderr=subprocess.STDOUT)
            try:
                yield from _follow(process, rows)
            finally:
                process.kill()
                process.wait()
        if process.returncode:
            tail = said.read_text(errors="replace").splitlines()[-_TAIL:]
            yield Told(None, os.getloadavg()[0], fault="\n".join(tail) or f"ended with {process.returncode}")


def _follow(process: "subprocess.Popen[bytes]", rows: Path) -> Iterator[Told]:
    with rows.open(encoding="utf-8") as file:
        ended, half = False, ""
        while not ended:
            ended = process.poll() is not None
            for line in iter(file.readline, ""):
                half += line
                if half.endswith("\n"):
                    yield _told(half)
                    half = ""
            if not ended:
                time.sleep(_LOOK)


def _told(line: str) -> Told:
    found = json.loads(line)
    row = found.pop("row")
    return Told(None if row is None else Row(**row), **found)


def main(job: Job, target: Path) -> None:
    """Write the rows of a job, then what it took."""
    defaults = {"kind": "tiered", "json": None}
    here = {"sizes": list(job.sizes), "fixed": job.fixed, "quick": job.quick, "neo4j": job.neo4j}
    options = Namespace(**defaults | here | dict(job.extra))
    with target.open("a", encoding="utf-8", buffering=1) as file:
        for row in import_module(f"benchmarks.exposure.{job.module}").rows(options):
            _write(file.write, Told(row, os.getloadavg()[0]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else _KIB)
        _write(file.write, Told(None, os.getloadavg()[0], time.process_time(), peak))


def _write(write: object, told: Told) -> None:
    found = asdict(told)
    if told.row is not None:
        found["row"]["figures"] = {name: float(figure) for name, figure in told.row.figures.items()}
        found["row"]["exact"] = bool(told.row.exact)
    assert callable(write)
    write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Job(**json.loads(sys.argv[1])), Path(sys.argv[2]))
