"""How a batch gets in, within one transaction: what stands is looked up set by set, the difference is written as rows.

The transaction begins with a lock on the store's own node, so two writers come one after the other, and a batch whose
answer was lost finds its own work done when it is tried again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import LiteralString, TypeVar

from graph.admission import check_standing
from graph.neo4j import cypher
from graph.neo4j.connection import Transaction
from graph.neo4j.reading import read_judgements
from graph.neo4j.records import (
    Properties,
    claim_row,
    evidence_row,
    judgement_row,
    ledger_row,
    source_row,
)
from graph.neo4j.schema import Names, place_of
from ontology.errors import InvalidRecordError, MissingEndError, MissingEvidenceError, StoreCorruptError
from ontology.instants import next_record_instant
from ontology.records import (
    Applied,
    Batch,
    Claim,
    Document,
    Entity,
    Entry,
    Evidence,
    Judgement,
    StoredClaim,
    StoredJudgement,
    Vector,
)

CHUNK = 5_000
_T = TypeVar("_T")
_Manner = tuple[object, ...]


@dataclass(slots=True)
class _Difference:
    """What a batch changes: what to open, and the ids of what to close (of claims with their predicate)."""

    opened: list[Claim] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    judged: list[Judgement] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def ids_opened(self) -> list[str]:
        """The ids of what is opened, ascending."""
        return sorted([*(claim.id for claim in self.opened), *(judgement.id for judgement in self.judged)])

    def ids_closed(self) -> list[str]:
        """The ids of what is closed, ascending."""
        return sorted([*(id_ for id_, _ in self.closed), *self.withdrawn])


def apply(transaction: Transaction, batch: Batch, names: Names) -> Applied:
    """Write an admitted batch within the caller's transaction."""
    revision, last = lock(transaction)
    put_entities(transaction, batch.entities, names)
    put_documents(transaction, batch.documents)
    put_evidence(transaction, batch.evidence)
    put_vectors(transaction, batch.vectors)
    known = _known_records(transaction, batch)
    entries = [entry for entry in batch.entries if _is_news(entry, known)]
    gone = [place for place in dict.fromkeys(place_of(*each) for each in batch.gone) if place in known]
    difference = _difference(transaction, entries, gone)
    _judge(transaction, batch, difference)
    if not (entries or gone or difference.judged or difference.withdrawn):
        return Applied(revision, 0, 0)
    instant = max(batch.at, next_record_instant(last)) if last else batch.at
    transaction.run(cypher.NOTE_INSTANT, instant=instant)
    renewed = [place for entry in entries if (place := place_of(entry.key.source, entry.key.record)) in known]
    for chunk in _chunks([*gone, *renewed]):
        transaction.run(cypher.DELETE_RECORDS, places=chunk)
    put_ledger(transaction, (ledger_row(entry.key, entry.fault, instant) for entry in entries))
    return _write_difference(transaction, difference, Applied(revision, 0, 0), instant=instant, names=names)


def lock(transaction: Transaction) -> tuple[int, str | None]:
    """Keep other writers out until the transaction ends; the revision and the last record instant."""
    transaction.run(cypher.LOCK)
    found = transaction.run(cypher.STATE)
    if not found:
        raise StoreCorruptError("the store's own node is gone", fix="restore a backup, or make the store anew")
    return found[0][0], found[0][1]


def put_entities(transaction: Transaction, entities: Iterable[Entity], names: Names) -> None:
    """Add the entities that are not there."""
    kinds: dict[str, str] = {entity.id: entity.kind for entity in entities}
    for each in _without_known(transaction, cypher.KNOWN_ENTITIES, kinds):
        for kind, ids in _grouped(each, lambda id_: kinds[id_]):
            transaction.run(cypher.create_entities(names, kind), ids=ids)


def put_documents(transaction: Transaction, documents: Iterable[Document]) -> None:
    """Add the documents that are not there."""
    by_id: dict[str, Document] = {document.id: document for document in documents}
    for ids in _without_known(transaction, cypher.KNOWN_DOCUMENTS, by_id):
        transaction.run(cypher.CREATE_DOCUMENTS, rows=[source_row(by_id[id_]) for id_ in ids])


def put_evidence(transaction: Transaction, evidence: Iterable[Evidence]) -> None:
    """Add the evidence that is not there.

    Raises:
        MissingEvidenceError: Its document is not there.
    """
    by_id: dict[str, Evidence] = {each.id: each for each in evidence}
    _require_documents(transaction, by_id.values())
    for ids in _without_known(transaction, cypher.KNOWN_EVIDENCE, by_id):
        for document, rows in _grouped((evidence_row(by_id[id_]) for id_ in ids), lambda row: str(row["document"])):
            transaction.run(cypher.CREATE_EVIDENCE, document=document, rows=rows)


def put_vectors(transaction: Transaction, vectors: Iterable[Vector]) -> None:
    """Keep the vectors, in place of those that the same model gave the same entities.

    Raises:
        MissingEndError: An entity is not there.
        InvalidRecordError: One model gave vectors of several lengths.
    """
    latest = {(vector.model, vector.entity): vector for vector in vectors}
    for chunk in _chunks(latest.values()):
        rows = [{"model": v.model, "entity": v.entity, "values": v.values, "bytes": len(v.values)} for v in chunk]
        if transaction.run(cypher.PUT_VECTORS, rows=rows)[0][0] != len(rows):
            _require_entities(transaction, ((f"the vector of {v.entity}", v.entity) for v in chunk))
    models = sorted({model for model, _ in latest})
    for model, sizes in transaction.run(cypher.VECTOR_SIZES, models=models) if models else ():
        message = f"the model {model!r} gave vectors of {sizes} lengths"
        raise InvalidRecordError(message, fix="name each version of a model differently", model=model)


def put_claims(transaction: Transaction, versions: Iterable[StoredClaim], names: Names) -> None:
    """Add versions of claims with their links, and the native relationships of those between two entities.

    Raises:
        MissingEndError: A claim names an entity that is not there.
        MissingEvidenceError: A claim names evidence that is not there.
    """
    rows = (claim_row(version, names) for version in versions)
    for predicate, group in _grouped(rows, lambda row: str(row["predicate"])):
        text = _creation(predicate, names)
        for chunk in _chunks(group):
            _put_words(transaction, chunk)
            created, cited = transaction.run(text, rows=chunk)[0]
            if created != len(chunk) or cited != sum(len(row["evidence"]) for row in chunk):
                _explain(transaction, chunk)


def put_judgements(transaction: Transaction, versions: Iterable[StoredJudgement]) -> None:
    """Add versions of judgements.

    Raises:
        MissingEndError: One names an entity that is not there.
    """
    for chunk in _chunks(versions):
        rows = [judgement_row(version) for version in chunk]
        if transaction.run(cypher.CREATE_JUDGEMENTS, rows=rows)[0][0] != len(rows):
            ends = [(f"judgement {row['id']}", row[end]) for row in rows for end in ("left", "right")]
            _require_entities(transaction, ends)


def put_ledger(transaction: Transaction, rows: Iterable[Properties]) -> None:
    """Bring ledger rows to life; none of their records may have one."""
    for chunk in _chunks(rows):
        transaction.run(cypher.CREATE_RECORDS, rows=chunk)


def note_revision(transaction: Transaction, number: int, instant: str, ids: tuple[list[str], list[str]]) -> None:
    """Open a revision: `ids` are what it closed and what it opened, each ascending."""
    closed, opened = ids
    transaction.run(cypher.NOTE_REVISION, number=number, instant=instant, closed=closed, opened=opened)


def _write_difference(
    transaction: Transaction, difference: _Difference, before: Applied, *, instant: str, names: Names
) -> Applied:
    opened, closed = difference.ids_opened(), difference.ids_closed()
    if not (opened or closed):
        return before
    _close_claims(transaction, difference.closed, instant, names)
    if difference.withdrawn:
        transaction.run(cypher.CLOSE_JUDGEMENTS, ids=difference.withdrawn, instant=instant)
    put_claims(transaction, (StoredClaim(claim, instant, None) for claim in difference.opened), names)
    put_judgements(transaction, (StoredJudgement(judgement, instant, None) for judgement in difference.judged))
    note_revision(transaction, before.revision + 1, instant, (closed, opened))
    return Applied(before.revision + 1, len(opened), len(closed))


def _close_claims(transaction: Transaction, claims: Sequence[tuple[str, str]], instant: str, names: Names) -> None:
    """Close claims, and with them their native relationships."""
    for predicate, group in _grouped(claims, lambda claim: claim[1]):
        for chunk in _chunks(group):
            ids = [id_ for id_, _ in chunk]
            texts = [cypher.close_relations(names, predicate)] if predicate in names.relations else []
            for text in [*texts, cypher.CLOSE_CLAIMS]:
                if transaction.run(text, ids=ids, instant=instant)[0][0] != len(ids):
                    message = f"{predicate} claims to be closed do not agree with their native relationships"
                    raise StoreCorruptError(message, fix="restore a backup, or load the sources into a new store")


def _known_records(transaction: Transaction, batch: Batch) -> dict[str, list[str]]:
    places = {place_of(entry.key.source, entry.key.record) for entry in batch.entries}
    places |= {place_of(*each) for each in batch.gone}
    return {
        row[0]: row[1:]
        for chunk in _chunks(sorted(places))
        for row in transaction.run(cypher.KNOWN_RECORDS, places=chunk)
    }


def _is_news(entry: Entry, known: Mapping[str, list[str]]) -> bool:
    key = entry.key
    return known.get(place_of(key.source, key.record)) != [key.digest, key.mapping, key.ontology, entry.fault]


def _difference(transaction: Transaction, entries: Sequence[Entry], gone: Sequence[str]) -> _Difference:
    """What the accepted entries open and close. A claim that is said as before, but more surely, is another version."""
    accepted = [entry for entry in entries if not entry.fault]
    replaced = [place_of(entry.key.source, entry.key.record) for entry in accepted]
    standing = _standing(transaction, [*replaced, *gone])
    opened = []
    for claim in (claim for entry in accepted for claim in _distinct(entry)):
        if (claim.id, _manner(claim)) in standing:
            del standing[claim.id, _manner(claim)]
        else:
            opened.append(claim)
    return _Difference(opened, [(id_, predicate) for (id_, _), predicate in standing.items()])


def _standing(transaction: Transaction, places: Sequence[str]) -> dict[tuple[str, _Manner], str]:
    """The open claims of records: (id, manner) to predicate."""
    rows = [row for chunk in _chunks(places) for row in transaction.run(cypher.STANDING, places=chunk)]
    return {(row[0], (*row[1:4], frozenset(row[4]))): row[5] for row in rows}


def _manner(claim: Claim) -> _Manner:
    """How a claim is said: what its id does not cover."""
    return (claim.basis, claim.review, claim.confidence, frozenset(claim.evidence))


def _distinct(entry: Entry) -> Iterable[Claim]:
    """The claims of an entry; one that is made twice alike counts once."""
    claims = {claim.id: claim for claim in entry.claims}
    twice = next((claim for claim in entry.claims if claims[claim.id] != claim), None)
    if twice:
        message = f"record {entry.key.record!r} makes the claim {twice.id} twice, in two ways"
        raise InvalidRecordError(message, fix="cite all evidence in one claim", claim=twice.id)
    return claims.values()


def _judge(transaction: Transaction, batch: Batch, difference: _Difference) -> None:
    if not (batch.judgements or batch.withdrawn):
        return
    standing = {stored.judgement.id: stored.judgement for stored in read_judgements(transaction)}
    difference.withdrawn = sorted({id_ for id_ in batch.withdrawn if id_ in standing})
    left = {id_: judgement for id_, judgement in standing.items() if id_ not in difference.withdrawn}
    new = {judgement.id: judgement for judgement in batch.judgements if judgement.id not in left}
    check_standing(left.values(), new.values())
    difference.judged = [new[each] for each in sorted(new)]


def _creation(predicate: str, names: Names) -> LiteralString:
    if predicate in names.relations:
        return cypher.create_relations(names, predicate)
    return cypher.CREATE_SEARCHABLE if predicate in names.searchable else cypher.CREATE_VALUED


def _put_words(transaction: Transaction, rows: Iterable[Properties]) -> None:
    found = sorted({word for row in rows for word in row.get("words", ())})
    for chunk in _chunks(found):
        transaction.run(cypher.MERGE_WORDS, words=chunk)


def _explain(transaction: Transaction, rows: Sequence[Properties]) -> None:
    """Raise what hindered these claims."""
    ends = [(f"claim {row['id']}", row[end]) for row in rows for end in ("subject", "object") if row[end]]
    _require_entities(transaction, ends)
    known = set(_known(transaction, cypher.KNOWN_EVIDENCE, {id_ for row in rows for id_ in row["evidence"]}))
    for claim, id_ in ((row["id"], id_) for row in rows for id_ in row["evidence"] if id_ not in known):
        message = f"claim {claim} cites {id_}, which is neither in the store nor in the batch"
        raise MissingEvidenceError(message, fix="give the evidence with the claim", claim=claim, evidence=id_)
    raise StoreCorruptError("claims were not written as they should be", fix="run `tierscope doctor`")


def _require_entities(transaction: Transaction, ends: Iterable[tuple[str, str]]) -> None:
    wanted = list(ends)
    known = set(_known(transaction, cypher.KNOWN_ENTITIES, {entity for _, entity in wanted}))
    for who, entity in wanted:
        if entity not in known:
            message = f"{who} names {entity}, which is neither in the store nor in the batch"
            raise MissingEndError(message, fix="give the entity with what names it", entity=entity)


def _require_documents(transaction: Transaction, evidence: Iterable[Evidence]) -> None:
    wanted = list(evidence)
    known = set(_known(transaction, cypher.KNOWN_DOCUMENTS, {each.document for each in wanted}))
    missing = next((each for each in wanted if each.document not in known), None)
    if missing:
        message = (
            f"evidence {missing.id} is derived from {missing.document}, which is neither in the store nor the batch"
        )
        raise MissingEvidenceError(message, fix="give the document with its evidence", evidence=missing.id)


def _known(transaction: Transaction, text: LiteralString, ids: Iterable[str]) -> Iterator[str]:
    for chunk in _chunks(sorted(ids)):
        yield from (row[0] for row in transaction.run(text, ids=chunk))


def _without_known(transaction: Transaction, text: LiteralString, ids: Iterable[str]) -> Iterator[list[str]]:
    """Those of the ids that are not there, in chunks."""
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
