"""Which module answers for which measure; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from app.exposures.ask import Answer, ExposureRequest, asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.asking import Question


def answer(question: Question, request: ExposureRequest) -> Answer:
    """The answer of a measure to a request.

    Raises:
        InputError: There is no such measure, category or grouping, an option was given that the request does not read,
            or nobody said who is exposed.
        NotFoundError: Nothing is known about who or what is asked about.
        NotConvergedError: A computation did not reach its result.
    """
    made = asked(question, request)
    module = import_module(f"app.exposures.{made.measure}")
    return cast("Callable[..., Answer]", module.answer)(made)
