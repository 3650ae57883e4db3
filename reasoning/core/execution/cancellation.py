"""Cooperative cancellation: long computations call `checkpoint` between steps, which raises when they should end.

A caller that may cancel installs a check by `within`. Every computation that it then starts, at any depth, calls this
check. Outside `within`, as on the command line, computations run to their end.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

_CHECK: ContextVar[Callable[[], None] | None] = ContextVar("check", default=None)


@contextmanager
def within(check: Callable[[], None]) -> Generator[None]:
    """Install `check` for the duration of the context, in this thread only.

    Args:
        check: Called by each `checkpoint`. It raises, for example when the deadline has passed, to end the computation.
    """
    token = _CHECK.set(check)
    try:
        yield
    finally:
        _CHECK.reset(token)


def checkpoint() -> None:
    """Call the installed check, if any. What it raises ends the computation."""
    check = _CHECK.get()
    if check is not None:
        check()
