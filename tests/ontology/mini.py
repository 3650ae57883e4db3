"""A small ontology for tests: three kinds, one relation, a record class for each. Tests change it by replacing text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from ontology.compiler.records import records_of
from ontology.compiler.shapes import record_shapes
from ontology.compiler.source import read_schema
from ontology.compiler.terms import vocabulary_of
from ontology.compiler.validator_codegen import validators_module
from ontology.ids import kind_prefix
from ontology.model import Fault, RecordClass
from ontology.validation import Checker, Record, faults
from ontology.vocabulary import Vocabulary

MINI = """
@prefix ts:   <https://w3id.org/tierscope/ns#> .
@prefix tm:   <https://w3id.org/tierscope/meta#> .
@prefix tf:   <https://w3id.org/tierscope/field#> .
@prefix owl:  <http://www.w3.org/2002/07/owl#> .
@prefix rdf:  <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh:   <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd:  <http://www.w3.org/2001/XMLSchema#> .
@prefix tn:   <https://w3id.org/tierscope/notation#> .

<https://w3id.org/tierscope/ns> a owl:Ontology ; owl:versionInfo "1.0.0" .
ts:Thing a owl:Class ; tm:prefix "thg" ; rdfs:comment "A thing." .
ts:Part a owl:Class ; rdfs:subClassOf ts:Thing ; tm:prefix "prt" ; rdfs:comment "A part." .
ts:Other a owl:Class ; tm:prefix "oth" ; rdfs:comment "Another thing." .

ts:text a tm:Qualifier ; rdfs:range xsd:string ; rdfs:comment "Text." .
ts:also a tm:Qualifier ; rdfs:range xsd:string ; rdfs:comment "More text." .
ts:number a tm:Qualifier ; rdfs:range xsd:decimal ; rdfs:comment "Number." .
ts:bound a tm:Qualifier ; rdfs:range xsd:decimal ; rdfs:comment "Another number." .
ts:whole a tm:Qualifier ; rdfs:range xsd:integer ; rdfs:comment "Whole number." .
ts:yes a tm:Qualifier ; rdfs:range xsd:boolean ; rdfs:comment "Truth." .
ts:day a tm:Qualifier ; rdfs:range xsd:date ; rdfs:comment "Day." .
ts:moment a tm:Qualifier ; rdfs:range xsd:dateTime ; rdfs:comment "Instant." .
ts:link a tm:Qualifier ; rdfs:range xsd:anyURI ; rdfs:comment "URI." .

ts:JOINS a tm:Predicate ; tm:subject ts:Thing ; tm:object ts:Thing, ts:Other ; rdfs:comment "Joins." ;
  tm:qualifier ts:text, ts:also, ts:number, ts:bound, ts:whole, ts:yes, ts:day, ts:moment, ts:link .
ts:NAMED a tm:Predicate ; tm:subject ts:Entity ; tm:value xsd:string ; tm:searchable true ; rdfs:comment "Names." .

ts:ThingRecord a owl:Class, sh:NodeShape ; sh:targetClass ts:ThingRecord ; tm:describes ts:Thing ;
  sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
  sh:property [ sh:path ts:id ; sh:class ts:Thing ; sh:minCount 1 ; sh:maxCount 1 ; sh:description "Its id." ] ;
  sh:property [ sh:path ts:name ; tm:predicate ts:NAMED ; sh:datatype xsd:string ; sh:maxCount 2 ;
    sh:description "Names." ] .
ts:Join a owl:Class, sh:NodeShape ; sh:targetClass ts:Join ; tm:states ts:JOINS ; rdfs:comment "One join." ;
  # options
  sh:property [ sh:path ts:left ; tm:end "subject" ; sh:class ts:Thing ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:description "One." ] ;
  sh:property [ sh:path ts:right ; tm:end "object" ; sh:minCount 1 ; sh:description "Other." ;
    sh:or ( [ sh:class ts:Thing ] [ sh:class ts:Other ] ) ] ;
  # fields
.
<https://w3id.org/tierscope/id/thg:one> a ts:Thing, skos:Concept ; skos:prefLabel "One" ; skos:definition "The first." .
"""
_DATATYPES = {
    "text": "string", "also": "string", "number": "decimal", "bound": "decimal", "whole": "integer", "yes": "boolean",
    "day": "date", "moment": "dateTime", "link": "anyURI",
}  # fmt: skip


@dataclass(frozen=True)
class Compiled:
    """The mini ontology, compiled."""

    graph: Graph
    vocabulary: Vocabulary
    records: Mapping[str, RecordClass]
    checkers: Mapping[str, Checker]
    kind_of: Callable[[str], str]

    def validate(self, record: Record) -> list[Fault]:
        return faults(self.checkers, self.records, record, self.kind_of)


def field(name: str, constraints: str = "") -> str:
    """A field of `Join` that is the qualifier `name`, with further constraints."""
    datatype = f"sh:datatype xsd:{_DATATYPES[name]} ; "
    return f'sh:property [ sh:path ts:{name} ; {datatype}{constraints}sh:description "It." ] ;'


def write(folder: Path, text: str) -> Path:
    """Write the text as the one Turtle file of the folder; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mini.ttl").write_text(text)
    return folder


def compile_mini(folder: Path, *fields: str, options: str = "", more: str = "") -> Compiled:
    """`Join` with these fields and options, compiled; `more` is further Turtle."""
    text = MINI.replace("# fields", "\n  ".join(fields)).replace("# options", options) + more
    graph = read_schema(write(folder, text))
    vocabulary = vocabulary_of(graph, "0")
    namespace: dict[str, object] = {}
    exec(validators_module(record_shapes(graph), vocabulary.kinds), namespace)
    checkers = namespace["CHECKERS"]
    assert isinstance(checkers, dict)
    prefixes = {kind.prefix: kind.name for kind in vocabulary.kinds.values()}
    return Compiled(
        graph, vocabulary, records_of(graph, vocabulary), checkers, lambda entity: prefixes.get(kind_prefix(entity), "")
    )
