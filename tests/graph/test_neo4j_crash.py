"""The server or the loader is killed during a load: no partial batch stays, and a rerun gives the clean hash."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j.exceptions
import pytest

from graph.connect import create
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.errors import StoreUnavailableError
from ontology.records import Batch
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, instant, named, supplies
from tests.neo4j_install import ROOT
from tests.neo4j_server import Neo4jServer
from tests.waiting import HANG

pytestmark = [pytest.mark.neo4j, pytest.mark.neo4j_process]

BATCHES = 5
RECORDS = 60

_LOADER = """
import sys
from graph.connect import connect
from tests.graph.samples import VOCABULARY
from tests.graph.test_neo4j_crash import load
store = connect(sys.argv[1], vocabulary=VOCABULARY)
print("loading", flush=True)
load(store)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Neo4jServer]:
    """A server that may be killed."""
    with Neo4jServer() as running:
        yield running


@pytest.fixture
def store(server: Neo4jServer) -> Iterator[GraphStore]:
    server.endpoint.wipe()
    opened = create(server.address, vocabulary=VOCABULARY)
    yield opened
    opened.close()


def batches() -> Iterator[Batch]:
    """A load that takes some seconds."""
    for number in range(BATCHES):
        rows = [f"{number}-{row}" for row in range(RECORDS)]
        entries = [
            entry(claim_of(supplies(f"org:s{row}", "org:hub"), row), claim_of(named(f"org:s{row}", row), row))
            for row in rows
        ]
        yield batch(*entries, at=instant(number))


def load(store: GraphStore) -> None:
    for each in batches():
        store.apply(each)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the whole load, computed by the other store."""
    file = create(f"sqlite:///{tmp_path_factory.mktemp('clean')}/store.db", vocabulary=VOCABULARY)
    load(file)
    found = content_hash(file)
    file.close()
    return found


def kill_after(delay: float, kill: object) -> threading.Thread:
    def wait_and_kill() -> None:
        time.sleep(delay)
        kill()  # type: ignore[operator]

    thread = threading.Thread(target=wait_and_kill)
    thread.start()
    return thread


def load_for_ever(server: Neo4jServer, store: GraphStore) -> None:
    while True:
        load(store)
        server.endpoint.run("MATCH (r:Record) SET r.digest = 'stale'")  # so that there is always more to write


def test_a_server_killed_while_it_writes_keeps_whole_batches(server: Neo4jServer, store: GraphStore, clean: str):
    killer = kill_after(0.3, server.kill)
    with pytest.raises((StoreUnavailableError, neo4j.exceptions.DriverError)):
        load_for_ever(server, store)
    killer.join()
    with pytest.raises(StoreUnavailableError) as caught:
        load(store)
    assert caught.value.retryable
    assert caught.value.fix
    server.restart()
    status = store.status()
    assert status.counts["ledger"] % RECORDS == 0
    assert status.counts["claims"] == 2 * status.counts["ledger"]
    content_hash(store)  # raises where a claim and its native relationship do not agree
    load(store)
    assert content_hash(store) == clean


def wait_for_open_transactions(server: Neo4jServer) -> None:
    """Return once the server has ended what the killed client left open; until then counts may be of two moments."""
    until = time.monotonic() + HANG
    while server.endpoint.run("SHOW TRANSACTIONS YIELD transactionId RETURN count(*) AS open")[0]["open"] > 1:
        assert time.monotonic() < until, "a transaction of a dead client stays open"
        time.sleep(0.05)


@pytest.mark.parametrize("delay", [0.0, 0.2])
def test_a_killed_loader_leaves_whole_batches(server: Neo4jServer, store: GraphStore, clean: str, delay: float):
    command = [sys.executable, "-c", _LOADER, server.address]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=_environment()) as loader:
        assert loader.stdout is not None
        assert loader.stdout.readline() == b"loading\n"
        time.sleep(delay)
        loader.send_signal(signal.SIGKILL)
    wait_for_open_transactions(server)
    status = store.status()
    assert status.counts["ledger"] % RECORDS == 0
    assert status.counts["claims"] == 2 * status.counts["ledger"]
    load(store)
    assert content_hash(store) == clean


def test_a_batch_whose_answer_was_lost_has_no_second_effect(store: GraphStore):
    first, *_ = batches()
    applied = store.apply(first)
    again = store.apply(first)
    assert (applied.opened, again.opened, again.revision) == (2 * RECORDS, 0, applied.revision)
    assert len(store.changes(0)) == 2 * RECORDS


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(ROOT))}
