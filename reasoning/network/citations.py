"""Citations: the claims and the evidence on which an answer rests."""

from collections.abc import Iterable
from typing import Protocol

from ontology.records import ClaimId, EvidenceId


class CitesClaims(Protocol):
    """Anything that rests on claims."""

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims."""
        ...


class CitesEvidence(Protocol):
    """Anything that rests on evidence."""

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence."""
        ...


def claims_along(cited: Iterable[CitesClaims]) -> tuple[ClaimId, ...]:
    """The claims of each item in turn, repeated where items share them."""
    return tuple(claim for one in cited for claim in one.claims)


def claims_of(cited: Iterable[CitesClaims]) -> tuple[ClaimId, ...]:
    """The claims of all items, each once, ascending."""
    return tuple(sorted({claim for one in cited for claim in one.claims}))


def evidence_of(cited: Iterable[CitesEvidence]) -> tuple[EvidenceId, ...]:
    """The evidence of all items, each once, ascending."""
    return tuple(sorted({found for one in cited for found in one.evidence}))
