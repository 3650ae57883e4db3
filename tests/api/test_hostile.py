"""Documents that mean harm, over HTTP: refused by what they would cost, before they cost it."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from api.graphql.documents import _parse_kept, _validate_kept
from api.http.application import assemble
from graph.port import GraphStore
from tests.api.caches import forget
from tests.api.counting import CountingStore
from tests.api.small_world import make_desk

JSON = {"content-type": "application/json"}


@pytest.fixture
def counting(small_store: GraphStore) -> CountingStore:
    forget()
    return CountingStore(small_store)


@pytest.fixture
def app(counting: CountingStore) -> Starlette:
    return assemble(make_desk(counting))


def post(app: Starlette, **request: Any) -> httpx.Response:
    async def story() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://example.org") as http:
            return await http.post("/graphql", **request)

    return asyncio.run(story())


def codes(response: httpx.Response) -> set[str]:
    return {error["extensions"]["code"] for error in response.json()["errors"]}


def fragments(levels: int, inner: str, leaf: str) -> str:
    """A chain of fragments on organisations; `inner` says how each spreads the next one (`%`)."""
    lines = ['{ organization(id: "org:t-one") { ...F0 } }']
    for level in range(levels):
        body = inner.replace("%", f"...F{level + 1}") if level + 1 < levels else leaf
        lines.append(f"fragment F{level} on Organization {{ {body} }}")
    return "\n".join(lines)


OWNS = "owns(first: 100) { edges { node { ... on Organization { % } } } }"
BOMBS = {
    "doubling aliases": fragments(24, f"a: {OWNS} b: {OWNS}", "id"),
    "doubling spreads": fragments(24, "% % %", "id " * 9),
    "wide pages": "{ organizations(first: 100) { edges { node { suppliers(first: 100) { edges { node { "
    "claims(first: 100) { edges { node { id } } } } } } } } } }",
    "aliases": "{ " + " ".join(f"s{number}: status {{ revision }}" for number in range(200)) + " }",
    "repeats": "{ status { " + "revision " * 900 + "} }",
    "depth": "{ node(id: 1) { ... on Claim { " + "subject { claims { edges { node { " * 20 + "id" + " }" * 83,
    "deeper than the parser goes": "{" + "a{" * 900 + "a" + "}" * 901,
    "braces": "{" + "... {" * 600 + "a" + "}" * 601,
    "tokens": "{ " + "a " * 5_000 + "}",
    "directives": "{ status " + "@skip(if: false) " * 500 + "{ revision } }",
    "cycle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "introspection": "{ __schema { types { " + "fields { type { " * 12 + "name" + " } }" * 12 + " } } }",
    "a long name": "{ " + "x" * 100_000 + " }",
    "a long string": '{ node(id: """' + "x" * 200_000 + '""") { nothing } }',
    "variables": "query(" + " ".join(f"$v{number}: Int" for number in range(500)) + ") { status { revision } }",
}


@pytest.mark.parametrize("name", sorted(set(BOMBS) - {"doubling spreads"}))
def test_a_bomb_is_refused_without_touching_the_store(app: Starlette, counting: CountingStore, name: str):
    response = post(app, json={"query": BOMBS[name]})
    assert response.status_code == 200
    assert codes(response) <= {"BAD_QUERY", "QUERY_TOO_COSTLY"}
    assert "data" not in response.json()
    assert not counting.calls


def test_fragments_that_come_again_are_answered_once(app: Starlette):
    response = post(app, json={"query": BOMBS["doubling spreads"]})
    assert response.json() == {
        "data": {"organization": {"id": "org:t-one"}},
        "extensions": {"cost": {"requestedQueryCost": 1, "maximumAvailable": 50_000}},
    }


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"query": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"query": "{ a }", "variables": ' + b'{"a":' * 3_000 + b"1" + b"}" * 3_000 + b"}",
        b'{"query": "\\ud800"}',
        b"\x00" * 100,
        b'{"query": "{ a }", "query": ["b"]}',
        b"\xef\xbb\xbf{}",
    ],
)
def test_json_that_means_harm_is_refused(app: Starlette, counting: CountingStore, body: bytes):
    response = post(app, content=body, headers=JSON)
    assert response.status_code in {200, 400}
    assert codes(response) <= {"BAD_QUERY"}
    assert not counting.calls


def test_variables_that_nobody_asked_for_are_left_alone(app: Starlette):
    variables = {f"v{number}": "x" * 100 for number in range(1_000)}
    response = post(app, json={"query": "{ status { revision } }", "variables": variables})
    assert response.json()["data"] == {"status": {"revision": 1}}


def test_an_error_is_never_longer_than_what_was_sent_by_much(app: Starlette):
    query = "{ " + " ".join(f"nothing{number}" for number in range(600)) + " }"
    response = post(app, json={"query": query})
    assert codes(response) <= {"BAD_QUERY", "QUERY_TOO_COSTLY"}
    assert len(response.content) < 2 * len(query)


def test_a_thousand_texts_do_not_fill_the_memory(app: Starlette):
    for number in range(300):
        post(app, json={"query": f"{{ status {{ revision }} }} # {number}"})
    assert _parse_kept.cache_info().currsize <= 256
    assert _validate_kept.cache_info().currsize <= 256
