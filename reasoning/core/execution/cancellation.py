"""Patience: long questions ask between their steps whether whoever asked still waits.

Whoever answers for somebody says so with `within`; every question that it then asks, however deep, looks at it. Outside
of `within`, as on the command line, there is no end to patience.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

_CHECK: ContextVar[Callable[[], None] | None] = ContextVar("check", default=None)


@contextmanager
def within(check: Callable[[], None]) -> Generator[None]:
    """While this lasts, `checkpoint` calls `check`, which raises where nobody waits any more. Of this thread only."""
    token = _CHECK.set(check)
    try:
        yield
    finally:
        _CHECK.reset(token)


def checkpoint() -> None:
    """Go on, if somebody still waits; else what the check raises ends the question."""
    check = _CHECK.get()
    if check is not None:
        check()
