"""Cancellation: every long computation calls the check between its steps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from ontology.records import At
from reasoning.analysis import concentration, failure_points, questions
from reasoning.analysis.alerts import alerts
from reasoning.analysis.alternatives import alternatives
from reasoning.analysis.series import between, series
from reasoning.analysis.uncertainty import Uncertainty
from reasoning.core.execution.cancellation import checkpoint, within
from reasoning.scenarios.edits import Branch, Stop
from tests.reasoning.scenarios.running import run
from tests.reasoning.scenarios.village import BUYER, B, snapshot, village
from tests.waiting import HANG

DAYS = ("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")


class CancelledError(Exception):
    """The computation was cancelled."""


class Steps:
    """Counts the checks, and cancels after so many."""

    def __init__(self, most: int) -> None:
        self.seen = 0
        self.most = most

    def __call__(self) -> None:
        self.seen += 1
        if self.seen > self.most:
            raise CancelledError


def take(instant: str):
    return snapshot(village(), At(instant))


LONG: dict[str, Callable[[], object]] = {
    "questions": lambda: questions.questions(take(DAYS[2]), BUYER, most=5),
    "uncertainty": lambda: Uncertainty(take(DAYS[2]), BUYER).interval,
    "alternatives": lambda: alternatives(take(DAYS[2]), BUYER, B),
    "what-if": lambda: run(take(DAYS[2]), BUYER, Branch("b", (Stop(B),))),
    "series": lambda: series(take, BUYER, DAYS),
    "between": lambda: between(take, BUYER, DAYS[:2]),
    "alerts": lambda: alerts(take, [BUYER], DAYS),
    "concentrations": lambda: concentration.concentrations(take(DAYS[2]), BUYER),
    "failure points": lambda: failure_points.failure_points(take(DAYS[2]), BUYER),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_computation_ends_at_the_next_checkpoint_once_cancelled(name: str):
    patient = Steps(10**9)
    with within(patient):
        whole = LONG[name]()
    assert patient.seen > 0
    hasty = Steps(patient.seen - 1)
    with within(hasty), pytest.raises(CancelledError):
        LONG[name]()
    assert LONG[name]() == whole, "without a check the computation runs to its end"


def test_steps_grow_with_the_work():
    seen = []
    for dates in (DAYS[:1], DAYS):
        patient = Steps(10**9)
        with within(patient):
            series(take, BUYER, dates)
        seen.append(patient.seen)
    assert seen[1] == 3 * seen[0]


def test_a_check_holds_for_one_thread_and_one_context():
    def elsewhere() -> str:
        checkpoint()
        return "on"

    with within(Steps(0)):
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(elsewhere).result(HANG) == "on"
        with pytest.raises(CancelledError):
            checkpoint()
        with within(Steps(1)):
            checkpoint()
        with pytest.raises(CancelledError):
            checkpoint()
    checkpoint()
