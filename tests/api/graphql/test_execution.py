"""Answering a request: what goes wrong is said in a code, and nothing that is inside gets out."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from graphql import get_introspection_query

from api.graphql.execution import GraphQLRequest, GraphQLService
from api.request.deadline import Deadline
from api.request.limits import Limits
from graph.port import GraphStore
from ontology.errors import StoreUnavailableError
from tests.api.counting import CountingStore
from tests.api.small_world import ask, make_desk

SECRET = "bolt://neo4j:hunter2@db:7687"


class FailingStore(CountingStore):
    """A store of which one call raises."""

    def __init__(self, store: GraphStore, error: Exception) -> None:
        super().__init__(store)
        self._error = error

    def entities(self, _ask: object) -> list[Any]:
        raise self._error


def codes(response: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in response["errors"]]


def test_an_answer_has_data_and_its_cost(desk: GraphQLService):
    response = ask(desk, "{ organizations(first: 2) { edges { node { id } } } }")
    assert list(response) == ["data", "extensions"]
    assert response["extensions"] == {"cost": {"requestedQueryCost": 6, "maximumAvailable": 50_000}}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("{ status { revision }", "Syntax Error"),
        ("{ nothing }", "Cannot query field 'nothing'"),
        ("{ organizations { edges { node { id } } } }", "(first:)"),
        ('{ organizations(first: "x") { edges { node { id } } } }', "Int cannot represent"),
        ("query Q($n: Int!) { organizations(first: $n) { edges { node { id } } } }", "$n"),
        ("{ status { revision } } { status { revision } }", "several operations"),
        ("fragment F on Query { status { revision } }", "no such operation"),
        ("{ organizations(first: 0) { edges { node { id } } } }", "first is 0"),
        ('{ organizations(first: 1, after: "x") { edges { node { id } } } }', "cursor cannot be read"),
        ("subscription { status { revision } }", "no such operation|subscription"),
        ('{ node(id: "org:t-one", scope: {asOf: 5}) { id } }', "an instant is a string"),
    ],
)
def test_a_bad_query_is_the_clients_fault(
    desk: GraphQLService, caplog: pytest.LogCaptureFixture, query: str, words: str
):
    caplog.set_level(logging.INFO)
    response = ask(desk, query)
    assert codes(response) == ["BAD_QUERY"]
    assert any(word in response["errors"][0]["message"] for word in words.split("|")), response
    assert response["errors"][0]["extensions"]["retryable"] is False
    assert not caplog.records


def test_a_variable_of_the_wrong_type_is_the_clients_fault(desk: GraphQLService):
    query = "query Q($n: Int!) { organizations(first: $n) { edges { node { id } } } }"
    for wrong in ("two", None, 1.5, [1]):
        response = ask(desk, query, n=wrong)
        assert codes(response) == ["BAD_QUERY"]
        assert "data" not in response or response["data"] is None


def test_a_time_that_is_none_says_how_to_write_one(desk: GraphQLService):
    response = ask(desk, '{ node(id: "org:t-one", scope: {asOf: "yesterday"}) { id } }')
    assert codes(response) == ["BAD_INPUT"]
    assert response["errors"][0]["extensions"]["fix"].startswith("write it like")
    assert response["data"] == {"node": None}
    assert response["errors"][0]["path"] == ["node"]


def test_names_are_not_suggested(desk: GraphQLService):
    messages = " ".join(error["message"] for error in ask(desk, "{ organisation(idd: 1) { nam } }")["errors"])
    assert "Did you mean" not in messages
    assert "organization" not in messages


def test_too_dear_a_query_is_never_validated(desk: GraphQLService):
    claims = "claims(first: 100) { edges { node { nothing evidence { id } } } }"
    response = ask(desk, f"{{ organizations(first: 100) {{ edges {{ node {{ {claims} }} }} }} }}")
    assert codes(response) == ["QUERY_TOO_COSTLY"]
    assert "cost is" in response["errors"][0]["message"]
    assert response["errors"][0]["extensions"]["fix"]


def test_too_many_tokens_are_refused(small_store: GraphStore):
    desk = make_desk(small_store, limits=Limits(tokens=20))
    assert codes(ask(desk, "{ " + "status { revision } " * 8 + "}")) == ["BAD_QUERY"]


def test_two_mutations_are_refused_before_either_runs(own_store: GraphStore):
    desk = make_desk(own_store)
    given = 'left: "org:t-one", right: "org:t-two", verdict: UNSURE, by: "b", why: "w", idempotencyKey: "k"'
    judge = f"judge(input: {{ {given} }}) {{ revision }}"
    query = f"mutation {{ {judge} second: {judge} }}"
    assert codes(ask(desk, query)) == ["QUERY_TOO_COSTLY"]
    assert own_store.judgements() == []


def test_introspection_can_be_switched_off(small_store: GraphStore):
    query = "{ __schema { queryType { name } } }"
    assert ask(make_desk(small_store), query)["data"] == {"__schema": {"queryType": {"name": "Query"}}}
    closed = ask(make_desk(small_store, introspection=False), query)
    assert codes(closed)[0] == "BAD_QUERY"
    assert "data" not in closed


def test_the_standard_introspection_query_fits_the_limits(desk: GraphQLService):
    response = ask(desk, get_introspection_query(input_value_deprecation=True))
    assert "errors" not in response


def test_an_error_that_nobody_foresaw_is_masked(small_store: GraphStore, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    desk = make_desk(FailingStore(small_store, RuntimeError(f"cannot reach {SECRET}")))
    response = ask(desk, '{ node(id: "org:t-one") { id } }')
    assert codes(response) == ["INTERNAL"]
    assert response["errors"][0]["extensions"]["request"] == "req-1"
    assert response["errors"][0]["path"] == ["node"]
    assert "hunter2" not in orjson.dumps(response).decode()
    [record] = caplog.records
    logged = str(vars(record))
    assert record.levelno == logging.ERROR
    assert vars(record)["request"] == "req-1"
    assert vars(record)["error"] == "RuntimeError"
    assert any(frame.endswith(" entities") for frame in vars(record)["frames"])
    assert "hunter2" not in logged
    assert "org:t-one" not in logged


def test_a_store_that_is_away_is_said_so(small_store: GraphStore, caplog: pytest.LogCaptureFixture):
    desk = make_desk(FailingStore(small_store, StoreUnavailableError("gone", fix="start it")))
    response = ask(desk, '{ node(id: "org:t-one") { id } }')
    assert response["errors"][0]["extensions"] == {"code": "STORE_UNAVAILABLE", "retryable": True, "fix": "start it"}
    assert not caplog.records


class Clock:
    """Seconds that pass by one each time that they are looked at."""

    def __init__(self) -> None:
        self.now = -1.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def test_a_deadline_ends_a_query_between_two_store_calls(small_store: GraphStore):
    counting = CountingStore(small_store)
    desk = make_desk(counting)
    query = "{ organizations(first: 2) { edges { node { name suppliers { edges { node { name } } } } } } }"
    response = desk.answer(GraphQLRequest(query), "req-1", Deadline(3.0, Clock()))
    assert set(codes(response)) == {"DEADLINE"}
    assert response["errors"][0]["extensions"]["retryable"] is True
    assert sum(counting.calls.values()) == 3


def test_a_deadline_ends_reading_everything(small_store: GraphStore):
    desk = make_desk(small_store)
    response = desk.answer(GraphQLRequest("{ status { contentHash } }"), "req-1", Deadline(1.0, Clock()))
    assert codes(response) == ["DEADLINE"]


class NumberStore(CountingStore):
    """A store whose claims have a value that JSON cannot say."""

    def claims(self, ask: Any) -> list[Any]:
        def twisted() -> Iterator[Any]:
            for stored in self._store.claims(ask):
                yield replace(stored, claim=replace(stored.claim, value=float("nan"), object=None))

        return list(twisted())


def test_a_number_that_is_not_finite_never_gets_out(small_store: GraphStore):
    desk = make_desk(NumberStore(small_store))
    response = ask(
        desk, '{ organization(id: "org:t-one") { headcount claims(first: 1) { edges { node { value } } } } }'
    )
    assert set(codes(response)) == {"INTERNAL"}
    assert b"NaN" not in orjson.dumps(response)
    assert "nan" not in str(response["errors"])


def test_too_many_claims_at_once_are_refused(small_store: GraphStore):
    desk = make_desk(small_store, limits=Limits(claims=3))
    response = ask(desk, "{ organizations(first: 4) { edges { node { name } } } }")
    assert set(codes(response)) == {"QUERY_TOO_COSTLY"}
    assert "3 claims" in response["errors"][0]["message"]


def test_the_same_query_has_the_same_bytes(small_store: GraphStore):
    query = '{ supplier(id: "org:t-one") { name exposure { score paths { contribution } } findings { text } } }'
    answers = {orjson.dumps(ask(make_desk(small_store), query)) for _ in range(3)}
    assert len(answers) == 1


def test_no_answer_tells_where_the_store_lies(desk: GraphQLService):
    response = ask(desk, "{ status { revision recordedAt schemaVersion counts { name count } } }")
    assert "sqlite" not in str(response)
