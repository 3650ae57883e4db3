"""Which module answers for which measure; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from app.exposures.ask import Answer, Ask, asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.asking import Question


def answer(question: Question, ask: Ask) -> Answer:
    """The answer of a measure to a question.

    Raises:
        InputError: There is no such measure, category or grouping, or nobody said who is exposed.
        NotFoundError: Nothing is known about who or what is asked about.
        NotConvergedError: A computation did not reach its result.
    """
    from reasoning.measures.measure import named

    measure = named(ask.measure)
    ask.asked_category()
    made = import_module(f"app.exposures.{measure.name}")
    return cast("Callable[..., Answer]", made.answer)(asked(question, ask))
