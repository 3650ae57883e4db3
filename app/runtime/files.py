"""Files that one running program owns."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TextIO

from ontology.errors import StoreReadOnlyError


def make_folder(folder: Path) -> None:
    """Make a folder of the user's, with those above it, where it is not there.

    Raises:
        StoreReadOnlyError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> StoreReadOnlyError:
    """What is said of a folder of the user's that cannot be written to."""
    fix = "make it writable, or set XDG_DATA_HOME to a folder that is"
    return StoreReadOnlyError(f"{folder} cannot be written to: {error.strerror}", fix=fix)


@contextmanager
def claim_file(folder: Path) -> Generator[Path]:
    """A store file in `folder` that no other running program uses, emptied of what an earlier run left in it.

    Raises:
        StoreReadOnlyError: The folder cannot be written to.
    """
    make_folder(folder)
    try:
        number, mark = next(claimed for number in count(1) if (claimed := _claim(folder, number)))
        for old in folder.glob(f"demo-{number}.db*"):
            old.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error
    with mark:
        yield folder / f"demo-{number}.db"


def _claim(folder: Path, number: int) -> tuple[int, TextIO] | None:
    """The number with the open file that marks it as ours, or None where another program holds it."""
    mark = (folder / f"demo-{number}.claim").open("w")
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        mark.close()
        return None
    return number, mark
