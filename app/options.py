"""Options and arguments that commands share, so that one word means one thing everywhere."""

from typing import Annotated

import typer

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
