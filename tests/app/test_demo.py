"""The main job: the sample world in, proven answers out."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml

from app.jobs.world import SAMPLE
from tests.app.documents import nodes
from tests.public_data import ROOT

KEYS = {"status", "scope", "exposures", "findings", "recommendations", "citedEvidence"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The document of `demo --once --json --light`."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app", "demo", "--once", "--json", "--light"]
    ran = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def planted():
    return yaml.safe_load((SAMPLE / "planted.yaml").read_text())["findings"]


def test_the_document_has_what_is_promised(demo):
    assert demo.keys() == KEYS
    assert demo["scope"]["buyer"]["id"] == "org:world-f-001"
    assert len(demo["status"]["contentHash"]) == 64


def test_findings_are_just_what_was_planted(demo):
    found = {(finding["kind"], finding["subject"]["id"], finding["rule"]) for finding in nodes(demo["findings"])}
    assert found == {(each["kind"], each["subject"], each["rule"]) for each in planted()}
    assert len(found) == len(nodes(demo["findings"])) == demo["findings"]["totalCount"]


def test_every_score_is_its_paths_and_the_remainder(demo):
    assert len(nodes(demo["exposures"])) == demo["exposures"]["totalCount"] > 100
    for exposure in nodes(demo["exposures"]):
        total = sum(path["contribution"] for path in exposure["paths"]) + exposure["remainder"]
        assert total == pytest.approx(exposure["score"], abs=1e-9)
        assert exposure["low"] <= exposure["score"] <= exposure["high"]
        assert exposure["remainder"] == 0
        assert 0 <= exposure["coverage"] <= 1
        assert exposure["tier"] >= 1


def test_recommendations_are_many_and_cited(demo):
    listed = nodes(demo["recommendations"])
    with_text = [each for each in listed if each["text"]]
    assert len(with_text) >= 5
    assert len({each["supplier"]["id"] for each in with_text}) >= 3
    assert len({each["rule"] for each in with_text}) >= 3
    for each in listed:
        assert each["rule"]
        assert each["claims"]
        assert each["evidence"]
        assert bool(each["text"]) != bool(each["abstained"])


def test_every_evidence_id_resolves_to_hashed_bytes(demo):
    conclusions = [*nodes(demo["findings"]), *nodes(demo["recommendations"])]
    cited = {each["id"] for item in conclusions for each in item["evidence"]}
    found = {each["id"]: each for each in nodes(demo["citedEvidence"])}
    assert cited <= found.keys()
    files = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLE.iterdir() if path.is_file()}
    for each in found.values():
        assert each["document"]["sha256"] in files
        if each["quote"]:
            assert hashlib.sha256(each["quote"].encode()).hexdigest() == each["quoteSha256"]
            assert each["quoteVerified"]
    assert sum(bool(each["quote"]) for each in found.values()) > 100


def test_the_demo_prints_tables_and_leaves_the_user_s_store_alone(tierscope, tmp_path):
    ran = tierscope("demo", "--once", "--light")
    assert ran.code == 0
    for words in ("Exposure by supplier", "Findings", "Clause recommendations", "hidden single point of failure"):
        assert words in ran.out
    assert not (tmp_path / "data" / "tierscope" / "tierscope.db").exists()


def test_a_second_demo_says_the_same(tierscope):
    first, second = (tierscope("demo", "--once", "--json", "--light").document for _ in range(2))
    assert first == second


def test_another_world_is_read_from_its_folder(tierscope, tmp_path):
    world = tmp_path / "world"
    shutil.copytree(SAMPLE, world)
    for name in ("registry_ownership.csv", "sanctions_list.csv"):
        (world / name).write_text((world / name).read_text().split("\n")[0] + "\n")
    ran = tierscope("demo", "--once", "--json", "--light", "--world", str(world))
    assert ran.code == 0, ran.err
    kinds = {finding["kind"] for finding in nodes(ran.document["findings"])}
    assert "sanctioned_owner" not in kinds
    assert "missing_clause" in kinds


@pytest.mark.parametrize(
    ("text", "code"),
    [(None, "BAD_FILE"), ("buyer: [", "BAD_FILE"), ("buyer: org:x\n", "BAD_INPUT"), ("- 1\n", "BAD_INPUT")],
)
def test_a_folder_that_is_no_world_is_a_clear_error(tierscope, tmp_path, text, code):
    world = tmp_path / "world"
    world.mkdir()
    if text is not None:
        (world / "world.yaml").write_text(text)
    ran = tierscope("demo", "--once", "--world", str(world))
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith(f"{code}: ")
    assert "Fix: " in ran.err


def test_a_data_folder_that_cannot_be_written_is_a_clear_error(tierscope, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    ran = tierscope("demo", "--once")
    assert ran.code == 1
    assert ran.err.startswith("STORE_READ_ONLY: ")
    assert "XDG_DATA_HOME" in ran.err
