"""The command line over a small store: what a user types, what is answered."""

import json
import subprocess
import sys

import pytest
from rdflib import Graph, URIRef

from tests.app.documents import ids, nodes

SUPPLIERS = """number,name,country,spend
1,Alder Works,Germany,1000
2,Birch Mills,France,500
3,Cedar Yards,Atlantis,10
"""
MAPPING = """source: user.suppliers
title: Our suppliers
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
        country: {of: "${country}", do: [region]}
      - "@type": Organization
        id: {ref: Organization, name: Example Ltd}
        name: Example Ltd
      - "@type": SupplyRelation
        supplier: {ref: Organization, scheme: erp, value: "${number}"}
        customer: {ref: Organization, name: Example Ltd}
        annualSpend: {of: "${spend}", do: [number]}
        currency: EUR
"""
BUYER = "org:name:user.suppliers-example-ltd"


@pytest.fixture
def loaded(tierscope, tmp_path):
    """A command line whose store holds two suppliers, a third in quarantine."""
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    ran = tierscope("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"), "--json")
    assert ran.code == 0, ran.err
    report = ran.document
    assert (report["read"], report["accepted"], report["unchanged"], report["quarantined"]) == (3, 2, 0, 1)
    return tierscope


def buyer(tierscope):
    rows = nodes(tierscope("search", "example", "--json").document["search"])
    return next(row["id"] for row in rows if row["id"].startswith(BUYER))


def test_a_second_load_writes_nothing(loaded, tmp_path):
    before = loaded("hash", "--json").document
    ran = loaded("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"), "--json")
    assert ran.document["claims"] == 0
    assert ran.document["unchanged"] == 2
    assert loaded("hash", "--json").document == before


def test_a_dry_run_leaves_nothing_behind(tierscope, tmp_path):
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    ran = tierscope("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"), "--dry-run")
    assert ran.code == 0, ran.err
    assert "3 rows read = 2 accepted + 0 unchanged + 1 quarantined" in ran.out
    assert not (tmp_path / "data").exists()


def test_a_quarantined_row_says_why_and_is_accepted_once_mended(loaded, tmp_path):
    (held,) = loaded("quarantine", "list", "--json").document["quarantine"]
    assert "Atlantis" in held["message"]
    assert held["fix"]
    shown = loaded("quarantine", "show", held["source"], held["record"])
    assert "Cedar Yards" in shown.out
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING.replace("mode: snapshot", "mode: snapshot\ncountries: {Atlantis: PT}"))
    ran = loaded("quarantine", "retry", "--mapping", str(mapping), "--json")
    assert ran.document["accepted"] == 1
    assert loaded("quarantine", "list").out == "Nothing is in quarantine.\n"


def test_search_show_and_hash(loaded):
    (found,) = nodes(loaded("search", "alder", "--json").document["search"])
    assert found == {"id": "org:erp-1", "kind": "Organization", "name": "Alder Works"}
    entity = loaded("show", "org:erp-1", "--json").document["node"]
    assert (entity["kind"], entity["name"], entity["members"]) == ("Organization", "Alder Works", ["org:erp-1"])
    named = next(claim for claim in nodes(entity["claims"]) if claim["predicate"] == "NAMED")
    (claim,) = loaded("show", named["id"], "--json").document["claimVersions"]
    (evidence,) = claim["evidence"]
    assert evidence["quote"] == "1,Alder Works,Germany,1000"
    assert evidence["quoteVerified"] is True
    shown = loaded("show", evidence["id"], "--json").document
    assert shown["evidence"] == evidence
    assert named["id"] in ids(nodes(shown["claimsCiting"]))
    assert "1,Alder Works,Germany,1000" in loaded("show", evidence["id"]).out
    assert "Alder Works" in loaded("show", named["id"]).out
    assert "SUPPLIES" in loaded("show", "org:erp-1").out
    assert len(loaded("hash").out.strip()) == 64
    assert loaded("search", "nowhere").out == "No name or text has all these words.\n"


def test_exposure_is_asked_for_a_buyer(loaded):
    ran = loaded("exposure")
    assert ran.code == 1
    assert "--buyer" in ran.err
    found = nodes(loaded("exposure", "--buyer", buyer(loaded), "--json").document["exposures"])
    assert {each["supplier"]["id"] for each in found} == {"org:erp-1", "org:erp-2"}
    one = loaded("exposure", "org:erp-1", "--buyer", buyer(loaded), "--json").document["explain"]
    assert one["exposure"]["supplier"]["id"] == "org:erp-1"
    assert "Alder Works" in loaded("exposure", "--buyer", buyer(loaded)).out


def test_empty_answers_say_so(loaded):
    who = buyer(loaded)
    assert "The detectors found nothing." in loaded("findings", "--buyer", who).out
    assert "No risk calls for a clause." in loaded("recommend", "--buyer", who, "--light").out
    assert "No two sources contradict each other." in loaded("conflicts").out
    assert "No judgement stands." in loaded("judgements").out


def test_judging_and_withdrawing_gives_back_the_hash(loaded):
    before = loaded("hash").out
    made = loaded("judge", "org:erp-1", "same", "org:erp-2", "--why", "one VAT number", "--json").document
    assert loaded("hash").out != before
    refused = loaded("judge", "org:erp-2", "different", "org:erp-1", "--why", "no")
    assert refused.code == 1
    assert refused.err.startswith("JUDGEMENT_CONFLICT: ")
    assert loaded("withdraw", made["judgement"]).code == 0
    assert loaded("hash").out == before
    assert loaded("withdraw", made["judgement"]).err.startswith("NOT_FOUND: ")


def test_retracting_and_loading_again_gives_back_the_hash(loaded, tmp_path):
    before = loaded("hash").out
    assert loaded("retract", "user.suppliers").code == 0
    assert loaded("hash").out != before
    loaded("load", "--mapping", str(tmp_path / "mapping.yaml"), str(tmp_path / "suppliers.csv"))
    assert loaded("hash").out == before


def test_copy_backup_and_restore_keep_hash_and_history(loaded, tmp_path):
    whole = loaded("hash", "--history").out
    other, third = f"sqlite:///{tmp_path}/other.db", f"sqlite:///{tmp_path}/third.db"
    source = f"sqlite:///{tmp_path}/data/tierscope/tierscope.db"
    assert loaded("store", "copy", source, other).code == 0
    assert loaded("hash", "--history", "--store", other).out == whole
    assert loaded("store", "backup", str(tmp_path / "b.jsonl"), "--store", other).code == 0
    assert loaded("store", "restore", str(tmp_path / "b.jsonl"), "--store", third).code == 0
    assert loaded("hash", "--history", "--store", third).out == whole
    again = loaded("store", "copy", source, other)
    assert again.code == 1
    assert "Fix: " in again.err


def test_export_gives_claims_and_turtle(loaded):
    lines = [json.loads(line) for line in loaded("export").out.splitlines()]
    own = {line["predicate"] for line in lines if line["source"] == "user.suppliers"}
    assert own == {"NAMED", "IN_COUNTRY", "SUPPLIES"}
    assert {line["source"] for line in lines} == {"user.suppliers", "ontology"}
    graph = Graph().parse(data=loaded("export", "--format", "turtle").out, format="turtle")
    named = graph.objects(predicate=URIRef("https://w3id.org/tierscope/ns#NAMED"))
    assert {str(name) for name in named} >= {"Alder Works", "Birch Mills"}


def test_status_and_doctor_say_what_is_there(loaded):
    status = loaded("store", "status", "--json").document
    assert status["revision"] == 2  # the product's own concepts, then the suppliers
    assert status["counts"]["quarantined"] == 1
    checks = {check["name"]: check for check in loaded("doctor", "--json").document["checks"]}
    assert checks["store"]["ok"]
    assert checks["Python"]["ok"]


def test_doctor_on_a_fresh_machine_says_what_to_do(tierscope):
    ran = tierscope("doctor", "--json")
    store = next(check for check in ran.document["checks"] if check["name"] == "store")
    assert not store["ok"]
    assert "store init" in store["fix"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("load", "smcs", "."), "UNKNOWN_SOURCE"),
        (("load", "scms"), "BAD_INPUT"),
        (("load", "scms", "nowhere.csv"), "BAD_FILE"),
        (("hash",), "NOT_FOUND"),
        (("hash", "--store", "mysql://x"), "BAD_INPUT"),
        (("retract", "scms"), "NOT_FOUND"),
        (("quarantine", "retry"), "BAD_INPUT"),
        (("judge", "org:a", "same", "org:a", "--why", "x"), "BAD_INPUT"),
        (("exposure", "--as-of", "yesterday", "--buyer", "org:a"), "BAD_INPUT"),
        (("exposure", "--buyer", "org:a"), "NOT_FOUND"),
    ],
)
def test_what_is_wrong_is_a_typed_error_with_a_fix(tierscope, words, code):
    if words[0] in {"exposure", "judge", "retract"}:
        tierscope("store", "init")
    ran = tierscope(*words)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith(f"{code}: "), ran.err
    assert "Fix: " in ran.err
    as_json = tierscope(*words, "--json") if words[0] in {"load", "hash", "retract", "exposure"} else None
    if as_json is not None:
        assert json.loads(as_json.err)["error"]["code"] == code


def test_a_misspelt_setting_stops_every_command(tierscope, monkeypatch):
    monkeypatch.setenv("TIERSCOPE_STOER", "x")
    ran = tierscope("sources")
    assert ran.code == 1
    assert "TIERSCOPE_STORE" in ran.err


def test_sources_are_listed_with_their_licence(tierscope):
    names = {each["source"] for each in tierscope("sources", "--json").document["sources"]}
    assert {"scms", "ofac", "inform", "wgi", "dol", "apple_suppliers", "debian_deps"} <= names
    assert "CC BY 4.0" in tierscope("sources").out


def test_a_wrong_option_is_told_by_typer(tierscope):
    assert tierscope("hash", "--histroy").code == 2


def test_help_loads_nothing_heavy():
    heavy = ["torch", "transformers", "numba", "neo4j", "rdflib", "networkx", "scipy", "numpy", "strawberry", "sqlite3"]
    program = f"import sys, app.cli; app.cli.run(['--help']); print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip().splitlines()[-1] == "[]"
