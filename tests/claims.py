"""Claims as readable code makes them: the reference that `ingest.claims`, which is quicker, is held to by a test."""

from dataclasses import dataclass, field

from ontology.canonical import Scalar, digest
from ontology.records import Basis, Claim, ClaimId, EntityId, EvidenceId, Qualifiers, Review


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says, before it has a source: the part that the statement hash covers."""

    subject: EntityId
    predicate: str
    object: EntityId | None = None
    value: Scalar | None = None
    qualifiers: Qualifiers = field(default_factory=dict)
    valid_from: str | None = None
    valid_to: str | None = None

    @property
    def statement(self) -> str:
        """SHA-256 over the RFC 8785 form of what is said."""
        target = self.value if self.object is None else {"noun": self.object}  # as hashed since the first version
        qualifiers = dict(self.qualifiers)
        interval = [self.valid_from, self.valid_to]
        return digest([self.subject, self.predicate, target, qualifiers, interval])


@dataclass(frozen=True, slots=True)
class Saying:
    """How a source says it: in which record, how sure, and where to look."""

    source: str
    record: str
    evidence: tuple[EvidenceId, ...]
    basis: Basis = "observed"
    review: Review = "accepted"
    confidence: float = 1.0


def make_claim(said: Said, saying: Saying) -> Claim:
    """The claim that a source makes by saying something in one of its records."""
    statement = said.statement
    return Claim(
        id=ClaimId(f"clm:{digest([statement, saying.source, saying.record])[:32]}"),
        statement=statement,
        source=saying.source,
        record=saying.record,
        subject=said.subject,
        predicate=said.predicate,
        object=said.object,
        value=said.value,
        qualifiers=said.qualifiers,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        basis=saying.basis,
        review=saying.review,
        confidence=saying.confidence,
        evidence=tuple(sorted(saying.evidence)),
    )
