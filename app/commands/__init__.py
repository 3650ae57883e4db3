"""The commands, a file a theme. Each registers its functions; none does work when it is imported."""

import typer

from app.commands import analysing, asking, checking, demonstrating, judging, loading, serving, storing, vocabulary


def register(application: typer.Typer) -> None:
    """Add every command to the command line."""
    for theme in (demonstrating, loading, asking, analysing, judging, storing, serving, vocabulary, checking):
        theme.register(application)
