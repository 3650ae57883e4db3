"""What a link costs in memory, what a job costs beside its work, and what more workers bring.

    python -m benchmarks.exposure.scale [--sizes 100000 1000000] [--kind tiered|powerlaw] [--without-ray] [--json FILE]

Bytes are what Python and numpy hold (tracemalloc): `B/link` of what is kept, the arrays given in left out; `peak
B/link` is the most while it was made. `s` is wall clock, the least of three runs, and hangs on the machine's load; `CPU
s` is of this process and all that it started. Exact: what is kept answers rightly; every executor gives the figures of
one thread, bit for bit.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import time
import tracemalloc
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from importlib.util import find_spec
from typing import TypeVar

import numpy as np
import psutil

from benchmarks.exposure.measuring import KINDS, Row, arranged, finish, parser, relabelled, shares, swept
from benchmarks.exposure.networks import SECTORS
from benchmarks.exposure.networks import Supply as Links
from reasoning.core.cascade.cascade import close_each
from reasoning.core.cascade.network import Production, Supply, input_classes, prepare
from reasoning.core.disruption.batches import estimate_each
from reasoning.core.disruption.best_paths import Finder, ranked_links
from reasoning.core.disruption.reliability import Chances, ReliabilityQuery, Sampler, chances
from reasoning.core.execution.executor import Arrays, CallingThread, Executor, WorkerPool, named
from reasoning.core.graph.network import Floats
from reasoning.core.graph.ordering import order
from reasoning.core.linear.push import Standing
from reasoning.scale.local import LocalPool
from reasoning.scale.ray_cluster import RayCluster

_CLOSED = 20_000
_ASKED = 200
_IDLE = 500

Crews = Mapping[str, WorkerPool]
Held = TypeVar("Held")


def main() -> int:
    options = parser(__doc__, (100_000, 1_000_000))
    options.add_argument("--without-ray", action="store_true", help="threads only")
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """What is kept on each size; then, on the first of them, the crews."""
    for size in options.sizes:
        supply, name = KINDS[options.kind](size), f"{options.kind} {size:,}"
        yield from kept(supply, size, name)
    if options.sizes:
        size = options.sizes[0]
        with ExitStack() as stack:
            ray = not getattr(options, "without_ray", False) and find_spec("ray") is not None
            yield from crewed(KINDS[options.kind](size), size, f"{options.kind} {size:,}", crews(stack, ray=ray))


def kept(supply: Links, size: int, name: str) -> Iterator[Row]:
    """What each measure keeps for a network of this size."""
    links = supply.supplier.size
    found = Supply(supply.supplier, supply.customer, supply.value, supply.sector, input_classes("legacy", SECTORS))
    yield _kept("M3 cascade", name, links, lambda: prepare(found), _closes)
    net, value = arranged(supply, size)
    net, value = relabelled(net, order(net), value)
    share, risk = shares(net, value), np.random.default_rng(1).random(size) / 50
    yield _kept(
        "best paths", name, links, lambda: ranked_links(net, share)[0], lambda held: Finder(held).top(0, 3).edges >= 0
    )
    yield _kept("M2 disruption", name, links, lambda: chances(net, share, risk), _asks)
    yield _kept("pushed scores", name, links, lambda: Standing(net, value, risk), lambda held: held.faults() == ())
    yield _kept("M1 of 8", name, links, lambda: swept(net, share, np.tile(risk[:, None], 8), 20), _within)


def crewed(supply: Links, size: int, name: str, crews: Crews) -> Iterator[Row]:
    """The same work by every executor, and jobs that do nothing."""
    found = Supply(supply.supplier, supply.customer, supply.value, supply.sector, input_classes("legacy", SECTORS))
    production, firms = prepare(found), np.random.default_rng(2).permutation(size)[:_CLOSED]
    net, value = arranged(supply, size)
    known = chances(net, shares(net, value), np.random.default_rng(1).random(size) / 50)
    focals = np.random.default_rng(3).integers(0, size, _ASKED)
    closes = partial(close_each, production, firms)
    yield from _alike(
        f"{firms.size:,} closures",
        name,
        crews,
        lambda executor: closes(executor=executor).total,
        jobs=-(-firms.size // 512),
    )
    runs = _ASKED * 4
    yield from _alike(
        f"{_ASKED} disruptions", name, crews, lambda executor: _estimates(known, focals, executor), jobs=-(-runs // 16)
    )
    for who, workers in crews.items():
        yield _idle(f"idle jobs, {who}", name, workers, named(production.graph))


def crews(stack: ExitStack, *, ray: bool) -> dict[str, WorkerPool]:
    """Who can work here; the clusters are gone with the stack."""
    found: dict[str, WorkerPool] = {"alone": CallingThread(), "1 thread": LocalPool(1), "2 threads": LocalPool(2)}
    if ray:
        before = time.perf_counter()
        stack.enter_context(RayCluster(count=3))
        print(f"Ray began in {time.perf_counter() - before:.1f} s", file=sys.stderr)
        found["Ray of 1"] = stack.enter_context(RayCluster(count=1))
        found["Ray of 2"] = stack.enter_context(RayCluster(count=2))
    return found


def _kept(what: str, name: str, links: int, make: Callable[[], Held], holds: Callable[[Held], bool]) -> Row:
    """What making something leaves behind, and its peak."""
    before = time.process_time()
    make()
    spent = time.process_time() - before
    tracemalloc.start()
    held = make()
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    figures = {"links": links, "B/link": now / links, "peak B/link": peak / links, "MB": now / 1e6, "CPU s": spent}
    return Row(what, name, figures, holds(held))


def _alike(what: str, name: str, crews: Crews, work: Callable[[Executor], Floats], *, jobs: int) -> Iterator[Row]:
    want, alone = np.zeros(0), 0.0
    for who, workers in crews.items():
        work(Executor(workers))  # compiled, shared and begun
        runs = [_run(partial(work, Executor(workers))) for _ in range(3)]
        spent, took, got = min(run[0] for run in runs), min(run[1] for run in runs), runs[0][2]
        want, alone = (want, alone) if alone else (got, spent)
        figures = {"s": spent, "×alone": alone / spent, "CPU s": took, "jobs": jobs, "CPU ms/job": took / jobs * 1e3}
        yield Row(f"{what}, {who}", name, figures, got.tobytes() == want.tobytes())


def _run(work: Callable[[], Floats]) -> tuple[float, float, Floats]:
    """Wall clock and CPU time, that of workers elsewhere on this machine too, and the figures."""
    began, before = time.perf_counter(), _cpu()
    got = work()
    return time.perf_counter() - began, _cpu() - before, got


def _cpu() -> float:
    spent = time.process_time()
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            spent += sum(child.cpu_times()[:2])
    return spent


def _idle(what: str, name: str, workers: WorkerPool, arrays: Arrays) -> Row:
    """Jobs that do nothing over arrays just shared: what sharing costs once, and a job each time."""
    fresh = {place: array.copy() for place, array in arrays.items()}
    before = time.perf_counter()
    list(workers.map(_nothing, fresh, [0]))
    first = time.perf_counter() - before
    before = time.perf_counter()
    got = list(workers.map(_nothing, fresh, range(_IDLE)))
    spent = time.perf_counter() - before
    size = sum(array.nbytes for array in fresh.values())
    figures = {"first s": first, "MB shared": size / 1e6, "µs/job": spent / _IDLE * 1e6}
    return Row(what, name, figures, got == list(range(_IDLE)))


def _nothing(_: Arrays) -> Callable[[int], int]:
    return _same


def _same(job: int) -> int:
    return job


def _closes(held: Production) -> bool:
    some = np.arange(64)
    two = close_each(held, some, executor=Executor(LocalPool(2), block=8))
    return close_each(held, some).total.tobytes() == two.total.tobytes()


def _asks(held: Chances) -> bool:
    sampler = Sampler(held)
    return sampler.faults(sampler.estimate(0, ReliabilityQuery(worlds=640))) == ()


def _within(held: tuple[Floats, float]) -> bool:
    return bool(held[0].min() >= 0 and held[0].max() <= 1 and held[1] < 1)


def _estimates(known: Chances, focals: np.ndarray, executor: Executor) -> Floats:
    return np.array([[one.estimate, one.error] for one in estimate_each(known, focals, executor=executor)])


if __name__ == "__main__":
    sys.exit(main())
