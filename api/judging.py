"""Making and withdrawing judgements: each writes one batch, once for each idempotency key."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.session import Session
from graph.port import NounQuery
from ontology.canonical import Json, digest
from ontology.errors import NotFoundError, QueryError, TierscopeError
from ontology.instants import record_instant
from ontology.records import Batch, JudgementId, NounId, StoredJudgement, Verdict, make_judgement

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a client says of two nouns."""

    left: str
    right: str
    verdict: Verdict
    by: str
    why: str

    @property
    def body(self) -> Json:
        """It all, for comparing with what was said before under the same key."""
        return ["judge", self.left, self.right, self.verdict, self.by, self.why]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change.

    Attributes:
        judgement: As it stands, or as it stood when it was withdrawn; None where nothing was changed.
        fault: Why nothing was changed; its detail `field` names the field of the input that is at fault.
    """

    revision: int
    judgement: StoredJudgement | None = None
    fault: TierscopeError | None = None


def judge(session: Session, said: Said, key: str) -> Outcome:
    """Judge two nouns; saying the same again changes nothing."""
    return _once(session, key, said.body, lambda: _judge(session, said))


def withdraw(session: Session, judgement: str, key: str) -> Outcome:
    """Withdraw a judgement."""
    return _once(session, key, ["withdraw", judgement], lambda: _withdraw(session, JudgementId(judgement)))


def _once(session: Session, key: str, body: Json, act: Callable[[], Outcome]) -> Outcome:
    try:
        _check_text("idempotencyKey", key)
        return session.memory.once(key, digest(body), act)
    except TierscopeError as error:
        return Outcome(session.status.revision, fault=error)


def _judge(session: Session, said: Said) -> Outcome:
    pair = (NounId(said.left), NounId(said.right))
    _check_text("by", said.by)
    _check_text("why", said.why)
    _check_pair(session, pair)
    judgement = make_judgement(pair, said.verdict, by=said.by, why=said.why, features={})
    applied = session.writer.apply(Batch(at=record_instant(session.clock()), judgements=(judgement,)))
    standing = session.reader.judgements()
    stored = next(one for one in standing if one.judgement.id == judgement.id)
    return Outcome(applied.revision, stored)


def _withdraw(session: Session, judgement: JudgementId) -> Outcome:
    standing = next((one for one in session.reader.judgements() if one.judgement.id == judgement), None)
    if standing is None:
        fix = "read the ids of those that stand from judgements"
        raise NotFoundError("no such judgement stands", fix=fix, field="id")
    applied = session.writer.apply(Batch(at=record_instant(session.clock()), withdrawn=(judgement,)))
    ended = session.afresh().status.recorded_at
    return Outcome(applied.revision, replace(standing, superseded_at=ended))


def _check_text(name: str, text: str) -> None:
    if not text.strip() or len(text) > _LONGEST:
        raise QueryError(f"{name} is empty or too long", fix=f"give 1 to {_LONGEST} characters", field=name)


def _check_pair(session: Session, pair: tuple[NounId, NounId]) -> None:
    if pair[0] == pair[1]:
        raise QueryError("both ids are the same", fix="name two nouns", field="right")
    there = {noun.id for noun in session.reader.nouns(NounQuery(ids=sorted(pair)))}
    for name, noun in zip(("left", "right"), pair, strict=True):
        if noun not in there:
            fix = "search by name with organizations"
            raise NotFoundError(f"nothing is known about {noun}", fix=fix, field=name)
