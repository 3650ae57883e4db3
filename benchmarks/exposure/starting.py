"""What a start costs: importing the API, the first kernel out of the cache on disk, and with an empty cache.

    python -m benchmarks.exposure.starting [--quick] [--json FILE]

Each in a process of its own that tells its CPU time. The first kernel is the first answer of best paths on a network of
three firms, from before numba is imported: numba's own import, the start of LLVM, and the load (or, cold, the
compilation) of that kernel. Exact: the API imports no numba, and the answer is right. --quick leaves the cold ones out.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import json
import os
import subprocess
from argparse import Namespace
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.exposure.measuring import Row, finish, parser

ROOT = Path(__file__).resolve().parents[2]
_API = """import json, sys, time
before = time.process_time()
import api.http.application
spent = time.process_time() - before
print(json.dumps({"CPU s": spent, "modules of numba": sum(name.split(".")[0] == "numba" for name in sys.modules)}))"""
_KERNEL = """import json, time
import numpy as np
from reasoning.core.graph.network import network
net = network(3, np.array([0, 0, 1]), np.array([1, 2, 2]))
before = time.process_time()
import numba
brought = time.process_time() - before
from reasoning.core.disruption.best_paths import Finder, ranked_links
found = Finder(ranked_links(net, np.array([0.5, 0.2, 0.5]))[0]).top(0, 2)
spent = time.process_time() - before
assert found.products.tolist() == [0.5, 0.25], found.products
print(json.dumps({"CPU s": spent, "of it numba's import": brought, "of it the kernel": spent - brought}))"""
_ALL = """import json, time
before = time.process_time()
from reasoning.core.warm import warm
warm()
print(json.dumps({"CPU s": time.process_time() - before}))"""


def main() -> int:
    asked = parser(__doc__, ()).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """The API, then the first kernel and all kernels from the cache, then the first with none."""
    api = _told(_API)
    yield Row("import of the API", "no numba", api, api["modules of numba"] == 0)
    _told(_ALL)  # fills the cache where it was not
    yield Row("first kernel", "from the cache", _told(_KERNEL), exact=True)
    yield Row("all kernels", "from the cache", _told(_ALL), exact=True)
    if not options.quick:
        with TemporaryDirectory() as folder:
            yield Row("first kernel", "cold", _told(_KERNEL, NUMBA_CACHE_DIR=folder), exact=True)
            yield Row("all kernels", "cold", _told(_ALL, NUMBA_CACHE_DIR=folder), exact=True)


def _told(code: str, **settings: str) -> dict[str, float]:
    """What a fresh process prints; it fails if its answer is wrong."""
    environment = {**os.environ, **settings}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
