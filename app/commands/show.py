"""What `show ID` answers: an entity with its claims, a claim with its versions, or evidence with its document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.views.documents import claim_document, evidence_documents
from graph.port import ClaimQuery, EntityQuery
from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId, EvidenceId

if TYPE_CHECKING:
    from app.runtime.session import ReadSession

Document = dict[str, Any]


def show(question: ReadSession, id: str) -> Document:  # noqa: A002  # the product's word
    """The document that answers `show`.

    Raises:
        NotFoundError: Nothing has that id.
    """
    answers = {"clm": _claim, "evd": _evidence, "jdg": _judgement}
    found = answers.get(id.partition(":")[0], _entity)(question, id)
    if found is None:
        raise NotFoundError(f"nothing has the id {id}", fix="`tierscope search WORDS` finds ids by words")
    return found


def _entity(question: ReadSession, id: str) -> Document | None:  # noqa: A002
    found = question.store.entities(EntityQuery(ids=[EntityId(id)], at=question.at))
    if not found:
        return None
    facts = question.reasoning.snapshot(question.at).facts
    same = facts.identity.members(EntityId(id))
    said = question.store.claims(ClaimQuery(subjects=list(same), at=question.at))
    onto = question.store.claims(ClaimQuery(objects=list(same), at=question.at))
    return {
        "id": id,
        "kind": found[0].kind,
        "name": facts.name(EntityId(id)),
        "same": sorted(same),
        "claims": [claim_document(stored) for stored in said],
        "claims_onto_it": [claim_document(stored) for stored in onto],
    }


def _claim(question: ReadSession, id: str) -> Document | None:  # noqa: A002
    versions = question.store.claims(ClaimQuery(ids=[ClaimId(id)], history=True))
    if not versions:
        return None
    cited = {each for stored in versions for each in stored.claim.evidence}
    documents = [claim_document(stored) for stored in versions]
    return {"id": id, "versions": documents, "evidence": _cited(question, cited)}


def _evidence(question: ReadSession, id: str) -> Document | None:  # noqa: A002
    cited = _cited(question, [EvidenceId(id)])
    if not cited:
        return None
    citing = question.store.claims(ClaimQuery(evidence=[EvidenceId(id)], at=question.at))
    return {**cited[0], "claims": [claim_document(stored) for stored in citing]}


def _judgement(question: ReadSession, id: str) -> Document | None:  # noqa: A002
    for stored in question.store.judgements(question.at):
        if stored.judgement.id == id:
            judged = stored.judgement
            pair = {"left": judged.left, "verdict": judged.verdict, "right": judged.right}
            return {"id": id, **pair, "by": judged.by, "why": judged.why, "recorded_at": stored.recorded_at}
    return None


def _cited(question: ReadSession, ids: Iterable[EvidenceId]) -> list[Document]:
    return [
        {**document, "quote_fits_its_hash": _fits(document["quote"], document["quote_sha256"])}
        for document in evidence_documents(question.store.evidence(sorted(ids)))
    ]


def _fits(quote: str, sha256: str) -> bool | None:
    """Whether the quote is what was hashed; None where it was too long to keep."""
    return None if not quote else hashlib.sha256(quote.encode()).hexdigest() == sha256
