"""The order of belief: which of several claims about the same thing is believed. Every room uses this one rule.

The first difference decides, in this order:

1. the basis: confirmed, then observed, then inferred;
2. the review: accepted, then proposed;
3. the confidence, the greatest first;
4. the recency: the latest `valid_from` first, claims without one last;
5. the name of the source, ascending;
6. the claim id, ascending.

A rejected claim is never believed. Claim ids are unique, so the order is total and does not depend on the order in
which claims are read.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

from ontology.canonical import Scalar
from ontology.errors import StoreCorruptError
from ontology.records import Basis, ClaimId, Review, StoredClaim

T = TypeVar("T", bound=str)

BASES: tuple[Basis, ...] = ("confirmed", "observed", "inferred")
"""Every basis, the strongest first."""
REVIEWS: tuple[Review, ...] = ("accepted", "proposed", "rejected")
"""Every review, the strongest first. A rejected claim is stored, and never believed."""

_BASIS: Mapping[str, Basis] = {name: name for name in BASES}
_REVIEW: Mapping[str, Review] = {name: name for name in REVIEWS}
BASIS_PLACE: Mapping[str, int] = {name: place for place, name in enumerate(BASES)}
REVIEW_PLACE: Mapping[str, int] = {name: place for place, name in enumerate(REVIEWS)}
"""The place of each basis and review in its order, for sort keys and for arrays."""


class Believable(Protocol):
    """The attributes of a claim that belief depends on, as `Claim` and `reasoning.network.facts.Fact` have them."""

    @property
    def basis(self) -> Basis:
        """How the claim came about."""
        ...

    @property
    def review(self) -> Review:
        """The decision of a reviewer."""
        ...

    @property
    def confidence(self) -> float:
        """The confidence of the source, in [0, 1]."""
        ...

    @property
    def valid_from(self) -> str | None:
        """World time (`ontology.instants`) from which the claim holds; None is unbounded."""
        ...

    @property
    def source(self) -> str:
        """Name of the source."""
        ...


class Preference(NamedTuple):
    """The sort key of belief: the claim with the smallest key is believed. Earlier fields take precedence.

    Attributes:
        basis: Place in `BASES`.
        review: Place in `REVIEWS`.
        confidence: The negated confidence, in [-1, 0].
        recency: The negated `valid_from` as a number; 0 where there is none.
        source: Name of the source.
        claim: The claim id.
    """

    basis: int
    review: int
    confidence: float
    recency: int
    source: str
    claim: str


_REASONS: Mapping[str, str] = {
    "basis": "its basis is stronger",
    "review": "it was reviewed and accepted",
    "confidence": "its source is surer",
    "recency": "it is more recent",
    "source": "nothing but the order of the sources' names decides",
    "claim": "nothing but the order of the claims' ids decides",
}


def preference(claim: Believable, claim_id: ClaimId) -> Preference:
    """The sort key of a claim.

    Args:
        claim: The claim, or a fact derived from it.
        claim_id: Its id.

    Raises:
        StoreCorruptError: Its basis or review is unknown.
    """
    try:
        basis, review = BASIS_PLACE[claim.basis], REVIEW_PLACE[claim.review]
    except KeyError as error:
        raise _unknown(error.args[0]) from error
    return Preference(basis, review, -claim.confidence, _recency(claim.valid_from), claim.source, claim_id)


def is_believable(review: str) -> bool:
    """Whether a claim with this review may be believed, which a rejected one may not."""
    return review != "rejected"


def believed(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """The claims that were not rejected, in the order of belief: the believed one is the first.

    Raises:
        StoreCorruptError: A basis or review is unknown.
    """
    kept = (stored for stored in claims if is_believable(stored.claim.review))
    return sorted(kept, key=lambda stored: preference(stored.claim, stored.claim.id))


def reason(better: Preference, worse: Preference) -> str:
    """Why one claim is believed rather than another, in words: the first field in which their keys differ.

    Args:
        better: Key of the believed claim.
        worse: Key of the other claim; it must differ from `better`.
    """
    fields = zip(Preference._fields, better, worse, strict=True)
    return next(_REASONS[name] for name, ours, theirs in fields if ours != theirs)


def to_bases(names: Iterable[str]) -> list[Basis]:
    """The bases with these stored names. Equal bases are the same object, which keeps columns small.

    Raises:
        StoreCorruptError: A name is not a basis.
    """
    return _looked_up(_BASIS, names)


def to_reviews(names: Iterable[str]) -> list[Review]:
    """The reviews with these stored names. Equal reviews are the same object, which keeps columns small.

    Raises:
        StoreCorruptError: A name is not a review.
    """
    return _looked_up(_REVIEW, names)


def is_primary_name(kind: Scalar | None) -> bool:
    """Whether a NAMED claim with this qualifier `kind` states a primary name. A claim without a kind does."""
    return kind in {None, "", "primary"}


def _looked_up(table: Mapping[str, T], names: Iterable[str]) -> list[T]:
    try:
        return [table[name] for name in names]
    except KeyError as error:
        raise _unknown(error.args[0]) from error


def _recency(start: str | None) -> int:
    """The negated number that the bytes of an instant make; instants have one width, so this follows time."""
    return -int.from_bytes((start or "").encode())


def _unknown(name: str) -> StoreCorruptError:
    message = f"a stored claim has the unknown basis or review {name!r}"
    return StoreCorruptError(message, fix="restore a backup, or load its source again into a new store", name=name)
