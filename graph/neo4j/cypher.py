"""Every Cypher query of the server store. Values are always parameters; names come from `Names`, the vocabulary.

A query starts at its anchor, which is an index look-up. It matches the two ends of a relationship in two clauses. A
query that writes counts its rows, so that a missing end is noticed.
"""

from collections.abc import Mapping
from typing import LiteralString

from graph.neo4j.schema import NATIVE, Names

# ------------------------------------------------------------------------------------------------------------ writing

LOCK: LiteralString = "MATCH (store:Store) SET store.lock = true"
STATE: LiteralString = "MATCH (store:Store) RETURN store.revision, store.recordedAt, store.schema, store.filling"
NOTE_INSTANT: LiteralString = "MATCH (store:Store) SET store.recordedAt = $instant"
NOTE_REVISION: LiteralString = """
MATCH (store:Store) SET store.revision = $number
CREATE (:Revision {number: $number, recordedAt: $instant, closed: $closed, opened: $opened})"""
SET_FILLING: LiteralString = "MATCH (store:Store) SET store.filling = $filling"

KNOWN_ENTITIES: LiteralString = "UNWIND $ids AS id MATCH (entity:Entity {id: id}) RETURN entity.id"
KNOWN_DOCUMENTS: LiteralString = "UNWIND $ids AS id MATCH (source:Document {id: id}) RETURN source.id"
KNOWN_EVIDENCE: LiteralString = "UNWIND $ids AS id MATCH (evidence:Evidence {id: id}) RETURN evidence.id"
KNOWN_RECORDS: LiteralString = """
UNWIND $places AS place MATCH (record:Record {place: place})
RETURN record.place, record.digest, record.mapping, record.ontology, record.fault"""

CREATE_DOCUMENTS: LiteralString = """
UNWIND $rows AS row
CREATE (:Document {id: row.id, name: row.name, sha256: row.sha256, uri: row.uri, mediaType: row.media_type,
  licence: row.licence, publisher: row.publisher, retrievedAt: row.retrieved_at})"""
CREATE_EVIDENCE: LiteralString = """
MATCH (source:Document {id: $document})
UNWIND $rows AS row
CREATE (:Evidence {id: row.id, locator: row.locator, quoteSha256: row.quote_sha256, quote: row.quote})
  -[:DERIVED_FROM]->(source)
RETURN count(*)"""
MERGE_WORDS: LiteralString = "UNWIND $words AS text MERGE (:Word {text: text})"
CREATE_RECORDS: LiteralString = """
UNWIND $rows AS row
CREATE (:Record {place: row.place, source: row.source, record: row.record, digest: row.digest, mapping: row.mapping,
  ontology: row.ontology, fault: row.fault, recordedAt: row.recordedAt})"""
DELETE_RECORDS: LiteralString = "UNWIND $places AS place MATCH (record:Record {place: place}) DETACH DELETE record"
PUT_VECTORS: LiteralString = """
UNWIND $rows AS row
MATCH (entity:Entity {id: row.entity})
MERGE (vector:Vector {model: row.model, entity: row.entity})
SET vector.values = row.values, vector.bytes = row.bytes
RETURN count(*)"""
VECTOR_SIZES: LiteralString = """
UNWIND $models AS model
MATCH (vector:Vector) WHERE vector.model = model AND vector.entity > ''
WITH model, collect(DISTINCT vector.bytes) AS sizes WHERE size(sizes) > 1 RETURN model, size(sizes)"""

OPEN_CLAIMS_OF_RECORDS: LiteralString = """
UNWIND $places AS place
MATCH (claim:Claim {place: place}) USING INDEX claim:Claim(place) WHERE claim.supersededAt IS NULL
RETURN claim.id, claim.basis, claim.review, claim.confidence,
  COLLECT { MATCH (claim)-[:EVIDENCED_BY]->(evidence:Evidence) RETURN evidence.id }, claim.predicate"""
CLOSE_CLAIMS: LiteralString = """
UNWIND $ids AS id
MATCH (claim:Claim {id: id}) USING INDEX claim:Claim(id) WHERE claim.supersededAt IS NULL
SET claim.supersededAt = $instant
RETURN count(*)"""
CLOSE_JUDGEMENTS: LiteralString = """
UNWIND $ids AS id
MATCH (judgement:Judgement {id: id}) USING INDEX judgement:Judgement(id) WHERE judgement.supersededAt IS NULL
SET judgement.supersededAt = $instant
RETURN count(*)"""
CREATE_JUDGEMENTS: LiteralString = """
UNWIND $rows AS row
MATCH (left:Entity {id: row.left})
MATCH (right:Entity {id: row.right})
CREATE (judgement:Judgement {id: row.id, verdict: row.verdict, by: row.by, why: row.why, features: row.features,
  recordedAt: row.recordedAt, supersededAt: row.supersededAt})
CREATE (judgement)-[:LEFT]->(left)
CREATE (judgement)-[:RIGHT]->(right)
RETURN count(*)"""

_CREATE_CLAIM: LiteralString = """
CREATE (claim:Claim {id: row.id, statement: row.statement, place: row.place, source: row.source, record: row.record,
  predicate: row.predicate, value: row.value, qualifiers: row.qualifiers, validFrom: row.validFrom,
  validTo: row.validTo, basis: row.basis, review: row.review, confidence: row.confidence, recordedAt: row.recordedAt,
  supersededAt: row.supersededAt})
CREATE (claim)-[:ABOUT]->(subject)"""
_CITE: LiteralString = """
CALL (claim, row) {
  UNWIND row.evidence AS id
  MATCH (evidence:Evidence {id: id})
  CREATE (claim)-[:EVIDENCED_BY]->(evidence)
  RETURN count(*) AS cited
}
RETURN count(*), sum(cited)"""
CREATE_VALUED: LiteralString = f"""
UNWIND $rows AS row
MATCH (subject:Entity {{id: row.subject}})
{_CREATE_CLAIM}
WITH claim, row
{_CITE}"""
CREATE_SEARCHABLE: LiteralString = f"""
UNWIND $rows AS row
MATCH (subject:Entity {{id: row.subject}})
{_CREATE_CLAIM}
WITH claim, row
CALL (claim, row) {{
  UNWIND row.words AS text
  MATCH (word:Word {{text: text}})
  CREATE (claim)-[:SAYS]->(word)
}}
{_CITE}"""


def create_entities(names: Names, kind: str) -> LiteralString:
    """The query that creates the entities `$ids` of one kind."""
    return f"UNWIND $ids AS id CREATE (:Entity:{names.label(kind)} {{id: id}})"


def create_relations(names: Names, predicate: str) -> LiteralString:
    """The query that creates the claims `$rows` of one predicate, each with its native relationship."""
    return f"""
UNWIND $rows AS row
MATCH (subject:Entity {{id: row.subject}})
MATCH (object:Entity {{id: row.object}})
{_CREATE_CLAIM}
CREATE (claim)-[:POINTS_AT]->(object)
CREATE (subject)-[:{names.relation(predicate)} {{{_native(names, predicate)}}}]->(object)
WITH claim, row
{_CITE}"""


def close_relations(names: Names, predicate: str) -> LiteralString:
    """The query that closes the native relationships of the open claims `$ids`; it runs before they are closed."""
    return f"""
UNWIND $ids AS id
MATCH (claim:Claim {{id: id}}) USING INDEX claim:Claim(id) WHERE claim.supersededAt IS NULL
MATCH (claim)-[:ABOUT]->(subject:Entity)
MATCH (claim)-[:POINTS_AT]->(object:Entity)
CALL (id, subject, object) {{
  MATCH (subject)-[native:{names.relation(predicate)}]->(object)
  WHERE native.claimId = id AND native.supersededAt IS NULL
  SET native.supersededAt = $instant
  RETURN count(*) AS closed
}}
RETURN sum(closed)"""


def _native(names: Names, predicate: str) -> LiteralString:
    times = ("id", *NATIVE[1:])
    pairs = [f"{name}: row.{column}" for name, column in zip(NATIVE, times, strict=True)]
    pairs += [f"{name}: row.carried.{name}" for name in names.qualifiers(predicate)]
    return ", ".join(pairs)


# ------------------------------------------------------------------------------------------------------------ reading

_KNOWN: LiteralString = (
    "($knownAt IS NULL AND claim.supersededAt IS NULL OR claim.recordedAt <= $knownAt"
    " AND (claim.supersededAt IS NULL OR claim.supersededAt > $knownAt))"
)
_VALID: LiteralString = (
    "($asOf IS NULL OR (claim.validFrom IS NULL OR claim.validFrom <= $asOf)"
    " AND (claim.validTo IS NULL OR claim.validTo > $asOf))"
)
_EVIDENCE: LiteralString = "COLLECT { MATCH (claim)-[:EVIDENCED_BY]->(evidence:Evidence) RETURN evidence.id }"

STATUS: LiteralString = """
MATCH (store:Store)
RETURN store.schema, store.revision, store.recordedAt,
  COUNT { MATCH (:Entity) }, COUNT { MATCH (claim:Claim) WHERE claim.supersededAt IS NULL }, COUNT { MATCH (:Claim) },
  COUNT { MATCH (:Evidence) }, COUNT { MATCH (:Document) },
  COUNT { MATCH (judgement:Judgement) WHERE judgement.supersededAt IS NULL }, COUNT { MATCH (:Record) },
  COUNT { MATCH (record:Record) WHERE record.fault <> '' }"""

_MENTIONED: LiteralString = f"""
  EXISTS {{ MATCH (entity)<-[:ABOUT|POINTS_AT]-(claim:Claim) WHERE {_KNOWN} AND {_VALID} }}"""
_ENTITY: LiteralString = "RETURN entity.id AS id, labels(entity) ORDER BY id LIMIT $limit"
ENTITIES_IN_RANGE: LiteralString = f"""
MATCH (entity:Entity) WHERE entity.id > $after AND entity.id < $before AND {_MENTIONED}
{_ENTITY}"""
ENTITIES_BY_ID: LiteralString = f"""
UNWIND $ids AS id
MATCH (entity:Entity {{id: id}}) WHERE {_MENTIONED}
{_ENTITY}"""
ENTITIES_BY_WORDS: LiteralString = f"""
UNWIND $words AS text
MATCH (word:Word {{text: text}})
WITH word ORDER BY COUNT {{ (word)<-[:SAYS]-() }}, word.text LIMIT 1
MATCH (word)<-[:SAYS]-(claim:Claim) WHERE {_KNOWN} AND {_VALID}
MATCH (claim)-[:ABOUT]->(entity:Entity)
WITH DISTINCT entity
WHERE entity.id > $after AND ($ids IS NULL OR entity.id IN $ids)
  AND ($kinds IS NULL OR any(label IN labels(entity) WHERE label IN $kinds))
  AND all(text IN $words WHERE EXISTS {{
    MATCH (entity)<-[:ABOUT]-(claim:Claim)-[:SAYS]->(:Word {{text: text}}) WHERE {_KNOWN} AND {_VALID} }})
{_ENTITY}"""

ANCHORS: Mapping[str, LiteralString] = {
    "ids": "UNWIND $anchor AS key MATCH (claim:Claim {id: key}) USING INDEX claim:Claim(id)",
    "records": "UNWIND $anchor AS key MATCH (claim:Claim {place: key}) USING INDEX claim:Claim(place)",
    "evidence": "UNWIND $anchor AS key MATCH (:Evidence {id: key})<-[:EVIDENCED_BY]-(claim:Claim)",
    "subjects": "UNWIND $anchor AS key MATCH (:Entity {id: key})<-[:ABOUT]-(claim:Claim)",
    "objects": "UNWIND $anchor AS key MATCH (:Entity {id: key})<-[:POINTS_AT]-(claim:Claim)",
    "predicates": "UNWIND $anchor AS key MATCH (claim:Claim {predicate: key})",
    "": "MATCH (claim:Claim)",
}
_FILTERS: LiteralString = f"""
WHERE claim.id > $after AND {_VALID}
  AND ($ids IS NULL OR claim.id IN $ids)
  AND ($records IS NULL OR claim.place IN $records)
  AND ($predicates IS NULL OR claim.predicate IN $predicates)
  AND ($sources IS NULL OR claim.source IN $sources)
  AND ($evidence IS NULL OR EXISTS {{ MATCH (claim)-[:EVIDENCED_BY]->(e:Evidence) WHERE e.id IN $evidence }})
  AND ($subjects IS NULL OR EXISTS {{ MATCH (claim)-[:ABOUT]->(n:Entity) WHERE n.id IN $subjects }})
  AND ($objects IS NULL OR EXISTS {{ MATCH (claim)-[:POINTS_AT]->(n:Entity) WHERE n.id IN $objects }})"""
_OPEN_ONLY: LiteralString = f"AND {_KNOWN} WITH DISTINCT claim ORDER BY claim.id LIMIT $limit"
_ALL_VERSIONS: LiteralString = """
WITH DISTINCT claim
WITH claim.id AS id, collect(claim) AS versions ORDER BY id LIMIT $limit
UNWIND versions AS claim"""
_CLAIM_COLUMNS: LiteralString = f"""
RETURN claim.id AS id, claim.statement, claim.source, claim.record, subject.id, claim.predicate, object.id, claim.value,
  claim.qualifiers, claim.validFrom, claim.validTo, claim.basis, claim.review, claim.confidence, {_EVIDENCE},
  claim.recordedAt AS recordedAt, claim.supersededAt"""
_CLAIM: LiteralString = f"""
MATCH (claim)-[:ABOUT]->(subject:Entity)
OPTIONAL MATCH (claim)-[:POINTS_AT]->(object:Entity)
{_CLAIM_COLUMNS}
ORDER BY id, recordedAt"""
OPEN_CLAIMS: Mapping[str, LiteralString] = {
    name: f"{anchor} {_FILTERS} {_OPEN_ONLY} {_CLAIM}" for name, anchor in ANCHORS.items()
}
CLAIM_VERSIONS: Mapping[str, LiteralString] = {
    name: f"{anchor} {_FILTERS} {_ALL_VERSIONS} {_CLAIM}" for name, anchor in ANCHORS.items()
}
_OF_PREDICATE: LiteralString = f"""
MATCH (claim:Claim {{predicate: $predicate}}) USING INDEX claim:Claim(predicate)
WHERE claim.id > $after AND {_KNOWN} AND {_VALID} AND claim.review <> 'rejected'"""
_ENDS: LiteralString = """
MATCH (claim)-[:ABOUT]->(subject)
OPTIONAL MATCH (claim)-[:POINTS_AT]->(object)"""
_CITED: LiteralString = """
MATCH (claim)-[:EVIDENCED_BY]->(evidence)"""
_CONTENT: LiteralString = """
RETURN claim.id, claim.statement, claim.source, subject.id, object.id, claim.value, claim.basis, claim.review,
  claim.confidence, claim.validFrom, claim.validTo, claim.qualifiers"""
_FIRST: LiteralString = """
WITH claim ORDER BY claim.id LIMIT $limit"""
# By (whether the part is limited, whether evidence is read). With evidence there is one row for each citation.
COLUMNS: Mapping[tuple[bool, bool], LiteralString] = {
    (False, True): f"{_OF_PREDICATE} {_ENDS} {_CITED} {_CONTENT}, evidence.id",
    (False, False): f"{_OF_PREDICATE} {_ENDS} {_CONTENT}, NULL",
    (True, True): f"{_OF_PREDICATE} {_FIRST} {_ENDS} {_CITED} {_CONTENT}, evidence.id",
    (True, False): f"{_OF_PREDICATE} {_FIRST} {_ENDS} {_CONTENT}, NULL",
}

_DOCUMENT: LiteralString = (
    "source.id, source.name, source.sha256, source.uri, source.mediaType, source.licence, source.publisher,"
    " source.retrievedAt"
)
EVIDENCE: LiteralString = f"""
UNWIND $ids AS id
MATCH (evidence:Evidence {{id: id}})-[:DERIVED_FROM]->(source:Document)
RETURN evidence.id AS id, source.id AS document, evidence.locator, evidence.quoteSha256, evidence.quote, {_DOCUMENT}
ORDER BY id"""
_JUDGEMENT: LiteralString = """
RETURN judgement.id AS id, left.id, right.id, judgement.verdict, judgement.by, judgement.why, judgement.features,
  judgement.recordedAt AS recordedAt, judgement.supersededAt
ORDER BY id, recordedAt"""
JUDGEMENTS: LiteralString = f"""
MATCH (judgement:Judgement)
WHERE $knownAt IS NULL AND judgement.supersededAt IS NULL OR judgement.recordedAt <= $knownAt
  AND (judgement.supersededAt IS NULL OR judgement.supersededAt > $knownAt)
MATCH (judgement)-[:LEFT]->(left:Entity)
MATCH (judgement)-[:RIGHT]->(right:Entity)
{_JUDGEMENT}"""
LEDGER: LiteralString = """
MATCH (record:Record)
WHERE (record.source > $source OR record.source = $source AND record.record > $record)
  AND ($sources IS NULL OR record.source IN $sources)
  AND ($accepted IS NULL OR (record.fault = '') = $accepted)
WITH record ORDER BY record.source, record.record LIMIT $limit
RETURN record.source, record.record, record.digest, record.mapping, record.ontology, record.fault, record.recordedAt"""
LEDGER_OF_RECORDS: LiteralString = """
UNWIND $places AS place
MATCH (record:Record {place: place})
WHERE (record.source > $source OR record.source = $source AND record.record > $record)
  AND ($sources IS NULL OR record.source IN $sources)
  AND ($accepted IS NULL OR (record.fault = '') = $accepted)
WITH record ORDER BY record.source, record.record LIMIT $limit
RETURN record.source, record.record, record.digest, record.mapping, record.ontology, record.fault, record.recordedAt"""
CHANGES: LiteralString = """
MATCH (revision:Revision) WHERE revision.number > $after
WITH revision ORDER BY revision.number LIMIT $limit
RETURN revision.number AS number, revision.closed, revision.opened ORDER BY number"""
CHANGE_SIZES: LiteralString = """
MATCH (revision:Revision) WHERE revision.number > $after
RETURN revision.number AS number, size(revision.closed) + size(revision.opened) ORDER BY number"""
VECTORS: LiteralString = """
MATCH (vector:Vector) WHERE vector.model = $model AND vector.entity > ''
RETURN vector.entity AS entity, vector.values ORDER BY entity"""

# ---------------------------------------------------------------------------------------------------------- streaming

_PAGE: LiteralString = "ORDER BY id SKIP $rows - 1 LIMIT 1"
ENTITY_PAGE: LiteralString = f"MATCH (entity:Entity) WHERE entity.id > $after RETURN entity.id AS id {_PAGE}"
DOCUMENT_PAGE: LiteralString = f"MATCH (source:Document) WHERE source.id > $after RETURN source.id AS id {_PAGE}"
EVIDENCE_PAGE: LiteralString = f"MATCH (evidence:Evidence) WHERE evidence.id > $after RETURN evidence.id AS id {_PAGE}"
CLAIM_PAGE: LiteralString = f"MATCH (claim:Claim) WHERE claim.id > $after RETURN claim.id AS id {_PAGE}"
VECTOR_PAGE: LiteralString = f"""
MATCH (vector:Vector) WHERE vector.model = $model AND vector.entity > $after RETURN vector.entity AS id {_PAGE}"""

STREAM_ENTITIES: LiteralString = f"""
MATCH (entity:Entity) WHERE entity.id > $after AND entity.id <= $last
  AND ($history OR EXISTS {{ MATCH (entity)<-[:ABOUT|POINTS_AT]-(claim:Claim) WHERE {_KNOWN} }})
RETURN entity.id AS id, labels(entity) ORDER BY id"""
STREAM_DOCUMENTS: LiteralString = f"""
MATCH (source:Document) WHERE source.id > $after AND source.id <= $last
  AND ($history OR EXISTS {{
    MATCH (source)<-[:DERIVED_FROM]-(:Evidence)<-[:EVIDENCED_BY]-(claim:Claim) WHERE {_KNOWN} }})
RETURN source.id AS id, source.name, source.sha256, source.uri, source.mediaType, source.licence, source.publisher,
  source.retrievedAt ORDER BY id"""
STREAM_EVIDENCE: LiteralString = f"""
MATCH (evidence:Evidence) WHERE evidence.id > $after AND evidence.id <= $last
  AND ($history OR EXISTS {{ MATCH (evidence)<-[:EVIDENCED_BY]-(claim:Claim) WHERE {_KNOWN} }})
RETURN evidence.id AS id, COLLECT {{ MATCH (evidence)-[:DERIVED_FROM]->(source:Document) RETURN source.id }},
  evidence.locator, evidence.quoteSha256, evidence.quote ORDER BY id"""
STREAM_CLAIMS: LiteralString = f"""
MATCH (claim:Claim) WHERE claim.id > $after AND claim.id <= $last AND ($history OR {_KNOWN})
RETURN claim.id AS id, claim.statement, claim.source, claim.record,
  COLLECT {{ MATCH (claim)-[:ABOUT]->(entity:Entity) RETURN entity.id }}, claim.predicate,
  COLLECT {{ MATCH (claim)-[:POINTS_AT]->(entity:Entity) RETURN entity.id }}, claim.value,
  claim.qualifiers, claim.validFrom, claim.validTo, claim.basis, claim.review, claim.confidence, {_EVIDENCE},
  claim.recordedAt AS recordedAt, claim.supersededAt, claim.place,
  COLLECT {{ MATCH (claim)-[:SAYS]->(word:Word) RETURN word.text }},
  COLLECT {{
    MATCH (claim)-[:ABOUT]->(subject:Entity)
    MATCH (claim)-[:POINTS_AT]->(object:Entity)
    CALL (claim, subject, object) {{
      MATCH (subject)-[native]->(object) WHERE native.claimId = claim.id AND native.recordedAt = claim.recordedAt
      RETURN native
    }}
    RETURN [type(native), properties(native)] }}
ORDER BY id, recordedAt"""
STREAM_JUDGEMENTS: LiteralString = """
MATCH (judgement:Judgement)
WHERE $history OR $knownAt IS NULL AND judgement.supersededAt IS NULL OR judgement.recordedAt <= $knownAt
  AND (judgement.supersededAt IS NULL OR judgement.supersededAt > $knownAt)
RETURN judgement.id AS id, COLLECT { MATCH (judgement)-[:LEFT]->(entity:Entity) RETURN entity.id },
  COLLECT { MATCH (judgement)-[:RIGHT]->(entity:Entity) RETURN entity.id }, judgement.verdict, judgement.by,
  judgement.why, judgement.features, judgement.recordedAt AS recordedAt, judgement.supersededAt
ORDER BY id, recordedAt"""
MODELS: LiteralString = "MATCH (vector:Vector) RETURN DISTINCT vector.model AS model ORDER BY model"
STREAM_VECTORS: LiteralString = """
MATCH (vector:Vector) WHERE vector.model = $model AND vector.entity > $after AND vector.entity <= $last
RETURN vector.entity AS entity, vector.values ORDER BY entity"""


def count_strays(names: Names, predicate: str) -> LiteralString:
    """The query for the numbers of native relationships and of versions of claims of one predicate."""
    return f"""
RETURN COUNT {{ MATCH ()-[:{names.relation(predicate)}]->() }},
  COUNT {{ MATCH (claim:Claim) WHERE claim.predicate = $predicate }}"""
