"""The memory of idempotency keys."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from api.request.idempotency import IdempotencyMemory
from ontology.errors import IdempotencyError


class Act:
    """Counts how often it is done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> int:
        self.done += 1
        return self.done


def test_an_act_is_done_once_for_a_key():
    memory, act = IdempotencyMemory(), Act()
    assert [memory.once("k", "body", act) for _ in range(3)] == [1, 1, 1]
    assert act.done == 1


def test_another_body_is_refused():
    memory = IdempotencyMemory()
    memory.once("k", "body", lambda: 1)
    with pytest.raises(IdempotencyError) as caught:
        memory.once("k", "other", lambda: 2)
    assert caught.value.fix
    assert memory.once("k", "body", lambda: 3) == 1


def test_what_raises_is_not_remembered():
    memory = IdempotencyMemory()
    with pytest.raises(ZeroDivisionError):
        memory.once("k", "body", lambda: 1 // 0)
    assert memory.once("k", "other", lambda: 2) == 2


def test_the_oldest_is_forgotten():
    memory = IdempotencyMemory(kept=2)
    act = Act()
    for number in range(4):
        memory.once(f"k{number}", "body", act)
    assert memory.once("k3", "body", lambda: 9) == 4
    assert memory.once("k0", "other", lambda: 9) == 9


def test_threads_that_come_together_act_once():
    memory, act = IdempotencyMemory(), Act()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: memory.once("k", "b", act), range(64)))
    assert set(found) == {act.done} == {1}
