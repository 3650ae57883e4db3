"""Speed of a load: claims per CPU second, compared with a bare `executemany` of the same rows.

    python -m benchmarks.ingest                       # debian_deps into SQLite, from ../shared/data
    python -m benchmarks.ingest --source scms --neo4j # also into a real Neo4j, compared with one MERGE for each row

The load does everything: hashing, reading, mapping, validation, staging, evidence, ledger, change feed, words. The bare
insert writes the rows of the loaded file into the same tables with the same indexes, in one transaction with one
`executemany` for each table. Each runs in its own process. The ratio is comparable between machines, the times are not.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])


import argparse
import cProfile
import json
import pstats
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any, LiteralString

from benchmarks.stores import PUBLIC_DATA, loader, open_at, say
from graph.port import ClaimQuery, GraphStore

GOAL, NEO4J_GOAL = 0.15, 10.0
RSS_LIMIT = 500  # MB of memory of the loader
_MERGES = 1500  # claims that are merged one by one, with a proportional number of relationships


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 where a goal is missed."""
    options = _parser().parse_args(arguments)
    if options.step:
        return _STEPS[options.step](options)
    folder = options.data or PUBLIC_DATA / options.source
    with tempfile.TemporaryDirectory(prefix="tierscope-benchmark-") as place:
        store = Path(place) / "store.db"
        loaded = _child("load", options.source, folder, store)
        bare = _child("bare", options.source, folder, store)
        reached = _report(options.source, loaded, bare)
        if reached < GOAL or options.profile:
            _child("profile", options.source, folder, Path(place) / "profiled.db", show=True)
        good = reached >= GOAL and loaded["rss"] < RSS_LIMIT
        if options.neo4j:
            good &= _neo4j(options.source, folder)
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--source", default="debian_deps", help="name of the source")
    parser.add_argument("--data", type=Path, help="folder with its files; ../shared/data/SOURCE where absent")
    parser.add_argument("--neo4j", action="store_true", help="measure against a real Neo4j, too")
    parser.add_argument("--profile", action="store_true", help="print the profile of the load")
    parser.add_argument("--step", choices=["load", "bare", "profile"], help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    return parser


def _child(step: str, source: str, folder: Path, store: Path, *, show: bool = False) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ingest", "--step", step, "--source", source]
    command += ["--data", str(folder), "--store", str(store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    if show:
        say(done.stdout)
        return {}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _report(source: str, loaded: dict[str, Any], bare: dict[str, Any]) -> float:
    rate, bound = loaded["claims"] / loaded["cpu"], loaded["claims"] / bare["cpu"]
    reached: float = rate / bound
    again = loaded["again"]
    say(f"{source}: {loaded['read']:,} rows, {loaded['claims']:,} claims, {bare['rows']:,} rows stored")
    say(f"  whole load       {rate:>9,.0f} claims per CPU second ({loaded['cpu']:.2f} s)")
    say(f"  bare executemany {bound:>9,.0f} claims per CPU second ({bare['cpu']:.2f} s)")
    say(f"  ratio {reached:.3f} (goal {GOAL}); memory {loaded['rss']:.0f} MB (limit {RSS_LIMIT})")
    say(f"  second load: {again['claims']} claims in {again['cpu']:.2f} CPU s")
    return reached


def _load(options: argparse.Namespace) -> int:
    load = loader(open_at(f"sqlite:///{options.store}"), options.source)
    before = time.process_time()
    report = load(options.data)
    cpu = time.process_time() - before
    before = time.process_time()
    second = load(options.data)
    again = {"claims": second.opened, "cpu": time.process_time() - before}
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(json.dumps({"read": report.read, "claims": report.opened, "cpu": cpu, "rss": rss, "again": again}))
    return 0


def _bare(options: argparse.Namespace) -> int:
    with sqlite3.connect(options.store) as old:
        made = old.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, rowid").fetchall()
        names = [name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
        tables = {name: old.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    db = sqlite3.connect(options.store.with_name("bare.db"), isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    for (statement,) in made:
        db.execute(statement)
    before = time.process_time()
    db.execute("BEGIN IMMEDIATE")
    for name, rows in tables.items():
        if rows:
            places = ",".join("?" * len(rows[0]))
            db.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
    db.execute("COMMIT")
    cpu = time.process_time() - before
    say(json.dumps({"cpu": cpu, "rows": sum(map(len, tables.values())), "tables": sum(map(bool, tables.values()))}))
    return 0


def _profile(options: argparse.Namespace) -> int:
    load = loader(open_at(f"sqlite:///{options.store}"), options.source)
    profile = cProfile.Profile()
    profile.runcall(load, options.data)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(25)
    return 0


_STEPS: dict[str, Callable[[argparse.Namespace], int]] = {"load": _load, "bare": _bare, "profile": _profile}


def _neo4j(source: str, folder: Path) -> bool:
    """Compare batches with one MERGE for each node or relationship, in elapsed time, as the server's work counts."""
    from tests.neo4j_server import Neo4jServer  # noqa: PLC0415 - only where it is needed

    with Neo4jServer() as server:
        endpoint = server.endpoint
        store = open_at(endpoint.address, user=endpoint.user or "", password=endpoint.password or "")
        before = time.perf_counter()
        report = loader(store, source)(folder)
        took = time.perf_counter() - before
        nodes = endpoint.run("MATCH (n) RETURN count(n) AS n")[0]["n"]
        edges = endpoint.run("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
        batched: float = (nodes + edges) / took
        merged = _merge(endpoint, store, edges / (nodes + edges))
    say(f"  Neo4j: {report.opened:,} claims as {nodes:,} nodes and {edges:,} relationships, {took:.1f} s elapsed")
    say(f"  {batched:,.0f} rows/s in batches, {merged:,.0f} by one MERGE each: {batched / merged:.1f} times")
    return batched >= NEO4J_GOAL * merged


def _merge(endpoint: Any, store: GraphStore, edges: float) -> float:  # noqa: ANN401
    """Rows per second with one MERGE each: claims as nodes, and relationships in the proportion of the load."""
    claims = [stored.claim for stored in store.claims(ClaimQuery(limit=_MERGES))]
    endpoint.run("CREATE CONSTRAINT bare FOR (n:Bare) REQUIRE n.id IS UNIQUE")
    node = "MERGE (n:Bare {id: $id}) SET n.predicate = $predicate, n.statement = $statement, n.subject = $subject"
    edge = "MATCH (n:Bare {id: $id}) MATCH (m:Bare {id: $other}) MERGE (n)-[:BARE]->(m)"
    rows = [{"id": c.id, "predicate": c.predicate, "statement": c.statement, "subject": c.subject} for c in claims]
    statements: list[tuple[LiteralString, dict[str, str]]] = [(node, row) for row in rows]
    wanted = round(len(rows) * edges / (1 - edges))
    count = len(rows)
    statements += [
        (edge, {"id": rows[n % count]["id"], "other": rows[(n * 7 + 1) % count]["id"]}) for n in range(wanted)
    ]
    with endpoint.driver() as driver, driver.session() as session:
        before = time.perf_counter()
        for statement, row in statements:
            session.run(statement, row).consume()
    return len(statements) / (time.perf_counter() - before)


if __name__ == "__main__":
    raise SystemExit(main())
