"""The second pass: what the spool holds goes to the store in batches, each one transaction with its ledger rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from graph.port import GraphStore, LedgerQuery
from ingest.checking import Watch
from ingest.decompose import Decomposer
from ingest.drafts import rows_in
from ingest.files import Document
from ingest.report import Progress
from ingest.spool import Spool, Spooled
from ingest.tally import State, Tally
from ingest.validation import KindOf
from ontology.records import Batch, Entry, Evidence, LedgerKey, Noun, NounId

CLAIMS = 20_000  # greatest number of claims of a batch; one entry's are never torn apart
_ENTRIES = 20_000
_CHUNK = 2_000  # entries whose ledger rows are asked for at a time
_SENT = 500_000  # nouns that are remembered as sent


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms entries are written: the source and the versions that are part of every ledger key."""

    source: str
    mapping: str
    ontology: str

    def key(self, record: str, digest: str) -> LedgerKey:
        """The ledger key of a record."""
        return LedgerKey(self.source, record, digest, self.mapping, self.ontology)


@dataclass(slots=True)
class _Pending:
    entries: list[Entry] = field(default_factory=list)
    nouns: dict[NounId, None] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    claims: int = 0


@dataclass(slots=True)
class Writer:
    """Writes new and changed entries; counts what was opened and closed."""

    store: GraphStore
    terms: Terms
    decomposer: Decomposer
    kind_of: KindOf
    documents: Mapping[str, Document]
    clock: Callable[[], str]
    watch: Watch
    dry_run: bool = False
    opened: int = 0
    closed: int = 0
    _pending: _Pending = field(default_factory=_Pending)
    _sent: set[NounId] = field(default_factory=set)

    def run(self, spool: Spool, tally: Tally) -> Iterator[Spooled]:
        """Write what the spool holds, and yield the entries that were refused."""
        fresh = not self.store.ledger(LedgerQuery(sources=[self.terms.source], limit=1))
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

    def _known(self, chunk: Iterable[Spooled]) -> dict[str, tuple[LedgerKey, str]]:
        records = [(self.terms.source, entry.record) for entry in chunk]
        return {row.key.record: (row.key, row.fault) for row in self.store.ledger(LedgerQuery(records=records))}

    def _write(self, entry: Spooled, known: Mapping[str, tuple[LedgerKey, str]]) -> State:
        key = self.terms.key(entry.record, entry.digest)
        if known.get(entry.record) == (key, entry.fault):
            return State.QUARANTINED if entry.fault else State.UNCHANGED
        evidence = self._evidence(entry)
        finer = {locator: self._part(entry, part) for locator, part in entry.parts.items()}
        ids = {locator: part.id for locator, part in finer.items()}
        claims = () if entry.fault else self.decomposer.claims(entry.record, entry.records, evidence.id, ids)
        if self._pending.claims + len(claims) > CLAIMS or len(self._pending.entries) >= _ENTRIES:
            self.flush()
        self._add(Entry(key, claims, entry.fault), [evidence, *finer.values()])
        return State.QUARANTINED if entry.fault else State.ACCEPTED

    def _evidence(self, entry: Spooled) -> Evidence:
        document = self.documents[entry.file].source.id
        identity = Evidence.id_of(document, entry.locator, entry.sha256)
        return Evidence(identity, document, entry.locator, entry.sha256, entry.quote)

    def _part(self, entry: Spooled, part: Mapping[str, str]) -> Evidence:
        document = self.documents[entry.file].source.id
        identity = Evidence.id_of(document, part["locator"], part["sha256"])
        return Evidence(identity, document, part["locator"], part["sha256"], part["quote"])

    def _add(self, entry: Entry, evidence: Iterable[Evidence]) -> None:
        pending = self._pending
        pending.entries.append(entry)
        pending.claims += len(entry.claims)
        used = {each for claim in entry.claims for each in claim.evidence}
        pending.evidence += [each for each in evidence if each.id in used]
        for claim in entry.claims:
            pending.nouns[claim.subject] = None
            if claim.object is not None:
                pending.nouns[claim.object] = None

    def flush(self) -> None:
        """Write what is pending as one batch."""
        pending, self._pending = self._pending, _Pending()
        if not pending.entries:
            return
        if self.dry_run:
            self.opened += pending.claims
            return
        new = [noun for noun in pending.nouns if noun not in self._sent]
        batch = Batch(
            at=self.clock(),
            nouns=tuple(Noun(noun, self.kind_of(noun)) for noun in new),
            sources=tuple(document.source for document in self.documents.values()),
            evidence=tuple(pending.evidence),
            entries=tuple(pending.entries),
        )
        self._apply(batch, "batch")
        if len(self._sent) > _SENT:
            self._sent.clear()
        self._sent.update(new)

    def close_gone(self, gone: Iterable[str]) -> int:
        """Close the records that a snapshot lost, in batches; how many there were."""
        records, count = iter(gone), 0
        while chunk := list(islice(records, _CHUNK)):
            count += len(chunk)
            if not self.dry_run:
                lost = tuple((self.terms.source, record) for record in chunk)
                self._apply(Batch(at=self.clock(), gone=lost), "gone")
        return count

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
        lost += [row.key.record for row in page if row.key.record not in seen and _block(row.key.record) not in kept]
        after = (page[-1].key.source, page[-1].key.record)
    return lost


def _block(record: str) -> str:
    return record.partition("#")[0].partition(":")[0]
