"""Watching all firms: whose exposure changes as claims are recorded; pushed from what changed, not worked out anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.runtime.output import print_json_line, print_table
from ontology.records import EntityId

if TYPE_CHECKING:
    from app.runtime.session import ReadSession
    from reasoning.arrays.columns.arrays import Arrays
    from reasoning.arrays.update.follower import Update


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch: how many firms to tell of at a time, the seconds between looks, and for how many (None: always)."""

    top: int
    every: float = 1.0
    lasting: float | None = None


def watch(question: ReadSession, arrays: Arrays, how: WatchOptions, *, as_json: bool) -> None:
    """Tell of each change of the store whose exposure it changed, until the time is over or the user ends it."""
    from reasoning.arrays.update.follower import Following

    following, facts = Following(arrays, question.store), question.reasoning.snapshot(question.at).facts
    ends = None if how.lasting is None else time.monotonic() + how.lasting
    revision = arrays.stamp.revision
    try:
        while ends is None or time.monotonic() < ends:
            update = following.follow()
            if update.revision != revision:
                revision = update.revision
                rows = _rows(update, how.top)
                _tell(update, [(firm, facts.name(firm) or firm, *rest) for firm, *rest in rows], as_json=as_json)
            time.sleep(how.every if ends is None else max(0.0, min(how.every, ends - time.monotonic())))
    except KeyboardInterrupt:
        return


def _rows(update: Update, top: int) -> list[tuple[EntityId, float, float]]:
    """The firms whose exposure changed most."""
    moved = sorted(update.changed.items(), key=lambda one: (-abs(one[1][1] - one[1][0]), one[0]))
    return [(firm, before, after) for firm, (before, after) in moved[:top]]


def _tell(update: Update, rows: list[tuple[object, ...]], *, as_json: bool) -> None:
    if as_json:
        names = "firm", "name", "before", "after"
        changed = [dict(zip(names, row, strict=True)) for row in rows]
        whole = {"all": len(update.changed), "links": update.edges, "rebuilt": update.rebuilt}
        print_json_line({"revision": update.revision, **whole, "changed": changed})
        return
    why = "too much changed to be pushed: all was worked out anew" if update.rebuilt else "No exposure changed."
    title = f"Revision {update.revision}: {len(update.changed):,} exposures changed, own risk included"
    print_table(title, ["firm", "name", "before", "after"], [(*row[:2], *_plain(row[2:])) for row in rows], empty=why)


def _plain(numbers: tuple[object, ...]) -> list[str]:
    return [f"{number:.5f}" for number in numbers]
