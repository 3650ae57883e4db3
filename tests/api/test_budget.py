"""A query costs as many store calls for fifty rows as for two."""

import pytest

from api.graphql.execution import GraphQLService
from graph.connect import create
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from reasoning.service.service import ReasoningService
from tests.api.counting import CountingStore
from tests.api.small_world import BUYER, CLOCK, Teller, data

MANY = 50

EVERYTHING = """
query Everything($n: Int!) {
  organizations(first: $n) {
    totalCount
    edges { node {
      name description names { value } identifiers { value } headcount sanctions { listing } members tier
      country { name }
      claims(first: 2) { totalCount edges { node { subject { name } object { name } evidence { quote } } } }
      mentions(first: 2) { edges { node { id subject { name } } } }
      evidence(first: 2) { totalCount edges { node { quote } } }
      suppliers(first: 2) { edges { node { name ... on Organization { headcount } }
                                    claims(first: 2) { evidence { quote } } } }
      sites(first: 2) { edges { node { address country { name } operators(first: 2) { edges { node { name } } } } } }
      certifications(first: 2) { edges { node { scheme validTo holder { name } } } }
      contracts(first: 2) { edges { node { title
        versions(first: 1) { edges { node { versionNo
          clauses(first: 2) { edges { node { text types(first: 1) { edges { node { name } } }
            norms(first: 1) { edges { node { action owedBy(first: 1) { edges { node { name } } } } } } } } } } } }
      } } }
      findings { text subject { name } claims { id } evidence { quote } }
    } }
  }
}
"""

CONCLUSIONS = """
query Conclusions($n: Int!) {
  exposures(first: $n, paths: 3) { edges { node {
    score supplier { name } paths { entities { name } hops { claims { evidence { quote } } } }
    byCategory { category { name } ownRisk { risk { name } place { name } claims { id } } } } } }
  recommendations(first: $n) { edges { node { clauseType { name } claims { id } evidence { quote } } } }
  findings(first: $n) { edges { node { subject { name } related { name } claims { id } evidence { quote } } } }
  conflicts(first: $n) { edges { node { subject { name } sides { claims { id } } } } }
}
"""

ANALYSES = """
query Analyses($n: Int!) {
  singlePointsOfFailure(first: $n) {
    complete edges { node { entity { name } chain { name } claims { evidence { quote } } } }
    pairs(first: $n) { edges { node { entities { name } stops { name } claims { id } evidence { quote } } } } }
  concentration(first: $n) { edges { node { customer { name } holders { entity { name } } evidence { quote } } } }
  series(dates: ["2025-01-01", "2026-01-01"]) { points { score byCategory { category { name } } }
    changes(first: $n) { edges { node { supplier { name } began { id evidence { quote } } ended { id } } } }
    alerts(first: $n) { edges { node { entity { name } way { name } claims { id } evidence { quote } } } } }
}
"""

MEASURES = """
query Measures($n: Int!) {
  disruption { firms(first: $n) { edges { node { firm { name } claims(first: 2) { evidence { quote } } } } } }
  productionLosses(first: $n) { edges { node { entity { name } stopped { firm { name } } chain { source { name }
    hops { customer { name } contributions { supplier { name } claims { id } evidence { quote } } } } } } }
  systemic(first: $n) { edges { node { firm { name } losses { firm { name } } claims(first: 2) { id } } } }
  inoperability(by: "supplier") { stops(first: $n) { edges { node { entity { name } parts { key } } } }
    flows(first: $n) { edges { node { claims(first: 2) { id } } } } }
}
"""

GROWING = ("2025-06-01T00:00:00Z", None)


def wide_world(width: int) -> Teller:
    """As many suppliers, each with one of everything."""
    tell = Teller()
    tell.firm("buyer", "Buyer", "DE")
    tell.say("clt:tierscope-audit-rights", "NAMED", "audit rights", kind="primary")
    tell.say("clt:tierscope-audit-rights", "MITIGATES", "rct:tierscope-social", effect=0.5)
    tell.say("rct:tierscope-social", "NAMED", "social", kind="primary")
    for number in range(width):
        firm = tell.firm(f"s{number:03}", f"Supplier {number}", "CI")
        deep = tell.firm(f"d{number:03}", f"Deep {number}")
        # Of every three suppliers one is the only source of a product, and two share one.
        product = f"prd:w-{number - (number % 3 == 2)}"
        spend = 10.0 + number
        tell.say(
            firm, "SUPPLIES", BUYER, annualSpend=spend, currency="EUR", product=product, essential=True, valid=GROWING
        )
        tell.say(deep, "SUPPLIES", firm, annualSpend=5.0, currency="EUR")
        tell.say(firm, "HEADCOUNT", 10 + number)
        tell.say(firm, "HEADCOUNT", 20 + number, source="register")
        _belongings(tell, firm, f"{number:03}")
    return tell


def _belongings(tell: Teller, firm: str, key: str) -> None:
    tell.say(firm, "OPERATES", f"sit:w-{key}")
    tell.say(f"sit:w-{key}", "ADDRESS", f"{key} Quay")
    tell.say(f"sit:w-{key}", "IN_COUNTRY", "reg:iso3166-CI")
    tell.say(f"crt:w-{key}", "HELD_BY", firm)
    tell.say(f"crt:w-{key}", "SCHEME", "ISO 9001")
    tell.say(firm, "PARTY_TO", f"ctr:w-{key}", role="supplier")
    tell.say(f"ctr:w-{key}", "TITLE", f"Agreement {key}")
    tell.say(f"ctr:w-{key}", "HAS_VERSION", f"ctv:w-{key}")
    tell.say(f"ctv:w-{key}", "VERSION_NO", 1)
    tell.say(f"ctv:w-{key}", "CONTAINS", f"cls:w-{key}", ordinal=1)
    tell.say(f"cls:w-{key}", "TEXT", "On time.")
    tell.say(f"cls:w-{key}", "OF_TYPE", "clt:tierscope-audit-rights")
    tell.say(f"cls:w-{key}", "EXPRESSES", f"obl:w-{key}", start=0, end=3)
    tell.say(f"obl:w-{key}", "ACTION", "deliver")
    tell.say(f"obl:w-{key}", "OWED_BY", firm)
    tell.say(f"rsk:w-{key}", "AFFECTS", firm)
    tell.say(f"rsk:w-{key}", "IN_CATEGORY", "rct:tierscope-social")
    tell.say(f"rsk:w-{key}", "LIKELIHOOD", 0.9)
    tell.say(f"rsk:w-{key}", "SEVERITY", 1.0)


@pytest.fixture(scope="module")
def wide_store(tmp_path_factory: pytest.TempPathFactory):
    store: GraphStore = create(f"sqlite:///{tmp_path_factory.mktemp('wide') / 'w.db'}", vocabulary=VOCABULARY)
    store.apply(wide_world(MANY).batch())
    yield store
    store.close()


def calls_for(store: GraphStore, query: str, rows: int) -> tuple[dict[str, int], int]:
    """Store calls by name of a query that begins with nothing kept, and how long its answer is."""
    counting = CountingStore(store)
    desk = GraphQLService(counting, ReasoningService(counting), lambda: CLOCK, BUYER)
    answer = data(desk, query, n=rows)
    return dict(counting.calls), len(str(answer))


@pytest.mark.parametrize(("query", "most"), [(EVERYTHING, 20), (CONCLUSIONS, 12), (ANALYSES, 14), (MEASURES, 10)])
def test_calls_do_not_grow_with_rows(wide_store: GraphStore, query: str, most: int):
    few, short = calls_for(wide_store, query, 3)
    many, long = calls_for(wide_store, query, MANY)
    assert long > 5 * short
    assert many == few
    assert many["claims"] <= most, "the service reads columns, once a predicate"


@pytest.mark.parametrize("fields", ["id", "id kind", "id members"])
def test_what_is_not_asked_is_not_read(wide_store: GraphStore, fields: str):
    calls, _ = calls_for(
        wide_store, "query Q($n: Int!) { organizations(first: $n) { edges { node { " + fields + " } } } }", 9
    )
    assert calls == {"status": 1, "judgements": 1, "entities": 1}


def test_the_total_is_counted_only_when_asked_for(wide_store: GraphStore):
    query = "query Q($n: Int!) { organizations(first: $n) { totalCount edges { node { id } } } }"
    calls, _ = calls_for(wide_store, query, 9)
    assert calls == {"status": 1, "judgements": 1, "entities": 2}


def test_several_fields_of_a_kind_are_read_together(wide_store: GraphStore):
    query = "query Q($n: Int!) { organizations(first: $n) { edges { node { name headcount names { value } } } } }"
    calls, _ = calls_for(wide_store, query, 9)
    assert calls == {"status": 1, "judgements": 1, "entities": 1, "claims": 1}
