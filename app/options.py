"""Options and arguments that commands share, so that one word means one thing everywhere."""

from collections.abc import Iterable, Mapping
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


def spelled(name: str) -> str:
    """An option as it is typed: `stop_probability` is `--stop-probability`."""
    return f"--{name.replace('_', '-')}"


def refuse_unread(request: str, given: Mapping[str, object], *, reads: Iterable[str] = ()) -> None:
    """Refuse the options that were given and that this request does not read.

    Args:
        request: What the user asks for, such as `whatif --list`.
        given: All options that the request might be given, as they are typed; None, False and nothing are not given.
        reads: Those that it reads.

    Raises:
        InputError: Something was given that is not read.
    """
    able = list(reads)
    unread = [name for name, value in given.items() if name not in able and _is_given(value)]
    if unread:
        fix = f"{request} takes {', '.join(able)}" if able else "leave it out"
        raise InputError(f"{request} does not read {', '.join(unread)}", fix=fix)


def _is_given(value: object) -> bool:
    return value is not None and value is not False and value not in ([], "")
