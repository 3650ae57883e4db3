"""Progress on stderr: a bar where a person watches, nothing where a program reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.output import notes

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from ingest.report import Progress


@contextmanager
def loading_bar(title: str) -> Generator[Callable[[Progress], None]]:
    """What a load tells its progress to; drawn while the block lasts."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _bar() as bar:
        task = bar.add_task(title, total=None)

        def tell(progress: Progress) -> None:
            words = f"{title}: {progress.phase}" + (f", {progress.claims:,} claims" if progress.claims else "")
            bar.update(task, description=words, completed=progress.rows, total=progress.of)

        yield tell


@contextmanager
def counting_bar(title: str, count: int) -> Generator[Callable[[int], None]]:
    """What many things of a kind are told to as they are done; drawn while the block lasts."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _bar() as bar:
        task = bar.add_task(title, total=count)
        yield lambda done: bar.update(task, advance=done)


def _bar() -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bar(*columns, console=notes(), transient=True)
