"""The records that travel between rooms: entities, claims with evidence, judgements, and the batch that carries them.

Every class is a frozen value. Ids are readable and deterministic (`org:lei-…`, `clm:<hash>`): nothing is random, so the
same bytes in give the same ids out, on every store.
"""

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
    """A bare identity: an id and its kind, a class name of the ontology (`Organization`). No facts are on it."""

    id: EntityId
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was read: the SHA-256 of its bytes is its id. `name` is its source contract (`scms`)."""

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
        """The id of the document with these bytes."""
        return DocumentId(f"src:{sha256}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says it.

    Attributes:
        document: The `Document` that it is derived from.
        locator: Canonical JSON text, such as `{"rows":"12-15,19"}` or `{"characters":[120,340]}`.
        quote_sha256: SHA-256 of the quoted bytes, 64 hex digits.
        quote: The quoted text, or "" where it is too long to repeat (the locator and the hash still prove it).
    """

    id: EvidenceId
    document: DocumentId
    locator: str
    quote_sha256: str
    quote: str = ""

    @staticmethod
    def id_of(document: DocumentId, locator: str, quote_sha256: str) -> EvidenceId:
        """The id that document, place and quoted bytes determine."""
        return EvidenceId(f"evd:{digest([document, locator, quote_sha256])[:32]}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: a subject, a predicate, and an object (an entity) or a value.

    `statement` is the hash of what is said, so two sources that say the same make two claims of one statement. `id`
    also covers the source's name and the record that it was said in.

    Attributes:
        source: Name of the source contract (`scms`), not of one edition of its file.
        record: Key, within the source, of the record that the claim was made from; a record is replaced as a whole.
        object: The entity that the claim points at; None where it has a value.
        value: The value; None where it points at an entity.
        valid_from: World time from which it holds; None is unbounded.
        valid_to: World time before which it holds; None is unbounded.
        confidence: In [0, 1], at most the source's own maximum.
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
    """One version of a claim, as the store holds it.

    `recorded_at` is the record instant at which the version was opened, `superseded_at` the one at which it was closed,
    or None while it is open.
    """

    claim: Claim
    recorded_at: str
    superseded_at: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """That two entities are the same, different, or that this is unsure. `left` < `right`.

    Attributes:
        by: Who judged.
        why: The reason, in words.
        features: What it was judged by: feature name to weight or value.
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
    """One version of a judgement, as the store holds it; withdrawing closes it."""

    judgement: Judgement
    recorded_at: str
    superseded_at: str | None


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """What a record was made from; it is unchanged while the same key is live.

    Attributes:
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
    """One record of a source: its ledger key and the claims it makes, or the reason why it was quarantined.

    Applying an entry replaces whatever the source said in this record before: claims that it no longer makes are
    closed.

    Attributes:
        fault: Canonical JSON text naming row, rule and fix where the record was refused; "" where it was accepted. A
            quarantined entry makes no claims and leaves those that its record made before untouched.
    """

    key: LedgerKey
    claims: tuple[Claim, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Vector:
    """The embedding of an entity's text by a model of a named version; `values` are little-endian float32 bytes."""

    model: str
    entity: EntityId
    values: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """One atomic, idempotent write.

    Attributes:
        at: Record instant that the clock gave. The store records at this instant, or one microsecond after its last one
            where the clock has not moved on, so record instants rise with the revision.
        entities, documents, evidence: What the claims need; what is there already is left alone.
        entries: Records to replace.
        gone: (source, record) pairs that are closed and whose ledger rows die: retraction, rows that a snapshot lost.
        judgements: Judgements to open.
        withdrawn: Judgements to close.
        vectors: Embeddings to keep; derived data, so they move neither revision, change feed nor content hash.
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
    """What a batch did. `revision` rose by one if it had an effect on claims or judgements, else it stands."""

    revision: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change feed. `id` is a claim's or a judgement's."""

    revision: int
    ordinal: int
    action: Literal["opened", "closed"]
    id: str


@dataclass(frozen=True, slots=True)
class At:
    """The two times of a read.

    Attributes:
        as_of: World time: only claims valid then are read. None reads claims of any validity.
        known_at: Record instant: what was recorded by then and not yet superseded. None reads the latest.
    """

    as_of: str | None = None
    known_at: str | None = None


def make_judgement(
    pair: tuple[EntityId, EntityId], verdict: Verdict, *, by: str, why: str, features: Qualifiers
) -> Judgement:
    """A judgement about two entities, in either order."""
    left, right = sorted(pair)
    body: Json = [left, right, verdict, by, why, dict(features)]
    return Judgement(JudgementId(f"jdg:{digest(body)[:32]}"), left, right, verdict, by, why, features)
