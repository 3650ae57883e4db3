"""Progress on stderr: a bar where a person watches, nothing where a program reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from app.runtime.output import notes

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from ingest.pipeline.report import Progress

_PATIENCE = 2.0  # seconds before a bar is drawn


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
def building_bar() -> Generator[Callable[[str, int], None]]:
    """What the making of a snapshot tells how far it is; drawn while the block lasts, from the third second on."""
    if not sys.stderr.isatty():
        yield lambda _what, _count: None
        return
    began = time.monotonic()
    with ExitStack() as drawn:
        bar = _bar()
        task = bar.add_task("Snapshot", total=None)

        def tell(what: str, count: int) -> None:
            if not bar.live.is_started and time.monotonic() - began > _PATIENCE:
                drawn.enter_context(bar)
            bar.update(task, description=f"Snapshot: {what}", completed=count)

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
