"""The one place where the API hops to a thread: blocking work, so much at once, each until its deadline."""

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
    """Threads that answer requests. Work whose requester has given up ends at its next look at the clock."""

    def __init__(self, limits: Limits) -> None:
        self._most = limits.waiting
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="answering")
        self._lock = Lock()
        self._open = 0

    async def run(self, act: Callable[[], T], seconds: float) -> T:
        """What `act` gives.

        Raises:
            OverloadedError: As much work is held as may be.
            DeadlineError: It took longer than `seconds`, waiting included.
        """
        self._enter()
        work = self._pool.submit(act)
        work.add_done_callback(self._leave)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(work), seconds)
        except TimeoutError as error:
            raise late(seconds) from error

    def close(self) -> None:
        """Take no more work, and drop what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _enter(self) -> None:
        with self._lock:
            if self._open >= self._most:
                raise OverloadedError("too many requests are being answered", fix="wait a second and try again")
            self._open += 1

    def _leave(self, _work: Future[T]) -> None:
        with self._lock:
            self._open -= 1
