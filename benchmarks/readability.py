"""Readability of the pages: words a sentence, for README, CONTRIBUTING, CHANGELOG and all of docs.

    python -m benchmarks.readability [REV] [--sentences PAGE]

A sentence ends at a full stop, question mark or exclamation mark before a space and a new beginning, at the end of a
paragraph, and at the end of a list item. A colon and a semicolon end none. A span of code counts as one word, and so
does a formula in code. Left out are headings, code blocks, tables, formulas set apart (lines with `>`), images, HTML
comments, list markers, the targets of links, and bold words that head a paragraph (`**Why.**`, three words at most).
Pages generated from the code are measured too, and marked; their prose is that of the code.

With REV (a commit) the figures of that commit come first. `--sentences` prints a page's sentences, longest first.
"""

import argparse
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GENERATED = frozenset({"docs/commands.md", "docs/ontology.md", "docs/settings.md"})
TARGET = 20.0  # words a sentence, on average, of each page
LONG = 30  # a sentence of more words is long
_PAGES = ("*.md", "docs/*.md", "docs/adr/*.md")
_FENCE = re.compile(r"^([ \t]*)(```|~~~).*?^\1\2[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LEAD = re.compile(r"^\*\*\S+(?: \S+){0,2}[.:]\*\*\s+")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_END = re.compile(r"(?<=[.!?…])[\"'”’)*_]*\s+(?=[\"'“(*_\[]*[A-ZÀ-ÞΑ-Ω0-9§])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|al|No|Fig|approx|etc|Mr|Dr|St)\.|\b[A-Z]\.)$")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Readability:
    """What is measured of one page.

    Args:
        sentences: How many there are.
        mean: Words a sentence, on average.
        median: Words of the middle sentence.
        p90: Words that nine sentences in ten do not exceed.
        long: Share of the sentences of more than `LONG` words, in [0, 1].
    """

    sentences: int
    mean: float
    median: float
    p90: float
    long: float


def sentences_of(text: str) -> list[str]:
    """The sentences of a page in Markdown, each as plain text on one line."""
    return [sentence for block in _blocks(text) for sentence in _split(block) if _words(sentence)]


def measure(text: str) -> Readability:
    """The readability of a page in Markdown; zeros where it has no sentence."""
    counts = sorted(_words(sentence) for sentence in sentences_of(text))
    if not counts:
        return Readability(0, 0.0, 0.0, 0.0, 0.0)
    middle = (counts[(len(counts) - 1) // 2] + counts[len(counts) // 2]) / 2
    p90 = float(counts[min(len(counts) - 1, -(-9 * len(counts) // 10) - 1)])
    long = sum(count > LONG for count in counts) / len(counts)
    return Readability(len(counts), sum(counts) / len(counts), middle, p90, long)


def pages() -> dict[str, str]:
    """The text of every page of the checkout, by its path below the root."""
    paths = sorted({path for pattern in _PAGES for path in ROOT.glob(pattern)}, key=lambda path: path.parts)
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def pages_at(revision: str) -> dict[str, str]:
    """The text of every page as a commit has it."""
    listed = _git("ls-tree", "-r", "--name-only", revision).splitlines()
    wanted = [path for path in listed if any(_matches(path, pattern) for pattern in _PAGES)]
    return {path: _git("show", f"{revision}:{path}") for path in wanted}


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs and list items, without what is no prose."""
    block: list[str] = []
    for line in [*_COMMENT.sub("", _FENCE.sub("\n", text)).splitlines(), ""]:
        starts = _MARKER.match(line)
        if (starts or _is_no_prose(line)) and block:
            yield " ".join(block)
            block = []
        if not _is_no_prose(line):
            block.append(_MARKER.sub("", line).strip())


def _is_no_prose(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith(("#", "|", "---", ">"))


def _split(block: str) -> Iterator[str]:
    plain = _LINK.sub(r"\1", _IMAGE.sub("", _CODE.sub("Code", _LEAD.sub("", block))))
    start = 0
    for end in _END.finditer(plain):
        if not _ABBREVIATION.search(plain[start : end.start()]):
            yield plain[start : end.start()].strip()
            start = end.end()
    yield plain[start:].strip()


def _words(sentence: str) -> int:
    return sum(bool(_WORD.search(word)) for word in sentence.split())


def _matches(path: str, pattern: str) -> bool:
    return Path(path).match(pattern) and path.count("/") == pattern.count("/")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def table(now: Mapping[str, str], before: Mapping[str, str] | None) -> Iterator[str]:
    """The lines of the table, in Markdown: a page each, with the figures before where a commit gives them."""
    column = " before: words a sentence | > 30 |" if before is not None else ""
    yield f"| page | sentences |{column} words a sentence | median | p90 | > 30 words |"
    yield "| --- |" + " --- |" * (5 + 2 * (before is not None))
    for page, text in now.items():
        found = measure(text)
        name = f"{page} (generated)" if page in GENERATED else page
        earlier = _earlier(before, page)
        figures = f"{found.mean:.1f} | {found.median:g} | {found.p90:g} | {found.long:.0%}"
        yield f"| {name} | {found.sentences} |{earlier} {figures} |"


def _earlier(before: Mapping[str, str] | None, page: str) -> str:
    if before is None:
        return ""
    if page not in before:
        return " – | – |"
    found = measure(before[page])
    return f" {found.mean:.1f} | {found.long:.0%} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.readability", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("revision", nargs="?", help="A commit whose figures are shown beside.")
    parser.add_argument("--sentences", metavar="PAGE", help="Print the sentences of this page, longest first.")
    wanted = parser.parse_args(arguments)
    now = pages()
    if wanted.sentences:
        for sentence in sorted(sentences_of(now[wanted.sentences]), key=_words, reverse=True):
            print(f"{_words(sentence):4} {sentence}")
        return 0
    for line in table(now, pages_at(wanted.revision) if wanted.revision else None):
        print(line)
    over = [page for page, text in now.items() if page not in GENERATED and measure(text).mean > TARGET]
    print(f"\nAbove {TARGET:g} words a sentence: {', '.join(over) or 'no page'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
