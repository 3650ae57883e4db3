"""Which module answers for which measure; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from app.commands.exposure.request import ExposureRequest, MeasureView, asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.runtime.session import ReadSession


def answer(question: ReadSession, request: ExposureRequest) -> MeasureView:
    """The answer of a measure to a request.

    Raises:
        InputError: There is no such measure, category or grouping, an option was given that the request does not read,
            or nobody said who is exposed.
        NotFoundError: Nothing is known about who or what is asked about.
        NotConvergedError: A computation did not reach its result.
    """
    made = asked(question, request)
    module = import_module(f"app.commands.exposure.{made.measure}")
    return cast("Callable[..., MeasureView]", module.answer)(made)
