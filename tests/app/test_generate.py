"""Generated documents fit their source, and every command tells a newcomer how to use it."""

from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from app.cli import application
from app.generate import documents

ROOT = Path(__file__).resolve().parents[2]


def leaves(command, path=()):
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from leaves(child, (*path, name))
    else:
        yield path, command


COMMANDS = list(leaves(typer.main.get_command(application)))


@pytest.mark.parametrize("path", list(documents()), ids=str)
def test_a_generated_document_has_not_drifted(path):
    assert (ROOT / path).read_text() == documents()[path]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_has_help_and_an_example(path, command):
    assert command.help
    assert command.epilog
    assert command.epilog.startswith(f"Example: tierscope {' '.join(path)}")
    assert all(option.help for option in command.params if option.name != "help" and hasattr(option, "help"))


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_reading_command_has_json(path):
    writes_nothing_to_read = {"demo", "serve", "test", "check", "install", "export"}
    groups = {("mapping", "new"), ("store", "init"), ("store", "backup"), ("store", "restore"), ("store", "upgrade")}
    command = dict(COMMANDS)[path]
    has_json = any("--json" in parameter.opts for parameter in command.params)
    exempt = path in groups or path[0] in writes_nothing_to_read - {"demo"} or path[0] == "ontology"
    assert has_json or exempt, path
