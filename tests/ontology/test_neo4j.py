"""Neo4j layout of the vocabulary: on a real server the constraints hold, and each audit finds its violation."""

import re

import pytest

from graph.connect import StoreOptions, create
from graph.port import GraphStore
from ontology.generated.neo4j import AUDITS, STATEMENTS
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import Batch, Document, DocumentId, Entity, EntityId, Entry, Evidence, EvidenceId, LedgerKey
from tests.claims import Said, Saying, make_claim
from tests.neo4j_server import Endpoint

BY_NAME = {audit.name: audit for audit in AUDITS}
SUPPLIER, BUYER, LAND = EntityId("org:lei-A"), EntityId("org:lei-B"), EntityId("reg:iso3166-CI")
CITED = Evidence(EvidenceId("evd:1"), DocumentId("src:1"), "{}", "0" * 64)
CONTENTS = (
    Said(SUPPLIER, "SUPPLIES", object=BUYER, qualifiers={"shareOfSupply": 0.5, "leadTimeDays": 3, "essential": True}),
    Said(SUPPLIER, "IN_COUNTRY", object=LAND),
    Said(SUPPLIER, "NAMED", value="Acme", qualifiers={"kind": "primary"}),
    Said(SUPPLIER, "HEADCOUNT", value=12),
    Said(SUPPLIER, "REVENUE", value=1.5, qualifiers={"currency": "EUR"}, valid_from="2024-01-01T00:00:00Z"),
    Said(BUYER, "REVENUE", value=2),
)

# audit, what breaks it
BREAKS = [
    ("entity.kind", "CREATE (:Entity {id: 'org:x'})"),
    ("entity.id", "CREATE (:Entity:Region {id: 'org:x'})"),
    ("claim.subject", "MATCH (:Claim {predicate: 'HEADCOUNT'})-[r:ABOUT]->() DELETE r"),
    ("claim.evidence", "MATCH (:Claim {predicate: 'HEADCOUNT'})-[r:EVIDENCED_BY]->() DELETE r"),
    ("claim.predicate", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.predicate = 'HEAD_COUNT'"),
    ("claim.basis", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.basis = 'guessed'"),
    ("claim.review", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.review = 'maybe'"),
    ("claim.confidence", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.confidence = 1.5"),
    ("claim.validity", "MATCH (c:Claim) WHERE c.validFrom IS NOT NULL SET c.validTo = c.validFrom"),
    ("claim.recording", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.supersededAt = c.recordedAt"),
    ("evidence.source", "MATCH (:Evidence)-[r:DERIVED_FROM]->() DELETE r"),
    ("value.integer", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.value = 'twelve'"),
    ("value.string", "MATCH (c:Claim {predicate: 'NAMED'}) SET c.value = NULL"),
    ("value.subject", "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.predicate = 'LIKELIHOOD'"),
    ("SUPPLIES.ends", "MATCH (a:Region) MATCH (b:Organization) CREATE (a)-[:SUPPLIES {claimId: 'x'}]->(b)"),
    ("SUPPLIES.claim", "MATCH ()-[r:SUPPLIES]->() SET r.claimId = 'x'"),
    ("SUPPLIES.claim", "MATCH ()-[r:SUPPLIES]->() SET r.supersededAt = r.recordedAt"),
    ("SUPPLIES.qualifiers", "MATCH ()-[r:SUPPLIES]->() SET r.essential = 'yes'"),
    ("SUPPLIES.qualifiers", "MATCH ()-[r:SUPPLIES]->() SET r.leadTimeDays = 1.5"),
    ("SUPPLIES.qualifiers", "MATCH ()-[r:SUPPLIES]->() SET r.shareOfSupply = 1.5"),
    ("SUPPLIES.qualifiers", "MATCH ()-[r:SUPPLIES]->() SET r.leadTimeDays = -1"),
]


def test_names_are_unique_and_plain():
    made = [re.search(r"(?:CONSTRAINT|INDEX) (\w+) IF NOT EXISTS", statement) for statement in STATEMENTS]
    names = [found[1] for found in made if found]
    assert len(set(names)) == len(STATEMENTS)
    assert len(BY_NAME) == len(AUDITS)


def test_each_kind_is_unique_and_each_relation_found_by_its_claim():
    text = "\n".join(STATEMENTS)
    assert all(f"FOR (n:{kind}) REQUIRE n.id IS UNIQUE" in text for kind in VOCABULARY.kinds)
    relations = [name for name, predicate in VOCABULARY.predicates.items() if predicate.objects]
    assert all(f"()-[r:{name}]-() ON (r.claimId)" in text for name in relations)
    assert len(STATEMENTS) == len(VOCABULARY.kinds) + len(relations)


def test_each_predicate_and_bound_is_audited():
    for name, predicate in VOCABULARY.predicates.items():
        if predicate.objects:
            assert {f"{name}.ends", f"{name}.claim"} <= set(BY_NAME)
            assert (f"{name}.qualifiers" in BY_NAME) == bool(predicate.qualifiers)
        else:
            assert f"'{name}'" in BY_NAME[f"value.{predicate.value}"].query
    assert "(r.percentage < 0) OR (r.percentage > 100)" in BY_NAME["OWNS.qualifiers"].query
    assert all(audit.query.startswith("MATCH ") and " SET " not in audit.query for audit in AUDITS)


@pytest.fixture
def endpoint(neo4j_endpoint: Endpoint) -> Endpoint:
    """A server with a valid store under the generated constraints."""
    options = StoreOptions(user=neo4j_endpoint.user or "", password=neo4j_endpoint.password or "")
    store = create(neo4j_endpoint.address, vocabulary=VOCABULARY, options=options)
    try:
        _declare(neo4j_endpoint)
        _declare(neo4j_endpoint)
        _fill(store)
    finally:
        store.close()
    return neo4j_endpoint


def _declare(endpoint: Endpoint) -> None:
    with endpoint.driver() as driver, driver.session() as session, session.begin_transaction() as declaring:
        for statement in STATEMENTS:
            declaring.run(statement).consume()
        declaring.commit()


def _fill(store: GraphStore) -> None:
    key = LedgerKey("test", "1", "d", "m", "o")
    claims = tuple(make_claim(each, Saying("test", "1", (CITED.id,))) for each in CONTENTS)
    entities = (Entity(SUPPLIER, "Organization"), Entity(BUYER, "Organization"), Entity(LAND, "Region"))
    source = Document(DocumentId("src:1"), "test", "1", "u", "text/csv", "CC0", "p", "2026-01-01T00:00:00.000000Z")
    at = "2026-01-01T00:00:00.000000Z"
    store.apply(Batch(at, entities=entities, documents=(source,), evidence=(CITED,), entries=(Entry(key, claims),)))


def found_by_all(endpoint: Endpoint) -> list[str]:
    with endpoint.driver() as driver, driver.session() as session:
        return [audit.name for audit in AUDITS if session.run(audit.query).data()]


def test_audits_find_nothing_in_a_sound_store_and_each_what_it_is_for(endpoint: Endpoint):
    assert found_by_all(endpoint) == []
    with endpoint.driver() as driver, driver.session() as session:
        for name, change in BREAKS:
            broken = session.begin_transaction()
            broken.run(change).consume()
            rows = broken.run(BY_NAME[name].query).data()
            broken.rollback()
            assert rows, name
            assert all(row["id"] and row["why"] == name for row in rows)
