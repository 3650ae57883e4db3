"""Each aligned IRI of another standard is in a pinned list, or in a W3C namespace that rdflib bundles."""

import shutil

import pytest
from rdflib import RDFS, SKOS, Graph, URIRef

from ontology.compiler.alignments import alignments_of
from ontology.compiler.source import TS, read_schema
from ontology.generated.vocabulary import VOCABULARY
from tests.ontology.pinned import LISTS, pinned, unpinned

SCHEMA = read_schema()


def test_every_alignment_is_pinned():
    assert unpinned(SCHEMA) == []


def test_there_is_enough_to_check():
    used = {iri for iris in alignments_of(SCHEMA).values() for iri in iris}
    assert len(used) > 100
    assert len(pinned()) == 145
    assert len(used & pinned()) > 80


@pytest.mark.parametrize(
    "iri",
    [
        "http://www.w3.org/ns/org#Organisation",
        "http://www.w3.org/ns/prov#Entities",
        "https://schema.org/Organisation",
        "https://example.org/Organization",
    ],
)
def test_a_term_that_its_standard_does_not_have_is_told(iri):
    graph = Graph()
    graph.add((TS.Organization, SKOS.closeMatch, URIRef(iri)))
    assert unpinned(graph) == [iri]


def test_terms_of_w3c_are_known_by_their_namespaces():
    graph = Graph()
    graph.add((TS.Organization, RDFS.subClassOf, URIRef("http://www.w3.org/ns/org#Organization")))
    graph.add((TS.Norm, RDFS.subClassOf, TS.Entity))
    assert unpinned(graph) == []
    assert alignments_of(graph) == {"Organization": ("http://www.w3.org/ns/org#Organization",)}


def test_a_missing_list_is_told(tmp_path):
    with pytest.raises(AssertionError, match="no pinned list"):
        pinned(tmp_path)
    shutil.copytree(LISTS, tmp_path / "lists")
    (tmp_path / "lists" / "schema.txt").unlink()
    assert "https://schema.org/Organization" in unpinned(SCHEMA, tmp_path / "lists")


@pytest.mark.parametrize(
    "text", ["", "# standard: X\n# version: 1\n# licence: MIT\n", "https://schema.org/Organization\n"]
)
def test_an_empty_list_or_one_without_origin_is_told(text, tmp_path):
    (tmp_path / "schema.txt").write_text(text)
    with pytest.raises(AssertionError, match="lists no"):
        pinned(tmp_path)


def test_our_terms_are_declared():
    ours = set(alignments_of(SCHEMA))
    assert {"Organization", "Site", "Contract", "Obligation", "SUPPLIES"} <= ours
    assert set(VOCABULARY.kinds) & ours
    assert [term for term in ours if (TS[term], None, None) not in SCHEMA] == []
