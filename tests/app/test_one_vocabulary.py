"""One vocabulary: what tables, `--json` and GraphQL show stands under the schema's names."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import FieldNode, GraphQLSchema, build_schema, get_named_type, parse, validate, visit
from graphql.language import Visitor
from graphql.type import GraphQLInterfaceType, GraphQLObjectType

from api.graphql.schema import sdl
from app.views.columns import TABLES, Columns, in_words
from tests.stored_documents import stored_documents

ROOT = Path(__file__).parents[2]
DOCUMENTS = stored_documents()
OTHER_HEADINGS = {
    ("after", "after.score"),
    ("before", "before.score"),
    ("branch", "branch.name"),
    ("day", "course"),
    ("effective N", "effective"),
    ("high", "high.estimate"),
    ("inoperability", "course"),
    ("low", "low.estimate"),
    ("score", "byTier"),
    ("tier", "byTier"),
}  # headings that say more of one field than its name


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(sdl())


def fields_below(schema: GraphQLSchema, type_name: str, path: str) -> Iterator[str]:
    """The fields of a path that their types have, as far as it leads."""
    current = schema.type_map.get(type_name)
    for name in path.split("."):
        if not isinstance(current, GraphQLObjectType | GraphQLInterfaceType) or name not in current.fields:
            return
        yield name
        current = get_named_type(current.fields[name].type)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.type}: {', '.join(table.headings)}")
def test_every_column_shows_fields_of_the_schema(table: Columns, schema: GraphQLSchema):
    for column in table.columns:
        assert column.fields
        for path in column.fields:
            assert ".".join(fields_below(schema, table.type, path)) == path, (table.type, column.heading)


def test_a_column_of_no_field_is_found(schema: GraphQLSchema):
    assert list(fields_below(schema, "Exposure", "score")) == ["score"]
    assert list(fields_below(schema, "Exposure", "supplier.nosuch")) == ["supplier"]
    assert list(fields_below(schema, "NoSuchType", "score")) == []


def test_a_heading_over_one_field_is_the_name_of_the_field_in_words():
    other = {
        (column.heading, column.fields[0])
        for table in TABLES
        for column in table.columns
        if len(column.fields) == 1 and column.heading != in_words(column.fields[0])
    }
    assert other == OTHER_HEADINGS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_stored_document_is_valid_and_renames_nothing(name: str, schema: GraphQLSchema):
    document = parse(DOCUMENTS[name])
    assert validate(schema, document) == []
    aliases: list[str] = []

    class Aliases(Visitor):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            aliases.extend([node.alias.value] if node.alias else [])

    visit(document, Aliases())
    assert aliases == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_stored_document_is_run_by_a_command(name: str):
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")]
    formed = {re.escape(start) + r"\w+" for text in texts for start in re.findall(r'f"([a-z-]+-)\{\w[\w.]*\}"', text)}
    assert any(f'"{name}"' in text for text in texts) or any(re.fullmatch(form, name) for form in formed)
