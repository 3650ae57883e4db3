"""Crash test of a load: after a kill at any point, a second load must give the graph of an uninterrupted load.

    python -m benchmarks.crash          # SQLite: SIGKILL 10 times at each point, and 20 times at random
    python -m benchmarks.crash --neo4j  # a real Neo4j: 10 times at points of the load, and 3 times the server itself

The source has two editions: the second changes some rows of the first and lacks others. Each round copies a store with
the first edition, loads the second in a process that is killed, loads it again, and compares content hashes. The points
are those of the load (`FAULT_POINTS` of `ingest.pipeline.run`). On SQLite, each type of statement is a point, too,
which includes those between the claims of a batch and its ledger rows.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])


import argparse
import csv
import logging
import mmap
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ingest.pipeline.checking
import ingest.pipeline.writing
from benchmarks.stores import PUBLIC_DATA, loader, open_at, say
from graph.content_hash import content_hash
from ingest.readers.opening import open_source
from ontology.errors import StoreError

SOURCE, FILE = "scms", "SCMS_Delivery_History_Dataset.csv.gz"
FaultPoint = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions of a source, each in a folder."""

    first: Path
    second: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, load again and compare; returns 1 where a hash differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="kills at each point")
    parser.add_argument("--random", type=int, default=20, help="kills at random moments")
    parser.add_argument("--rows", type=int, default=600, help="rows of the first edition")
    parser.add_argument("--data", type=Path, default=PUBLIC_DATA / SOURCE / FILE, help="the SCMS file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--neo4j", action="store_true", help="on a real Neo4j instead")
    settings = parser.parse_args(arguments)
    ingest.pipeline.writing.CLAIMS = max(50, settings.rows // 4)  # several batches of so small a file
    ingest.pipeline.checking.PROGRESS_ROWS = max(1, settings.rows // 4)  # and several points while reading
    with tempfile.TemporaryDirectory(prefix="tierscope-crash-") as place:
        editions = make_editions(settings.data, Path(place), settings.rows)
        generator = random.Random(settings.seed)
        return (
            _on_neo4j(editions, settings, generator)
            if settings.neo4j
            else _on_sqlite(editions, Path(place), settings, generator)
        )


def make_editions(data: Path, place: Path, rows: int) -> Editions:
    """Write a first edition with `rows` rows, and a second one without each ninth row and with changed dates."""
    with open_source(data) as file:
        table = [line for line, _ in zip(file, range(rows + 1), strict=False)]
    editions = Editions(place / "first", place / "second")
    for folder in (editions.first, editions.second):
        folder.mkdir()
    name = FILE.removesuffix(".gz")
    (editions.first / name).write_bytes(b"".join(table))
    changed = [_changed(row, number) for number, row in enumerate(table) if number == 0 or number % 9]
    (editions.second / name).write_bytes(b"".join(changed))
    return editions


def _changed(row: bytes, number: int) -> bytes:
    if number == 0 or number % 5:
        return row
    cells = next(csv.reader([row.decode()]))
    return row.replace(f",{cells[13]},".encode(), b",29-Dec-14,")  # the day of delivery, and days equal to it


def run(address: str, folder: Path, fault_point: FaultPoint | None = None) -> None:
    """Load a folder into the store at an address."""
    store = open_at(address)
    options: dict[str, Any] = {"fault_point": fault_point} if fault_point else {}
    loader(store, SOURCE, **options)(folder)
    store.close()


def graph_hash(address: str) -> str:
    """The content hash of the store at an address."""
    store = open_at(address)
    found = content_hash(store)
    store.close()
    return found


@contextmanager
def statements_as_points(fault_point: FaultPoint) -> Iterator[None]:
    """Pass a fault point before every statement that SQLite executes."""
    real = sqlite3.connect

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:  # noqa: ANN401
            fault_point(_sort_of(sql))
            return super().execute(sql, *rest)

        def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:  # noqa: ANN401
            fault_point(_sort_of(sql))
            return super().executemany(sql, *rest)

    def connect(*given: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401
        opened: sqlite3.Connection = real(*given, **{**named, "factory": Watched})
        return opened

    sqlite3.connect = connect  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = real


def _sort_of(sql: str) -> str:
    words = sql.split()
    if words[0] in ("INSERT", "UPDATE", "DELETE"):
        table = next(word for word in words[1:] if word not in ("INTO", "OR", "IGNORE", "REPLACE", "FROM"))
        return f"sql: {words[0]} {table}"
    return f"sql: {words[0]}"


def _points_of(address: str, folder: Path) -> Counter[str]:
    """The number of times that a load passes each point."""
    passed: Counter[str] = Counter()

    def count(name: str) -> None:
        passed[name] += 1

    with statements_as_points(count):
        run(address, folder, count)
    return passed


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked process and return its exit status, which is negative where a signal ended it."""
    return _wait(_fork(work))


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying_at(point: str, turn: int) -> FaultPoint:
    """A fault point that kills its process when `point` is passed for the `turn`-th time."""
    left = turn

    def pass_by(name: str) -> None:
        nonlocal left
        left -= name == point
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return pass_by


def _on_sqlite(editions: Editions, place: Path, settings: argparse.Namespace, generator: random.Random) -> int:
    prepared, clean, work = (place / name for name in ("first.db", "clean.db", "work.db"))
    run(f"sqlite:///{prepared}", editions.first)
    shutil.copy(prepared, clean)
    before = time.monotonic()
    points = _points_of(f"sqlite:///{clean}", editions.second)
    took = time.monotonic() - before
    wanted = graph_hash(f"sqlite:///{clean}")
    say(f"clean hash {wanted[:16]}…, {len(points)} points, passed {sum(points.values())} times, {took:.1f} s")
    tally: dict[str, list[bool]] = {}
    for point, times in points.items():
        for _ in range(settings.rounds):
            _fresh(prepared, work)
            status = in_child(_killed(work, editions.second, point, generator.randint(1, times)))
            tally.setdefault(point, []).append(status == -signal.SIGKILL and _healed(work, editions.second, wanted))
        _say_outcomes(point, tally[point])
    for _ in range(settings.random):
        _fresh(prepared, work)
        phase = _killed_at_random(work, editions.second, generator.random() * took)
        tally.setdefault(f"random, after {phase}", []).append(_healed(work, editions.second, wanted))
    for point in tally.keys() - points.keys():
        _say_outcomes(point, tally[point])
    return _verdict(tally)


def _killed(work: Path, folder: Path, point: str, turn: int) -> Callable[[], None]:
    def go() -> None:
        die = dying_at(point, turn)
        with statements_as_points(die):
            run(f"sqlite:///{work}", folder, die)

    return go


def _killed_at_random(work: Path, folder: Path, delay: float) -> str:
    """Kill a load after `delay` seconds; returns the last point that it passed, or `start`."""
    shared = mmap.mmap(-1, 64)

    def note(name: str) -> None:
        shared[:] = name.encode().ljust(64)

    child = _fork(lambda: run(f"sqlite:///{work}", folder, note))
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _wait(child)
    return shared[:].rstrip(b" \0").decode() or "start"


def _fresh(prepared: Path, work: Path) -> None:
    for path in work.parent.glob(f"{work.name}*"):
        path.unlink()
    shutil.copy(prepared, work)


def _healed(work: Path, folder: Path, wanted: str) -> bool:
    address = f"sqlite:///{work}"
    run(address, folder)
    return graph_hash(address) == wanted


def _say_outcomes(point: str, outcomes: Sequence[bool]) -> None:
    say(f"  {point:<44} {len(outcomes):>3} kills, {sum(outcomes):>3} clean hashes")


def _verdict(tally: dict[str, list[bool]]) -> int:
    outcomes = [outcome for each in tally.values() for outcome in each]
    say(f"{len(outcomes)} kills, {sum(outcomes)} clean hashes after loading again")
    return 0 if outcomes and all(outcomes) else 1


def _on_neo4j(editions: Editions, settings: argparse.Namespace, generator: random.Random) -> int:
    from tests.neo4j_server import Neo4jServer  # noqa: PLC0415 - only where it is needed

    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # the benchmark itself kills the server
    tally: dict[str, list[bool]] = {}
    with Neo4jServer() as server:
        address = server.endpoint.address
        run(address, editions.first)
        passed: list[str] = []
        run(address, editions.second, passed.append)
        wanted = graph_hash(address)
        say(f"clean hash {wanted[:16]}…, {len(set(passed))} points, passed {len(passed)} times")
        for _ in range(settings.rounds):
            index = generator.randrange(len(passed))
            point, turn = passed[index], passed[: index + 1].count(passed[index])
            server.endpoint.wipe()
            run(address, editions.first)
            status = in_child(lambda p=point, t=turn: run(address, editions.second, dying_at(p, t)))  # type: ignore[misc]
            run(address, editions.second)
            tally.setdefault(point, []).append(status == -signal.SIGKILL and graph_hash(address) == wanted)
        for delay in (0.0, 0.03, 0.1):
            tally.setdefault("the server itself", []).append(_server_killed(server, editions, delay, wanted))
    for point, outcomes in tally.items():
        _say_outcomes(point, outcomes)
    return _verdict(tally)


def _server_killed(server: Any, editions: Editions, delay: float, wanted: str) -> bool:  # noqa: ANN401
    """Kill the server `delay` seconds into a batch: the load must raise a typed error, and a second load succeed."""
    address = server.endpoint.address
    server.endpoint.wipe()
    run(address, editions.first)
    passings = 0

    def kill(name: str) -> None:
        nonlocal passings
        passings += name == "batch-ready"
        if name == "batch-ready" and passings == 2:
            threading.Timer(delay, server.kill).start()

    refused = False
    try:
        run(address, editions.second, kill)
    except StoreError as error:
        say(f"  the server was killed: {error.code}: {error}")
        refused = True
    time.sleep(delay + 0.5)
    server.restart()
    run(address, editions.second)
    return refused and graph_hash(address) == wanted


if __name__ == "__main__":
    sys.exit(main())
