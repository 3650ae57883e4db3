"""The pytest side of the Neo4j harness: servers are started at their first use and wiped before each test.

`NEO4J_PARAMS` are the servers that this machine can have (`neo4j-5.26`, `neo4j-2026`, or the one named from outside). A
fixture over stores adds them to its own parameters and asks `neo4j_servers` for the endpoint.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.neo4j_install import (
    JAVA_MINIMUM,
    LTS,
    NEWEST,
    docker_answers,
    external_address,
    find_java,
    runnable_versions,
)
from tests.neo4j_server import DockerServer, Endpoint, Neo4jServer, check_empty, external

VERSIONS = {"neo4j-5.26": LTS, "neo4j-2026": NEWEST}
NAMED = "neo4j-named"
IN_DOCKER = "neo4j-docker"


def server_names() -> list[str]:
    """The servers that the tests run on here; where none can be had `neo4j-5.26`, so that the run fails saying why."""
    if external_address():
        return [NAMED]
    runnable = runnable_versions()
    own = [name for name, version in VERSIONS.items() if version in runnable]
    return own or ([IN_DOCKER] if docker_answers() else ["neo4j-5.26"])


NEO4J_PARAMS = [pytest.param(name, marks=pytest.mark.neo4j) for name in server_names()]

Servers = Callable[[str], Endpoint]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--without-neo4j`."""
    parser.addoption("--without-neo4j", action="store_true", help="leave out the tests that need a Neo4j server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the Neo4j tests on demand, and those that start servers where only a named one is there."""
    gone = [item for item in items if _is_left_out(config, item)]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if not _is_left_out(config, item)]
    config.stash[_LEFT_OUT] = len(gone)


_LEFT_OUT = pytest.StashKey[int]()


def _is_left_out(config: pytest.Config, item: pytest.Item) -> bool:
    if config.getoption("--without-neo4j") and item.get_closest_marker("neo4j"):
        return True
    return (
        item.get_closest_marker("neo4j_process") is not None
        and not runnable_versions()
        and bool(external_address() or docker_answers())
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in the last lines what was left out."""
    left_out = config.stash.get(_LEFT_OUT, 0)
    if config.getoption("--without-neo4j"):
        terminalreporter.write_line("Left out: the tests on Neo4j, as --without-neo4j asked.")
        return
    if left_out:
        terminalreporter.write_line(
            f"Left out: {left_out} tests that start a Neo4j of their own; there is no JDK here."
        )
    if not external_address() and find_java(JAVA_MINIMUM[NEWEST]) is None:
        terminalreporter.write_line(f"Not run on Neo4j {NEWEST}: no JDK {JAVA_MINIMUM[NEWEST]} or newer was found.")


@pytest.fixture(scope="session")
def neo4j_servers() -> Iterator[Servers]:
    """Gives the endpoint of a server by its name in `NEO4J_PARAMS`, emptied; starts it at the first call."""
    endpoints: dict[str, Endpoint] = {}
    with ExitStack() as running:

        def emptied(name: str) -> Endpoint:
            if name not in endpoints:
                endpoints[name] = _start(name, running)
            endpoints[name].wipe()
            return endpoints[name]

        yield emptied
        for endpoint in endpoints.values():
            endpoint.wipe()


def _start(name: str, running: ExitStack) -> Endpoint:
    named = external()
    if name == NAMED and named is not None:
        check_empty(named)
        return named
    if name == IN_DOCKER:
        return running.enter_context(DockerServer()).endpoint
    return running.enter_context(Neo4jServer(VERSIONS[name])).endpoint


@pytest.fixture(params=NEO4J_PARAMS)
def neo4j_endpoint(request: pytest.FixtureRequest, neo4j_servers: Servers) -> Endpoint:
    """An empty database on each Neo4j of this machine."""
    return neo4j_servers(request.param)
