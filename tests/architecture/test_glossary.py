"""The glossary of docs/architecture.md names what the code has, and the code has dropped the names it replaces."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "graph", "ingest", "reasoning", "api", "app")
_ROW = re.compile(r"^\| (?P<term>[^|]+?) \| `(?P<path>[^|`]+)` \| (?P<meaning>[^|]+) \|$")
OLD_CLASSES = {"Noun", "Desk", "Envelope", "Cohort", "Shelf", "Scene", "Crew", "Drawn", "Spooled"}
OLD_MODULES = {"patience", "telling", "told"}
OLD_NAMES = {"owners_of", "strikes"}  # of functions, parameters and fields; an option is named after its parameter


def glossary() -> list[tuple[str, str, str]]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("\n## Glossary\n")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [_row(line) for line in lines[2:]]


def _row(line: str) -> tuple[str, str, str]:
    row = _ROW.match(line)
    assert row, f"not a row of the glossary: {line}"
    return row["term"], row["path"], row["meaning"]


def resolve(path: str) -> object:
    """The object at a dotted path: a module, or what stands in one."""
    found, rest = _module(path.split("."))
    for name in rest:
        found = getattr(found, name)
    return found


def _module(names: list[str]) -> tuple[object, list[str]]:
    found: ModuleType = import_module(names[0])
    for place in range(1, len(names)):
        if not hasattr(found, "__path__") or not _exists(names[: place + 1]):
            return found, names[place:]
        found = import_module(".".join(names[: place + 1]))
    return found, []


def _exists(names: list[str]) -> bool:
    folder = ROOT.joinpath(*names)
    return folder.is_dir() or folder.with_suffix(".py").is_file()


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def test_the_glossary_is_there():
    assert len(glossary()) > 40


@pytest.mark.parametrize(("term", "path"), [(term, path) for term, path, _ in glossary()])
def test_every_name_of_the_glossary_resolves(term, path):
    assert path.partition(".")[0] in ROOMS, term
    assert resolve(path) is not None, term


def test_every_term_and_every_name_stands_once():
    terms = [term.casefold() for term, _, _ in glossary()]
    paths = [path for _, path, _ in glossary()]
    assert sorted(set(terms)) == sorted(terms)
    assert sorted(set(paths)) == sorted(paths)


def test_a_name_that_is_not_there_is_found():
    with pytest.raises(AttributeError):
        resolve("reasoning.exposure.snapshot.NoSuchName")


def test_the_old_dialect_is_gone():
    found = []
    for path, tree in trees():
        found += [f"{path}: module"] * (path.stem in OLD_MODULES or not OLD_MODULES.isdisjoint(path.parts))
        for node in ast.walk(tree):
            match node:
                case ast.ClassDef(name=name) if name.lstrip("_") in OLD_CLASSES:
                    found.append(f"{path}:{node.lineno}: class {name}")
                case ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.AnnAssign(target=ast.Name(id=name)):
                    found += [f"{path}:{node.lineno}: {name}"] * (name in OLD_NAMES)
                case _:
                    pass
    assert found == []
