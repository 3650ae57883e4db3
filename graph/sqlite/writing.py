"""How a batch gets in: ids are looked up set by set, and the difference to what is open is written as rows."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.admission import check_standing
from graph.sqlite.lookup import follow, put_words
from graph.sqlite.reading import read_judgements
from ontology.errors import InvalidRecordError, MissingEndError, MissingEvidenceError
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

Place = tuple[str, str]
_Row = tuple[Any, ...]

_NO_QUALIFIERS = "{}"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that the store knows: its row's key, and what it was made from, None where its ledger row is dead."""

    key: int
    made_from: _Row | None


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a batch changes among claims: claims to open with their record's key, and (version, id) to close."""

    opened: list[tuple[Claim, int]]
    closed: list[tuple[int, str]]


def apply(db: sqlite3.Connection, batch: Batch, searchable: frozenset[str]) -> Applied:
    """Write an admitted batch within the caller's transaction."""
    follow(db, searchable)
    put_entities(db, batch.entities)
    put_documents(db, batch.documents)
    put_evidence(db, batch.evidence)
    put_vectors(db, batch.vectors)
    known = _known(db, [*map(_place, batch.entries), *batch.gone])
    entries = [entry for entry in batch.entries if _is_news(entry, known)]
    gone = [known[place].key for place in dict.fromkeys(batch.gone) if place in known and known[place].made_from]
    judged = _new_judgements(db, batch)
    withdrawn = _open_judgements(db, batch.withdrawn)
    revision = int(db.execute("SELECT coalesce(max(revision), 0) FROM revision").fetchone()[0])
    if not (entries or gone or judged or withdrawn):
        return Applied(revision, 0, 0)
    instant = _next_instant(db, batch.at)
    keys = _put_ledger(db, entries, known, instant)
    _kill_ledger(db, gone)
    difference = _difference(db, entries, keys, gone)
    opened = len(difference.opened) + len(judged)
    closed = len(difference.closed) + len(withdrawn)
    if opened or closed:
        revision += 1
        db.execute("INSERT INTO revision VALUES (?, ?)", (revision, instant))
        _close(db, "UPDATE claim SET closed = ? WHERE version = ?", difference.closed, revision)
        _close(db, "UPDATE judgement SET closed = ? WHERE version = ?", withdrawn, revision)
        put_claims(db, [(claim, key, revision, None) for claim, key in difference.opened], searchable)
        put_judgements(db, [(judgement, revision, None) for judgement in judged])
    return Applied(revision, opened, closed)


def put_entities(db: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Add the entities that are not there."""
    db.executemany(
        "INSERT INTO entity (id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING", ((n.id, n.kind) for n in entities)
    )


def put_documents(db: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Add the documents that are not there."""
    db.executemany(
        "INSERT INTO document (id, name, sha256, uri, media_type, licence, publisher, retrieved_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(d.id, d.name, d.sha256, d.uri, d.media_type, d.licence, d.publisher, d.retrieved_at) for d in documents],
    )


def put_evidence(db: sqlite3.Connection, evidence: Sequence[Evidence]) -> None:
    """Add the evidence that is not there; each one's document has to be."""
    documents = _keys(
        db, "SELECT id, key FROM document WHERE id IN (SELECT value FROM json_each(?))", {e.document for e in evidence}
    )
    missing = next((each for each in evidence if each.document not in documents), None)
    if missing:
        message = (
            f"evidence {missing.id} is derived from {missing.document}, which is neither in the store nor the batch"
        )
        raise MissingEvidenceError(message, fix="give the document with its evidence", evidence=missing.id)
    db.executemany(
        "INSERT INTO evidence (id, document, locator, quote_sha256, quote) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        ((e.id, documents[e.document], e.locator, e.quote_sha256, e.quote) for e in evidence),
    )


def put_vectors(db: sqlite3.Connection, vectors: Sequence[Vector]) -> None:
    """Keep the vectors, in place of those that the same model gave the same entities."""
    entities = entity_keys(db, {vector.entity for vector in vectors})
    for vector in vectors:
        if vector.entity not in entities:
            raise _missing_end(f"the vector of {vector.entity}", vector.entity)
    db.executemany(
        "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)",
        [(vector.model, entities[vector.entity], vector.values) for vector in vectors],
    )
    for model in sorted({vector.model for vector in vectors}):
        sizes = db.execute('SELECT DISTINCT length("values") FROM vector WHERE model = ?', (model,)).fetchall()
        if len(sizes) > 1:
            message = f"the model {model!r} gave vectors of {len(sizes)} lengths"
            raise InvalidRecordError(message, fix="name each version of a model differently", model=model)


def put_claims(
    db: sqlite3.Connection, rows: Sequence[tuple[Claim, int, int, int | None]], searchable: frozenset[str]
) -> None:
    """Add versions of claims, each with its record's key and the revisions that opened and closed it.

    Raises:
        MissingEndError: A claim names an entity that is not there.
        MissingEvidenceError: A claim names evidence that is not there.
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
    """Add versions of judgements, each with the revisions that opened and closed it."""
    entities = entity_keys(db, {entity for judgement, *_ in rows for entity in (judgement.left, judgement.right)})
    for judgement, *_ in rows:
        for entity in (judgement.left, judgement.right):
            if entity not in entities:
                raise _missing_end(f"judgement {judgement.id}", entity)
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
    """The keys of those of the entities that are there."""
    return _keys(db, "SELECT id, key FROM entity WHERE id IN (SELECT value FROM json_each(?))", ids)


def record_keys(db: sqlite3.Connection, places: Iterable[Place]) -> dict[Place, int]:
    """The keys of the records, made where they were not known."""
    wanted = list(dict.fromkeys(places))
    db.executemany("INSERT INTO record (source, record) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
    return {place: record.key for place, record in _known(db, wanted).items()}


def put_ledger(db: sqlite3.Connection, rows: Iterable[tuple[LedgerKey, str, str, int]]) -> None:
    """Bring ledger rows of known records to life: the key, the fault, the record instant, and the record's own key."""
    rows = list(rows)
    recipes = _recipes(db, [key for key, *_ in rows])
    db.executemany(
        "UPDATE record SET digest = ?, recipe = ?, fault = ?, recorded_at = ? WHERE key = ?",
        ((k.digest, recipes[k.mapping, k.ontology], fault, instant, record) for k, fault, instant, record in rows),
    )


def note_instant(db: sqlite3.Connection, instant: str) -> None:
    """Remember the last record instant."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('recorded_at', ?)", (instant,))


def _known(db: sqlite3.Connection, places: Iterable[Place]) -> dict[Place, _Record]:
    by_source: dict[str, list[str]] = {}
    for source, record in places:
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


def _made_from(entry: Entry) -> _Row:
    return (entry.key.digest, entry.key.mapping, entry.key.ontology, entry.fault)


def _is_news(entry: Entry, known: Mapping[Place, _Record]) -> bool:
    record = known.get(_place(entry))
    return record is None or record.made_from != _made_from(entry)


def _next_instant(db: sqlite3.Connection, at: str) -> str:
    last = db.execute("SELECT value FROM meta WHERE name = 'recorded_at'").fetchone()
    instant = max(at, next_record_instant(last[0])) if last else at
    note_instant(db, instant)
    return instant


def _put_ledger(
    db: sqlite3.Connection, entries: Sequence[Entry], known: Mapping[Place, _Record], instant: str
) -> dict[Place, int]:
    keys = {place: record.key for place, record in known.items()}
    put_ledger(db, [(e.key, e.fault, instant, keys[p]) for e in entries if (p := _place(e)) in keys])
    new = [entry for entry in entries if _place(entry) not in keys]
    recipes = _recipes(db, [entry.key for entry in new])
    (first,) = db.execute("SELECT coalesce(max(key), 0) + 1 FROM record").fetchone()
    db.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (row, e.key.source, e.key.record, e.key.digest, recipes[e.key.mapping, e.key.ontology], e.fault, instant)
            for row, e in enumerate(new, first)
        ),
    )
    keys.update((_place(entry), row) for row, entry in enumerate(new, first))
    return keys


def _recipes(db: sqlite3.Connection, keys: Sequence[LedgerKey]) -> dict[tuple[str, str], int]:
    wanted = sorted({(key.mapping, key.ontology) for key in keys})
    db.executemany("INSERT INTO recipe (mapping, ontology) VALUES (?, ?) ON CONFLICT DO NOTHING", wanted)
    return {
        recipe: db.execute("SELECT key FROM recipe WHERE mapping = ? AND ontology = ?", recipe).fetchone()[0]
        for recipe in wanted
    }


def _kill_ledger(db: sqlite3.Connection, keys: Sequence[int]) -> None:
    db.executemany(
        "UPDATE record SET digest = NULL, recipe = NULL, fault = NULL, recorded_at = NULL WHERE key = ?",
        ((key,) for key in keys),
    )


def _place(entry: Entry) -> Place:
    return (entry.key.source, entry.key.record)


def _difference(
    db: sqlite3.Connection, entries: Sequence[Entry], keys: Mapping[Place, int], gone: Sequence[int]
) -> _Difference:
    """What the accepted entries open and close. A claim that is said as before, but more surely, is another version."""
    accepted = [entry for entry in entries if not entry.fault]
    replaced = [keys[_place(entry)] for entry in accepted]
    standing = _standing(db, [*replaced, *gone])
    # Most loads are first loads, where nothing stands.
    opened = [
        (claim, key)
        for entry, key in zip(accepted, replaced, strict=True)
        for claim in _distinct(entry)
        if not standing or standing.pop((claim.id, _manner(claim)), None) is None
    ]
    return _Difference(opened, [(version, identity[0]) for identity, version in standing.items()])


def _distinct(entry: Entry) -> Iterable[Claim]:
    """The claims of an entry; one that is made twice alike counts once."""
    if len(entry.claims) == 1:
        return entry.claims
    claims = {claim.id: claim for claim in entry.claims}
    if len(claims) < len(entry.claims):
        twice = next((claim for claim in entry.claims if claims[claim.id] != claim), None)
        if twice:
            message = f"record {entry.key.record!r} makes the claim {twice.id} twice, in two ways"
            raise InvalidRecordError(message, fix="cite all evidence in one claim", claim=twice.id)
    return claims.values()


def _standing(db: sqlite3.Connection, records: Sequence[int]) -> dict[tuple[str, _Row], int]:
    """The open claims of records: (id, manner) to version."""
    rows = db.execute(
        "SELECT c.version, c.id, c.basis, c.review, c.confidence, (SELECT group_concat(e.id, ' ') FROM cited x"
        " JOIN evidence e ON e.key = x.evidence WHERE x.version = c.version)"
        " FROM json_each(?) r JOIN claim c ON c.record = r.value WHERE c.closed IS NULL",
        (_write(records),),
    )
    return {(row[1], (*row[2:5], frozenset(row[5].split()))): row[0] for row in rows}


def _manner(claim: Claim) -> _Row:
    """How a claim is said: what its id does not cover."""
    return (claim.basis, claim.review, claim.confidence, frozenset(claim.evidence))


def _new_judgements(db: sqlite3.Connection, batch: Batch) -> list[Judgement]:
    if not batch.judgements:
        return []
    standing = {stored.judgement.id: stored.judgement for stored in read_judgements(db)}
    left = {id_: judgement for id_, judgement in standing.items() if id_ not in batch.withdrawn}
    new = {judgement.id: judgement for judgement in batch.judgements if judgement.id not in left}
    check_standing(left.values(), new.values())
    return [new[each] for each in sorted(new)]


def _open_judgements(db: sqlite3.Connection, ids: Sequence[JudgementId]) -> list[tuple[int, str]]:
    return db.execute(
        "SELECT version, id FROM judgement WHERE closed IS NULL AND id IN (SELECT value FROM json_each(?))",
        (_write(ids),),
    ).fetchall()


def _close(db: sqlite3.Connection, statement: str, versions: Sequence[tuple[int, str]], revision: int) -> None:
    db.executemany(statement, [(revision, version) for version, _ in versions])


def _claim_rows(
    rows: Sequence[tuple[Claim, int, int, int | None]], entities: Mapping[str, int], first: int
) -> Iterator[_Row]:
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


def _require(
    rows: Sequence[tuple[Claim, int, int, int | None]], entities: Mapping[str, int], cited: Mapping[str, int]
) -> None:
    for claim, *_ in rows:
        if claim.subject not in entities:
            raise _missing_end(f"claim {claim.id}", claim.subject)
        if claim.object is not None and claim.object not in entities:
            raise _missing_end(f"claim {claim.id}", claim.object)
        for each in claim.evidence:
            if each not in cited:
                message = f"claim {claim.id} cites {each}, which is neither in the store nor in the batch"
                raise MissingEvidenceError(
                    message, fix="give the evidence with the claim", claim=claim.id, evidence=each
                )


def _write(value: object) -> str:
    """JSON text. Numbers are finite and keys are names of the vocabulary, which admission saw to."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _keys(db: sqlite3.Connection, question: str, ids: Iterable[str]) -> dict[str, int]:
    return dict(db.execute(question, (_write(list(ids)),)).fetchall())


def _missing_end(who: str, entity: str) -> MissingEndError:
    message = f"{who} names {entity}, which is neither in the store nor in the batch"
    return MissingEndError(message, fix="give the entity with what names it", entity=entity)
