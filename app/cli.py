"""The command line: one Typer application; each command in `app.commands` imports what it needs when it runs."""

import sys
from collections.abc import Sequence

import typer

from app import commands
from app.runtime.logs import configure
from app.runtime.output import print_error
from app.runtime.settings import keep_models_offline, read_settings
from ontology.errors import TierscopeError

application = typer.Typer(
    name="tierscope",
    help="The evidence graph behind a negotiating agent: multi-tier risk exposure with the proof of every number, "
    "and the clauses to ask for because of it.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: the panels take longer to import than all else that --help does
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
commands.register(application)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. Errors raised on purpose print as `CODE: message` with the fix, and give 1."""
    words = [word for word in arguments if word != "--light"]  # the launcher's word, understood in any place
    try:
        settings = read_settings(light=len(words) < len(arguments))
        configure(settings.log_level)
        keep_models_offline()
        application(args=words, prog_name="tierscope", obj=settings)
    except TierscopeError as error:
        print_error(error, as_json="--json" in words)
        return 1
    except SystemExit as end:  # how Typer ends, after it has printed what was wrong with an option
        return end.code if isinstance(end.code, int) else 0
    return 0


def main() -> None:
    """The program."""
    sys.exit(run(sys.argv[1:]))
