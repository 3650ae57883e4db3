"""The cache of arrays: one folder for each store, revision and instant; damaged ones are built again."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.port import GraphReader
from ontology.canonical import Json, digest
from ontology.errors import StoreCorruptError
from ontology.generated.vocabulary import VOCABULARY
from ontology.preference import BASES, REVIEWS, Preference
from ontology.records import At
from reasoning.arrays.build.builder import build, silent
from reasoning.arrays.build.claims import Tell
from reasoning.arrays.columns.arrays import Arrays, Stamp
from reasoning.arrays.columns.files import FORMAT, open_arrays, save
from reasoning.arrays.update.patch import patched
from reasoning.risk.assessor import METHODS
from reasoning.risk.weights import WEIGHTS

KEPT = 4  # snapshots of one store; the least recently used are removed first
_LETTERS = 16

How = Literal["opened", "patched", "built"]

_log = logging.getLogger(__name__)

# What arrays depend on besides the store: another version of the program may make others of the same facts.
_WEIGHTS: Json = {str(name): part for name, part in WEIGHTS.items()}
_BELIEF: Json = [list(Preference._fields), list(BASES), list(REVIEWS)]
MADE_BY = digest([FORMAT, VOCABULARY.version, sorted(METHODS), _WEIGHTS, _BELIEF])


@dataclass(frozen=True, slots=True)
class Held:
    """Arrays, how they were made, and the folder that they are in; None where they are in memory only."""

    arrays: Arrays
    how: How
    folder: Path | None


class Keeper:
    """The arrays of stores, cached under one folder; without one, or where it cannot be written, in memory.

    Processes may share the folder: a snapshot appears whole, and a process that has mapped one keeps it after removal.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def arrays(self, reader: GraphReader, at: At, *, tell: Tell = silent, anew: bool = False) -> Held:
        """The arrays of a store: opened where they are cached, else patched from earlier ones, else built.

        Args:
            reader: The store.
            at: The instants of reading.
            tell: Is called with the progress of a build.
            anew: Whether to build them even where they are cached.
        """
        status = reader.status()
        stamp = Stamp(status.address, status.revision, status.recorded_at, at, ())
        place = self._place(stamp)
        if place is None:
            return Held(build(reader, at, tell=tell), "built", None)
        if anew:
            shutil.rmtree(place, ignore_errors=True)
        kept = _opened(place)
        if kept is not None and _same(kept.stamp, stamp):
            _use(place)
            return Held(kept, "opened", place)
        earlier = None if anew else self._earlier(stamp)
        made = build(reader, at, tell=tell) if earlier is None else patched(earlier, reader, at, tell=tell)
        how: How = "built" if earlier is None else "patched"
        return Held(made, how, self._saved(made))

    def _saved(self, made: Arrays) -> Path | None:
        """The folder that they are saved in; None where it cannot be written."""
        place = self._place(made.stamp)
        if place is None:
            return None
        try:
            save(made, place)
            self._prune(place)
        except OSError as error:
            _log.warning("snapshot not kept", extra={"folder": str(place), "why": str(error)})
            return None
        return place

    def _place(self, stamp: Stamp) -> Path | None:
        if self._folder is None:
            return None
        instants = digest([MADE_BY, stamp.recorded_at, stamp.at.as_of, stamp.at.known_at])[:_LETTERS]
        return self._folder / digest(stamp.store)[:_LETTERS] / f"{stamp.revision}-{instants}"

    def _earlier(self, stamp: Stamp) -> Arrays | None:
        """The latest cached arrays of the same store that the requested ones can be patched from."""
        place = self._place(stamp)
        for folder in sorted(_kept(place.parent), reverse=True) if place is not None else ():
            found = _opened(folder[1])
            if found is not None and _is_before(found.stamp, stamp) and self._place(found.stamp) == folder[1]:
                return found
        return None

    def _prune(self, place: Path) -> None:
        """Remove the least recently used snapshots, and drafts that a killed process left."""
        for _, folder in sorted(_kept(place.parent))[:-KEPT]:
            if folder != place:  # a draft that is being written is among the latest
                shutil.rmtree(folder, ignore_errors=True)


def _opened(folder: Path) -> Arrays | None:
    """The arrays of a folder; None where there are none, or where they are damaged and so removed."""
    if not folder.exists():
        return None
    try:
        return open_arrays(folder)
    except StoreCorruptError as error:
        _log.warning("snapshot damaged", extra={"folder": str(folder), "why": str(error)})
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _use(folder: Path) -> None:
    """Record the use of a snapshot, where the folder can be written."""
    try:
        folder.touch()
    except OSError:
        _log.debug("snapshot's use not noted", extra={"folder": str(folder)})


def _kept(folder: Path) -> Iterator[tuple[float, Path]]:
    """The snapshots and drafts of one store by when they were last used."""
    if folder.is_dir():
        for one in folder.iterdir():
            try:
                yield one.stat().st_mtime, one
            except FileNotFoundError:  # another process was faster
                continue


def _same(one: Stamp, other: Stamp) -> bool:
    left, right = ((each.store, each.revision, each.recorded_at, each.at) for each in (one, other))
    return left == right


def _is_before(one: Stamp, other: Stamp) -> bool:
    """Whether the change feed leads from one to the other."""
    instants = (one.recorded_at or "", one.at.as_of or ""), (other.recorded_at or "", other.at.as_of or "")
    later = all(mine <= theirs for mine, theirs in zip(*instants, strict=True))
    return later and one.revision <= other.revision and one.at.known_at is None and other.at.known_at is None
