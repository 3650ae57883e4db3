"""A store reader that stops when the deadline of its request has passed."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph.port import (
    LATEST,
    WHOLE,
    Cited,
    ClaimColumns,
    ClaimQuery,
    ColumnsPart,
    EntityQuery,
    GraphReader,
    LedgerQuery,
    LedgerRow,
    Row,
    Status,
)
from ontology.errors import DeadlineError
from ontology.records import At, Change, Entity, EntityId, EvidenceId, StoredClaim, StoredJudgement

_STRIDE = 1024


@dataclass(slots=True)
class Deadline:
    """The time limit of a request.

    Attributes:
        seconds: Length of the time limit.
        elapsed: A monotonic clock in seconds; a test passes its own.
    """

    seconds: float
    elapsed: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.elapsed()

    def check(self) -> None:
        """Continue if there is time left.

        Raises:
            DeadlineError: The deadline has passed.
        """
        if self.elapsed() - self.started > self.seconds:
            raise late(self.seconds)


def late(seconds: float) -> DeadlineError:
    """The error of a request that took too long."""
    fix = "request less, or set a longer deadline"
    return DeadlineError(f"the query was not answered within {seconds:g} s", fix=fix)


class TimedReader:
    """A `GraphReader` that checks the deadline before each store call."""

    def __init__(self, reader: GraphReader, deadline: Deadline) -> None:
        self._reader = reader
        self._deadline = deadline

    def _go(self) -> GraphReader:
        self._deadline.check()
        return self._reader

    def status(self) -> Status:
        """See `GraphReader.status`."""
        return self._go().status()

    def entities(self, ask: EntityQuery) -> list[Entity]:
        """See `GraphReader.entities`."""
        return self._go().entities(ask)

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        """See `GraphReader.claims`."""
        return self._go().claims(ask)

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """See `GraphReader.evidence`."""
        return self._go().evidence(ids)

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """See `GraphReader.judgements`."""
        return self._go().judgements(at)

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """See `GraphReader.columns`."""
        return self._go().columns(predicate, qualifiers, at, part)

    def ledger(self, ask: LedgerQuery) -> list[LedgerRow]:
        """See `GraphReader.ledger`."""
        return self._go().ledger(ask)

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """See `GraphReader.changes`."""
        return self._go().changes(after, limit)

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """See `GraphReader.vectors`."""
        return self._go().vectors(model)

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """See `GraphReader.rows`; the deadline is checked every thousand rows."""
        for place, row in enumerate(self._reader.rows(history=history)):
            if place % _STRIDE == 0:
                self._deadline.check()
            yield row
