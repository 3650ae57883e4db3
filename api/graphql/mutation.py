"""The mutations: judgements whether two entities are the same."""

import strawberry

from api.graphql.judging import Outcome, judge, withdraw
from api.request.context import ApiInfo, RequestContext
from api.types.base.scalars import Verdict
from api.types.entities.judgement import Judgement, present_judgements
from ontology.records import EntityId
from reasoning.identity.judging import JudgementRequest


@strawberry.input
class JudgeInput:
    """A new judgement about two entities.

    Attributes:
        left: Id of one entity.
        right: Id of the other entity.
        verdict: The verdict.
        by: Name of the person or program that judges; 1 to 2,000 characters.
        why: The reason, in words; 1 to 2,000 characters.
        idempotency_key: A key of your choice, new for each judgement. Sending the same input under the same key again
            changes nothing.
    """

    left: strawberry.ID
    right: strawberry.ID
    verdict: Verdict
    by: str
    why: str
    idempotency_key: str


@strawberry.input
class WithdrawJudgementInput:
    """The withdrawal of a judgement.

    Attributes:
        id: Id of the judgement.
        idempotency_key: A key of your choice, new for each withdrawal. Sending the same input under the same key again
            changes nothing.
    """

    id: strawberry.ID
    idempotency_key: str


@strawberry.type
class MutationError:
    """The reason why a mutation changed nothing.

    Attributes:
        code: A stable code for programs.
        field: The field of the input at fault; null if no single field is.
        message: The reason in words.
        retryable: Whether the same request may succeed later.
        fix: How to correct the request.
    """

    code: str
    field: str | None
    message: str
    retryable: bool
    fix: str


@strawberry.type
class JudgePayload:
    """The result of a mutation.

    Attributes:
        judgement: The judgement after the mutation; a withdrawn one as it was before. Null if nothing was changed.
        errors: The reasons why nothing was changed; empty if the mutation succeeded.
        revision: Revision of the store after the mutation.
    """

    judgement: Judgement | None
    errors: list[MutationError]
    revision: int


@strawberry.type
class Mutation:
    """Fields that change the store. A request may contain one of them."""

    @strawberry.mutation
    def judge(self, info: ApiInfo, input: JudgeInput) -> JudgePayload:  # noqa: A002 - GraphQL's word
        """Judge whether two entities are the same.

        A judgement deletes nothing: withdrawing it restores both entities.
        """
        pair = (EntityId(input.left), EntityId(input.right))
        request = JudgementRequest(*pair, input.verdict.value, input.by, input.why)
        return _payload(info.context, judge(info.context, request, input.idempotency_key))

    @strawberry.mutation
    def withdraw_judgement(self, info: ApiInfo, input: WithdrawJudgementInput) -> JudgePayload:  # noqa: A002
        """Withdraw a judgement. A merged entity becomes two again, each with the claims made about it since."""
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
