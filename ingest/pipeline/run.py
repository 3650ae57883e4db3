"""One load under way: what every step of it needs to know, and what it has counted so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from ingest.claims.validation import Ontology, current
from ingest.mapping.compiler import CompiledSource, compile_source
from ingest.mapping.source_spec import SourceSpec
from ingest.pipeline.report import Progress
from ingest.pipeline.source_files import SourceFile, find_files, hash_files
from ingest.pipeline.tally import Tally
from ontology.canonical import digest

FAULT_POINTS = (
    "hashed",
    "lookups-filled",
    "rows-read",
    "staged",
    "batch-ready",
    "batch-written",
    "gone-ready",
    "gone-written",
    "done",
)


class LoadOptions(TypedDict, total=False):
    """Options of a load.

    Attributes:
        progress: Receives how far the load is.
        dry_run: Read, map and validate, and report what would happen; write nothing.
        fault_point: Is called by name at every one of `FAULT_POINTS`; the crash tests die there.
        staging_folder: Folder of the temporary file; the system's own where absent.
        ontology: What records are validated against; the product's own where absent.
    """

    progress: Callable[[Progress], None]
    dry_run: bool
    fault_point: Callable[[str], None]
    staging_folder: Path
    ontology: Ontology


@dataclass(frozen=True, slots=True)
class LoadRun:
    """One load under way. Every step takes it, and adds to its tally, keys and warnings.

    Attributes:
        spec: The declaration of the source.
        ontology: What records are validated against.
        files: Its files by name.
        compiled: Its compiled blocks and lookups.
        at: Record instant of the start.
        clock: Gives the record instant of each batch.
        progress: Receives how far the load is.
        fault_point: Is called by name at every one of `FAULT_POINTS`.
        dry_run: Whether nothing is written.
        tally: What became of each row.
        keys: Keys of all entries.
        warnings: What a person should look at.
    """

    spec: SourceSpec
    ontology: Ontology
    files: Mapping[str, SourceFile]
    compiled: CompiledSource
    at: str
    clock: Callable[[], str]
    progress: Callable[[Progress], None]
    fault_point: Callable[[str], None]
    dry_run: bool = False
    tally: Tally = field(default_factory=Tally)
    keys: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Id of the run: the same files by the same mapping at the same instant have the same."""
        documents = sorted(file.document.id for file in self.files.values())
        return f"run:{digest([self.spec.source, self.spec.version, self.at, documents])[:16]}"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def start_run(spec: SourceSpec, path: Path, clock: Callable[[], str], options: LoadOptions) -> LoadRun:
    """Find and hash the files of a source, and compile its declaration.

    Raises:
        SourceFileError: A file is missing or cannot be read.
        MappingError: The mapping does not fit the vocabulary.
    """
    ontology, at = options.get("ontology") or current(), clock()
    files = hash_files(spec, find_files(spec, path), at)
    fault_point = options.get("fault_point", _ignore)
    fault_point("hashed")
    names = {name: file.path.name for name, file in files.items()}
    return LoadRun(
        spec=spec,
        ontology=ontology,
        files=files,
        compiled=compile_source(spec, ontology.vocabulary, ontology.records, names),
        at=at,
        clock=clock,
        progress=options.get("progress", _ignore),
        fault_point=fault_point,
        dry_run=options.get("dry_run", False),
    )


def _ignore(_: object) -> None:
    """Do nothing with a progress or a fault point that nobody wants."""
