"""Limits of one request, and the refusal of a document that exceeds them."""

from dataclasses import dataclass

from ontology.errors import QueryTooCostlyError

PAGE_LARGEST = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may ask for.

    Attributes:
        body: Bytes of the request's body.
        tokens: Tokens of the document.
        depth: Fields inside fields.
        aliases: Renamed fields, counted where fragments bring them in.
        roots: Fields of the operation itself; a mutation may have one.
        repeats: Times that one name may stand in one selection set; comparing them is quadratic.
        cost: Nodes of the answer at worst.
        claims: Claims that one store call may read.
        deadline: Seconds until an answer must stand.
        at_once: Requests that are answered at a time; more wait.
        waiting: Requests that may wait or be answered; more are refused.
    """

    body: int = 256 * 1024
    tokens: int = 2_000
    depth: int = 24
    aliases: int = 30
    roots: int = 10
    repeats: int = 10
    cost: int = 50_000
    claims: int = 50_000
    deadline: float = 10.0
    at_once: int = 8
    waiting: int = 64


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a document reaches. `visited` counts the selections that measuring it looked at."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0
    roots: int = 0
    repeats: int = 0
    visited: int = 0
    mutation: bool = False


def check(extent: Extent, limits: Limits) -> None:
    """Refuse what reaches too far.

    Raises:
        QueryTooCostlyError: Names the measure, what it is and what it may be.
    """
    roots = 1 if extent.mutation else limits.roots
    for what, got, limit in (
        ("aliases", extent.aliases, limits.aliases),
        ("root fields", extent.roots, roots),
        ("repeats of one field", extent.repeats, limits.repeats),
        ("cost", extent.cost, limits.cost),
    ):
        if got > limit:
            raise too_costly(what, got, limit)


def too_costly(what: str, got: int, limit: int) -> QueryTooCostlyError:
    """The refusal of a document whose measure `what` is `got`, above `limit`."""
    message = f"the query's {what} {'is' if what in {'cost', 'depth'} else 'are'} {got}, more than {limit}"
    fix = "ask for shorter pages (first) or fewer nested lists, or split the query"
    return QueryTooCostlyError(message, fix=fix, measure=what, got=got, limit=limit)
