"""Questions: which facts to find out next, and how much each answer would narrow the exposure."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Verifiable
from reasoning.analysis import questions
from reasoning.analysis.questions import Question as ComputedQuestion

_QUESTIONS = 50  # that are worked out; the best of them are listed


@strawberry.type
class PossibleAnswer:
    """What a question may turn out to have as its answer.

    Attributes:
        text: The answer.
        probability: How probable it is held to be.
        low: The least that the whole exposure may be then.
        high: The most that it may be then.
        known_low: The least that it may be then as far as the network is known.
        known_high: The most that it may be then as far as the network is known.
        changes: The changes that say it, one sentence each, for a what-if.
    """

    text: str
    probability: float
    low: float
    high: float
    known_low: float
    known_high: float
    changes: list[str]


@strawberry.type
class Question(Verifiable):
    """What to find out next.

    Attributes:
        id: What tells it from all other questions.
        sort: `risk`, `shares`, `link` or `suppliers`.
        text: The question.
        about: Id of the category of a risk, or of the supplier of a link; null else.
        tier: Fewest links from the buyer.
        hours: The effort, in hours of one person's work.
        low: The least that the whole exposure may be now.
        high: The most that it may be now.
        known_low: The least that it may be now as far as the network is known.
        known_high: The most that it may be now as far as the network is known.
        shrink: By how much an answer is expected to narrow the former interval.
        known_shrink: By how much it is expected to narrow the latter.
        per_hour: Both for an hour of work; questions are ranked by it.
        answers: What it may turn out to be; the probabilities add to 1.
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
        """Whom it is about."""
        return self.context.entity(self.computed.entity)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        view = self.context.view
        return questions.verify(self.computed, view.snapshot(), view.required_buyer())


def questions_of(view: ReadView) -> Sequence[ComputedQuestion]:
    """What to find out next."""
    return view.session.reasoning.analyses.questions(view.required_buyer(), view.at, most=_QUESTIONS)


def present_questions(view: ReadView, found: Sequence[ComputedQuestion]) -> list[Question]:
    """Questions as GraphQL shows them, resting on one context."""
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
            changes=[edit.text for edit in answer.edits],
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
