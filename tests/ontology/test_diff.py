"""One test for each type of change between two editions."""

import pytest

from ontology.diff import OntologyChange, diff
from ontology.errors import OntologyError
from tests.ontology.mini import MINI, field, write

FIELDS = "\n".join(
    [
        field("text", 'sh:maxCount 1 ; sh:minLength 2 ; sh:pattern "^a" ; '),
        field("also", 'sh:in ( "a" "b" ) ; '),
        field("number", "sh:minInclusive 0 ; sh:maxInclusive 1 ; sh:lessThan ts:bound ; "),
        'sh:property [ sh:path ts:link ; sh:datatype xsd:anyURI ; sh:description "L." ] ;',
    ]
)
WITH = "[ sh:property [ sh:path ts:{} ; sh:minCount 1 ] ]"
DAY = 'sh:path ts:day ; sh:datatype xsd:date ; {} ; sh:description "D." ] ; sh:property [ sh:path ts:left'
CONCEPT = MINI.strip().splitlines()[-1]
LINK = FIELDS.splitlines()[-1]
CALLED = """ts:CALLED a tm:Predicate ; tm:subject ts:Entity ; tm:value xsd:string ; tm:functional true ;
  rdfs:comment "C." .
ts:NAMED a"""
TIE = """ts:Tie a owl:Class, sh:NodeShape ; sh:targetClass ts:Tie ; tm:states ts:JOINS ; rdfs:comment "T." ;
  sh:closed true ;
  sh:property [ sh:path ts:a ; tm:end "subject" ; sh:class ts:Thing ; sh:minCount 1 ; sh:description "A." ] ,
    [ sh:path ts:b ; tm:end "object" ; sh:class ts:Thing ; sh:minCount 1 ; sh:description "B." ] .
ts:Join a"""
OLD = MINI.replace("# fields", FIELDS).replace(
    "# options",
    f"sh:or ( {WITH.format('text')} {WITH.format('also')} ) ;",
)

# replaced text, new text, severity, text of the change
CHANGES = {
    "a kind more": (
        "ts:text a tm:Q",
        'ts:New a owl:Class ; tm:prefix "new" ; rdfs:comment "New." .\nts:text a tm:Q',
        "minor",
        "added: kind New",
    ),
    "another prefix": ('tm:prefix "oth"', 'tm:prefix "otr"', "major", "removed: kind Other with prefix oth"),
    "a parent less": (
        "ts:Part a owl:Class ; rdfs:subClassOf ts:Thing",
        "ts:Part a owl:Class",
        "major",
        "removed: kind Part is a Thing",
    ),
    "a kind less": ("tm:subject ts:Entity", "tm:subject ts:Thing", "major", "removed: predicate NAMED from Other"),
    "a subject kind more": (
        "tm:subject ts:Thing ;",
        "tm:subject ts:Thing, ts:Other ;",
        "minor",
        "added: predicate JOINS from Other",
    ),
    "another qualifier type": (
        "ts:yes a tm:Qualifier ; rdfs:range xsd:boolean",
        "ts:yes a tm:Qualifier ; rdfs:range xsd:string",
        "major",
        "removed: predicate JOINS carries yes as boolean",
    ),
    "a qualifier type that takes more": (
        "ts:whole a tm:Qualifier ; rdfs:range xsd:integer",
        "ts:whole a tm:Qualifier ; rdfs:range xsd:decimal",
        "minor",
        "added: predicate JOINS carries whole as fractions",
    ),
    "functional": (
        "tm:value xsd:string ;",
        "tm:value xsd:string ; tm:functional true ;",
        "major",
        "added: predicate NAMED is functional",
    ),
    "no longer searchable": ("tm:searchable true ;", "", "major", "removed: predicate NAMED is searchable"),
    "a predicate more": ("ts:NAMED a", CALLED, "minor", "added: predicate CALLED"),
    "an optional field more": ("sh:path ts:left", DAY.format("sh:maxCount 1"), "minor", "added: record Join.day"),
    "a required field more": (
        "sh:path ts:left",
        DAY.format("sh:minCount 1"),
        "major",
        "changed: record Join.day least number from no limit to 1",
    ),
    "a field less": (LINK, "", "major", "removed: record Join.link"),
    "more values": (
        "sh:maxCount 1 ; sh:minLength",
        "sh:maxCount 3 ; sh:minLength",
        "minor",
        "changed: record Join.text greatest number from 1 to 3",
    ),
    "fewer values": (
        "sh:maxCount 2",
        "sh:maxCount 1",
        "major",
        "changed: record Thing.name greatest number from 2 to 1",
    ),
    "no greatest number": (
        "sh:maxCount 2 ;",
        "",
        "minor",
        "changed: record Thing.name greatest number from 2 to no limit",
    ),
    "a value of a list less": ('sh:in ( "a" "b" )', 'sh:in ( "a" )', "major", "removed: record Join.also may be b"),
    "a value of a list more": (
        'sh:in ( "a" "b" )',
        'sh:in ( "a" "b" "c" )',
        "minor",
        "added: record Join.also may be c",
    ),
    "a tighter bound": (
        "sh:maxInclusive 1",
        "sh:maxInclusive 0.5",
        "major",
        "changed: record Join.number maxInclusive from 1 to 0.5",
    ),
    "a looser bound": (
        "sh:minInclusive 0",
        "sh:minInclusive -1",
        "minor",
        "changed: record Join.number minInclusive from 0 to -1",
    ),
    "a longer text": (
        "sh:minLength 2",
        "sh:minLength 3",
        "major",
        "changed: record Join.text least length from 2 to 3",
    ),
    "another pattern": ('sh:pattern "^a"', 'sh:pattern "^b"', "major", "added: record Join.text pattern ^b"),
    "no pattern": ('sh:pattern "^a" ;', "", "minor", "removed: record Join.text pattern ^a"),
    "no comparison": ("sh:lessThan ts:bound ;", "", "minor", "removed: record Join.number lessThan bound"),
    "a comparison more": (
        "sh:minInclusive 0 ;",
        "sh:minInclusive 0 ; sh:disjoint ts:bound ;",
        "major",
        "added: record Join.number disjoint bound",
    ),
    "an alternative less": (
        "[ sh:property [ sh:path ts:also ; sh:minCount 1 ] ]",
        "",
        "major",
        "removed: record Join may fit",
    ),
    "an entity kind more": (
        "[ sh:class ts:Thing ] [ sh:class ts:Other ]",
        "[ sh:class ts:Thing ] [ sh:class ts:Part ] [ sh:class ts:Other ]",
        "minor",
        "added: record Join.right may fit",
    ),
    "closed": (
        "tm:states ts:JOINS ;",
        "tm:states ts:JOINS ; sh:closed true ;",
        "major",
        "added: record Join has no other fields",
    ),
    "a new record class": ("ts:Join a", TIE, "minor", "added: record Tie"),
    "a concept less": (CONCEPT, "", "major", "removed: concept thg:one"),
    "a notation more": (
        'skos:prefLabel "One"',
        'skos:prefLabel "One" ; skos:notation "1"^^tn:X',
        "minor",
        "added: concept thg:one is X 1",
    ),
    "other words": (
        'rdfs:comment "Joins."',
        'rdfs:comment "Brings together."',
        "minor",
        "reworded: predicate JOINS: Brings together.",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_sort_of_change(name, tmp_path):
    old, new, severity, text = CHANGES[name]
    assert OLD.count(old) == 1
    found = diff(write(tmp_path / "old", OLD), write(tmp_path / "new", OLD.replace(old, new)))
    assert found.severity == severity
    assert any(change.text.startswith(text) for change in found.changes if change.severity == severity)
    assert not found.enough


def test_a_qualifier_less(tmp_path):
    gone = ('ts:yes a tm:Qualifier ; rdfs:range xsd:boolean ; rdfs:comment "Truth." .', ""), (", ts:yes,", ",")
    new = OLD
    for part in gone:
        assert new.count(part[0]) == 1
        new = new.replace(*part)
    found = diff(write(tmp_path / "old", OLD), write(tmp_path / "new", new))
    assert found.changes == (OntologyChange("major", "removed: predicate JOINS carries yes as boolean"),)


def test_nothing_changed(tmp_path):
    found = diff(write(tmp_path / "old", OLD), write(tmp_path / "new", OLD + "# a remark\n"))
    assert (found.changes, found.severity, found.enough) == ((), None, True)


@pytest.mark.parametrize(
    ("old", "new", "severity", "enough"),
    [
        ("1.0.0", "2.0.0", "major", True),
        ("1.0.0", "1.1.0", "major", False),
        ("1.0.0", "1.1.0", "minor", True),
        ("1.0.0", "1.0.1", "minor", False),
        ("0.1.0", "0.2.0", "major", True),
        ("0.1.0", "0.1.1", "major", False),
        ("0.1.0", "0.1.1", "minor", True),
        ("0.2.0", "0.1.1", "minor", False),
    ],
)
def test_the_version_must_rise_with_the_changes(old, new, severity, enough, tmp_path):
    before = OLD.replace("1.0.0", old)
    change = ("sh:maxCount 2", "sh:maxCount 1" if severity == "major" else "sh:maxCount 3")
    found = diff(write(tmp_path / "old", before), write(tmp_path / "new", OLD.replace("1.0.0", new).replace(*change)))
    assert (found.old, found.new, found.severity, found.enough) == (old, new, severity, enough)


def test_major_changes_come_first(tmp_path):
    after = OLD.replace('tm:prefix "oth"', 'tm:prefix "otr"')
    found = diff(write(tmp_path / "old", OLD), write(tmp_path / "new", after))
    assert found.changes == (
        OntologyChange("major", "removed: kind Other with prefix oth"),
        OntologyChange("minor", "added: kind Other with prefix otr"),
    )


def test_a_version_of_another_form_is_refused(tmp_path):
    with pytest.raises(OntologyError, match="not a version"):
        diff(write(tmp_path / "old", OLD), write(tmp_path / "new", OLD.replace('"1.0.0"', '"draft"')))
