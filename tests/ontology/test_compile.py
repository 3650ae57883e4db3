"""Generated files match their source, and the compiler refuses a source that contradicts itself."""

import shutil
import subprocess
import sys

import pytest

from ontology import compile as compiling
from ontology.compiler.records import records_of
from ontology.compiler.source import SCHEMA, content_version, read_schema
from ontology.compiler.terms import spelt_out, vocabulary_of
from ontology.errors import OntologyError
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VERSION, VOCABULARY
from ontology.vocabulary import Vocabulary
from tests.ontology.mini import MINI, compile_mini, field, write

MADE = compiling.artefacts()


@pytest.mark.parametrize("path", MADE)
def test_nothing_generated_has_drifted(path):
    assert (compiling.ROOT / path).read_text(encoding="utf-8") == MADE[path], "run `python -m ontology.compile`"


def test_drift_is_told(tmp_path, monkeypatch, capsys):
    for path, text in MADE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr(compiling, "artefacts", lambda: MADE)
    assert compiling.drifted(tmp_path) == []
    (tmp_path / "docs/ontology.md").write_text("changed")
    (tmp_path / "ontology/generated/neo4j.cypher").unlink()
    assert compiling.drifted(tmp_path) == ["ontology/generated/neo4j.cypher", "docs/ontology.md"]
    monkeypatch.setattr(compiling, "drifted", lambda: ["docs/ontology.md"])
    assert compiling.main(["--check"]) == 1
    assert capsys.readouterr().out == "drifted: docs/ontology.md\n"


def test_main_writes_all_that_check_wants(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "artefacts", lambda: {"a/b.txt": "text"})
    monkeypatch.setattr(compiling, "ROOT", tmp_path)
    assert compiling.main([]) == 0
    assert (tmp_path / "a/b.txt").read_text() == "text"


def test_the_same_source_makes_the_same_text():
    assert compiling.artefacts() == MADE


def test_run_time_does_without_rdf_and_the_compiler():
    code = (
        "import sys, ontology.generated.validators, ontology.generated.vocabulary, ontology.generated.concepts;"
        "import ontology.generated.neo4j;"
        "print([m for m in sys.modules if m.startswith(('rdflib', 'pyshacl', 'ontology.compiler', 'numpy'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=compiling.ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_version_is_the_content_of_the_source(tmp_path):
    copy = tmp_path / "schema"
    shutil.copytree(SCHEMA, copy)
    assert content_version(copy) == VOCABULARY.version
    (copy / "kinds.ttl").write_text((copy / "kinds.ttl").read_text() + "# more\n")
    assert content_version(copy) != VOCABULARY.version


def test_no_module_of_the_source_is_too_long():
    assert {file.name for file in SCHEMA.glob("*.ttl") if len(file.read_text().splitlines()) > 400} == set()


def test_the_generated_vocabulary_is_the_one_that_is_read():
    assert vocabulary_of(read_schema(), content_version()) == VOCABULARY
    assert VERSION.count(".") == 2


def test_every_predicate_is_stated_by_some_record():
    stated = {record.predicate for record in RECORDS.values()}
    stated |= {field.predicate for record in RECORDS.values() for field in record.fields.values()}
    assert set(VOCABULARY.predicates) - stated == set()


def test_every_kind_has_a_record_and_every_qualifier_a_field():
    assert {record.kind for record in RECORDS.values()} - {""} == set(VOCABULARY.kinds)
    carried = {
        (field.predicate or record.predicate, name)
        for record in RECORDS.values()
        for field in record.fields.values()
        for name in ({*field.qualifiers, *field.fixed} if field.predicate else {field.name})
    }
    declared = {(p.name, name) for p in VOCABULARY.predicates.values() for name in p.qualifiers}
    assert declared - carried == set()


def test_a_relation_with_qualifiers_has_a_record_of_its_own():
    own = {record.predicate for record in RECORDS.values()}
    assert {p.name for p in VOCABULARY.predicates.values() if p.objects and p.qualifiers} - own == set()


def test_subkinds_are_spelt_out():
    norms = {"Norm", "Obligation", "Prohibition", "Permission", "Power", "Exclusion"}
    assert set(VOCABULARY.predicates["EXPRESSES"].objects) == norms
    assert set(RECORDS["Expression"].fields["norm"].kinds) == norms
    assert spelt_out(VOCABULARY.kinds, ("Entity",)) == tuple(sorted(VOCABULARY.kinds))


def test_a_field_says_what_it_becomes():
    sites = RECORDS["Site"].fields["operators"]
    assert (sites.predicate, sites.inverse, sites.kinds, sites.many) == ("OPERATES", True, ("Organization",), True)
    lei = RECORDS["Organization"].fields["lei"]
    assert (lei.predicate, lei.fixed, lei.value, lei.many) == ("IDENTIFIED_BY", {"scheme": "lei"}, "string", False)
    parties = RECORDS["Contract"].fields["parties"]
    assert (parties.qualifiers, parties.plain) == ({"role": "string"}, True)
    assert not RECORDS["Organization"].fields["identifiers"].plain
    assert [field.role for field in RECORDS["SupplyRelation"].fields.values()][:2] == ["subject", "object"]


def compiled(folder, text) -> Vocabulary:
    graph = read_schema(write(folder, text))
    vocabulary = vocabulary_of(graph, "0")
    records_of(graph, vocabulary)
    return vocabulary


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('tm:prefix "prt"', 'tm:prefix "thg"', "share the prefix"),
        ('"oth" ; rdfs:comment "Another thing."', '"oth"', "no rdfs:comment"),
        ("rdfs:subClassOf ts:Thing", "rdfs:subClassOf ts:Nothing", "parent that is not a kind"),
        ("rdfs:subClassOf ts:Thing", "rdfs:subClassOf ts:Part", "is its own parent"),
        ("ts:Other a owl:Class", "ts:Other a owl:Thing", "not an owl:Class"),
        ("tm:subject ts:Thing ;", "", "needs subjects"),
        ("tm:subject ts:Thing ;", "tm:subject ts:Nothing ;", "Nothing is not a kind"),
        ("tm:value xsd:string", "tm:value xsd:duration", "datatype"),
        ("tm:value xsd:string", "tm:object ts:Thing ; tm:value xsd:string", "either objects or a value"),
        ("tm:qualifier ts:text,", "tm:qualifier ts:texts,", "unknown qualifiers"),
        ("tm:qualifier ts:text, ts:also,", "tm:qualifier ts:text,", "no predicate uses"),
        ("rdfs:range xsd:date ;", "", "no rdfs:range"),
        ("tm:states ts:JOINS", "tm:states ts:SPLITS", "SPLITS is not declared"),
        ("tm:predicate ts:NAMED", "tm:predicate ts:CALLED", "CALLED is not declared"),
        (
            "tm:predicate ts:NAMED ; sh:datatype xsd:string",
            "tm:predicate ts:NAMED ; sh:datatype xsd:integer",
            "has a string",
        ),
        ('tm:end "object"', 'tm:end "middle"', "not an end"),
        ('tm:end "object"', 'tm:end "subject"', "wrong kinds"),
        ("[ sh:class ts:Thing ] [ sh:class ts:Other ]", "[ sh:class ts:Entity ] [ sh:class ts:Other ]", ""),
        ('sh:description "One."', 'sh:name "One."', "lacks one of"),
        ("# fields", 'sh:property [ sh:path ts:left ; sh:description "Again." ] ;', "declared twice"),
        (
            "# fields",
            'sh:property [ sh:path ts:colour ; sh:datatype xsd:string ; sh:description "Colour." ] ;',
            "no such qualifier",
        ),
        (
            "# fields",
            'sh:property [ sh:path ts:text ; sh:datatype xsd:date ; sh:description "T." ] ;',
            "no such qualifier",
        ),
        ("sh:path ts:id ; sh:class ts:Thing", "sh:path ts:id ; sh:class ts:Other", "its class is not"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused(old, new, why, tmp_path):
    assert old in MINI
    if not why:
        assert compiled(tmp_path, MINI.replace(old, new)).kinds
        return
    with pytest.raises(OntologyError, match=why) as caught:
        compiled(tmp_path, MINI.replace(old, new))
    assert caught.value.fix


def test_broken_or_missing_turtle_is_refused(tmp_path):
    with pytest.raises(OntologyError, match="no Turtle file"):
        read_schema(tmp_path)
    with pytest.raises(OntologyError, match=r"mini\.ttl is not valid Turtle"):
        read_schema(write(tmp_path, "ts:a ts:b"))


def test_the_mini_ontology_compiles(tmp_path):
    mini = compile_mini(tmp_path, field("text"))
    assert mini.validate({"@type": "Thing", "id": "prt:1", "name": ["a", "b"]}) == []
    assert [fault.rule for fault in mini.validate({"@type": "Thing", "name": ["a", "b", "c"]})] == [
        "Thing.name.maxCount",
        "Thing.id.minCount",
    ]
