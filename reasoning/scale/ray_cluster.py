"""Worker pool on a Ray cluster: an existing one, or one of this machine's own while it is used.

Arrays are put into the shared memory of the cluster once. Each node fetches an array at most once, and its workers map
it. Otherwise only the jobs travel. Ray is imported only here, and only if a cluster is configured.
"""

import importlib
import os
import socket
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from ontology.errors import ClusterError, SettingsError
from reasoning.core.execution.executor import Array, Arrays, Job, Result, Start
from reasoning.scale.code import fingerprint
from reasoning.scale.jobs import Worker

OWN = "local"  # the address that starts a cluster of this machine's own
_AHEAD = 4  # jobs submitted for each worker and not yet yielded
_QUEUED = 2  # jobs queued at a worker, so that the next is there when one ends
_TRIES = 2  # how often a dead worker is restarted and its job repeated
_CONNECT_TIMEOUT = 5.0  # seconds
_LONGEST_PATH = 30  # characters of a folder for Ray's sockets, whose paths may have about a hundred


class RayCluster:
    """Workers on a Ray cluster, each a process of its own. Close it, or use it in a `with` block."""

    def __init__(self, address: str = OWN, *, count: int | None = None, timeout: float = 60.0) -> None:
        """Connect to a cluster, or start one of this machine's own that ends with this object.

        Args:
            address: The address of a cluster, or `local`.
            count: The number of workers; by default the processors of the cluster.
            timeout: Seconds to wait for the first worker.

        Raises:
            SettingsError: Ray is not installed.
            ClusterError: There is no cluster at this address, or it refuses the connection.
        """
        _limit_ray(alone=address == OWN)
        self._ray = _loaded()
        self._timeout = timeout
        self._shared: dict[_Address, _SharedArray] = {}
        self._actors: list[Any] = []
        self._code = fingerprint() if address != OWN else ""  # on this machine all workers run the same code
        with ExitStack() as stack:
            if not self._ray.is_initialized():
                _connect(self._ray, address, count, stack)
            self.count = count or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop the workers and free shared memory. Disconnect, unless this process was connected before."""
        self._stop_workers()
        self._shared.clear()
        self._stack.close()

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """See `WorkerPool.map`. A worker that dies is replaced, and its jobs run again.

        If the iterator is closed or a job fails, the few jobs already submitted still run to their end; their results
        are dropped.

        Raises:
            JobError: A job failed; it is named.
            TierscopeError: As a job raised it.
            ClusterError: No worker started, a worker runs other code, or a job lost its worker too often.
        """
        self._start_workers()
        task = self._ray.put(Task(start, tuple(arrays), self._share(arrays), self._code))
        try:
            yield from _RayRun(self._ray, self._actors, task, jobs).results()
        except ClusterError:
            self._stop_workers()
            raise

    def _start_workers(self) -> None:
        """Start the workers, unless they run already, and wait for the first."""
        if not self._actors:
            actor_class = self._ray.remote(max_restarts=_TRIES, max_task_retries=_TRIES, num_cpus=1)(WorkerActor)
            self._actors = [actor_class.remote() for _ in range(self.count)]
            if not self._ray.wait([actor.begun.remote() for actor in self._actors], timeout=self._timeout)[0]:
                self._stop_workers()
                why = f"no worker of the cluster started within {self._timeout:.0f} s"
                raise ClusterError(why, fix="wait until it has free processors, or see `ray status`")

    def _stop_workers(self) -> None:
        for actor in self._actors:
            self._ray.kill(actor)
        self._actors = []

    def _share(self, arrays: Arrays) -> list[Any]:
        """References of the arrays in shared memory. Arrays of the last run are still there."""
        kept = {_address(array): array for array in arrays.values()}
        self._shared = {
            place: self._shared.get(place) or _SharedArray(array, self._ray.put(array)) for place, array in kept.items()
        }
        return [self._shared[_address(array)].reference for array in arrays.values()]


@dataclass(frozen=True, slots=True)
class Task:
    """What the jobs of one run have in common; arrays are references to shared memory."""

    start: Start[Any, Any]
    names: tuple[str, ...]
    parts: list[Any]
    code: str

    def worker(self) -> Worker[Any, Any]:
        """A worker over these arrays.

        Raises:
            ClusterError: This node runs other code than the caller.
        """
        if self.code and self.code != fingerprint():
            why = "a node of the cluster runs other code than this process, so its figures may differ"
            raise ClusterError(why, fix="install the same version, with the same lock file, on every node")
        return Worker(self.start, dict(zip(self.names, _loaded().get(self.parts), strict=True)))


class WorkerActor:
    """One worker: a Ray actor, which keeps what it prepared for its last task."""

    def __init__(self) -> None:
        self._task: Any = None
        self._worker: Worker[Any, Any] | None = None

    def begun(self) -> bool:
        """True, as soon as the process answers."""
        return True

    def do(self, task: list[Any], place: int, job: Any) -> Any:  # noqa: ANN401 (a job may be anything)
        """Do the job at this index. `task` holds the reference of the task, which is fetched once."""
        if self._worker is None or self._task != task[0]:
            self._worker, self._task = None, None
            self._worker = _loaded().get(task[0]).worker()
            self._task = task[0]
        return self._worker.do(place, job)


_Address = tuple[int, tuple[int, ...], tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class _SharedArray:
    """An array in shared memory. It is kept alive, so that no other array gets its address in this process."""

    array: Array
    reference: Any


@dataclass(slots=True)
class _RayRun:
    """The jobs of one run: which actor does which, and which results are done but not yet yielded."""

    ray: Any
    actors: list[Any]
    task: Any
    jobs: Sequence[Any]
    running: dict[Any, tuple[int, Any]] = field(default_factory=dict)
    done: dict[int, Any] = field(default_factory=dict)

    def results(self) -> Generator[Any]:
        """Yield results in the order of the jobs. Free actors take the next job, within a bounded lead."""
        free, submitted, yielded = deque(self.actors * _QUEUED), 0, 0
        while yielded < len(self.jobs):
            while free and submitted < min(len(self.jobs), yielded + _AHEAD * len(self.actors)):
                actor = free.popleft()
                self.running[actor.do.remote([self.task], submitted, self.jobs[submitted])] = submitted, actor
                submitted += 1
            free.append(self._wait())
            while yielded in self.done:
                yield self._result(yielded, self.done.pop(yielded))
                yielded += 1

    def _wait(self) -> Any:  # noqa: ANN401 (Ray's handle of an actor)
        """Wait until a job ends. Returns the actor that is free now."""
        (reference,), _ = self.ray.wait(list(self.running), num_returns=1, fetch_local=False)
        place, actor = self.running.pop(reference)
        self.done[place] = reference
        return actor

    def _result(self, place: int, reference: Any) -> Any:  # noqa: ANN401
        try:
            return self.ray.get(reference)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self.ray.exceptions.RayError as error:
            # The result may be lost because another job that was queued at the same worker killed it.
            why = f"job {place}, or one queued at the same worker, lost the worker more than {_TRIES} times"
            why += f": {type(error).__name__}"
            fix = "check that its node has enough memory, or use fewer workers; then run it again"
            raise ClusterError(why, fix=fix, job=place) from error


def _address(array: Array) -> _Address:
    return array.ctypes.data, array.shape, array.strides, array.dtype.str


def _limit_ray(*, alone: bool) -> None:
    """Configure Ray by its environment variables: no usage statistics are sent.

    A cluster of this machine's own listens to this machine only. Ray reads that variable when it is imported.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # noqa: TID251 (sets Ray's variables, reads none)
    if alone:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # noqa: TID251


def _loaded() -> Any:  # noqa: ANN401 (the package of Ray, which may be missing)
    try:
        return importlib.import_module("ray")
    except ModuleNotFoundError as error:
        fix = "uv pip install --python .venv/bin/python -c locks/dev.lock ray, or leave TIERSCOPE_CLUSTER empty"
        raise SettingsError("a cluster is configured, but Ray is not installed", fix=fix) from error


def _connect(ray: Any, address: str, count: int | None, stack: ExitStack) -> None:  # noqa: ANN401
    """Connect this process; the stack disconnects it."""
    quiet = {"log_to_driver": False, "configure_logging": False}
    try:
        if address == OWN:
            ray.init(num_cpus=count, include_dashboard=False, **_folder(stack), **quiet)
        else:
            _check_listening(address)
            ray.init(address=address, **quiet)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        fix = "check TIERSCOPE_CLUSTER, `ray status` and the cluster's token (docs/scale.md); empty means no cluster"
        raise ClusterError(f"no connection to a Ray cluster at {address}: {error}", fix=fix) from error
    stack.callback(ray.shutdown)


def _check_listening(address: str) -> None:
    """Check that something listens at the address. Ray itself would retry for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host:
        socket.create_connection((host, int(port)), timeout=_CONNECT_TIMEOUT).close()


def _folder(stack: ExitStack) -> dict[str, str]:
    """A temporary folder for the cluster's sockets and logs; Ray's default if its path would be too long."""
    folder = stack.enter_context(TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True))
    return {"_temp_dir": folder} if len(folder) <= _LONGEST_PATH else {}
