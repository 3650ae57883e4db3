"""The second pass: what the spool holds goes to the store in batches, each one transaction with its ledger rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from graph.port import GraphStore, LedgerQuery
from ingest.claims.entries import EntryMaker, ends_of
from ingest.claims.staged_entry import StagedEntry
from ingest.claims.validation import KindOf
from ingest.mapping.drafts import block_of, rows_in
from ingest.pipeline.checking import Watch
from ingest.pipeline.report import Progress
from ingest.pipeline.source_files import Document
from ingest.pipeline.staging import StagingFile
from ingest.pipeline.tally import State, Tally
from ontology.records import Batch, Entry, Evidence, LedgerKey, NounId

CLAIMS = 20_000  # greatest number of claims of a batch; one entry's are never torn apart
_ENTRIES = 20_000
_CHUNK = 2_000  # entries whose ledger rows are asked for at a time
_SENT = 500_000  # nouns that are remembered as sent


@dataclass(slots=True)
class _Pending:
    entries: list[Entry] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    claims: int = 0


@dataclass(slots=True)
class Writer:
    """Writes new and changed entries; counts what was opened and closed."""

    store: GraphStore
    maker: EntryMaker
    kind_of: KindOf
    documents: Mapping[str, Document]
    clock: Callable[[], str]
    watch: Watch
    dry_run: bool = False
    opened: int = 0
    closed: int = 0
    _pending: _Pending = field(default_factory=_Pending)
    _sent: set[NounId] = field(default_factory=set)

    def run(self, spool: StagingFile, tally: Tally) -> Iterator[StagedEntry]:
        """Write what the spool holds, and yield the entries that were refused."""
        fresh = not self.store.ledger(LedgerQuery(sources=[self.maker.terms.source], limit=1))
        entries, done = iter(spool), 0
        while chunk := list(islice(entries, _CHUNK)):
            known = {} if fresh else self._known(chunk)
            for entry in chunk:
                tally.mark(entry.file, rows_in(entry.rows), self._write(entry, known))
                if entry.fault:
                    yield entry
            done += len(chunk)
            self._tell(done, spool.count)
        self.flush()

    def _known(self, chunk: Iterable[StagedEntry]) -> dict[str, tuple[LedgerKey, str]]:
        records = [(self.maker.terms.source, entry.record) for entry in chunk]
        return {row.key.record: (row.key, row.fault) for row in self.store.ledger(LedgerQuery(records=records))}

    def _write(self, entry: StagedEntry, known: Mapping[str, tuple[LedgerKey, str]]) -> State:
        key = self.maker.terms.key(entry.record, entry.digest)
        if known.get(entry.record) == (key, entry.fault):
            return State.QUARANTINED if entry.fault else State.UNCHANGED
        made, evidence = self.maker.make(entry, self.documents[entry.file].source.id)
        if self._pending.claims + len(made.claims) > CLAIMS or len(self._pending.entries) >= _ENTRIES:
            self.flush()
        self._pending.entries.append(made)
        self._pending.evidence += evidence
        self._pending.claims += len(made.claims)
        return State.QUARANTINED if entry.fault else State.ACCEPTED

    def flush(self) -> None:
        """Write what is pending as one batch."""
        pending, self._pending = self._pending, _Pending()
        if not pending.entries:
            return
        if self.dry_run:
            self.opened += pending.claims
            return
        new = ends_of(pending.entries, self.kind_of, self._sent)
        batch = Batch(
            at=self.clock(),
            nouns=tuple(new),
            sources=tuple(document.source for document in self.documents.values()),
            evidence=tuple(pending.evidence),
            entries=tuple(pending.entries),
        )
        self._apply(batch, "batch")
        if len(self._sent) > _SENT:
            self._sent.clear()
        self._sent.update(noun.id for noun in new)

    def close_gone(self, gone: Iterable[str]) -> None:
        """Close the records that a snapshot lost, in batches."""
        records = iter(gone)
        while not self.dry_run and (chunk := list(islice(records, _CHUNK))):
            lost = tuple((self.maker.terms.source, record) for record in chunk)
            self._apply(Batch(at=self.clock(), gone=lost), "gone")

    def _apply(self, batch: Batch, name: str) -> None:
        self.watch.fault_point(f"{name}-ready")
        applied = self.store.apply(batch)
        self.opened += applied.opened
        self.closed += applied.closed
        self.watch.fault_point(f"{name}-written")

    def _tell(self, done: int, of: int) -> None:
        size = sum(document.size for document in self.documents.values())
        self.watch.progress(Progress("writing", done, of, self.opened, size))


def lost_records(store: GraphStore, source: str, seen: set[str], kept: frozenset[str]) -> list[str]:
    """The live records of a source that are not among `seen`; those of the blocks and files `kept` are left out."""
    lost: list[str] = []
    after = ("", "")
    while page := store.ledger(LedgerQuery(sources=[source], after=after, limit=_CHUNK)):
        lost += [row.key.record for row in page if row.key.record not in seen and block_of(row.key.record) not in kept]
        after = (page[-1].key.source, page[-1].key.record)
    return lost
