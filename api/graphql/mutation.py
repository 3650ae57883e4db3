"""What can be changed: judgements about who is whom."""

import strawberry

from api.graphql.judging import Outcome, judge, withdraw
from api.request.context import ApiInfo, RequestContext
from api.types.base.scalars import Verdict
from api.types.entities.judgement import Judgement, present_judgements
from ontology.records import EntityId
from reasoning.identity.judging import JudgementRequest


@strawberry.input
class JudgeInput:
    """A judgement to be made.

    Attributes:
        left: One entity's id.
        right: The other's.
        verdict: What is judged of them.
        by: Who judges.
        why: The reason, in words.
        idempotency_key: Yours, one for each request: sending the request again under it changes nothing.
    """

    left: strawberry.ID
    right: strawberry.ID
    verdict: Verdict
    by: str
    why: str
    idempotency_key: str


@strawberry.input
class WithdrawJudgementInput:
    """A judgement to be withdrawn.

    Attributes:
        id: Its id.
        idempotency_key: Yours, one for each request: sending the request again under it changes nothing.
    """

    id: strawberry.ID
    idempotency_key: str


@strawberry.type
class MutationError:
    """Why a change was not made.

    Attributes:
        code: A stable name; scripts may rely on it.
        field: Which field of the input is at fault; null where none is.
        message: What is wrong.
        retryable: Whether doing the same again may succeed.
        fix: What to do about it.
    """

    code: str
    field: str | None
    message: str
    retryable: bool
    fix: str


@strawberry.type
class JudgePayload:
    """What came of a change.

    Attributes:
        judgement: The judgement as it stands, or as it stood when it was withdrawn; null where nothing was changed.
        errors: Why nothing was changed; empty where something was.
        revision: The store's revision afterwards.
    """

    judgement: Judgement | None
    errors: list[MutationError]
    revision: int


@strawberry.type
class Mutation:
    """What can be changed; one change a request."""

    @strawberry.mutation
    def judge(self, info: ApiInfo, input: JudgeInput) -> JudgePayload:  # noqa: A002 - GraphQL's word
        """Judge two entities the same, different, or unsure. Nothing is destroyed: withdrawing gives both back."""
        pair = (EntityId(input.left), EntityId(input.right))
        request = JudgementRequest(*pair, input.verdict.value, input.by, input.why)
        return _payload(info.context, judge(info.context, request, input.idempotency_key))

    @strawberry.mutation
    def withdraw_judgement(self, info: ApiInfo, input: WithdrawJudgementInput) -> JudgePayload:  # noqa: A002
        """Withdraw a judgement. Entities that it merged are two again, each with the claims made about it since."""
        return _payload(info.context, withdraw(info.context, input.id, input.idempotency_key))


def _payload(session: RequestContext, outcome: Outcome) -> JudgePayload:
    if outcome.judgement is None:
        return JudgePayload(judgement=None, errors=_errors(outcome), revision=outcome.revision)
    presented = present_judgements(session.afresh().view(), [outcome.judgement])
    return JudgePayload(judgement=presented[0], errors=[], revision=outcome.revision)


def _errors(outcome: Outcome) -> list[MutationError]:
    fault = outcome.fault
    if fault is None:
        return []
    field = fault.details.get("field")
    return [
        MutationError(
            code=fault.code,
            field=None if field is None else str(field),
            message=str(fault),
            retryable=fault.retryable,
            fix=fault.fix,
        )
    ]
