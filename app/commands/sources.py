"""Commands about sources: load, sources, mapping, quarantine, retract."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import JsonOption, LightOption, StoreOption, command_group
from app.jobs.embedding import embed_all, embed_few
from app.runtime.clock import now
from app.runtime.output import console, notes, plain, print_json, print_table
from app.runtime.progress import loading_bar
from app.runtime.settings import Settings
from app.runtime.wiring import open_store
from ontology.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from graph.port import GraphStore
    from ingest.mapping.source_spec import SourceSpec
    from ingest.pipeline.report import Report

quarantine_commands = command_group("Look at refused rows, and try them again.")
mapping_commands = command_group("Declare how your own tables become claims.")


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command("load", epilog="Example: tierscope load scms downloads/scms")(load)
    application.command("sources", epilog="Example: tierscope sources --json")(sources)
    application.command("embed", epilog="Example: tierscope embed")(embed)
    application.command("retract", epilog="Example: tierscope retract scms")(retract)
    application.add_typer(mapping_commands, name="mapping")
    application.add_typer(quarantine_commands, name="quarantine")


def load(
    context: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="[SOURCE] FILE",
            help="A source's name, then its file or folder; none where it comes with Tierscope.",
        ),
    ],
    *,
    mapping: Annotated[Path | None, typer.Option(help="Your own mapping instead of a source's name.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, write nothing.")] = False,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load a source: each row is accepted, unchanged, or quarantined with its reason. Loading twice changes nothing."""
    from app.jobs.concepts import ensure_concepts
    from ingest.pipeline.load import load as run

    spec, path = _wanted(what, mapping)
    settings: Settings = context.obj
    with _target(settings, store, dry_run=dry_run) as opened, loading_bar(spec.source) as progress:
        if not (dry_run or spec.shipped):
            ensure_concepts(opened)
        report = run(opened, spec, path, clock=now, progress=progress, dry_run=dry_run)
        if report.opened and not dry_run:
            embed_few(settings, opened)
    if as_json:
        print_json({**plain(report), "claims": report.opened})
    else:
        print_report(report)


@contextmanager
def _target(settings: Settings, address: str | None, *, dry_run: bool) -> Generator[GraphStore]:
    """The store to load into, made where there is none; a dry run leaves nothing behind, not even an empty store."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(open_store(settings, address=address, make=not dry_run, read_only=dry_run))
        except NotFoundError:
            if not dry_run:
                raise
            folder = stack.enter_context(TemporaryDirectory())
            opened = stack.enter_context(open_store(settings, address=f"sqlite:///{folder}/dry-run.db", make=True))
        yield opened


def _wanted(what: list[str], mapping: Path | None) -> tuple[SourceSpec, Path]:
    from ingest.mapping.source_catalog import SHIPPED, load_source_spec, source_names
    from ingest.mapping.source_spec import read_source_spec

    if mapping is not None and len(what) == 1:
        return read_source_spec(mapping), Path(what[0])
    if mapping is None and len(what) == 2:
        return load_source_spec(what[0]), Path(what[1])
    if mapping is None and len(what) == 1 and what[0] in source_names() and load_source_spec(what[0]).shipped:
        return load_source_spec(what[0]), SHIPPED
    fix = (
        "tierscope load SOURCE FILE_OR_FOLDER, or tierscope load --mapping my.yaml FILE; `tierscope sources` lists them"
    )
    raise InputError("a load takes a source and its file or folder", fix=fix)


def print_report(report: Report) -> None:
    """What a load did, in a few lines; the first refusals with their fix."""
    done = "would have" if report.dry_run else "have"
    console().print(
        f"{report.source}: {report.read:,} rows read = {report.accepted:,} accepted + {report.unchanged:,} unchanged "
        f"+ {report.quarantined:,} quarantined; {report.opened:,} claims {done} been opened, {report.closed:,} closed; "
        f"revision {report.revision}.",
        markup=False,
    )
    for warning in report.warnings:
        notes().print(f"Warning: {warning}", markup=False)
    rows = [(refusal.record, refusal.rows, refusal.message, refusal.fix) for refusal in report.refusals]
    if rows:
        print_table("In quarantine (the first of them)", ["record", "rows", "why", "fix"], rows, empty="")


def sources(*, as_json: JsonOption = False) -> None:
    """List the sources that come with Tierscope: what they are, their licence and their files."""
    from ingest.mapping.source_catalog import load_source_specs

    specs = load_source_specs()
    if as_json:
        keys = ("source", "title", "publisher", "licence", "uri", "mode", "confidence")
        listed = [{key: getattr(spec, key) for key in keys} for spec in specs.values()]
        files = [[file.path for file in spec.files.values()] for spec in specs.values()]
        print_json({"sources": [{**one, "files": paths} for one, paths in zip(listed, files, strict=True)]})
        return
    rows = [(c.source, c.title, c.licence, "\n".join(file.path for file in c.files.values())) for c in specs.values()]
    print_table("Sources", ["name", "what", "licence", "files"], rows, empty="No source is declared.")


def embed(context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Embed the clauses that have no vector up to date, so that ranking by meaning needs not wait for them."""
    from app.runtime.wiring import find_embedder

    settings: Settings = context.obj
    if find_embedder(settings) is None:
        raise InputError("embeddings are not installed, or --light leaves them out", fix="./tierscope install")
    with open_store(settings, address=store) as opened:
        count = embed_all(settings, opened)
    if as_json:
        print_json({"embedded": count})
    else:
        typer.echo(f"{count:,} clauses embedded")


def retract(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    *,
    record: Annotated[str | None, typer.Option(help="Only this record of it, as `show` of a claim names it.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back what a source said. Its claims are closed, not destroyed; loading it again restores them."""
    from ingest.pipeline.retraction import retract as run

    settings: Settings = context.obj
    with open_store(settings, address=store) as opened:
        done = run(opened, source, record=record, clock=now)
    if as_json:
        print_json(done)
    else:
        typer.echo(f"{source}: {done.records:,} records, {done.closed:,} claims closed; revision {done.revision}")


@mapping_commands.command("new", epilog="Example: tierscope mapping new suppliers.csv > suppliers.yaml")
def new_mapping(
    file: Annotated[Path, typer.Argument(help="Your table, as CSV with a header.")],
    *,
    output: Annotated[Path | None, typer.Option(help="File to write; standard output where none is named.")] = None,
) -> None:
    """Write a commented mapping for your own table: guessed from its header, for you to complete."""
    from ingest.mapping.starter import make_starter

    text = make_starter(file)
    if output is None:
        typer.echo(text, nl=False)
    elif output.exists():
        raise InputError(f"{output} exists already", fix="name another file, or move that one away")
    else:
        output.write_text(text, encoding="utf-8")
        notes().print(f"Written to {output}: fill in the blanks, then tierscope load --mapping {output} {file}")


@quarantine_commands.command("list", epilog="Example: tierscope quarantine list ofac")
def list_quarantine(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="One source only.")] = None,
    *,
    top: Annotated[int, typer.Option("--top", min=1, help="At most so many rows.")] = 50,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rows that were refused: which rule they broke and what would mend them."""
    from ingest.pipeline.quarantine import refusals

    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        held = refusals(opened, source, limit=top)
    if as_json:
        print_json({"quarantine": held})
        return
    rows = [(refusal.source, refusal.record, refusal.rows, refusal.message, refusal.fix) for refusal in held]
    print_table("Quarantine", ["source", "record", "rows", "why", "fix"], rows, empty="Nothing is in quarantine.")


@quarantine_commands.command("show", epilog="Example: tierscope quarantine show ofac 'link:12300#1'")
def show_quarantined(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    record: Annotated[str, typer.Argument(help="The record, as `quarantine list` names it.")],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one refused row whole: the raw row, the rule, the fix."""
    from ingest.pipeline.quarantine import refused

    settings: Settings = context.obj
    with open_store(settings, address=store, read_only=True) as opened:
        held = refused(opened, source, record)
    if as_json:
        print_json(held)
    else:
        print_table(record, ["what", "is"], plain(held).items(), empty="")


@quarantine_commands.command("retry", epilog="Example: tierscope quarantine retry --mapping suppliers.yaml")
def retry_quarantine(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Name of a source that comes with Tierscope.")] = None,
    *,
    mapping: Annotated[Path | None, typer.Option(help="Your own mapping instead.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try the refused rows of a source again, under its mapping as it is now."""
    from ingest.mapping.source_catalog import load_source_spec
    from ingest.mapping.source_spec import read_source_spec
    from ingest.pipeline.quarantine import retry

    if (source is None) == (mapping is None):
        raise InputError(
            "a retry takes a source or a mapping", fix="tierscope quarantine retry SOURCE, or --mapping FILE"
        )
    spec = read_source_spec(mapping) if mapping is not None else load_source_spec(source or "")
    settings: Settings = context.obj
    with open_store(settings, address=store) as opened:
        done = retry(opened, spec, clock=now)
    if as_json:
        print_json(done)
    else:
        typer.echo(f"{done.source}: {done.tried:,} tried, {done.accepted:,} accepted, {done.refused:,} still refused")
