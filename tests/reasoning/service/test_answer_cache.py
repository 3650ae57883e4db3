"""Answers that are kept: made once, by one thread, without holding up who asks for something else."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.service.answer_cache import AnswerCache
from tests.waiting import HANG

Answer = TypeVar("Answer")


def noted(made: list[int], what: int, answer: Answer) -> Answer:
    """The answer, once it is noted that it was made."""
    made.append(what)
    return answer


def test_an_answer_is_made_once():
    answers = AnswerCache(3)
    made: list[int] = []
    for _ in range(3):
        assert answers.once("a", lambda: noted(made, 1, "answer")) == "answer"
    assert made == [1]


def test_nothing_and_the_empty_are_answers_too():
    answers = AnswerCache(3)
    made: list[int] = []
    for _ in range(2):
        assert answers.once("none", lambda: noted(made, 1, None)) is None
        assert answers.once("false", lambda: noted(made, 2, "")) == ""
    assert made == [1, 2]


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 4))
def test_the_ones_not_asked_for_longest_go_first(asked: list[int], most: int):
    answers = AnswerCache(most)
    made: list[int] = []
    recent: list[int] = []
    for key in asked:
        before = len(made)
        assert answers.once(key, partial(noted, made, key, key)) == key
        assert (len(made) > before) == (key not in recent)
        recent = [*(one for one in recent if one != key), key][-most:]


def test_what_fails_is_not_kept_and_is_tried_again():
    answers = AnswerCache(3)
    with pytest.raises(ZeroDivisionError):
        answers.once("a", lambda: 1 // 0)
    assert answers.once("a", lambda: 2) == 2


def test_many_threads_that_ask_for_the_same_get_one_answer():
    answers, ready = AnswerCache(3), Barrier(6)
    made: list[int] = []

    def ask() -> object:
        ready.wait(HANG)
        return answers.once("a", lambda: noted(made, 1, object()))

    with ThreadPoolExecutor(6) as pool:
        found = {id(one) for one in [future.result(HANG) for future in [pool.submit(ask) for _ in range(6)]]}
    assert len(found) == len(made) == 1


def test_a_long_answer_holds_up_nobody_who_asks_for_another():
    answers, begun, done = AnswerCache(3), Event(), Event()

    def long() -> str:
        begun.set()
        assert done.wait(HANG)
        return "long"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(answers.once, "slow", long)
        assert begun.wait(HANG)
        assert answers.once("quick", lambda: "quick") == "quick"
        assert not slow.done()
        done.set()
        assert slow.result(HANG) == "long"


def test_who_waits_for_what_fails_makes_it_itself():
    answers, begun, done = AnswerCache(3), Event(), Event()

    def failing() -> str:
        begun.set()
        assert done.wait(HANG)
        raise LookupError("given up")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(answers.once, "a", failing)
        assert begun.wait(HANG)
        second = pool.submit(answers.once, "a", lambda: "made by the second")
        done.set()
        assert second.result(HANG) == "made by the second"
        with pytest.raises(LookupError):
            first.result(HANG)
    assert answers.once("a", lambda: "again") == "made by the second"


def test_an_answer_may_be_made_from_others():
    answers = AnswerCache(1)
    assert answers.once("a", lambda: answers.once("b", lambda: 1) + answers.once("c", lambda: 2)) == 3
