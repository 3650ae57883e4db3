"""The schema: what lies in git is what is served, and every part of it says what it is."""

import inspect
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
)

from api.__main__ import write
from api.graphql.breaking_changes import breaking
from api.graphql.descriptions import ARGUMENTS
from api.graphql.prices import price
from api.graphql.schema import SHAPES, build, sdl
from ontology.generated.vocabulary import VOCABULARY
from reasoning.risk.weights import CATEGORIES

FILE = Path(__file__).parents[3] / "api" / "schema.graphql"


@pytest.fixture(scope="module")
def core() -> GraphQLSchema:
    return build()


def own_types(core: GraphQLSchema):
    return {name: named for name, named in core.type_map.items() if not name.startswith("__")}


def test_no_client_breaks():
    assert breaking(FILE.read_text(encoding="utf-8"), sdl()) == [], "`python -m api --breaking` writes it all the same"


def test_the_file_is_the_schema():
    assert FILE.read_text(encoding="utf-8") == sdl(), "write it anew with `python -m api`"


BEFORE = "type Query { a(x: Int): String b: Int! } enum E { ONE TWO } type T { e: E }"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("type Query { a(x: Int): String } enum E { ONE TWO } type T { e: E }", "b"),
        ("type Query { a(x: Int): String b: Int } enum E { ONE TWO } type T { e: E }", "b"),
        ("type Query { a(x: Int!): String b: Int! } enum E { ONE TWO } type T { e: E }", "x"),
        ("type Query { a: String b: Int! } enum E { ONE TWO } type T { e: E }", "x"),
        ("type Query { a(x: Int, y: Int!): String b: Int! } enum E { ONE TWO } type T { e: E }", "y"),
        ("type Query { a(x: Int): String b: Int! } enum E { ONE } type T { e: E }", "TWO"),
        ("type Query { a(x: Int): String b: Int! } enum E { ONE TWO }", "T"),
    ],
)
def test_what_is_removed_or_narrowed_is_told(after: str, told: str):
    found = breaking(BEFORE, after)
    assert len(found) == 1
    assert told in found[0]


def test_what_is_added_or_widened_breaks_nobody():
    after = "type Query { a(x: Int, y: Int): String! b: Int! c: T } enum E { ONE TWO THREE } type T { e: E f: Int }"
    assert breaking(BEFORE, after) == []


def test_writing_refuses_to_break(tmp_path: Path):
    file = tmp_path / "schema.graphql"
    assert write(file, allowed=False) == []
    wider = sdl().replace("type Query {", "type Query {\n  old: Int", 1)
    file.write_text(wider, encoding="utf-8")
    assert [change for change in write(file, allowed=False) if "old" in change]
    assert file.read_text(encoding="utf-8") == wider
    assert write(file, allowed=True)
    assert file.read_text(encoding="utf-8") == sdl()


def test_everything_is_described(core: GraphQLSchema):
    bare = []
    for name, named in own_types(core).items():
        parts = [(name, named)]
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            parts += [(f"{name}.{key}", field) for key, field in named.fields.items()]
            parts += [
                (f"{name}.{key}({argument})", value)
                for key, field in named.fields.items()
                for argument, value in getattr(field, "args", {}).items()
            ]
        if isinstance(named, GraphQLEnumType):
            parts += [(f"{name}.{key}", value) for key, value in named.values.items()]
        builtin = {"Int", "Float", "String", "Boolean", "ID"}
        bare += [label for label, part in parts if name not in builtin and not (part.description or "").strip()]
    assert bare == []


def test_descriptions_are_sentences(core: GraphQLSchema):
    for name, named in own_types(core).items():
        for key, field in getattr(named, "fields", {}).items():
            assert field.description.rstrip().endswith((".", "`", "…")), f"{name}.{key}"
            assert "\n" not in field.description


def test_no_argument_is_described_in_vain(core: GraphQLSchema):
    used = {
        argument.description
        for named in own_types(core).values()
        for field in getattr(named, "fields", {}).values()
        for argument in getattr(field, "args", {}).values()
    }
    assert used == set(ARGUMENTS.values())


def test_every_root_field_but_status_takes_a_scope_and_no_part_of_one(core: GraphQLSchema):
    assert core.query_type
    for name, field in core.query_type.fields.items():
        assert (name == "status") != (str(field.args["scope"].type) == "ReadScope" if "scope" in field.args else False)
        assert not {"buyer", "asOf", "knownAt"} & set(field.args), name


def test_the_list_of_organisations_wants_a_length(core: GraphQLSchema):
    assert core.query_type
    assert str(core.query_type.fields["organizations"].args["first"].type) == "Int!"


def test_every_list_argument_is_priced(core: GraphQLSchema):
    prices = price(core).fields
    for name, named in own_types(core).items():
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in named.fields.items():
                assert ("first" in field.args) == ("first" in prices[name, key].sizes)
    assert prices["Query", "organizations"].sizes == {"first": 100}
    assert prices["Query", "exposures"].sizes == {"first": 100}
    assert prices["Query", "exposures"].paths == prices["Organization", "exposure"].paths == 10
    assert prices["Exposure", "paths"].sizes == {"above": 10}
    assert prices["Organization", "names"].sizes == {"": 10}
    assert prices["OrganizationConnection", "edges"].sizes == {}
    assert prices["Exposure", "byCategory"].sizes == {"": len(CATEGORIES)}
    assert prices["Query", "supplier"].returns == "Organization"


def test_no_resolver_waits(core: GraphQLSchema):
    for named in own_types(core).values():
        for field in getattr(named, "fields", {}).values():
            resolve = getattr(field, "resolve", None)
            assert not inspect.iscoroutinefunction(resolve)


def test_resolvers_are_short():
    files = [file for room in ("types", "graphql") for file in sorted((FILE.parent / room).rglob("*.py"))]
    assert sum(file.read_text(encoding="utf-8").count("@strawberry.field\n") for file in files) > 150
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if line.strip() in {"@strawberry.field", "@strawberry.mutation"}:
                assert _body_lines(lines[number + 1 :]) <= 5, f"{file.name}:{number + 1}"


def _body_lines(lines: list[str]) -> int:
    """Lines between the docstring of a method and its end."""
    start = next(number for number, line in enumerate(lines) if line.strip().endswith('"""')) + 1
    body = lines[start:]
    end = next((number for number, line in enumerate(body) if line and not line.startswith("        ")), len(body))
    return sum(1 for line in body[:end] if line.strip())


def test_every_shape_is_a_kind_of_the_ontology():
    kinds = set(VOCABULARY.kinds)
    assert set(SHAPES) - {""} <= kinds
    assert {"Obligation", "Power", "Prohibition"} <= {
        kind for kind, shape in SHAPES.items() if shape.__name__ == "Norm"
    }


def test_every_property_is_a_predicate_of_the_ontology():
    for shape in SHAPES.values():
        assert set(shape.PROPERTIES) <= set(VOCABULARY.predicates)


def test_the_schema_can_be_read_back():
    assert build_schema(sdl()).query_type
