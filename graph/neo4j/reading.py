"""Reads of the server store: each makes a bounded number of queries, for any number of rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.neo4j import cypher
from graph.neo4j.connection import Transaction
from graph.neo4j.records import to_claim, to_judgement, to_kind, to_ledger_row, to_mapping
from graph.neo4j.schema import Names, place_of, word_key
from graph.port import LATEST, Cited, ClaimColumns, ClaimQuery, ColumnsPart, EntityQuery, LedgerQuery, LedgerRow, Status
from graph.words import words
from ontology.preference import to_bases, to_reviews
from ontology.records import At, Change, Document, Entity, EntityId, Evidence, EvidenceId, StoredClaim, StoredJudgement

COUNTED = ("entities", "claims", "versions", "evidence", "documents", "judgements", "ledger", "quarantined")
_ALL = 2**62
_LAST = "\U0010ffff"
_ANCHORS = ("ids", "records", "evidence", "subjects", "objects", "predicates")

_Parameters = dict[str, Any]


def read_status(transaction: Transaction, address: str) -> Status:
    """The state of the store; `address` is the one to report."""
    schema, revision, recorded_at, *counts = transaction.run(cypher.STATUS)[0]
    return Status(address, schema, revision, recorded_at, dict(zip(COUNTED, counts, strict=True)))


def read_entities(transaction: Transaction, query: EntityQuery, names: Names) -> list[Entity]:
    """The entities that match a query, ordered by id."""
    parameters = _times(query.at) | {"after": query.after, "limit": _limit(query.limit)}
    tokens = sorted({word_key(word) for text in query.words for word in words(text)})
    if query.words and not tokens:
        return []
    if tokens:
        lists = {"ids": _listed(query.ids), "kinds": _listed(query.kinds)}
        rows = transaction.run(cypher.ENTITIES_BY_WORDS, words=tokens, **lists, **parameters)
    elif query.ids is not None:
        rows = transaction.run(cypher.ENTITIES_BY_ID, ids=_wanted_ids(query, names), **parameters)
    else:
        ranges = _ranges(query, names)
        rows = [row for each in ranges for row in transaction.run(cypher.ENTITIES_IN_RANGE, **parameters | each)]
    return [Entity(id_, to_kind(labels)) for id_, labels in sorted(rows)[: _limit(query.limit)]]


def read_claims(transaction: Transaction, query: ClaimQuery) -> list[StoredClaim]:
    """The versions of claims that match a query, ordered by (claim id, recorded at)."""
    lists: _Parameters = {name: _listed(getattr(query, name)) for name in (*_ANCHORS, "sources")}
    if query.records is not None:
        lists["records"] = sorted({place_of(*each) for each in query.records})
    anchor = next((name for name in _ANCHORS if lists[name] is not None), "")
    texts = cypher.CLAIM_VERSIONS if query.history else cypher.OPEN_CLAIMS
    parameters = {"after": query.after, "limit": _limit(query.limit), "anchor": lists.get(anchor)} | _times(query.at)
    rows = transaction.run(texts[anchor], **parameters, **(lists | ({anchor: None} if anchor else {})))
    return [to_claim(row) for row in rows]


def read_columns(
    transaction: Transaction, predicate: str, qualifiers: Sequence[str], at: At, part: ColumnsPart
) -> ClaimColumns:
    """The claims of a predicate that are open and valid at `at`, ordered by id; see `GraphReader.columns`."""
    text = cypher.COLUMNS[part.limit is not None, part.cited]
    parameters = _times(at) | {"predicate": predicate, "after": part.after, "limit": _limit(part.limit)}
    rows = _with_evidence(transaction.run(text, **parameters))
    columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(13)]
    carried = [to_mapping(text) for text in columns[11]]
    return ClaimColumns(
        claims=columns[0],
        statements=columns[1],
        sources=columns[2],
        subjects=columns[3],
        objects=columns[4],
        values=columns[5],
        basis=to_bases(columns[6]),
        review=to_reviews(columns[7]),
        confidence=np.array(columns[8], dtype=np.float64),
        valid_from=columns[9],
        valid_to=columns[10],
        qualifiers={name: [each.get(name) for each in carried] for name in qualifiers},
        evidence=columns[12] if part.cited else [()] * len(columns[0]),
    )


def read_evidence(transaction: Transaction, ids: Sequence[EvidenceId]) -> list[Cited]:
    """The evidence with these ids and its documents, ordered by id."""
    rows = transaction.run(cypher.EVIDENCE, ids=_listed(ids))
    return [Cited(Evidence(*row[:5]), Document(*row[5:])) for row in rows]


def read_judgements(transaction: Transaction, at: At = LATEST) -> list[StoredJudgement]:
    """The judgements that were open at `at.known_at`, ordered by id."""
    return [to_judgement(row) for row in transaction.run(cypher.JUDGEMENTS, knownAt=at.known_at)]


def read_ledger(transaction: Transaction, query: LedgerQuery) -> list[LedgerRow]:
    """The live ledger rows that match a query, ordered by (source, record)."""
    source, record = query.after
    parameters: _Parameters = {"source": source, "record": record, "limit": _limit(query.limit)}
    parameters |= {
        "sources": _listed(query.sources),
        "accepted": None if query.state == "both" else query.state == "accepted",
    }
    if query.records is None:
        rows = transaction.run(cypher.LEDGER, **parameters)
    else:
        places = sorted({place_of(*each) for each in query.records})
        rows = transaction.run(cypher.LEDGER_OF_RECORDS, places=places, **parameters)
    return [to_ledger_row(row) for row in rows]


def read_changes(transaction: Transaction, after: int, limit: int | None) -> list[Change]:
    """The change feed after a revision, in whole revisions with at least `limit` lines in all."""
    revisions = _ALL
    if limit is not None:
        revisions = _covering([row[1] for row in transaction.run(cypher.CHANGE_SIZES, after=after)], limit)
    rows = transaction.run(cypher.CHANGES, after=after, limit=revisions)
    return [change for row in rows for change in changes_of(row)]


def changes_of(row: Sequence[Any]) -> list[Change]:
    """The lines of one revision: closed ids ascending, then opened ids ascending."""
    number, closed, opened = row
    lines = [("closed", id_) for id_ in closed] + [("opened", id_) for id_ in opened]
    return [Change(number, ordinal, action, id_) for ordinal, (action, id_) in enumerate(lines)]  # type: ignore[arg-type]


def read_vectors(transaction: Transaction, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
    """The embedded entities of a model, ascending, and their vectors of shape (entities, dimensions)."""
    rows = transaction.run(cypher.VECTORS, model=model)
    matrix = np.frombuffer(b"".join(values for _, values in rows), dtype="<f4")
    return [entity for entity, _ in rows], matrix.reshape(len(rows), -1) if rows else matrix.reshape(0, 0)


def _with_evidence(cited: Iterable[list[Any]]) -> list[list[Any]]:
    """Rows of citations, joined to one row for each claim, ordered by id; the server would join them more slowly."""
    rows: list[list[Any]] = []
    for *row, evidence in sorted(cited):  # the rows of one claim differ in their evidence only
        if rows and rows[-1][0] == row[0]:
            rows[-1][-1] += (evidence,)
        else:
            rows.append([*row, (evidence,)])
    return rows


def _covering(sizes: Sequence[int], limit: int) -> int:
    """The number of revisions, given the lines of each, that have at least `limit` lines in all."""
    reached = 0
    for revisions, size in enumerate(sizes):
        if reached >= limit:
            return revisions
        reached += size
    return len(sizes)


def _wanted_ids(query: EntityQuery, names: Names) -> list[str]:
    prefixes = {names.prefixes.get(kind) for kind in query.kinds or ()}
    ids = sorted(set(query.ids or ()))
    return [id_ for id_ in ids if id_ > query.after and (query.kinds is None or id_.partition(":")[0] in prefixes)]


def _ranges(query: EntityQuery, names: Names) -> list[_Parameters]:
    """The ranges of ids to read: one for each kind, whose ids share a prefix, so that the index is read in order."""
    if query.kinds is None:
        return [{"after": query.after, "before": _LAST}]
    prefixes = sorted({names.prefixes[kind] for kind in query.kinds if kind in names.prefixes})
    return [{"after": max(query.after, f"{prefix}:"), "before": f"{prefix};"} for prefix in prefixes]


def _times(at: At) -> _Parameters:
    return {"knownAt": at.known_at, "asOf": at.as_of}


def _listed(values: Sequence[object] | None) -> list[object] | None:
    """The distinct values as a parameter; None stays None and filters nothing."""
    return None if values is None else list(dict.fromkeys(values))


def _limit(limit: int | None) -> int:
    return _ALL if limit is None else limit
