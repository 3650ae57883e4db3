"""A Ray cluster: one that is there, or one of this machine's own for as long as it is used.

Arrays are put into the shared memory of the cluster once; a node fetches each at most once, and its workers map it
there. Nothing but the job itself travels for a job. Ray is imported only here, and only when a cluster is asked for.
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

OWN = "local"  # the address of a cluster of this machine's own
_AHEAD = 4  # jobs in hand for each worker, done or not
_WAITING = 2  # jobs that a worker has been given: the next is there when one ends
_TRIES = 2  # how often a worker that died is started again, and its job done again
_KNOCK = 5.0  # seconds to wait for an answer at an address
_LONGEST = 30  # of a folder for Ray's sockets, whose paths may have about a hundred characters


class RayCluster:
    """Workers on a Ray cluster, each a process of its own; close it, or use it in a `with`."""

    def __init__(self, address: str = OWN, *, count: int | None = None, patience: float = 60.0) -> None:
        """Connect, or start a cluster of this machine's own, which ends with this object.

        `count` is by default the processors that the cluster has; `patience` is how many seconds to wait for the first
        of its workers.

        Raises:
            SettingsError: Ray is not installed.
            ClusterError: There is no cluster at this address, or it does not let us in.
        """
        _keep_at_home(alone=address == OWN)
        self._ray = _loaded()
        self._patience = patience
        self._kept: dict[_Place, _SharedArray] = {}
        self._hands: list[Any] = []
        self._code = fingerprint() if address != OWN else ""  # on this machine all have the same
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
        """Let go of the workers, of what is shared, and of the cluster unless this process was on it before."""
        self._dismiss()
        self._kept.clear()
        self._stack.close()

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """See `Workers.map`. A worker that dies is replaced, and its jobs are done again.

        When nobody asks any more, or a job failed, the few jobs that workers have in hand still end, for nobody.

        Raises:
            JobError: A job failed, and is named; or the error of this product that it raised.
            ClusterError: No worker came, one runs other code than we do, or a job lost its worker too often.
        """
        self._hire()
        task = self._ray.put(Task(start, tuple(arrays), self._share(arrays), self._code))
        try:
            yield from _RayRun(self._ray, self._hands, task, jobs).results()
        except ClusterError:
            self._dismiss()
            raise

    def _hire(self) -> None:
        """Have workers, of which at least one has begun."""
        if not self._hands:
            hire = self._ray.remote(max_restarts=_TRIES, max_task_retries=_TRIES, num_cpus=1)(Hand)
            self._hands = [hire.remote() for _ in range(self.count)]
            if not self._ray.wait([hand.begun.remote() for hand in self._hands], timeout=self._patience)[0]:
                self._dismiss()
                why = f"no worker of the cluster began within {self._patience:.0f} s"
                raise ClusterError(why, fix="wait until it has processors to spare, or see `ray status`")

    def _dismiss(self) -> None:
        for hand in self._hands:
            self._ray.kill(hand)
        self._hands = []

    def _share(self, arrays: Arrays) -> list[Any]:
        """Where each array lies in shared memory; what the last run shared is still there."""
        kept = {_place(array): array for array in arrays.values()}
        self._kept = {
            place: self._kept.get(place) or _SharedArray(array, self._ray.put(array)) for place, array in kept.items()
        }
        return [self._kept[_place(array)].reference for array in arrays.values()]


@dataclass(frozen=True, slots=True)
class Task:
    """What the jobs of one call have in common; arrays by where they lie in shared memory."""

    start: Start[Any, Any]
    names: tuple[str, ...]
    parts: list[Any]
    code: str

    def worker(self) -> Worker[Any, Any]:
        """A worker over these arrays.

        Raises:
            ClusterError: This node would compute with other code than the caller.
        """
        if self.code and self.code != fingerprint():
            why = "a node of the cluster runs another version than we do, so its figures may differ"
            raise ClusterError(why, fix="install the same version, with the same lock file, on every node")
        return Worker(self.start, dict(zip(self.names, _loaded().get(self.parts), strict=True)))


class Hand:
    """One worker: a process on some node, which keeps what it made ready for the last task."""

    def __init__(self) -> None:
        self._task: Any = None
        self._worker: Worker[Any, Any] | None = None

    def begun(self) -> bool:
        """Whether it is there."""
        return True

    def do(self, held: list[Any], place: int, job: Any) -> Any:  # noqa: ANN401 (whatever the work is about)
        """The result of the job at this place; `held` has where the task lies, which is looked at once."""
        if self._worker is None or self._task != held[0]:
            self._worker, self._task = None, None
            self._worker = _loaded().get(held[0]).worker()
            self._task = held[0]
        return self._worker.do(place, job)


_Place = tuple[int, tuple[int, ...], tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class _SharedArray:
    """An array that is in shared memory, kept so that nothing else comes to lie where it lies in ours."""

    array: Array
    reference: Any


@dataclass(slots=True)
class _RayRun:
    """The jobs of one call: who does which, and what is done but not yet asked for."""

    ray: Any
    hands: list[Any]
    task: Any
    jobs: Sequence[Any]
    flying: dict[Any, tuple[int, Any]] = field(default_factory=dict)
    done: dict[int, Any] = field(default_factory=dict)

    def results(self) -> Generator[Any]:
        """Results in the order of the jobs; whoever is free does the next one, though never far ahead."""
        free, given, told = deque(self.hands * _WAITING), 0, 0
        while told < len(self.jobs):
            while free and given < min(len(self.jobs), told + _AHEAD * len(self.hands)):
                hand = free.popleft()
                self.flying[hand.do.remote([self.task], given, self.jobs[given])] = given, hand
                given += 1
            free.append(self._land())
            while told in self.done:
                yield self._result(told, self.done.pop(told))
                told += 1

    def _land(self) -> Any:  # noqa: ANN401 (Ray's handle of an actor)
        """Wait for a job to end; gives who is free now."""
        (reference,), _ = self.ray.wait(list(self.flying), num_returns=1, fetch_local=False)
        place, hand = self.flying.pop(reference)
        self.done[place] = reference
        return hand

    def _result(self, place: int, reference: Any) -> Any:  # noqa: ANN401
        try:
            return self.ray.get(reference)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self.ray.exceptions.RayError as error:
            # Its answer may be lost because the job that the same worker was given beside it killed that worker.
            why = f"job {place}, or one given to the same worker beside it, lost it more than {_TRIES} times"
            why += f": {type(error).__name__}"
            fix = "see that its node has the memory for it, or give fewer workers; then run it again"
            raise ClusterError(why, fix=fix, job=place) from error


def _place(array: Array) -> _Place:
    return array.ctypes.data, array.shape, array.strides, array.dtype.str


def _keep_at_home(*, alone: bool) -> None:
    """Keep Ray, which reads its settings from the environment, from telling its makers of its use.

    A cluster of this machine's own listens to this machine only; Ray looks at that when it is imported.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # noqa: TID251 (no setting of ours is read here, or below)
    if alone:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # noqa: TID251


def _loaded() -> Any:  # noqa: ANN401 (the package of Ray, which may be missing)
    try:
        return importlib.import_module("ray")
    except ModuleNotFoundError as error:
        fix = "uv pip install --python .venv/bin/python -c locks/dev.lock ray, or leave TIERSCOPE_CLUSTER empty"
        raise SettingsError("a cluster is asked for, but Ray is not installed", fix=fix) from error


def _connect(ray: Any, address: str, count: int | None, stack: ExitStack) -> None:  # noqa: ANN401
    """Connect this process; the stack undoes it."""
    quiet = {"log_to_driver": False, "configure_logging": False}
    try:
        if address == OWN:
            ray.init(num_cpus=count, include_dashboard=False, **_folder(stack), **quiet)
        else:
            _knock(address)
            ray.init(address=address, **quiet)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        fix = "check TIERSCOPE_CLUSTER, `ray status`, and the cluster's token (docs/scale.md); empty is no cluster"
        raise ClusterError(f"there is no Ray cluster for us at {address}: {error}", fix=fix) from error
    stack.callback(ray.shutdown)


def _knock(address: str) -> None:
    """See that somebody listens there: Ray itself would ask for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host:
        socket.create_connection((host, int(port)), timeout=_KNOCK).close()


def _folder(stack: ExitStack) -> dict[str, str]:
    """A folder for the sockets and logs of a cluster, which goes with it; Ray's own where ours has too long a name."""
    folder = stack.enter_context(TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True))
    return {"_temp_dir": folder} if len(folder) <= _LONGEST else {}
