"""SHACL shapes as values. An unknown construct stops the compiler, so no constraint is ever dropped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.canonical import Scalar
from ontology.compiler.source import TM, TS, items, local, names, scalar, shape_fields, text
from ontology.compiler.terms import value_type
from ontology.errors import OntologyError
from ontology.vocabulary import ValueType

T = TypeVar("T")

_BOUNDS = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
_PAIRS = ("lessThan", "lessThanOrEquals", "equals", "disjoint")
_LISTS = ("or", "and", "xone")
_SILENT = {RDF.type, RDFS.label, RDFS.comment, SH.description, SH.message, SH.name, SKOS.closeMatch, SKOS.exactMatch}
_SILENT |= {OWL.equivalentClass, RDFS.subClassOf, SH.targetClass}
_SILENT |= {TM[n] for n in ("describes", "states", "end", "predicate", "inverse", "fixed", "envelope")}
_GROUPS = ("node", "not", *_LISTS)
_OF_VALUES = ("datatype", "class", "nodeKind", "in", "pattern", "flags", "minLength", "maxLength", *_GROUPS, *_BOUNDS)
_VALUE = {SH[name] for name in _OF_VALUES}
_NODE = {SH[name] for name in ("property", "closed", "ignoredProperties", *_GROUPS)}
_PROPERTY = _VALUE | {SH[name] for name in ("path", "minCount", "maxCount", "hasValue", *_PAIRS)}
_NODE_KINDS = {"IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}


@dataclass(frozen=True, slots=True)
class Shape:
    """The constraints on a node: on one value, or on a record as a whole.

    Attributes:
        name: Name for messages.
        datatype: Type of a plain value.
        kinds: Names of the kinds that an entity may have (one sh:class), as written.
        node_kind: Local name of the sh:nodeKind, or "".
        allowed: The only values allowed; None allows any.
        pattern: Regular expression that the text must match.
        flags: Flags of the pattern, among `ismx`.
        min_length: Minimum number of characters.
        max_length: Maximum number of characters.
        bounds: (constraint, operator, number).
        groups: (`or` | `and` | `xone` | `not` | `node`, shapes).
        properties: Constraints on the fields of the node.
        closed: Whether other fields are refused.
        ignored: Fields that a closed shape accepts without a constraint (`@type` stands for rdf:type).
        message: Text in place of the generic one, which completes "the record must be …"; "" for the generic one.
    """

    name: str
    datatype: ValueType | None = None
    kinds: tuple[str, ...] = ()
    node_kind: str = ""
    allowed: tuple[Scalar, ...] | None = None
    pattern: str | None = None
    flags: str = ""
    min_length: int | None = None
    max_length: int | None = None
    bounds: tuple[tuple[str, str, Scalar], ...] = ()
    groups: tuple[tuple[str, tuple["Shape", ...]], ...] = ()
    properties: tuple["Property", ...] = ()
    closed: bool = False
    ignored: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """The constraints on one field.

    Attributes:
        path: Name of the field.
        shape: Constraints on each of its values.
        minimum: Minimum number of values.
        maximum: Maximum number of values; None is unbounded.
        pairs: (constraint, other field) that compare the two fields.
        has_value: Values that must be among its values.
    """

    path: str
    shape: Shape
    minimum: int = 0
    maximum: int | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    has_value: tuple[Scalar, ...] = ()


def shape_of(graph: Graph, node: Node, *, _above: tuple[Node, ...] = ()) -> Shape:
    """The shape that a node of the graph declares; a property shape gives a node shape with that one property.

    Args:
        graph: The Turtle source.
        node: The shape's node.

    Raises:
        OntologyError: The shape uses a construct that the compiler does not know, or contains itself.
    """
    if node in _above:
        raise OntologyError(f"{local(node)} contains itself", fix="unroll the recursion")
    if (node, SH.path, None) in graph:
        return Shape(local(node), properties=(_property(graph, node, _above),))
    _refuse_unknown(graph, node, _VALUE | _NODE)
    return _with_parts(graph, node, (*_above, node))


def record_shapes(graph: Graph) -> dict[str, Shape]:
    """The shapes of all record classes, by their `@type`.

    Raises:
        OntologyError: A shape is invalid, or targets another class than itself.
    """
    found = {}
    for node in sorted({*graph.subjects(TM.describes), *graph.subjects(TM.states)}, key=str):
        if graph.value(node, SH.targetClass) != node:
            raise OntologyError(f"{local(node)} does not target itself", fix="write sh:targetClass with its own name")
        found[local(graph.value(node, TM.describes) or node)] = shape_of(graph, node)
    return found


def value_shapes(shape: Shape) -> Iterator[Shape]:
    """The shape and, recursively, the members of its groups; shapes of its properties are left out."""
    yield shape
    for _, members in shape.groups:
        for member in members:
            yield from value_shapes(member)


def _with_parts(graph: Graph, node: Node, above: tuple[Node, ...]) -> Shape:
    head = graph.value(node, SH.ignoredProperties)
    closed = text(graph, node, SH.closed) == "true"
    return Shape(
        name=local(node),
        datatype=_one(graph, node, SH.datatype, lambda found: value_type(found, local(node))),
        kinds=_kinds(graph, node),
        node_kind=_node_kind(graph, node),
        allowed=_one(graph, node, SH["in"], lambda found: tuple(_plain(item) for item in items(graph, found))),
        pattern=_one(graph, node, SH.pattern, str),
        flags=_flags(graph, node),
        min_length=_one(graph, node, SH.minLength, _whole),
        max_length=_one(graph, node, SH.maxLength, _whole),
        bounds=tuple((n, sign, _plain(found)) for n, sign in _BOUNDS.items() for found in graph.objects(node, SH[n])),
        groups=_groups(graph, node, above),
        properties=tuple(_property(graph, field, above) for field in shape_fields(graph, node)),
        closed=closed,
        ignored=tuple("@type" if item == RDF.type else local(item) for item in items(graph, head)) if closed else (),
        message=text(graph, node, SH.message),
    )


def _property(graph: Graph, node: Node, above: tuple[Node, ...]) -> Property:
    _refuse_unknown(graph, node, _PROPERTY)
    path = graph.value(node, SH.path)
    if not isinstance(path, URIRef) or not str(path).startswith(str(TS)):
        raise OntologyError(
            f"{path} is not a simple path of this ontology", fix="name one property of the namespace ts:"
        )
    return Property(
        path=local(path),
        shape=_with_parts(graph, node, (*above, node)),
        minimum=_one(graph, node, SH.minCount, _whole) or 0,
        maximum=_one(graph, node, SH.maxCount, _whole),
        pairs=tuple((name, other) for name in _PAIRS for other in names(graph, node, SH[name])),
        has_value=tuple(_plain(found) for found in sorted(graph.objects(node, SH.hasValue), key=str)),
    )


def _refuse_unknown(graph: Graph, node: Node, known: set[URIRef]) -> None:
    unknown = sorted({str(found) for found in graph.predicates(node)} - {str(term) for term in known | _SILENT})
    if unknown:
        where = graph.value(node, SH.path) or node
        raise OntologyError(
            f"{local(where)}: the compiler does not know {', '.join(unknown)}",
            fix="use a known construct, or add this one to ontology.compiler.shapes",
            constructs=unknown,
        )


def _groups(graph: Graph, node: Node, above: tuple[Node, ...]) -> tuple[tuple[str, tuple[Shape, ...]], ...]:
    lists = [
        (name, list(items(graph, head))) for name in _LISTS for head in sorted(graph.objects(node, SH[name]), key=str)
    ]
    single = [(name, [found]) for name in ("not", "node") for found in sorted(graph.objects(node, SH[name]), key=str)]
    return tuple(
        (name, tuple(shape_of(graph, member, _above=above) for member in found)) for name, found in lists + single
    )


def _one(graph: Graph, node: Node, predicate: URIRef, read: Callable[[Node], T]) -> T | None:
    found = list(graph.objects(node, predicate))
    if len(found) > 1:
        raise OntologyError(f"{local(node)} has {len(found)} {local(predicate)}, not one", fix="keep one")
    return read(found[0]) if found else None


def _kinds(graph: Graph, node: Node) -> tuple[str, ...]:
    found = names(graph, node, SH["class"])
    if len(found) > 1:
        raise OntologyError(f"{local(node)} demands several classes at once", fix="write sh:or, or name one")
    return found


def _node_kind(graph: Graph, node: Node) -> str:
    found = _one(graph, node, SH.nodeKind, local) or ""
    if found and found not in _NODE_KINDS:
        raise OntologyError(f"{found} is not an sh:nodeKind", fix=f"use one of {', '.join(sorted(_NODE_KINDS))}")
    return found


def _flags(graph: Graph, node: Node) -> str:
    found = text(graph, node, SH.flags)
    if set(found) - set("ismx"):
        raise OntologyError(f"{local(node)}: pattern flags {found!r} are not known", fix="use i, s, m or x")
    return found


def _plain(node: Node) -> Scalar:
    found = scalar(node)
    if isinstance(node, Literal) and node.language is None:
        return found
    raise OntologyError(f"{node} has a language tag, which records cannot have", fix="remove the language tag")


def _whole(node: Node) -> int:
    found = scalar(node)
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise OntologyError(f"{node} is not a count", fix="write a whole number")
    return found
