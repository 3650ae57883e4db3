"""The report of a load, and its progress while it is under way."""

from dataclasses import asdict, dataclass
from typing import Literal

from ingest.claims.refusals import Refusal
from ontology.canonical import Json


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is.

    Attributes:
        phase: `reading`: the file is checked, nothing is written yet. `writing`: batches are written.
        rows: Rows read so far; in `writing` entries written or found unchanged so far.
        of: How many there will be, as far as known.
        claims: Claims written so far.
        bytes: Bytes of the files of the source.
    """

    phase: Literal["reading", "writing"]
    rows: int
    of: int | None
    claims: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a load. Rows: read = accepted + unchanged + quarantined, always.

    Attributes:
        run: Id of the run: the same files by the same mapping at the same instant have the same.
        read: Rows of all files. accepted: rows that new or changed entries were made of. unchanged: rows known already.
            quarantined: rows that were refused.
        opened: Claims opened. closed: claims closed.
        revision: The store's revision afterwards.
        dry_run: Whether nothing was written; opened then counts the claims of new and changed entries.
        warnings: What a person should look at.
        refusals: The first refusals, as a preview.
    """

    run: str
    source: str
    read: int
    accepted: int
    unchanged: int
    quarantined: int
    opened: int
    closed: int
    revision: int
    dry_run: bool = False
    warnings: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """The report as the command line prints it; `claims` is what was opened."""
        body = asdict(self)
        body["claims"] = self.opened
        body["warnings"], body["refusals"] = list(self.warnings), [asdict(each) for each in self.refusals]
        return body
