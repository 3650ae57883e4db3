"""The limiter: what it measures, and that measuring never costs more than reading the document once."""

import pytest
from graphql import parse
from hypothesis import given
from hypothesis import strategies as st

from api.request.cost import Price, Prices, measure
from api.request.limits import Extent, Limits, check
from ontology.errors import QueryError, QueryTooCostlyError

FIELDS_PRICED = {
    ("Query", "organizations"): Price("OrganizationConnection", {"first": 100}),
    ("Query", "nodes"): Price("Node", {"ids": 100}),
    ("Query", "exposures"): Price("Exposure", {"first": 100}, paths=10),
    ("Exposure", "paths"): Price("Path", {"above": 10}),
    ("Exposure", "parts"): Price("Part", {"": 12}),
    ("Query", "a"): Price("Query"),
    ("Query", "list"): Price("Query", {"": 5}),
    ("Status", "contentHash"): Price("String", {}, 10_000),
    ("Query", "status"): Price("Status"),
    ("OrganizationConnection", "edges"): Price("Edge"),
    ("OrganizationConnection", "totalCount"): Price("Int", {}, 100, aside=True),
    ("OrganizationConnection", "others"): Price("OrganizationConnection", {"first": 20}, 7, aside=True),
    ("Edge", "node"): Price("Organization"),
    ("Organization", "names"): Price("Name", {"": 5}),
    ("Cheap", "faults"): Price("String", {}, 3),
    ("Dear", "faults"): Price("String", {}, 800),
    ("Verifiable", "faults"): Price("String", {}, 800),
    ("Query", "cheap"): Price("Cheap", {"first": 20}),
    ("Query", "dear"): Price("Dear"),
    ("Query", "any"): Price("Node"),
}
PRICES = Prices(FIELDS_PRICED, frozenset({"Node", "Verifiable"}))


def extent(
    text: str, variables: dict[str, object] | None = None, *, name: str | None = None, depth: int = 100
) -> Extent:
    return measure(parse(text), variables or {}, name=name, prices=PRICES, limits=Limits(depth=depth))


def test_a_scalar_costs_nothing():
    assert extent("{ a { x } }") == Extent(depth=2, cost=1, roots=1, repeats=1, visited=2)


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ organizations(first: 7) { edges { node { id } } } }", 7 * (1 + 1 + 1)),
        ("{ organizations(first: 7) { edges { node { names { value } } } } }", 7 * (1 + 1 + 1 + 5)),
        ("{ organizations { edges { node { id } } } }", 100 * 3),
        ("{ organizations(first: 7) { totalCount edges { node { id } } } }", 7 * 3 + 100),
        (
            "{ organizations(first: 7) { ...P } } fragment P on OrganizationConnection { totalCount edges { x } }",
            7 * 2 + 100,
        ),
        ("{ organizations(first: 7) { others(first: 3) { edges { node { id } } } } }", 7 + 7 + 3 * 3),
        ("{ organizations(first: 7) { others(first: 3) { totalCount } } }", 7 + 7 + 3 + 100),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ("{ exposures(first: 2, paths: 3) { x } }", 2),
        ("{ exposures(first: 2, paths: 3) { paths { x } parts { x } } }", 2 * (1 + 10 + 12)),
        ("{ exposures(first: 2, paths: 30) { paths { x } parts { x } } }", 2 * (1 + 100 + 12)),
        ("{ exposures(first: 2) { ...F } } fragment F on Exposure { paths { x } }", 2 * (1 + 10)),
        ("{ list { list { list { x } } } }", 5 * (1 + 5 * (1 + 5))),
        ("{ status { contentHash } }", 10_001),
        ("{ a { ... { list { x } } ... on Query { list { x } } } }", 1 + 5 + 5),
        ("{ organizations(first: 0) { edges { node { id } } } }", 3),
        ("{ organizations(first: -5) { edges { node { id } } } }", 3),
        ("{ organizations(first: 99999999999999999999999999) { x } }", 10**12 - 1),
    ],
)
def test_lists_multiply(query: str, cost: int):
    got = extent(query).cost
    assert got == min(cost, 10**12) or (cost > 10**11 and got > 10**11)


def test_sizes_come_from_variables_and_their_defaults():
    query = "query Q($n: Int = 9, $ids: [ID!]) { organizations(first: $n) { x } nodes(ids: $ids) { id } }"
    assert extent(query, {"n": 4, "ids": ["a"]}).cost == 4 + 1
    assert extent(query, {"ids": ["a", "b"]}).cost == 9 + 2
    assert extent(query, {"n": "many"}).cost == 100 + 100


def test_fragments_count_where_they_are_spread():
    query = "{ a { ...F } organizations(first: 3) { ...F } } fragment F on Query { list { x } b: x }"
    got = extent(query)
    assert got.cost == (1 + 5) + 3 * (1 + 5)
    assert got.aliases == 2


def bomb(levels: int, alias: str = "") -> str:
    """Fragments that spread each other twice: 2^levels leaves in a document of `levels` lines."""
    lines = ["{ ...F0 }"]
    for level in range(levels):
        inner = f"...F{level + 1} ...F{level + 1}" if level + 1 < levels else "x"
        lines.append(f"fragment F{level} on Query {{ {alias}a {{ {inner} }} }}")
    return "\n".join(lines)


@pytest.mark.parametrize("levels", [10, 20, 24])
def test_a_fragment_has_two_sizes_at_most(levels: int):
    fields = " ".join(f"p{number}: exposures(first: 1, paths: {number}) {{ ...F }}" for number in range(levels))
    got = extent(f"{{ {fields} }} fragment F on Exposure {{ paths {{ x }} }}")
    assert got.visited == 2 * levels + 2 * (2 if levels > 11 else 1)
    assert got.cost == sum(1 + (10 if number <= 10 else 100) for number in range(levels))


@pytest.mark.parametrize("levels", [10, 20, 24])
def test_a_doubling_bomb_is_measured_in_one_pass(levels: int):
    got = extent(bomb(levels, "z: "))
    assert got.visited == 1 + levels + 2 * (levels - 1) + 1
    assert got.aliases == 2**levels - 1
    assert got.cost == 2**levels - 1
    with pytest.raises(QueryTooCostlyError, match="aliases"):
        check(got, Limits())


def test_a_bomb_without_aliases_is_refused_for_its_cost():
    with pytest.raises(QueryTooCostlyError, match="cost is"):
        check(extent(bomb(20)), Limits())


def test_a_bomb_of_forty_levels_stops_growing():
    got = extent(bomb(60))
    assert got.cost == 10**12
    assert got.visited < 200


def test_a_cycle_of_fragments_ends():
    got = extent("{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }")
    assert got.visited == 5


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ cheap(first: 2) { ... on Verifiable { faults } } }", 2 * (1 + 3)),
        ("{ cheap(first: 2) { ...V } dear { ...V } } fragment V on Verifiable { faults }", 2 * (1 + 3) + 1 + 800),
        ("{ any { ... on Verifiable { faults } } }", 1 + 800),
        ("{ any { ...V } cheap { ...V } } fragment V on Verifiable { faults }", 1 + 800 + 20 * (1 + 3)),
        ("{ any { ... on Verifiable { ... on Cheap { faults } } } }", 1 + 3),
        ("{ dear { ... on Node { ... on Verifiable { ... { faults } } } } }", 1 + 800),
    ],
)
def test_a_fragment_on_an_interface_costs_what_its_object_type_costs(query: str, cost: int):
    assert extent(query).cost == cost


def test_a_fragment_on_an_interface_is_measured_once_for_each_type():
    fields = " ".join(f"c{number}: cheap {{ ...V }} d{number}: dear {{ ...V }}" for number in range(20))
    assert extent(
        f"{{ {fields} }} fragment V on Verifiable {{ faults ...W }} fragment W on Verifiable {{ faults }}"
    ).visited == (2 * 40 + 2 * 3)


def test_unknown_fragments_are_left_to_validation():
    assert extent("{ ...Nowhere }").cost == 0


@pytest.mark.parametrize(
    "query",
    [
        "{ a { a { a { x } } } }",
        "{ ...F } fragment F on Query { a { a { a { x } } } }",
        "{ a { ...F } a2: a { a { ...F } } } fragment F on Query { a { x } }",
    ],
)
def test_depth_is_refused_through_fragments_too(query: str):
    with pytest.raises(QueryTooCostlyError, match="depth"):
        extent(query, depth=3)
    assert extent(query, depth=4).depth == 4


def test_braces_without_fields_do_not_nest_for_ever():
    query = "{" + "... {" * 100 + "x" + "}" * 100 + "}"
    with pytest.raises(QueryTooCostlyError, match="depth"):
        extent(query, depth=20)


def test_repeats_of_one_name_are_counted():
    got = extent("{ a { x x y: x } ... { a { x } } }")
    assert got.repeats == 2
    with pytest.raises(QueryTooCostlyError, match="repeats"):
        check(extent("{ a { " + "a { x } " * 11 + "} }"), Limits())


@pytest.mark.parametrize(
    ("query", "mutation"),
    [
        ("mutation { judge { x } judge2: judge { x } }", True),
        ("{ " + " ".join(f"r{n}: a" for n in range(11)) + " }", False),
    ],
)
def test_too_many_root_fields_are_refused(query: str, mutation: bool):
    got = extent(query)
    assert got.mutation is mutation
    with pytest.raises(QueryTooCostlyError, match="root fields"):
        check(got, Limits())


def test_root_fields_are_counted_through_fragments():
    got = extent("mutation { ...F ...F } fragment F on Mutation { judge { x } }")
    assert got.roots == 2


def test_one_mutation_passes():
    check(extent("mutation { judge { x } }"), Limits())


def test_the_refusal_says_what_and_how_much():
    with pytest.raises(QueryTooCostlyError) as caught:
        check(extent("{ organizations(first: 60000) { x } }"), Limits(cost=1_000))
    assert caught.value.details == {"measure": "cost", "got": 60_000, "limit": 1_000}
    assert caught.value.fix
    assert not caught.value.retryable


def test_the_operation_is_the_one_that_is_named():
    query = "query A { a { x } } query B { list { x } }"
    assert extent(query, name="B").cost == 5
    for name in (None, "C"):
        with pytest.raises(QueryError, match="operation"):
            extent(query, name=name)
    with pytest.raises(QueryError, match="no such operation"):
        extent("fragment F on Query { x }")


FIELDS = st.recursive(
    st.sampled_from(["x", "y: x", "...F0", "...F1", "...F2"]),
    lambda inner: st.lists(inner, min_size=1, max_size=4).map(lambda parts: f"a {{ {' '.join(parts)} }}"),
    max_leaves=12,
)


@given(FIELDS, FIELDS, FIELDS, FIELDS)
def test_no_document_costs_more_looks_than_it_has_selections(root: str, zero: str, one: str, two: str):
    fragments = [f"fragment F{number} on Query {{ {body} }}" for number, body in enumerate((zero, one, two))]
    text = "\n".join([f"{{ {root} }}", *fragments])
    selections = sum(part.count("x") + part.count("a {") + part.count("...") for part in (root, zero, one, two))
    got = extent(text)
    assert got.visited <= selections
