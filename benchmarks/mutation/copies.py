"""A temporary copy of the checkout in which mutants live: the checkout itself is never touched."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from benchmarks.mutation.forking import OUTPUT
from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.recording import OPTION

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.pyc")
_WORDS = ("-q", "-x", "-p", "no:cacheprovider")


@dataclass(slots=True)
class Copy:
    """A copy of the checkout with the public data beside it, and a process that runs its tests."""

    root: Path
    server: subprocess.Popen[str] | None = None

    def record(self, tests: Sequence[str], marks: str = "") -> dict[str, Any]:
        """Run tests on the unchanged copy: by test its `seconds` and the `functions` that it enters.

        Raises:
            SystemExit: They fail without any mutant.
        """
        output = self.root.parent / "record.json"
        words = [*_WORDS, *tests, "-m", marks, "-p", "benchmarks.mutation.recording", OPTION, str(output)]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=self.root,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"the tests fail on the unchanged code:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        modules = self.root.parent / "modules.json"
        modules.write_text(json.dumps(found.pop("modules")), encoding="utf-8")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mutation.forking", str(modules)],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        tests_found: dict[str, Any] = found["tests"]
        return tests_found

    def passes(self, tests: Sequence[str], seconds: float) -> bool:
        """Whether tests pass on the copy as it is now; tests that take longer than `seconds` do not."""
        listed = self.root.parent / "tests.txt"
        listed.write_text("\n".join(tests), encoding="utf-8")
        sent, answered = self._streams()
        sent.write(json.dumps({"words": [*_WORDS, f"@{listed}"], "seconds": seconds}) + "\n")
        sent.flush()
        return int(answered.readline()) == 0

    def survives(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
        """Whether the tests pass with a mutant in place."""
        path = self.root / mutant.path
        text = path.read_text(encoding="utf-8")
        _write(path, mutant.apply(text))
        try:
            return self.passes(tests, seconds)
        finally:
            _write(path, text)

    def output(self) -> str:
        """The end of what the last run of `passes` printed."""
        return (self.root / OUTPUT).read_text(encoding="utf-8", errors="replace")[-3000:]

    def close(self) -> None:
        """End the process."""
        if self.server is not None:
            for stream in self._streams():
                stream.close()
            self.server.wait()

    def _streams(self) -> tuple[IO[str], IO[str]]:
        if self.server is None or self.server.stdin is None or self.server.stdout is None:
            raise RuntimeError("record the tests first")
        return self.server.stdin, self.server.stdout

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root)}


def _write(path: Path, text: str) -> None:
    """Write a module and remove its compiled form, which is known by size and second only."""
    path.write_text(text, encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink(missing_ok=True)


@contextmanager
def copy_of(checkout: Path, folder: Path) -> Iterator[Copy]:
    """A copy of the checkout below `folder`, removed at the end."""
    root = folder / "checkout"
    shutil.copytree(checkout, root, ignore=_LEFT_OUT, symlinks=True)
    if (shared := checkout.parent / "shared").is_dir():
        (folder / "shared").symlink_to(shared)
    copy = Copy(root)
    try:
        yield copy
    finally:
        copy.close()
        shutil.rmtree(root)
