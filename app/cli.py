"""The command line: one Typer application; each command in `app.commands` imports what it needs when it runs."""

import sys
from collections.abc import Sequence

import click
import typer

from app import commands
from app.logs import configure
from app.output import notes, print_error
from app.settings import read_settings
from ontology.errors import TierscopeError

application = typer.Typer(
    name="tierscope",
    help="The evidence graph behind a negotiating agent: multi-tier risk exposure with the proof of every number, "
    "and the clauses to ask for because of it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
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
        code = application(args=words, prog_name="tierscope", standalone_mode=False, obj=settings)
    except (TierscopeError, click.ClickException, click.Abort, KeyboardInterrupt, BrokenPipeError) as error:
        return _end(error, as_json="--json" in words)
    return code if isinstance(code, int) else 0


def _end(error: BaseException, *, as_json: bool) -> int:
    if isinstance(error, TierscopeError):
        print_error(error, as_json=as_json)
        return 1
    if isinstance(error, click.ClickException):  # a wrong option or argument
        error.show()
        return error.exit_code
    if isinstance(error, BrokenPipeError):  # `tierscope … | head`: the reader has gone, which is no error
        sys.stderr.close()
        return 0
    notes().print("Stopped.")
    return 130


def main() -> None:
    """The program."""
    sys.exit(run(sys.argv[1:]))
