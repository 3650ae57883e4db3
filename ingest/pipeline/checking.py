"""The first pass: all rows are read, mapped, validated and staged on disk, before anything is written to the store."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ingest.claims.entries import StagedEntry, stage
from ingest.claims.refusals import fault_text
from ingest.claims.validation import fault_of
from ingest.mapping.blocks import CompiledBlock
from ingest.mapping.drafts import Draft, row_key
from ingest.mapping.scope import FILE_HASH
from ingest.mapping.source_spec import FileSpec
from ingest.pipeline.report import Progress
from ingest.pipeline.run import LoadRun
from ingest.pipeline.source_files import SourceFile
from ingest.pipeline.staging import StagingFile
from ingest.readers.formats import read_rows
from ingest.readers.row import RawRow, quote_of
from ontology.errors import InvalidRecordError, MappingError, SourceFileError

PROGRESS_ROWS = 1000  # rows between two reports of progress


def stage_entries(run: LoadRun, staging: StagingFile) -> None:
    """Fill the lookups, then stage the entries of every file, accepted or refused.

    Raises:
        SourceFileError: A file cannot be used as a whole, or is empty.
        MappingError: The mapping uses a column that a file does not have.
    """
    _fill_lookups(run)
    run.fault_point("lookups-filled")
    for file, blocks in run.compiled.blocks.items():
        if file in run.files:
            _stage_file(run, file, blocks, staging)
    run.fault_point("staged")


def _fill_lookups(run: LoadRun) -> None:
    lookups = run.compiled.lookups
    for file in dict.fromkeys(lookup.file for lookup in lookups):
        if file in run.files:
            wanted = [lookup for lookup in lookups if lookup.file == file]
            for row in _rows(run, file):
                for lookup in wanted:
                    if not row.fault:
                        lookup.add(row.cells)


def _stage_file(run: LoadRun, file: str, blocks: Sequence[CompiledBlock], staging: StagingFile) -> None:
    for count, row in enumerate(_rows(run, file), 1):
        run.tally.read(file, row.number)
        taken = [] if row.fault else [draft for block in blocks if (draft := block.take(row)) is not False]
        for draft in taken or [_bare_draft(run, file, row)]:
            if isinstance(draft, Draft):
                staging.put(_checked(run, draft))
        if count % PROGRESS_ROWS == 0:
            run.progress(Progress("reading", count, run.spec.files[file].rows, 0, run.size))
            run.fault_point("rows-read")
    for block in blocks:
        for draft in block.finish():
            staging.put(_checked(run, draft))
    _check_count(run, file)


def _rows(run: LoadRun, file: str) -> Iterator[RawRow]:
    declared, source_file = run.spec.files[file], run.files[file]
    unchecked = True
    for row in read_rows(source_file.path, declared.format, declared.read):
        if unchecked and not row.fault:
            _check_columns(run.compiled.columns(file), row, declared, source_file)
            unchecked = False
        row.cells[FILE_HASH] = source_file.document.sha256
        yield row


def _bare_draft(run: LoadRun, file: str, row: RawRow) -> Draft:
    """The draft of a row that no block took: without records, and refused where the reader found a fault."""
    quote = quote_of(file, run.files[file].path.name, row)
    fault = InvalidRecordError(row.fault, fix="mend the row in the source", rule="row") if row.fault else None
    return Draft(row_key(file, row.number), quote.sha256, quote, fault=fault)


def _checked(run: LoadRun, draft: Draft) -> StagedEntry:
    """The staged entry of a draft: refused where it, the validators or its key have a fault."""
    key, file = draft.record, draft.quote.file
    fault = draft.fault or fault_of(draft.records, run.ontology)
    if key in run.keys:
        fault = _duplicate(key)
        key = row_key(key.partition(":")[0], draft.quote.rows[0])
    run.keys.add(key)
    if fault is None:
        return stage(draft, key, "")
    encoding = str(run.spec.files[file].read.get("encoding", "utf-8"))
    return stage(draft, key, fault_text(draft, fault, document=run.files[file].document.id, encoding=encoding))


def _duplicate(key: str) -> InvalidRecordError:
    """The fault of a row whose key another row has already."""
    fix = "take more columns into `key`, or mend the source"
    return InvalidRecordError(f"another row has the key {key}", fix=fix, rule="duplicate")


def _check_count(run: LoadRun, file: str) -> None:
    declared, source_file, found = run.spec.files[file], run.files[file], run.tally.rows(file)
    if found == 0 and (declared.rows or not source_file.size):
        message = f"{source_file.path} has no rows"
        raise SourceFileError(message, fix="check that it is the declared file", path=str(source_file.path))
    if found == 0:  # a table of one's own may be empty; that of a publisher who declares a count may not
        run.warnings.append(f"{source_file.path.name} has a header and no rows")
    if declared.rows is not None and declared.rows != found:
        run.warnings.append(f"{source_file.path.name} has {found:,} rows; its declaration expects {declared.rows:,}")


def _check_columns(used: frozenset[str], row: RawRow, declared: FileSpec, source_file: SourceFile) -> None:
    missing = sorted(used - row.cells.keys() - {FILE_HASH})
    if not missing or (declared.format not in ("csv", "xlsx", "xls") and len(missing) < len(used)):
        return
    near = get_close_matches(missing[0], list(row.cells), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(row.cells)}"
    message = f"{source_file.path} has no column {missing[0]!r}"
    raise MappingError(message, fix=f"{hint} Else check that it is the declared file", column=missing[0])
