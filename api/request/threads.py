"""Worker threads: the one place where the API leaves the event loop for blocking work."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from api.request.deadline import late
from api.request.limits import Limits
from ontology.errors import OverloadedError

T = TypeVar("T")


class RequestThreads:
    """Threads that answer requests. When a deadline has passed, the work stops at its next check."""

    def __init__(self, limits: Limits) -> None:
        self._most = limits.waiting
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="answering")
        self._lock = Lock()
        self._open = 0

    async def run(self, act: Callable[[], T], seconds: float) -> T:
        """The result of `act`, computed on a worker thread.

        Args:
            act: The work.
            seconds: Time limit, including the time in the queue.

        Raises:
            OverloadedError: As many requests are open as are allowed.
            DeadlineError: The work took longer than `seconds`.
        """
        self._enter()
        work = self._pool.submit(act)
        work.add_done_callback(self._leave)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(work), seconds)
        except TimeoutError as error:
            raise late(seconds) from error

    def close(self) -> None:
        """Accept no more work, and cancel what has not started."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _enter(self) -> None:
        with self._lock:
            if self._open >= self._most:
                raise OverloadedError("too many requests are open", fix="wait a second and try again")
            self._open += 1

    def _leave(self, _work: Future[T]) -> None:
        with self._lock:
            self._open -= 1
