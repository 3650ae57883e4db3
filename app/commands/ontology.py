"""`ontology check|diff`: the vocabulary's own commands."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import JsonOption, command_group
from app.runtime.output import print_json, print_table

ontology_commands = command_group("Check the ontology's generated files, and compare ontologies.")
_Folder = Annotated[Path, typer.Argument(help="Folder of Turtle files.", exists=True, file_okay=False)]


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.add_typer(ontology_commands, name="ontology")


@ontology_commands.command("check", epilog="Example: tierscope ontology check")
def check(*, as_json: JsonOption = False) -> None:
    """See that everything that is generated from the ontology is up to date."""
    from ontology.compile import drifted

    stale = drifted()
    if as_json:
        print_json({"drifted": stale})
    else:
        rows = [(path, ".venv/bin/python -m ontology.compile") for path in stale]
        print_table("Drifted", ["file", "to do"], rows, empty="Everything that is generated fits the ontology.")
    raise typer.Exit(1 if stale else 0)


@ontology_commands.command("diff", epilog="Example: tierscope ontology diff ../tierscope-0.1/ontology/schema")
def compare(
    old: _Folder,
    new: Annotated[
        Path | None, typer.Argument(help="The newer folder; this version's own where none is named.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Say what changed between two ontologies, and whether it is major (what was allowed no longer is) or minor."""
    from ontology.compiler.source import SCHEMA
    from ontology.diff import diff

    found = diff(old, new or SCHEMA)
    if as_json:
        print_json({"severity": found.severity, "difference": found})
        return
    rows = [(change.severity, change.text) for change in found.changes]
    print_table(f"{found.old} → {found.new}", ["", "what"], rows, empty="Nothing changed.")
    if not found.enough:
        typer.echo(f"The version must rise further: the change is {found.severity}.")
