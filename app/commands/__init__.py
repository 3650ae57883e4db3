"""The commands, a file a theme. Each registers its functions; none does work when it is imported."""

import typer

from app.commands import analyses as analysing
from app.commands import demo as demonstrating
from app.commands import installation as checking
from app.commands import judgements as judging
from app.commands import ontology as vocabulary
from app.commands import queries as asking
from app.commands import serve as serving
from app.commands import snapshot as snapshotting
from app.commands import sources as loading
from app.commands import store as storing


def register(application: typer.Typer) -> None:
    """Add every command to the command line."""
    asked = (demonstrating, loading, asking, analysing, judging)
    for theme in (*asked, storing, snapshotting, serving, vocabulary, checking):
        theme.register(application)
