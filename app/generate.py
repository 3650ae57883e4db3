"""Writes the documents made from the code: `python -m app.generate` (`--check` only says which have drifted)."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from app.cli import application
from app.runtime.settings import settings_table

ROOT = Path(__file__).resolve().parents[1]
_QUERY = re.compile(r"(<!-- query: (\S+) -->)\n(?:```graphql\n.*?```\n)?", re.DOTALL)
_SETTINGS = """# Settings

Environment variables; a misspelt one is an error that names the nearest. Generated from
`app/runtime/settings.py` by `python -m app.generate`.

"""
_COMMANDS = """# Commands

`./tierscope COMMAND --help` says the same. `--light`, anywhere, leaves the embeddings out. Generated
by `python -m app.generate`.
"""


def documents() -> dict[Path, str]:
    """Every generated document, by its place below the repository's root."""
    root = typer.main.get_command(application)
    commands = "\n".join(_command_sections(root, "tierscope"))
    return {
        Path("docs/settings.md"): _SETTINGS + settings_table(),
        Path("docs/commands.md"): f"{_COMMANDS}\n{commands}",
        Path("README.md"): _with_queries((ROOT / "README.md").read_text()),
    }


def _with_queries(text: str) -> str:
    """The text with the example queries that it names put in anew, below the lines that name them."""
    return _QUERY.sub(lambda found: f"{found[1]}\n```graphql\n{(ROOT / found[2]).read_text()}```\n", text)


def _command_sections(command: object, path: str) -> Iterator[str]:
    if isinstance(command, TyperGroup):
        for name in sorted(command.commands):
            yield from _command_sections(command.commands[name], f"{path} {name}")
    elif isinstance(command, TyperCommand):
        arguments = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
        words = " ".join(f"`{argument.metavar or argument.name}`" for argument in arguments)
        yield f"## {path} {words}".rstrip() + f"\n\n{command.help}\n"
        options = [parameter for parameter in command.params if isinstance(parameter, TyperOption)]
        yield "| option | meaning |\n| --- | --- |" if options else "No options."
        yield from (f"| `{', '.join(option.opts)}` | {option.help or ''} |" for option in options)
        yield f"\n{command.epilog}\n"


def main() -> int:
    """Write what has drifted, or with `--check` only name it and give 1."""
    drifted = [
        path for path, text in documents().items() if not (ROOT / path).exists() or (ROOT / path).read_text() != text
    ]
    if "--check" in sys.argv:
        sys.stdout.writelines(f"{path} has drifted; run python -m app.generate\n" for path in drifted)
        return 1 if drifted else 0
    for path in drifted:
        (ROOT / path).write_text(documents()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
