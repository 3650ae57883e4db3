"""Content hash of a store: equal content gives equal hashes, in every store."""

import hashlib

from graph.port import GraphReader, Row
from ontology.canonical import Json, Scalar, canonical
from ontology.records import Document, Entity, Evidence, StoredClaim, StoredJudgement


def content_hash(reader: GraphReader, *, history: bool = False) -> str:
    """SHA-256 (64 hex digits) of the open claims and judgements, with their entities, evidence and documents.

    Record instants, retrieval instants, ledger, change feed and vectors are not hashed. The order and the batches in
    which the content was written make no difference.

    Args:
        reader: The store.
        history: Whether closed versions, record instants and retrieval instants are hashed, too.

    Raises:
        StoreCorruptError: The stored data contradict themselves.
    """
    hasher = hashlib.sha256()
    for row in reader.rows(history=history):
        content = _content(row, history=history)
        if content is not None:
            hasher.update(canonical(content))
            hasher.update(b"\n")
    return hasher.hexdigest()


def _content(row: Row, *, history: bool) -> Json:
    """The hashed form of a row, or None for a row that is not hashed; its words are pinned and never change."""
    content: Json = None
    match row:
        case Entity():
            content = ["noun", row.id, row.kind]
        case Document():
            content = _document(row, history=history)
        case Evidence():
            content = ["evidence", row.id, row.document, row.locator, row.quote_sha256, row.quote]
        case StoredClaim():
            content = [*_claim(row), *_times(row, history=history)]
        case StoredJudgement():
            content = [*_judgement(row), *_times(row, history=history)]
        case _:
            pass
    return content


def _document(row: Document, *, history: bool) -> list[Json]:
    content: list[Json] = ["source", row.id, row.name, row.sha256, row.uri, row.media_type, row.licence, row.publisher]
    return [*content, row.retrieved_at] if history else content


def _claim(row: StoredClaim) -> list[Json]:
    claim = row.claim
    origin: list[Json] = ["claim", claim.id, claim.statement, claim.source, claim.record]
    statement: list[Json] = [claim.subject, claim.predicate, claim.object, _plain(claim.value)]
    qualifiers = {name: _plain(value) for name, value in claim.qualifiers.items()}
    support: list[Json] = [claim.basis, claim.review, _plain(claim.confidence), list(claim.evidence)]
    return [*origin, *statement, qualifiers, claim.valid_from, claim.valid_to, *support]


def _judgement(row: StoredJudgement) -> list[Json]:
    judged = row.judgement
    features = {name: _plain(value) for name, value in judged.features.items()}
    return ["judgement", judged.id, judged.left, judged.right, judged.verdict, judged.by, judged.why, features]


def _times(row: StoredClaim | StoredJudgement, *, history: bool) -> list[Json]:
    return [row.recorded_at, row.superseded_at] if history else []


def _plain(value: Scalar | None) -> Scalar | None:
    """`value`, as an integer where it is a whole number: RFC 8785 writes both alike, and integers faster."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
