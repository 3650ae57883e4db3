"""The conditions under which a value fails the constraints of a shape, as Python expressions over `value`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ontology.compiler.python import literal, snake
from ontology.compiler.shapes import Shape, value_shapes
from ontology.compiler.terms import spelt_out
from ontology.errors import OntologyError
from ontology.validation import GREATEST
from ontology.vocabulary import Kind, ValueType

_SAFE_INTEGER = f"type(value) is int and {-GREATEST} <= value <= {GREATEST}"
_TYPES = {
    "string": ("type(value) is not str or not is_text(value)", "be text"),
    "integer": (f"not ({_SAFE_INTEGER})", "be a whole number"),
    "decimal": (
        f"not (type(value) is float and value - value == 0) and not ({_SAFE_INTEGER})",
        "be a number",
    ),
    "boolean": ("type(value) is not bool", "be true or false"),
    "date": ("not is_date(value)", "be an existing day, written like 2026-03-01"),
    "dateTime": ("not is_instant(value)", "be an existing instant, written like 2026-03-01T09:30:00Z"),
    "anyURI": ("not is_uri(value)", "be a URI"),
}
_TEXTUAL = {"string", "date", "dateTime", "anyURI"}
_NUMERIC = {"integer", "decimal"}
_FLAGS = {"i": "re.IGNORECASE", "s": "re.DOTALL", "m": "re.MULTILINE", "x": "re.VERBOSE"}
_BOUND_WORDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_FAILS = {">=": "<", "<=": ">", ">": "<=", "<": ">="}


Constant = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition under which a value fails.

    Attributes:
        constraint: Name of the SHACL constraint.
        failed: Expression over `value` and `kind_of` that is true where the value fails.
        must: What must hold instead; it completes "it must …".
        returns: Expression of the problem, where that is not (constraint, must).
    """

    constraint: str
    failed: str
    must: str
    returns: str = ""


def is_entity(shape: Shape) -> bool:
    """Whether a text value of this shape is the id of an entity."""
    return any(part.kinds or part.node_kind == "IRI" for part in value_shapes(shape))


@dataclass(frozen=True, slots=True)
class Place:
    """The context in which a shape is compiled.

    Attributes:
        path: Name of the field.
        entity: Whether a text value is the id of an entity.
        kinds: Every kind by name.
        constant: Defines a module constant: takes its preferred name and its expression, and gives its name.
    """

    path: str
    entity: bool
    kinds: Mapping[str, Kind]
    constant: Constant


def conditions(shape: Shape, place: Place) -> Iterator[Condition]:
    """The conditions of a shape's own constraints, without those of its groups.

    Args:
        shape: The shape of one value.
        place: The field that the shape belongs to.

    Raises:
        OntologyError: The constraints contradict each other, or compare values without an order.
    """
    types = {part.datatype for part in value_shapes(shape) if part.datatype}
    if place.entity and (types or shape.pattern or shape.allowed is not None or shape.bounds or shape.min_length):
        raise OntologyError(
            f"{place.path}: an entity takes no datatype, pattern, list, bound or length", fix="use sh:class alone"
        )
    if shape.datatype:
        yield Condition("datatype", *_TYPES[shape.datatype])
    if shape.node_kind:
        yield _node_kind(shape.node_kind, entity=place.entity)
    if shape.kinds:
        yield _class(shape, place)
    if shape.allowed is not None:
        yield _allowed(shape)
    yield from _textual(shape, place, types)
    for name, sign, bound in shape.bounds:
        if not types or types - _NUMERIC or isinstance(bound, str | bool):
            raise OntologyError(
                f"{place.path}: {name} needs a field of numbers", fix="declare xsd:decimal or xsd:integer"
            )
        failed = f"{'' if shape.datatype else _NOT_NUMBER}value {_FAILS[sign]} {bound}"
        yield Condition(name, failed, f"be {_BOUND_WORDS[sign]} {bound}")


_NOT_NUMBER = "type(value) is not int and type(value) is not float or "


def _node_kind(node_kind: str, *, entity: bool) -> Condition:
    scalar = "type(value) is not dict and type(value) is not list and type(value) is not tuple"
    entity_text = "type(value) is str" if entity else "False"
    holds = {
        "IRI": entity_text,
        "BlankNode": "type(value) is dict",
        "Literal": f"{scalar} and not {entity_text}",
        "BlankNodeOrIRI": f"type(value) is dict or {entity_text}",
        "BlankNodeOrLiteral": f"type(value) is dict or ({scalar} and not {entity_text})",
        "IRIOrLiteral": scalar,
    }[node_kind]
    words = {"IRI": "be the id of an entity", "BlankNode": "be an object", "Literal": "be a plain value"}
    failed = "type(value) is not str" if holds == "type(value) is str" else f"not ({holds})"
    return Condition("nodeKind", failed, words.get(node_kind, f"be {node_kind}"))


def _class(shape: Shape, place: Place) -> Condition:
    chosen = shape.kinds
    guard = "" if shape.node_kind == "IRI" else "type(value) is not str or "
    failed = f'{guard}kind_of(value) == ""'
    if "Entity" not in chosen:
        allowed = f"frozenset({literal(spelt_out(place.kinds, chosen))})"
        constant = place.constant("_KINDS_" + "_".join(map(snake, chosen)).upper(), allowed)
        failed = f"{guard}kind_of(value) not in {constant}"
    return Condition("class", failed, f"name an entity of kind {' or '.join(chosen)}")


def _allowed(shape: Shape) -> Condition:
    allowed = shape.allowed or ()
    classes = {type(item) for item in allowed}
    if len(classes) != 1 or not classes <= {str, int}:
        raise OntologyError(f"{shape.name}: sh:in takes either texts or whole numbers", fix="split the list")
    listed = ", ".join(map(str, allowed))
    failed = f"type(value) is not {next(iter(classes)).__name__} or value not in {literal(allowed)}"
    if shape.datatype == "string" and classes == {str}:
        failed = f"value not in {literal(allowed)}"
    return Condition("in", failed, f"be one of {listed}")


def _textual(shape: Shape, place: Place, types: set[ValueType]) -> Iterator[Condition]:
    lengths = (("minLength", shape.min_length, "<", "at least"), ("maxLength", shape.max_length, ">", "at most"))
    wanted = [
        (n, f"len(value) {op} {k}", f"have {words} {k} characters") for n, k, op, words in lengths if k is not None
    ]
    if shape.pattern is not None:
        wanted.append(("pattern", f"{_pattern(shape, place)}.search(value) is None", f"match {shape.pattern}"))
    if wanted and (not types or types - _TEXTUAL):
        raise OntologyError(f"{place.path}: {wanted[0][0]} needs a field of texts", fix="declare xsd:string")
    for name, failed, must in wanted:
        guard = "" if shape.datatype else "type(value) is not str or "
        yield Condition(name, guard + failed, must)


def _pattern(shape: Shape, place: Place) -> str:
    """The constant that holds the pattern; a final `$` matches the end of the text only, as in XPath."""
    source = shape.pattern or ""
    strict = re.sub(r"(?<!\\)\$\Z", r"\\Z", source) if "m" not in shape.flags else source
    flags = " | ".join(_FLAGS[flag] for flag in shape.flags)
    try:
        re.compile(strict)
    except re.error as error:
        raise OntologyError(f"{place.path}: the pattern {source} is invalid: {error}", fix="correct it") from error
    quoted = literal(strict) if '"' in strict else f'r"{strict}"'
    return place.constant(
        f"_PATTERN_{snake(place.path).upper()}", f"re.compile({quoted}{', ' if flags else ''}{flags})"
    )
