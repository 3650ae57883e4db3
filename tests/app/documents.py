"""Reading the documents that `--json` prints: the data of GraphQL answers."""

from collections.abc import Iterator
from typing import Any


def nodes(connection: Any) -> list[Any]:
    """The items of a connection."""
    return [edge["node"] for edge in connection["edges"]]


def ids(entities: Any) -> list[str]:
    """The ids of a list of objects."""
    return [one["id"] for one in entities]


def faults(document: Any) -> list[str]:
    """All faults of a document, however deep; there must be a field of them, but where a list of rows is empty."""
    found = list(_fields(document, "faults"))
    assert found or [] in _fields(document, "edges")
    return [fault for each in found for fault in each]


def _fields(document: Any, name: str) -> Iterator[Any]:
    if isinstance(document, dict):
        for key, value in document.items():
            if key == name:
                yield value
            yield from _fields(value, name)
    elif isinstance(document, list):
        for value in document:
            yield from _fields(value, name)
