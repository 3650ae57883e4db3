"""Proof: the claims and evidence that an answer follows from, and its recomputation."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import strawberry

from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Claim
from api.types.base.evidence import Evidence
from ontology.records import ClaimId, EvidenceId


@dataclass(frozen=True, slots=True)
class Trace:
    """The claims of one conclusion. They are read together with those of all conclusions in the same list.

    Attributes:
        context: Where the claims are read.
        claims: Ids of the claims.
        evidence: Ids of the evidence; None for the evidence of the claims.
    """

    context: ConclusionContext
    claims: Sequence[ClaimId]
    evidence: Sequence[EvidenceId] | None = None


@strawberry.interface
class Traceable:
    """A conclusion that names the claims and the evidence that it follows from.

    Attributes:
        claims: The claims that the conclusion follows from.
    """

    trace: strawberry.Private[Trace]

    @strawberry.field
    def claims(self) -> list[Claim]:
        """The claims that the conclusion follows from."""
        return self.trace.context.present(self.trace.claims)

    @strawberry.field
    def claim_count(self) -> int:
        """Number of claims that the conclusion follows from."""
        return len(self.trace.claims)

    @strawberry.field
    def evidence(self) -> list[Evidence]:
        """The evidence of the claims that the conclusion follows from, each piece once."""
        own = self.trace.evidence
        context = self.trace.context
        return context.prove(self.trace.claims) if own is None else context.cite(own)


@strawberry.type
class TraceableInPart(Traceable):
    """A conclusion that may follow from thousands of claims, so that a client reads as many as it needs."""

    @strawberry.field
    def claims(self, first: int = 10) -> list[Claim]:
        """The claims that the conclusion follows from, at most `first`."""
        return self.trace.context.present(self.trace.claims[: self.trace.context.view.page(first)])

    @strawberry.field
    def evidence(self, first: int = 10) -> list[Evidence]:
        """The evidence of the first 100 claims that the conclusion follows from, at most `first` pieces."""
        view = self.trace.context.view
        return self.trace.context.prove(view.longest(self.trace.claims))[: view.page(first)]


@strawberry.interface
class Verifiable(ABC):
    """An answer that can be recomputed from the parts that it names."""

    @strawberry.field
    def faults(self) -> list[str]:
        """Differences found when the answer is recomputed from its parts, one sentence each.

        Empty if there are none.
        """
        return list(self.verify())

    @abstractmethod
    def verify(self) -> Iterable[str]:
        """The differences between the answer and its recomputation, one sentence each."""
