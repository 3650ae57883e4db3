"""Threads that answer: so many at once, each until its deadline."""

import asyncio
from threading import Event

import pytest

from api.request.limits import Limits
from api.request.threads import RequestThreads
from ontology.errors import DeadlineError, OverloadedError
from tests.waiting import HANG


class Clock:
    """The time of an event loop, which goes on when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run(act):
    return asyncio.run(act)


def test_work_gives_its_result_or_its_error():
    async def story():
        workers = RequestThreads(Limits())
        assert await workers.run(lambda: 7, HANG) == 7
        with pytest.raises(ZeroDivisionError):
            await workers.run(lambda: 1 // 0, HANG)
        workers.close()

    run(story())


def test_work_that_takes_too_long_is_given_up():
    async def story():
        workers, done = RequestThreads(Limits(at_once=1)), Event()
        with pytest.raises(DeadlineError) as caught:
            await workers.run(done.wait, 0.01)
        assert caught.value.retryable
        done.set()
        assert await workers.run(lambda: 1, HANG) == 1
        workers.close()

    run(story())


def test_waiting_counts_towards_the_deadline_and_drops_the_work():
    async def story():
        workers, done, ran = RequestThreads(Limits(at_once=1)), Event(), Event()
        first = asyncio.create_task(workers.run(done.wait, HANG))
        await asyncio.sleep(0)
        with pytest.raises(DeadlineError):
            await workers.run(ran.set, 0.01)
        done.set()
        await first
        assert await workers.run(lambda: 2, HANG) == 2
        assert not ran.is_set()
        workers.close()

    run(story())


def test_more_than_may_wait_is_refused():
    async def story():
        workers, done = RequestThreads(Limits(at_once=1, waiting=2)), Event()
        held = [asyncio.create_task(workers.run(done.wait, HANG)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(OverloadedError) as caught:
            await workers.run(lambda: 1, HANG)
        assert caught.value.retryable
        done.set()
        await asyncio.gather(*held)
        assert await workers.run(lambda: 3, HANG) == 3
        workers.close()

    run(story())


def test_abandoned_work_still_counts_until_it_ends():
    async def story():
        clock = Clock()
        asyncio.get_running_loop().time = clock  # type: ignore[method-assign]
        workers, begun, done = RequestThreads(Limits(at_once=1, waiting=1)), Event(), Event()

        def long() -> None:
            begun.set()
            done.wait()

        abandoned = asyncio.create_task(workers.run(long, 1.0))
        await asyncio.to_thread(begun.wait)  # work that has not begun is dropped, and counts no longer
        clock.now = 2.0
        with pytest.raises(DeadlineError):
            await abandoned
        with pytest.raises(OverloadedError):
            await workers.run(lambda: 1, HANG)
        done.set()
        workers.close()

    run(story())
