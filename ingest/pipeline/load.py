"""Loading a source: files in, claims with their proof out, each row accounted for.

The file is hashed, read, mapped and validated to a spool; only then is anything written, in batches of one transaction
each. Killed at any moment, a second run ends in the same graph; an unchanged file writes nothing.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict, Unpack

from graph.port import GraphStore
from ingest.claims.decomposition import Decomposer, Voice
from ingest.claims.entries import EntryMaker, Terms
from ingest.claims.refusals import Refusal, refusal
from ingest.claims.validation import Ontology, current
from ingest.mapping.compiler import Program, compile_contract
from ingest.mapping.source_spec import Contract
from ingest.pipeline.checking import Checker, Watch
from ingest.pipeline.report import Progress, Report
from ingest.pipeline.source_files import find_files, fingerprint
from ingest.pipeline.staging import StagingFile
from ingest.pipeline.tally import State, Tally
from ingest.pipeline.writing import Writer, lost_records
from ontology.canonical import digest

FAULT_POINTS = (
    "hashed",
    "lookups-filled",
    "rows-read",
    "spooled",
    "batch-ready",
    "batch-written",
    "gone-ready",
    "gone-written",
    "done",
)
PREVIEW = 20  # refusals that a report shows


class Options(TypedDict, total=False):
    """What may be said of a load.

    Attributes:
        progress: Is told how far it is.
        dry_run: Look, map and validate, and report what would happen; write nothing.
        fault_point: Is called by name at every one of `FAULT_POINTS`; the crash tests die there.
        spool_folder: Where the temporary file lies; the system's place where absent.
        ontology: What records are checked against; the product's own where absent.
    """

    progress: Callable[[Progress], None]
    dry_run: bool
    fault_point: Callable[[str], None]
    spool_folder: Path
    ontology: Ontology


def load(
    store: GraphStore, contract: Contract, path: Path, *, clock: Callable[[], str], **options: Unpack[Options]
) -> Report:
    """Load the source of a contract from `path`, a folder with its files or its one file; `clock` gives record time.

    Raises:
        SourceFileError: A file is missing, broken, misencoded, or plainly another one; nothing was written.
        MappingError: The mapping does not fit file or vocabulary; nothing was written.
        StoreError: The store refused; batches before that stand, and loading again completes them.
    """
    watch = Watch(options.get("progress", _ignore), options.get("fault_point", _ignore))
    ontology = options.get("ontology") or current()
    at = clock()
    documents = fingerprint(contract, find_files(contract, path), at)
    watch.fault_point("hashed")
    names = {name: document.path.name for name, document in documents.items()}
    program = compile_contract(contract, ontology.vocabulary, ontology.records, names)
    checker = Checker(program, ontology, documents, watch)
    with StagingFile(options.get("spool_folder")) as spool:
        checker.run(spool)
        writer = Writer(
            store,
            make_maker(contract, ontology),
            ontology.kind_of,
            documents,
            clock,
            watch,
            dry_run=options.get("dry_run", False),
        )
        refusals = _write(writer, spool, checker)
    watch.fault_point("done")
    run = f"run:{digest([contract.source, contract.version, at, sorted(d.source.id for d in documents.values())])[:16]}"
    return _report(run, writer, checker, refusals)


def make_maker(contract: Contract, ontology: Ontology) -> EntryMaker:
    """What makes ledger entries of a contract's records."""
    terms = Terms(contract.source, contract.version, ontology.vocabulary.version)
    voice = Voice(contract.source, contract.confidence, contract.basis)
    return EntryMaker(terms, Decomposer(ontology.records, voice))


def _write(writer: Writer, spool: StagingFile, checker: Checker) -> list[Refusal]:
    source = writer.maker.terms.source
    refusals: list[Refusal] = []
    for entry in writer.run(spool, checker.tally):
        if len(refusals) < PREVIEW:
            refusals.append(refusal(source, entry.record, entry.fault))
    if checker.program.contract.mode == "snapshot":
        lost = lost_records(writer.store, source, checker.seen, _absent(checker.program, checker.documents))
        writer.close_gone(lost)
        if lost and (writer.dry_run or len(lost) > len(checker.seen)):
            were = "would be" if writer.dry_run else "were"
            checker.warnings.append(f"{len(lost):,} records are no longer in the file and {were} closed")
    return refusals


def _absent(program: Program, present: Iterable[str]) -> frozenset[str]:
    """Blocks and files of which nothing was read this time, because an optional file is not there."""
    absent = set(program.blocks) - set(present)
    return frozenset(absent | {block.frame.name for file in absent for block in program.blocks[file]})


def _report(run: str, writer: Writer, checker: Checker, refusals: list[Refusal]) -> Report:
    tally: Tally = checker.tally
    return Report(
        run=run,
        source=writer.maker.terms.source,
        read=tally.total,
        accepted=tally.count(State.ACCEPTED),
        unchanged=tally.count(State.UNCHANGED),
        quarantined=tally.count(State.QUARANTINED),
        opened=writer.opened,
        closed=writer.closed,
        revision=writer.store.status().revision,
        dry_run=writer.dry_run,
        warnings=tuple(checker.warnings),
        refusals=tuple(refusals),
    )


def _ignore(_: object) -> None:
    """Nobody listens."""
