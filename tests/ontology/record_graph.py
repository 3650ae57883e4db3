"""Records as RDF, for the SHACL oracle.

A record is a blank node of its class. An entity is an IRI with the kinds of its id. An object form is a blank node. A
value that no shape can allow becomes a literal of an unknown datatype: a text that no store keeps, a number without a
canonical form, a list in a list, a misplaced object.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from urllib.parse import quote

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.compiler.source import ID, TS
from ontology.model import Field, RecordClass
from ontology.validation import GREATEST, KindOf, Record, is_text, is_uri, values
from ontology.vocabulary import ValueType, Vocabulary

_UNKNOWN = Field("", "claim", value="string")
_SHACL_DATES = {"date": XSD.date, "dateTime": XSD.dateTime}


def entity_iri(entity: str) -> URIRef:
    """The IRI of an entity id."""
    return URIRef(str(ID) + quote(entity, safe=":._~-"))


class RecordGraph:
    """Collects records as triples in `graph`."""

    def __init__(self, records: Mapping[str, RecordClass], vocabulary: Vocabulary, kind_of: KindOf) -> None:
        self.graph = Graph()
        self._records = records
        self._vocabulary = vocabulary
        self._kind_of = kind_of

    def add(self, record: Record) -> BNode:
        """The node of a record, whose `@type` must name a record class."""
        record_class = self._records[str(record["@type"])]
        name = f"{record_class.kind}Record" if record_class.kind else record_class.name
        node = BNode()
        self.graph.add((node, RDF.type, TS[name]))
        self._fill(node, {name: value for name, value in record.items() if name != "@type"}, record_class.fields)
        return node

    def _fill(self, node: BNode, content: Mapping[str, object], fields: Mapping[str, Field]) -> None:
        for name, value in content.items():
            predicate = URIRef(str(TS) + quote(name, safe=""))
            for item in values(value):
                self.graph.add((node, predicate, self._term(item, fields.get(name, _UNKNOWN))))

    def _term(self, value: object, field: Field) -> Node:
        if isinstance(value, dict) and field.qualifiers:
            return self._object(value, field)
        if isinstance(value, str) and field.kinds:
            return self._entity(value)
        return literal(value, field.value or "string")

    def _object(self, value: Mapping[str, object], field: Field) -> BNode:
        node = BNode()
        inner = {name: Field(name, "qualifier", value=kind) for name, kind in field.qualifiers.items()}
        target = (
            Field("id", "qualifier", kinds=field.kinds) if field.kinds else Field("", "qualifier", value=field.value)
        )
        self._fill(node, value, {**inner, "id" if field.kinds else "value": target})
        return node

    def _entity(self, entity: str) -> Node:
        if not is_text(entity):
            return _misfit(entity)
        iri = entity_iri(entity)
        for kind in lineage(self._vocabulary, self._kind_of(entity)):
            self.graph.add((iri, RDF.type, TS[kind]))
        return iri


def lineage(vocabulary: Vocabulary, kind: str) -> Iterable[str]:
    """The kind, the kinds above it and `Entity`; nothing for no kind."""
    if not kind:
        return
    yield from ("Entity", kind)
    for parent in vocabulary.kinds[kind].parents:
        yield from lineage(vocabulary, parent)


def literal(value: object, declared: ValueType) -> Node:
    """The literal for a plain value of a field with this type."""
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, int | float):
        return _number(value, declared)
    if isinstance(value, str) and is_text(value):
        return _text(value, declared)
    return _misfit(value)


def _misfit(value: object) -> Literal:
    return Literal(ascii(value), datatype=TS.Misfit)


def _number(value: float, declared: ValueType) -> Node:
    if isinstance(value, int) and declared != "decimal":
        return Literal(value, datatype=XSD.integer) if -GREATEST <= value <= GREATEST else _misfit(value)
    if value - value != 0 or (isinstance(value, int) and not -GREATEST <= value <= GREATEST):
        return _misfit(value)
    plain = Decimal(repr(value)).normalize() + 0
    return Literal(f"{plain:f}", datatype=XSD.decimal)


def _text(value: str, declared: ValueType) -> Node:
    if declared in _SHACL_DATES:
        a_day = len(value) == len("2026-03-01")
        return Literal(value, datatype=XSD.date if a_day else XSD[declared], normalize=False)
    if declared == "anyURI":
        return Literal(value, datatype=XSD.anyURI) if is_uri(value) else _misfit(value)
    return Literal(value)  # rdflib holds a plain literal and an xsd:string for two terms
