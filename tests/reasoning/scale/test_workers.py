"""Every worker pool gives the same: threads of this process, and processes of a Ray cluster.

One Ray starts for all tests here; it has a processor for each worker of both clusters.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest

from ontology.errors import ClusterError, JobError, NotConvergedError
from reasoning.core.cascade.cascade import Criticality, close_each, losses_at
from reasoning.core.cascade.kernel import Graph, weigh_each
from reasoning.core.cascade.network import Production, prepare
from reasoning.core.disruption.batches import estimate_each
from reasoning.core.disruption.reliability import Chances, DisruptionEstimate, ReliabilityQuery, Sampler, chances
from reasoning.core.execution.executor import CallingThread, Executor, WorkerPool, named, restored
from reasoning.core.graph.network import network
from reasoning.scale.local import LocalPool
from reasoning.scale.ray_cluster import RayCluster, Task
from tests.reasoning.cascades import random_supply
from tests.reasoning.scale import starts
from tests.waiting import HANG

NUMBERS = {"numbers": np.arange(40.0)}
KINDS = ("alone", "1 thread", "3 threads", "ray of 1", "ray of 2")


@pytest.fixture(scope="module")
def clusters() -> Generator[dict[str, RayCluster]]:
    with (
        RayCluster(count=3, timeout=HANG) as _,
        RayCluster(count=1, timeout=HANG) as one,
        RayCluster(count=2, timeout=HANG) as two,
    ):
        yield {"ray of 1": one, "ray of 2": two}


@pytest.fixture(params=KINDS)
def workers(request: pytest.FixtureRequest) -> WorkerPool:
    name: str = request.param
    if name.startswith("ray"):
        found: WorkerPool = request.getfixturevalue("clusters")[name]
        return found
    local: dict[str, WorkerPool] = {"alone": CallingThread(), "1 thread": LocalPool(1), "3 threads": LocalPool(3)}
    return local[name]


def test_results_come_in_the_order_of_the_jobs_and_a_worker_starts_once(workers: WorkerPool):
    jobs = [3, 1, 39, 0, *range(30)]
    got = list(workers.map(partial(starts.adding, 0.5), NUMBERS, jobs))
    assert [result for _, result in got] == [job + 0.5 for job in jobs]
    firsts = sum(1 for count, _ in got if count == 1)
    assert 1 <= firsts <= workers.count
    assert sum(1 for count, _ in got if count > len(jobs) // workers.count) <= len(jobs) - workers.count


def test_no_jobs_are_no_results(workers: WorkerPool):
    assert list(workers.map(starts.unready, NUMBERS, [])) == []


def test_the_next_call_has_arrays_of_its_own(workers: WorkerPool):
    for factor in (1.0, 2.0, 1.0):
        arrays = {"numbers": np.arange(40.0) * factor}
        assert list(workers.map(starts.sum_of, arrays, [0, 1])) == [780 * factor] * 2


def test_closing_the_results_cancels_and_the_next_call_works(workers: WorkerPool):
    results = workers.map(partial(starts.adding, 0.0), NUMBERS, list(range(40)))
    assert next(results)[1] == 0.0
    results.close()
    assert list(results) == []
    assert [result for _, result in workers.map(partial(starts.adding, 1.0), NUMBERS, [4, 2])] == [5.0, 3.0]


@pytest.mark.parametrize("name", KINDS[1:])
def test_the_first_job_that_fails_is_named(name: str, request: pytest.FixtureRequest):
    workers = request.getfixturevalue("clusters")[name] if name.startswith("ray") else LocalPool(int(name[0]))
    results = workers.map(starts.failing, NUMBERS, list(range(10)))
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(JobError, match="job 5 failed: ZeroDivisionError: of five") as caught:
        next(results)
    assert caught.value.details["job"] == 5
    assert caught.value.fix
    with pytest.raises(NotConvergedError, match="seven did not end") as ours:
        list(workers.map(starts.failing, NUMBERS, [1, 7]))
    assert (ours.value.details, ours.value.fix) == ({"job": 1}, "leave it out")
    with pytest.raises(JobError, match="job 0 failed: KeyError"):
        list(workers.map(starts.unready, NUMBERS, [1]))


def test_a_cluster_shares_read_only_arrays(clusters: dict[str, RayCluster]):
    got = list(clusters["ray of 2"].map(starts.described, NUMBERS, list(range(12))))
    assert {(writeable, size) for writeable, size, _ in got} == {(False, 40)}
    assert os.getpid() not in {process for *_, process in got}


def test_a_worker_that_dies_is_replaced_and_one_that_always_dies_is_reported(
    clusters: dict[str, RayCluster], tmp_path: Path
):
    cluster = clusters["ray of 1"]
    assert list(cluster.map(partial(starts.dying, str(tmp_path), 1), {}, list(range(6)))) == [0, 10, 20, 30, 40, 50]
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(ClusterError, match=r"job [23], or one queued at the same worker, lost the worker") as caught:
        list(cluster.map(partial(starts.dying, str(tmp_path), 99), {}, list(range(6))))
    assert caught.value.details["job"] in {2, 3}
    assert caught.value.retryable
    assert list(cluster.map(starts.sum_of, NUMBERS, [0])) == [780.0]


def test_a_cluster_without_a_free_processor_is_reported(clusters: dict[str, RayCluster]):
    for each in clusters.values():
        list(each.map(starts.sum_of, NUMBERS, [0]))
    with (
        RayCluster(count=1, timeout=0.5) as none,
        pytest.raises(ClusterError, match=r"no worker .* started within 0 s") as caught,
    ):
        list(none.map(starts.sum_of, NUMBERS, [0]))
    assert caught.value.fix


def test_a_node_with_other_code_is_refused():
    with pytest.raises(ClusterError, match="other code") as caught:
        Task(starts.sum_of, (), [], code="of yesterday").worker()
    assert "same lock file" in caught.value.fix


def test_a_missing_cluster_is_reported_at_once():
    code = """
from reasoning.scale.ray_cluster import RayCluster
from ontology.errors import ClusterError
for address in ("127.0.0.1:1", "ray://127.0.0.1:1", "no-such-host.invalid:6379", "127.0.0.1:port"):
    try:
        RayCluster(address)
    except ClusterError as error:
        print(address in str(error), "TIERSCOPE_CLUSTER" in error.fix, error.retryable)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=HANG)
    assert ran.stdout == "True True True\n" * 4


def test_an_interrupt_leaves_no_worker(clusters: dict[str, RayCluster], tmp_path: Path):
    cluster = clusters["ray of 1"]
    ((*_, worker),) = cluster.map(starts.described, NUMBERS, [0])
    begun = tmp_path / "begun"
    with interrupted(begun), cluster:
        list(cluster.map(partial(starts.slow, str(begun)), {}, list(range(100))))
    assert psutil.wait_procs([found for found in [process(worker)] if found], timeout=HANG)[1] == []


def test_an_interrupt_of_threads_cancels_jobs_that_have_not_begun(tmp_path: Path):
    before = threading.active_count()
    begun = tmp_path / "begun"
    with interrupted(begun):
        list(LocalPool(2).map(partial(starts.slow, str(begun)), {}, list(range(1000))))
    assert threading.active_count() == before


def test_ray_sends_no_statistics_and_listens_to_this_machine_only(clusters: dict[str, RayCluster]):
    list(clusters["ray of 1"].map(starts.sum_of, NUMBERS, [0]))
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
    mine = psutil.Process().children(recursive=True)
    listening = {place.laddr.ip for child in mine for place in child.net_connections("tcp") if place.status == "LISTEN"}
    assert listening <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@pytest.fixture(scope="module")
def closed() -> tuple[Production, Criticality]:
    production = prepare(random_supply(150, 900, 12, 6))
    return production, close_each(production)


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_closures_are_the_same_in_every_pool(workers: WorkerPool, closed: tuple[Production, Criticality], block: int):
    production, want = closed
    reported: list[int] = []
    got = close_each(production, executor=Executor(workers, reported.append, block))
    assert all(same(getattr(got, name), getattr(want, name)) for name in Criticality.__slots__)
    assert sum(reported) == 150


def test_losses_at_one_firm_are_the_same_in_every_pool(workers: WorkerPool, closed: tuple[Production, Criticality]):
    firms = np.arange(150)
    wanted = losses_at(closed[0], 17, firms)
    for mine, want in zip(losses_at(closed[0], 17, firms, executor=Executor(workers, block=20)), wanted, strict=True):
        assert same(mine, want)


@pytest.fixture(scope="module")
def drawn() -> tuple[Chances, list[DisruptionEstimate]]:
    known = risky(300, 700, 3)
    query = ReliabilityQuery(worlds=6_000, seed=5, instead={9: 1.0, 30: 0.25})
    return known, [Sampler(known).estimate(focal, query) for focal in (4, 299, 4, 7)]


@pytest.mark.parametrize("block", [1, 5, 100])
def test_estimates_are_the_same_in_every_pool(
    workers: WorkerPool, drawn: tuple[Chances, list[DisruptionEstimate]], block: int
):
    known, want = drawn
    focals = np.array([one.focal for one in want])
    got = list(estimate_each(known, focals, want[0].query, executor=Executor(workers, block=block)))
    assert len(got) == len(want)
    for mine, one in zip(got, want, strict=True):
        assert (mine.focal, mine.query, mine.path, mine.edges) == (one.focal, one.query, one.path, one.edges)
        assert (mine.lower, mine.estimate, mine.error) == (one.lower, one.estimate, one.error)
        assert all(same(getattr(mine, name), getattr(one, name)) for name in ("firms", "shares", "blocks"))
    assert Sampler(known).faults(got[1]) == ()


def test_mapped_arrays_give_the_same_by_the_same_kernel(
    workers: WorkerPool, closed: tuple[Production, Criticality], tmp_path: Path
):
    production, want = closed
    for name, array in named(production.graph).items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {path.stem: np.load(path, mmap_mode="r").view(np.ndarray) for path in tmp_path.iterdir()}
    known = len(weigh_each.signatures)  # type: ignore[attr-defined]
    got = close_each(replace(production, graph=restored(Graph, mapped)), executor=Executor(workers, block=40))
    assert all(same(getattr(got, name), getattr(want, name)) for name in Criticality.__slots__)
    assert len(weigh_each.signatures) == known  # type: ignore[attr-defined]


@contextmanager
def interrupted(begun: Path) -> Generator[None]:
    """Ctrl-C once the file exists, which must end the block."""

    over = threading.Event()

    def interrupt() -> None:
        while not over.wait(0.01):
            if begun.exists():
                signal.raise_signal(signal.SIGINT)
                return

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    other = threading.Thread(target=interrupt, daemon=True)
    other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        over.set()
        other.join()
        signal.signal(signal.SIGINT, before)


def process(number: int) -> psutil.Process | None:
    """The process of this id, if it still runs."""
    return psutil.Process(number) if psutil.pid_exists(number) else None


def same(one: np.ndarray, two: np.ndarray) -> bool:
    """Equal bit for bit."""
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()


def risky(size: int, links: int, seed: int) -> Chances:
    """A random network with its chances."""
    random = np.random.default_rng(seed)
    ends = random.integers(0, size, (2, links))
    key = np.unique((ends[0] * size + ends[1])[ends[0] != ends[1]])
    return chances(network(size, key // size, key % size), random.random(key.size) * 0.6, random.random(size) * 0.1)
