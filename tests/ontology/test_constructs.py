"""Each SHACL construct that the compiler knows, compared with pySHACL; unknown constructs are refused."""

import pytest

from ontology.errors import OntologyError
from tests.ontology.mini import compile_mini, field
from tests.ontology.oracle import verdicts

TEXT, NUMBER, WHOLE = field("text"), field("number"), field("whole")
CLOSED = "sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"
BY_TEXT = "[ sh:property [ sh:path ts:text ; sh:minCount 1 ] ]"
BY_NUMBER = "[ sh:property [ sh:path ts:number ; sh:minInclusive 1 ; sh:datatype xsd:decimal ; sh:minCount 1 ] ]"
PLAIN = '[ sh:property [ sh:path ts:text ; sh:hasValue "plain" ] ]'

A_TEXT = "sh:datatype xsd:string"


def each(name: str, *values: object) -> list[dict[str, object]]:
    return [{name: value} for value in values]


# name: (fields, options of the shape, what records hold beside the ends)
CASES: dict[str, tuple[list[str], str, list[dict[str, object]]]] = {
    "string": (
        [TEXT],
        "",
        each("text", "a", "", "é", 1, True, None, [], ["a", "b"], ["a", 1], {}, "\0", "\ud800", [["a"]]),
    ),
    "integer": ([WHOLE], "", each("whole", 1, 0, -1, 1.0, 1.5, "1", True, 2**53, 2**53 - 1, -(2**53))),
    "decimal": ([NUMBER], "", each("number", 1, 1.5, -0.0, 1e300, "1", False, float("nan"), float("inf"), 2**60)),
    "boolean": ([field("yes")], "", each("yes", True, False, 0, 1, "true", None, [True, False])),
    "date": (
        [field("day")],
        "",
        each(
            "day",
            "2026-03-01",
            "2026-13-45",
            "2026-02-29",
            "2024-02-29",
            "2026-3-1",
            "20260301",
            "0000-01-01",
            2026,
            "\u0662\u0660\u0662\u0666-03-01",
        ),
    ),
    "dateTime": (
        [field("moment")],
        "",
        each(
            "moment",
            "2026-03-01T09:30:00Z",
            "2026-03-01T25:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-03-01",
            "2026-03-01T09:30:00+02:00",
            "2026-03-01T09:30:00.5Z",
            "now",
        ),
    ),
    "anyURI": ([field("link")], "", each("link", "https://a.example/b?c#d", "a b", "<x>", "", 3)),
    "minCount 2": (
        [field("text", "sh:minCount 2 ; ")],
        "",
        each("text", ["a", "b"], ["a", "a"], ["a"], "a", None, ["a", "b", "c"]),
    ),
    "maxCount 2": (
        [field("text", "sh:maxCount 2 ; ")],
        "",
        each("text", ["a", "b"], ["a", "b", "c"], ["a", "b", "a"], "a"),
    ),
    "maxCount of numbers": ([field("number", "sh:maxCount 1 ; ")], "", each("number", [1, 1.0], [1, 2], [0.5], [])),
    "maxCount 0": ([field("text", "sh:maxCount 0 ; ")], "", each("text", "a", None, [])),
    "in": ([field("text", 'sh:in ( "a" "b" ) ; ')], "", each("text", "a", "b", "c", "A", ["a", "b"], ["a", "c"])),
    "in of numbers": ([field("whole", "sh:in ( 1 2 ) ; ")], "", each("whole", 1, 3, True, "1")),
    "pattern": ([field("text", 'sh:pattern "^ab+$" ; ')], "", each("text", "ab", "abbb", "a", "xab", "AB", "", 1)),
    "pattern in the middle": ([field("text", 'sh:pattern "b+" ; ')], "", each("text", "abc", "ac")),
    "pattern with flags": ([field("text", 'sh:pattern "^ab$" ; sh:flags "i" ; ')], "", each("text", "ab", "AB", "xab")),
    "lengths": (
        [field("text", "sh:minLength 2 ; sh:maxLength 3 ; ")],
        "",
        each("text", "", "a", "ab", "abc", "abcd", "éé", "\U0001f600"),
    ),
    "inclusive": (
        [field("number", "sh:minInclusive 0 ; sh:maxInclusive 1 ; ")],
        "",
        each("number", 0, 1, 0.5, -0.001, 1.001, "0"),
    ),
    "exclusive": (
        [field("number", "sh:minExclusive 0 ; sh:maxExclusive 1.5 ; ")],
        "",
        each("number", 0, 1.5, 1.499, 0.001),
    ),
    "lessThan": (
        [field("number", "sh:lessThan ts:bound ; "), field("bound")],
        "",
        [{"number": 1, "bound": x} for x in (1, 2, 1.5, 0, None, "2", [2, 3], [0, 3])],
    ),
    "lessThanOrEquals": (
        [field("day", "sh:lessThanOrEquals ts:moment ; "), field("moment")],
        "",
        [{"day": "2026-03-01", "moment": x} for x in (None, "2026-03-01T00:00:00Z")],
    ),
    "lessThanOrEquals of numbers": (
        [field("number", "sh:lessThanOrEquals ts:bound ; "), field("bound")],
        "",
        [{"number": 1, "bound": x} for x in (1, 1.0, 0.5, 2)],
    ),
    "equals": (
        [field("text", "sh:equals ts:also ; "), field("also")],
        "",
        [
            {"text": "a", "also": "a"},
            {"text": "a", "also": "b"},
            {"text": "a"},
            {"also": "a"},
            {},
            {"text": ["a", "b"], "also": ["b", "a"]},
        ],
    ),
    "disjoint": (
        [field("text", "sh:disjoint ts:also ; "), field("also")],
        "",
        [
            {"text": "a", "also": "a"},
            {"text": "a", "also": "b"},
            {"text": ["a", "b"], "also": ["b", "c"]},
            {"text": "a"},
        ],
    ),
    "hasValue": ([field("text", 'sh:hasValue "a" ; ')], "", each("text", "a", "b", ["b", "a"], None)),
    "closed": ([TEXT], CLOSED, [{"text": "a"}, {"txt": "a"}, {"txt": None}, {"txt": []}, {"txt": {}}]),
    "open": ([TEXT], "", [{"txt": "a"}, {"text": 1}]),
    "ends": (
        [],
        "",
        [
            {},
            {"left": "oth:1"},
            {"left": "prt:1"},
            {"right": "oth:1"},
            {"right": ["thg:1", "oth:2"]},
            {"right": "x"},
            {"left": None},
            {"right": []},
            {"left": 1},
            {"left": ["thg:1", "thg:2"]},
            {"left": {}},
            {"left": "thg:a b"},
        ],
    ),
    "or of fields": (
        [TEXT, NUMBER],
        f"sh:or ( {BY_TEXT} {BY_NUMBER} ) ;",
        [{}, {"text": "a"}, {"number": 1}, {"number": 0}, {"text": "a", "number": 2}],
    ),
    "xone of fields": (
        [TEXT, NUMBER],
        f"sh:xone ( {BY_TEXT} {BY_NUMBER} ) ;",
        [{}, {"text": "a"}, {"number": 1}, {"number": 0}, {"text": "a", "number": 2}],
    ),
    "and of fields": (
        [TEXT, NUMBER],
        f"sh:and ( {BY_TEXT} {BY_NUMBER} ) ;",
        [{}, {"text": "a"}, {"number": 1}, {"text": "a", "number": 2}],
    ),
    "not of a field": (
        [TEXT],
        f"sh:not {PLAIN} ;",
        [{}, {"text": "plain"}, {"text": "fancy"}, {"text": ["fancy", "plain"]}],
    ),
    "node of a record": ([TEXT], f"sh:node {BY_TEXT} ;", [{}, {"text": "a"}]),
    "or of values": (
        [field("text", f'sh:or ( [ sh:pattern "^a" ; {A_TEXT} ] [ sh:maxLength 1 ; {A_TEXT} ] ) ; ')],
        "",
        each("text", "abc", "b", "bc", ["abc", "b"], ["abc", "bc"]),
    ),
    "xone of values": (
        [field("text", f'sh:xone ( [ sh:pattern "^a" ; {A_TEXT} ] [ sh:maxLength 1 ; {A_TEXT} ] ) ; ')],
        "",
        each("text", "abc", "b", "a", "bc"),
    ),
    "and of values": (
        [field("text", f'sh:and ( [ sh:pattern "^a" ; {A_TEXT} ] [ sh:maxLength 2 ; {A_TEXT} ] ) ; ')],
        "",
        each("text", "abc", "ab", "b"),
    ),
    "not of values": (
        [field("text", 'sh:not [ sh:pattern "^a" ; sh:datatype xsd:string ] ; ')],
        "",
        each("text", "abc", "b"),
    ),
    "node kinds": ([field("text", "sh:nodeKind sh:Literal ; ")], "", each("text", "a", {}, ["a"], [["a"]])),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_same_verdict_as_pyshacl(name, tmp_path):
    fields, options, contents = CASES[name]
    mini = compile_mini(tmp_path, *fields, options=options)
    records = [{"@type": "Join", "left": "thg:1", "right": "thg:2", **content} for content in contents]
    ours = [not mini.validate(record) for record in records]
    assert ours == verdicts(records, mini.graph, mini.records, mini.vocabulary, mini.kind_of)
    assert {True, False} == set(ours)


@pytest.mark.parametrize(
    "construct",
    [
        "sh:uniqueLang true ; ",
        'sh:languageIn ( "en" ) ; ',
        "sh:qualifiedValueShape tf:X ; ",
        "sh:qualifiedMinCount 1 ; ",
        "sh:severity sh:Warning ; ",
        "sh:deactivated true ; ",
        "sh:sparql [ ] ; ",
        "ts:invented 1 ; ",
        "tm:invented 1 ; ",
        "sh:minListLength 1 ; ",
    ],
)
def test_an_unknown_construct_on_a_field_stops_the_compiler(construct, tmp_path):
    with pytest.raises(OntologyError, match="does not know") as caught:
        compile_mini(tmp_path, field("text", construct))
    assert construct.split()[0].partition(":")[2] in str(caught.value)
    assert caught.value.fix


@pytest.mark.parametrize(
    "construct",
    ["sh:severity sh:Warning ;", "sh:sparql [ ] ;", "sh:rule [ ] ;", "sh:minCount 1 ;", "sh:equals ts:text ;"],
)
def test_an_unknown_construct_on_a_shape_stops_the_compiler(construct, tmp_path):
    with pytest.raises(OntologyError, match="does not know"):
        compile_mini(tmp_path, TEXT, options=construct)


@pytest.mark.parametrize("construct", ["sh:severity sh:Info", "sh:uniqueLang true"])
def test_an_unknown_construct_inside_a_group_stops_the_compiler(construct, tmp_path):
    with pytest.raises(OntologyError, match="does not know"):
        compile_mini(tmp_path, TEXT, options=f"sh:or ( [ sh:property [ sh:path ts:text ; {construct} ] ] ) ;")


@pytest.mark.parametrize(
    ("constraints", "why"),
    [
        ("sh:nodeKind sh:Iri ; ", "nodeKind"),
        ('sh:pattern "(" ; ', "pattern .* is invalid"),
        ('sh:pattern "a" ; sh:flags "q" ; ', "flags"),
        ("sh:minInclusive 1 ; ", "numbers"),
        ('sh:in ( "a" 1 ) ; ', "sh:in"),
        ('sh:in ( "a"@en ) ; ', "language"),
        ("sh:minCount -1 ; ", "count"),
        ("sh:maxCount 1, 2 ; ", "2 maxCount"),
        ("sh:class ts:Thing ; ", "entity"),
        ("sh:datatype xsd:duration ; ", "datatype"),
        ("sh:node tf:Lax ; ", "requires no field"),
    ],
)
def test_constraints_that_cannot_be_held_stop_the_compiler(constraints, why, tmp_path):
    lax = "tf:Lax a sh:NodeShape ; sh:property [ sh:path ts:text ; sh:datatype xsd:string ] ."
    with pytest.raises(OntologyError, match=why):
        compile_mini(tmp_path, field("text", constraints), more=lax)


def test_a_shape_that_contains_itself_stops_the_compiler(tmp_path):
    with pytest.raises(OntologyError, match="contains itself"):
        compile_mini(tmp_path, TEXT, options="sh:node tf:Loop ;", more="tf:Loop a sh:NodeShape ; sh:not tf:Loop .")


def test_a_path_of_more_than_one_step_stops_the_compiler(tmp_path):
    with pytest.raises(OntologyError, match="not a simple path"):
        compile_mini(tmp_path, options="sh:or ( [ sh:property [ sh:path ( ts:a ts:b ) ; sh:minCount 1 ] ] ) ;")


def test_a_final_dollar_does_not_let_a_line_break_pass(tmp_path):
    mini = compile_mini(tmp_path, field("text", 'sh:pattern "^ab$" ; '))
    assert [
        fault.rule for fault in mini.validate({"@type": "Join", "left": "thg:1", "right": "oth:1", "text": "ab\n"})
    ] == ["Join.text.pattern"]


@pytest.mark.parametrize("day", ["2026-W01-1", "2026-03-01T00:00:00Z", "2026-03-01\n", "+026-03-01"])
def test_days_are_written_as_the_standard_says_where_rdflib_is_lax(day, tmp_path):
    mini = compile_mini(tmp_path, field("day"))
    assert mini.validate({"@type": "Join", "left": "thg:1", "right": "oth:1", "day": day})
