"""Agreements in Markdown: one row for the document, then one for each numbered item, or for each headed section.

The numbering is the document's own: the numbers and letters of its nested lists, joined by points (`5.3.a`). An item's
text is all that stands under its number, without markup; its locator gives the characters that it was read from.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from ingest.readers.opening import faults_of, open_source
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ontology.canonical import Json
from ontology.errors import SourceFileError

_TITLE = re.compile(r"\s*# +(\S.*)")
_LINE = re.compile(r"[^\n]*\n?")
_ITEM = re.compile(r"( *)(\d+|[a-z]|[ivx]+)\.\s+(?=\S)")
_SECTION = re.compile(r"#{2,6} +(?=\S)")
_HEADING = re.compile(r'<span class="header_\d"[^>]*>.*?</span>|(?:<span id="[^"]*">)?\*\*[^*]{1,80}\*\*')
_MARKUP = re.compile(r"</?(?:span|label)\b[^>]*>|\*\*")
_LINK = re.compile(r"\[([^]]*)\]\((https?://[^)]*)\)")


class MarkdownOptions(BaseModel):
    """Options of an agreement in Markdown.

    Attributes:
        indent: Spaces by which a nested list is indented.
        size_limit: Greatest number of bytes of the document.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    indent: int = 4
    size_limit: int = 16 * 2**20


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where an item, a section, or what belongs to none (`depth` 0) starts, and where its own words do."""

    start: int
    body: int
    depth: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Passage:
    """An item or a section with its end and its path of numbers."""

    mark: _Mark
    end: int
    path: tuple[str, ...]


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The document's own row, then one for each clause; `options` are those of `MarkdownOptions`.

    Cells: `sort` (`document` or `clause`), `file`, `title` and `sha256` of the document, `numbering`, `ordinal`,
    `heading` and `text` (of a clause without markup, of the document as it stands).

    Raises:
        SourceFileError: Not there, not UTF-8, too large, without a title, or with neither numbered items nor sections.
        MappingError: An option is unknown.
    """
    known = check_options(MarkdownOptions, options)
    raw = _bytes(path, known.size_limit)
    with faults_of(path):
        source = raw.decode("utf-8")
    title = _TITLE.match(source)
    parts = _parts(source, known.indent)
    if title is None or not parts:
        message = f"{path} has no title, or neither numbered items nor sections"
        fix = "begin it with `# Title` and number its clauses as nested lists"
        raise SourceFileError(message, fix=fix, path=str(path))
    sha256 = hashlib.sha256(raw).hexdigest()
    same: dict[str, Json] = {"file": path.name, "title": title[1].strip(), "sha256": sha256}
    whole: dict[str, Json] = {"sort": "document", "numbering": "", "ordinal": 0, "heading": "", "text": source}
    yield RawRow(1, same | whole, raw, {"characters": [0, len(source)]})
    for ordinal, part in enumerate(parts, start=1):
        yield _row(source, part, ordinal, same)


def _bytes(path: Path, limit: int) -> bytes:
    with faults_of(path), open_source(path) as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise SourceFileError(f"{path} is larger than {limit:,} bytes", fix="check that it is the declared file")
    return raw


def _row(source: str, part: _Passage, ordinal: int, same: dict[str, Json]) -> RawRow:
    start, body, end = part.mark.start, part.mark.body, part.end
    words: dict[str, Json] = {"heading": _heading(source[body:end], part), "text": _plain(source[body:end])}
    number: dict[str, Json] = {"sort": "clause", "numbering": ".".join(part.path), "ordinal": ordinal}
    quote = source[start:end].encode()
    return RawRow(ordinal + 1, same | number | words, quote, {"characters": [start, end]})


def _parts(source: str, indent: int) -> list[_Passage]:
    """Numbered items, or sections where there are none; each ends where one no deeper begins."""
    marks = [mark for line in _LINE.finditer(source) if (mark := _mark(line, indent))]
    if not (wanted := [mark for mark in marks if mark.label]):
        wanted = marks = [mark for mark in marks if mark.depth]
    path: tuple[str, ...] = ()
    parts = []
    for mark in wanted:
        later = (other.start for other in marks if other.start > mark.start and other.depth <= mark.depth)
        end = next(later, len(source))
        path = (*path[: mark.depth - 1], mark.label) if mark.label else ()
        parts.append(_Passage(mark, mark.start + len(source[mark.start : end].rstrip()), path))
    return parts


def _mark(line: re.Match[str], indent: int) -> _Mark | None:
    text, start = line[0], line.start()
    if item := _ITEM.match(text):
        return _Mark(start + len(item[1]), start + item.end(), 1 + len(item[1]) // indent, item[2])
    if section := _SECTION.match(text):
        return _Mark(start, start + section.end(), 1)
    return None if text[:1] in {"", " ", "\n", "\r"} else _Mark(start, start, 0)


def _heading(body: str, part: _Passage) -> str:
    if not part.mark.label:
        return _plain(body.splitlines()[0])
    found = _HEADING.match(body)
    return _plain(found[0]).rstrip(".") if found else ""


def _plain(markdown: str) -> str:
    """Words without markup, each line's spaces folded, empty lines left out; a link keeps its address in brackets."""
    words = _LINK.sub(r"\1 (\2)", _MARKUP.sub("", markdown))
    return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
