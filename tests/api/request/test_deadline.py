"""The reader that stops when time is up."""

import inspect

import pytest

from api.request.deadline import Deadline, TimedReader, late
from graph.port import ClaimQuery, ColumnsPart, EntityQuery, GraphReader, GraphStore, LedgerQuery
from ontology.errors import DeadlineError
from ontology.records import EntityId


class Seconds:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


CALLS = {
    "status": (),
    "entities": (EntityQuery(limit=2),),
    "claims": (ClaimQuery(subjects=[EntityId("org:t-one")]),),
    "evidence": ([],),
    "judgements": (),
    "columns": ("SUPPLIES", ["annualSpend"]),
    "ledger": (LedgerQuery(limit=3),),
    "changes": (0, 5),
    "vectors": ("none",),
}


def test_the_whole_port_is_there():
    port = {name for name, _ in inspect.getmembers(GraphReader, inspect.isfunction) if not name.startswith("_")}
    assert port == set(CALLS) | {"rows"}
    assert port <= set(dir(TimedReader))


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"evidence", "columns", "vectors"}))
def test_in_time_it_answers_as_the_store_does(small_store: GraphStore, name: str):
    timed = TimedReader(small_store, Deadline(1.0, Seconds()))
    assert getattr(timed, name)(*CALLS[name]) == getattr(small_store, name)(*CALLS[name])


def test_evidence_columns_and_vectors_are_the_stores(small_store: GraphStore):
    timed = TimedReader(small_store, Deadline(1.0, Seconds()))
    [stored, *_] = small_store.claims(ClaimQuery(subjects=[EntityId("org:t-one")]))
    assert timed.evidence(stored.claim.evidence) == small_store.evidence(stored.claim.evidence) != []
    assert timed.columns("SUPPLIES", ["annualSpend"]).claims == small_store.columns("SUPPLIES").claims != []
    assert timed.columns("SUPPLIES", ["annualSpend"]).qualifiers["annualSpend"]
    part = ColumnsPart(limit=1, cited=False)
    assert len(timed.columns("SUPPLIES", ["annualSpend"], part=part).claims) == 1
    assert timed.vectors("none")[0] == []
    assert list(timed.rows()) == list(small_store.rows())


@pytest.mark.parametrize("name", sorted(CALLS))
def test_late_it_asks_nothing_more(small_store: GraphStore, name: str):
    seconds = Seconds()
    timed = TimedReader(small_store, Deadline(1.0, seconds))
    seconds.now = 1.5
    with pytest.raises(DeadlineError):
        getattr(timed, name)(*CALLS[name])


def test_late_it_stops_amid_the_rows(small_store: GraphStore):
    seconds = Seconds()
    rows = TimedReader(small_store, Deadline(1.0, seconds)).rows()
    next(rows)
    seconds.now = 2.0
    next(rows)  # the clock is looked at every thousand rows
    with pytest.raises(DeadlineError):
        next(TimedReader(small_store, Deadline(-1.0, seconds)).rows())


def test_time_begins_with_the_request():
    seconds = Seconds()
    seconds.now = 100.0
    deadline = Deadline(5.0, seconds)
    seconds.now = 104.9
    deadline.check()
    seconds.now = 105.1
    with pytest.raises(DeadlineError, match="within 5 s"):
        deadline.check()


def test_what_is_said_of_a_late_request():
    error = late(0.25)
    assert (error.code, error.retryable, str(error)) == ("DEADLINE", True, "the query was not answered within 0.25 s")
    assert error.fix
