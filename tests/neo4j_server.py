"""A real Neo4j Community for tests and benchmarks, without Docker where Java and Maven are there.

A dozen lines of Java (`tests/neo4j/Neo4jServer.java`) run Neo4j's own jars from source. The server has its own files, a
free loopback port, and dies with the process that started it.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import neo4j
import neo4j.exceptions

from tests.neo4j_install import (
    JAVA_MINIMUM,
    LTS,
    NEWEST,
    RECIPE,
    WAYS,
    HarnessError,
    ensure_jars,
    external_address,
    find_java,
)

__all__ = [
    "LTS",
    "NEWEST",
    "DockerServer",
    "Endpoint",
    "HarnessError",
    "Neo4jServer",
    "Tls",
    "check_empty",
    "ensure_jars",
    "external",
    "find_java",
]

IMAGE = "neo4j:5.26-community"
START_SECONDS = 600
STOP_SECONDS = 120
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")


@dataclass(frozen=True, slots=True)
class Tls:
    """A folder with `private.key` (PKCS#8) and `public.crt` that the server shows to its clients."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens and who may enter; `user` is None where authentication is off."""

    address: str
    user: str | None = None
    password: str | None = None
    certificates: Path | None = None

    def run(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of one query, past the adapter: for tests that look at or tamper with what is stored."""
        with self.driver() as driver, driver.session() as session:
            rows: list[dict[str, Any]] = session.run(query, parameters).data()
            return rows

    def driver(self) -> Any:
        """A plain driver; the caller closes it."""
        login = None if self.user is None else (self.user, self.password or "")
        common: dict[str, Any] = {"auth": login, "telemetry_disabled": True, "connection_timeout": 60}
        common["notifications_min_severity"] = "OFF"
        if self.certificates is None:
            return neo4j.GraphDatabase.driver(self.address, **common)
        trust = neo4j.TrustCustomCAs(str(self.certificates))
        address = self.address.replace("+s://", "://")
        return neo4j.GraphDatabase.driver(address, encrypted=True, trusted_certificates=trust, **common)

    def wipe(self) -> None:
        """Delete all nodes and relationships; indexes and constraints stay."""
        with self.driver() as driver, driver.session() as session:
            nodes = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)["nodes"]
            if nodes > 20_000:
                session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS").consume()
                session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
            elif nodes:
                session.run("MATCH (n) DETACH DELETE n").consume()


def external() -> Endpoint | None:
    """The server that `TIERSCOPE_TEST_NEO4J_URI` names, with `…_USER` and `…_PASSWORD`; None where it is not set."""
    address = external_address()
    user, password = (os.environ.get(f"TIERSCOPE_TEST_NEO4J_{name}") for name in ("USER", "PASSWORD"))
    return Endpoint(address, user, password) if address else None


def check_empty(endpoint: Endpoint) -> None:
    """Refuse a server that holds data: the tests delete everything in it.

    Raises:
        HarnessError: It holds nodes.
    """
    if endpoint.run("MATCH (n) RETURN n LIMIT 1"):
        raise HarnessError(f"{endpoint.address} holds data, and the tests would delete it: name an empty server")


class Neo4jServer:
    """A Neo4j process of our own on a free loopback port, with its own files; it dies with this process.

    Attributes:
        version: `LTS` or `NEWEST`.
        password: Of the user `neo4j`; None turns authentication off.
        tls: Certificates; None serves unencrypted.
        fast: Trade peak speed for a quick start (tests); benchmarks turn it off.
    """

    def __init__(self, version: str = LTS, *, password: str | None = None, tls: Tls | None = None, fast: bool = True):
        self.version = version
        self.password = password
        self.tls = tls
        self.fast = fast
        self.port = 0
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """`bolt://127.0.0.1:PORT`, or `bolt+s://` with TLS."""
        return f"{'bolt+s' if self.tls else 'bolt'}://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens."""
        certificates = self.tls.folder / "public.crt" if self.tls else None
        return Endpoint(self.address, "neo4j" if self.password else None, self.password, certificates)

    @property
    def pid(self) -> int:
        """Of the server process."""
        return self._running().pid

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="tierscope-neo4j-"))
        try:
            self.start()
            if self.password:
                self._set_password(self.password)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def start(self) -> None:
        """Start the process on the files that are there, and wait until Bolt answers.

        Raises:
            HarnessError: It did not come up; the message ends with its log.
        """
        self.port = self.port or _free_port()
        java = find_java(JAVA_MINIMUM[self.version])
        if java is None:
            raise HarnessError(f"Neo4j {self.version} needs a JDK {JAVA_MINIMUM[self.version]} or newer: {WAYS}")
        command = self._command(java, ensure_jars(self.version))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        """Shut down in order; the files stay until the context ends."""
        process = self._running()
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self._reap()

    def kill(self) -> None:
        """SIGKILL, as a crash would end it; nothing where it is gone already."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def restart(self) -> None:
        """Come back at the same address with the same files, after `stop`, `kill` or neither."""
        if self._process is not None:
            self.stop()
        self.start()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise HarnessError("the server is not running: enter its context, or restart it")
        return self._process

    def _reap(self) -> None:
        process, self._process = self._running(), None
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    @property
    def _home(self) -> Path:
        if self._folder is None:
            raise HarnessError("the server has no files: enter its context first")
        return self._folder

    @property
    def _log(self) -> Path:
        return self._home / "console.log"

    def _command(self, java: Path, library: Path) -> list[str]:
        configuration = self._home / "neo4j.conf"
        configuration.write_text("".join(f"{name}={value}\n" for name, value in self._settings().items()))
        opened = [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED]
        speed = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"] if self.fast else []
        launcher = [
            "-cp",
            f"{library}/*",
            str(RECIPE / "Neo4jServer.java"),
            str(self._home / "home"),
            str(configuration),
        ]
        return [str(java), "-Xmx1g", *speed, *opened, *launcher]

    def _settings(self) -> dict[str, str]:
        settings = {
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.default_listen_address": "127.0.0.1",
            "dbms.usage_report.enabled": "false",
            "dbms.security.auth_enabled": "true" if self.password else "false",
            "server.memory.pagecache.size": "256m",
            "db.tx_log.preallocate": "false",
        }
        return settings | (_tls_settings(self.tls) if self.tls else {})

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            if b"ready" in self._log.read_bytes() and _listens(self.port):
                return
            time.sleep(0.1)
        log = self._log.read_text(errors="replace")[-3000:]
        self.kill()
        raise HarnessError(f"Neo4j {self.version} did not come up on port {self.port}: {log}")

    def _set_password(self, password: str) -> None:
        first = Endpoint(self.address, "neo4j", "neo4j", self.endpoint.certificates)
        with first.driver() as driver, driver.session(database="system") as session:
            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=password).consume()


class DockerServer:
    """The same in a container, for machines with Docker but without a JDK."""

    def __init__(self) -> None:
        self.port = 0
        self._container = ""

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens."""
        return Endpoint(f"bolt://127.0.0.1:{self.port}")

    def __enter__(self) -> Self:
        self.port = _free_port()
        published = f"127.0.0.1:{self.port}:7687"
        command = ["docker", "run", "--rm", "-d", "-p", published, "-e", "NEO4J_AUTH=none", IMAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode != 0:
            raise HarnessError(f"docker could not run {IMAGE}: {done.stderr[-1000:]}; {WAYS}")
        self._container = done.stdout.strip()
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["docker", "kill", self._container], capture_output=True, check=False, timeout=600)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self.endpoint.run("RETURN 1")
            except neo4j.exceptions.DriverError:
                time.sleep(1)
            else:
                return
        self.__exit__(None, None, None)
        raise HarnessError(f"{IMAGE} did not answer within {START_SECONDS} s")


def _tls_settings(tls: Tls) -> dict[str, str]:
    return {
        "server.bolt.tls_level": "REQUIRED",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(tls.folder),
        "dbms.ssl.policy.bolt.private_key": "private.key",
        "dbms.ssl.policy.bolt.public_certificate": "public.crt",
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
