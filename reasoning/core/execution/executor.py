"""Who does many like jobs over arrays that nobody changes, and how such arrays travel: by name.

No result may depend on who does a job, in which order jobs end, or how many are done at once: a job is a pure function
of the arrays and of itself, and results come in the order of the jobs. So no sum hangs on scheduling.
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
Span = tuple[int, int]  # the places from … to (without it) that a job is about

Start = Callable[[Arrays], Callable[[Job], Result]]


class WorkerPool(Protocol):
    """Does jobs, some at once."""

    @property
    def count(self) -> int:
        """How many jobs are done at once."""

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """The result of each job, in the order of the jobs; each is given when it and all before it are done.

        Each worker calls `start` once, and what comes back for job after job: scratch is made there. It is a function
        of a module or a `partial` of one, for it may have to travel; so may jobs and results. Whoever stops asking
        closes the iterator, which gives up what has not begun.
        """


class CallingThread:
    """The caller's own thread, and no other."""

    count = 1

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """One job after the other."""
        if jobs:
            yield from map(start(arrays), jobs)


_CALLER = CallingThread()


@dataclass(frozen=True, slots=True)
class Executor:
    """Who does the work on many things of a kind, how many things make a job, and who is told as they are done.

    No figure depends on any of it. `progress` is told, in the caller's thread, how many things have just been done;
    without a `block` each kind of work takes the one that suits it.
    """

    workers: WorkerPool = _CALLER
    progress: Callable[[int], None] | None = None
    block: int | None = None

    def work(
        self, start: Start[Span, Result], arrays: Arrays, count: int, *, block: int
    ) -> Iterator[tuple[slice, Result]]:
        """What comes of the things 0 … count − 1, a job at a time and in order: their places and the result."""
        size = block if self.block is None else self.block
        spans = [(first, min(first + size, count)) for first in range(0, count, size)]
        with closing(self.workers.map(start, arrays, spans)) as results:
            for (first, after), result in zip(spans, results, strict=True):
                yield slice(first, after), result
                if self.progress is not None:
                    self.progress(after - first)


CALLING_THREAD = Executor()


def read_only(array: Array) -> Array:
    """The same array, which nobody can change through what is given."""
    view = array.view()
    view.setflags(write=False)
    return view


def named(record: tuple[object, ...], prefix: str = "") -> dict[str, Array]:
    """The arrays in a tuple of arrays and of such tuples, read-only, each under the names that lead to it."""
    found: dict[str, Array] = {}
    for name, value in zip(_fields(type(record)), record, strict=True):
        whole = f"{prefix}{name}"
        found |= named(value, f"{whole}.") if isinstance(value, tuple) else {whole: read_only(cast("Array", value))}
    return found


def restored(kind: type[Record], arrays: Arrays, prefix: str = "") -> Record:
    """The tuple of a kind from its named arrays."""
    parts = [
        restored(part, arrays, f"{prefix}{name}.") if _is_record(part) else arrays[f"{prefix}{name}"]
        for name, part in _fields(kind).items()
    ]
    return kind(*parts)


def _fields(kind: type[tuple[object, ...]]) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_record(part: Any) -> bool:  # noqa: ANN401 (a type hint may be anything)
    return isinstance(part, type) and issubclass(part, tuple)
