from collections import Counter

import pytest

from ontology.compiler.concepts import concepts_of
from ontology.compiler.source import read_schema
from ontology.compiler.terms import vocabulary_of
from ontology.errors import OntologyError
from ontology.generated.concepts import CONCEPTS
from ontology.generated.validators import validate
from ontology.generated.vocabulary import VOCABULARY, kind_of
from ontology.ids import slug
from tests.ontology.mini import MINI, write

BY_ID = {concept.id: concept for concept in CONCEPTS}
RISKS = [
    "continuity",
    "concentration",
    "financial",
    "geopolitical-trade",
    "regulatory",
    "environmental",
    "social",
    "governance",
    "cyber",
    "quality-safety",
    "natural-hazard",
    "commercial",
]


def test_the_twelve_risk_categories_are_there():
    assert {c.id for c in CONCEPTS if c.kind == "RiskCategory"} == {f"rct:tierscope-{name}" for name in RISKS}


def test_the_41_categories_of_cuad_are_there_by_slug():
    cuad = [c for c in CONCEPTS if any(scheme == "CUAD" for scheme, _ in c.notations)]
    assert len(cuad) == 41
    assert all(c.id == f"clt:tierscope-{slug(c.label)}" for c in cuad)


def test_the_further_clause_types_are_there():
    for name in (
        "service-level",
        "audit-esg",
        "data-protection",
        "business-continuity",
        "price-adjustment",
        "flow-down",
    ):
        assert BY_ID[f"clt:tierscope-{name}"].definition


def test_the_fifteen_topics_have_the_notations_of_each_scheme():
    topics = [c for c in CONCEPTS if c.kind == "EsgTopic"]
    assert len(topics) == 15
    for topic in topics:
        assert Counter(scheme for scheme, _ in topic.notations)["UNTP"] == 1
        assert {scheme for scheme, _ in topic.notations} == {"UNTP", "ESRS", "GRI", "SDG"}
    water = BY_ID["esg:tierscope-environment-water"]
    assert {("ESRS", "E3"), ("GRI", "303"), ("SDG", "6")} <= set(water.notations)


def test_ids_are_of_their_kind_and_wider_concepts_are_there():
    assert len(BY_ID) == len(CONCEPTS)
    for concept in CONCEPTS:
        assert kind_of(concept.id) == concept.kind
        assert all(BY_ID[wider].kind == concept.kind for wider in concept.broader)
        assert concept.id not in concept.broader
    assert list(BY_ID) == sorted(BY_ID)


def test_definitions_are_sentences_of_their_own():
    definitions = [concept.definition for concept in CONCEPTS]
    assert len(set(definitions)) == len(definitions)
    assert all(len(text.split()) >= 5 and text.endswith(".") for text in definitions)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_each_is_a_valid_record(concept):
    record = {"@type": concept.kind, "id": concept.id, "name": concept.label, "definition": concept.definition}
    notations = [{"scheme": scheme, "value": notation} for scheme, notation in concept.notations]
    assert validate({**record, "broader": list(concept.broader), "classifications": notations}, kind_of) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('skos:prefLabel "One" ;', "", "0 skos:prefLabel"),
        ('"The first."', '"The first.", "The one."', "2 skos:definition"),
        ("id/thg:one", "id/oth:one", "one kind and an id of it"),
        ('"One" ;', '"One" ; skos:broader <https://w3id.org/tierscope/id/thg:two> ;', "is not a declared Thing"),
        ('"One" ;', '"One" ; skos:notation "1" ;', "has no scheme"),
    ],
)
def test_a_concept_that_is_incomplete_is_refused(old, new, why, tmp_path):
    graph = read_schema(write(tmp_path, MINI.replace(old, new)))
    with pytest.raises(OntologyError, match=why):
        concepts_of(graph, vocabulary_of(graph, "0"))


def test_mitigated_categories_can_be_named():
    assert "RiskCategory" in VOCABULARY.predicates["MITIGATES"].objects
