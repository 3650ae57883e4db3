"""How long the ways through the code are: files entered and call depth of one flow, counted by `sys.setprofile`.

    python -m benchmarks.flows             # every flow
    python -m benchmarks.flows row --files # one flow, with the names of its files and its deepest call chain

A flow is prepared first and run once unmeasured, so that imports and caches do not count. Then it is run again while
every call into one of our rooms is counted: the distinct files that were entered, and the greatest number of our own
frames on the stack at once. Frames of libraries between two of ours count for nothing.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[1])


import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import FrameType

from benchmarks.stores import open_at, say
from ingest.mapping.source_spec import parse_source_spec
from ingest.pipeline.load import load

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ontology", "graph", "ingest", "reasoning", "api", "app")
_COMPREHENSION = re.compile(r"\.<locals>\.<(?:list|dict|set)comp>|\.<locals>\.<genexpr>")
AT = "2026-03-01T09:00:00.000000Z"

Run = Callable[[], object]
Flow = Callable[[], AbstractContextManager[Run]]


@dataclass(slots=True)
class FlowTrace:
    """What one run of a flow entered.

    Attributes:
        files: Files of ours of which a function was called, in the order in which they were entered.
        depth: The greatest number of different functions of ours on the stack at once.
        chain: The deepest stack itself, outermost first, as `file:function`.
    """

    files: list[str] = field(default_factory=list)
    depth: int = 0
    chain: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Trace the flows that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flows", description=__doc__)
    parser.add_argument("flow", nargs="*", choices=[[], *FLOWS], help="flows to trace; all where none is named")
    parser.add_argument("--files", action="store_true", help="also print the files and the deepest call chain")
    options = parser.parse_args(arguments)
    for name in options.flow or FLOWS:
        with FLOWS[name]() as run:
            run()
            found = trace(run)
        rooms = Counter(file.partition("/")[0] for file in found.files)
        by_room = ", ".join(f"{room} {count}" for room, count in rooms.most_common())
        say(f"{name}: {len(found.files)} files ({by_room}), depth {found.depth}")
        if options.files:
            say("  files: " + ", ".join(found.files))
            say("  chain: " + " > ".join(found.chain))
    return 0


def trace(run: Run) -> FlowTrace:
    """Run a flow and count the files that it enters and the depth of its calls."""
    found = FlowTrace()
    names: dict[str, str] = {}
    stack: list[str] = []

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event not in ("call", "return"):
            return
        code = frame.f_code
        name = names.get(code.co_filename)
        if name is None:
            name = names[code.co_filename] = _room_file(code.co_filename)
        if not name or code.co_name == "<module>":
            return
        if event == "return":
            stack.pop()
            return
        stack.append(f"{name}:{_COMPREHENSION.sub('', code.co_qualname)}")
        if name not in found.files:
            found.files.append(name)
        if len(chain := dict.fromkeys(stack)) > found.depth:
            found.depth, found.chain = len(chain), list(chain)

    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def _room_file(path: str) -> str:
    """The path of a file of one of our rooms below the checkout; "" for any other file."""
    file = Path(path)
    if not file.is_relative_to(ROOT):
        return ""
    inner = file.relative_to(ROOT)
    return str(inner) if inner.parts[0] in ROOMS else ""


_MAPPING = """
source: flow
title: Suppliers
licence: CC0
publisher: nobody
uri: https://example.org/flow
mode: snapshot
files:
  suppliers: {path: suppliers.csv, format: csv}
records:
  - name: supplier
    from: suppliers
    key: [No]
    make:
      - "@type": Organization
        id: {ref: Organization, scheme: flow, value: "${No}"}
        name: ${Name}
        country: {of: "${Country}", do: [region]}
"""
_ROWS = "No,Name,Country\n1,Alpha,Germany\n2,Beta,France\n3,Gamma,Spain\n"


@contextmanager
def row_to_claim() -> Iterator[Run]:
    """A CSV of three rows becomes claims in an embedded store that is new for each run."""
    spec = parse_source_spec(_MAPPING, name="flow.yaml")
    with tempfile.TemporaryDirectory(prefix="tierscope-flow-") as folder:
        path = Path(folder) / "suppliers.csv"
        path.write_text(_ROWS, encoding="utf-8")
        stores = [open_at(f"sqlite:///{folder}/{number}.db") for number in range(2)]
        fresh = iter(stores)
        yield lambda: load(next(fresh), spec, path, clock=lambda: AT)
        for store in stores:
            store.close()


FLOWS: Mapping[str, Flow] = {"row": row_to_claim}


if __name__ == "__main__":
    raise SystemExit(main())
