"""README works as printed: its shell blocks run from top to bottom in a fresh clone, and print what it shows.

The conventions, for whoever writes README:

- Every `sh` block is run by `sh -e` in the clone and must succeed, unless the comment `<!-- not run: WHY -->` stands
  before it. The clone has the files as they are in the checkout, committed or not, and a home folder of its own.
- `<!-- run until: WORDS -->` before a block: it runs in the background until a line has these words, and is ended
  after the last block.
- A `text` block shows what the `sh` block before it prints (both outputs together, 106 columns wide). A line `…` stands
  for any number of lines; all others must be printed as they stand, without gaps.
- A `graphql` block is sent to the running service; the `json` block after it is its answer, without `extensions`.

The packages are those of this installation, so nothing is downloaded; ranking is by words, as with `--light`.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.public_data import ROOT

_BLOCK = re.compile(
    r"(?:<!-- (?P<how>not run|run until): (?P<words>.+?) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```\n", re.DOTALL
)
_SERVICE = re.compile(r"http://127\.0\.0\.1:\d+")
_SHOWN_SERVICE = "http://127.0.0.1:8317"
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
COLUMNS = 106


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of README, and the comment that stands before it."""

    kind: str
    body: str
    how: str | None
    words: str | None


@dataclass(slots=True)
class Reader:
    """A new user: runs what the blocks say, in one folder."""

    folder: Path
    environment: dict[str, str]
    printed: str = ""
    answer: object = None
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    service: str = ""

    def follow(self, block: Block) -> None:
        match block.kind, block.how:
            case "sh", "not run":
                self.printed = ""
            case "sh", "run until":
                self.printed = self.start(block.body, block.words or "")
            case "sh", _:
                self.printed = self.run(block.body)
            case "text", _:
                assert first_missing(block.body, _SERVICE.sub(_SHOWN_SERVICE, self.printed)) == [], self.printed
            case "graphql", _:
                self.answer = self.ask(block.body)
            case "json", _:
                assert self.answer == json.loads(block.body), json.dumps(self.answer, indent=2)
            case kind, _:
                pytest.fail(f"README has a block of {kind}, which nobody tries")

    def run(self, body: str) -> str:
        ran = subprocess.run(["sh", "-e", "-c", body], **self._how(), check=False)
        assert ran.returncode == 0, f"{body}\n{ran.stdout}"
        return str(ran.stdout)

    def start(self, body: str, words: str) -> str:
        process: subprocess.Popen[str] = subprocess.Popen(
            ["sh", "-e", "-c", body], **self._how(), start_new_session=True
        )
        self.running.append(process)
        printed = ""
        for line in process.stdout or ():
            printed += line
            if words in line:
                if found := _SERVICE.search(printed):
                    self.service = found[0]
                return printed
        pytest.fail(f"{body} ended before it printed {words!r}:\n{printed}")

    def ask(self, query: str) -> object:
        assert self.service, "no block before has started the service"
        body = json.dumps({"query": query}).encode()
        asked = urllib.request.Request(f"{self.service}/graphql", body, {"content-type": "application/json"})
        found = json.loads(self._sent(asked))
        return {key: value for key, value in found.items() if key != "extensions"}

    def _sent(self, asked: urllib.request.Request) -> bytes:
        """The answer to a request; the service prints its address just before it listens there."""
        while all(process.poll() is None for process in self.running):
            try:
                with _DIRECTLY.open(asked) as answer:
                    return bytes(answer.read())
            except urllib.error.URLError as error:
                if not isinstance(error.reason, ConnectionRefusedError):
                    raise
                time.sleep(0.1)
        pytest.fail("the service has ended")

    def leave(self) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGTERM)
            process.communicate()

    def _how(self) -> dict[str, Any]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        return {"cwd": self.folder, "env": self.environment, "text": True, **pipes}


def blocks(text: str) -> list[Block]:
    found = _BLOCK.finditer(text)
    return [Block(each["kind"], each["body"], each["how"], each["words"]) for each in found]


def first_missing(shown: str, printed: str) -> list[str]:
    """The first run of shown lines that was not printed after those before it; empty where all were."""
    lines = [line.rstrip() for line in printed.splitlines()]
    for part in _parts([line.rstrip() for line in shown.splitlines()]):
        place = next((at for at in range(len(lines)) if lines[at : at + len(part)] == part), None)
        if place is None:
            return part
        lines = lines[place + len(part) :]
    return []


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in [*lines, "…"]:
        if line != "…":
            part.append(line)
        elif part:
            yield part
            part = []


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of the checkout as it is now, over the packages of this installation."""
    folder = tmp_path / "tierscope"
    git("clone", "--quiet", str(ROOT), str(folder))
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")[:-1]:
        _bring(ROOT / name, folder / name)
    _link_packages(folder)
    return folder


def _bring(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if source.is_file() and not source.is_symlink():
        shutil.copy(source, target)


def _link_packages(folder: Path) -> None:
    """A `.venv` of links; its stamps say that the clone's own lists are installed, so the launcher installs nothing."""
    (folder / ".venv" / ".locks").mkdir(parents=True)
    for path in Path(sys.prefix).iterdir():
        if path.name != ".locks":
            (folder / ".venv" / path.name).symlink_to(path)
    for name in ("full.lock", "dev.lock"):
        shutil.copy(folder / "locks" / name, folder / ".venv" / ".locks")


@pytest.fixture
def reader(clone: Path, tmp_path: Path) -> Iterator[Reader]:
    home = tmp_path / "home"
    home.mkdir()
    ours = {"HOME": str(home), "COLUMNS": str(COLUMNS), "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
    settings = {"TIERSCOPE_LIGHT": "1", "TIERSCOPE_PORT": "0"}
    user = Reader(clone, {"PATH": os.environ["PATH"], **ours, **settings})
    yield user
    user.leave()


@pytest.mark.slow
def test_readme_works_as_printed(reader):
    for block in blocks((reader.folder / "README.md").read_text(encoding="utf-8")):
        reader.follow(block)


def test_readme_has_every_kind_of_step():
    found = blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {block.kind for block in found} == {"sh", "text", "graphql", "json"}
    assert [block.how for block in found].count("run until") == 1
    assert sum(block.kind == "sh" and block.how is None for block in found) >= 4


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("a\nb\n", []),
        ("a\n…\nd\n", []),
        ("…\nc  \n…\n", []),
        ("a\nc\n", ["a", "c"]),
        ("c\n…\na\n", ["a"]),
        ("b\ne\n", ["b", "e"]),
    ],
)
def test_what_is_shown_must_be_printed_in_this_order(shown, missing):
    assert first_missing(shown, "a\nb\nc\nd\n") == missing


def test_the_comment_before_a_block_is_read():
    text = "<!-- run until: Ctrl-C stops. -->\n```sh\nx\n```\n\n```text\ny\n```\n"
    assert blocks(text) == [Block("sh", "x\n", "run until", "Ctrl-C stops."), Block("text", "y\n", None, None)]
