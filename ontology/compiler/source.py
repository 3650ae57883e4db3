"""The Turtle source as a graph, with the few look-ups that every part of the compiler needs."""

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
    """The graph of all Turtle files in `folder`.

    Raises:
        OntologyError: There is none, or one is broken.
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
            raise OntologyError(f"{file.name} is not Turtle: {error}", fix="mend its syntax") from error
    return graph


def content_version(folder: Path = SCHEMA) -> str:
    """The first 16 hex digits of the SHA-256 over names and bytes of the Turtle files."""
    hasher = hashlib.sha256()
    for file in sorted(folder.glob("*.ttl")):
        hasher.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return hasher.hexdigest()[:16]


def version_info(graph: Graph) -> str:
    """The declared version, `major.minor.patch`."""
    found = graph.value(ONTOLOGY, OWL.versionInfo)
    if found is None:
        raise OntologyError("the ontology has no owl:versionInfo", fix="declare one on the ontology")
    return str(found)


def local(node: Node) -> str:
    """The local name of an IRI."""
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The one text that `subject` has for `predicate`, or ""."""
    found = graph.value(subject, predicate, any=False) if graph.value(subject, predicate) is not None else None
    return "" if found is None else str(found)


def flag(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    """Whether `subject` says `true` for `predicate`."""
    return text(graph, subject, predicate) == "true"


def items(graph: Graph, head: Node | None) -> Iterator[Node]:
    """The members of an RDF list."""
    if head is not None:
        yield from Collection(graph, head)


def names(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    """Local names of the objects, ascending."""
    return tuple(sorted(local(found) for found in graph.objects(subject, predicate)))


def scalar(node: Node) -> Scalar:
    """The JSON value of a literal: str, int, float or bool."""
    if not isinstance(node, Literal):
        raise OntologyError(f"{node} is not a literal", fix="write a literal there")
    value = node.toPython()
    if node.datatype == XSD.decimal:
        return float(value) if value % 1 else int(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def comment(graph: Graph, subject: Node) -> str:
    """The meaning of `subject`; a term without one is refused."""
    found = text(graph, subject, RDFS.comment)
    if not found:
        raise OntologyError(f"{local(subject)} has no rdfs:comment", fix="say what it means")
    return found


def instances(graph: Graph, kind: URIRef) -> list[Node]:
    """The subjects of `kind`, by IRI."""
    return sorted(graph.subjects(RDF.type, kind), key=str)


def shape_fields(graph: Graph, shape: Node) -> list[Node]:
    """The property shapes of a node shape, by path and then by name."""
    return sorted(graph.objects(shape, SH.property), key=lambda field: (str(graph.value(field, SH.path)), str(field)))
