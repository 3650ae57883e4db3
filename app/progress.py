"""Progress on stderr: a bar where a person watches, nothing where a program reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.output import notes

if TYPE_CHECKING:
    from ingest.report import Progress


@contextmanager
def loading_bar(title: str) -> Generator[Callable[[Progress], None]]:
    """What a load tells its progress to; drawn while the block lasts."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=notes(), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def tell(progress: Progress) -> None:
            words = f"{title}: {progress.phase}" + (f", {progress.claims:,} claims" if progress.claims else "")
            bar.update(task, description=words, completed=progress.rows, total=progress.of)

        yield tell
