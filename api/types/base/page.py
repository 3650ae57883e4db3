"""Connections: long lists that are read page by page."""

from collections.abc import Callable
from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type
class PageInfo:
    """The end of a page.

    Attributes:
        has_next_page: Whether more items follow.
        end_cursor: Cursor of the last item: give it as `after` to read the next page. Null if the page is empty.
    """

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One item of a list, with its position.

    Attributes:
        cursor: Position of the item: give it as `after` to continue behind it.
        node: The item.
    """

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """One page of a list. Its order is stable: writes between two pages neither skip nor repeat items.

    Attributes:
        edges: The items of this page.
        page_info: The end of this page.
    """

    edges: list[Edge[T]]
    page_info: PageInfo
    count: strawberry.Private[Callable[[], int]]

    @strawberry.field
    def total_count(self) -> int:
        """Number of items on all pages. It is counted only when this field is requested."""
        return self.count()


def page_info(cursors: list[str], *, more: bool) -> PageInfo:
    """The end of a page with these cursors."""
    return PageInfo(has_next_page=more, end_cursor=cursors[-1] if cursors else None)


def connection(rows: list[tuple[str, T]], count: Callable[[], int], *, more: bool) -> Connection[T]:
    """The page with these items, each with its cursor."""
    edges = [Edge(cursor=cursor, node=node) for cursor, node in rows]
    return Connection(edges=edges, page_info=page_info([cursor for cursor, _ in rows], more=more), count=count)
