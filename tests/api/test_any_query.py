"""Whatever is asked: no query that the schema allows gets an answer that is not meant."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.execution import GraphQLService
from api.graphql.schema import build
from tests.api.small_world import ask
from tests.api.strategies import queries

SCHEMA = build()
MEANT = {"BAD_QUERY", "BAD_INPUT", "NOT_FOUND", "NOT_GIVEN", "QUERY_TOO_COSTLY", "INVALID_RECORD"}
many = settings(max_examples=80, suppress_health_check=list(HealthCheck))


def objects(found: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer."""
    if isinstance(found, dict):
        yield found
        for inner in found.values():
            yield from objects(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from objects(inner)


@pytest.mark.slow
@many
@given(queries(SCHEMA))
def test_every_fault_is_a_fault_of_the_query(desk: GraphQLService, query: str):
    response = ask(desk, query)
    codes = {error["extensions"]["code"] for error in response.get("errors", ())}
    assert codes <= MEANT, response["errors"]
    for error in response.get("errors", ()):
        assert error["message"]
        assert isinstance(error["extensions"]["retryable"], bool)


@pytest.mark.slow
@many
@given(queries(SCHEMA))
def test_every_answer_is_json_and_the_same_twice(desk: GraphQLService, query: str):
    first, second = (orjson.dumps(ask(desk, query)) for _ in range(2))
    assert first == second
    assert b"sqlite" not in first


@pytest.mark.slow
@many
@given(queries(SCHEMA))
def test_no_answer_is_larger_than_its_cost(desk: GraphQLService, query: str):
    response = ask(desk, query)
    if response.get("data"):
        nodes = sum(1 for _ in objects(response["data"])) - 1
        assert nodes <= response["extensions"]["cost"]["requestedQueryCost"]


@pytest.mark.slow
@many
@given(queries(SCHEMA))
def test_the_generator_makes_valid_queries(query: str):
    messages = [error.message for error in validate(SCHEMA, parse(query))]
    assert messages == []


@many
@given(st.text(max_size=80))
def test_any_text_is_answered_with_a_code(desk: GraphQLService, text: str):
    response = ask(desk, text)
    assert {error["extensions"]["code"] for error in response["errors"]} <= {"BAD_QUERY", "QUERY_TOO_COSTLY"}


@many
@given(st.text(max_size=60))
def test_any_words_can_be_searched(desk: GraphQLService, words: str):
    query = (
        "query Q($w: String) { organizations(first: 100, where: {search: $w}) { totalCount edges { node { id } } } }"
    )
    response = ask(desk, query, w=words)
    assert "errors" not in response
    found = response["data"]["organizations"]
    assert found["totalCount"] == len(found["edges"])


@many
@given(st.text(max_size=60))
def test_any_text_can_be_an_id_or_a_cursor(desk: GraphQLService, text: str):
    response = ask(desk, "query Q($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", id=text)
    assert "errors" not in response
    response = ask(desk, "query Q($c: String) { organizations(first: 1, after: $c) { totalCount } }", c=text)
    assert {error["extensions"]["code"] for error in response.get("errors", ())} <= {"BAD_QUERY", "BAD_INPUT"}


@many
@given(st.text(max_size=30))
def test_any_text_can_be_a_time(desk: GraphQLService, text: str):
    query = 'query Q($t: Instant) { node(id: "org:t-one", scope: {asOf: $t, knownAt: $t}) { id } }'
    response = ask(desk, query, t=text)
    assert {error["extensions"]["code"] for error in response.get("errors", ())} <= {"BAD_INPUT"}
