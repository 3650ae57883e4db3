"""The commands, a file a theme. Each registers its functions; none does work when it is imported."""

import typer

from app.commands import (
    analysing,
    asking,
    checking,
    demonstrating,
    judging,
    loading,
    serving,
    snapshotting,
    storing,
    vocabulary,
)


def register(application: typer.Typer) -> None:
    """Add every command to the command line."""
    asked = (demonstrating, loading, asking, analysing, judging)
    for theme in (*asked, storing, snapshotting, serving, vocabulary, checking):
        theme.register(application)
