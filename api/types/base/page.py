"""Connections: long lists, a page at a time."""

from collections.abc import Callable
from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type
class PageInfo:
    """Where a page ends.

    Attributes:
        has_next_page: Whether more follows.
        end_cursor: What to give as `after` for the next page; null on an empty page.
    """

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One item of a list.

    Attributes:
        cursor: Its place: what to give as `after` to go on behind it.
        node: The item.
    """

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """One page of a list, ordered so that it neither jumps nor repeats while others write.

    Attributes:
        edges: The items of this page.
        page_info: Where it ends.
    """

    edges: list[Edge[T]]
    page_info: PageInfo
    count: strawberry.Private[Callable[[], int]]

    @strawberry.field
    def total_count(self) -> int:
        """How many there are on all pages; counted only when asked for."""
        return self.count()


def page_info(cursors: list[str], *, more: bool) -> PageInfo:
    """Where a page with these cursors ends."""
    return PageInfo(has_next_page=more, end_cursor=cursors[-1] if cursors else None)


def connection(rows: list[tuple[str, T]], count: Callable[[], int], *, more: bool) -> Connection[T]:
    """The page that holds these items, each with its cursor."""
    edges = [Edge(cursor=cursor, node=node) for cursor, node in rows]
    return Connection(edges=edges, page_info=page_info([cursor for cursor, _ in rows], more=more), count=count)
