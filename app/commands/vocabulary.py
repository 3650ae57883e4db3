"""`ontology check|diff`: the vocabulary's own commands."""

import typer

ontology_commands = typer.Typer(
    help="Check the ontology's generated files, and compare ontologies.", no_args_is_help=True
)


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.add_typer(ontology_commands, name="ontology")


@ontology_commands.command("check", epilog="Example: tierscope ontology check")
def check() -> None:
    """See that everything that is generated from the ontology is up to date."""
    from ontology.compile import drifted

    stale = drifted()
    for path in stale:
        typer.echo(f"{path} has drifted; run .venv/bin/python -m ontology.compile")
    if not stale:
        typer.echo("Everything that is generated fits the ontology.")
    raise typer.Exit(1 if stale else 0)
