"""What a Neo4j for the tests needs: a JDK, Maven, and the jars in `.cache/neo4j/<version>/lib` of the checkout.

Where Java or Maven is missing, apt installs them if it may; else Docker, or the server that `TIERSCOPE_TEST_NEO4J_URI`
names. This module imports no driver, so `./tierscope test` can prepare before anything else.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

LTS = "5.26.30"
NEWEST = "2026.08.1"
JAVA_MINIMUM: Mapping[str, int] = {LTS: 17, NEWEST: 21}

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "tests" / "neo4j"
CACHE = ROOT / ".cache" / "neo4j"
WAYS = (
    "set TIERSCOPE_TEST_NEO4J_URI to an empty Neo4j, start Docker, install a JDK 17 or newer and Maven, or leave these "
    "tests out with --without-neo4j"
)


class HarnessError(Exception):
    """A Neo4j for the tests cannot be had; the message says what to do."""


def find_java(minimum: int) -> Path | None:
    """The `java` of the oldest JDK on this machine that is at least `minimum`, or None."""
    found = {version: java for java in _candidates() if (version := _jdk_version(java)) >= minimum}
    return found[min(found)] if found else None


def _candidates() -> list[Path]:
    homes = [Path(home) for home in [os.environ.get("JAVA_HOME", "")] if home]
    for folder in ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"):
        homes += sorted(Path(folder).glob("*"), reverse=True)
    javas = [home / inner / "bin" / "java" for home in homes for inner in ("", "Contents/Home")]
    on_path = shutil.which("java")
    return [java for java in [*javas, *([Path(on_path).resolve()] if on_path else [])] if java.exists()]


def _jdk_version(java: Path) -> int:
    """The feature release of the JDK around `java`; 0 for a runtime that cannot compile the launcher."""
    if not (java.parent / "javac").exists():
        return 0
    release = java.parent.parent / "release"
    text = release.read_text() if release.exists() else _ask_version(java)
    found = re.search(r'(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)', text)
    return int(found[1]) if found else 0


def _ask_version(java: Path) -> str:
    return subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=600).stderr


def install_tools() -> None:
    """Install a JDK 17 and Maven with apt, where we are root and apt is there; else do nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "openjdk-17-jdk-headless", "maven"]):
        subprocess.run(["apt-get", "-q", *command], check=False, timeout=900, capture_output=True, env=environment)


def ensure_jars(version: str) -> Path:
    """The folder of Neo4j's jars, brought by Maven at the first call; safe when two processes call it at once.

    Raises:
        HarnessError: Maven is missing or failed.
    """
    library = CACHE / version / "lib"
    if library.exists():
        return library
    maven = shutil.which("mvn")
    if maven is None:
        raise HarnessError(f"Maven is needed to bring Neo4j {version}: {WAYS}")
    library.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=library.parent))
    _bring(maven, version, fresh)
    try:
        fresh.rename(library)
    except OSError:  # another process was first
        shutil.rmtree(fresh)
    return library


def _bring(maven: str, version: str, into: Path) -> None:
    command = [maven, "-q", "-B", "-f", str(RECIPE / "pom.xml"), f"-Dneo4j.version={version}"]
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={into}"]
    done = subprocess.run([*command, *goal], capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode != 0:
        shutil.rmtree(into)
        raise HarnessError(f"Maven could not bring Neo4j {version}: {done.stdout[-2000:]}; {WAYS}")


def runnable_versions() -> list[str]:
    """The versions of Neo4j that a JDK of this machine can run, with Maven or jars brought before."""
    brought = [version for version in JAVA_MINIMUM if shutil.which("mvn") or (CACHE / version / "lib").exists()]
    return [version for version in brought if find_java(JAVA_MINIMUM[version])]


def docker_answers() -> bool:
    """Whether a Docker engine is there and running."""
    docker = shutil.which("docker")
    if docker is None:
        return False
    command = [docker, "version", "--format", "{{.Server.Version}}"]
    return subprocess.run(command, capture_output=True, check=False, timeout=600).returncode == 0


def prepare(say: Callable[[str], None] = print) -> None:
    """Bring what the Neo4j tests need, before pytest starts; `./tierscope test` calls this unless `--without-neo4j`.

    Raises:
        HarnessError: No way to a Neo4j is open here.
    """
    if external_address() is not None:
        return
    if not runnable_versions():
        say("installing a JDK and Maven for the Neo4j tests")
        install_tools()
    for version in runnable_versions():
        if not (CACHE / version / "lib").exists():
            say(f"bringing Neo4j Community {version}")
        ensure_jars(version)
    if not runnable_versions() and not docker_answers():
        raise HarnessError(f"no Neo4j for the tests: {WAYS}")


def external_address() -> str | None:
    """What `TIERSCOPE_TEST_NEO4J_URI` names, or None."""
    return os.environ.get("TIERSCOPE_TEST_NEO4J_URI") or None


def main() -> int:
    """`python -m tests.neo4j_install`: what `./tierscope test` runs first; gives 1 where no Neo4j is to be had."""
    try:
        prepare(_tell)
    except HarnessError as error:
        _tell(f"NO_NEO4J: {error}")
        return 1
    return 0


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
