"""What `doctor` looks at. Each examination answers one question and never raises."""

import importlib.metadata
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from app.runtime.settings import Settings, data_folder
from app.runtime.wiring import WEIGHTS, open_store
from ontology.errors import TierscopeError


@dataclass(frozen=True, slots=True)
class Examination:
    """One answer. `needed` says whether Tierscope cannot work without it; `fix` is "" where nothing is to be done."""

    name: str
    ok: bool
    needed: bool
    finding: str
    fix: str = ""


def examine(settings: Settings, address: str | None) -> list[Examination]:
    """Everything worth knowing, in the order in which a person would ask."""
    return [*_interpreter(), *_packages(), _weights(settings), _folder(), _store(settings, address), *_tools()]


def _interpreter() -> Iterator[Examination]:
    yield Examination("Python", ok=True, needed=True, finding=platform.python_version())


def _packages() -> Iterator[Examination]:
    names = {"neo4j": True, "strawberry-graphql": True, "sentence-transformers": False, "pytest": False}
    for name, needed in names.items():
        try:
            version = importlib.metadata.version(name)
            yield Examination(name, ok=True, needed=needed, finding=version)
        except importlib.metadata.PackageNotFoundError:
            fix = {"sentence-transformers": "./tierscope install", "pytest": "./tierscope test installs it"}
            yield Examination(
                name, ok=False, needed=needed, finding="not installed", fix=fix.get(name, "./tierscope install")
            )


def _weights(settings: Settings) -> Examination:
    if settings.light:
        return Examination(
            "embeddings", ok=False, needed=False, finding="left out (--light)", fix="run without --light"
        )
    there = find_spec(WEIGHTS) is not None
    finding = "all-MiniLM-L6-v2, from a package" if there else "no weights: ranking is by words and rules"
    return Examination(
        "embeddings", ok=there, needed=False, finding=finding, fix="" if there else "./tierscope install"
    )


def _folder() -> Examination:
    folder = data_folder()
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(nearest).free // 2**20
    ok = free > 500
    return Examination(
        "data folder", ok=ok, needed=True, finding=f"{folder}, {free} MiB free", fix="" if ok else "make room"
    )


def _store(settings: Settings, address: str | None) -> Examination:
    named = address or settings.store
    try:
        with open_store(settings, address=named, read_only=True) as opened:
            status = opened.status()
    except TierscopeError as error:
        return Examination("store", ok=False, needed=True, finding=f"{error.code}: {error}", fix=error.fix)
    claims = status.counts.get("claims", 0)
    return Examination(
        "store", ok=True, needed=True, finding=f"{status.address}, {claims} claims, revision {status.revision}"
    )


def _tools() -> Iterator[Examination]:
    for name, use in {
        "java": "the tests' own Neo4j",
        "mvn": "the tests' own Neo4j",
        "docker": "docker compose up",
    }.items():
        path = shutil.which(name)
        finding = _version(path) if path else "not on the PATH"
        yield Examination(
            name, ok=path is not None, needed=False, finding=finding, fix="" if path else f"only for {use}"
        )


def _version(path: str) -> str:
    try:
        ran = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return f"{path} does not answer"
    return (ran.stdout or ran.stderr).strip().split("\n")[0] or path
