"""Judging by the command line and by GraphQL: both refuse the same requests with the same codes, fixes and fields."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.connect import connect
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from reasoning.identity.judging import LONGEST
from tests.api.small_world import data, make_desk, make_store
from tests.app.conftest import Ran

JUDGE = """mutation J($input: JudgeInput!) { judge(input: $input) { revision judgement { id }
  errors { code field message fix } } }"""
WITHDRAW = """mutation W($input: WithdrawJudgementInput!) { withdrawJudgement(input: $input) { revision
  judgement { id } errors { code field message fix } } }"""

ONE, TWO, DEEP = "org:t-one", "org:t-two", "org:t-deep"
USUAL = {"left": ONE, "right": TWO, "verdict": "same", "by": "ana", "why": "same LEI"}


@dataclass(frozen=True)
class Reply:
    """What a face answers: the judgement's id and the revision, or code, field, message and fix."""

    judgement: str | None = None
    revision: int | None = None
    refused: tuple[str, str | None, str, str] | None = None


class CommandLine:
    """`tierscope judge` and `tierscope withdraw`."""

    def __init__(self, run: Callable[..., Ran], address: str) -> None:
        self._run = run
        self._address = address

    def judge(self, **request: str) -> Reply:
        left, right, verdict = request["left"], request["right"], request["verdict"]
        options = ("--by", request["by"], "--why", request["why"])
        return self._reply("judgement", "judge", *options, "--", left, verdict, right)

    def withdraw(self, judgement: str) -> Reply:
        return self._reply("withdrawn", "withdraw", judgement)

    def _reply(self, name: str, command: str, *words: str) -> Reply:
        ran = self._run(command, "--json", "--store", self._address, *words)
        if ran.code == 0:
            return Reply(ran.document[name], ran.document["revision"])
        error = json.loads(ran.err)["error"]
        return Reply(refused=(error["code"], error["details"].get("field"), error["message"], error["fix"]))


class GraphQL:
    """The mutations; every request has an idempotency key of its own."""

    def __init__(self, store: GraphStore) -> None:
        self._desk = make_desk(store)
        self._keys = iter(range(100))

    def judge(self, **request: str) -> Reply:
        return self._reply("judge", JUDGE, {**request, "verdict": request["verdict"].upper()})

    def withdraw(self, judgement: str) -> Reply:
        return self._reply("withdrawJudgement", WITHDRAW, {"id": judgement})

    def _reply(self, name: str, query: str, request: dict[str, str]) -> Reply:
        made: dict[str, Any] = data(self._desk, query, input={**request, "idempotencyKey": str(next(self._keys))})[name]
        if made["judgement"]:
            return Reply(made["judgement"]["id"], made["revision"])
        [error] = made["errors"]
        return Reply(refused=(error["code"], error["field"], error["message"], error["fix"]))


@dataclass(frozen=True)
class Face:
    """A face over a store of its own."""

    ask: CommandLine | GraphQL
    address: str

    def hash(self) -> str:
        store = connect(self.address, vocabulary=VOCABULARY)
        try:
            return content_hash(store)
        finally:
            store.close()


@pytest.fixture(params=["command line", "GraphQL"])
def face(request, tierscope, tmp_path):
    store = make_store(tmp_path)
    address = f"sqlite:///{tmp_path / 'world.db'}"
    if request.param == "GraphQL":
        yield Face(GraphQL(store), address)
        store.close()
        return
    store.close()
    yield Face(CommandLine(tierscope, address), address)


FIND = "`tierscope search WORDS`, or the GraphQL field `organizations`, finds ids"
LENGTH = f"give 1 to {LONGEST} characters"
REFUSED = {
    "the left id is unknown": ({"left": "org:nobody"}, "NOT_FOUND", "left", FIND),
    "the right id is unknown": ({"right": "org:nobody"}, "NOT_FOUND", "right", FIND),
    "both ids are unknown": ({"left": "org:no", "right": "org:none"}, "NOT_FOUND", "left", FIND),
    "both ids are the same": ({"right": ONE}, "BAD_INPUT", "right", "name the ids of two entities"),
    "the kinds differ": ({"right": "sit:t-plant"}, "BAD_INPUT", "right", "name two entities of one kind"),
    "nobody judges": ({"by": ""}, "BAD_INPUT", "by", LENGTH),
    "who judges is blank": ({"by": " \t"}, "BAD_INPUT", "by", LENGTH),
    "who judges is too long": ({"by": "x" * (LONGEST + 1)}, "BAD_INPUT", "by", LENGTH),
    "there is no reason": ({"why": ""}, "BAD_INPUT", "why", LENGTH),
    "the reason is blank": ({"why": " \n"}, "BAD_INPUT", "why", LENGTH),
    "the reason is too long": ({"why": "x" * (LONGEST + 1)}, "BAD_INPUT", "why", LENGTH),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_request_that_is_refused_writes_nothing(face: Face, name: str, verdict: str):
    other, code, field, fix = REFUSED[name]
    before = face.hash()
    reply = face.ask.judge(**{**USUAL, "verdict": verdict, **other})
    assert reply.refused is not None
    assert (reply.refused[0], reply.refused[1], reply.refused[3]) == (code, field, fix)
    assert face.hash() == before


def test_both_faces_give_the_same_messages(tierscope, tmp_path: Path):
    store = make_store(tmp_path)
    graphql = [GraphQL(store).judge(**{**USUAL, **other}) for other, *_ in REFUSED.values()]
    store.close()
    line = CommandLine(tierscope, f"sqlite:///{tmp_path / 'world.db'}")
    assert graphql == [line.judge(**{**USUAL, **other}) for other, *_ in REFUSED.values()]


def test_texts_of_the_greatest_length_are_recorded(face: Face):
    assert face.ask.judge(**{**USUAL, "by": "x" * LONGEST, "why": "y" * LONGEST}).refused is None


@pytest.mark.parametrize(("first", "second"), [("same", "different"), ("different", "same")])
def test_a_contradiction_is_refused_until_the_other_is_withdrawn(face: Face, first: str, second: str):
    standing = face.ask.judge(**{**USUAL, "verdict": first})
    refused = face.ask.judge(**{**USUAL, "verdict": second}).refused
    assert standing.judgement is not None
    assert refused is not None
    assert refused[0] == "JUDGEMENT_CONFLICT"
    assert standing.judgement in refused[2]
    assert refused[3] == "withdraw one of the two judgements first"
    face.ask.withdraw(standing.judgement)
    assert face.ask.judge(**{**USUAL, "verdict": second}).refused is None


def test_a_chain_of_two_that_contradicts_is_refused(face: Face):
    face.ask.judge(**USUAL)
    face.ask.judge(**{**USUAL, "right": DEEP, "verdict": "different"})
    refused = face.ask.judge(**{**USUAL, "left": DEEP}).refused
    assert refused is not None
    assert refused[0] == "JUDGEMENT_CONFLICT"


def test_the_same_judgement_again_in_either_order_changes_nothing(face: Face):
    made = face.ask.judge(**USUAL)
    assert made.revision == 2
    assert face.ask.judge(**USUAL) == made
    assert face.ask.judge(**{**USUAL, "left": TWO, "right": ONE}) == made


def test_both_faces_record_the_same_judgement(tierscope, tmp_path: Path):
    store = make_store(tmp_path)
    by_graphql = GraphQL(store).judge(**USUAL)
    store.close()
    assert CommandLine(tierscope, f"sqlite:///{tmp_path / 'world.db'}").judge(**USUAL) == by_graphql


def test_withdrawing_gives_back_the_hash_and_only_once(face: Face):
    before = face.hash()
    made = face.ask.judge(**USUAL).judgement
    assert made is not None
    assert face.hash() != before
    assert face.ask.withdraw(made) == Reply(made, 3)
    assert face.hash() == before
    refused = face.ask.withdraw(made).refused
    assert refused is not None
    assert (refused[0], refused[1]) == ("NOT_FOUND", "id")
    assert refused[3] == "`tierscope judgements`, or the GraphQL field `judgements`, lists the open ones"


def test_what_never_stood_cannot_be_withdrawn(face: Face):
    refused = face.ask.withdraw("jdg:0").refused
    assert refused is not None
    assert (refused[0], refused[1], refused[2]) == ("NOT_FOUND", "id", "no judgement jdg:0 is open")
