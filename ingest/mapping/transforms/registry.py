"""The transforms of the mapping language: each a factory that turns its argument into a function of one value.

A transform that cannot take a value raises `InvalidRecordError`: the row goes to quarantine. A wrong argument raises
`MappingError` when the mapping is compiled.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from ingest.mapping.transforms.context import Factory, Table, Transform, TransformContext
from ingest.mapping.transforms.conversions import (
    boolean,
    country,
    date_or_null,
    integer,
    iso_date,
    moment,
    number,
    number_or_null,
    region,
    year,
)
from ingest.mapping.transforms.quotes import literals, locate
from ingest.readers.row import Cell
from ontology.ids import fold_name, slug


def _table(context: TransformContext) -> Table:
    table = context.tables.get(context.argument) if isinstance(context.argument, str) else None
    if table is None:
        raise context.error(
            f"no lookup is called {context.argument!r}; there are {', '.join(context.tables) or 'none'}"
        )
    return table


def _lookup(context: TransformContext) -> Transform:
    find = _lookup_or_null(context)

    def convert(value: Cell) -> Cell:
        found = find(value)
        if found is None:
            message = f"{value!r} is not in the table {context.argument}"
            raise context.fault("lookup", message, f"add it to the lookup {context.argument}")
        return found

    return convert


def _lookup_or_null(context: TransformContext) -> Transform:
    table, touched = _table(context), context.touched

    def convert(value: Cell) -> Cell:
        found = table.get(str(value))
        if touched is not None:
            touched.append(found)
        return found

    return convert


def _lookup_or_keep(context: TransformContext) -> Transform:
    find = _lookup_or_null(context)

    def convert(value: Cell) -> Cell:
        found = find(value)
        return value if found is None else found

    return convert


def _map(context: TransformContext) -> Transform:
    if not isinstance(context.argument, Mapping):
        raise context.error("map wants a table {text: value}")
    table = {_plain_key(key): value for key, value in context.argument.items()}
    return lambda value: table.get(_plain_key(value))


def _plain_key(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pattern(context: TransformContext, text: Cell) -> re.Pattern[str]:
    try:
        return re.compile(str(text))
    except re.error as error:
        raise context.error(f"{text!r} is no regular expression: {error}") from error


def _found(match: re.Match[str]) -> Cell:
    named = match.groupdict()
    if named:
        return {name: value for name, value in named.items() if value}
    return (match[1] if match.re.groups else match[0]) or None


def _find(context: TransformContext) -> Transform:
    pattern = _pattern(context, context.argument)

    def convert(value: Cell) -> Cell:
        match = pattern.search(str(value))
        return _found(match) if match else None

    return convert


def _find_all(context: TransformContext) -> Transform:
    pattern = _pattern(context, context.argument)
    return lambda value: [found for match in pattern.finditer(str(value)) if (found := _found(match)) is not None]


def _replace(context: TransformContext) -> Transform:
    if not (isinstance(context.argument, list) and len(context.argument) == 2):
        raise context.error("replace wants [regex, text]")
    pattern, text = _pattern(context, context.argument[0]), str(context.argument[1])
    return lambda value: pattern.sub(text, str(value))


def _split(context: TransformContext) -> Transform:
    if not (isinstance(context.argument, str) and context.argument):
        raise context.error("split wants the text between two parts")
    return lambda value: [part for piece in str(value).split(context.argument) if (part := piece.strip())]


def _null_if(context: TransformContext) -> Transform:
    if not isinstance(context.argument, list):
        raise context.error("null_if wants a list of texts")
    nulls = {str(item) for item in context.argument}
    return lambda value: None if str(value) in nulls else value


def _arithmetic(context: TransformContext) -> float:
    if isinstance(context.argument, bool) or not isinstance(context.argument, int | float):
        raise context.error("a number is wanted")
    return context.argument


def _calculate(context: TransformContext, step: Callable[[float], float]) -> Transform:
    def run(value: Cell) -> Cell:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise context.fault("number", f"{value!r} is not a number", "put `number` before it in the mapping")
        return step(value)

    return run


def _times(context: TransformContext) -> Transform:
    factor = _arithmetic(context)
    return _calculate(context, lambda value: value * factor)


def _plus(context: TransformContext) -> Transform:
    summand = _arithmetic(context)
    return _calculate(context, lambda value: value + summand)


def _round(context: TransformContext) -> Transform:
    digits = int(_arithmetic(context))
    return _calculate(context, lambda value: round(value, digits) if digits > 0 else round(value))


def _clamp(context: TransformContext) -> Transform:
    bounds = context.argument
    if not (isinstance(bounds, list) and len(bounds) == 2 and all(isinstance(bound, int | float) for bound in bounds)):
        raise context.error("clamp wants [low, high]")
    low, high = bounds
    return lambda value: min(max(value, low), high)


def _cut(context: TransformContext) -> Transform:
    length = int(_arithmetic(context))
    return lambda value: str(value)[:length]


def mend(text: str) -> str:
    """`text` with UTF-8 that was once read as Latin-1 or Windows-1252 put right; other text as it is."""
    for wrong in ("cp1252", "latin-1"):
        try:
            return unicodedata.normalize("NFC", text.encode(wrong).decode("utf-8"))
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text


def _simple(function: Callable[[str], Cell]) -> Factory:
    return lambda _: lambda value: function(str(value))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


TRANSFORMS: Mapping[str, Factory] = {
    "boolean": boolean,
    "clamp": _clamp,
    "country": country,
    "cut": _cut,
    "date": iso_date,
    "date_or_null": date_or_null,
    "datetime": moment,
    "find": _find,
    "find_all": _find_all,
    "fold": _simple(fold_name),
    "integer": integer,
    "literals": literals,
    "locate": locate,
    "lookup": _lookup,
    "lookup_or_keep": _lookup_or_keep,
    "lookup_or_null": _lookup_or_null,
    "lower": _simple(str.lower),
    "map": _map,
    "mojibake": _simple(mend),
    "null_if": _null_if,
    "number": number,
    "number_or_null": number_or_null,
    "plus": _plus,
    "region": region,
    "replace": _replace,
    "round": _round,
    "sha256": _simple(_sha256),
    "slug": _simple(slug),
    "split": _split,
    "strip": _simple(str.strip),
    "text": _simple(str),
    "times": _times,
    "title": _simple(str.title),
    "upper": _simple(str.upper),
    "year": year,
}


def compile_transform(name: str, context: TransformContext) -> Transform:
    """The function of a transform by name: nulls pass through, a list is taken item by item.

    Raises:
        MappingError: No transform has that name, or its argument does not fit.
    """
    if name in _WHOLE:
        return _WHOLE[name](context)
    if name not in TRANSFORMS:
        raise context.error(f"no transform is called {name!r}")
    return _each(TRANSFORMS[name](context))


def _each(convert: Transform) -> Transform:
    def run(value: Cell) -> Cell:
        if value is None:
            return None
        if type(value) is list:
            return [item for item in map(convert, value) if item is not None]
        return convert(value)

    return run


def _join(context: TransformContext) -> Transform:
    if not isinstance(context.argument, str):
        raise context.error("join wants the text between two parts")
    return lambda value: context.argument.join(map(str, value)) if isinstance(value, list) else value


def _default(context: TransformContext) -> Transform:
    return lambda value: context.argument if value is None else value


def _required(context: TransformContext) -> Transform:
    def check(value: Cell) -> Cell:
        if value is None:
            raise context.fault(
                "required", "nothing stands there", "fill it in the source, or let the mapping do without"
            )
        return value

    return check


def _flat(_: TransformContext) -> Transform:
    return lambda value: None if value is None else list(_leaves(value))


def _leaves(value: Cell) -> Iterator[Cell]:
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _mean(context: TransformContext) -> Transform:
    def convert(value: Cell) -> Cell:
        numbers = value if isinstance(value, list) else [value]
        if not numbers or not all(isinstance(item, int | float) for item in numbers):
            raise context.fault("mean", f"{value!r} is no list of numbers", "turn its items into numbers first")
        return sum(numbers) / len(numbers)

    return lambda value: None if value is None else convert(value)


_WHOLE: Mapping[str, Factory] = {
    "default": _default,
    "flat": _flat,
    "join": _join,
    "mean": _mean,
    "required": _required,
}
