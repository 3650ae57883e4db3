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
import traceback
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

_OWN = {"pytest", "_pytest", "__main__", "benchmarks"}
OUTPUT = "../output.txt"  # what the last child printed
_POLL = 0.02  # seconds between two looks at a child


def foreign_modules(root: Path) -> list[str]:
    """Names of the imported modules that are neither below `root` nor of pytest and its plugins, in order of import."""
    left_out = _OWN | set(_plugin_packages())
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and not Path(file).is_relative_to(root) and name.partition(".")[0] not in left_out:
            found.append(name)
    return found


def _plugin_packages() -> Iterator[str]:
    """The packages of pytest's plugins: pytest rewrites them, and warns where they were imported before."""
    for plugin in entry_points(group="pytest11"):
        for file in (plugin.dist.files or []) if plugin.dist else []:
            yield file.parts[0].removesuffix(".py")


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
    """Run pytest in a process group of its own, with its output in a file, and leave with its status."""
    status = 1
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        output = os.open(OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        import pytest  # noqa: PLC0415

        status = int(pytest.main(words))
    except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
