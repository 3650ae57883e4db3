"""Limits of one request, and the refusal of a document that exceeds them."""

from dataclasses import dataclass

from ontology.errors import QueryTooCostlyError

PAGE_LARGEST = 100
LARGEST_INT = 2**31 - 1  # of GraphQL


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one request.

    Attributes:
        body: Bytes of the request's body.
        tokens: Tokens of the document.
        depth: Nesting depth of fields.
        aliases: Aliases, counted wherever fragments bring them in.
        roots: Fields of the operation itself. A mutation may have one.
        repeats: Occurrences of one name in one selection set. Comparing them takes quadratic time.
        cost: Nodes of the largest possible answer.
        claims: Claims that one store call may read.
        page: Items of one page, and claims of one conclusion.
        paths: Supply paths that are listed for one supplier; None for any number.
        edits: Changes of one what-if.
        dates: Dates of one series.
        deadline: Seconds until the answer is due.
        at_once: Requests that are answered at the same time; others wait.
        waiting: Open requests, waiting or being answered; more are refused.
    """

    body: int = 256 * 1024
    tokens: int = 2_000
    depth: int = 24
    aliases: int = 30
    roots: int = 10
    repeats: int = 10
    cost: int = 50_000
    claims: int = 50_000
    page: int = PAGE_LARGEST
    paths: int | None = PAGE_LARGEST
    edits: int = 20
    dates: int = 36
    deadline: float = 10.0
    at_once: int = 8
    waiting: int = 64


WITHOUT_LIMITS = Limits(claims=LARGEST_INT - 1, page=LARGEST_INT, paths=None, edits=LARGEST_INT, dates=LARGEST_INT)


@dataclass(frozen=True, slots=True)
class Extent:
    """The measured size of a document. `visited` is the number of selections that the measuring visited."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0
    roots: int = 0
    repeats: int = 0
    visited: int = 0
    mutation: bool = False


def check(extent: Extent, limits: Limits) -> None:
    """Refuse a document that exceeds the limits.

    Raises:
        QueryTooCostlyError: Names the measure, its value and its limit.
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
    fix = "request shorter pages (first) or fewer nested lists, or split the query"
    return QueryTooCostlyError(message, fix=fix, measure=what, got=got, limit=limit)
