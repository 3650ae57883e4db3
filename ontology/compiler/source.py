"""The Turtle source as an RDF graph, with the look-ups that every part of the compiler uses."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ontology.canonical import Scalar
from ontology.errors import OntologyError

TS = Namespace("https://w3id.org/tierscope/ns#")
TM = Namespace("https://w3id.org/tierscope/meta#")
ID = Namespace("https://w3id.org/tierscope/id/")
ONTOLOGY = URIRef("https://w3id.org/tierscope/ns")

SCHEMA = Path(__file__).parent.parent / "schema"


def read_schema(folder: Path = SCHEMA) -> Graph:
    """The graph of all Turtle files in a folder.

    Raises:
        OntologyError: The folder has no Turtle file, or one is invalid.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise OntologyError(
            f"no Turtle file in {folder.name}", fix="name the folder that holds the ontology's .ttl files"
        )
    graph = Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except (BadSyntax, ParserError, UnicodeDecodeError) as error:
            raise OntologyError(f"{file.name} is not valid Turtle: {error}", fix="correct its syntax") from error
    return graph


def content_version(folder: Path = SCHEMA) -> str:
    """The version of the source: the first 16 hex digits of the SHA-256 over the Turtle files' names and bytes."""
    hasher = hashlib.sha256()
    for file in sorted(folder.glob("*.ttl")):
        hasher.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return hasher.hexdigest()[:16]


def version_info(graph: Graph) -> str:
    """The version that the ontology declares, `major.minor.patch`.

    Raises:
        OntologyError: It declares none.
    """
    found = graph.value(ONTOLOGY, OWL.versionInfo)
    if found is None:
        raise OntologyError("the ontology has no owl:versionInfo", fix="declare one on the ontology")
    return str(found)


def local(node: Node) -> str:
    """The local name of an IRI."""
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The one value of `predicate` for `subject` as text, or "" without one."""
    found = graph.value(subject, predicate, any=False) if graph.value(subject, predicate) is not None else None
    return "" if found is None else str(found)


def flag(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    """Whether the value of `predicate` for `subject` is `true`."""
    return text(graph, subject, predicate) == "true"


def items(graph: Graph, head: Node | None) -> Iterator[Node]:
    """The members of an RDF list."""
    if head is not None:
        yield from Collection(graph, head)


def names(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    """The local names of the values of `predicate` for `subject`, ascending."""
    return tuple(sorted(local(found) for found in graph.objects(subject, predicate)))


def scalar(node: Node) -> Scalar:
    """The JSON value of a literal: str, int, float or bool.

    Raises:
        OntologyError: The node is not a literal.
    """
    if not isinstance(node, Literal):
        raise OntologyError(f"{node} is not a literal", fix="write a literal")
    value = node.toPython()
    if node.datatype == XSD.decimal:
        return float(value) if value % 1 else int(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def comment(graph: Graph, subject: Node) -> str:
    """The rdfs:comment of `subject`.

    Raises:
        OntologyError: It has none.
    """
    found = text(graph, subject, RDFS.comment)
    if not found:
        raise OntologyError(f"{local(subject)} has no rdfs:comment", fix="describe what it means")
    return found


def instances(graph: Graph, kind: URIRef) -> list[Node]:
    """The instances of a class, ordered by IRI."""
    return sorted(graph.subjects(RDF.type, kind), key=str)


def shape_fields(graph: Graph, shape: Node) -> list[Node]:
    """The property shapes of a node shape, ordered by path and then by name."""
    return sorted(graph.objects(shape, SH.property), key=lambda field: (str(graph.value(field, SH.path)), str(field)))
