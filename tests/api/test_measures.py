"""The measures over GraphQL, on the sample world: the service's numbers, page by page, with what recomputes them."""

import math
from collections.abc import Iterator
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import EntityId
from reasoning.measures.cascade.loss import LossTerms
from reasoning.measures.inoperability.values import InoperabilityTerms
from reasoning.risk.weights import CATEGORIES
from reasoning.service.measures import BuyerMeasures
from reasoning.service.service import ReasoningService
from tests.api.small_world import ask, data

WORLD = read_world(SAMPLE)
MAGNETS = EntityId("org:world-f-054")
BUYER = WORLD.buyer


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('measures') / 'w.db'}", vocabulary=VOCABULARY)
    assert [report.source for report in load_world(made, WORLD)]
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: WORLD.at.as_of or "", BUYER)


@pytest.fixture(scope="module")
def measures(desk: GraphQLService) -> BuyerMeasures:
    return desk.reasoning.measures


def nodes(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in found["edges"]]


def pages(desk: GraphQLService, query: str, *path: str) -> list[dict[str, Any]]:
    """All rows of a connection: `query` has `$a` for its place, `path` leads to it."""
    rows, after = [], None
    while True:
        found = data(desk, query, a=after)
        for name in path:
            found = found[name]
        rows += nodes(found)
        if not found["pageInfo"]["hasNextPage"]:
            assert len(rows) == found["totalCount"]
            return rows
        after = found["pageInfo"]["endCursor"]


PAGE = "totalCount pageInfo { hasNextPage endCursor }"


def paged(outer: str, field: str, fields: str, more: str = "") -> str:
    """A query for one page of a connection, which stands in `outer` at the dots; `$a` is its place."""
    inner = f"{field} {{ {PAGE} {more} edges {{ node {{ {fields} }} }} }}"
    return "query Q($a: String) { " + outer.replace("…", inner) + " }"


def test_what_firms_add_is_told_page_by_page_and_sums_to_the_estimate(desk: GraphQLService, measures: BuyerMeasures):
    fields = "firm { id } tier low value high ownLow own ownHigh unknown claimCount claims(first: 100) { id }"
    query = paged("disruption { … }", "firms(first: 50, after: $a)", fields)
    found = measures.disruption(BUYER, WORLD.at)
    rows = pages(desk, query, "disruption", "firms")
    for name, end in zip(("low", "value", "high"), found.ends, strict=True):
        assert math.fsum(row[name] for row in rows) == pytest.approx(end.estimate, abs=1e-12)
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    own = {one.firm: one for one in found.own}
    tiers = desk.reasoning.scoring(BUYER, WORLD.at).suppliers
    assert {row["firm"]["id"] for row in rows} == set(tiers)
    for row in rows:
        one = own[row["firm"]["id"]]
        assert (row["ownLow"], row["own"], row["ownHigh"]) == one.chance(found.terms)
        assert (row["tier"], row["unknown"]) == (tiers[one.firm], one.unknown)
        assert row["claimCount"] == len(one.claims)
        assert [claim["id"] for claim in row["claims"]] == list(one.claims)[:100]


def test_the_best_way_and_its_chances_give_the_lower_bound(desk: GraphQLService):
    chance = "{ lower estimate upper linkChances ownChance way { id } }"
    told = data(desk, f"{{ disruption {{ coverage faults low {chance} estimate {chance} high {chance} }} }}")[
        "disruption"
    ]
    assert told["faults"] == []
    assert 0 < told["coverage"] < 1
    for end in ("low", "estimate", "high"):
        one = told[end]
        assert one["way"][0]["id"] == BUYER
        assert len(one["way"]) == len(one["linkChances"]) + 1
        assert math.prod(one["linkChances"]) * one["ownChance"] == pytest.approx(one["lower"], abs=1e-15)
    assert told["low"]["estimate"] <= told["estimate"]["estimate"] <= told["high"]["estimate"]


def test_a_category_is_named_by_id_or_by_its_end(desk: GraphQLService, measures: BuyerMeasures):
    fields = "category { id } estimate { estimate } faults claims { id }"
    query = f"query Q($c: String) {{ disruption(category: $c) {{ {fields} }} }}"
    for category in CATEGORIES[:3]:
        by_id, by_end = (data(desk, query, c=name) for name in (category, category.removeprefix("rct:tierscope-")))
        assert by_id == by_end
        assert by_id["disruption"]["category"] == {"id": category}
        assert by_id["disruption"]["faults"] == []
        found = measures.disruption(BUYER, WORLD.at, category=category)
        assert by_id["disruption"]["estimate"]["estimate"] == found.middle.estimate
    assert data(desk, query)["disruption"]["category"] is None
    answer = ask(desk, query, c="weather")
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_by_category_all_twelve_are_told_each_proved(desk: GraphQLService):
    told = data(desk, "{ disruptionByCategory { category { id } estimate { estimate } faults } }")
    listed = told["disruptionByCategory"]
    assert {one["category"]["id"] for one in listed} == set(CATEGORIES)
    assert [fault for one in listed for fault in one["faults"]] == []


LOSS = "key tier value observed undelivered bound steps faults stopped { firm { id } part } entity { id } "
HOPS = "hops { customer { id } step loss product bought contributions { supplier { id } bought part share loss passed "
HOPS += "claims { id } evidence { id } } }"
CHAIN = f"chain {{ source {{ id }} stopped claims {{ id }} evidence {{ id }} {HOPS} }}"


@pytest.mark.parametrize("by", ["supplier", "country", "product"])
def test_losses_are_told_with_the_chain_that_binds(desk: GraphQLService, measures: BuyerMeasures, by: str):
    query = (
        f'query Q($a: String) {{ productionLosses(first: 30, by: "{by}", after: $a) {{ {PAGE} faults by unit upstream '
    )
    query += f"leftOut threshold edges {{ node {{ {LOSS} {CHAIN} }} }} }} }}"
    found = measures.losses(BUYER, WORLD.at, terms=LossTerms(by=by))  # type: ignore[arg-type]
    rows = pages(desk, query, "productionLosses")
    assert [row["key"] for row in rows] == [one.entity for one in found.losses]
    first = data(desk, query)["productionLosses"]
    assert (first["faults"], first["by"], first["unit"]) == ([], by, found.unit)
    assert (first["upstream"], first["leftOut"]) == (found.upstream, found.left_out)
    for row, one in zip(rows, found.losses, strict=True):
        assert (row["value"], row["observed"], row["steps"], row["faults"]) == (one.value, one.observed, one.steps, [])
        assert {part["firm"]["id"]: part["part"] for part in row["stopped"]} == dict(one.stopped)
        assert (row["chain"] is None) == (one.chain is None)
        if one.chain is not None:
            assert [claim["id"] for claim in row["chain"]["claims"]] == list(one.chain.claims)
            assert [hop["customer"]["id"] for hop in row["chain"]["hops"]] == list(one.chain.entities[1:])
            for hop in row["chain"]["hops"]:
                assert all(one["claims"] and one["evidence"] for one in hop["contributions"])
                passed = [one["part"] * one["share"] * one["loss"] for one in hop["contributions"]]
                assert passed == pytest.approx([one["passed"] for one in hop["contributions"]])


def test_one_loss_is_that_of_the_what_if(desk: GraphQLService):
    query = f"query Q($id: ID!) {{ productionLoss(id: $id) {{ {LOSS} {CHAIN} }} whatIf(input: {{ stop: [$id] }}) "
    query += "{ productionLoss } }"
    for entity in (MAGNETS, "org:world-f-003", "reg:iso3166-DE"):
        told = data(desk, query, id=entity)
        assert told["productionLoss"]["value"] == pytest.approx(told["whatIf"]["productionLoss"], abs=1e-9)
        assert told["productionLoss"]["faults"] == []


def test_closings_take_from_the_network_what_their_losses_add_up_to(desk: GraphQLService, measures: BuyerMeasures):
    fields = "firm { id } tier weight total downstream upstream steps losses { firm { id } loss downstream upstream } "
    fields += "claims(first: 100) { id }"
    query = paged("…", "systemic(first: 10, after: $a)", fields, "unit faults")
    found = measures.systemic(BUYER, WORLD.at)
    rows = pages(desk, query, "systemic")
    assert [row["firm"]["id"] for row in rows] == [one.firm for one in found.closures]
    assert data(desk, query)["systemic"]["faults"] == []
    told = {row["firm"]["id"]: row["weight"] for row in rows}
    for row in rows:
        if row["losses"]:
            assert math.fsum(told[one["firm"]["id"]] * one["loss"] for one in row["losses"]) == pytest.approx(
                row["total"]
            )
        cited = found.cited(row["firm"]["id"])[0]
        assert [claim["id"] for claim in row["claims"]] == list(cited)[:100]
    (only,) = nodes(
        data(desk, f'{{ systemic(supplier: "{MAGNETS}") {{ faults edges {{ node {{ {fields} }} }} }} }}')["systemic"]
    )
    assert only == next(row for row in rows if row["firm"]["id"] == MAGNETS)


def test_inoperability_is_told_day_by_day_with_its_flows(desk: GraphQLService, measures: BuyerMeasures):
    found = measures.inoperability(BUYER, WORLD.at)
    stops = "key entity { id } course peak peakDay recovered daysLost networkLost lasting parts { key value }"
    outer = "inoperability { by unit faults days horizon radius leftOut … }"
    query = paged(outer, "stops(first: 4, after: $a)", stops)
    rows = pages(desk, query, "inoperability", "stops")
    assert [row["key"] for row in rows] == [one.entity for one in found.stops]
    told = data(desk, query)["inoperability"]
    assert (told["faults"], told["by"], told["days"], told["radius"]) == ([], found.by, 90, found.radius)
    for row, one in zip(rows, found.stops, strict=True):
        assert row["course"] == list(one.course)
        assert len(row["course"]) == told["horizon"] + 1
        assert (row["peak"], row["peakDay"]) == (max(row["course"]), row["course"].index(max(row["course"])))
        assert (row["recovered"], row["daysLost"], row["lasting"]) == (one.recovered, one.days_lost, one.lasting)
        assert [(part["key"], part["value"]) for part in row["parts"]] == list(one.parts)
    flows = "supplier customer value claims(first: 100) { id }"
    query = paged("inoperability { … }", "flows(first: 20, after: $a)", flows)
    for row, flow in zip(pages(desk, query, "inoperability", "flows"), found.flows, strict=True):
        assert (row["supplier"], row["customer"], row["value"]) == (flow.supplier, flow.customer, flow.value)
        assert [claim["id"] for claim in row["claims"]] == list(flow.claims)[:100]
    groups = "key entity { id } output itself rate firms { id }"
    query = paged("inoperability { … }", "groups(first: 9, after: $a)", groups)
    for row, group in zip(pages(desk, query, "inoperability", "groups"), found.groups, strict=True):
        assert (row["key"], row["output"], row["rate"]) == (group.entity, group.output, group.rate)
        assert [firm["id"] for firm in row["firms"]] == list(group.firms)
        assert (row["entity"] is None) == (":" not in group.entity)


def test_who_recovers_sooner_loses_fewer_days(desk: GraphQLService, measures: BuyerMeasures):
    query = "query Q($d: Float!) { inoperability(days: $d) { days stops(first: 1) { edges { node { daysLost } } } } }"
    lost = [nodes(data(desk, query, d=days)["inoperability"]["stops"])[0]["daysLost"] for days in (30.0, 90.0, 180.0)]
    assert lost == sorted(lost)
    assert lost[0] < lost[2]
    same = measures.inoperability(BUYER, WORLD.at, terms=InoperabilityTerms(days=30.0))
    assert lost[0] == same.stops[0].days_lost


def test_a_cursor_of_another_list_of_the_same_measure_is_refused(desk: GraphQLService):
    page = data(desk, "{ inoperability { stops(first: 1) { pageInfo { endCursor } } } }")["inoperability"]["stops"]
    query = "query Q($a: String) { inoperability { flows(after: $a) { totalCount } } }"
    answer = ask(desk, query, a=page["pageInfo"]["endCursor"])
    assert answer["errors"][0]["extensions"]["code"] == "BAD_QUERY"
    query = "query Q($a: String) { inoperability(days: 30) { stops(after: $a) { totalCount } } }"
    answer = ask(desk, query, a=page["pageInfo"]["endCursor"])
    assert answer["errors"][0]["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('{ productionLosses(by: "weather") { totalCount } }', "BAD_QUERY"),
        ('{ productionLoss(id: "org:nobody") { value } }', "NOT_FOUND"),
        ('{ productionLoss(id: "clm:0") { value } }', "BAD_INPUT"),
        ('{ systemic(supplier: "org:nobody") { totalCount } }', "NOT_FOUND"),
        ('{ inoperability(by: "weather") { by } }', "BAD_QUERY"),
        ('{ inoperability(stopped: "org:nobody") { by } }', "NOT_FOUND"),
        ("{ inoperability(days: 0) { by } }", "BAD_INPUT"),
        ("{ inoperability(days: -3) { by } }", "BAD_INPUT"),
        ('{ disruption(scope: {buyer: "org:nobody"}) { coverage } }', "NOT_FOUND"),
        ("{ disruption { firms(first: 0) { totalCount } } }", "BAD_QUERY"),
        ("{ disruption { claims(first: 101) { id } } }", "BAD_QUERY"),
    ],
)
def test_what_cannot_be_answered_is_a_typed_error(desk: GraphQLService, query: str, code: str):
    answer = ask(desk, query)
    assert answer["errors"][0]["extensions"]["code"] == code, answer["errors"]
    assert answer["errors"][0]["extensions"]["fix"]


def test_a_buyer_of_whom_no_supplier_is_known_has_defined_answers(desk: GraphQLService):
    lonely = "org:world-f-102"
    assert desk.reasoning.exposures(EntityId(lonely), WORLD.at) == ()
    query = f"""{{
      disruption(scope: {{buyer: "{lonely}"}}) {{
        coverage faults estimate {{ lower estimate upper way {{ id }} }} firms {{ totalCount }} }}
      productionLosses(scope: {{buyer: "{lonely}"}}) {{ totalCount upstream leftOut faults }}
      systemic(scope: {{buyer: "{lonely}"}}) {{ faults }}
      inoperability(scope: {{buyer: "{lonely}"}}) {{ faults leftOut stops {{ totalCount }} flows {{ totalCount }} }}
    }}"""
    told = data(desk, query)
    assert told["disruption"]["estimate"] == {"lower": 0, "estimate": 0, "upper": 0, "way": [{"id": lonely}]}
    assert told["disruption"]["firms"]["totalCount"] == told["productionLosses"]["totalCount"] == 0
    assert told["inoperability"]["stops"]["totalCount"] == 0
    assert all(one["faults"] == [] for one in told.values())


def test_nothing_is_written(desk: GraphQLService, store: GraphStore):
    before = content_hash(store, history=True)
    data(desk, "{ disruption { faults } systemic { faults } inoperability { faults } productionLosses { faults } }")
    data(desk, '{ series(dates: ["2025-01-01", "2026-03-01"]) { changes { totalCount } alerts { totalCount } } }')
    assert content_hash(store, history=True) == before
