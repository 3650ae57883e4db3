"""Copying a store into an empty one, with its history and instants."""

from graph.port import GraphReader, GraphWriter


def copy(source: GraphReader, target: GraphWriter) -> None:
    """Fill the empty `target` with everything that `source` holds; both then have the same hash, history included.

    Raises:
        StoreError: The target is not empty.
    """
    target.restore(source.rows(history=True))
