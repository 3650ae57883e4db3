"""The errors with which every store refuses a write, so that both stores report the same fault in the same words."""

from ontology.errors import InvalidRecordError, MissingEndError, MissingEvidenceError, StoreCorruptError, StoreError
from ontology.records import Change, Evidence


def missing_entity(subject: str, entity: str) -> MissingEndError:
    """The error for a claim, judgement or vector (`subject`, in words) that names an unknown entity."""
    message = f"{subject} names {entity}, which is neither in the store nor in the batch"
    return MissingEndError(message, fix="write the entity in the same batch", entity=entity)


def missing_evidence(claim: str, evidence: str) -> MissingEvidenceError:
    """The error for a claim that cites unknown evidence."""
    message = f"claim {claim} cites {evidence}, which is neither in the store nor in the batch"
    return MissingEvidenceError(message, fix="write the evidence in the same batch", claim=claim, evidence=evidence)


def missing_document(evidence: Evidence) -> MissingEvidenceError:
    """The error for evidence from an unknown document."""
    message = f"evidence {evidence.id} cites {evidence.document}, which is neither in the store nor in the batch"
    return MissingEvidenceError(message, fix="write the document in the same batch", evidence=evidence.id)


def mixed_vector_lengths(model: str, lengths: int) -> InvalidRecordError:
    """The error for a model whose vectors have several lengths; `lengths` is their number."""
    message = f"the model {model!r} has vectors of {lengths} lengths"
    return InvalidRecordError(message, fix="name each version of a model differently", model=model)


def not_empty() -> StoreError:
    """The error for a restore into a store that is not empty."""
    return StoreError("the store is not empty", fix="restore into a new store")


def contradicting_feed(given: Change | object, derived: Change | None) -> StoreCorruptError:
    """The error for restored rows whose change feed differs from the one that their versions make."""
    message = f"the restored change feed has {given}, and the restored versions make {derived}"
    return StoreCorruptError(message, fix="copy from a store whose `tierscope hash --history` succeeds")
