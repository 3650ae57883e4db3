"""The order of belief: which of several claims about the same thing is believed, stated here once for every room.

The first difference decides: the basis (confirmed, then observed, then inferred); the review (accepted, then proposed);
the confidence (greater first); the recency (later `valid_from` first, no beginning last); the name of the source; the
claim id (both ascending). A rejected claim is never believed. The claim id is unique, so the order is total: it does
not depend on the order in which claims are read.
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
"""Every review, the strongest first; what is rejected is kept and never believed."""

_BASIS: Mapping[str, Basis] = {name: name for name in BASES}
_REVIEW: Mapping[str, Review] = {name: name for name in REVIEWS}
BASIS_PLACE: Mapping[str, int] = {name: place for place, name in enumerate(BASES)}
REVIEW_PLACE: Mapping[str, int] = {name: place for place, name in enumerate(REVIEWS)}
"""Each basis and review by its place, for sort keys and for arrays."""


class Believable(Protocol):
    """The part of a claim that belief depends on; `Claim` and `reasoning.network.facts.Fact` have it."""

    @property
    def basis(self) -> Basis:
        """How the claim came about."""
        ...

    @property
    def review(self) -> Review:
        """What a reviewer decided."""
        ...

    @property
    def confidence(self) -> float:
        """How sure the source is, in [0, 1]."""
        ...

    @property
    def valid_from(self) -> str | None:
        """World time (`ontology.instants`) from which it holds; None is unbounded."""
        ...

    @property
    def source(self) -> str:
        """Name of the source."""
        ...


class Preference(NamedTuple):
    """The ascending sort key of belief: the smallest is believed. The order of the fields is the order of belief.

    Attributes:
        basis: Place in `BASES`.
        review: Place in `REVIEWS`.
        confidence: The negated confidence.
        recency: Ascending from the latest beginning; 0 where there is none.
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


def preference(said: Believable, claim: ClaimId) -> Preference:
    """The sort key of a claim.

    Args:
        said: The claim, or a fact made of it.
        claim: Its id.

    Raises:
        StoreCorruptError: Its basis or review is not one of the ontology's.
    """
    try:
        basis, review = BASIS_PLACE[said.basis], REVIEW_PLACE[said.review]
    except KeyError as error:
        raise _unknown(error.args[0]) from error
    return Preference(basis, review, -said.confidence, _recency(said.valid_from), said.source, claim)


def is_believable(review: str) -> bool:
    """Whether a claim with this review may be believed: nobody rejected it."""
    return review != "rejected"


def believed(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """The claims that may be believed, the one that is believed first.

    Raises:
        StoreCorruptError: A basis or review is not one of the ontology's.
    """
    kept = (stored for stored in claims if is_believable(stored.claim.review))
    return sorted(kept, key=lambda stored: preference(stored.claim, stored.claim.id))


def reason(better: Preference, worse: Preference) -> str:
    """Why the one is believed rather than the other, in words: the first field in which they differ."""
    fields = zip(Preference._fields, better, worse, strict=True)
    return next(_REASONS[name] for name, ours, theirs in fields if ours != theirs)


def to_bases(names: Iterable[str]) -> list[Basis]:
    """The bases of these names as a store keeps them; equal ones are one object, so columns of them are small.

    Raises:
        StoreCorruptError: A name is not a basis.
    """
    return _looked_up(_BASIS, names)


def to_reviews(names: Iterable[str]) -> list[Review]:
    """The reviews of these names as a store keeps them; equal ones are one object, so columns of them are small.

    Raises:
        StoreCorruptError: A name is not a review.
    """
    return _looked_up(_REVIEW, names)


def is_primary_name(kind: Scalar | None) -> bool:
    """Whether a NAMED claim of this `kind` states the main name; names that say no kind do. Others come after these."""
    return kind in {None, "", "primary"}


def _looked_up(table: Mapping[str, T], names: Iterable[str]) -> list[T]:
    try:
        return [table[name] for name in names]
    except KeyError as error:
        raise _unknown(error.args[0]) from error


def _recency(start: str | None) -> int:
    """Instants are text of one width, so the numbers that their bytes make have the order of time."""
    return -int.from_bytes((start or "").encode())


def _unknown(name: str) -> StoreCorruptError:
    message = f"a claim has the basis or review {name!r}, which the ontology does not have"
    return StoreCorruptError(message, fix="restore a backup, or load its source again into a new store", name=name)
