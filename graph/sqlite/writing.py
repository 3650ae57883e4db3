"""Writing of a batch: looks ids up in sets, and writes the difference to the open claims as rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.difference import (
    ClaimDifference,
    Provenance,
    SourceRecord,
    Support,
    claim_difference,
    judgements_to_open,
    provenance,
    source_record,
)
from graph.refusals import missing_document, missing_entity, missing_evidence, mixed_vector_lengths
from graph.sqlite.lookup import put_words, update_words
from graph.sqlite.reading import read_judgements
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
    JudgementId,
    LedgerKey,
    Vector,
)

_Row = tuple[Any, ...]
_Version = tuple[Claim, int, int, int | None]
"""A version of a claim: the claim, the key of its record, and the revisions that opened and closed it."""

_NO_QUALIFIERS = "{}"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that the store knows.

    Attributes:
        key: Key of its row.
        provenance: What it was made from; None where its ledger row was deleted.
    """

    key: int
    provenance: Provenance | None


def apply(db: sqlite3.Connection, batch: Batch, searchable: frozenset[str]) -> Applied:
    """Write an admitted batch within the caller's transaction.

    Args:
        db: A connection in a write transaction.
        batch: The batch, which `Admission.check` accepted.
        searchable: Predicates whose values can be searched by word.

    Raises:
        InvalidRecordError: An entry makes one claim twice, or a model has vectors of several lengths.
        MissingEndError: A claim, judgement or vector names an unknown entity.
        MissingEvidenceError: A claim cites unknown evidence, or evidence an unknown document.
        JudgementConflictError: A `same` contradicts a `different`.
    """
    update_words(db, searchable)
    put_entities(db, batch.entities)
    put_documents(db, batch.documents)
    put_evidence(db, batch.evidence)
    put_vectors(db, batch.vectors)
    known = _known(db, [*map(source_record, batch.entries), *batch.gone])
    entries = [entry for entry in batch.entries if _has_changed(entry, known)]
    gone = [known[each].key for each in dict.fromkeys(batch.gone) if each in known and known[each].provenance]
    judged = judgements_to_open(batch, read_judgements(db)) if batch.judgements else []
    withdrawn = _open_judgements(db, batch.withdrawn)
    revision = int(db.execute("SELECT coalesce(max(revision), 0) FROM revision").fetchone()[0])
    if not (entries or gone or judged or withdrawn):
        return Applied(revision, 0, 0)
    instant = _next_instant(db, batch.at)
    keys = _put_ledger(db, entries, known, instant)
    _delete_ledger_rows(db, gone)
    claims = _claim_difference(db, entries, keys, gone)
    opened = len(claims.opened) + len(judged)
    closed = len(claims.closed) + len(withdrawn)
    if opened or closed:
        revision += 1
        db.execute("INSERT INTO revision VALUES (?, ?)", (revision, instant))
        _close(db, "UPDATE claim SET closed = ? WHERE version = ?", claims.closed, revision)
        _close(db, "UPDATE judgement SET closed = ? WHERE version = ?", withdrawn, revision)
        put_claims(db, [(c, keys[c.source, c.record], revision, None) for c in claims.opened], searchable)
        put_judgements(db, [(judgement, revision, None) for judgement in judged])
    return Applied(revision, opened, closed)


def put_entities(db: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Insert the entities that the store lacks."""
    db.executemany(
        "INSERT INTO entity (id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING", ((n.id, n.kind) for n in entities)
    )


def put_documents(db: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Insert the documents that the store lacks."""
    db.executemany(
        "INSERT INTO document (id, name, sha256, uri, media_type, licence, publisher, retrieved_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(d.id, d.name, d.sha256, d.uri, d.media_type, d.licence, d.publisher, d.retrieved_at) for d in documents],
    )


def put_evidence(db: sqlite3.Connection, evidence: Sequence[Evidence]) -> None:
    """Insert the evidence that the store lacks.

    Raises:
        MissingEvidenceError: The document of some evidence is unknown.
    """
    documents = _keys(
        db, "SELECT id, key FROM document WHERE id IN (SELECT value FROM json_each(?))", {e.document for e in evidence}
    )
    missing = next((each for each in evidence if each.document not in documents), None)
    if missing:
        raise missing_document(missing)
    db.executemany(
        "INSERT INTO evidence (id, document, locator, quote_sha256, quote) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        ((e.id, documents[e.document], e.locator, e.quote_sha256, e.quote) for e in evidence),
    )


def put_vectors(db: sqlite3.Connection, vectors: Sequence[Vector]) -> None:
    """Store vectors; each replaces the vector of its entity by the same model.

    Raises:
        MissingEndError: An entity is unknown.
        InvalidRecordError: A model has vectors of several lengths.
    """
    entities = entity_keys(db, {vector.entity for vector in vectors})
    for vector in vectors:
        if vector.entity not in entities:
            raise missing_entity(f"the vector of {vector.entity}", vector.entity)
    db.executemany(
        "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)",
        [(vector.model, entities[vector.entity], vector.values) for vector in vectors],
    )
    for model in sorted({vector.model for vector in vectors}):
        sizes = db.execute('SELECT DISTINCT length("values") FROM vector WHERE model = ?', (model,)).fetchall()
        if len(sizes) > 1:
            raise mixed_vector_lengths(model, len(sizes))


def put_claims(db: sqlite3.Connection, rows: Sequence[_Version], searchable: frozenset[str]) -> None:
    """Insert versions of claims, with their citations and the words of their values.

    Args:
        db: A connection in a write transaction.
        rows: The versions: the claim, the key of its record, and the revisions that opened and closed it.
        searchable: Predicates whose values can be searched by word.

    Raises:
        MissingEndError: A claim names an unknown entity.
        MissingEvidenceError: A claim cites unknown evidence.
    """
    ends = {claim.subject for claim, *_ in rows} | {claim.object for claim, *_ in rows if claim.object is not None}
    entities = entity_keys(db, ends)
    cited = _keys(
        db,
        "SELECT id, key FROM evidence WHERE id IN (SELECT value FROM json_each(?))",
        {each for claim, *_ in rows for each in claim.evidence},
    )
    _require(rows, entities, cited)
    (first,) = db.execute("SELECT coalesce(max(version), 0) + 1 FROM claim").fetchone()
    db.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _claim_rows(rows, entities, first)
    )
    db.executemany(
        "INSERT INTO cited VALUES (?, ?)",
        ((version, cited[each]) for version, row in enumerate(rows, first) for each in row[0].evidence),
    )
    put_words(
        db, ((version, row[0].value) for version, row in enumerate(rows, first) if row[0].predicate in searchable)
    )


def put_judgements(db: sqlite3.Connection, rows: Sequence[tuple[Judgement, int, int | None]]) -> None:
    """Insert versions of judgements.

    Args:
        db: A connection in a write transaction.
        rows: The versions: the judgement, and the revisions that opened and closed it.

    Raises:
        MissingEndError: A judgement names an unknown entity.
    """
    entities = entity_keys(db, {entity for judgement, *_ in rows for entity in (judgement.left, judgement.right)})
    for judgement, *_ in rows:
        for entity in (judgement.left, judgement.right):
            if entity not in entities:
                raise missing_entity(f"judgement {judgement.id}", entity)
    db.executemany(
        'INSERT INTO judgement (id, "left", "right", verdict, "by", why, features, opened, closed)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                j.id,
                entities[j.left],
                entities[j.right],
                j.verdict,
                j.by,
                j.why,
                _write(dict(j.features)),
                opened,
                closed,
            )
            for j, opened, closed in rows
        ],
    )


def entity_keys(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The keys of the entities with these ids; unknown ids are left out."""
    return _keys(db, "SELECT id, key FROM entity WHERE id IN (SELECT value FROM json_each(?))", ids)


def record_keys(db: sqlite3.Connection, records: Iterable[SourceRecord]) -> dict[SourceRecord, int]:
    """The keys of records, which are inserted where the store lacks them."""
    wanted = list(dict.fromkeys(records))
    db.executemany("INSERT INTO record (source, record) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
    return {each: record.key for each, record in _known(db, wanted).items()}


def put_ledger(db: sqlite3.Connection, rows: Iterable[tuple[LedgerKey, str, str, int]]) -> None:
    """Write live ledger rows of records that the store has.

    Args:
        db: A connection in a write transaction.
        rows: Ledger key, fault ("" where accepted), record instant, and key of the record's row.
    """
    rows = list(rows)
    recipes = _recipes(db, [key for key, *_ in rows])
    db.executemany(
        "UPDATE record SET digest = ?, recipe = ?, fault = ?, recorded_at = ? WHERE key = ?",
        ((k.digest, recipes[k.mapping, k.ontology], fault, instant, record) for k, fault, instant, record in rows),
    )


def note_instant(db: sqlite3.Connection, instant: str) -> None:
    """Store the last record instant."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('recorded_at', ?)", (instant,))


def _known(db: sqlite3.Connection, wanted: Iterable[SourceRecord]) -> dict[SourceRecord, _Record]:
    by_source: dict[str, list[str]] = {}
    for source, record in wanted:
        by_source.setdefault(source, []).append(record)
    rows = [row for source, records in by_source.items() for row in _known_of(db, source, records)]
    return {(row[1], row[2]): _Record(row[0], None if row[3] is None else row[3:]) for row in rows}


def _known_of(db: sqlite3.Connection, source: str, records: Sequence[str]) -> Iterator[_Row]:
    return db.execute(
        "SELECT r.key, r.source, r.record, r.digest, p.mapping, p.ontology, r.fault FROM record r"
        " LEFT JOIN recipe p ON p.key = r.recipe"
        " WHERE r.source = ? AND r.record IN (SELECT value FROM json_each(?))",
        (source, _write(records)),
    )


def _has_changed(entry: Entry, known: Mapping[SourceRecord, _Record]) -> bool:
    record = known.get(source_record(entry))
    return record is None or record.provenance != provenance(entry)


def _next_instant(db: sqlite3.Connection, at: str) -> str:
    last = db.execute("SELECT value FROM meta WHERE name = 'recorded_at'").fetchone()
    instant = max(at, next_record_instant(last[0])) if last else at
    note_instant(db, instant)
    return instant


def _put_ledger(
    db: sqlite3.Connection, entries: Sequence[Entry], known: Mapping[SourceRecord, _Record], instant: str
) -> dict[SourceRecord, int]:
    """Write the ledger rows of entries; the keys of their records."""
    keys = {each: record.key for each, record in known.items()}
    put_ledger(db, [(e.key, e.fault, instant, keys[r]) for e in entries if (r := source_record(e)) in keys])
    new = [entry for entry in entries if source_record(entry) not in keys]
    recipes = _recipes(db, [entry.key for entry in new])
    (first,) = db.execute("SELECT coalesce(max(key), 0) + 1 FROM record").fetchone()
    db.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (row, e.key.source, e.key.record, e.key.digest, recipes[e.key.mapping, e.key.ontology], e.fault, instant)
            for row, e in enumerate(new, first)
        ),
    )
    keys.update((source_record(entry), row) for row, entry in enumerate(new, first))
    return keys


def _recipes(db: sqlite3.Connection, keys: Sequence[LedgerKey]) -> dict[tuple[str, str], int]:
    wanted = sorted({(key.mapping, key.ontology) for key in keys})
    db.executemany("INSERT INTO recipe (mapping, ontology) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
    return {
        recipe: db.execute("SELECT key FROM recipe WHERE mapping = ? AND ontology = ?", recipe).fetchone()[0]
        for recipe in wanted
    }


def _delete_ledger_rows(db: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Empty the ledger columns of records; the records stay, because closed claims name them."""
    db.executemany(
        "UPDATE record SET digest = NULL, recipe = NULL, fault = NULL, recorded_at = NULL WHERE key = ?",
        ((key,) for key in keys),
    )


def _claim_difference(
    db: sqlite3.Connection, entries: Sequence[Entry], keys: Mapping[SourceRecord, int], gone: Sequence[int]
) -> ClaimDifference[int]:
    """The claims to open, and the versions to close; `gone` are the keys of removed records."""
    accepted = [entry for entry in entries if not entry.fault]
    return claim_difference(accepted, _open_claims(db, [*(keys[source_record(entry)] for entry in accepted), *gone]))


def _open_claims(db: sqlite3.Connection, records: Sequence[int]) -> dict[tuple[str, Support], int]:
    """The versions of the open claims of records, by (claim id, support)."""
    rows = db.execute(
        "SELECT c.version, c.id, c.basis, c.review, c.confidence, (SELECT group_concat(e.id, ' ') FROM cited x"
        " JOIN evidence e ON e.key = x.evidence WHERE x.version = c.version)"
        " FROM json_each(?) r JOIN claim c ON c.record = r.value WHERE c.closed IS NULL",
        (_write(records),),
    )
    return {(row[1], (*row[2:5], frozenset(row[5].split()))): row[0] for row in rows}


def _open_judgements(db: sqlite3.Connection, ids: Sequence[JudgementId]) -> list[tuple[str, int]]:
    """(id, version) of the open judgements with these ids."""
    return db.execute(
        "SELECT id, version FROM judgement WHERE closed IS NULL AND id IN (SELECT value FROM json_each(?))",
        (_write(ids),),
    ).fetchall()


def _close(db: sqlite3.Connection, statement: str, versions: Sequence[tuple[str, int]], revision: int) -> None:
    db.executemany(statement, [(revision, version) for _, version in versions])


def _claim_rows(rows: Sequence[_Version], entities: Mapping[str, int], first: int) -> Iterator[_Row]:
    for version, (claim, record, opened, closed) in enumerate(rows, first):
        yield (
            version,
            claim.id,
            claim.statement,
            record,
            entities[claim.subject],
            claim.predicate,
            None if claim.object is None else entities[claim.object],
            None if claim.value is None else _write(claim.value),
            _write(dict(claim.qualifiers)) if claim.qualifiers else _NO_QUALIFIERS,
            claim.valid_from,
            claim.valid_to,
            claim.basis,
            claim.review,
            claim.confidence,
            opened,
            closed,
        )


def _require(rows: Sequence[_Version], entities: Mapping[str, int], cited: Mapping[str, int]) -> None:
    for claim, *_ in rows:
        if claim.subject not in entities:
            raise missing_entity(f"claim {claim.id}", claim.subject)
        if claim.object is not None and claim.object not in entities:
            raise missing_entity(f"claim {claim.id}", claim.object)
        for each in claim.evidence:
            if each not in cited:
                raise missing_evidence(claim.id, each)


def _write(value: object) -> str:
    """JSON text with sorted keys; `Admission` ensures that numbers are finite and keys are known names."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _keys(db: sqlite3.Connection, statement: str, ids: Iterable[str]) -> dict[str, int]:
    return dict(db.execute(statement, (_write(list(ids)),)).fetchall())
