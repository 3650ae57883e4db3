"""The application in trouble: too slow, too busy, broken, and at its end; and what its log says."""

import asyncio
import logging
import re
from threading import Event

import httpx
import pytest
from starlette.applications import Starlette

from api.graphql.execution import GraphQLService
from api.http.application import assemble, create_app
from api.request.limits import Limits
from graph.port import GraphStore, Status
from reasoning.service.service import ReasoningService
from tests.api.counting import CountingStore
from tests.api.small_world import BUYER, CLOCK, make_desk
from tests.api.web_client import ask, client, code
from tests.waiting import HANG

QUERY = "{ organizations(first: 1) { edges { node { id } } } }"
ANSWER = {"organizations": {"edges": [{"node": {"id": "org:t-buyer"}}]}}


@pytest.fixture(scope="module")
def app(small_store: GraphStore) -> Starlette:
    return create_app(small_store, ReasoningService(small_store), clock=lambda: CLOCK, buyer=BUYER, deadline=HANG)


class SlowStore(CountingStore):
    """A store that answers when it is let."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__(store)
        self.asked, self.gate = Event(), Event()

    def status(self) -> Status:
        self.asked.set()
        self.gate.wait()
        return self._store.status()


def test_a_request_ends_at_its_deadline(small_store: GraphStore):
    slow = SlowStore(small_store)
    response = ask(assemble(make_desk(slow, limits=Limits(deadline=0.01))), json={"query": QUERY})
    slow.gate.set()
    assert response.status_code == 200
    assert code(response) == "DEADLINE"
    assert response.json()["errors"][0]["extensions"]["retryable"] is True


def test_a_store_that_does_not_answer_in_time_is_not_ready(small_store: GraphStore):
    slow = SlowStore(small_store)
    response = ask(assemble(make_desk(slow), ready_within=0.01), method="GET", url="/readyz")
    slow.gate.set()
    assert response.status_code == 503
    assert response.json()["code"] == "DEADLINE"


def test_too_many_requests_are_refused_with_a_hint(small_store: GraphStore):
    slow = SlowStore(small_store)
    app = assemble(make_desk(slow, limits=Limits(at_once=1, waiting=1, deadline=HANG)))

    async def story() -> tuple[httpx.Response, httpx.Response]:
        async with client(app) as http:
            first = asyncio.create_task(http.post("/graphql", json={"query": QUERY}))
            await asyncio.to_thread(slow.asked.wait)
            refused = await http.post("/graphql", json={"query": QUERY})
            slow.gate.set()
            return await first, refused

    answered, refused = asyncio.run(story())
    assert answered.json()["data"] == ANSWER
    assert refused.status_code == 503
    assert code(refused) == "OVERLOADED"
    assert refused.headers["retry-after"] == "1"


def test_what_breaks_outside_graphql_is_masked_too(small_store: GraphStore, caplog: pytest.LogCaptureFixture):
    class Broken(CountingStore):
        def status(self) -> Status:
            raise RuntimeError("hunter2")

    app = assemble(make_desk(Broken(small_store)), ready_within=HANG)
    response = ask(app, method="GET", url="/readyz", headers={"x-request-id": "r-7"})
    assert response.status_code == 500
    assert code(response) == "INTERNAL"
    assert response.json()["errors"][0]["extensions"]["request"] == "r-7"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "hunter2" not in response.text + str([vars(record) for record in caplog.records])


def test_the_access_log_has_a_line_without_values(app: Starlette, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, logger="api.access")
    query = '{ node(id: "org:t-one") { id } }'
    ask(app, json={"query": query}, headers={"x-request-id": "r-1"})
    ask(app, method="GET", url="/secret-thing?token=abc")
    lines = [vars(record) for record in caplog.records if record.name == "api.access"]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("POST", "/graphql", 200),
        ("GET", "other", 404),
    ]
    assert lines[0]["request"] == "r-1"
    assert lines[0]["bytes"] > 0
    assert lines[0]["ms"] >= 0
    assert not re.search("org:t-one|secret|token|abc", str(lines).replace("test_", ""))


def test_the_workers_stop_with_the_application(desk: GraphQLService):
    app = assemble(desk)

    async def story() -> httpx.Response:
        async with app.router.lifespan_context(app), client(app) as http:
            assert (await http.post("/graphql", json={"query": QUERY})).json()["data"] == ANSWER
        async with client(app) as http:
            return await http.post("/graphql", json={"query": QUERY})

    assert asyncio.run(story()).status_code == 500
