"""Writing of a batch in one transaction: looks ids up in sets, and writes the difference to the open claims as rows.

The transaction first locks the store's own node, so that writers run one after another. When a batch is repeated
because its answer was lost, it finds its own rows and writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString, TypeVar

from graph.difference import ClaimDifference, Support, claim_difference, judgements_to_open, provenance
from graph.neo4j import cypher
from graph.neo4j.connection import Transaction
from graph.neo4j.reading import read_judgements
from graph.neo4j.records import (
    Properties,
    claim_row,
    document_row,
    evidence_row,
    judgement_row,
    ledger_row,
)
from graph.neo4j.schema import Names, place_of
from graph.refusals import missing_document, missing_entity, missing_evidence, mixed_vector_lengths
from ontology.errors import StoreCorruptError
from ontology.instants import next_record_instant
from ontology.records import (
    Applied,
    Batch,
    Document,
    Entity,
    Entry,
    Evidence,
    Judgement,
    StoredClaim,
    StoredJudgement,
    Vector,
)

CHUNK = 5_000  # rows that one query writes or looks up
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Changes:
    """The effect of a batch on claims and judgements.

    Attributes:
        claims: Claims to open, and (id, predicate) of those to close.
        judged: Judgements to open.
        withdrawn: Ids of judgements to close.
    """

    claims: ClaimDifference[str]
    judged: list[Judgement]
    withdrawn: list[str]

    def ids_opened(self) -> list[str]:
        """The ids of the opened claims and judgements, ascending."""
        return sorted([*(claim.id for claim in self.claims.opened), *(judgement.id for judgement in self.judged)])

    def ids_closed(self) -> list[str]:
        """The ids of the closed claims and judgements, ascending."""
        return sorted([*(id_ for id_, _ in self.claims.closed), *self.withdrawn])


def apply(transaction: Transaction, batch: Batch, names: Names) -> Applied:
    """Write an admitted batch within the caller's transaction.

    Args:
        transaction: A write transaction.
        batch: The batch, which `Admission.check` accepted.
        names: The names of the vocabulary.

    Raises:
        InvalidRecordError: An entry makes one claim twice, or a model has vectors of several lengths.
        MissingEndError: A claim, judgement or vector names an unknown entity.
        MissingEvidenceError: A claim cites unknown evidence, or evidence an unknown document.
        JudgementConflictError: A `same` contradicts a `different`.
        StoreCorruptError: The stored data contradict themselves.
    """
    revision, last = lock(transaction)
    put_entities(transaction, batch.entities, names)
    put_documents(transaction, batch.documents)
    put_evidence(transaction, batch.evidence)
    put_vectors(transaction, batch.vectors)
    known = _known_records(transaction, batch)
    entries = [entry for entry in batch.entries if _has_changed(entry, known)]
    gone = [place for place in dict.fromkeys(place_of(*each) for each in batch.gone) if place in known]
    changes = _Changes(_claim_difference(transaction, entries, gone), *_judgement_changes(transaction, batch))
    if not (entries or gone or changes.judged or changes.withdrawn):
        return Applied(revision, 0, 0)
    instant = max(batch.at, next_record_instant(last)) if last else batch.at
    transaction.run(cypher.NOTE_INSTANT, instant=instant)
    renewed = [place for entry in entries if (place := place_of(entry.key.source, entry.key.record)) in known]
    for chunk in _chunks([*gone, *renewed]):
        transaction.run(cypher.DELETE_RECORDS, places=chunk)
    put_ledger(transaction, (ledger_row(entry.key, entry.fault, instant) for entry in entries))
    return _write_changes(transaction, changes, Applied(revision, 0, 0), instant=instant, names=names)


def lock(transaction: Transaction) -> tuple[int, str | None]:
    """Lock the store against other writers until the transaction ends; its revision and last record instant.

    Raises:
        StoreCorruptError: The store's own node is missing.
    """
    transaction.run(cypher.LOCK)
    found = transaction.run(cypher.STATE)
    if not found:
        raise StoreCorruptError("the store's own node is missing", fix="restore a backup, or create the store again")
    return found[0][0], found[0][1]


def put_entities(transaction: Transaction, entities: Iterable[Entity], names: Names) -> None:
    """Create the entities that the store lacks."""
    kinds: dict[str, str] = {entity.id: entity.kind for entity in entities}
    for each in _without_known(transaction, cypher.KNOWN_ENTITIES, kinds):
        for kind, ids in _grouped(each, lambda id_: kinds[id_]):
            transaction.run(cypher.create_entities(names, kind), ids=ids)


def put_documents(transaction: Transaction, documents: Iterable[Document]) -> None:
    """Create the documents that the store lacks."""
    by_id: dict[str, Document] = {document.id: document for document in documents}
    for ids in _without_known(transaction, cypher.KNOWN_DOCUMENTS, by_id):
        transaction.run(cypher.CREATE_DOCUMENTS, rows=[document_row(by_id[id_]) for id_ in ids])


def put_evidence(transaction: Transaction, evidence: Iterable[Evidence]) -> None:
    """Create the evidence that the store lacks.

    Raises:
        MissingEvidenceError: The document of some evidence is unknown.
    """
    by_id: dict[str, Evidence] = {each.id: each for each in evidence}
    _require_documents(transaction, by_id.values())
    for ids in _without_known(transaction, cypher.KNOWN_EVIDENCE, by_id):
        for document, rows in _grouped((evidence_row(by_id[id_]) for id_ in ids), lambda row: str(row["document"])):
            transaction.run(cypher.CREATE_EVIDENCE, document=document, rows=rows)


def put_vectors(transaction: Transaction, vectors: Iterable[Vector]) -> None:
    """Store vectors; each replaces the vector of its entity by the same model.

    Raises:
        MissingEndError: An entity is unknown.
        InvalidRecordError: A model has vectors of several lengths.
    """
    latest = {(vector.model, vector.entity): vector for vector in vectors}
    for chunk in _chunks(latest.values()):
        rows = [{"model": v.model, "entity": v.entity, "values": v.values, "bytes": len(v.values)} for v in chunk]
        if transaction.run(cypher.PUT_VECTORS, rows=rows)[0][0] != len(rows):
            _require_entities(transaction, ((f"the vector of {v.entity}", v.entity) for v in chunk))
    models = sorted({model for model, _ in latest})
    for model, sizes in transaction.run(cypher.VECTOR_SIZES, models=models) if models else ():
        raise mixed_vector_lengths(model, sizes)


def put_claims(transaction: Transaction, versions: Iterable[StoredClaim], names: Names) -> None:
    """Create versions of claims with their links; claims between two entities also get a native relationship.

    Raises:
        MissingEndError: A claim names an unknown entity.
        MissingEvidenceError: A claim cites unknown evidence.
    """
    rows = (claim_row(version, names) for version in versions)
    for predicate, group in _grouped(rows, lambda row: str(row["predicate"])):
        text = _creation(predicate, names)
        for chunk in _chunks(group):
            _put_words(transaction, chunk)
            created, cited = transaction.run(text, rows=chunk)[0]
            if created != len(chunk) or cited != sum(len(row["evidence"]) for row in chunk):
                _raise_missing(transaction, chunk)


def put_judgements(transaction: Transaction, versions: Iterable[StoredJudgement]) -> None:
    """Create versions of judgements.

    Raises:
        MissingEndError: A judgement names an unknown entity.
    """
    for chunk in _chunks(versions):
        rows = [judgement_row(version) for version in chunk]
        if transaction.run(cypher.CREATE_JUDGEMENTS, rows=rows)[0][0] != len(rows):
            ends = [(f"judgement {row['id']}", row[end]) for row in rows for end in ("left", "right")]
            _require_entities(transaction, ends)


def put_ledger(transaction: Transaction, rows: Iterable[Properties]) -> None:
    """Create ledger rows; their records must not have one."""
    for chunk in _chunks(rows):
        transaction.run(cypher.CREATE_RECORDS, rows=chunk)


def note_revision(transaction: Transaction, number: int, instant: str, ids: tuple[list[str], list[str]]) -> None:
    """Create a revision.

    Args:
        transaction: A write transaction.
        number: Number of the revision.
        instant: Its record instant.
        ids: The ids that it closed and the ids that it opened, each ascending.
    """
    closed, opened = ids
    transaction.run(cypher.NOTE_REVISION, number=number, instant=instant, closed=closed, opened=opened)


def _write_changes(
    transaction: Transaction, changes: _Changes, before: Applied, *, instant: str, names: Names
) -> Applied:
    opened, closed = changes.ids_opened(), changes.ids_closed()
    if not (opened or closed):
        return before
    _close_claims(transaction, changes.claims.closed, instant, names)
    if changes.withdrawn:
        transaction.run(cypher.CLOSE_JUDGEMENTS, ids=changes.withdrawn, instant=instant)
    put_claims(transaction, (StoredClaim(claim, instant, None) for claim in changes.claims.opened), names)
    put_judgements(transaction, (StoredJudgement(judgement, instant, None) for judgement in changes.judged))
    note_revision(transaction, before.revision + 1, instant, (closed, opened))
    return Applied(before.revision + 1, len(opened), len(closed))


def _close_claims(transaction: Transaction, claims: Sequence[tuple[str, str]], instant: str, names: Names) -> None:
    """Close claims, given as (id, predicate), together with their native relationships."""
    for predicate, group in _grouped(claims, lambda claim: claim[1]):
        for chunk in _chunks(group):
            ids = [id_ for id_, _ in chunk]
            texts = [cypher.close_relations(names, predicate)] if predicate in names.relations else []
            for text in [*texts, cypher.CLOSE_CLAIMS]:
                if transaction.run(text, ids=ids, instant=instant)[0][0] != len(ids):
                    message = f"some {predicate} claims contradict their native relationships"
                    raise StoreCorruptError(message, fix="restore a backup, or load the sources into a new store")


def _known_records(transaction: Transaction, batch: Batch) -> dict[str, tuple[str, ...]]:
    """The provenance of the records of a batch that have a live ledger row, by place."""
    places = {place_of(entry.key.source, entry.key.record) for entry in batch.entries}
    places |= {place_of(*each) for each in batch.gone}
    return {
        row[0]: tuple(row[1:])
        for chunk in _chunks(sorted(places))
        for row in transaction.run(cypher.KNOWN_RECORDS, places=chunk)
    }


def _has_changed(entry: Entry, known: Mapping[str, tuple[str, ...]]) -> bool:
    return known.get(place_of(entry.key.source, entry.key.record)) != provenance(entry)


def _claim_difference(transaction: Transaction, entries: Sequence[Entry], gone: Sequence[str]) -> ClaimDifference[str]:
    """The claims to open, and (id, predicate) of those to close; `gone` are the places of removed records."""
    accepted = [entry for entry in entries if not entry.fault]
    replaced = [place_of(entry.key.source, entry.key.record) for entry in accepted]
    return claim_difference(accepted, _open_claims(transaction, [*replaced, *gone]))


def _open_claims(transaction: Transaction, places: Sequence[str]) -> dict[tuple[str, Support], str]:
    """The predicates of the open claims of records, by (claim id, support)."""
    rows = [row for chunk in _chunks(places) for row in transaction.run(cypher.OPEN_CLAIMS_OF_RECORDS, places=chunk)]
    return {(row[0], (*row[1:4], frozenset(row[4]))): row[5] for row in rows}


def _judgement_changes(transaction: Transaction, batch: Batch) -> tuple[list[Judgement], list[str]]:
    """The judgements to open, and the ids of those to close."""
    if not (batch.judgements or batch.withdrawn):
        return [], []
    stored = read_judgements(transaction)
    open_ids = {each.judgement.id for each in stored}
    return judgements_to_open(batch, stored), sorted({id_ for id_ in batch.withdrawn if id_ in open_ids})


def _creation(predicate: str, names: Names) -> LiteralString:
    if predicate in names.relations:
        return cypher.create_relations(names, predicate)
    return cypher.CREATE_SEARCHABLE if predicate in names.searchable else cypher.CREATE_VALUED


def _put_words(transaction: Transaction, rows: Iterable[Properties]) -> None:
    found = sorted({word for row in rows for word in row.get("words", ())})
    for chunk in _chunks(found):
        transaction.run(cypher.MERGE_WORDS, words=chunk)


def _raise_missing(transaction: Transaction, rows: Sequence[Properties]) -> None:
    """Raise the error for the entity or evidence that these claims lack."""
    ends = [(f"claim {row['id']}", row[end]) for row in rows for end in ("subject", "object") if row[end]]
    _require_entities(transaction, ends)
    known = set(_known(transaction, cypher.KNOWN_EVIDENCE, {id_ for row in rows for id_ in row["evidence"]}))
    for claim, id_ in ((row["id"], id_) for row in rows for id_ in row["evidence"] if id_ not in known):
        raise missing_evidence(claim, id_)
    raise StoreCorruptError("the store did not write every claim", fix="run `tierscope doctor`")


def _require_entities(transaction: Transaction, ends: Iterable[tuple[str, str]]) -> None:
    wanted = list(ends)
    known = set(_known(transaction, cypher.KNOWN_ENTITIES, {entity for _, entity in wanted}))
    for subject, entity in wanted:
        if entity not in known:
            raise missing_entity(subject, entity)


def _require_documents(transaction: Transaction, evidence: Iterable[Evidence]) -> None:
    wanted = list(evidence)
    known = set(_known(transaction, cypher.KNOWN_DOCUMENTS, {each.document for each in wanted}))
    missing = next((each for each in wanted if each.document not in known), None)
    if missing:
        raise missing_document(missing)


def _known(transaction: Transaction, text: LiteralString, ids: Iterable[str]) -> Iterator[str]:
    for chunk in _chunks(sorted(ids)):
        yield from (row[0] for row in transaction.run(text, ids=chunk))


def _without_known(transaction: Transaction, text: LiteralString, ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids that the query does not find, in chunks."""
    for chunk in _chunks(ids):
        known = {row[0] for row in transaction.run(text, ids=chunk)}
        if len(known) < len(chunk):
            yield [id_ for id_ in chunk if id_ not in known]


def _grouped(items: Iterable[_T], key: Callable[[_T], str]) -> list[tuple[str, list[_T]]]:
    groups: dict[str, list[_T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    chunk: list[_T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
