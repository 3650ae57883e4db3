"""Transforms that find quotes in a text, so that what an expert marked leads back to its characters."""

import ast
import hashlib
import warnings
from collections.abc import Iterator, Mapping

from ingest.mapping.transforms.context import Transform, TransformContext
from ingest.readers.row import Cell
from ontology.canonical import canonical


def literals(context: TransformContext) -> Transform:
    """A list of texts in Python's notation to these texts."""

    def convert(value: Cell) -> list[str]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # Python warns of odd escapes such as "\\%", and reads them as they stand
                found = ast.literal_eval(str(value))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            found = None
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise context.fault("literals", f"{str(value)[:80]!r} is no list of texts", "write it like ['a', 'b']")
        return found

    return convert


def locate(context: TransformContext) -> Transform:
    """Where quotes stand in a text: of `{text, quotes}`, an object for each different place, in the quotes' order.

    The argument, if any, is what stands in a quote where the expert left words out. An object has `quote` as given,
    `words` (the quote with an ellipsis for each gap) and `place`, which names it within the text; and if all pieces of
    the quote stand there, `start`, `end` and `locator` of the characters from the first to the last of them.
    """
    gap = context.argument
    if gap is not None and not (isinstance(gap, str) and gap):
        raise context.error("locate wants the text that marks a gap, or nothing")

    def convert(value: Cell) -> list[Cell]:
        if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
            raise context.fault("locate", "there is no text to look in", "give {text: …, quotes: …}")
        found = {place["place"]: place for place in _places(value["text"], value.get("quotes"), gap)}
        return list(found.values())

    return convert


def _places(text: str, quotes: Cell, gap: str | None) -> Iterator[dict[str, Cell]]:
    for quote in _flat(quotes):
        pieces = [piece for part in (quote.split(gap) if gap else [quote]) if (piece := part.strip())]
        if pieces:
            yield {"quote": quote, "words": " … ".join(pieces), **_place(text, quote, pieces)}


def _flat(quotes: Cell) -> Iterator[str]:
    for item in quotes if isinstance(quotes, list) else [quotes] if quotes is not None else []:
        yield from _flat(item) if isinstance(item, list) else [str(item)]


def _place(text: str, quote: str, pieces: list[str]) -> dict[str, Cell]:
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        after = spans[-1][1] if spans else 0
        starts = [start for start in (text.find(piece, after), text.find(piece)) if start >= 0]
        if not starts:
            return {"place": f"x{hashlib.sha256(quote.encode()).hexdigest()[:8]}"}
        spans.append((starts[0], starts[0] + len(piece)))
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    place = "-".join(str(side) for span in spans for side in span)
    return {"place": place, "start": start, "end": end, "locator": canonical({"characters": [start, end]}).decode()}
