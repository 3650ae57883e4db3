"""Threads that answer: so many at once, each until its deadline."""

import asyncio
from threading import Event

import pytest

from api.limits import Limits
from api.workers import Workers
from ontology.errors import DeadlineError, OverloadedError


def run(act):
    return asyncio.run(act)


def test_work_gives_its_result_or_its_error():
    async def story():
        workers = Workers(Limits())
        assert await workers.run(lambda: 7, 5.0) == 7
        with pytest.raises(ZeroDivisionError):
            await workers.run(lambda: 1 // 0, 5.0)
        workers.close()

    run(story())


def test_work_that_takes_too_long_is_given_up():
    async def story():
        workers, done = Workers(Limits(at_once=1)), Event()
        with pytest.raises(DeadlineError) as caught:
            await workers.run(done.wait, 0.01)
        assert caught.value.retryable
        done.set()
        assert await workers.run(lambda: 1, 5.0) == 1
        workers.close()

    run(story())


def test_waiting_counts_towards_the_deadline_and_drops_the_work():
    async def story():
        workers, done, ran = Workers(Limits(at_once=1)), Event(), Event()
        first = asyncio.create_task(workers.run(done.wait, 5.0))
        await asyncio.sleep(0)
        with pytest.raises(DeadlineError):
            await workers.run(ran.set, 0.01)
        done.set()
        await first
        assert await workers.run(lambda: 2, 5.0) == 2
        assert not ran.is_set()
        workers.close()

    run(story())


def test_more_than_may_wait_is_refused():
    async def story():
        workers, done = Workers(Limits(at_once=1, waiting=2)), Event()
        held = [asyncio.create_task(workers.run(done.wait, 5.0)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(OverloadedError) as caught:
            await workers.run(lambda: 1, 5.0)
        assert caught.value.retryable
        done.set()
        await asyncio.gather(*held)
        assert await workers.run(lambda: 3, 5.0) == 3
        workers.close()

    run(story())


def test_abandoned_work_still_counts_until_it_ends():
    async def story():
        workers, done = Workers(Limits(at_once=1, waiting=1)), Event()
        with pytest.raises(DeadlineError):
            await workers.run(done.wait, 0.01)
        with pytest.raises(OverloadedError):
            await workers.run(lambda: 1, 5.0)
        done.set()
        workers.close()

    run(story())
