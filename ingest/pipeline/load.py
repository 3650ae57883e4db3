"""Loading a source: its rows become claims with evidence, and each row is accounted for.

The files are hashed, read, mapped, validated and staged; only then is anything written, in batches of one transaction
each. A load that is killed at any moment and run again ends in the same graph; an unchanged file writes nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from graph.port import GraphStore
from ingest.claims.refusals import Refusal
from ingest.mapping.source_spec import SourceSpec
from ingest.pipeline.checking import stage_entries
from ingest.pipeline.report import Report
from ingest.pipeline.run import LoadOptions, LoadRun, start_run
from ingest.pipeline.staging import StagingFile
from ingest.pipeline.tally import RowState
from ingest.pipeline.writing import BatchWriter, close_lost_records, write_entries


def load(
    store: GraphStore, spec: SourceSpec, path: Path, *, clock: Callable[[], str], **options: Unpack[LoadOptions]
) -> Report:
    """Load a source into a store.

    Args:
        store: The store.
        spec: The declaration of the source.
        path: The folder of its files, or its one file.
        clock: Gives record instants.
        options: See `LoadOptions`.

    Raises:
        SourceFileError: A file is missing, broken, misencoded, or plainly another one; nothing was written.
        MappingError: The mapping does not fit file or vocabulary; nothing was written.
        StoreError: The store refused; earlier batches stand, and loading again completes them.
    """
    run = start_run(spec, path, clock, options)
    writer = BatchWriter(store, run)
    with StagingFile(options.get("staging_folder")) as staging:
        stage_entries(run, staging)
        refusals = write_entries(run, staging, writer)
    close_lost_records(run, writer)
    run.fault_point("done")
    return _report(run, writer, refusals)


def _report(run: LoadRun, writer: BatchWriter, refusals: list[Refusal]) -> Report:
    return Report(
        run=run.id,
        source=run.spec.source,
        read=run.tally.total,
        accepted=run.tally.count(RowState.ACCEPTED),
        unchanged=run.tally.count(RowState.UNCHANGED),
        quarantined=run.tally.count(RowState.QUARANTINED),
        opened=writer.opened,
        closed=writer.closed,
        revision=writer.store.status().revision,
        dry_run=run.dry_run,
        warnings=tuple(run.warnings),
        refusals=tuple(refusals),
    )
