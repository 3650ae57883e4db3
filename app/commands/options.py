"""Options and arguments that commands share, so that one word means one thing everywhere."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from ontology.errors import InputError

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="ADDRESS", help="The store: sqlite:///FILE, bolt://… or neo4j://… (TIERSCOPE_STORE)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What was true in the world then. Default: now.")
]
KnownAtOption = Annotated[
    str | None, typer.Option("--known-at", metavar="DATE", help="What was recorded by then. Default: the latest.")
]
BuyerOption = Annotated[
    str | None, typer.Option("--buyer", metavar="ID", help="The buying organisation (TIERSCOPE_BUYER).")
]
LightOption = Annotated[
    bool, typer.Option("--light", help="Without embeddings: rank by words and rules (TIERSCOPE_LIGHT).")
]


def command_group(help: str) -> typer.Typer:  # noqa: A002  # Typer's word
    """An empty group of commands, such as `store`, with plain help: Typer's panels take 0.2 s to import."""
    return typer.Typer(help=help, no_args_is_help=True, rich_markup_mode=None)


def spelled(name: str) -> str:
    """An option as it is typed: `stop_probability` is `--stop-probability`."""
    return f"--{name.replace('_', '-')}"


def allow_only(context: typer.Context, request: str, *read: str) -> None:
    """Refuse whatever was typed besides what a request reads.

    Args:
        context: The command's context.
        request: What the user asks for, such as `whatif --list`.
        read: The options that it reads, as they are typed.

    Raises:
        InputError: Something else was typed.
    """
    _refuse(request, [name for name in _typed(context) if name not in read], f"{request} reads {', '.join(read)}")


def forbid(context: typer.Context, request: str, *unread: str, fix: str = "leave it out") -> None:
    """Refuse options that a request does not read.

    Args:
        context: The command's context.
        request: What the user asks for, such as `demo --once`.
        unread: The options, as they are typed.
        fix: What to do about it.

    Raises:
        InputError: One of them was typed.
    """
    _refuse(request, [name for name in _typed(context) if name in unread], fix)


def _typed(context: typer.Context) -> Iterator[str]:
    """The options that were typed, as they are typed; an argument in capitals."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            is_option = parameter.param_type_name == "option"
            yield parameter.opts[0] if is_option else (parameter.name or "").upper()


def _refuse(request: str, names: Sequence[str], fix: str) -> None:
    if names:
        raise InputError(f"{request} does not read {', '.join(names)}", fix=fix)
