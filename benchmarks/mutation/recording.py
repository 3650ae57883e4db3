"""A pytest plugin that records which functions of our rooms each test enters, so that a mutant meets only these tests.

What is entered while a file's fixtures are set up counts for all tests of that file, since they share them.
"""

import json
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.mutation.forking import foreign_modules

OPTION = "--mutation-record"  # the option that names the file to write
_INNER = re.compile(r"(\.<locals>)?\.?<(?:lambda|listcomp|dictcomp|setcomp|genexpr)>.*")


class Recorder:
    """Collects, by test, the functions entered as `path:qualified name`, and the seconds it took."""

    def __init__(self, root: Path, output: Path) -> None:
        self._root, self._output = f"{root}/", output
        self._entered: set[object] = set()
        self._tests: dict[str, set[object]] = {}
        self._shared: dict[str, set[object]] = defaultdict(set)
        self._seconds: dict[str, float] = {}

    def _profile(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._entered.add(frame.f_code)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record what fixtures enter."""
        return (yield from self._record(item, shared=True))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record what the test enters."""
        return (yield from self._record(item, shared=False))

    def _record(self, item: pytest.Item, *, shared: bool) -> Generator[None, object, object]:
        self._entered = set()
        began = time.perf_counter()
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
            self._seconds[item.nodeid] = self._seconds.get(item.nodeid, 0) + time.perf_counter() - began
            self._tests.setdefault(item.nodeid, set()).update(self._entered)
            if shared:
                self._shared[item.nodeid.partition("::")[0]].update(self._entered)

    def pytest_sessionfinish(self) -> None:
        """Write what was recorded, and which modules from elsewhere were imported."""
        found = {}
        for test, entered in self._tests.items():
            names = {self._name(code) for code in entered | self._shared[test.partition("::")[0]]}
            found[test] = {"seconds": self._seconds[test], "functions": sorted(names - {""})}
        body = {"tests": found, "modules": foreign_modules(Path(self._root))}
        self._output.write_text(json.dumps(body), encoding="utf-8")

    def _name(self, code: object) -> str:
        path, name = code.co_filename, code.co_qualname  # type: ignore[attr-defined]
        if not path.startswith(self._root):
            return ""
        return f"{path.removeprefix(self._root)}:{_INNER.sub('', name)}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the file to write."""
    parser.addoption(OPTION, type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record where a file is named."""
    output = config.getoption(OPTION)
    if output is not None:
        config.pluginmanager.register(Recorder(config.rootpath, output))
