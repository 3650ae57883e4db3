"""The RDF form of a record."""

import math

import pytest
from rdflib import RDF, XSD, Literal, URIRef

from ontology.compiler.source import TS
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY, kind_of
from tests.ontology.record_graph import RecordGraph, entity_iri, lineage, literal


def graph_of(**record):
    collected = RecordGraph(RECORDS, VOCABULARY, kind_of)
    return collected.graph, collected.add(record)


def test_a_entity_is_an_iri_with_all_its_kinds():
    graph, node = graph_of(**{"@type": "Expression", "clause": "cls:a-1", "norm": "obl:name:far-x y-1"})
    norm = URIRef("https://w3id.org/tierscope/id/obl:name:far-x%20y-1")
    assert graph.value(node, TS.norm) == norm == entity_iri("obl:name:far-x y-1")
    clause = entity_iri("cls:a-1")
    assert set(graph.objects(clause, RDF.type)) == {TS.Clause, TS.Entity}
    assert set(graph.objects(entity_iri("obl:a-1"), RDF.type)) == set()


def test_subkinds_are_also_their_parents():
    assert set(lineage(VOCABULARY, "Obligation")) == {"Obligation", "Norm", "Entity"}
    assert list(lineage(VOCABULARY, "")) == []


def test_entity_and_relation_records_have_their_class():
    graph, node = graph_of(**{"@type": "Organization", "id": "org:a-1"})
    assert (node, RDF.type, TS.OrganizationRecord) in graph
    graph, node = graph_of(**{"@type": "Ownership", "owner": "org:a-1"})
    assert (node, RDF.type, TS.Ownership) in graph


def test_an_object_form_is_a_node_with_its_qualifiers():
    graph, node = graph_of(
        **{"@type": "Contract", "id": "ctr:a-1", "parties": [{"id": "org:a-1", "role": "customer"}, "org:b-1"]}
    )
    parties = set(graph.objects(node, TS.parties))
    assert entity_iri("org:b-1") in parties
    inner = next(party for party in parties if party != entity_iri("org:b-1"))
    assert (graph.value(inner, TS.id), graph.value(inner, TS.role)) == (entity_iri("org:a-1"), Literal("customer"))


def test_absence_makes_no_triple():
    graph, node = graph_of(**{"@type": "Organization", "name": None, "aliases": []})
    assert list(graph.predicates(node)) == [RDF.type]


@pytest.mark.parametrize(
    ("value", "declared", "expected"),
    [
        (1, "decimal", Literal("1", datatype=XSD.decimal)),
        (1.0, "decimal", Literal("1", datatype=XSD.decimal)),
        (1e300, "decimal", Literal("1" + "0" * 300, datatype=XSD.decimal)),
        (1, "integer", Literal("1", datatype=XSD.integer)),
        (1.5, "integer", Literal("1.5", datatype=XSD.decimal)),
        (True, "decimal", Literal("true", datatype=XSD.boolean)),
        ("2026-03-01", "dateTime", Literal("2026-03-01", datatype=XSD.date)),
        ("2026-03-01", "string", Literal("2026-03-01")),
        ("urn:x", "anyURI", Literal("urn:x", datatype=XSD.anyURI)),
    ],
)
def test_plain_values(value, declared, expected):
    assert literal(value, declared) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "a\0", "\ud800", [1], {"value": 1}, None])
def test_what_the_ontology_cannot_say_is_of_a_datatype_that_nothing_allows(value):
    found = literal(value, "decimal")
    assert isinstance(found, Literal)
    assert found.datatype == TS.Misfit


def test_an_instant_keeps_its_writing():
    assert str(literal("2026-03-01T00:00:00Z", "dateTime")) == "2026-03-01T00:00:00Z"
