"""The commands over the arrays of a whole store: `snapshot` makes and checks them, `exposed` ranks all firms."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import AsOfOption, JsonOption, KnownAtOption, StoreOption, forbid
from app.runtime.output import print_json, print_table
from app.runtime.settings import Settings
from app.runtime.wiring import large_stores

if TYPE_CHECKING:
    from reasoning.arrays.snapshots.cache import Held

_EXAMPLES = {
    "snapshot": "Example: tierscope snapshot --check",
    "exposed": "Example: tierscope exposed --follow --json",
}


def register(application: typer.Typer) -> None:
    """Add the commands."""
    for command in (snapshot, exposed):
        application.command(command.__name__, epilog=_EXAMPLES[command.__name__])(command)


def snapshot(
    context: typer.Context,
    *,
    refresh: Annotated[bool, typer.Option("--refresh", help="Build it anew, whatever is in the cache.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare the SHA-256 of every column too, not only the CRC-32.")
    ] = False,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the snapshot of a large store, or bring it up to date.

    The snapshot has the store's network and own risks as arrays in files.
    """
    from app.runtime.session import Times, open_session
    from app.views.columns import in_words
    from app.views.tables import print_fields

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as session:
        began = time.process_time()
        held = large_stores(settings).held(session.store, session.at, anew=refresh)
        took = time.process_time() - began
    document = {**_document(held), "checked": _checked(held, whole=check), "cpuSeconds": round(took, 3)}
    if as_json:
        print_json(document)
    else:
        print_fields("Snapshot", [(in_words(name), _plain(value)) for name, value in document.items()])


def exposed(
    context: typer.Context,
    *,
    top: Annotated[int, typer.Option("--top", min=1, help="List at most so many firms.")] = 20,
    follow: Annotated[
        bool, typer.Option("--follow", help="Go on: print whose exposure changes as claims are recorded.")
    ] = False,
    lasting: Annotated[
        float | None, typer.Option("--for", metavar="SECONDS", min=0, help="Follow for so long. Default: until Ctrl-C.")
    ] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank all firms of the store by their exposure.

    The exposure of a firm is what reaches it from its suppliers over all tiers.
    """
    from app.commands.exposed import WatchOptions, watch
    from app.runtime.session import Times, open_session
    from app.views.tables import name_of
    from reasoning.arrays.snapshots.large_stores import most_exposed

    _refuse_unread(context, follow=follow)
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as session:
        arrays = large_stores(settings).held(session.store, session.at).arrays
        if follow:
            watch(session, arrays, WatchOptions(top, lasting=lasting), as_json=as_json)
            return
        rows = [
            {
                "firm": one.firm,
                "name": name_of(session, one.firm),
                "low": one.low,
                "score": one.score,
                "high": one.high,
            }
            for one in most_exposed(arrays, top)
        ]
    if as_json:
        print_json({"revision": arrays.stamp.revision, "firms": arrays.firms, "links": arrays.links, "exposed": rows})
        return
    table = [[one["firm"], one["name"], *(f"{one[end]:.5f}" for end in ("score", "low", "high"))] for one in rows]
    title = f"Most exposed of {arrays.firms:,} firms"
    print_table(title, ["firm", "name", "score", "low", "high"], table, empty="No firm buys anything.")


def _refuse_unread(context: typer.Context, *, follow: bool) -> None:
    """Refuse what this form of `exposed` does not read."""
    if follow:
        forbid(context, "exposed --follow", "--known-at", fix="leave it out: what is recorded from now on is followed")
    else:
        forbid(context, "exposed without --follow", "--for", fix="give --follow too, or leave it out")


def _document(held: Held) -> dict[str, object]:
    stamp = held.arrays.stamp
    return {
        "store": stamp.store,
        "revision": stamp.revision,
        "recordedAt": stamp.recorded_at,
        "asOf": stamp.at.as_of,
        "knownAt": stamp.at.known_at,
        "how": held.how,
        "folder": None if held.folder is None else str(held.folder),
        "firms": held.arrays.firms,
        "links": held.arrays.links,
        "bytes": held.arrays.nbytes,
        "bytesPerLink": round(held.arrays.nbytes / held.arrays.links, 1) if held.arrays.links else None,
    }


def _checked(held: Held, *, whole: bool) -> str:
    """The checksum by which the files were checked; damaged files are built again before, or raise."""
    from reasoning.arrays.columns.files import check, open_arrays

    if held.folder is None:
        return "in memory only"
    if whole:
        check(held.folder)
        return "SHA-256"
    if held.how != "opened":
        open_arrays(held.folder)
    return "CRC-32"


def _plain(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
