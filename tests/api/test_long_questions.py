"""Long questions: they end when their time is up, with a typed error, and hold up nobody else."""

import asyncio
from threading import Event

import httpx
import pytest

from api.graphql.execution import GraphQLRequest
from api.http.application import assemble
from api.request.deadline import Deadline
from graph.port import GraphStore
from tests.api.small_world import data, make_desk, unhurried
from tests.waiting import HANG

LONG = (
    "{ questions { totalCount } }",
    "{ singlePointsOfFailure { totalCount } }",
    "{ concentration { totalCount } }",
    '{ alternatives(supplier: "org:t-one") { totalCount } }',
    '{ whatIf(input: { stop: ["org:t-one"] }) { after { score } } }',
    '{ series(dates: ["2025-01-01", "2026-01-01"]) { points { score } changes { totalCount } alerts { totalCount } } }',
    "{ singlePointsOfFailure { faults } }",
    "{ disruption { coverage } }",
    "{ disruptionByCategory { coverage } }",
    "{ productionLosses { totalCount } }",
    "{ systemic { totalCount } }",
    "{ inoperability { leftOut } }",
    "{ exposures(first: 1) { totalCount } }",
)


class Looks:
    """A clock that goes on by a second at every look."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        self.now += 1
        return float(self.now)


@pytest.mark.parametrize("query", LONG)
def test_whatever_takes_too_long_is_a_deadline_and_may_be_tried_again(small_store: GraphStore, query: str):
    clock = Looks()
    make_desk(small_store).answer(GraphQLRequest(query), "r", Deadline(10**9, clock))
    looks = clock.now - 1  # but the one when time began
    desk = make_desk(small_store)
    answer = desk.answer(GraphQLRequest(query), "r", Deadline(looks - 1, Looks()))
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "DEADLINE"
    assert error["extensions"]["retryable"] is True
    assert error["extensions"]["fix"]
    assert data(desk, query), "and what was given up is made anew"


def test_who_asks_for_something_else_is_answered_beside_a_long_question(
    small_store: GraphStore, monkeypatch: pytest.MonkeyPatch
):
    begun, done = Event(), Event()

    def endless(*_: object, **__: object) -> tuple[()]:
        begun.set()
        assert done.wait(HANG)
        return ()

    monkeypatch.setattr("reasoning.service.analyses.questions", endless)
    desk = make_desk(small_store)
    app = assemble(desk)

    async def story() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://example.org") as http:
            long = asyncio.create_task(http.post("/graphql", json={"query": LONG[0]}))
            assert await asyncio.to_thread(begun.wait, HANG)
            other = await http.post("/graphql", json={"query": "{ exposures(first: 2) { totalCount } }"})
            assert other.json()["data"]["exposures"]["totalCount"] > 0
            assert not long.done()
            done.set()
            assert (await long).json()["data"] == {"questions": {"totalCount": 0}}

    asyncio.run(story())


def test_time_is_of_the_request_and_not_of_the_thread(small_store: GraphStore):
    desk = make_desk(small_store)
    assert "errors" in desk.answer(GraphQLRequest(LONG[0]), "r", Deadline(0.5, Looks()))
    assert "errors" not in desk.answer(GraphQLRequest(LONG[0]), "r", unhurried())
