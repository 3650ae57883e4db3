"""The second pass: staged entries that are new or changed go to the store in batches, each one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from graph.port import GraphStore, LedgerQuery
from ingest.claims.entries import EntryMaker, StagedEntry, entities_of
from ingest.claims.refusals import Refusal, read_refusal
from ingest.mapping.drafts import block_of
from ingest.pipeline.report import Progress
from ingest.pipeline.run import LoadRun
from ingest.pipeline.staging import StagingFile
from ingest.pipeline.tally import RowState
from ingest.readers.row import rows_in
from ontology.records import Batch, EntityId, Entry, Evidence, LedgerKey

CLAIMS = 20_000  # greatest number of claims of a batch; an entry with more has one of its own
PREVIEW = 20  # refusals that a report shows
_ENTRIES = 20_000
_CHUNK = 2_000  # entries whose ledger rows are read at a time
_SENT = 500_000  # ids of entities that are kept as sent


@dataclass(slots=True)
class EntryBatch:
    """New and changed entries that are written together, and the evidence that their claims cite."""

    entries: list[Entry] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    claims: int = 0

    def has_room(self, entry: Entry) -> bool:
        """Whether an entry still fits."""
        return self.claims + len(entry.claims) <= CLAIMS and len(self.entries) < _ENTRIES

    def add(self, entry: Entry, evidence: Iterable[Evidence]) -> None:
        """Add an entry with its evidence."""
        self.entries.append(entry)
        self.evidence += evidence
        self.claims += len(entry.claims)


@dataclass(slots=True)
class BatchWriter:
    """Writes batches to a store, and counts the claims that this opens and closes."""

    store: GraphStore
    run: LoadRun
    opened: int = 0
    closed: int = 0
    _sent: set[EntityId] = field(default_factory=set)

    def write(self, batch: EntryBatch) -> None:
        """Write a batch in one transaction; an empty one, or one of a dry run, is only counted."""
        if self.run.dry_run:
            self.opened += batch.claims
        elif batch.entries:
            new = entities_of(batch.entries, self.run.ontology.kind_of, self._sent)
            documents = tuple(file.document for file in self.run.files.values())
            evidence, entries = tuple(batch.evidence), tuple(batch.entries)
            self._apply(Batch(self.run.clock(), tuple(new), documents, evidence, entries), "batch")
            if len(self._sent) > _SENT:
                self._sent.clear()
            self._sent.update(entity.id for entity in new)

    def close(self, records: Sequence[str]) -> None:
        """Close records that a snapshot no longer has; in a dry run nothing is closed."""
        source = self.run.spec.source
        for start in range(0, 0 if self.run.dry_run else len(records), _CHUNK):
            gone = tuple((source, record) for record in records[start : start + _CHUNK])
            self._apply(Batch(at=self.run.clock(), gone=gone), "gone")

    def _apply(self, batch: Batch, name: str) -> None:
        self.run.fault_point(f"{name}-ready")
        applied = self.store.apply(batch)
        self.opened += applied.opened
        self.closed += applied.closed
        self.run.fault_point(f"{name}-written")


def write_entries(run: LoadRun, staging: StagingFile, writer: BatchWriter) -> list[Refusal]:
    """Write the staged entries that the store does not have, batch by batch; what was refused counts as an entry.

    Returns:
        The first refusals, at most `PREVIEW`.
    """
    maker, batch, refusals = EntryMaker(run.spec, run.ontology), EntryBatch(), list[Refusal]()
    entries, done = iter(staging), 0
    fresh = not writer.store.ledger(LedgerQuery(sources=[run.spec.source], limit=1))
    while chunk := list(islice(entries, _CHUNK)):
        ledger = {} if fresh else _ledger(writer.store, run.spec.source, chunk)
        for staged in chunk:
            known = ledger.get(staged.record) == (maker.key(staged), staged.fault)
            run.tally.mark(staged.file, rows_in(staged.rows), _state(staged, known=known))
            if staged.fault and len(refusals) < PREVIEW:
                refusals.append(read_refusal(run.spec.source, staged.record, staged.fault))
            if known:
                continue
            entry, evidence = maker.make(staged, run.files[staged.file].document.id)
            if not batch.has_room(entry):
                writer.write(batch)
                batch = EntryBatch()
            batch.add(entry, evidence)
        done += len(chunk)
        run.progress(Progress("writing", done, staging.count, writer.opened, run.size))
    writer.write(batch)
    return refusals


def _ledger(store: GraphStore, source: str, chunk: Iterable[StagedEntry]) -> dict[str, tuple[LedgerKey, str]]:
    """By record, the ledger key and the fault that the store has for staged entries."""
    records = [(source, staged.record) for staged in chunk]
    return {row.key.record: (row.key, row.fault) for row in store.ledger(LedgerQuery(records=records))}


def _state(staged: StagedEntry, *, known: bool) -> RowState:
    if staged.fault:
        return RowState.QUARANTINED
    return RowState.UNCHANGED if known else RowState.ACCEPTED


def close_lost_records(run: LoadRun, writer: BatchWriter) -> None:
    """Close the records that a snapshot no longer has; warn where they are many, or in a dry run."""
    if run.spec.mode != "snapshot":
        return
    lost = _lost_records(run, writer.store)
    writer.close(lost)
    if lost and (run.dry_run or len(lost) > len(run.keys)):
        were = "would be" if run.dry_run else "were"
        run.warnings.append(f"{len(lost):,} records are no longer in the file and {were} closed")


def _lost_records(run: LoadRun, store: GraphStore) -> list[str]:
    """The live records of the source that this run did not meet; those of absent optional files stay."""
    absent = set(run.compiled.blocks) - set(run.files)
    kept = absent | {block.frame.name for file in absent for block in run.compiled.blocks[file]}
    lost: list[str] = []
    after = ("", "")
    while page := store.ledger(LedgerQuery(sources=[run.spec.source], after=after, limit=_CHUNK)):
        records = [row.key.record for row in page]
        lost += [record for record in records if record not in run.keys and block_of(record) not in kept]
        after = (page[-1].key.source, page[-1].key.record)
    return lost
