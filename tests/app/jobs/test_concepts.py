"""A user's own table, and what Tierscope brings to it: names, definitions, and what to do about a risk."""

from pathlib import Path

import pytest

from ontology.generated.concepts import CONCEPTS
from tests.ingest.source_loading import EXTRACTS, pack

SUPPLIERS = """number,name,risk,chance,harm
1,Alder Works,cyber,0.8,0.9
2,Birch Mills,governance,0.7,0.8
3,Cedar Yards,,,
"""
MAPPING = """source: user.suppliers
title: Our suppliers and what we fear of them
licence: internal
publisher: Example Ltd
uri: https://example.org/erp
mode: snapshot
files:
  suppliers: {path: suppliers.csv, format: csv}
records:
  - name: supplier
    from: suppliers
    key: [number]
    make:
      - "@type": Organization
        id: {ref: Organization, scheme: erp, value: "${number}"}
        name: ${name}
      - "@type": Organization
        id: {ref: Organization, scheme: erp, value: us}
        name: Example Ltd
      - "@type": SupplyRelation
        supplier: {ref: Organization, scheme: erp, value: "${number}"}
        customer: {ref: Organization, scheme: erp, value: us}
      - "@type": Risk
        when: {present: "${risk}"}
        id: {ref: Risk, scheme: erp, value: "${number}-${risk}"}
        name: "${risk} risk of ${name}"
        category: rct:tierscope-${risk}
        affects: [{ref: Organization, scheme: erp, value: "${number}"}]
        likelihood: {of: "${chance}", do: [number]}
        severity: {of: "${harm}", do: [number]}
"""


@pytest.fixture
def own(tierscope, tmp_path: Path):
    """A command line whose store holds a user's own suppliers, two with a risk, and nothing else."""
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    ran = tierscope("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"), "--json")
    assert ran.code == 0, ran.err
    assert ran.document["source"] == "user.suppliers"
    assert ran.document["read"] == 3
    return tierscope


def far_folder(place: Path) -> Path:
    folder = place / "far"
    folder.mkdir()
    pack(EXTRACTS / "far" / "far_part52.jsonl", folder / "far_part52.jsonl.gz")
    return folder


def recommended(tierscope):
    ran = tierscope("recommend", "--buyer", "org:erp-us", "--light", "--json")
    assert ran.code == 0, ran.err
    return [edge["node"] for edge in ran.document["recommendations"]["edges"]]


def test_a_risk_of_ones_own_supplier_calls_for_clauses_with_no_further_ado(own):
    found = recommended(own)
    assert {each["supplier"]["id"] for each in found} == {"org:erp-1", "org:erp-2"}
    types = {each["clauseType"]["id"] for each in found if each["supplier"]["id"] == "org:erp-1"}
    assert {"clt:tierscope-security-measures", "clt:tierscope-incident-notification"} <= types
    assert all(each["rule"].startswith("rul:tierscope-default-") for each in found)
    assert all(each["abstained"].startswith("no precedent") for each in found)


def test_with_regulation_clauses_the_wording_comes_too(own, tmp_path):
    assert own("load", "far", str(far_folder(tmp_path))).code == 0
    worded = [each for each in recommended(own) if each.get("text")]
    assert {each["clauseType"]["id"] for each in worded} == {
        "clt:tierscope-anti-corruption",
        "clt:tierscope-record-keeping",
    }
    assert all(each["clause"]["id"].startswith("cls:far-52.") for each in worded)


def test_clause_types_have_their_names_and_definitions(own):
    shown = own("show", "clt:tierscope-security-measures", "--json").document
    claims = [edge["node"] for edge in shown["node"]["claims"]["edges"]]
    said = {claim["predicate"]: claim for claim in claims}
    concept = next(each for each in CONCEPTS if each.id == "clt:tierscope-security-measures")
    assert said["NAMED"]["value"] == concept.label
    assert said["DEFINITION"]["value"] == concept.definition


def test_they_are_loaded_once_and_named_only_when_asked_for(own, tmp_path):
    before = own("hash").out
    revision = own("store", "status", "--json").document["revision"]
    own("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"))
    ran = own("load", "ontology", "--json")
    assert (ran.code, ran.document["source"], ran.document["opened"]) == (0, "ontology", 0)
    assert own("hash").out == before
    assert own("store", "status", "--json").document["revision"] == revision


def test_whoever_takes_them_back_keeps_them_back_until_asking_for_them(own, tmp_path):
    assert own("retract", "ontology").code == 0
    own("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"))
    assert recommended(own) == []
    assert own("load", "ontology", "--json").document["opened"] > len(CONCEPTS)
    assert recommended(own)


def test_a_dry_run_loads_them_no_more_than_anything_else(tierscope, tmp_path):
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    ran = tierscope("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"), "--dry-run")
    assert ran.code == 0, ran.err
    assert not (tmp_path / "data").exists()
