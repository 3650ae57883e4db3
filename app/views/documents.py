"""Answers as JSON documents: one shape each, the same in every command that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.port import Cited
    from ontology.records import StoredClaim
    from reasoning.clauses.recommendation import Recommendation
    from reasoning.exposure.exposure import Exposure, ExposurePath
    from reasoning.findings.finding import Finding

Document = Mapping[str, Any]


def exposure_document(exposure: Exposure) -> Document:
    """The buyer's exposure through one supplier; the paths' contributions and the remainder add up to the score."""
    return {
        "supplier": exposure.supplier,
        "tier": exposure.tier,
        "score": exposure.score,
        "interval": [exposure.low, exposure.high],
        "coverage": exposure.coverage,
        "paths": [path_document(path) for path in exposure.paths],
        "remainder": exposure.remainder,
    }


def path_document(path: ExposurePath) -> Document:
    """One supply path from the supplier to the buyer, the claims it walks, and what it adds to the score."""
    return {"entities": list(path.entities), "claims": list(path.claims), "contribution": path.contribution}


def finding_document(finding: Finding) -> Document:
    """What a detector found."""
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        "rule": finding.rule,
        "evidence": list(finding.evidence),
        "claims": list(finding.claims),
        "related": list(finding.related),
        "text": finding.text,
    }


def recommendation_document(recommendation: Recommendation) -> Document:
    """A clause to ask for, or the reason why none is recommended."""
    said = recommendation
    answer = {"abstained": said.abstained} if said.abstained else {"text": said.text, "clause": said.clause}
    return {
        "supplier": said.supplier,
        "clause_type": said.clause_type,
        "rule": said.rule,
        "facts": list(said.facts),
        "evidence": list(said.evidence),
        "ranked_by": said.ranked_by,
        **answer,
    }


def claim_document(stored: StoredClaim) -> Document:
    """One version of a claim, with what is needed to check it."""
    claim = stored.claim
    return {
        "id": claim.id,
        "statement": claim.statement,
        "source": claim.source,
        "record": claim.record,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "value": claim.value,
        "qualifiers": dict(claim.qualifiers),
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "basis": claim.basis,
        "review": claim.review,
        "confidence": claim.confidence,
        "recorded_at": stored.recorded_at,
        "superseded_at": stored.superseded_at,
        "evidence": list(claim.evidence),
    }


def evidence_documents(cited: Iterable[Cited]) -> list[Document]:
    """Evidence with the document that it is from: enough to check the quoted bytes by hand."""
    return [
        {
            "id": item.evidence.id,
            "source": item.document.name,
            "document": item.document.id,
            "sha256": item.document.sha256,
            "uri": item.document.uri,
            "licence": item.document.licence,
            "publisher": item.document.publisher,
            "retrieved_at": item.document.retrieved_at,
            "locator": item.evidence.locator,
            "quote_sha256": item.evidence.quote_sha256,
            "quote": item.evidence.quote,
        }
        for item in cited
    ]
