"""docs/ontology.md has a row for every kind, predicate, concept and field."""

import re

import pytest
from rdflib import Literal

from ontology.compile import ROOT
from ontology.compiler.documents import ontology_document
from ontology.compiler.source import TM, TS, read_schema
from ontology.errors import OntologyError
from ontology.generated.concepts import CONCEPTS
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VERSION, VOCABULARY

PAGE = (ROOT / "docs/ontology.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
FIRST = {row[0].removeprefix("| ").strip("`") for row in ROWS}


def test_every_kind_predicate_and_concept_has_a_row():
    assert set(VOCABULARY.kinds) <= FIRST
    assert set(VOCABULARY.predicates) <= FIRST
    assert {concept.id for concept in CONCEPTS} <= FIRST


def test_every_record_class_has_a_table_with_its_fields():
    for name, record in RECORDS.items():
        section = PAGE.split(f"\n### {name}\n")[1].split("\n### ")[0].split("\n## ")[0]
        for field in record.fields.values():
            assert (f"`{field.name}`" in section) == (field.role != "envelope")


def test_every_qualifier_stands_beside_its_predicate():
    for name, predicate in VOCABULARY.predicates.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        assert all(f"`{qualifier}` {kind}" in row for qualifier, kind in predicate.qualifiers.items())
        assert predicate.comment in row
        assert ("functional" in row.rsplit("*", 2)[-2] if row.count("*") >= 2 else False) == predicate.functional


def test_tables_are_whole():
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in PAGE.splitlines() if line.startswith("|")]
    assert set(widths) == {5, 6}
    assert f"Version {VERSION}." in PAGE


def test_the_picture_is_drawn_of_what_the_predicates_take():
    picture = PAGE.split("```mermaid")[1].split("```")[0]
    drawn = re.findall(r"(\w+) -->\|(\w+)\| (\w+)", picture)
    assert len(drawn) > 30
    for subject, name, target in drawn:
        assert subject in VOCABULARY.predicates[name].subjects
        assert target in VOCABULARY.predicates[name].objects


def test_a_picture_of_what_cannot_be_is_refused():
    graph = read_schema()
    graph.remove((TS.SUPPLIES, TM.pictured, None))
    graph.add((TS.SUPPLIES, TM.pictured, Literal("Region Organization")))
    with pytest.raises(OntologyError, match="draws SUPPLIES between Region Organization"):
        ontology_document(graph, "0", VOCABULARY, RECORDS, ({}, ()))
