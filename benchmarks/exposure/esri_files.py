"""Files of networks, sectors, classes of inputs and reference figures, as strangers write them.

Plain or gzipped; cells parted by comma, semicolon, tab or blanks; in UTF-8, with or without a byte-order mark; blank
lines and what follows # count for nothing. A first line of names is no row: where it has the names below, they say
which column is which, otherwise the order does. What cannot be meant is refused with the file, the line and what to do.
"""

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Literal, cast

import numpy as np

from reasoning.core.cascade.network import Classes, Supply, input_classes
from reasoning.core.graph.network import Floats, Integers

_GZIP = b"\x1f\x8b"
_UNREADABLE = (UnicodeDecodeError, OSError, EOFError, zlib.error)
_READABLE = "give text in UTF-8, plain or gzipped"
_LARGEST = 2.0**53  # the largest number up to which a float counts one by one
_SUPPLIER = ("supplier", "seller", "source", "from", "i")
_CUSTOMER = ("customer", "buyer", "target", "to", "j")
_VALUE = ("value", "weight", "volume", "amount", "w")
_FIRM = ("firm", "company", "node", "id")
_SECTOR = ("sector", "industry", "nace", "p")
_FIGURES = (("esri", "total"), ("downstream", "esri_d", "esri_down", "down"), ("upstream", "esri_u", "esri_up", "up"))
_STEPS = ("steps", "iterations", "t", "convergence")
_SHOWN = 5  # how many of many firms a message names


class UnusableFileError(ValueError):
    """A file that cannot be used; the message names it, the line where there is one, and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Figures to compare with: firms as the file calls them, and what it gives of each (not given: None).

    `given` says which of ESRI (0) and its parts downstream (1) and upstream (2) the columns of `figures` are.
    """

    firms: Integers
    given: tuple[int, ...]
    figures: Floats
    steps: Integers | None


@dataclass(frozen=True, slots=True, eq=False)
class Firms:
    """A network whose firms 0 … n−1 are the numbers in `label`, ascending; and what was seen in its file."""

    supply: Supply
    label: Integers
    notes: tuple[str, ...]

    def places(self, labels: Integers) -> Integers:
        """Where firms stand that are known to be there."""
        found: Integers = np.searchsorted(self.label, labels)
        return found


def read_firms(network: Path, sectors: Path | None, inputs: str, asked: Integers) -> Firms:
    """The network of these files, with all firms of the sectors file or, without one, those with links or asked for.

    Raises:
        UnusableFileError: A file is missing, damaged or does not fit the others.
    """
    links = _table(network, (_SUPPLIER, _CUSTOMER, _VALUE), least=3)
    ends = np.column_stack([_numbers(network, links[:, column], "firm") for column in (0, 1)])
    _check_values(network, links[:, 2])
    label, sector = _default_sectors(ends, asked) if sectors is None else _read_sectors(sectors)
    _check_known(ends, label, network, sectors)
    _check_known(asked, label, Path("the reference"), sectors)
    place = np.searchsorted(label, ends)
    used, made = np.unique(sector, return_inverse=True)
    classes = _read_classes(inputs, used, label[np.argmax(sector)])
    return Firms(Supply(place[:, 0], place[:, 1], links[:, 2], made, classes), label, _notes(ends, links[:, 2]))


def read_reference(path: Path) -> Reference:
    """The figures of a reference file: firm, ESRI, then as far as they are there downstream, upstream and, last, steps.

    Without names in the first line, steps are the last column if it holds whole numbers from 1.

    Raises:
        UnusableFileError: The file is missing or damaged, has no figures, or names a firm twice.
    """
    wanted = (_FIRM, *_FIGURES, _STEPS)
    names = _names(path)
    if names is not None and _place(names, _FIRM) is not None and _place(names, _FIGURES[0]) is not None:
        places = [_place(names, one) for one in wanted]
        rows = _load(path, [place for place in places if place is not None])
        there = [place is not None for place in places]
    else:
        rows, there = _by_order(_load(path, None), path)
    firms = _numbers(path, rows[:, 0], "firm")
    if np.unique(firms).size != firms.size:
        raise UnusableFileError(f"{path}: a firm comes twice: keep one row a firm")
    given = tuple(np.flatnonzero(there[1:4]).tolist())
    figures = rows[:, 1 : 1 + len(given)]
    if not np.isfinite(figures).all():
        raise UnusableFileError(f"{path}: a figure of firm {firms[~np.isfinite(figures).all(axis=1)][0]} is no number")
    return Reference(firms, given, figures, _numbers(path, rows[:, -1], "number of steps") if there[4] else None)


def _by_order(rows: Floats, path: Path) -> tuple[Floats, list[bool]]:
    """The columns that count, and which of firm, three figures and steps there are, told by their order."""
    last = rows[:, -1]
    if rows.shape[1] < 2:
        raise UnusableFileError(f"{path}: one column: give firm, ESRI and, where known, downstream, upstream and steps")
    stepped = rows.shape[1] > 2 and bool(np.all((last >= 1) & (last == np.rint(last))))
    count = min(rows.shape[1] - 1 - stepped, 3)
    kept = rows[:, [*range(1 + count), *([-1] if stepped else [])]]
    return kept, [True, *(place < count for place in range(3)), stepped]


def _read_sectors(path: Path) -> tuple[Integers, Integers]:
    rows = _table(path, (_FIRM, _SECTOR), least=2)
    firm, sector = _numbers(path, rows[:, 0], "firm"), _numbers(path, rows[:, 1], "sector")
    label, first, place = np.unique(firm, return_index=True, return_inverse=True)
    torn = np.flatnonzero(sector[first][place] != sector)
    if torn.size:
        raise UnusableFileError(f"{path}: firm {int(firm[torn[0]])} is of two sectors: keep one row a firm")
    return label, sector[first] - 1


def _default_sectors(ends: Integers, asked: Integers) -> tuple[Integers, Integers]:
    """Two firms a sector, by their numbers; each sector of which there are firms keeps its number."""
    label = np.union1d(ends.ravel(), asked)
    return label, (label + 1) // 2 - 1


def _read_classes(inputs: str, used: Integers, firm: int) -> Classes:
    """The classes between the sectors that firms are of; `firm` is of the last one."""
    if inputs in ("legacy", "linear"):
        odd_even = input_classes(cast("Literal['legacy', 'linear']", inputs), 2)
        return odd_even[np.ix_(used % 2, used % 2)]
    path = Path(inputs)
    names = _names(path)
    rows = _load(path, None, labelled=True)
    if rows.shape[0] != rows.shape[1]:
        raise UnusableFileError(
            f"{path}: {rows.shape[0]} rows of {rows.shape[1]} cells: a row and a column for each sector"
        )
    if not np.isin(rows, (0, 1, 2)).all():
        hint = "" if names is None else " (its first line was taken for names)"
        raise UnusableFileError(f"{path}: only the classes 0, 1 and 2 can be{hint}")
    if used[-1] >= len(rows):
        why = f"firm {firm} is of sector {used[-1] + 1}, but {path} has {len(rows)} sectors"
        raise UnusableFileError(f"{why}: give a matrix with a row and a column for each sector, or other --sectors")
    return rows.astype(np.int8)[np.ix_(used, used)]


def _table(path: Path, wanted: Sequence[Sequence[str]], *, least: int) -> Floats:
    """The columns with these names, or, where the first line does not name them all, the first so many."""
    names = _names(path)
    places = None if names is None else [_place(names, one) for one in wanted]
    if names is None or places is None or None in places:
        first = 1 if names is not None and not names[0] else 0  # a nameless first column numbers the rows
        places = list(range(first, first + least))
    return _load(path, [place for place in places if place is not None])


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _names(path: Path) -> list[str] | None:
    """The first line in lower case, if it is one of names."""
    cells = _cells(*_first(path))
    return None if any(_is_number(cell) for cell in cells) else [cell.lower() for cell in cells]


def _first(path: Path) -> tuple[str, str | None]:
    """The first line that counts, and what parts its cells (None: blanks)."""
    with _open(path) as file:
        try:
            line = next((line for line in map(_bare, file) if line), "")
        except (UnicodeDecodeError, OSError, EOFError) as fault:
            raise UnusableFileError(
                f"{path}: cannot be read ({fault}): give text in UTF-8, plain or gzipped"
            ) from fault
    if not line:
        raise UnusableFileError(f"{path}: has no rows")
    return line, next((mark for mark in ";\t," if mark in line), None)


def _load(path: Path, columns: Sequence[int] | None, *, labelled: bool = False) -> Floats:
    """The figures of a file below its names; `labelled`: a first column that is no number is a name too."""
    line, mark = _first(path)
    skipped = 0 if _names(path) is None else 1
    if labelled and columns is None:
        columns = _unlabelled(path, mark, skipped)
    with _open(path) as file:
        try:
            rows = islice((bare for bare in map(_bare, file) if bare), skipped, None)
            top = next(rows, None)
            if top is None:
                raise UnusableFileError(f"{path}: has no rows below {line!r}")
            found = np.loadtxt(
                chain([top], rows), delimiter=mark, usecols=columns, ndmin=2, quotechar='"', comments=None
            )
        except _UNREADABLE as fault:
            raise UnusableFileError(f"{path}: cannot be read ({fault}): {_READABLE}") from fault
        except ValueError as fault:
            raise UnusableFileError(_where(path, columns, skipped) or str(fault)) from fault
    return found.astype(np.float64)


def _unlabelled(path: Path, mark: str | None, skipped: int) -> Sequence[int] | None:
    with _open(path) as file:
        rows = [bare for bare, _ in zip((bare for bare in map(_bare, file) if bare), range(skipped + 1), strict=False)]
    cells = _cells(rows[-1], mark)
    return range(1, len(cells)) if cells and not _is_number(cells[0]) else None


def _where(path: Path, columns: Sequence[int] | None, skipped: int) -> str:
    """The first line that has not the numbers that it should have, in words; none is found: empty."""
    _, mark = _first(path)
    width, rest = 0, skipped
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            cells = _cells(_bare(line), mark)
            if cells and rest > 0:
                rest -= 1
            elif cells:
                width = width or len(cells)
                places = range(width) if columns is None else columns
                bad = next((place for place in places if place >= len(cells) or not _is_number(cells[place])), None)
                if bad is not None or (columns is None and len(cells) != width):
                    seen = "is missing" if bad is None or bad >= len(cells) else f"is {cells[bad]!r}"
                    return f"{path}, line {number}: a number is wanted where column {(bad or 0) + 1} {seen}"
    return ""


def _open(path: Path) -> IO[str]:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == _GZIP
        return gzip.open(path, "rt", encoding="utf-8-sig") if zipped else path.open(encoding="utf-8-sig")
    except OSError as fault:
        raise UnusableFileError(f"{path}: {fault.strerror}: give a file that is there and may be read") from fault


def _bare(line: str) -> str:
    return line.partition("#")[0].strip()


def _cells(line: str, mark: str | None) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split(mark)] if line else []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _numbers(path: Path, column: Floats, what: str) -> Integers:
    """Whole numbers from 1."""
    wrong = ~((column >= 1) & (column <= _LARGEST) & (column == np.rint(column)))
    if wrong.any():
        told = f"{column[wrong][0]:g}"
        raise UnusableFileError(
            f"{path}: {told} is no {what}: they are whole numbers from 1 (add 1 if yours start at 0)"
        )
    return column.astype(np.int64)


def _check_values(path: Path, value: Floats) -> None:
    wrong = np.flatnonzero(~((value >= 0) & np.isfinite(value)))
    if wrong.size:
        told = f"row {wrong[0] + 1} has the value {value[wrong[0]]:g} ({wrong.size} rows are negative or no number)"
        raise UnusableFileError(
            f"{path}: {told}: a value is what is sold in a year; drop these rows, or turn them round"
        )


def _check_known(firms: Integers, label: Integers, path: Path, sectors: Path | None) -> None:
    missing = np.setdiff1d(firms.ravel(), label)
    if missing.size:
        some = ", ".join(map(str, missing[:_SHOWN].tolist())) + (" …" if missing.size > _SHOWN else "")
        told = f"{missing.size} firms of {path} ({some})"
        raise UnusableFileError(f"{sectors}: has no sector of {told}: add a row for each")


def _notes(ends: Integers, value: Floats) -> tuple[str, ...]:
    """What is allowed, but worth knowing."""
    twice = len(ends) - len(np.unique(ends, axis=0))
    seen = {
        "links come more than once; their values are added": twice,
        "firms supply themselves; that counts as any link": int((ends[:, 0] == ends[:, 1]).sum()),
        "links have the value 0; they pass nothing on": int((value == 0).sum()),
    }
    return tuple(f"{count:,} {what}" for what, count in seen.items() if count)
