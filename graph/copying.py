"""Copies a store into an empty store, with its history and its record instants."""

from graph.port import GraphReader, GraphWriter


def copy(source: GraphReader, target: GraphWriter) -> None:
    """Copy everything from one store into another; both then have the same hash, history included.

    Args:
        source: The store to copy.
        target: An empty store.

    Raises:
        StoreError: The target is not empty.
        StoreCorruptError: The data of the source contradict themselves.
    """
    target.restore(source.rows(history=True))
