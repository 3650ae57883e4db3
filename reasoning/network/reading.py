"""The instants of a reading, fixed when it begins."""

from dataclasses import replace
from typing import Protocol

from graph.port import Status
from ontology.records import At


class StatusReader(Protocol):
    """The method of `graph.port.GraphReader` that fixing needs."""

    def status(self) -> Status:
        """What the store is and holds."""
        ...


def fixed(reader: StatusReader, at: At) -> tuple[Status, At]:
    """The store's status, and the instants with `known_at` set, so that later records do not show."""
    status = reader.status()
    return status, at if at.known_at is not None else replace(at, known_at=status.recorded_at)
