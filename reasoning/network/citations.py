"""What an answer cites: the claims and the evidence of all that it rests on."""

from collections.abc import Iterable
from typing import Protocol

from ontology.records import ClaimId, EvidenceId


class CitesClaims(Protocol):
    """Whatever rests on claims."""

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims."""
        ...


class CitesEvidence(Protocol):
    """Whatever rests on evidence."""

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence."""
        ...


def claims_along(cited: Iterable[CitesClaims]) -> tuple[ClaimId, ...]:
    """The claims of each, one's after the other's."""
    return tuple(claim for one in cited for claim in one.claims)


def claims_of(cited: Iterable[CitesClaims]) -> tuple[ClaimId, ...]:
    """The claims of all of them, each once, ascending."""
    return tuple(sorted({claim for one in cited for claim in one.claims}))


def evidence_of(cited: Iterable[CitesEvidence]) -> tuple[EvidenceId, ...]:
    """The evidence of all of them, each once, ascending."""
    return tuple(sorted({found for one in cited for found in one.evidence}))
