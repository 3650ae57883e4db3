"""The harness itself: it finds a JDK, restarts a killed server with its data, and ends with its parent process."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.neo4j_install import ROOT, find_java, runnable_versions
from tests.neo4j_server import Endpoint, HarnessError, Neo4jServer, check_empty, external
from tests.waiting import HANG

_CHILD = """
import os, signal
from tests.neo4j_server import Neo4jServer
with Neo4jServer() as server:
    print(server.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_wiped_server_is_empty(neo4j_endpoint: Endpoint):
    neo4j_endpoint.run("CREATE (:Thing)-[:LIKES]->(:Thing)")
    assert neo4j_endpoint.run("MATCH (n) RETURN count(n) AS n") == [{"n": 2}]
    neo4j_endpoint.wipe()
    assert neo4j_endpoint.run("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_full_server_is_refused(neo4j_endpoint: Endpoint):
    check_empty(neo4j_endpoint)
    neo4j_endpoint.run("CREATE (:Precious)")
    with pytest.raises(HarnessError, match="the tests would delete it"):
        check_empty(neo4j_endpoint)


@pytest.mark.neo4j
@pytest.mark.neo4j_process
def test_server_dies_with_its_parent(tmp_path: Path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", _CHILD]
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    server = int(child.stdout)
    deadline = time.monotonic() + HANG
    while psutil.pid_exists(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not psutil.pid_exists(server)


@pytest.mark.neo4j
@pytest.mark.neo4j_process
def test_a_server_out_of_its_context_is_refused():
    with pytest.raises(HarnessError, match="enter its context"):
        _ = Neo4jServer().pid


def test_java_too_new_to_exist_is_not_found():
    assert find_java(999) is None


@pytest.mark.neo4j
@pytest.mark.neo4j_process
def test_java_is_found_for_the_oldest_version():
    assert runnable_versions()
    java = find_java(17)
    assert java is not None
    assert java.exists()


def test_named_server_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TIERSCOPE_TEST_NEO4J_URI", "bolt://example.invalid:7687")
    monkeypatch.setenv("TIERSCOPE_TEST_NEO4J_USER", "tester")
    monkeypatch.setenv("TIERSCOPE_TEST_NEO4J_PASSWORD", "secret")
    assert external() == Endpoint("bolt://example.invalid:7687", "tester", "secret")
    monkeypatch.delenv("TIERSCOPE_TEST_NEO4J_URI")
    assert external() is None
