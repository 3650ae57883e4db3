"""A process that has imported what tests need from elsewhere, and forks a child for each run of pytest.

It reads lines of JSON, `{"words": [...], "seconds": 30.0}`, and answers each with a line: the exit status of pytest, or
-1 where it took longer. Nothing of ours is imported before the fork, so that each child sees a module as it is then.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from pathlib import Path

_OWN = ("pytest", "_pytest", "xdist", "execnet", "hypothesis", "_hypothesis", "__main__", "benchmarks")
_POLL = 0.02  # seconds between two looks at a child


def foreign_modules(root: Path) -> list[str]:
    """Names of the imported modules that are neither below `root` nor parts of pytest, in the order of their import."""
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and not Path(file).is_relative_to(root) and not name.startswith(_OWN):
            found.append(name)
    return found


def serve(names: list[str]) -> None:
    """Import the modules of these names, then answer requests until the input ends."""
    for name in names:
        with contextlib.suppress(Exception):  # one that only works within another package
            importlib.import_module(name)
    import pytest  # noqa: PLC0415, F401 - so that children need not

    for line in sys.stdin:
        request = json.loads(line)
        status = _run(request["words"], request["seconds"])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _run(words: list[str], seconds: float) -> int:
    child = os.fork()
    if not child:
        _become_pytest(words)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_POLL)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


def _become_pytest(words: list[str]) -> None:
    """Run pytest in a process group of its own, silently, and leave with its status."""
    status = 1
    try:
        os.setpgid(0, 0)
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silence, stream)
        import pytest  # noqa: PLC0415

        status = int(pytest.main(words))
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
