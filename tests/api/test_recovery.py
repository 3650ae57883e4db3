"""Recovery over GraphQL: a maker of bicycles, whose figures can be worked out by hand."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from api.types.base.conclusion import ConclusionContext
from api.types.measures.recovery_reason import present_delivery
from graph.port import GraphStore
from ontology.records import At, EntityId
from reasoning.measures.bills import ItemHolder
from reasoning.measures.recovery.answer import Delivery, RecoveryTerms
from reasoning.service.service import ReasoningService
from tests.api.small_world import CLOCK, ask, data, unhurried
from tests.reasoning.measures.bicycles import BUYER, bicycles
from tests.reasoning.stores import fill, new_store

RANGE = "{ best worst }"
REASON = (
    "{ days demanded limits { kind product amount worth holder { id } claims { id } } contingency { units undisrupted "
)
REASON += "giver { product makes holder { id } } taker { product makes holder { id } } } }"
STOP = f"entity {{ id }} days assumed loss {RANGE} undisrupted {RANGE} survival {RANGE} gap {RANGE} index {RANGE} "
STOP += f"stopped {{ product makes holder {{ id }} }} losing {REASON} lasting {REASON}"
ASKED = f"by currency faults totalCount edges {{ node {{ {STOP} }} }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = new_store(tmp_path_factory.mktemp("bicycles"))
    fill(made, bicycles())
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: CLOCK, EntityId(BUYER))


def stops(desk: GraphQLService, arguments: str = "") -> list[dict[str, Any]]:
    found = data(desk, f"{{ recovery{arguments} {{ {ASKED} }} }}")["recovery"]
    assert found["faults"] == []
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"] for edge in found["edges"]]


def test_the_stops_are_those_of_the_service(desk: GraphQLService, store: GraphStore):
    at = At(f"{CLOCK[:13]}:00:00Z", store.status().recorded_at)
    for by in ("supplier", "site", "country"):
        found = desk.reasoning.measures.recovery(EntityId(BUYER), at, terms=RecoveryTerms(by=by))
        assert [one["entity"]["id"] for one in stops(desk, f'(by: "{by}")')] == [one.entity for one in found.stops]


def test_a_stop_of_the_wheels_costs_what_the_stocks_do_not_cover(desk: GraphQLService):
    told = {one["entity"]["id"]: one for one in stops(desk)}
    wheels = told["org:rad"]
    # 20 bicycles, 40 wheels for 20 more: 40 bicycles are 4 days of demand; in 10 days 60 are lost, at 100 each.
    assert wheels["survival"] == {"best": pytest.approx(4), "worst": pytest.approx(4)}
    assert wheels["days"] == 10
    assert wheels["gap"]["worst"] == pytest.approx(6)
    assert wheels["loss"]["worst"] == pytest.approx(6000)
    why = wheels["losing"]
    added = math.fsum(limit["amount"] * limit["worth"] for limit in why["limits"])
    assert why["demanded"] - added == pytest.approx(wheels["loss"]["worst"])
    stocks = math.fsum(one["amount"] * one["worth"] for one in wheels["lasting"]["limits"] if one["kind"] == "stock")
    assert stocks == pytest.approx(wheels["survival"]["worst"])
    assert all(limit["claims"] for limit in why["limits"])
    assert {(one["product"], one["holder"]["id"]) for one in wheels["stopped"]} >= {("prd:wheel", "org:rad")}


def test_where_other_supply_comes_from_is_told(desk: GraphQLService):
    view = desk.session(unhurried()).view()
    context = ConclusionContext(view, [EntityId("org:alu"), EntityId(BUYER)], [])
    giver, taker = (
        ItemHolder(EntityId("org:alu"), EntityId("prd:frame"), True),
        ItemHolder(EntityId(BUYER), EntityId("prd:frame"), False),
    )
    told = present_delivery(Delivery(giver, taker, 8.0, 5.0), context)
    assert (told.units, told.undisrupted) == (8.0, 5.0)
    assert (told.giver.id, told.giver.product, told.giver.makes) == ("org:alu", "prd:frame", True)
    assert (told.taker.id, told.taker.makes) == (BUYER, False)


def test_days_stand_in_where_no_time_is_known(desk: GraphQLService):
    known = {one["entity"]["id"]: one for one in stops(desk)}
    assert known["org:bambu"]["days"] is None
    assert known["org:bambu"]["loss"] is known["org:bambu"]["gap"] is known["org:bambu"]["losing"] is None
    assumed = {one["entity"]["id"]: one for one in stops(desk, "(days: 30)")}
    assert (assumed["org:bambu"]["days"], assumed["org:bambu"]["assumed"]) == (30, True)
    assert (assumed["org:alu"]["days"], assumed["org:alu"]["assumed"]) == (30, False)
    assert assumed["org:bambu"]["loss"]["worst"] is not None


def test_the_greatest_loss_comes_first_and_has_index_one(desk: GraphQLService):
    losses = [one["loss"]["worst"] for one in stops(desk, "(days: 60)")]
    assert losses == sorted(losses, reverse=True)
    assert stops(desk, "(days: 60)")[0]["index"]["worst"] == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('{ recovery(by: "weather") { by } }', "BAD_QUERY"),
        ("{ recovery(days: -1) { by } }", "BAD_INPUT"),
        ('{ recovery(scope: {buyer: "org:draht"}) { by } }', "NOT_GIVEN"),
        ('{ recovery(scope: {buyer: "org:nobody"}) { by } }', "NOT_FOUND"),
    ],
)
def test_what_cannot_be_answered_is_a_typed_error(desk: GraphQLService, query: str, code: str):
    answer = ask(desk, query)
    assert answer["errors"][0]["extensions"]["code"] == code
    assert answer["errors"][0]["extensions"]["fix"]


def test_what_is_not_known_is_told_page_by_page(tmp_path: Path):
    made = new_store(tmp_path)
    fill(made, bicycles(stocks=False))
    desk = GraphQLService(made, ReasoningService(made), lambda: CLOCK, EntityId(BUYER))
    query = "query Q($a: String) { recovery(first: 1) { gaps(first: 3, after: $a) { totalCount "
    query += "pageInfo { hasNextPage endCursor } edges { node { what product holder { id } } } } } }"
    seen, after = [], None
    while True:
        page = data(desk, query, a=after)["recovery"]["gaps"]
        seen += [(one["node"]["what"], one["node"]["holder"]["id"], one["node"]["product"]) for one in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == page["totalCount"]
    assert ("stock", BUYER, "prd:bicycle") in seen
    told = {one["entity"]["id"]: one for one in stops(desk)}
    assert told["org:rad"]["survival"] == {"best": None, "worst": 0}, "a stock that is not known may last for ever"
    made.close()
