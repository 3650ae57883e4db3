"""The application over HTTP."""

import asyncio
import json
import re
from typing import Any

import pytest
from starlette.applications import Starlette

from api.graphql.execution import GraphQLService
from api.http.application import assemble, create_app
from graph.port import GraphStore, Status
from ontology.errors import StoreUnavailableError
from reasoning.service.service import ReasoningService
from tests.api.counting import CountingStore
from tests.api.small_world import BUYER, CLOCK, make_desk
from tests.api.web_client import ask, code
from tests.waiting import HANG

QUERY = "{ organizations(first: 1) { edges { node { id } } } }"
ANSWER = {"organizations": {"edges": [{"node": {"id": "org:t-buyer"}}]}}


@pytest.fixture(scope="module")
def app(small_store: GraphStore) -> Starlette:
    return create_app(small_store, ReasoningService(small_store), clock=lambda: CLOCK, buyer=BUYER, deadline=HANG)


def test_a_question_is_answered(app: Starlette):
    response = ask(app, json={"query": QUERY})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["data"] == ANSWER


def test_variables_and_the_operations_name_are_taken(app: Starlette):
    query = "query A($n: Int!) { organizations(first: $n) { edges { node { id } } } } query B { status { revision } }"
    response = ask(app, json={"query": query, "variables": {"n": 1}, "operationName": "A"})
    assert response.json()["data"] == ANSWER
    assert ask(app, json={"query": QUERY, "variables": None, "operationName": None}).json()["data"] == ANSWER


def test_the_default_buyer_is_the_services(app: Starlette):
    response = ask(app, json={"query": '{ supplier(id: "org:t-one") { tier } }'})
    assert response.json()["data"] == {"supplier": {"tier": 1}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'[{"query": "{ status { revision } }"}]', 400),
        (b"{}", 400),
        (b'{"query": ""}', 400),
        (b'{"query": 5}', 400),
        (b'{"query": "{ a }", "variables": []}', 400),
        (b'{"query": "{ a }", "operationName": 1}', 400),
        (b'{"query": "\xff"}', 400),
        (b'{"query": NaN}', 400),
        (b'{"query": "' + b"x" * 300_000 + b'"}', 413),
    ],
)
def test_what_is_no_request_is_refused(app: Starlette, body: bytes, status: int):
    response = ask(app, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert code(response) == "BAD_QUERY"
    assert response.json()["errors"][0]["extensions"]["fix"]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", ""],
)
def test_only_json_is_taken_so_no_page_can_forge_a_request(app: Starlette, kind: str):
    response = ask(app, content=json.dumps({"query": QUERY}).encode(), headers={"content-type": kind})
    assert response.status_code == 415
    assert code(response) == "BAD_QUERY"


def test_json_with_a_charset_is_json(app: Starlette):
    content = json.dumps({"query": QUERY}).encode()
    response = ask(app, content=content, headers={"content-type": "Application/JSON; charset=utf-8"})
    assert response.json()["data"] == ANSWER


def test_a_body_without_a_length_is_read_no_further_than_allowed(app: Starlette):
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b"x" * 50_000

    response = ask(app, content=endless(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert sent < 100


@pytest.mark.parametrize(("accept", "status"), [("*/*", 200), ("application/graphql-response+json", 400)])
def test_statuses_follow_the_media_type_that_the_client_takes(app: Starlette, accept: str, status: int):
    response = ask(app, json={"query": "{ nothing }"}, headers={"accept": accept})
    assert response.status_code == status
    assert code(response) == "BAD_QUERY"
    answered = ask(app, json={"query": QUERY}, headers={"accept": accept})
    assert answered.status_code == 200
    assert answered.headers["content-type"] == (accept if status == 400 else "application/json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(app: Starlette, method: str):
    response = ask(app, method=method)
    assert response.status_code == 405
    assert code(response) == "BAD_QUERY"
    assert "access-control-allow-origin" not in response.headers


def test_queries_by_get_are_not_answered(app: Starlette):
    response = ask(app, method="GET", url="/graphql", params={"query": QUERY})
    assert response.headers["content-type"].startswith("text/html")
    assert "org:t-buyer" not in response.text


def test_nothing_else_is_there(app: Starlette):
    response = ask(app, method="GET", url="/etc/passwd")
    assert response.status_code == 404
    assert code(response) == "BAD_QUERY"


HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "url"), [("POST", "/graphql"), ("GET", "/graphql"), ("GET", "/livez"), ("GET", "/no")]
)
def test_every_response_is_sealed(app: Starlette, method: str, url: str):
    headers = ask(app, method=method, url=url).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.fullmatch(r"req-[0-9a-f]{16}", headers["x-request-id"])


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-1", True), ("a" * 65, False), ("x y", False), ("<script>", False), ("", False)]
)
def test_a_harmless_request_id_is_kept(app: Starlette, given: str, kept: bool):
    named = ask(app, json={"query": QUERY}, headers={"x-request-id": given}).headers["x-request-id"]
    assert (named == given) is kept


@pytest.mark.parametrize(
    ("server", "host", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8317", 200),
        ("127.0.0.1", "localhost:8317", 200),
        ("::1", "[::1]:8317", 200),
        ("127.0.0.1", "evil.example", 421),
        ("127.0.0.1", "evil.example:8317", 421),
        ("127.0.0.1", "", 421),
        ("10.0.0.7", "tierscope.example", 200),
    ],
)
def test_a_page_cannot_bend_its_name_to_this_machine(app: Starlette, server: str, host: str, status: int):
    response = _raw(app, server, host)
    assert response["status"] == status


def _raw(app: Starlette, server: str, host: str) -> dict[str, Any]:
    """One GET /livez with a server address and Host header of its own."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/livez",
        "query_string": b"",
        "headers": [(b"host", host.encode())],
        "server": (server, 8317),
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]


# ── the console ──


def test_the_front_leads_to_the_console(app: Starlette):
    response = ask(app, method="GET", url="/")
    assert response.status_code == 307
    assert response.headers["location"] == "/graphql"


def test_the_console_brings_all_that_it_needs(app: Starlette):
    page = ask(app, method="GET", url="/graphql")
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sorted(wanted) == ["/console.css", "/console.js"]
    for url, kind in (("/console.css", "text/css"), ("/console.js", "text/javascript")):
        asset = ask(app, method="GET", url=url)
        assert asset.status_code == 200
        assert asset.headers["content-type"].startswith(kind)
        assert "http:" not in asset.text
        assert "https:" not in asset.text


def test_the_console_fits_its_policy_and_sets_no_markup(app: Starlette):
    page = ask(app, method="GET", url="/graphql").text
    script = ask(app, method="GET", url="/console.js").text
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", page)
    assert "innerHTML" not in script
    assert "eval" not in script


def test_the_console_can_be_used_without_sight_or_mouse(app: Starlette):
    page = ask(app, method="GET", url="/graphql").text
    for field in re.findall(r'<textarea id="(\w+)"', page):
        assert f'<label for="{field}">' in page
    assert '<html lang="en">' in page
    assert 'role="status"' in page
    assert '<button type="submit">' in page
    assert '<pre id="answer" tabindex="0"' in page


def test_the_consoles_query_is_answered(app: Starlette):
    page = ask(app, method="GET", url="/graphql").text
    written = re.search(r'<textarea id="query"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert written
    assert "errors" not in ask(app, json={"query": written[1]}).json()


def test_without_the_console_there_is_only_the_service(desk: GraphQLService):
    app = assemble(desk, console=False)
    assert ask(app, method="GET", url="/").json() == {"graphql": "/graphql", "live": "/livez", "ready": "/readyz"}
    assert ask(app, method="GET", url="/graphql").status_code == 405
    assert ask(app, method="GET", url="/console.js").status_code == 404
    assert ask(app, json={"query": QUERY}).json()["data"] == ANSWER


# ── what a supervisor asks ──


class AwayStore(CountingStore):
    """A store whose server is away."""

    def status(self) -> Status:
        raise StoreUnavailableError("bolt://secret-host:7687 refused", fix="start the server")


def test_it_lives(app: Starlette):
    assert ask(app, method="GET", url="/livez").json() == {"live": True}


def test_it_is_ready_and_says_of_what(desk: GraphQLService, small_store: GraphStore):
    held = small_store.status()
    response = ask(assemble(desk, ready_within=HANG), method="GET", url="/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "revision": held.revision, "schema": held.schema}


def test_it_is_not_ready_without_its_store(small_store: GraphStore):
    app = assemble(make_desk(AwayStore(small_store)), ready_within=HANG)
    response = ask(app, method="GET", url="/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "code": "STORE_UNAVAILABLE", "fix": "start the server"}
    assert ask(app, method="GET", url="/livez").status_code == 200
