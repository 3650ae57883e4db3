"""Query text consists of constants and names of the vocabulary only; everything else is a parameter."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph.neo4j
from graph.neo4j import cypher
from graph.neo4j.schema import Names
from tests.graph.samples import VOCABULARY

FOLDER = Path(graph.neo4j.__path__[0])
MODULES = sorted(FOLDER.glob("*.py"))
NAMES = {"label", "relation", "qualifiers"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for module in MODULES:
        yield module, ast.parse(module.read_text())


def is_constant(node: ast.expr) -> bool:
    """A constant of this module or of `cypher`: an upper-case name, or one looked up in a mapping of such."""
    if isinstance(node, ast.Subscript):
        return is_constant(node.value)
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "cypher" and node.attr.isupper()
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    return isinstance(node, ast.Name) and node.id.isupper()


def is_built(node: ast.expr) -> bool:
    """A text that a function of `cypher` gives."""
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "cypher"


def passed_on(module: ast.Module, name: str) -> bool:
    """Whether `name` is an argument of the type LiteralString, or is set from texts of `cypher` only."""
    for node in ast.walk(module):
        if isinstance(node, ast.arg) and node.arg == name:
            return isinstance(node.annotation, ast.Name) and node.annotation.id == "LiteralString"
    return name in {"text", "texts"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_what_is_run_is_a_constant_or_built_from_names(module: Path):
    tree = ast.parse(module.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"run", "_query"}:
            text = node.args[0]
            fine = is_constant(text) or is_built(text)
            if isinstance(text, ast.Name):
                fine = fine or passed_on(tree, text.id)
            if isinstance(text, ast.Subscript) and isinstance(text.value, ast.Name):
                fine = fine or text.value.id == "texts"
            assert fine, f"{module.name}:{node.lineno}: {ast.unparse(text)}"


def interpolated(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression inserted into a text: in an f-string, by `%`, `+`, `.format` or `.join`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            yield node.value
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
            yield from (side for side in (node.left, node.right) if not isinstance(side, ast.Constant))
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}
        ):
            yield from node.args


def test_query_texts_take_in_nothing_but_constants_and_names():
    tree = ast.parse((FOLDER / "cypher.py").read_text())
    allowed = set()
    for node in interpolated(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NAMES:
            continue
        if isinstance(node, ast.Name) and node.id.strip("_").isupper():
            continue
        allowed.add(ast.unparse(node))
    # What is left: loops over the layout's own columns and the vocabulary's qualifiers, and over the anchors.
    assert allowed == {"_native(names, predicate)", "name", "column", "anchor", "pairs"}


def test_only_query_texts_hold_cypher_with_names():
    for module, tree in trees():
        if module.name == "cypher.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = ast.unparse(node)
                assert not any(word in text for word in ("MATCH ", "CREATE (", "MERGE ", "RETURN ")), (
                    f"{module}: {text}"
                )


def test_names_outside_the_vocabulary_are_refused():
    names = Names(VOCABULARY)
    assert (names.label("Person"), names.relation("OWNS")) == ("Person", "OWNS")
    assert names.qualifiers("OWNS") == ("percentage",)
    for request in (
        lambda: names.label("Person) DETACH DELETE (n"),
        lambda: names.relation("NAMED"),
        lambda: names.relation("OWNS]-() //"),
        lambda: names.qualifiers("x"),
    ):
        with pytest.raises(KeyError):
            request()


def test_nothing_that_a_community_server_of_5_26_lacks_is_used():
    texts = [value for name, value in vars(cypher).items() if isinstance(value, str) and name.isupper()]
    texts += [*cypher.OPEN_CLAIMS.values(), *cypher.CLAIM_VERSIONS.values()]
    names = Names(VOCABULARY)
    texts += [cypher.create_relations(names, "SUPPLIES"), cypher.create_entities(names, "Person")]
    assert len(texts) > 40
    for text in texts:
        lowered = text.lower()
        assert not any(sign in lowered for sign in ("apoc.", "cypher 25", "$(", "load csv", "fulltext", "call dbms"))
