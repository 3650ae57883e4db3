"""What analysts ask, over the sample world: the service's answers, page by page, with their claims."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from api.graphql.execution import GraphQLService
from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import EntityId
from reasoning.service.analyses import BuyerAnalyses
from reasoning.service.service import ReasoningService
from tests.api.small_world import ask, data

WORLD = read_world(SAMPLE)
MAGNETS = "org:world-f-054"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('analysis') / 'w.db'}", vocabulary=VOCABULARY)
    assert [report.source for report in load_world(made, WORLD)]
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: WORLD.at.as_of or "", WORLD.buyer)


@pytest.fixture(scope="module")
def analyses(desk: GraphQLService) -> BuyerAnalyses:
    return desk.reasoning.analyses


def nodes(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in found["edges"]]


def every(desk: GraphQLService, field: str, arguments: str, fields: str) -> list[dict[str, Any]]:
    """All pages of a connection, a few at a time."""
    found, after = [], None
    while True:
        query = f"query Q($a: String) {{ {field}(first: 4, after: $a {arguments}) {{ totalCount "
        query += f"pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {fields} }} }} }} }}"
        page = data(desk, query, a=after)[field]
        found += nodes(page)
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        after = page["pageInfo"]["endCursor"]


def test_the_planted_single_points_are_found_page_by_page_with_their_claims(
    desk: GraphQLService, analyses: BuyerAnalyses
):
    fields = "entity { id name } tier hidden inputs everyWay stops { id } chain { id } claims { id } evidence { id }"
    found = every(desk, "singlePointsOfFailure", "", fields)
    said = yaml.safe_load((SAMPLE / "planted.yaml").read_text())["findings"]
    planted = {one["subject"] for one in said if one["kind"] == "hidden_single_point_of_failure"}
    assert {one["entity"]["id"] for one in found if one["hidden"]} == planted
    computed = analyses.failure_points(WORLD.buyer, WORLD.at).points
    assert [one["entity"]["id"] for one in found] == [one.entity for one in computed]
    for told, one in zip(found, computed, strict=True):
        assert [claim["id"] for claim in told["claims"]] == list(one.claims)
        assert [item["id"] for item in told["evidence"]] == list(one.evidence)
        assert [entity["id"] for entity in told["chain"]] == list(one.chain)
        assert [entity["id"] for entity in told["stops"]] == list(one.stops)
        assert (told["tier"], told["inputs"], told["everyWay"]) == (one.tier, list(one.inputs), list(one.every_way))


def nested(desk: GraphQLService, outer: str, field: str, fields: str) -> list[dict[str, Any]]:
    """All pages of a connection inside `outer`, which has a place for it, three at a time."""
    found, after = [], None
    while True:
        inner = f"{field}(first: 3, after: $a) {{ totalCount pageInfo {{ hasNextPage endCursor }} "
        inner += f"edges {{ node {{ {fields} }} }} }}"
        whole = data(desk, "query Q($a: String) { " + outer.replace("…", inner) + " }", a=after)
        (page,) = (value[field] for value in whole.values())
        found += nodes(page)
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        after = page["pageInfo"]["endCursor"]


def test_pairs_stand_beside_the_points_page_by_page_with_their_claims(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = "entities { id name } inputs stops { id } claims { id } evidence { id document { sha256 } }"
    found = nested(
        desk,
        f'{{ singlePointsOfFailure(first: 1, scope: {{asOf: "{WORLD.at.as_of}"}}) {{ … }} }}'[1:-1],
        "pairs",
        fields,
    )
    computed = analyses.failure_points(WORLD.buyer, WORLD.at).pairs
    assert len(found) == len(computed) > 3
    for told, one in zip(found, computed, strict=True):
        assert tuple(entity["id"] for entity in told["entities"]) == one.entities
        assert told["inputs"] == list(one.inputs)
        assert [entity["id"] for entity in told["stops"]] == list(one.stops)
        assert [claim["id"] for claim in told["claims"]] == list(one.claims)
        assert [item["id"] for item in told["evidence"]] == list(one.evidence)
        assert told["claims"]
    told = data(desk, "{ singlePointsOfFailure(first: 1) { complete faults } }")["singlePointsOfFailure"]
    assert told == {"complete": True, "faults": []}


DATES = ["2025-01-01", "2025-07-01", "2026-03-01"]
INSTANTS = [f"{date}T00:00:00Z" for date in DATES]
SERIES = f'series(dates: ["{DATES[0]}", "{DATES[1]}", "{DATES[2]}"])'


def test_a_series_is_that_of_the_analyses_point_by_point(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = "asOf score low high coverage byTier faults byCategory { category { id } low score high }"
    points = data(desk, f"{{ {SERIES} {{ points {{ {fields} }} }} }}")["series"]["points"]
    computed = analyses.series(WORLD.buyer, WORLD.at, INSTANTS)
    assert [one["asOf"] for one in points] == INSTANTS
    for told, one in zip(points, computed, strict=True):
        assert (told["score"], told["low"], told["high"]) == (one.totals.score, one.totals.low, one.totals.high)
        assert told["coverage"] == one.totals.coverage
        assert told["byTier"] == list(one.totals.by_tier)
        assert told["faults"] == []
        assert sum(part["score"] for part in told["byCategory"]) == pytest.approx(one.totals.score)
        ranked = sorted(one.totals.by_category.items(), key=lambda part: (-part[1][1], part[0]))
        assert [(part["category"]["id"], part["score"]) for part in told["byCategory"]] == [
            (category, score) for category, (_, score, _) in ranked
        ]


def test_what_changed_names_the_claims_that_began_and_those_that_ended(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = "supplier { id } before after change aged explained began(first: 100) { id validFrom } beganCount "
    fields += "ended(first: 100) { id validTo } endedCount"
    found = nested(desk, f"{SERIES} {{ … }}", "changes", fields)
    computed = analyses.between(WORLD.buyer, WORLD.at, (INSTANTS[0], INSTANTS[2])).shifts
    assert [one["supplier"]["id"] for one in found] == [one.supplier for one in computed]
    for told, one in zip(found, computed, strict=True):
        assert [claim["id"] for claim in told["began"]] == list(one.began)[:100]
        assert [claim["id"] for claim in told["ended"]] == list(one.ended)[:100]
        assert (told["beganCount"], told["endedCount"]) == (len(one.began), len(one.ended))
        assert told["change"] == one.change
        assert told["explained"] == one.explained
    assert any(one["began"] for one in found)
    assert any(one["ended"] for one in found), "claims that hold no longer are read as of the first date"


def test_alerts_say_why_me_each_with_the_claims_of_its_own_time(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = (
        "key sort about text since until entity { id } way { id } claims { id evidence { id } } evidence { id } faults"
    )
    found = nested(desk, f"{SERIES} {{ … }}", "alerts", fields)
    computed = analyses.alerts([WORLD.buyer], WORLD.at, INSTANTS)
    assert [one["key"] for one in found] == [one.key for one in computed]
    for told, one in zip(found, computed, strict=True):
        assert [entity["id"] for entity in told["way"]] == list(one.way)
        assert told["way"][0]["id"] == WORLD.buyer
        assert [claim["id"] for claim in told["claims"]] == list(one.claims)
        proof = {item["id"] for claim in told["claims"] for item in claim["evidence"]}
        assert {item["id"] for item in told["evidence"]} == proof
        assert told["faults"] == []
    assert len({one["until"] for one in found}) > 1


def test_all_that_a_conclusion_cites_is_shown_though_it_holds_no_longer(desk: GraphQLService):
    """A breach was of a past period: its claims are shown, and the finding is of today."""
    query = "{ findings(first: 100) { edges { node { kind claims { id validTo } } } } }"
    shown = nodes(data(desk, query)["findings"])
    found = desk.reasoning.findings(WORLD.buyer, WORLD.at)
    assert [[claim["id"] for claim in one["claims"]] for one in shown] == [list(one.claims) for one in found]
    ended = [claim for one in shown for claim in one["claims"] if claim["validTo"] and claim["validTo"] <= INSTANTS[2]]
    assert ended
    parts = "byCategory { ownRisk { claims { id } assessment { grounds { claims { id } } } } }"
    exposures = nodes(
        data(desk, f"{{ exposures(first: 25, paths: 1) {{ edges {{ node {{ {parts} }} }} }} }}")["exposures"]
    )
    computed = desk.reasoning.exposures(WORLD.buyer, WORLD.at, paths=1)
    for one, told in zip(computed, exposures, strict=False):
        for part, risk in zip(one.parts, told["byCategory"], strict=True):
            if part.own is not None:
                assert [claim["id"] for claim in risk["ownRisk"]["claims"]] == list(part.own.claims)


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ([], "BAD_QUERY"),
        ([f"20{year:02}-01-01" for year in range(37)], "BAD_QUERY"),
        (["2026-01-01", "2025-01-01"], "BAD_INPUT"),
        (["2026-01-01", "2026-01-01T00:00:00Z"], "BAD_INPUT"),
        (["yesterday"], "BAD_INPUT"),
    ],
)
def test_dates_that_are_no_series_are_refused(desk: GraphQLService, dates: list[str], code: str):
    answer = ask(desk, "query Q($d: [Instant!]!) { series(dates: $d) { points { score } } }", d=dates)
    assert answer["errors"][0]["extensions"]["code"] == code
    assert answer["errors"][0]["extensions"]["fix"]


def test_a_series_refuses_a_world_time_beside_its_dates(desk: GraphQLService):
    query = 'query Q($s: ReadScope) { series(dates: ["2026-01-01"], scope: $s) { points { score } } }'
    answer = ask(desk, query, s={"asOf": "2026-01-01"})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_QUERY"
    assert "asOf" in answer["errors"][0]["extensions"]["fix"]
    named = data(desk, query, s={"buyer": WORLD.buyer, "knownAt": WORLD.at.known_at})
    assert named == data(desk, query)


def test_of_one_date_nothing_changed_can_be_asked_but_alerts_can(desk: GraphQLService):
    answer = ask(desk, '{ series(dates: ["2026-01-01"]) { changes { totalCount } } }')
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    told = data(desk, '{ series(dates: ["2026-01-01"]) { points { score } alerts { totalCount } } }')["series"]
    assert len(told["points"]) == 1
    assert told["alerts"]["totalCount"] > 0


def test_a_cursor_of_other_dates_is_refused(desk: GraphQLService):
    page = data(desk, f"{{ {SERIES} {{ alerts(first: 1) {{ pageInfo {{ endCursor }} }} }} }}")["series"]["alerts"]
    other = 'query Q($a: String) { series(dates: ["2025-02-01", "2026-03-01"]) { alerts(after: $a) { totalCount } } }'
    answer = ask(desk, other, a=page["pageInfo"]["endCursor"])
    assert answer["errors"][0]["extensions"]["code"] == "BAD_QUERY"


def test_every_number_that_is_told_holds(desk: GraphQLService):
    queries = (
        "{ questions(first: 5) { edges { node { faults } } } }",
        '{ alternatives(supplier: "org:world-f-003") { edges { node { faults evidence { id } claims { id } } } } }',
        "{ concentration(first: 100) { edges { node { faults holders { id entity { id } } evidence { id } } } } }",
    )
    for query in queries:
        (found,) = data(desk, query).values()
        assert found["edges"]
        assert [fault for one in nodes(found) for fault in one["faults"]] == []


def test_holders_are_firms_or_countries_and_else_have_no_entity(desk: GraphQLService):
    for by, named in (("all", True), ("countries", True), ("tiers", False)):
        query = (
            f'{{ concentration(first: 9, by: "{by}") {{ edges {{ node {{ holders {{ id entity {{ id }} }} }} }} }} }}'
        )
        holders = [one for node in nodes(data(desk, query)["concentration"]) for one in node["holders"]]
        assert holders
        for one in holders:
            assert one["entity"] == ({"id": one["id"]} if named and one["id"] else None)


def test_a_sort_of_whole_that_there_is_not_is_refused(desk: GraphQLService):
    (error,) = ask(desk, '{ concentration(first: 9, by: "colour") { totalCount } }')["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["extensions"]["fix"] == "by takes input, all, product, tier, country, countries, tiers"


WHAT_IF = """query Q($input: WhatIfInput!) { whatIf(input: $input) {
  before { score low high coverage wholeLow wholeHigh } after { score low high wholeLow wholeHigh }
  productionLoss faults
  changes(first: 3) { totalCount pageInfo { hasNextPage endCursor } edges { node {
    supplier { id } before after change causes { text change rest paths { before after entities { id } } } } } } } }"""


def test_a_what_if_is_the_engines_and_writes_nothing(desk: GraphQLService, store: GraphStore):
    before = content_hash(store, history=True)
    found = data(desk, WHAT_IF, input={"stop": [MAGNETS]})["whatIf"]
    (change,) = nodes(found["changes"])
    assert change["supplier"]["id"] == MAGNETS
    assert change["change"] == pytest.approx(found["after"]["score"] - found["before"]["score"])
    (cause,) = change["causes"]
    assert cause["text"].endswith("stops")
    assert [entity["id"] for entity in cause["paths"][0]["entities"]][-1] == MAGNETS
    assert found["productionLoss"] == 1
    assert found["faults"] == []
    assert found["before"]["wholeLow"] <= found["before"]["low"] <= found["before"]["score"]
    assert content_hash(store, history=True) == before


def test_every_sort_of_change_can_be_asked_for(desk: GraphQLService):
    link = {"supplier": "org:world-f-003", "customer": WORLD.buyer}
    asked = {
        "stop": ["reg:iso3166-DE", "prd:world-p-006"],
        "dropLinks": [{"supplier": "org:world-f-002", "customer": WORLD.buyer}],
        "addLinks": [{"supplier": "org:world-f-016", "customer": WORLD.buyer, "share": 0.1}],
        "setShares": [{**link, "share": 0.2}],
        "closeSuppliers": ["org:world-f-102"],
        "setRisks": [{"entity": MAGNETS, "category": "rct:tierscope-cyber", "value": 0.9}],
        "setInventories": [{**link, "days": 30}],
    }
    found = data(desk, WHAT_IF, input=asked)["whatIf"]
    assert found["faults"] == []
    assert len(nodes(found["changes"])) == 3
    assert found["changes"]["pageInfo"]["hasNextPage"]
    assert found["changes"]["totalCount"] > 50
    sizes = [abs(one["change"]) for one in nodes(found["changes"])]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "BAD_QUERY"),
        ({"stop": [MAGNETS] * 21}, "BAD_QUERY"),
        ({"stop": ["clm:1"]}, "BAD_INPUT"),
        ({"stop": ["org:nobody"]}, "NOT_FOUND"),
        ({"setShares": [{"supplier": "org:a", "customer": "org:b", "share": 2}]}, "BAD_INPUT"),
        ({"confirmLinks": [{"supplier": "org:a", "customer": "org:b"}]}, "NOT_FOUND"),
    ],
)
def test_what_cannot_be_is_a_typed_error(desk: GraphQLService, asked: dict[str, Any], code: str):
    answer = ask(desk, WHAT_IF, input=asked)
    assert answer["errors"][0]["extensions"]["code"] == code
    assert answer["errors"][0]["extensions"]["fix"]


def test_concentrations_are_those_of_the_service(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = "by key part index effective sole essential holders { id share } customer { id } claims { id }"
    found = every(desk, "concentration", ', by: "tier"', fields)
    computed = [one for one in analyses.concentrations(WORLD.buyer, WORLD.at) if one.by == "tier"]
    assert [(one["key"], one["index"]) for one in found] == [(one.key, one.index) for one in computed]
    assert [holder["id"] for holder in found[0]["holders"]] == [holder.id for holder in computed[0].holders]
    first = nodes(data(desk, f"{{ concentration(first: 1) {{ edges {{ node {{ {fields} }} }} }} }}")["concentration"])
    assert first[0]["sole"]
    assert first[0]["essential"]
    assert len(first[0]["claims"]) == 1
    assert first[0]["customer"]["id"] == WORLD.buyer


def test_questions_tell_what_answers_leave_and_a_what_if_leaves_it(desk: GraphQLService):
    fields = "id sort text about tier hours low high knownLow knownHigh shrink knownShrink perHour "
    fields += "answers { text probability low high knownLow knownHigh edits { what entity category value } } "
    query = f"{{ questions(first: 10) {{ edges {{ node {{ {fields} entity {{ id }} }} }} }} }}"
    found = nodes(data(desk, query)["questions"])
    assert [one["perHour"] for one in found] == sorted((one["perHour"] for one in found), reverse=True)
    risk = next(one for one in found if one["sort"] == "risk")
    (edit,) = risk["answers"][0]["edits"]
    assert (edit["entity"], edit["category"]) == (risk["entity"]["id"], risk["about"])
    told = data(desk, WHAT_IF, input={"edits": [edit]})["whatIf"]
    assert told["before"]["wholeHigh"] == risk["high"]
    assert told["before"]["high"] == pytest.approx(risk["knownHigh"], abs=1e-12)
    assert told["after"]["high"] == pytest.approx(risk["answers"][0]["knownHigh"], abs=1e-12)
    assert risk["shrink"] + risk["knownShrink"] == pytest.approx(risk["perHour"] * risk["hours"])
    assert told["after"]["wholeHigh"] == risk["answers"][0]["high"]
    assert sum(answer["probability"] for answer in risk["answers"]) == 1


def test_alternatives_are_those_of_the_service(desk: GraphQLService, analyses: BuyerAnalyses):
    fields = "product share already before after change lossBefore lossAfter customer { id } supplier { id } "
    fields += "lowBefore highBefore lowAfter highAfter other { id name } claims { id } edits { what supplier customer }"
    (found,) = every(desk, "alternatives", ', supplier: "org:world-f-003"', fields)
    (computed,) = analyses.alternatives(WORLD.buyer, EntityId("org:world-f-003"), WORLD.at)
    assert found["other"]["id"] == computed.other
    assert found["after"] == computed.after[1]
    assert found["change"] == computed.change
    assert [claim["id"] for claim in found["claims"]] == list(computed.claims)
    assert (found["lowBefore"], found["before"], found["highBefore"]) == computed.before
    assert (found["lowAfter"], found["after"], found["highAfter"]) == computed.after
    assert [edit["what"] for edit in found["edits"]] == ["drop_link", "add_link"]
    answer = ask(desk, '{ alternatives(supplier: "org:nobody") { totalCount } }')
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_what_costs_much_is_priced(desk: GraphQLService):
    questions = ask(desk, "{ questions { totalCount } }")["extensions"]["cost"]["requestedQueryCost"]
    assert questions > 10_000
    prices = desk.prices.fields
    for name in ("whatIf", "singlePointsOfFailure", "concentration", "alternatives"):
        assert prices["Query", name].weight >= 1_000
