"""The versions of a claim, and the claims that cite a piece of evidence."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from api.request.batches import cited
from api.request.context import ReadView
from api.types.base.conclusion import Listing
from api.types.base.entity import Claim, PresentedClaims, present_claim
from api.types.base.page import Connection
from graph.port import Cited, ClaimQuery
from ontology.errors import NotFoundError
from ontology.records import ClaimId, EvidenceId, StoredClaim


class ClaimVersions(PresentedClaims):
    """All versions of one claim, with the evidence of each."""

    def __init__(self, view: ReadView, versions: Sequence[StoredClaim]) -> None:
        super().__init__(view, stored=versions)
        self._versions = versions

    @cached_property
    def cited(self) -> Mapping[EvidenceId, Cited]:
        """The evidence of all versions, by id."""
        return cited(self.view, (item for stored in self._versions for item in stored.claim.evidence))

    def present_all(self) -> list[Claim]:
        """The versions, in the order in which they were recorded."""
        return [present_claim(self, stored) for stored in self._versions]


def versions_of(view: ReadView, claim: str) -> list[Claim]:
    """Every version of a claim that was recorded by the view's record time, valid at its world time or not.

    Raises:
        NotFoundError: No version was recorded by then.
    """
    known_at = view.at.known_at
    stored = view.session.reader.claims(ClaimQuery(ids=[ClaimId(claim)], history=True))
    found = [one for one in stored if known_at is None or one.recorded_at <= known_at]
    if not found:
        raise NotFoundError(f"no claim {claim} was recorded", fix="the claims of an entity have their ids", id=claim)
    return ClaimVersions(view, sorted(found, key=lambda one: one.recorded_at)).present_all()


def claims_citing(view: ReadView, evidence: str, first: int, after: str | None) -> Connection[Claim]:
    """One page of the claims that cite a piece of evidence, by id."""
    found = view.claims(ClaimQuery(evidence=[EvidenceId(evidence)]))
    listing = Listing(view, ("citing", evidence), first, after)
    return listing.show(found, lambda one: one.claim.id, lambda rows: _present(view, rows))


def _present(view: ReadView, rows: Sequence[StoredClaim]) -> list[Claim]:
    shelf = PresentedClaims(view, stored=rows)
    return shelf.present(one.claim.id for one in rows)
