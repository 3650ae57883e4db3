"""The same question has the same answer: by each id of a merged entity, asked again later, from a service made anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from graph.port import GraphStore
from ontology.records import Batch, EntityId, make_judgement
from reasoning.service.service import ReasoningService
from tests.api.small_world import BUYER, CLOCK, Teller, ask, data, make_desk, make_store, small_world

LATER = "2026-04-01T00:00:00.000000Z"

QUESTIONS = {
    "exposures": "exposures({}, first: 50) {{ edges {{ node {{ supplier {{ id }} score low high coverage }} }} }}",
    "findings": "findings({}) {{ edges {{ node {{ id kind claims {{ id }} }} }} }}",
    "spof": "singlePointsOfFailure({}) {{ complete faults edges {{ node {{ entity {{ id }} inputs claims {{ id }} }} "
    "}} pairs {{ edges {{ node {{ entities {{ id }} claims {{ id }} }} }} }} }}",
    "concentration": "concentration({}) {{ edges {{ node {{ by key index holders {{ id share }} faults }} }} }}",
    "questions": "questions({}) {{ edges {{ node {{ id perHour low high answers {{ low high }} faults }} }} }}",
    "disruption": "disruption({}) {{ coverage faults low {{ estimate upper }} estimate {{ lower estimate upper }} "
    "firms {{ edges {{ node {{ firm {{ id }} low value high }} }} }} }}",
    "by category": "disruptionByCategory({}) {{ category {{ id }} estimate {{ estimate }} }}",
    "losses": "productionLosses({}) {{ faults edges {{ node {{ key value chain {{ claims {{ id }} }} }} }} }}",
    "systemic": "systemic({}) {{ faults edges {{ node {{ firm {{ id }} total claims {{ id }} }} }} }}",
    "inoperability": "inoperability({}) {{ by faults stops {{ edges {{ node {{ key peak daysLost }} }} }} }}",
    "what-if": 'whatIf({}, input: {{ stop: ["org:t-deep"] }}) {{ before {{ score }} after {{ score wholeHigh }} faults '
    "productionLoss changes {{ edges {{ node {{ supplier {{ id }} change }} }} }} }}",
}


def told(desk: GraphQLService, name: str, arguments: str) -> Any:
    return data(desk, "{ " + QUESTIONS[name].format(arguments) + " }")


def market() -> Teller:
    """The small world with essential inputs, so that points, pairs and losses have something to say."""
    tell = small_world()
    for firm, product in (("org:t-one", "prd:t-gear"), ("org:t-two", "prd:t-gear"), ("org:t-two", "prd:t-belt")):
        tell.say(firm, "SUPPLIES", BUYER, product=product, annualSpend=10.0, currency="EUR", essential=True)
    return tell


def growth(tell: Teller) -> Teller:
    """What is learnt later: another supplier, of something that nobody else makes, on a list and with a risk."""
    new = tell.firm("new", "Newcomer", "DE")
    tell.say(new, "SUPPLIES", BUYER, product="prd:t-gear", annualSpend=90.0, currency="EUR", essential=True)
    tell.say(new, "SUPPLIES", BUYER, product="prd:t-bolt", annualSpend=1.0, currency="EUR", essential=True)
    tell.say(new, "SANCTIONED", "OFAC SDN", programme="TEST")
    tell.say("rsk:t-new", "AFFECTS", new)
    tell.say("rsk:t-new", "IN_CATEGORY", "rct:tierscope-cyber")
    tell.say("rsk:t-new", "LIKELIHOOD", 0.9)
    tell.say("rsk:t-new", "SEVERITY", 0.9)
    return tell


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    made = make_store(tmp_path, market())
    yield made
    made.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_past_answer_is_the_one_that_was_given_then(store: GraphStore, name: str):
    when = f'scope: {{asOf: "2026-03-01", knownAt: "{store.status().recorded_at}"}}'
    before = told(make_desk(store), name, when)
    assert before != told_of_nothing(name)
    store.apply(growth(market()).batch(LATER))
    assert told(make_desk(store), name, when) == before
    assert told(make_desk(store), name, 'scope: {asOf: "2026-03-01"}') != before


def told_of_nothing(name: str) -> dict[str, Any]:
    """What an answer without anything in it looks like."""
    return {QUESTIONS[name].partition("(")[0]: {"edges": []}}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_loading_makes_no_difference(store: GraphStore, tmp_path: Path, name: str):
    store.apply(growth(market()).batch(LATER))
    (tmp_path / "other").mkdir()
    other = make_store(tmp_path / "other", growth(market()))
    assert told(make_desk(other), name, 'scope: {asOf: "2026-03-01"}') == told(
        make_desk(store), name, 'scope: {asOf: "2026-03-01"}'
    )
    other.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_default_time_is_the_hour_and_the_default_buyer_the_services(store: GraphStore, name: str):
    desk = make_desk(store)
    named = told(desk, name, f'scope: {{asOf: "{CLOCK[:13]}:00:00Z", buyer: "{BUYER}"}}')
    assert told(desk, name, f'scope: {{buyer: "{BUYER}"}}') == named
    assert told(desk, name, f'scope: {{asOf: "{CLOCK[:13]}:00:00Z"}}') == named
    nobody = GraphQLService(store, ReasoningService(store), lambda: CLOCK)
    answer = ask(nobody, "{ " + QUESTIONS[name].format('scope: {asOf: "2026-03-01"}') + " }")
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_QUERY"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_before_anything_was_recorded_nothing_is_known_and_nothing_fails(store: GraphStore, name: str):
    answer = ask(make_desk(store), "{ " + QUESTIONS[name].format('scope: {knownAt: "2020-01-01"}') + " }")
    if name == "what-if":
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        return
    assert "errors" not in answer, answer["errors"]
    seen = str(answer["data"])
    assert "org:t-one" not in seen
    assert "clm:" not in seen


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_merged_buyer_and_supplier_answer_by_either_id_until_it_is_withdrawn(store: GraphStore, name: str):
    when = 'scope: {{asOf: "2026-03-01", buyer: "{}"}}'
    pairs = [(BUYER, EntityId("org:t-zz-buyer")), (EntityId("org:t-two"), EntityId("org:t-one"))]
    made = [make_judgement(pair, "same", by="ana", why="a test", features={}) for pair in pairs]
    twin = Teller()
    twin.firm("zz-buyer", "Buyer", "DE")
    twin.say("org:t-deep", "SUPPLIES", "org:t-zz-buyer", product="prd:t-nut", annualSpend=5.0, currency="EUR")
    twin.claims = list(renumbered(twin))
    store.apply(twin.batch(LATER))
    before = told(make_desk(store), name, when.format(BUYER))
    store.apply(Batch(at=LATER, judgements=tuple(made)))
    desk = make_desk(store)
    merged = told(desk, name, when.format(BUYER))
    assert merged == told(desk, name, when.format("org:t-zz-buyer"))
    assert merged != before
    assert "org:t-two" not in str(merged), "who stands for both is the smallest id"
    store.apply(Batch(at=LATER, withdrawn=tuple(one.id for one in made)))
    again = make_desk(store)
    assert told(again, name, when.format(BUYER)) == before
    assert told(again, name, when.format("org:t-zz-buyer")) != before


def renumbered(tell: Teller) -> Iterator[Any]:
    """The claims under records of their own, beside those that are in the store already."""
    for claim in tell.claims:
        yield replace(claim, record=f"twin-{claim.record}")


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_that_is_kept_is_the_answer_that_is_made(store: GraphStore, name: str):
    desk = make_desk(store)
    first = told(desk, name, 'scope: {asOf: "2026-03-01"}')
    for other in QUESTIONS:
        told(desk, other, 'scope: {asOf: "2026-03-01"}')
    assert told(desk, name, 'scope: {asOf: "2026-03-01"}') == first
    assert told(make_desk(store), name, 'scope: {asOf: "2026-03-01"}') == first


def test_the_faults_of_every_answer_are_none(store: GraphStore):
    desk = make_desk(store)
    for name in QUESTIONS:
        found = told(desk, name, 'scope: {asOf: "2026-03-01"}')
        assert list(_faults(found)) == [], name


def _faults(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from found.get("faults", [])
        for inner in found.values():
            yield from _faults(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _faults(inner)
