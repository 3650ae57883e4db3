"""Executor port: parallel pure jobs over read-only arrays, which travel to workers by name.

No result may depend on the worker, on the order in which jobs end, or on how many run at once. So a job is a pure
function of the arrays and of itself, and results come in the order of the jobs. Sums then do not depend on scheduling.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast, get_type_hints

import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
Job = TypeVar("Job")
Result = TypeVar("Result")
Record = TypeVar("Record", bound=tuple[object, ...])
Span = tuple[int, int]  # the items of a job: from the first to before the last

Start = Callable[[Arrays], Callable[[Job], Result]]


class WorkerPool(Protocol):
    """Port: runs jobs, some of them in parallel."""

    @property
    def count(self) -> int:
        """How many jobs run at once."""

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """Yield the result of each job, in the order of the jobs, as soon as it and all before it are done.

        Closing the iterator cancels the jobs that have not begun.

        Args:
            start: Called once by each worker; makes the scratch and returns the function that does a job. It must be a
                module's
            function or a `partial` of one, because it may be pickled. So must jobs and results.
            arrays: The arrays by name, read-only.
            jobs: The arguments of the jobs.
        """


class CallingThread:
    """A worker pool that runs every job in the calling thread."""

    count = 1

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """Run one job after the other."""
        if jobs:
            yield from map(start(arrays), jobs)


_CALLER = CallingThread()


@dataclass(frozen=True, slots=True)
class Executor:
    """Runs work over many items: the worker pool, the size of a job and the progress callback.

    No figure depends on any of them.

    Attributes:
        workers: The pool that runs the jobs.
        progress: Called in the caller's thread with the number of items just done.
        block: Items a job; by default each kind of work has its own.
    """

    workers: WorkerPool = _CALLER
    progress: Callable[[int], None] | None = None
    block: int | None = None

    def work(
        self, start: Start[Span, Result], arrays: Arrays, count: int, *, block: int
    ) -> Iterator[tuple[slice, Result]]:
        """Yield the result of each job over the items 0 … count − 1, in order, with the slice of its items.

        Args:
            start: As `WorkerPool.map` takes it.
            arrays: The arrays by name.
            count: The number of items.
            block: Items a job where the executor prescribes no size.
        """
        size = block if self.block is None else self.block
        spans = [(first, min(first + size, count)) for first in range(0, count, size)]
        with closing(self.workers.map(start, arrays, spans)) as results:
            for (first, after), result in zip(spans, results, strict=True):
                yield slice(first, after), result
                if self.progress is not None:
                    self.progress(after - first)


CALLING_THREAD = Executor()


def read_only(array: Array) -> Array:
    """A read-only view of an array."""
    view = array.view()
    view.setflags(write=False)
    return view


def named(record: tuple[object, ...], prefix: str = "") -> dict[str, Array]:
    """Flatten a record of arrays, and of such records, to read-only arrays by dotted name.

    Args:
        record: A named tuple.
        prefix: Put before each name.
    """
    found: dict[str, Array] = {}
    for name, value in zip(_fields(type(record)), record, strict=True):
        whole = f"{prefix}{name}"
        found |= named(value, f"{whole}.") if isinstance(value, tuple) else {whole: read_only(cast("Array", value))}
    return found


def restored(kind: type[Record], arrays: Arrays, prefix: str = "") -> Record:
    """Rebuild a record from its named arrays; the inverse of `named`.

    Args:
        kind: The class of the record, a named tuple.
        arrays: The arrays by dotted name.
        prefix: What `named` was given.
    """
    parts = [
        restored(part, arrays, f"{prefix}{name}.") if _is_record(part) else arrays[f"{prefix}{name}"]
        for name, part in _fields(kind).items()
    ]
    return kind(*parts)


def _fields(kind: type[tuple[object, ...]]) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_record(part: Any) -> bool:  # noqa: ANN401 (a type hint may be anything)
    return isinstance(part, type) and issubclass(part, tuple)
