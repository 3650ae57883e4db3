"""Commands about the store itself: hash, export, and `store init|copy|backup|restore|upgrade|status`."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.commands.options import JsonOption, StoreOption, command_group
from app.runtime.output import notes, print_json, print_table
from app.runtime.settings import Settings
from app.runtime.wiring import open_store, store_options
from ontology.errors import InputError

store_commands = command_group("Make, copy, back up and look at stores.")


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command("hash", epilog="Example: tierscope hash --history")(show_hash)
    application.command("export", epilog="Example: tierscope export --format turtle --output graph.ttl")(export)
    application.add_typer(store_commands, name="store")


def show_hash(
    context: typer.Context,
    *,
    store: StoreOption = None,
    history: Annotated[bool, typer.Option("--history", help="Cover closed versions and both times too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the content hash: the same facts give the same hash, in whatever store."""
    from graph.content_hash import content_hash

    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        found = content_hash(opened, history=history)
        revision = opened.status().revision
    if as_json:
        print_json({"hash": found, "revision": revision, "history": history})
    else:
        typer.echo(found)


def export(
    context: typer.Context,
    *,
    store: StoreOption = None,
    form: Annotated[
        Literal["claims", "turtle"], typer.Option("--format", help="Claims as JSON lines, or the graph as Turtle.")
    ] = "claims",
    output: Annotated[Path | None, typer.Option(help="File to write; standard output where none is named.")] = None,
) -> None:
    """Write out the open claims as JSON lines, each with its evidence, or the graph as Turtle."""
    from app.jobs.exports import claim_lines, turtle_lines

    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        lines = claim_lines(opened) if form == "claims" else turtle_lines(opened)
        if output is None:
            sys.stdout.writelines(lines)
            return
        with output.open("w", encoding="utf-8") as file:
            file.writelines(lines)
    notes().print(f"Written to {output}.")


@store_commands.command("init", epilog="Example: tierscope store init --store sqlite:///mine.db")
def init(context: typer.Context, *, store: StoreOption = None) -> None:
    """Make an empty store, or see that the one there fits this version."""
    settings: Settings = context.obj
    with open_store(settings, address=store, make=True) as opened:
        status = opened.status()
    typer.echo(f"{status.address}: schema {status.schema}, revision {status.revision}")


@store_commands.command("status", epilog="Example: tierscope store status --json")
def show_status(context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Say where the store is, its revision and what it holds."""
    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        status = opened.status()
    if as_json:
        print_json(status)
        return
    rows = [("schema", status.schema), ("revision", status.revision), ("last recorded", status.recorded_at or "never")]
    print_table(status.address, ["what", "is"], [*rows, *status.counts.items()], empty="")


@store_commands.command("copy", epilog="Example: tierscope store copy sqlite:///mine.db bolt://localhost:7687")
def copy_store(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Address to copy from.")],
    target: Annotated[str, typer.Argument(help="Address of an empty store to copy to.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Copy a store with its whole history, either way, and compare the hashes."""
    from graph.content_hash import content_hash
    from graph.copying import copy

    settings: Settings = context.obj
    with (
        open_store(settings, address=source, read_only=True) as old,
        open_store(settings, address=target, make=True) as new,
    ):
        copy(old, new)
        hashes = {"source": content_hash(old, history=True), "target": content_hash(new, history=True)}
    if hashes["source"] != hashes["target"]:
        raise InputError("the copy's hash differs", fix="was the source written to meanwhile? Copy again", **hashes)
    if as_json:
        print_json(hashes)
    else:
        typer.echo(f"Copied; both hash to {hashes['target']} (with history).")


@store_commands.command("backup", epilog="Example: tierscope store backup tierscope.jsonl")
def back_up(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="File to write, as JSON lines.")],
    *,
    store: StoreOption = None,
) -> None:
    """Write everything, history included, to one file that `store restore` reads into any store."""
    from graph.backup import dump

    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        dump(opened, file)
    typer.echo(f"Written to {file}; `tierscope store restore {file} --store ADDRESS` reads it into an empty store.")


@store_commands.command("restore", epilog="Example: tierscope store restore tierscope.jsonl --store sqlite:///new.db")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="File that `store backup` wrote.", exists=True, dir_okay=False)],
    *,
    store: StoreOption = None,
) -> None:
    """Fill an empty store from a backup."""
    from graph.backup import load_dump

    settings: Settings = context.obj
    with open_store(settings, address=store, make=True) as opened:
        load_dump(opened, file)
        status = opened.status()
    typer.echo(f"{status.address}: revision {status.revision}")


@store_commands.command("upgrade", epilog="Example: tierscope store upgrade --store sqlite:///old.db")
def upgrade_store(context: typer.Context, *, store: StoreOption = None) -> None:
    """Bring the layout of a store that an older version made to this one's; nothing it says is changed."""
    from graph.connect import upgrade

    settings: Settings = context.obj
    address = store or settings.store
    before, after = upgrade(address, options=store_options(settings))
    typer.echo(f"layout {after} already" if before == after else f"layout {before} → {after}")
