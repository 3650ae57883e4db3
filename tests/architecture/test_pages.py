"""The pages: every relative link leads somewhere, and every file or module that a page names is there."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_glossary import resolve

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = ("api", "app", "benchmarks", "docs", "examples", "graph", "ingest", "locks", "ontology", "reasoning", "tests")
_FENCE = re.compile(r"^([ \t]*)(```|~~~).*?^\1\2[ \t]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)|(?:src|href)=\"([^\"]+)\"")
_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./*-]*)`")
_MODULE = re.compile(rf"`((?:{'|'.join(FOLDERS)})(?:\.\w+)+)(?:\([^`]*\))?`")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def prose(path: Path) -> str:
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors of a page as GitHub makes them: lower case, without punctuation, hyphens for spaces."""
    plain = [re.sub(r"[^\w\- ]", "", heading.casefold()) for heading in _HEADING.findall(prose(path))]
    return {heading.replace(" ", "-") for heading in plain}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_somewhere(page):
    dead = []
    for link in {first or second for first, second in _LINK.findall(prose(page))}:
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (page.parent / target).resolve() if target else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_a_page_names_is_there(page):
    named = set(_PATH.findall(prose(page)))
    assert [path for path in sorted(named) if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_module_that_a_page_names_is_there(page):
    for path in sorted(set(_MODULE.findall(prose(page)))):
        assert resolve(path) is not None


def test_the_decisions_are_listed():
    listed = set(
        re.findall(r"\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8"))
    )
    assert listed == {path.name for path in (ROOT / "docs" / "adr").glob("0*.md")}
