"""The hash of what a store says: one code path over any reader, equal for equal content."""

import hashlib

from graph.port import GraphReader, Row
from ontology.canonical import Json, Scalar, canonical
from ontology.records import Document, Entity, Evidence, StoredClaim, StoredJudgement


def content_hash(reader: GraphReader, *, history: bool = False) -> str:
    """SHA-256, 64 hex digits, of the canonical rows: open claims and judgements, with entities, evidence and documents.

    Recorded and retrieved times, ledger, change feed and vectors are left out; `history` adds closed versions and both
    times. The order and the batches in which content came make no difference.

    Raises:
        StoreCorruptError: What is stored contradicts itself.
    """
    told = hashlib.sha256()
    for row in reader.rows(history=history):
        content = _content(row, history=history)
        if content is not None:
            told.update(canonical(content))
            told.update(b"\n")
    return told.hexdigest()


def _content(row: Row, *, history: bool) -> Json:
    content: Json = None
    match row:
        case Entity():
            content = ["noun", row.id, row.kind]
        case Document():
            content = _source(row, history=history)
        case Evidence():
            content = ["evidence", row.id, row.document, row.locator, row.quote_sha256, row.quote]
        case StoredClaim():
            content = [*_claim(row), *_times(row, history=history)]
        case StoredJudgement():
            content = [*_judgement(row), *_times(row, history=history)]
        case _:
            pass
    return content


def _source(row: Document, *, history: bool) -> list[Json]:
    content: list[Json] = ["source", row.id, row.name, row.sha256, row.uri, row.media_type, row.licence, row.publisher]
    return [*content, row.retrieved_at] if history else content


def _claim(row: StoredClaim) -> list[Json]:
    claim = row.claim
    said: list[Json] = [claim.subject, claim.predicate, claim.object, _plain(claim.value)]
    qualifiers = {name: _plain(value) for name, value in claim.qualifiers.items()}
    manner: list[Json] = [claim.basis, claim.review, _plain(claim.confidence), list(claim.evidence)]
    place: list[Json] = ["claim", claim.id, claim.statement, claim.source, claim.record]
    return [*place, *said, qualifiers, claim.valid_from, claim.valid_to, *manner]


def _judgement(row: StoredJudgement) -> list[Json]:
    judged = row.judgement
    features = {name: _plain(value) for name, value in judged.features.items()}
    return ["judgement", judged.id, judged.left, judged.right, judged.verdict, judged.by, judged.why, features]


def _times(row: StoredClaim | StoredJudgement, *, history: bool) -> list[Json]:
    return [row.recorded_at, row.superseded_at] if history else []


def _plain(value: Scalar | None) -> Scalar | None:
    """`value` with a whole number as an integer: RFC 8785 writes both alike, and integers far faster."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value
