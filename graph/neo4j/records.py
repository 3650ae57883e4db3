"""Conversion of records to query parameters and back: the one place that knows the stored form of a value.

Values are native. Qualifiers and features are JSON text on the claim or judgement, which keeps them exact. The
qualifiers of a claim between two entities are also native properties of its relationship.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.neo4j.schema import NATIVE, Names, place_of, word_key
from graph.port import LedgerRow
from graph.words import words
from ontology.records import Claim, Document, Evidence, Judgement, LedgerKey, StoredClaim, StoredJudgement

Properties = dict[str, Any]
_DOCUMENT_FIELDS = ("id", "name", "sha256", "uri", "media_type", "licence", "publisher", "retrieved_at")
_EVIDENCE_FIELDS = ("id", "document", "locator", "quote_sha256", "quote")
_NOTHING = "{}"

_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def document_row(document: Document) -> Properties:
    """A document as parameters."""
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def evidence_row(evidence: Evidence) -> Properties:
    """Evidence as parameters."""
    return {name: getattr(evidence, name) for name in _EVIDENCE_FIELDS}


def claim_row(stored: StoredClaim, names: Names) -> Properties:
    """A version of a claim as parameters, with its words where its predicate is searchable."""
    claim = stored.claim
    row: Properties = {
        "id": claim.id,
        "statement": claim.statement,
        "place": place_of(claim.source, claim.record),
        "source": claim.source,
        "record": claim.record,
        "subject": claim.subject,
        "object": claim.object,
        "predicate": claim.predicate,
        "value": claim.value,
        "qualifiers": _write(dict(claim.qualifiers)) if claim.qualifiers else _NOTHING,
        "carried": dict(claim.qualifiers),
        "validFrom": claim.valid_from,
        "validTo": claim.valid_to,
        "basis": claim.basis,
        "review": claim.review,
        "confidence": float(claim.confidence),
        "evidence": list(dict.fromkeys(claim.evidence)),
        "recordedAt": stored.recorded_at,
        "supersededAt": stored.superseded_at,
    }
    if claim.predicate in names.searchable:
        row["words"] = words_of(claim)
    return row


def words_of(claim: Claim) -> list[str]:
    """The keys of the words of a claim's value, without repetition, ascending; empty unless the value is text."""
    return sorted({word_key(word) for word in words(claim.value)}) if isinstance(claim.value, str) else []


def native_properties(stored: StoredClaim) -> Properties:
    """The properties that the native relationship of a claim between two entities must have."""
    claim = stored.claim
    values = (
        claim.id,
        claim.valid_from,
        claim.valid_to,
        claim.basis,
        float(claim.confidence),
        stored.recorded_at,
        stored.superseded_at,
    )
    kept = dict(zip(NATIVE, values, strict=True)) | dict(claim.qualifiers)
    return {name: value for name, value in kept.items() if value is not None}


def judgement_row(stored: StoredJudgement) -> Properties:
    """A version of a judgement as parameters."""
    judged = stored.judgement
    return {
        "id": judged.id,
        "left": judged.left,
        "right": judged.right,
        "verdict": judged.verdict,
        "by": judged.by,
        "why": judged.why,
        "features": _write(dict(judged.features)),
        "recordedAt": stored.recorded_at,
        "supersededAt": stored.superseded_at,
    }


def ledger_row(key: LedgerKey, fault: str, recorded_at: str) -> Properties:
    """A live ledger row as parameters."""
    return {
        "place": place_of(key.source, key.record),
        "source": key.source,
        "record": key.record,
        "digest": key.digest,
        "mapping": key.mapping,
        "ontology": key.ontology,
        "fault": fault,
        "recordedAt": recorded_at,
    }


def to_claim(row: Sequence[Any]) -> StoredClaim:
    """The version of a claim in the first 17 columns of a row, in the order of `cypher`'s claim columns."""
    fields: Sequence[Any] = (*row[:8], to_mapping(row[8]), *row[9:14], tuple(sorted(row[14])))
    claim = Claim(*fields)
    return StoredClaim(claim, row[15], row[16])


def to_judgement(row: Sequence[Any]) -> StoredJudgement:
    """The version of a judgement in a row, in the order of `cypher`'s judgement columns."""
    fields: Sequence[Any] = (*row[:6], to_mapping(row[6]))
    return StoredJudgement(Judgement(*fields), row[7], row[8])


def to_ledger_row(row: Sequence[Any]) -> LedgerRow:
    """The ledger row in a row of `cypher.LEDGER`."""
    return LedgerRow(LedgerKey(*row[:5]), row[5], row[6])


def to_mapping(text: str) -> Mapping[str, Any]:
    """The mapping that JSON text holds."""
    kept: Mapping[str, Any] = {} if text == _NOTHING else json.loads(text)
    return kept


def to_kind(labels: Sequence[str]) -> str:
    """The kind that an entity's labels name; without exactly one kind, all labels joined, which is never a kind."""
    return " ".join(sorted(label for label in labels if label != "Entity"))
