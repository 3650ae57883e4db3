"""Judgements by mutation: made, withdrawn, refused, and safe to send twice."""

from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.errors import StoreLockedError
from ontology.records import Applied, Batch
from tests.api.counting import CountingStore
from tests.api.small_world import ask, data, make_desk

JUDGE = """mutation J($input: JudgeInput!) { judge(input: $input) { revision
  judgement { id verdict by why left { id name } right { id } recordedAt supersededAt features { name } }
  errors { code field message retryable fix } } }"""
WITHDRAW = """mutation W($input: WithdrawJudgementInput!) { withdrawJudgement(input: $input) { revision
  judgement { id supersededAt } errors { code field message retryable } } }"""


@pytest.fixture
def writing(own_store: GraphStore) -> GraphQLService:
    return make_desk(own_store)


def given(**other: Any) -> dict[str, Any]:
    usual = {"left": "org:t-two", "right": "org:t-one", "verdict": "SAME", "by": "ana", "why": "same LEI"}
    return usual | {"idempotencyKey": "key-1"} | other


def judge(desk: GraphQLService, **other: Any) -> dict[str, Any]:
    found: dict[str, Any] = data(desk, JUDGE, input=given(**other))["judge"]
    return found


def withdraw(desk: GraphQLService, judgement: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = data(desk, WITHDRAW, input={"id": judgement, "idempotencyKey": key})["withdrawJudgement"]
    return found


def code_of(payload: dict[str, Any]) -> tuple[str, str | None]:
    [error] = payload["errors"]
    assert payload["judgement"] is None
    return error["code"], error["field"]


def test_a_judgement_is_recorded(writing: GraphQLService):
    made = judge(writing)
    assert made["errors"] == []
    assert made["revision"] == 2
    judgement = made["judgement"]
    assert judgement["left"] == {"id": "org:t-one", "name": "Ébène One"}
    assert judgement["right"] == {"id": "org:t-two"}
    assert (judgement["verdict"], judgement["by"], judgement["why"]) == ("SAME", "ana", "same LEI")
    assert judgement["recordedAt"] == "2026-03-01T12:34:56.000000Z"
    assert judgement["supersededAt"] is None
    assert [one.judgement.id for one in writing.store.judgements()] == [judgement["id"]]


def test_withdrawing_gives_the_graph_back(writing: GraphQLService):
    before = content_hash(writing.store)
    made = judge(writing)
    merged = data(writing, '{ organization(id: "org:t-two") { id } }')["organization"]["id"]
    ended = withdraw(writing, made["judgement"]["id"], "key-2")
    assert merged == "org:t-one"
    assert ended["errors"] == []
    assert ended["judgement"]["id"] == made["judgement"]["id"]
    assert ended["judgement"]["supersededAt"] > made["judgement"]["recordedAt"]
    assert data(writing, '{ organization(id: "org:t-two") { id } }')["organization"]["id"] == "org:t-two"
    assert content_hash(writing.store) == before


def test_the_same_key_and_body_give_the_same_answer_and_write_once(own_store: GraphStore):
    counting = CountingStore(own_store)
    desk = make_desk(counting)
    answers = [judge(desk) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert counting.calls["apply"] == 1


def test_the_same_key_with_another_body_is_refused(writing: GraphQLService):
    judge(writing)
    again = judge(writing, verdict="DIFFERENT")
    assert code_of(again) == ("IDEMPOTENCY_CONFLICT", None)
    assert again["revision"] == 2
    assert len(writing.store.judgements()) == 1


def test_a_key_is_not_shared_between_mutations(writing: GraphQLService):
    made = judge(writing)
    assert code_of(withdraw(writing, made["judgement"]["id"], "key-1"))[0] == "IDEMPOTENCY_CONFLICT"


def test_another_key_for_the_same_judgement_changes_nothing(writing: GraphQLService):
    first = judge(writing)
    second = judge(writing, idempotencyKey="key-2", left="org:t-one", right="org:t-two")
    assert second["judgement"] == first["judgement"]
    assert second["revision"] == first["revision"] == 2


def test_after_a_restart_the_same_request_still_changes_nothing(own_store: GraphStore):
    first = judge(make_desk(own_store))
    second = judge(make_desk(own_store))
    assert second == first


def test_what_contradicts_is_refused_with_both_named(writing: GraphQLService):
    standing = judge(writing, verdict="DIFFERENT")["judgement"]["id"]
    refused = judge(writing, idempotencyKey="key-2")
    assert code_of(refused) == ("JUDGEMENT_CONFLICT", None)
    assert standing in refused["errors"][0]["message"]
    assert refused["errors"][0]["fix"]
    assert refused["revision"] == 2


def test_a_refused_request_may_be_sent_again_under_its_key(writing: GraphQLService):
    standing = judge(writing, verdict="DIFFERENT")["judgement"]["id"]
    assert judge(writing, idempotencyKey="key-2")["errors"]
    withdraw(writing, standing, "key-3")
    assert judge(writing, idempotencyKey="key-2")["errors"] == []


@pytest.mark.parametrize(
    ("other", "code", "field"),
    [
        ({"left": "org:nobody"}, "NOT_FOUND", "left"),
        ({"right": "org:nobody"}, "NOT_FOUND", "right"),
        ({"left": "org:t-one"}, "BAD_INPUT", "right"),
        ({"by": " "}, "BAD_INPUT", "by"),
        ({"why": ""}, "BAD_INPUT", "why"),
        ({"why": "x" * 2_001}, "BAD_INPUT", "why"),
        ({"idempotencyKey": ""}, "BAD_INPUT", "idempotencyKey"),
        ({"idempotencyKey": "k" * 2_001}, "BAD_INPUT", "idempotencyKey"),
    ],
)
def test_a_fault_names_its_field(writing: GraphQLService, other: dict[str, Any], code: str, field: str):
    refused = judge(writing, **other)
    assert code_of(refused) == (code, field)
    assert refused["revision"] == 1
    assert writing.store.judgements() == []


def test_what_does_not_stand_cannot_be_withdrawn(writing: GraphQLService):
    assert code_of(withdraw(writing, "jdg:0", "key-1")) == ("NOT_FOUND", "id")
    made = judge(writing)["judgement"]["id"]
    withdraw(writing, made, "key-2")
    assert code_of(withdraw(writing, made, "key-3")) == ("NOT_FOUND", "id")


def test_withdrawing_twice_under_one_key_is_one_answer(writing: GraphQLService):
    made = judge(writing)["judgement"]["id"]
    assert withdraw(writing, made, "key-2") == withdraw(writing, made, "key-2")


class LockedStore(CountingStore):
    """A store that another process holds."""

    def apply(self, batch: Batch) -> Applied:
        raise StoreLockedError("held", fix="wait")


def test_a_store_that_is_held_is_worth_another_try(own_store: GraphStore):
    refused = judge(make_desk(LockedStore(own_store)))
    assert code_of(refused) == ("STORE_LOCKED", None)
    assert refused["errors"][0]["retryable"] is True


def test_the_wrong_verdict_is_a_bad_query(writing: GraphQLService):
    response = ask(writing, JUDGE, input=given(verdict="MAYBE"))
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_a_judgement_without_a_key_is_a_bad_query(writing: GraphQLService):
    response = ask(writing, JUDGE, input={key: value for key, value in given().items() if key != "idempotencyKey"})
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUERY"
