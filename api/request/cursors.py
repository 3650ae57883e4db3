"""Pages of long lists: keyset cursors in plain text.

`org:lei-5299|2026-03-01T00:00:00Z|2026-03-01T09:30:00.000000Z|1f0c2a9b`: the last id of the page, the world time and
the record instant of the read, and a digest of the list's name and filters. The next page is read at the same two
times, so writes between two pages neither skip nor repeat items.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.request.limits import PAGE_LARGEST
from ontology.canonical import Json, digest
from ontology.errors import QueryError
from ontology.records import At

T = TypeVar("T")
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Page:
    """The requested part of a list.

    Attributes:
        first: Number of items.
        after: Id behind which the page begins; "" for the start.
    """

    first: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in a list: behind `id`, in the list with the digest `question`, read at `at`."""

    id: str
    at: At
    question: str

    def __str__(self) -> str:
        return "|".join((self.id, self.at.as_of or "", self.at.known_at or "", self.question))


@dataclass(frozen=True, slots=True)
class ListPosition:
    """Makes and reads the cursors of one list."""

    at: At
    question: str
    largest: int = PAGE_LARGEST

    def cursor(self, key: str) -> str:
        """The cursor behind `key`."""
        return str(Cursor(key, self.at, self.question))

    def page(self, first: int, after: str | None) -> Page:
        """The requested page.

        Raises:
            QueryError: `first` is not within 1 to `largest`, or the cursor belongs to another list or other times.
        """
        size = page_size(first, self.largest)
        if not after:
            return Page(size)
        cursor = read_cursor(after)
        if cursor.question != self.question or cursor.at != self.at:
            raise QueryError(
                "the cursor belongs to another list", fix="continue with the same filters and the same scope"
            )
        return Page(size, cursor.id)


def page_size(first: int, largest: int = PAGE_LARGEST) -> int:
    """The number of items of a page.

    Raises:
        QueryError: `first` is not within 1 to `largest`.
    """
    if not 1 <= first <= largest:
        raise QueryError(f"first is {first}", fix=f"give a number from 1 to {largest}")
    return first


def question(*parts: Json) -> str:
    """A short digest of a list's name and filters, so that a cursor works for its own list only."""
    return digest(list(parts))[:8]


def read_cursor(text: str) -> Cursor:
    """The cursor that a client sent.

    Raises:
        QueryError: It is not a cursor.
    """
    parts = text.split("|")
    if len(parts) != _PARTS or not parts[0]:
        raise QueryError("the cursor cannot be read", fix="give endCursor unchanged as after")
    return Cursor(parts[0], At(parts[1] or None, parts[2] or None), parts[3])


def cut(rows: Sequence[T], page: Page, key: Callable[[T], str]) -> tuple[list[T], bool]:
    """The requested part of an ordered list, and whether more follows. Empty if its position is not in the list."""
    start = 0
    if page.after:
        start = next((place for place, row in enumerate(rows, 1) if key(row) == page.after), len(rows))
    return list(rows[start : start + page.first]), len(rows) > start + page.first
