"""Transforms that turn text into numbers, dates, countries and truth values, or refuse it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from ingest.mapping.transforms.context import Transform, TransformContext
from ingest.mapping.transforms.countries import country_code
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d+)?")
_ISO = {"iso": "%Y-%m-%d"}


def number(context: TransformContext) -> Transform:
    """Text to a number."""
    comma = isinstance(context.argument, str) and "," in context.argument[-3:]

    def convert(value: Cell) -> Cell:
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return value
        found = parse_number(str(value), comma=comma)
        if found is None:
            raise context.fault("number", f"{value!r} is not a number", "write digits with a point, or declare it null")
        return found

    return convert


def parse_number(text: str, *, comma: bool = False) -> int | float | None:
    """Parse a number, or None; `comma` where the decimal mark is a comma and points group digits."""
    plain = text.strip().replace(" ", "").replace("\u00a0", "")
    if comma:
        plain = plain.replace(".", "\0").replace(",", ".").replace("\0", ",")
    if not any(map(str.isdigit, plain)) or not _NUMBER.fullmatch(plain):
        return None
    plain = plain.replace(",", "")
    number = int(plain) if plain.lstrip("+-").isdigit() else float(plain)
    return number if math.isfinite(number) else None


def number_or_null(context: TransformContext) -> Transform:
    """Text to a number, or null where it is none."""
    return _or_null(number(context))


def integer(context: TransformContext) -> Transform:
    """Text to a whole number."""
    parse = number(context)

    def convert(value: Cell) -> int:
        found = parse(value)
        if found != int(found):
            raise context.fault("integer", f"{value!r} is not a whole number", "write a whole number")
        return int(found)

    return convert


def _or_null(convert: Transform) -> Transform:
    def attempt(value: Cell) -> Cell:
        try:
            return convert(value)
        except InvalidRecordError:
            return None

    return attempt


def _formats(context: TransformContext) -> list[str]:
    given = context.argument if isinstance(context.argument, list) else [context.argument]
    if not given or not all(isinstance(item, str) for item in given):
        raise context.error("a date wants a format such as %d-%b-%y, or iso")
    return [_ISO.get(str(item), str(item)) for item in given]


def _parse_moment(context: TransformContext) -> Callable[[str], datetime]:
    formats = _formats(context)

    def parse(text: str) -> datetime:
        for form in formats:
            try:
                return datetime.strptime(text, form).replace(tzinfo=UTC)
            except ValueError:
                continue
        raise context.fault("date", f"{text!r} is no date of the form {' or '.join(formats)}", "write the date so")

    return parse


def iso_date(context: TransformContext) -> Transform:
    """Text in one of the given formats to an ISO date."""
    parse = _parse_moment(context)
    return lambda value: parse(str(value)).date().isoformat()


def date_or_null(context: TransformContext) -> Transform:
    """Text to an ISO date, or null where no format fits."""
    return _or_null(iso_date(context))


def moment(context: TransformContext) -> Transform:
    """Text in one of the given formats to world time, read as UTC."""
    parse = _parse_moment(context)
    return lambda value: parse(str(value)).strftime("%Y-%m-%dT%H:%M:%SZ")


def year(context: TransformContext) -> Transform:
    """The year of an ISO date."""

    def convert(value: Cell) -> str:
        text = str(value)
        if not text[:4].isdigit():
            raise context.fault("year", f"{value!r} does not begin with a year", "turn it into a date first")
        return text[:4]

    return convert


def country(context: TransformContext) -> Transform:
    """A country's name or code to its alpha-2 code."""

    def convert(value: Cell) -> str:
        code = country_code(str(value), context.countries)
        if code is None:
            message = f"no country is called {value!r}"
            raise context.fault("country", message, "add the spelling to `countries:` of the mapping")
        return code

    return convert


def region(context: TransformContext) -> Transform:
    """A country's name or code to the id of its Region."""
    code = country(context)
    return lambda value: f"reg:iso3166-{code(value)}"


def boolean(context: TransformContext) -> Transform:
    """Declared words to truth values."""
    words = context.argument
    if not isinstance(words, Mapping) or not all(isinstance(side, list) for side in words.values()):
        raise context.error("boolean wants {true: [words], false: [words]}")
    table = {str(word): str(truth).lower() == "true" for truth, side in words.items() for word in side}

    def convert(value: Cell) -> bool:
        found = table.get(str(value))
        if found is None:
            raise context.fault("boolean", f"{value!r} is neither true nor false", "declare the word in the mapping")
        return found

    return convert


def days_between(first: Cell, second: Cell) -> int:
    """Days from one ISO date to another.

    Raises:
        InvalidRecordError: One of them is not an ISO date.
    """
    try:
        return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days
    except (TypeError, ValueError) as error:
        message = f"{first!r} and {second!r} are not two ISO dates"
        raise InvalidRecordError(message, fix="put `date` before it in the mapping", rule="days") from error
