import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.records import Document, DocumentId, EntityId, Evidence, EvidenceId, make_judgement
from tests.claims import Said, Saying, make_claim

SAID = Said(
    EntityId("org:a"),
    "SUPPLIES",
    object=EntityId("org:b"),
    qualifiers={"annualSpend": 5.0},
    valid_from="2024-01-01T00:00:00Z",
)
SAYING = Saying("scms", "row-1", (EvidenceId("evd:2"), EvidenceId("evd:1")))


def test_two_sources_that_say_the_same_make_two_claims_of_one_statement():
    first, second = make_claim(SAID, SAYING), make_claim(SAID, dataclasses.replace(SAYING, source="ofac"))
    assert first.statement == second.statement
    assert first.id != second.id


def test_another_record_of_the_source_makes_another_claim():
    assert make_claim(SAID, SAYING).id != make_claim(SAID, dataclasses.replace(SAYING, record="row-2")).id


@pytest.mark.parametrize(
    "change",
    [
        {"subject": EntityId("org:c")},
        {"predicate": "OWNS"},
        {"object": EntityId("org:c")},
        {"object": None, "value": "org:b"},
        {"qualifiers": {}},
        {"qualifiers": {"annualSpend": 6}},
        {"valid_from": None},
        {"valid_to": "2025-01-01T00:00:00Z"},
    ],
)
def test_what_is_said_decides_the_statement(change):
    assert dataclasses.replace(SAID, **change).statement != SAID.statement


@pytest.mark.parametrize(
    "change", [{"basis": "inferred"}, {"review": "proposed"}, {"confidence": 0.5}, {"evidence": (EvidenceId("evd:9"),)}]
)
def test_how_it_is_said_does_not_change_the_id(change):
    assert make_claim(SAID, dataclasses.replace(SAYING, **change)).id == make_claim(SAID, SAYING).id


def test_a_whole_number_is_the_same_statement_as_its_float():
    whole = dataclasses.replace(SAID, qualifiers={"annualSpend": 5})
    assert whole.statement == SAID.statement


def test_evidence_is_ascending():
    assert make_claim(SAID, SAYING).evidence == ("evd:1", "evd:2")


def test_the_id_of_evidence_is_made_of_document_place_and_quote():
    document = DocumentId("src:a")
    made = {Evidence.id_of(document, "l", "q"), Evidence.id_of(document, "l", "r"), Evidence.id_of(document, "m", "q")}
    assert len(made) == 3
    assert Evidence.id_of(document, "l", "q") in made
    assert Document.id_of("ab") == "src:ab"


@given(st.text(max_size=5), st.text(max_size=5), st.sampled_from(["same", "different", "unsure"]))
def test_a_judgement_does_not_depend_on_the_order_of_its_entities(left, right, verdict):
    one = make_judgement((EntityId(left), EntityId(right)), verdict, by="me", why="so", features={})
    other = make_judgement((EntityId(right), EntityId(left)), verdict, by="me", why="so", features={})
    assert one == other
    assert one.left <= one.right


def test_another_verdict_is_another_judgement():
    pair = EntityId("org:a"), EntityId("org:b")
    assert (
        make_judgement(pair, "same", by="m", why="", features={}).id
        != make_judgement(pair, "different", by="m", why="", features={}).id
    )
