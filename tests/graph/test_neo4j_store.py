"""Behaviour of the server store only: its layout, redundant data, tampering by Cypher, concurrent writers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.connect import connect, create, upgrade
from graph.content_hash import content_hash
from graph.copying import copy
from graph.neo4j.schema import VERSION
from graph.port import ClaimQuery, EntityQuery, GraphStore
from ontology.errors import (
    InvalidRecordError,
    NotFoundError,
    OntologyError,
    StoreCorruptError,
    StoreError,
    StoreVersionError,
)
from ontology.generated.neo4j import STATEMENTS
from ontology.generated.vocabulary import VOCABULARY as OURS
from ontology.records import Batch, Vector
from ontology.vocabulary import Kind, Predicate, Vocabulary
from tests.claims import Said
from tests.graph.samples import (
    DAY,
    VOCABULARY,
    batch,
    claim_of,
    document,
    entity,
    entry,
    evidence,
    instant,
    judged,
    named,
    supplies,
)
from tests.neo4j_server import Endpoint


@pytest.fixture
def store(neo4j_endpoint: Endpoint) -> Iterator[GraphStore]:
    opened = create(neo4j_endpoint.address, vocabulary=VOCABULARY)
    yield opened
    opened.close()


def full_batch() -> Batch:
    """A batch with one value of everything that the content hash covers."""
    quoted = evidence("7", of=document("another file", name="other"), quote="another quotation")
    statement = Said(
        entity("org:a").id,
        "SUPPLIES",
        entity("org:b").id,
        qualifiers={"product": "prd:x", "share": 0.5, "tier": 2, "essential": True},
        valid_from="2024-01-01T00:00:00Z",
        valid_to="2025-01-01T00:00:00Z",
    )
    claims = (
        claim_of(statement, cites=(evidence(), quoted), confidence=0.9),
        claim_of(Said(entity("org:a").id, "HEADCOUNT", value=250)),
        claim_of(replace(named("org:a", "Alpha Ltd"), qualifiers={"kind": "alias"})),
        claim_of(Said(entity("per:p").id, "OWNS", entity("org:a").id, qualifiers={"percentage": 51.0})),
    )
    return replace(batch(entry(*claims), cites=(quoted,)), judgements=(judged("org:a", "org:b", "different"),))


ALTERATIONS = {
    "claim statement": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.statement = 'x'",
    "claim id": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.id = 'clm:other'",
    "claim source": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.source = 'x'",
    "claim record": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.record = 'x'",
    "claim place": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.place = 'x'",
    "claim predicate": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.predicate = 'REVENUE'",
    "relation's predicate": "MATCH (c:Claim {predicate: 'SUPPLIES'}) SET c.predicate = 'OWNS'",
    "claim value": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.value = 251",
    "claim value gone": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) REMOVE c.value",
    "claim value beside object": "MATCH (c:Claim {predicate: 'SUPPLIES'}) SET c.value = 1",
    "searchable value": "MATCH (c:Claim {predicate: 'NAMED'}) SET c.value = 'Alpha Inc'",
    "claim qualifiers": """MATCH (c:Claim {predicate: 'NAMED'}) SET c.qualifiers = '{"kind":"primary"}'""",
    "relation's qualifiers": """MATCH (c:Claim {predicate: 'SUPPLIES'}) SET c.qualifiers = '{"tier":3}'""",
    "claim valid from": "MATCH (c:Claim {predicate: 'SUPPLIES'}) SET c.validFrom = '2023-01-01T00:00:00Z'",
    "claim valid to": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.validTo = '2023-01-01T00:00:00Z'",
    "claim basis": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.basis = 'inferred'",
    "claim review": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.review = 'proposed'",
    "claim confidence": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.confidence = 0.1",
    "claim closed": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) SET c.supersededAt = c.recordedAt",
    "relation's record time": "MATCH (c:Claim {predicate: 'SUPPLIES'}) SET c.recordedAt = '2025-01-01'",
    "claim gone": "MATCH (c:Claim {predicate: 'HEADCOUNT'}) DETACH DELETE c",
    "subject": "MATCH (c:Claim {predicate: 'HEADCOUNT'})-[r:ABOUT]->(), (n:Entity {id: 'org:b'}) DELETE r"
    " CREATE (c)-[:ABOUT]->(n)",
    "subject gone": "MATCH (c:Claim {predicate: 'HEADCOUNT'})-[r:ABOUT]->() DELETE r",
    "second subject": "MATCH (c:Claim {predicate: 'HEADCOUNT'}), (n:Entity {id: 'org:b'}) CREATE (c)-[:ABOUT]->(n)",
    "object": "MATCH (c:Claim {predicate: 'OWNS'})-[r:POINTS_AT]->(), (n:Entity {id: 'org:b'}) DELETE r"
    " CREATE (c)-[:POINTS_AT]->(n)",
    "object gone": "MATCH (:Claim {predicate: 'OWNS'})-[r:POINTS_AT]->() DELETE r",
    "citation gone": "MATCH (:Claim {predicate: 'HEADCOUNT'})-[r:EVIDENCED_BY]->() DELETE r",
    "another citation": "MATCH (c:Claim {predicate: 'HEADCOUNT'}), (e:Evidence) CREATE (c)-[:EVIDENCED_BY]->(e)",
    "native gone": "MATCH ()-[r:SUPPLIES]->() DELETE r",
    "native stray": "MATCH (a:Entity {id: 'org:b'}), (b:Entity {id: 'org:a'}) CREATE (a)-[:SUPPLIES]->(b)",
    "native doubled": "MATCH (a)-[r:SUPPLIES]->(b) CREATE (a)-[s:SUPPLIES]->(b) SET s = properties(r)",
    "native end": "MATCH (a)-[r:OWNS]->(), (b:Entity {id: 'org:b'}) CREATE (a)-[s:OWNS]->(b)"
    " SET s = properties(r) DELETE r",
    "native type": "MATCH (a)-[r:SUPPLIES]->(b) CREATE (a)-[s:OWNS]->(b) SET s = properties(r) DELETE r",
    "native claim id": "MATCH ()-[r:SUPPLIES]->() SET r.claimId = 'clm:other'",
    "native valid from": "MATCH ()-[r:SUPPLIES]->() SET r.validFrom = '2023-01-01T00:00:00Z'",
    "native valid to": "MATCH ()-[r:OWNS]->() SET r.validTo = '2023-01-01T00:00:00Z'",
    "native basis": "MATCH ()-[r:SUPPLIES]->() SET r.basis = 'inferred'",
    "native confidence": "MATCH ()-[r:SUPPLIES]->() SET r.confidence = 1.0",
    "native record time": "MATCH ()-[r:SUPPLIES]->() SET r.recordedAt = '2025-01-01T00:00:00.000000Z'",
    "native closed": "MATCH ()-[r:SUPPLIES]->() SET r.supersededAt = r.recordedAt",
    "native qualifier": "MATCH ()-[r:SUPPLIES]->() SET r.share = 0.6",
    "native qualifier gone": "MATCH ()-[r:SUPPLIES]->() REMOVE r.tier",
    "native qualifier added": "MATCH ()-[r:OWNS]->() SET r.control = 'sole'",
    "entity id": "MATCH (n:Entity {id: 'per:p'}) SET n.id = 'per:q'",
    "entity label": "MATCH (n:Entity {id: 'per:p'}) REMOVE n:Person SET n:Product",
    "entity label gone": "MATCH (n:Entity {id: 'per:p'}) REMOVE n:Person",
    "entity label added": "MATCH (n:Entity {id: 'per:p'}) SET n:Product",
    "entity gone": "MATCH (n:Entity {id: 'per:p'}) DETACH DELETE n",
    "evidence id": "MATCH (e:Evidence) WITH e LIMIT 1 SET e.id = 'evd:other'",
    "evidence locator": "MATCH (e:Evidence) WITH e LIMIT 1 SET e.locator = '{}'",
    "evidence quote": "MATCH (e:Evidence) WITH e LIMIT 1 SET e.quote = 'x'",
    "evidence quote hash": "MATCH (e:Evidence) WITH e LIMIT 1 SET e.quoteSha256 = 'x'",
    "evidence's source": "MATCH (e:Evidence)-[r:DERIVED_FROM]->(s), (o:Document) WHERE o <> s WITH * LIMIT 1 DELETE r"
    " CREATE (e)-[:DERIVED_FROM]->(o)",
    "evidence's source gone": "MATCH (:Evidence)-[r:DERIVED_FROM]->() WITH r LIMIT 1 DELETE r",
    "source id": "MATCH (s:Document {name: 'demo'}) SET s.id = 'src:other'",
    "source name": "MATCH (s:Document {name: 'demo'}) SET s.name = 'x'",
    "source hash": "MATCH (s:Document {name: 'demo'}) SET s.sha256 = 'x'",
    "source uri": "MATCH (s:Document {name: 'demo'}) SET s.uri = 'x'",
    "source media type": "MATCH (s:Document {name: 'demo'}) SET s.mediaType = 'x'",
    "source licence": "MATCH (s:Document {name: 'demo'}) SET s.licence = 'x'",
    "source publisher": "MATCH (s:Document {name: 'demo'}) SET s.publisher = 'x'",
    "judgement id": "MATCH (j:Judgement) SET j.id = 'jdg:other'",
    "judgement verdict": "MATCH (j:Judgement) SET j.verdict = 'same'",
    "judgement by": "MATCH (j:Judgement) SET j.by = 'x'",
    "judgement why": "MATCH (j:Judgement) SET j.why = 'x'",
    "judgement features": "MATCH (j:Judgement) SET j.features = '{}'",
    "judgement closed": "MATCH (j:Judgement) SET j.supersededAt = j.recordedAt",
    "judgement left": "MATCH (j:Judgement)-[r:LEFT]->(), (n:Entity {id: 'per:p'}) DELETE r CREATE (j)-[:LEFT]->(n)",
    "judgement right gone": "MATCH (j:Judgement)-[r:RIGHT]->() DELETE r",
    "word": "MATCH (w:Word {text: 'alpha'}) SET w.text = 'beta'",
    "word link": "MATCH ()-[r:SAYS]->(:Word {text: 'alpha'}) DELETE r",
}


def hash_or_corrupt(store: GraphStore) -> str:
    try:
        return content_hash(store)
    except StoreCorruptError as error:
        return f"corrupt; {error.fix}"


def test_any_altered_value_changes_the_hash_or_is_refused(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(full_batch())
    right = content_hash(store)
    with neo4j_endpoint.driver() as driver, driver.session() as session:
        unnoticed = []
        for name, query in ALTERATIONS.items():
            with session.begin_transaction() as transaction:
                assert transaction.run(query).consume().counters.contains_updates, name
                transaction.commit()
            if hash_or_corrupt(store) == right:
                unnoticed.append(name)
            session.run("MATCH (n) DETACH DELETE n").consume()
            again = create(neo4j_endpoint.address, vocabulary=VOCABULARY)
            again.apply(full_batch())
            again.close()
    assert unnoticed == []
    assert content_hash(store) == right


def test_recorded_times_of_values_are_not_in_the_hash(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(full_batch())
    right = content_hash(store)
    neo4j_endpoint.run("MATCH (s:Document) SET s.retrievedAt = 'another time'")
    assert content_hash(store) == right


def test_plain_cypher_walks_native_relationships(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(full_batch())
    walked = neo4j_endpoint.run(
        "MATCH (p:Person)-[o:OWNS]->(a:Organization)-[s:SUPPLIES]->(b:Organization)"
        " RETURN p.id AS p, o.percentage AS percentage, a.id AS a, properties(s) AS s, b.id AS b"
    )
    (claim,) = store.claims(ClaimQuery(predicates=("SUPPLIES",)))
    assert walked == [
        {
            "p": "per:p",
            "percentage": 51.0,
            "a": "org:a",
            "b": "org:b",
            "s": {
                "claimId": claim.claim.id,
                "product": "prd:x",
                "share": 0.5,
                "tier": 2,
                "essential": True,
                "validFrom": "2024-01-01T00:00:00Z",
                "validTo": "2025-01-01T00:00:00Z",
                "basis": "observed",
                "confidence": 0.9,
                "recordedAt": DAY,
            },
        }
    ]


def test_provenance_is_walked_from_claim_to_document(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(full_batch())
    cited = neo4j_endpoint.run(
        "MATCH (:Entity {id: 'org:a'})<-[:ABOUT]-(c:Claim {predicate: 'SUPPLIES'})-[:POINTS_AT]->(b),"
        " (c)-[:EVIDENCED_BY]->(e:Evidence)-[:DERIVED_FROM]->(s:Document)"
        " RETURN b.id AS b, e.quote AS quote, s.name AS source ORDER BY source"
    )
    assert cited == [
        {"b": "org:b", "quote": "as quoted", "source": "demo"},
        {"b": "org:b", "quote": "another quotation", "source": "other"},
    ]


def test_closing_a_claim_closes_its_native_relationship(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(batch(entry(claim_of(supplies("org:a", "org:b", tier=1)))))
    store.apply(batch(entry(claim_of(supplies("org:a", "org:b", tier=2))), at=instant(5)))
    versions = neo4j_endpoint.run(
        "MATCH (:Entity {id: 'org:a'})-[s:SUPPLIES]->(:Entity {id: 'org:b'}) MATCH (c:Claim {id: s.claimId})"
        " RETURN s.tier AS tier, s.supersededAt AS closed, c.supersededAt AS claim ORDER BY tier"
    )
    assert versions == [
        {"tier": 1, "closed": instant(5), "claim": instant(5)},
        {"tier": 2, "closed": None, "claim": None},
    ]


def test_closing_needs_the_native_relationship(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(batch(entry(claim_of(supplies("org:a", "org:b")))))
    neo4j_endpoint.run("MATCH ()-[s:SUPPLIES]->() DELETE s")
    with pytest.raises(StoreCorruptError, match="native"):
        store.apply(batch(gone=[("demo", "r1")], at=instant(1)))
    assert [stored.superseded_at for stored in store.claims(ClaimQuery())] == [None]


def test_two_writers_come_one_after_the_other(store: GraphStore, neo4j_endpoint: Endpoint):
    other = create(neo4j_endpoint.address, vocabulary=VOCABULARY)

    def write(number: int) -> int:
        claim = claim_of(supplies("org:a", f"org:n{number}"), f"r{number}")
        return (store if number % 2 else other).apply(batch(entry(claim))).revision

    with ThreadPoolExecutor(8) as threads:
        revisions = sorted(threads.map(write, range(24)))
    other.close()
    assert revisions == list(range(1, 25))
    assert [change.revision for change in store.changes(0)] == revisions
    instants = [stored.recorded_at for stored in store.claims(ClaimQuery())]
    assert len(set(instants)) == 24
    assert store.status().recorded_at == max(instants)


def test_the_same_batch_from_two_writers_opens_its_claims_once(store: GraphStore, neo4j_endpoint: Endpoint):
    other = create(neo4j_endpoint.address, vocabulary=VOCABULARY)
    with ThreadPoolExecutor(2) as threads:
        applied = list(threads.map(lambda each: each.apply(full_batch()), (store, other)))
    other.close()
    assert sorted(each.opened for each in applied) == [0, 5]
    assert store.status().counts["versions"] == 4


def test_a_stream_sees_the_moment_at_which_it_began(store: GraphStore):
    store.apply(full_batch())
    right = content_hash(store)
    stream = iter(store.rows())
    first = next(stream)
    store.apply(batch(gone=[("demo", "r1")], at=instant(9)))
    seen = [first, *stream]

    class Seen:
        def rows(self, *, history: bool = False) -> object:
            return iter(seen)

    assert content_hash(Seen()) == right  # type: ignore[arg-type]


def test_very_long_words_and_records_fit_the_indexes(store: GraphStore):
    word, record = "x" * 40_000, "r" * 40_000
    store.apply(batch(entry(claim_of(named("org:a", f"{word} ltd"), record))))
    assert [found.id for found in store.entities(EntityQuery(words=(word, "ltd")))] == ["org:a"]
    assert store.entities(EntityQuery(words=(word + "x",))) == []
    assert len(store.claims(ClaimQuery(records=(("demo", record),)))) == 1


def test_an_integer_beyond_the_server_is_refused(store: GraphStore):
    statement = Said(entity("org:a").id, "HEADCOUNT", value=1)
    claim = replace(claim_of(statement), value=2**70)
    with pytest.raises(InvalidRecordError, match="cannot hold a value"):
        store.apply(batch(entry(claim)))
    assert store.status().revision == 0


def test_there_is_no_store_in_an_empty_database(neo4j_endpoint: Endpoint):
    with pytest.raises(NotFoundError) as caught:
        connect(neo4j_endpoint.address, vocabulary=VOCABULARY)
    assert caught.value.fix


def test_a_store_of_another_layout_is_refused(store: GraphStore, neo4j_endpoint: Endpoint):
    neo4j_endpoint.run("MATCH (s:Store) SET s.schema = 99")
    with pytest.raises(StoreVersionError) as caught:
        connect(neo4j_endpoint.address, vocabulary=VOCABULARY)
    assert "newer" in caught.value.fix
    with pytest.raises(StoreVersionError):
        upgrade(neo4j_endpoint.address)


def test_the_generated_constraints_come_with_the_products_vocabulary(neo4j_endpoint: Endpoint):
    create(neo4j_endpoint.address, vocabulary=OURS).close()
    rows = neo4j_endpoint.run("SHOW INDEXES YIELD name, state, labelsOrTypes RETURN name, state, labelsOrTypes AS of")
    online = {row["name"] for row in rows if row["state"] == "ONLINE"}
    assert {statement.split()[2] for statement in STATEMENTS} <= online
    assert ["Organization"] in [row["of"] for row in rows]
    assert ["SUPPLIES"] in [row["of"] for row in rows]


def test_there_is_nothing_to_upgrade(store: GraphStore, neo4j_endpoint: Endpoint):
    assert upgrade(neo4j_endpoint.address) == (VERSION, VERSION)


def test_a_database_with_other_data_is_not_laid_out(neo4j_endpoint: Endpoint):
    neo4j_endpoint.run("CREATE (:Precious)")
    with pytest.raises(StoreError, match="another program"):
        create(neo4j_endpoint.address, vocabulary=VOCABULARY)
    assert neo4j_endpoint.run("MATCH (n) RETURN labels(n) AS labels") == [{"labels": ["Precious"]}]


def test_a_copy_that_was_cut_off_is_refused_and_begun_anew(store: GraphStore, neo4j_endpoint: Endpoint):
    store.apply(full_batch())
    right = content_hash(store)
    neo4j_endpoint.run("MATCH (s:Store) SET s.filling = true")
    with pytest.raises(StoreError, match="was interrupted"):
        connect(neo4j_endpoint.address, vocabulary=VOCABULARY)
    again = create(neo4j_endpoint.address, vocabulary=VOCABULARY)
    assert again.status().counts["versions"] == 0
    again.apply(full_batch())
    assert content_hash(again) == right
    again.close()


def test_vectors_are_copied(store: GraphStore, tmp_path):
    store.apply(replace(full_batch(), vectors=(Vector("model", entity("org:a").id, b"\0\0\x80\x3f" * 3),)))
    file = create(f"sqlite:///{tmp_path}/copy.db", vocabulary=VOCABULARY)
    copy(store, file)
    assert content_hash(file, history=True) == content_hash(store, history=True)
    ids, matrix = file.vectors("model")
    assert (ids, matrix.tolist()) == (["org:a"], [[1.0, 1.0, 1.0]])
    file.close()


@pytest.mark.parametrize("name", ["Claim", "not plain", "back`tick", "1st", "Ünicode", ""])
def test_a_kind_with_a_name_unfit_for_query_text_is_refused(name: str, neo4j_endpoint: Endpoint):
    vocabulary = Vocabulary("test", {name: Kind(name, "x")}, {})
    with pytest.raises(OntologyError):
        create(neo4j_endpoint.address, vocabulary=vocabulary)


@pytest.mark.parametrize(
    "predicate",
    [
        Predicate("ABOUT", ("Organization",), ("Organization",)),
        Predicate("A]->() DETACH DELETE n //", ("Organization",), ("Organization",)),
        Predicate("FINE", ("Organization",), ("Organization",), qualifiers={"claimId": "string"}),
        Predicate("FINE", ("Organization",), ("Organization",), qualifiers={"a: 1, b": "string"}),
    ],
)
def test_a_predicate_with_a_name_unfit_for_query_text_is_refused(predicate: Predicate, neo4j_endpoint: Endpoint):
    vocabulary = Vocabulary("test", VOCABULARY.kinds, {predicate.name: predicate})
    with pytest.raises(OntologyError):
        create(neo4j_endpoint.address, vocabulary=vocabulary)
