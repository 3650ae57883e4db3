"""`ontology check|diff` on the ontology itself."""

import shutil

import pytest

from ontology.compiler.source import SCHEMA


@pytest.fixture
def newer(tmp_path):
    """The ontology with a predicate taken away."""
    shutil.copytree(SCHEMA, tmp_path / "newer")
    return tmp_path / "newer"


def test_nothing_has_drifted(tierscope):
    ran = tierscope("ontology", "check", "--json")
    assert ran.code == 0
    assert ran.document == {"drifted": []}


def test_an_ontology_does_not_differ_from_itself(tierscope):
    assert tierscope("ontology", "diff", str(SCHEMA)).out == "Nothing changed.\n"


def test_a_difference_is_named_with_its_severity(tierscope, newer):
    values = next(path for path in newer.glob("*.ttl") if "sh:maxInclusive 1 " in path.read_text())
    values.write_text(values.read_text().replace("sh:maxInclusive 1 ", "sh:maxInclusive 0.5 ", 1))
    ran = tierscope("ontology", "diff", str(SCHEMA), str(newer), "--json")
    assert ran.code == 0, ran.err
    assert ran.document["severity"] == "major"
    assert ran.document["difference"]["changes"]
    assert not ran.document["difference"]["enough"]
    assert "major" in tierscope("ontology", "diff", str(SCHEMA), str(newer)).out


def test_a_broken_ontology_is_a_typed_error(tierscope, newer):
    (newer / "broken.ttl").write_text("this is no Turtle")
    ran = tierscope("ontology", "diff", str(SCHEMA), str(newer))
    assert ran.code == 1
    assert ran.err.startswith("BAD_ONTOLOGY: ")
