"""`start` functions for the tests: functions of a module, because they are pickled."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ontology.errors import NotConvergedError
from reasoning.core.execution.executor import Arrays


def adding(extra: float, arrays: Arrays) -> Callable[[int], tuple[int, float]]:
    """Job n: the n-th number and something more; and how many jobs this worker has done."""
    count = [0]

    def take(job: int) -> tuple[int, float]:
        count[0] += 1
        return count[0], float(arrays["numbers"][job]) + extra

    return take


def described(arrays: Arrays) -> Callable[[int], tuple[bool, int, int]]:
    """Whether the array is writeable, its size, and the process."""
    numbers = arrays["numbers"]
    return lambda job: (bool(numbers.flags.writeable), int(numbers.size), os.getpid())


def failing(arrays: Arrays) -> Callable[[int], int]:
    """Jobs 5 and 7 fail, each in its own way."""

    def take(job: int) -> int:
        if job == 5:
            raise ZeroDivisionError("of five")
        if job == 7:
            raise NotConvergedError("seven did not end", fix="leave it out")
        return job

    return take


def unready(arrays: Arrays) -> Callable[[int], int]:
    """No worker can be made ready."""
    raise KeyError("nothing to start with")


def dying(folder: str, often: int, arrays: Arrays) -> Callable[[int], int]:
    """The process that does job 3 is killed, `often` times."""

    def take(job: int) -> int:
        before = len(list(Path(folder).iterdir()))
        if job == 3 and before < often:
            (Path(folder) / str(before)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return job * 10

    return take


def sum_of(arrays: Arrays) -> Callable[[int], float]:
    """The sum of all numbers, for any job."""
    return lambda job: float(np.sum(arrays["numbers"]))


def slow(begun: str, arrays: Arrays) -> Callable[[int], int]:
    """A job takes half a second; the file `begun` exists once one has begun."""

    def take(job: int) -> int:
        Path(begun).touch()
        time.sleep(0.5)
        return os.getpid()

    return take
