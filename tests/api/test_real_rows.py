"""GraphQL over deliveries as they were made: every question is answered in time, within its cost, and holds."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from api.graphql.execution import GraphQLService
from graph.connect import create
from graph.content_hash import content_hash
from graph.port import GraphStore
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, EntityId
from reasoning.service.service import ReasoningService
from tests.api.small_world import RECORDED, ask, data
from tests.public_data import PUBLIC_DATA

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

AT = At("2014-07-01T00:00:00Z")
ALL = """query All($buyer: ID!, $supplier: ID!) {
  exposures(scope: {buyer: $buyer}, first: 100, paths: 3) { edges { node { supplier { id } score remainder
    byCategory { score ownRisk { value assessment { grounds { method } } } } } } }
  explain(scope: {buyer: $buyer}, supplier: $supplier) { holds faults }
  disruption(scope: {buyer: $buyer}) { faults
    firms(first: 100) { edges { node { value claimCount claims(first: 2) { id } } } } }
  productionLosses(scope: {buyer: $buyer}, first: 100) { faults
    edges { node { value chain { claims { id evidence { id } } } } } }
  systemic(scope: {buyer: $buyer}, first: 100) { faults edges { node { total } } }
  inoperability(scope: {buyer: $buyer}) { faults stops(first: 100) { edges { node { daysLost } } } }
  singlePointsOfFailure(scope: {buyer: $buyer}) { faults totalCount }
  concentration(scope: {buyer: $buyer}, first: 100) { edges { node { by faults claims { id } } } }
  alternatives(scope: {buyer: $buyer}, supplier: $supplier, first: 5) { edges { node { faults evidence { id } } } }
  whatIf(scope: {buyer: $buyer}, input: { stop: [$supplier] }) { faults productionLoss changes { totalCount } }
}"""
MORE = """query More($buyer: ID!) {
  questions(scope: {buyer: $buyer}, first: 3) { edges { node { faults text } } }
  series(scope: {buyer: $buyer}, dates: ["2013-07-01", "2014-01-01", "2014-07-01"]) { points { faults score }
    changes { edges { node { change beganCount endedCount began(first: 3) { id } ended(first: 3) { id } } } }
    alerts { edges { node { faults way { id } claims { id } } } } }
  recovery(scope: {buyer: $buyer}) { by }
}"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('scms') / 's.db'}", vocabulary=VOCABULARY)
    load(made, load_source_spec("scms"), PUBLIC_DATA / "scms", clock=lambda: RECORDED, progress=lambda _: None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(store: GraphStore) -> GraphQLService:
    return GraphQLService(store, ReasoningService(store), lambda: AT.as_of or "")


@pytest.fixture(scope="module")
def buyers(desk: GraphQLService) -> list[EntityId]:
    """The programme of most links, and one of fewest."""
    links = desk.reasoning.snapshot(AT).links.counted
    found = Counter(link.customer for link in links if "scms-programme" in link.customer)
    ranked = sorted(found, key=lambda customer: (-found[customer], customer))
    return [ranked[0], ranked[-1]]


def collect(found: object, key: str) -> Iterator[Any]:
    """Every value under `key`, however deep."""
    for name, inner in found.items() if isinstance(found, dict) else ():
        if name == key:
            yield inner
        yield from collect(inner, key)
    for inner in found if isinstance(found, list) else ():
        yield from collect(inner, key)


def test_every_question_is_answered_and_holds(desk: GraphQLService, store: GraphStore, buyers: list[EntityId]):
    before = content_hash(store, history=True)
    for buyer in buyers:
        supplier = desk.reasoning.exposures(buyer, AT, paths=0)[0].supplier
        told = data(desk, ALL, buyer=buyer, supplier=supplier)
        assert [fault for faults in collect(told, "faults") for fault in faults] == []
        assert told["explain"]["holds"] is True
        assert told["exposures"]["edges"]
        assert told["systemic"]["edges"]
    assert content_hash(store, history=True) == before


def test_what_is_not_given_is_told_beside_what_is(desk: GraphQLService, buyers: list[EntityId]):
    answer = ask(desk, MORE, buyer=buyers[0])
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["path"]) == ("NOT_GIVEN", ["recovery"])
    assert error["extensions"]["fix"]
    told = answer["data"]
    assert told["recovery"] is None
    assert told["questions"]["edges"]
    assert [fault for faults in collect(told, "faults") for fault in faults] == []
    assert len(told["series"]["points"]) == 3
    for shift in collect(told["series"]["changes"], "node"):
        assert len(shift["began"]) == min(3, shift["beganCount"])
        assert len(shift["ended"]) == min(3, shift["endedCount"])


def test_claims_by_the_thousand_are_counted_and_cut(desk: GraphQLService, buyers: list[EntityId]):
    query = """query Q($b: ID!) {
      disruption(scope: {buyer: $b}) { firms(first: 3) { edges { node { claimCount claims { id } } } } } }"""
    rows = list(collect(data(desk, query, b=buyers[0]), "node"))
    assert max(row["claimCount"] for row in rows) > 100
    assert all(len(row["claims"]) <= 10 for row in rows)
