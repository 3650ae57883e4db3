"""Judging: a judgement about two entities is checked and recorded, or an open one is withdrawn.

The command line and GraphQL both call it, so that they refuse the same requests with the same codes and fixes. The
store itself refuses a `same` that contradicts a `different`, in the transaction that would write it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from graph.port import EntityQuery, GraphReader, GraphWriter
from ontology.errors import InputError, NotFoundError
from ontology.instants import record_instant
from ontology.records import Batch, EntityId, JudgementId, StoredJudgement, Verdict, make_judgement

LONGEST = 2_000  # characters of `by` and of `why`

_FIND_ENTITY = "`tierscope search WORDS`, or the GraphQL field `organizations`, finds ids"
_FIND_JUDGEMENT = "`tierscope judgements`, or the GraphQL field `judgements`, lists the open ones"


@dataclass(frozen=True, slots=True)
class JudgementRequest:
    """A judgement about two entities, in either order, to be recorded.

    Attributes:
        by: Who judges.
        why: The reason, in words.
    """

    left: EntityId
    right: EntityId
    verdict: Verdict
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class JudgementOutcome:
    """The judgement after the request.

    Attributes:
        judgement: The open judgement, or the withdrawn one with the instant of that.
        revision: The store's revision afterwards.
        changed: Whether the request changed the store; False where the same judgement stood already.
    """

    judgement: StoredJudgement
    revision: int
    changed: bool


def judge(
    reader: GraphReader, writer: GraphWriter, request: JudgementRequest, *, clock: Callable[[], str]
) -> JudgementOutcome:
    """Record a judgement; where the same one is open already, nothing is written.

    Args:
        reader: The store, for the checks.
        writer: The same store, for the write.
        request: The judgement.
        clock: Gives the present instant.

    Raises:
        InputError: A text is empty or too long, both ids are one, or the entities are of two kinds.
        NotFoundError: No open claim is about an entity.
        JudgementConflictError: A `same` contradicts a `different`.
        StoreError: The store refused; nothing was written.
    """
    check_text("by", request.by)
    check_text("why", request.why)
    pair = (request.left, request.right)
    _check_pair(reader, pair)
    made = make_judgement(pair, request.verdict, by=request.by, why=request.why, features={})
    applied = writer.apply(Batch(at=record_instant(clock()), judgements=(made,)))
    return JudgementOutcome(_open_judgement(reader, made.id), applied.revision, changed=applied.opened > 0)


def withdraw(
    reader: GraphReader, writer: GraphWriter, judgement: JudgementId, *, clock: Callable[[], str]
) -> JudgementOutcome:
    """Withdraw an open judgement: where it merged two entities, they are two again.

    Args:
        reader: The store, for the checks.
        writer: The same store, for the write.
        judgement: Its id.
        clock: Gives the present instant.

    Raises:
        NotFoundError: No judgement of this id is open.
        StoreError: The store refused; nothing was written.
    """
    found = _open_judgement(reader, judgement)
    applied = writer.apply(Batch(at=record_instant(clock()), withdrawn=(judgement,)))
    if not applied.closed:  # another process withdrew it in the meantime
        raise _not_open(judgement)
    ended = replace(found, superseded_at=reader.status().recorded_at)
    return JudgementOutcome(ended, applied.revision, changed=True)


def check_text(name: str, text: str) -> None:
    """Refuse a text of a request that is empty or too long.

    Raises:
        InputError: It is empty or too long; the detail `field` is its name.
    """
    if not text.strip() or len(text) > LONGEST:
        raise InputError(f"{name} is empty or too long", fix=f"give 1 to {LONGEST} characters", field=name)


def _check_pair(reader: GraphReader, pair: tuple[EntityId, EntityId]) -> None:
    left, right = pair
    if left == right:
        raise InputError(f"{left} is named twice", fix="name the ids of two entities", field="right")
    kinds = {entity.id: entity.kind for entity in reader.entities(EntityQuery(ids=sorted(pair)))}
    for name, entity in zip(("left", "right"), pair, strict=True):
        if entity not in kinds:
            raise NotFoundError(f"nothing is known about {entity}", fix=_FIND_ENTITY, field=name)
    if kinds[left] != kinds[right]:
        message = f"{left} is of the kind {kinds[left]}, {right} of the kind {kinds[right]}"
        raise InputError(message, fix="name two entities of one kind", field="right")


def _open_judgement(reader: GraphReader, judgement: JudgementId) -> StoredJudgement:
    for stored in reader.judgements():
        if stored.judgement.id == judgement:
            return stored
    raise _not_open(judgement)


def _not_open(judgement: JudgementId) -> NotFoundError:
    return NotFoundError(f"no judgement {judgement} is open", fix=_FIND_JUDGEMENT, field="id")
