"""The quarantine: rows that were refused, with what would mend them; and a retry by the mapping as it is now."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.port import GraphStore, LedgerQuery, LedgerRow
from ingest.claims.entries import EntryMaker, StagedEntry, entities_of, stage
from ingest.claims.refusals import Refusal, read_refusal
from ingest.claims.validation import Ontology, current, fault_of
from ingest.mapping.blocks import RowBlock
from ingest.mapping.compiler import CompiledSource, compile_source
from ingest.mapping.drafts import Draft, block_of
from ingest.mapping.source_spec import SourceSpec
from ingest.readers.row import RawRow
from ontology.errors import NotFoundError
from ontology.records import Batch, DocumentId

_NUMBERED = re.compile(r"[^:#]+#(\d+)")  # the key of a record that only its row's number identifies
_PAGE = 500  # rows that are tried, and written, at a time


@dataclass(frozen=True, slots=True)
class Retry:
    """The result of a retry.

    Attributes:
        tried: Rows in quarantine. accepted: of these, rows that fit now. refused: rows that still do not.
        waiting: Of those refused, rows of which the store does not keep enough (groups, long rows, lookups in files):
            loading their file again tries them.
        opened: Claims opened. closed: claims closed. revision: the store's, afterwards.
    """

    source: str
    tried: int
    accepted: int
    refused: int
    waiting: int
    opened: int
    closed: int
    revision: int


def refusals(
    store: GraphStore, source: str | None = None, *, after: tuple[str, str] = ("", ""), limit: int | None = None
) -> list[Refusal]:
    """The rows in quarantine, of one source or of all, by (source, record)."""
    sources = None if source is None else [source]
    query = LedgerQuery(sources=sources, state="quarantined", after=after, limit=limit)
    return [read_refusal(row.key.source, row.key.record, row.fault) for row in store.ledger(query)]


def refused(store: GraphStore, source: str, record: str) -> Refusal:
    """One row in quarantine.

    Raises:
        NotFoundError: It is not there.
    """
    rows = store.ledger(LedgerQuery(records=[(source, record)], state="quarantined"))
    if not rows:
        message = f"{source} has no record {record!r} in quarantine"
        raise NotFoundError(message, fix="tierscope quarantine list shows what there is", source=source, record=record)
    return read_refusal(source, record, rows[0].fault)


def retry(store: GraphStore, spec: SourceSpec, *, clock: Callable[[], str], ontology: Ontology | None = None) -> Retry:
    """Map and validate the quarantined rows of a source again, by its declaration as it is now."""
    trial = _Trial(store, spec, ontology or current())
    tried = waiting = accepted = opened = closed = 0
    for page in _pages(store, spec.source):
        outcomes = [(row, trial.draft(row)) for row in page]
        tried += len(page)
        waiting += sum(draft is None for _, draft in outcomes)
        fitting = trial.fitting([(row, draft) for row, draft in outcomes if draft is not None])
        accepted += len(fitting)
        if fitting:
            applied = store.apply(trial.batch(fitting, clock()))
            opened += applied.opened
            closed += applied.closed
    revision = store.status().revision
    return Retry(spec.source, tried, accepted, tried - accepted, waiting, opened, closed, revision)


def _pages(store: GraphStore, source: str) -> Iterator[list[LedgerRow]]:
    after = ("", "")
    while page := store.ledger(LedgerQuery(sources=[source], state="quarantined", after=after, limit=_PAGE)):
        yield page
        after = (page[-1].key.source, page[-1].key.record)


Outcome = tuple[LedgerRow, StagedEntry, DocumentId]
"""A row in quarantine, the entry that it gives now, and the document that it is in."""


class _Trial:
    """Maps and validates rows of the quarantine of one source."""

    def __init__(self, store: GraphStore, spec: SourceSpec, ontology: Ontology) -> None:
        self._store, self._source, self._ontology = store, spec.source, ontology
        self._compiled: CompiledSource = compile_source(spec, ontology.vocabulary, ontology.records, {})
        blocks = [block for each in self._compiled.blocks.values() for block in each]
        self._blocks: Mapping[str, RowBlock] = {b.frame.name: b for b in blocks if isinstance(b, RowBlock)}
        self._maker = EntryMaker(spec, ontology)

    def draft(self, row: LedgerRow) -> Draft | None:
        """What the mapping makes of a quarantined row now; None where the row is not kept whole."""
        body = json.loads(row.fault)
        block = self._blocks.get(block_of(row.key.record))
        if block is None or "cells" not in body or self._compiled.lookups:
            return None
        locator = json.loads(body["locator"])
        here = replace(block, frame=replace(block.frame, path=locator["file"]))
        draft = here.take(_raw_row(row.key.record, body, locator))
        return draft if isinstance(draft, Draft) else None

    def fitting(self, outcomes: Sequence[tuple[LedgerRow, Draft]]) -> list[Outcome]:
        """Those drafts that the validators accept and whose key no other live record has."""
        valid = [(row, d) for row, d in outcomes if d.fault is None and fault_of(d.records, self._ontology) is None]
        taken = self._taken([draft.record for _, draft in valid])
        fitting: list[Outcome] = []
        for row, draft in valid:
            if draft.record not in taken:
                taken.add(draft.record)
                document = DocumentId(json.loads(row.fault)["document"])
                fitting.append((row, stage(draft, draft.record, ""), document))
        return fitting

    def _taken(self, records: Sequence[str]) -> set[str]:
        pairs = [(self._source, record) for record in records]
        return {row.key.record for row in self._store.ledger(LedgerQuery(records=pairs, state="accepted"))}

    def batch(self, fitting: Sequence[Outcome], at: str) -> Batch:
        """The write that brings the fitting rows in; its old key leaves the quarantine."""
        made = [self._maker.make(entry, document) for _, entry, document in fitting]
        entries = [entry for entry, _ in made]
        left = [(self._source, row.key.record) for row, entry, _ in fitting if row.key.record != entry.record]
        return Batch(
            at=at,
            entities=tuple(entities_of(entries, self._ontology.kind_of, set())),
            evidence=tuple(each for _, evidence in made for each in evidence),
            entries=tuple(entries),
            gone=tuple(left),
        )


def _raw_row(record: str, body: Mapping[str, Any], locator: Mapping[str, Any]) -> RawRow:
    """The row as it was read; where its place is no row number, a key such as `text#3` still has it."""
    numbered = _NUMBERED.fullmatch(record)
    number = locator.get("rows") or (numbered[1] if numbered else 0)
    beyond = {name: value for name, value in locator.items() if name not in ("file", "rows")}
    return RawRow(int(number), dict(body["cells"]), body["raw"].encode(), beyond)
