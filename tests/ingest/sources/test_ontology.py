"""The product's own concepts and default playbook: loaded without a file, whole, proven, and defensible row by row."""

import csv
from pathlib import Path

import pytest

from graph.connect import create
from graph.port import ClaimQuery
from ingest.mapping.source_catalog import ONTOLOGY, SHIPPED, load_source_spec
from ingest.pipeline.load import load
from ontology.compiler.concepts import concepts_table
from ontology.generated.concepts import CONCEPTS
from ontology.generated.vocabulary import VOCABULARY
from ontology.model import Concept
from reasoning.risk.weights import CATEGORIES
from tests.ingest.source_loading import AT, Loaded, assert_accounted, assert_proven, load_source

with (SHIPPED / "mitigations.csv").open(encoding="utf-8") as file:
    PLAYBOOK = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_source(ONTOLOGY, SHIPPED, tmp_path_factory.mktemp("ontology"))


def test_every_row_is_accepted_and_proven_and_again_changes_nothing(loaded: Loaded) -> None:
    assert_accounted(loaded, read=len(CONCEPTS) + len(PLAYBOOK))
    assert_proven(loaded)
    again = loaded.again()
    assert (again.accepted, again.opened, again.closed) == (0, 0, 0)
    assert {each.licence for each in [load_source_spec(ONTOLOGY)]} == {"Apache-2.0"}


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_each_concept_says_in_the_store_what_it_says_in_the_ontology(loaded: Loaded, concept: Concept) -> None:
    assert loaded.values_of(concept.id, "NAMED") == [concept.label]
    assert loaded.values_of(concept.id, "DEFINITION") == [concept.definition]
    assert tuple(loaded.values_of(concept.id, "BROADER")) == concept.broader
    told = {(claim.qualifiers["scheme"], claim.value) for claim in loaded.claims("CLASSIFIED", concept.id)}
    assert told == set(concept.notations)


def test_every_risk_category_has_at_least_two_clause_types_that_mitigate_it(loaded: Loaded) -> None:
    known = {concept.id for concept in CONCEPTS if concept.kind == "ClauseType"}
    claims = loaded.claims("MITIGATES")
    assert {claim.subject for claim in claims} <= known
    for category in CATEGORIES:
        assert len({claim.subject for claim in claims if claim.object == category}) >= 2


def test_the_playbook_is_said_to_be_inferred_and_not_too_sure(loaded: Loaded) -> None:
    claims = loaded.claims("MITIGATES")
    assert len(claims) == len(PLAYBOOK) >= 24
    for claim in claims:
        assert claim.basis == "inferred"
        assert 0 < claim.confidence <= 0.6
        assert 0 < float(str(claim.qualifiers["effect"])) <= 0.5
        assert 0.25 <= float(str(claim.qualifiers["threshold"])) <= 0.5


def test_every_rule_that_a_mitigation_names_is_there_with_name_reason_and_citation(loaded: Loaded) -> None:
    rules = {str(claim.qualifiers["rule"]) for claim in loaded.claims("MITIGATES")}
    assert len(rules) == len(PLAYBOOK)
    for rule in rules:
        assert rule.startswith("rul:tierscope-default-")
        assert str(loaded.only(rule, "NAMED")).startswith("Default playbook: ")
        assert str(loaded.only(rule, "CITATION")).startswith("Tierscope default playbook, ")
        assert len(str(loaded.only(rule, "DESCRIPTION")).split()) >= 5
        assert loaded.only(rule, "RULE_LEVEL") == "playbook"


def test_a_concept_that_is_gone_closes_and_its_claims_stay_in_history(tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    gone = Concept("esg:tierscope-alchemy", "EsgTopic", "Alchemy", "What one release knew and the next did not.")
    (folder / "concepts.csv").write_text(concepts_table((*CONCEPTS, gone)), encoding="utf-8")
    (folder / "mitigations.csv").write_bytes((SHIPPED / "mitigations.csv").read_bytes())
    store = create(f"sqlite:///{tmp_path}/x.db", vocabulary=VOCABULARY)
    load(store, load_source_spec(ONTOLOGY), folder, clock=lambda: AT)
    report = load(store, load_source_spec(ONTOLOGY), SHIPPED, clock=lambda: AT)
    assert (report.opened, report.closed) == (0, 2)
    ask = ClaimQuery(subjects=[gone.id], history=True)  # type: ignore[list-item]
    assert len(store.claims(ask)) == 2
    store.close()


def test_the_table_holds_what_a_concept_may_be() -> None:
    one = Concept(
        "clt:a-b", "ClauseType", 'A "b", c', "Two\nlines.", ("clt:a-c", "clt:a-d"), (("S", "1"), ("T", "x:y"))
    )
    (row,) = csv.DictReader(concepts_table((one,)).splitlines(keepends=True))
    assert (row["id"], row["kind"], row["label"], row["definition"]) == (one.id, one.kind, one.label, one.definition)
    assert tuple(row["broader"].split(";")) == one.broader
    assert row["notations"] == "S:1;T:x:y"
