"""`install`, `test`, `check` and `doctor`: commands about this installation."""

import os
import subprocess
import sys
from pathlib import Path

import typer

from app.commands.options import JsonOption, LightOption, StoreOption
from app.runtime.output import print_json, print_table
from app.runtime.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": ["--help"]}


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command("doctor", epilog="Example: tierscope doctor --json")(doctor)
    application.command("install", epilog="Example: tierscope install --light")(install)
    application.command("test", context_settings=_PASS_ON, epilog="Example: tierscope test tests/graph -x")(test)
    application.command("check", epilog="Example: tierscope check")(check)


def install(*, light: LightOption = False) -> None:  # noqa: ARG001  # the launcher has obeyed it before this runs
    """Install what is missing (the launcher does it), embeddings included unless --light."""
    typer.echo("Installed. `tierscope demo` shows what Tierscope does; `tierscope doctor` what is here.")


def test(context: typer.Context) -> None:
    """Run the tests: every store, a real Neo4j among them. Arguments go to pytest; --without-neo4j leaves those out."""
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    if all(word.startswith("-") for word in context.args):  # the whole suite: side by side, a server's tests together
        command += ["--numprocesses", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
        if "--without-neo4j" not in context.args:
            _prepare_neo4j()
    raise typer.Exit(subprocess.run([*command, *context.args], cwd=ROOT, check=False).returncode)  # noqa: S603  # our own


def _prepare_neo4j() -> None:
    """Bring the servers that the tests start, before several workers want them at once."""
    if code := subprocess.run([sys.executable, "-m", "tests.neo4j_install"], cwd=ROOT, check=False).returncode:
        raise typer.Exit(code)


def check() -> None:
    """Run the static gates: format, lint, types."""
    for words in (["ruff", "format", "--check"], ["ruff", "check"], ["mypy"]):
        code = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=False).returncode  # noqa: S603  # our own
        if code:
            raise typer.Exit(code)


def doctor(context: typer.Context, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Say what is installed, what can be reached, and what is missing, with what to do about it."""
    from app.jobs.examinations import examine

    settings: Settings = context.obj
    found = examine(settings, store)
    if as_json:
        print_json({"ok": all(item.ok for item in found if item.needed), "checks": found})
    else:
        rows = [("✓" if item.ok else "✗" if item.needed else "–", item.name, item.finding, item.fix) for item in found]
        print_table("What is here", ["", "what", "finding", "to do"], rows, empty="")
    raise typer.Exit(0 if all(item.ok for item in found if item.needed) else 1)
