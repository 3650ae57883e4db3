"""The first pass: the whole source is read, mapped and validated to the spool, before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from ingest.claims.refusals import fault_text
from ingest.claims.staged_entry import stage
from ingest.claims.validation import Ontology, as_error
from ingest.mapping.blocks import Compiled
from ingest.mapping.compiler import Program
from ingest.mapping.drafts import Draft, Record, quote_of
from ingest.mapping.expressions import DOCUMENT
from ingest.mapping.source_spec import FileSpec
from ingest.pipeline.report import Progress
from ingest.pipeline.source_files import Document
from ingest.pipeline.staging import StagingFile
from ingest.pipeline.tally import Tally
from ingest.readers.formats import read_rows
from ingest.readers.row import RawRow
from ontology.errors import InvalidRecordError, MappingError, SourceFileError

_TELL = 1000  # rows between two words of progress


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far a load is; and the hook of the crash tests, called by name wherever dying matters."""

    progress: Callable[[Progress], None]
    fault_point: Callable[[str], None]


@dataclass(slots=True)
class Checker:
    """Reads files, and spools what the mapping makes of them, valid or refused.

    Attributes:
        seen: Keys of all entries.
        warnings: What a person should look at.
    """

    program: Program
    ontology: Ontology
    documents: Mapping[str, Document]
    watch: Watch
    tally: Tally = field(default_factory=Tally)
    seen: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def run(self, spool: StagingFile) -> None:
        """Fill the lookups, then the spool.

        Raises:
            SourceFileError: A file cannot be used as a whole, or is empty.
            MappingError: The mapping uses a column that a file has not.
        """
        self._fill_lookups()
        self.watch.fault_point("lookups-filled")
        for file, blocks in self.program.blocks.items():
            if file in self.documents:
                self._read(file, blocks, spool)
        self.watch.fault_point("spooled")

    def _fill_lookups(self) -> None:
        for file in dict.fromkeys(lookup.file for lookup in self.program.lookups):
            if file in self.documents:
                wanted = [lookup for lookup in self.program.lookups if lookup.file == file]
                for row in self._rows(file):
                    for lookup in wanted:
                        if not row.fault:
                            lookup.add(row.cells)

    def _rows(self, file: str) -> Iterator[RawRow]:
        spec, document = self.program.contract.files[file], self.documents[file]
        unchecked = True
        for row in read_rows(document.path, spec.format, spec.read):
            if unchecked and not row.fault:
                _check_columns(self.program.columns(file), row, spec, document)
                unchecked = False
            row.cells[DOCUMENT] = document.source.sha256
            yield row

    def _read(self, file: str, blocks: Sequence[Compiled], spool: StagingFile) -> None:
        for count, row in enumerate(self._rows(file), 1):
            self.tally.read(file, row.number)
            self._take(file, blocks, row, spool)
            if count % _TELL == 0:
                self._tell(count, file)
                self.watch.fault_point("rows-read")
        for block in blocks:
            for draft in block.finish():
                self._admit(draft, spool)
        self._check_count(file)

    def _take(self, file: str, blocks: Sequence[Compiled], row: RawRow, spool: StagingFile) -> None:
        if row.fault:
            fault = InvalidRecordError(row.fault, fix="mend the row in the source", rule="row")
            return self._admit(self._bare(file, row, fault), spool)
        taken = False
        for block in blocks:
            draft = block.take(row)
            if isinstance(draft, Draft):
                self._admit(draft, spool)
            taken = taken or draft is not False
        if not taken:
            self._admit(self._bare(file, row), spool)
        return None

    def _bare(self, file: str, row: RawRow, fault: InvalidRecordError | None = None) -> Draft:
        quote = quote_of(file, self.documents[file].path.name, row)
        return Draft(f"{file}#{row.number}", quote.sha256, quote, fault=fault)

    def _admit(self, draft: Draft, spool: StagingFile) -> None:
        key, quote = draft.record, draft.quote
        fault = draft.fault or fault_of(draft.records, self.ontology)
        if key in self.seen:
            fault = duplicate(key)
            key = f"{key.partition(':')[0]}#{quote.rows[0]}"
        self.seen.add(key)
        spec, document = self.program.contract.files[quote.file], self.documents[quote.file]
        encoding = str(spec.read.get("encoding", "utf-8"))
        text = fault_text(draft, fault, document=document.source.id, encoding=encoding) if fault else ""
        spool.put(stage(draft, key, text))

    def _check_count(self, file: str) -> None:
        spec, document, found = self.program.contract.files[file], self.documents[file], self.tally.rows(file)
        if found == 0 and (spec.rows or not document.size):
            message = f"{document.path} has no rows"
            raise SourceFileError(message, fix="check that it is the declared file", path=str(document.path))
        if found == 0:  # a table of one's own may be empty; that of a publisher who declares a count may not
            self.warnings.append(f"{document.path.name} has a header and no rows")
        if spec.rows is not None and spec.rows != found:
            self.warnings.append(f"{document.path.name} has {found:,} rows; the contract expects {spec.rows:,}")

    def _tell(self, count: int, file: str) -> None:
        size = sum(document.size for document in self.documents.values())
        self.watch.progress(Progress("reading", count, self.program.contract.files[file].rows, 0, size))


def fault_of(records: Iterable[Record], ontology: Ontology) -> InvalidRecordError | None:
    """Why the validators refuse one of the records of an entry, or None."""
    for record in records:
        if faults := ontology.validate(record, ontology.kind_of):
            return as_error(faults[0], len(faults) - 1)
    return None


def duplicate(key: str) -> InvalidRecordError:
    """The fault of a row whose key another has already."""
    fix = "take more columns into `key`, or mend the source"
    return InvalidRecordError(f"another row has the key {key}", fix=fix, rule="duplicate")


def _check_columns(used: frozenset[str], row: RawRow, spec: FileSpec, document: Document) -> None:
    missing = sorted(used - row.cells.keys() - {DOCUMENT})
    if not missing or (spec.format not in ("csv", "xlsx", "xls") and len(missing) < len(used)):
        return
    near = get_close_matches(missing[0], list(row.cells), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(row.cells)}"
    message = f"{document.path} has no column {missing[0]!r}"
    raise MappingError(message, fix=f"{hint} Else check that it is the declared file", column=missing[0])
