"""Questions: which facts to find out next, and how much each answer would narrow the exposure."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.analyses.edits import Edit, present_edit
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Verifiable
from reasoning.analysis import questions
from reasoning.analysis.questions import Question as ComputedQuestion


@strawberry.type
class PossibleAnswer:
    """A possible answer to an open question.

    Attributes:
        text: The answer.
        probability: Probability of the answer, from 0 to 1.
        low: Lower bound of the buyer's whole exposure after this answer, including unknown suppliers.
        high: Upper bound of the buyer's whole exposure after this answer, including unknown suppliers.
        known_low: Lower bound of the whole exposure after this answer, for the known network.
        known_high: Upper bound of the whole exposure after this answer, for the known network.
        edits: The changes that say it, for a what-if.
    """

    text: str
    probability: float
    low: float
    high: float
    known_low: float
    known_high: float
    edits: list[Edit]


@strawberry.type
class Question(Verifiable):
    """An open question: a fact whose answer would narrow the buyer's exposure.

    Attributes:
        id: Id of the question; identical in every answer.
        sort: Kind of question: `risk`, `shares`, `link` or `suppliers`.
        text: The question in words.
        about: Id of the category for `risk`, or of the supplier for `link`; null for other kinds.
        tier: Distance of the entity from the buyer in supply links.
        hours: Estimated effort to answer, in hours of one person.
        low: Lower bound of the buyer's whole exposure now, including unknown suppliers.
        high: Upper bound of the buyer's whole exposure now, including unknown suppliers.
        known_low: Lower bound of the buyer's whole exposure now, for the known network.
        known_high: Upper bound of the buyer's whole exposure now, for the known network.
        shrink: Expected narrowing of the interval from `low` to `high`.
        known_shrink: Expected narrowing of the interval from `knownLow` to `knownHigh`.
        per_hour: `shrink` plus `knownShrink`, per hour of effort. Questions are ranked by it.
        answers: The possible answers. Their probabilities add up to 1.
    """

    id: strawberry.ID
    sort: str
    text: str
    about: strawberry.ID | None
    tier: int
    hours: float
    low: float
    high: float
    known_low: float
    known_high: float
    shrink: float
    known_shrink: float
    per_hour: float
    answers: list[PossibleAnswer]
    computed: strawberry.Private[ComputedQuestion]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity:
        """The entity that the question is about."""
        return self.context.entity(self.computed.entity)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        view = self.context.view
        return questions.verify(self.computed, view.snapshot(), view.required_buyer())


def questions_of(view: ReadView, most: int) -> Sequence[ComputedQuestion]:
    """Open questions, the best first, at most so many.

    Raises:
        QueryError: There is no buyer, or `most` is below 1 or above what a page may have.
    """
    return view.session.reasoning.analyses.questions(view.required_buyer(), view.at, most=view.page(most))


def present_questions(view: ReadView, found: Sequence[ComputedQuestion]) -> list[Question]:
    """Questions as GraphQL shows them, in one context."""
    context = ConclusionContext(view, [one.entity for one in found], [])
    return [_question(one, context) for one in found]


def _question(one: ComputedQuestion, context: ConclusionContext) -> Question:
    answers = [
        PossibleAnswer(
            text=answer.text,
            probability=answer.probability,
            low=answer.interval.low,
            high=answer.interval.high,
            known_low=answer.known.low,
            known_high=answer.known.high,
            edits=[present_edit(edit) for edit in answer.edits],
        )
        for answer in one.answers
    ]
    return Question(
        id=strawberry.ID(one.key),
        sort=one.sort,
        text=one.text,
        about=strawberry.ID(one.about) if one.about else None,
        tier=one.tier,
        hours=one.hours,
        low=one.before.low,
        high=one.before.high,
        known_low=one.known.low,
        known_high=one.known.high,
        shrink=one.shrink,
        known_shrink=one.known_shrink,
        per_hour=one.per_hour,
        answers=answers,
        computed=one,
        context=context,
    )
