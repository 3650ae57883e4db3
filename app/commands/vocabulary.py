"""`ontology check|diff`: the vocabulary's own commands."""

import typer

ontology_commands = typer.Typer(
    help="Check the ontology's generated files, and compare ontologies.", no_args_is_help=True
)


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.add_typer(ontology_commands, name="ontology")
