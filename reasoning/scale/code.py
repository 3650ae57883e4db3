"""The fingerprint of the code: nodes of one cluster must run the same, because figures could differ otherwise."""

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_CORE = Path(__file__).parents[1] / "core"
_PACKAGES = ("highspy", "numba", "numpy", "scipy")


@cache
def fingerprint() -> str:
    """A hash of the core's sources, of the versions of Python and numerical packages, and of the processor type."""
    found = sha256()
    for path in sorted(_CORE.rglob("*.py")):
        found.update(f"{path.relative_to(_CORE).as_posix()}\n".encode())
        found.update(path.read_bytes())
    versions = [f"{name} {version(name)}" for name in _PACKAGES]
    found.update("\n".join([*versions, platform.python_version(), platform.machine()]).encode())
    return found.hexdigest()
