"""Parsing and validating once for each text."""

import pytest
from graphql import GraphQLSchema, GraphQLSyntaxError, build_schema

from api.graphql import documents
from api.graphql.documents import RULES, RULES_WITHOUT_INTROSPECTION, faults, parsed
from tests.api.caches import forget, kept


@pytest.fixture
def schema() -> GraphQLSchema:
    forget()
    return build_schema("type Query { name(of: String): String }")


def test_the_same_text_is_parsed_once():
    assert parsed("{ name }", 100) is parsed("{ name }", 100)
    assert parsed("{ name }", 100) is not parsed("{ name  }", 100)


def test_the_same_text_is_validated_once(schema: GraphQLSchema):
    for _ in range(5):
        document = parsed("{ name }", 100)
        assert faults(schema, "{ name }", document, introspection=True) == []
    assert kept() == 4


def test_with_and_without_introspection_are_kept_apart(schema: GraphQLSchema):
    text = "{ __schema { description } }"
    document = parsed(text, 100)
    assert faults(schema, text, document, introspection=True) == []
    assert [error.message for error in faults(schema, text, document, introspection=False)]
    assert kept() == 0


def test_the_rules_are_fixed_objects():
    assert documents.RULES is RULES
    assert isinstance(RULES, tuple)
    assert RULES_WITHOUT_INTROSPECTION[: len(RULES)] == RULES


def test_long_texts_are_not_kept(schema: GraphQLSchema):
    text = "{ name } #" + "x" * 30_000
    assert parsed(text, 100) is not parsed(text, 100)
    for _ in range(2):
        assert faults(schema, text, parsed(text, 100), introspection=True) == []
    assert kept() == 0


def test_names_are_not_suggested(schema: GraphQLSchema):
    text = "{ nam }"
    messages = [error.message for error in faults(schema, text, parsed(text, 100), introspection=True)]
    assert messages == ["Cannot query field 'nam' on type 'Query'."]


@pytest.mark.parametrize("text", ["{ name " * 60 + "}" * 60, "{ name", "", "{}", "{ a { } }", "{ a(x: 1e) }"])
def test_too_many_tokens_and_bad_syntax_are_faults(text: str):
    with pytest.raises(GraphQLSyntaxError):
        parsed(text, 100)


def test_faults_are_listed_to_a_bound(schema: GraphQLSchema):
    text = "{ " + " ".join(f"no{number}" for number in range(40)) + " }"
    assert len(faults(schema, text, parsed(text, 1000), introspection=True)) <= 11
