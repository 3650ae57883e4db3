"""Judging over GraphQL: each request makes or withdraws one judgement, once for each idempotency key."""

from collections.abc import Callable
from dataclasses import dataclass

from api.request.context import RequestContext
from ontology.canonical import Json, digest
from ontology.errors import TierscopeError
from ontology.records import JudgementId, StoredJudgement
from reasoning.identity import judging
from reasoning.identity.judging import JudgementOutcome, JudgementRequest


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a mutation.

    Attributes:
        judgement: The judgement after the mutation; a withdrawn one as it was before. None if nothing was changed.
        fault: The reason why nothing was changed. Its detail `field` names the field of the input at fault.
    """

    revision: int
    judgement: StoredJudgement | None = None
    fault: TierscopeError | None = None


def judge(session: RequestContext, request: JudgementRequest, key: str) -> Outcome:
    """Record a judgement about two entities; recording the same again changes nothing."""
    body: Json = ["judge", request.left, request.right, request.verdict, request.by, request.why]
    return _once(
        session, key, body, lambda: judging.judge(session.reader, session.writer, request, clock=session.clock)
    )


def withdraw(session: RequestContext, judgement: str, key: str) -> Outcome:
    """Withdraw a judgement."""
    wanted = JudgementId(judgement)
    return _once(
        session,
        key,
        ["withdraw", judgement],
        lambda: judging.withdraw(session.reader, session.writer, wanted, clock=session.clock),
    )


def _once(session: RequestContext, key: str, body: Json, act: Callable[[], JudgementOutcome]) -> Outcome:
    try:
        judging.check_text("idempotencyKey", key)
        made = session.memory.once(key, digest(body), act)
    except TierscopeError as error:
        return Outcome(session.status.revision, fault=error)
    return Outcome(made.revision, made.judgement)
