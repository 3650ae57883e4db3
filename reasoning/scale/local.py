"""Worker pool of this machine's processors."""

import queue
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from reasoning.core.execution.executor import Arrays, Job, Result, Start
from reasoning.scale.jobs import Worker

_AHEAD = 4  # jobs submitted for each thread and not yet yielded: bounds the results in memory


@dataclass(frozen=True, slots=True)
class LocalPool:
    """Threads of this process, which share the arrays.

    They run in parallel while jobs release the interpreter's lock, as compiled kernels and solvers do.
    """

    count: int = 1

    def map(self, start: Start[Job, Result], arrays: Arrays, jobs: Sequence[Job]) -> Generator[Result]:
        """See `WorkerPool.map`.

        Raises:
            JobError: A job failed; it is named.
            TierscopeError: As a job raised it.
        """
        free: queue.SimpleQueue[Worker[Job, Result]] = queue.SimpleQueue()
        for _ in range(min(self.count, len(jobs))):
            free.put(Worker(start, arrays))

        def do(place: int, job: Job) -> Result:
            worker = free.get()
            try:
                return worker.do(place, job)
            finally:
                free.put(worker)

        pool, coming = ThreadPoolExecutor(self.count), deque[Future[Result]]()
        try:
            for place, job in enumerate(jobs):
                coming.append(pool.submit(do, place, job))
                if len(coming) == _AHEAD * self.count:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
