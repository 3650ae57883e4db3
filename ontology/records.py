"""The values that rooms exchange: entities, claims with evidence, judgements, and the batch that writes them.

Every class is a frozen value. Ids are readable and deterministic (`org:lei-…`, `clm:<hash>`): the same input gives the
same ids in every store.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NewType

from ontology.canonical import Json, Scalar, digest

EntityId = NewType("EntityId", str)
ClaimId = NewType("ClaimId", str)
EvidenceId = NewType("EvidenceId", str)
DocumentId = NewType("DocumentId", str)
JudgementId = NewType("JudgementId", str)

Basis = Literal["observed", "inferred", "confirmed"]
Review = Literal["proposed", "accepted", "rejected"]
Verdict = Literal["same", "different", "unsure"]

Qualifiers = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Entity:
    """An identity without facts: an id, and a kind, which is a class name of the ontology (`Organization`)."""

    id: EntityId
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file or text that was loaded.

    Attributes:
        id: `src:` and the SHA-256 of the bytes.
        name: Name of the source that it belongs to, such as `scms`.
        sha256: SHA-256 of the bytes, 64 hex digits.
        uri: Where it was read from.
        media_type: Its MIME type.
        licence: Licence of the content.
        publisher: Who published it.
        retrieved_at: Record instant of the retrieval.
    """

    id: DocumentId
    name: str
    sha256: str
    uri: str
    media_type: str
    licence: str
    publisher: str
    retrieved_at: str

    @staticmethod
    def id_of(sha256: str) -> DocumentId:
        """The id of the document whose bytes have this SHA-256 (64 hex digits)."""
        return DocumentId(f"src:{sha256}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a document that supports claims.

    Attributes:
        id: `evd:` and a hash of document, locator and quote.
        document: Id of the `Document` that contains the passage.
        locator: Place of the passage as canonical JSON, such as `{"rows":"12-15,19"}` or `{"characters":[120,340]}`.
        quote_sha256: SHA-256 of the quoted bytes, 64 hex digits.
        quote: The quoted text, or "" where it is too long to keep. The locator and the hash still prove it.
    """

    id: EvidenceId
    document: DocumentId
    locator: str
    quote_sha256: str
    quote: str = ""

    @staticmethod
    def id_of(document: DocumentId, locator: str, quote_sha256: str) -> EvidenceId:
        """The id of the evidence with this document, locator and SHA-256 of the quoted bytes (64 hex digits)."""
        return EvidenceId(f"evd:{digest([document, locator, quote_sha256])[:32]}")

    @property
    def quote_verified(self) -> bool | None:
        """Whether the SHA-256 of `quote` is `quote_sha256`; None where the quote is too long to repeat."""
        return None if not self.quote else hashlib.sha256(self.quote.encode()).hexdigest() == self.quote_sha256


@dataclass(frozen=True, slots=True)
class Claim:
    """An assertion that one source makes: a subject, a predicate, and an object (an entity) or a value.

    Two sources that assert the same make two claims with one statement.

    Attributes:
        id: `clm:` and a hash of statement, source and record.
        statement: Hash of the asserted content: subject, predicate, object or value, qualifiers and valid interval.
        source: Name of the source, such as `scms`; it does not name one edition of its file.
        record: Key, within the source, of the record that makes the claim. A record is replaced as a whole.
        subject: The entity that the claim is about.
        predicate: Name of a predicate of the ontology.
        object: The entity that the subject is related to; None where the claim has a value.
        value: The value; None where the claim has an object.
        qualifiers: Further values of the claim, by name.
        valid_from: World time from which it holds; None is unbounded.
        valid_to: World time before which it holds; None is unbounded.
        basis: `observed`: the source reports it. `inferred`: a named rule derived it. `confirmed`: a second
            independent source or a person vouches for it.
        review: The decision of a reviewer.
        confidence: In [0, 1], at most the maximum of the source.
        evidence: At least one evidence id, ascending.
    """

    id: ClaimId
    statement: str
    source: str
    record: str
    subject: EntityId
    predicate: str
    object: EntityId | None
    value: Scalar | None
    qualifiers: Qualifiers
    valid_from: str | None
    valid_to: str | None
    basis: Basis
    review: Review
    confidence: float
    evidence: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """One stored version of a claim.

    Attributes:
        claim: The claim.
        recorded_at: Record instant at which the version was opened.
        superseded_at: Record instant at which it was closed; None while it is open.
    """

    claim: Claim
    recorded_at: str
    superseded_at: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision whether two entities are the same.

    Attributes:
        id: `jdg:` and a hash of all other fields.
        left: The smaller of the two entity ids.
        right: The greater one.
        verdict: `same`, `different` or `unsure`.
        by: Who judged.
        why: The reason, in words.
        features: The compared features: name to weight or value.
    """

    id: JudgementId
    left: EntityId
    right: EntityId
    verdict: Verdict
    by: str
    why: str
    features: Qualifiers


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """One stored version of a judgement; withdrawing the judgement closes it.

    Attributes:
        judgement: The judgement.
        recorded_at: Record instant at which the version was opened.
        superseded_at: Record instant at which it was closed; None while it is open.
    """

    judgement: Judgement
    recorded_at: str
    superseded_at: str | None


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """The provenance of a record. A record is unchanged while its ledger row has the same key.

    Attributes:
        source: Name of the source.
        record: Key of the record within the source.
        digest: SHA-256 of the record's raw content (its row, or its group of rows).
        mapping: Version (content hash) of the mapping that read it.
        ontology: Version (content hash) of the ontology that validated it.
    """

    source: str
    record: str
    digest: str
    mapping: str
    ontology: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a source, to be written: its claims, or the reason why it was quarantined.

    Applying an entry replaces the record: open claims of the record that the entry lacks are closed. A quarantined
    entry has no claims, and leaves the open claims of its record as they are.

    Attributes:
        key: Ledger key of the record.
        claims: The claims that the record makes.
        fault: "" where the record was accepted; otherwise canonical JSON that names row, rule and fix.
    """

    key: LedgerKey
    claims: tuple[Claim, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Vector:
    """The embedding of an entity's text.

    Attributes:
        model: Name and version of the model.
        entity: The embedded entity.
        values: The vector as little-endian float32 bytes.
    """

    model: str
    entity: EntityId
    values: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """One atomic, idempotent write.

    Attributes:
        at: Record instant of the clock. The store records at this instant, or one microsecond after its last instant
            where the clock has not moved on. Record instants therefore rise with the revision.
        entities: Entities that the claims name; existing ones are left as they are.
        documents: Documents of the evidence; existing ones are left as they are.
        evidence: Evidence that the claims cite; existing evidence is left as it is.
        entries: Records to replace.
        gone: (source, record) pairs to remove: their claims are closed and their ledger rows deleted. These are
            retracted records, and records that a new snapshot of the source lacks.
        judgements: Judgements to open.
        withdrawn: Ids of judgements to close.
        vectors: Embeddings to store. As derived data, they change neither revision, change feed nor content hash.
    """

    at: str
    entities: tuple[Entity, ...] = ()
    documents: tuple[Document, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    judgements: tuple[Judgement, ...] = ()
    withdrawn: tuple[JudgementId, ...] = ()
    vectors: tuple[Vector, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """The effect of a batch.

    Attributes:
        revision: The revision after the batch. It rises by one when a claim or judgement was opened or closed.
        opened: Number of versions of claims and judgements that were opened.
        closed: Number of versions that were closed.
    """

    revision: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change feed.

    Attributes:
        revision: The revision that made the change.
        ordinal: Place of the line within its revision, from 0.
        action: Whether the version was opened or closed.
        id: Id of the claim or judgement.
    """

    revision: int
    ordinal: int
    action: Literal["opened", "closed"]
    id: str


@dataclass(frozen=True, slots=True)
class At:
    """The two times of a read.

    Attributes:
        as_of: World time at which claims must be valid; None reads claims of any validity.
        known_at: Record instant at which versions must be open; None reads the latest state.
    """

    as_of: str | None = None
    known_at: str | None = None


def make_judgement(
    pair: tuple[EntityId, EntityId], verdict: Verdict, *, by: str, why: str, features: Qualifiers
) -> Judgement:
    """A judgement about two entities.

    Args:
        pair: The two entity ids, in either order.
        verdict: Whether they are the same entity.
        by: Who judged.
        why: The reason, in words.
        features: The compared features: name to weight or value.
    """
    left, right = sorted(pair)
    body: Json = [left, right, verdict, by, why, dict(features)]
    return Judgement(JudgementId(f"jdg:{digest(body)[:32]}"), left, right, verdict, by, why, features)
