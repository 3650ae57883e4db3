"""`python -m ontology.compile` writes every file generated from the Turtle source; `--check` lists drifted ones."""

import sys
from collections.abc import Sequence
from pathlib import Path

from ontology.compiler.alignments import alignments_of
from ontology.compiler.concepts import concepts_module, concepts_of, concepts_table
from ontology.compiler.documents import ontology_document
from ontology.compiler.json_schema import records_schema
from ontology.compiler.modules import model_module, vocabulary_module
from ontology.compiler.neo4j import audits, neo4j_module, neo4j_text, statements
from ontology.compiler.records import records_of
from ontology.compiler.shapes import record_shapes
from ontology.compiler.source import SCHEMA, content_version, read_schema, version_info
from ontology.compiler.terms import vocabulary_of
from ontology.compiler.validator_codegen import validators_module

ROOT = Path(__file__).parent.parent


def artefacts(folder: Path = SCHEMA) -> dict[str, str]:
    """The text of every generated file, by its path from the root of the repository.

    Args:
        folder: Where the Turtle files are.

    Raises:
        OntologyError: The Turtle source is invalid, or uses a construct that the compiler does not know.
    """
    graph = read_schema(folder)
    vocabulary = vocabulary_of(graph, content_version(folder))
    records, shapes, concepts = records_of(graph, vocabulary), record_shapes(graph), concepts_of(graph, vocabulary)
    constraints, checks = statements(vocabulary), audits(vocabulary, records, shapes)
    declared = version_info(graph)
    parts = (alignments_of(graph), concepts)
    return {
        "ontology/generated/vocabulary.py": vocabulary_module(vocabulary, declared),
        "ontology/generated/model.py": model_module(records),
        "ontology/generated/concepts.py": concepts_module(concepts),
        "ingest/sources/data/concepts.csv": concepts_table(concepts),
        "ontology/generated/validators.py": validators_module(shapes, vocabulary.kinds),
        "ontology/generated/neo4j.py": neo4j_module(constraints, checks),
        "ontology/generated/neo4j.cypher": neo4j_text(constraints, checks),
        "ontology/generated/records.schema.json": records_schema(shapes, records, vocabulary.kinds),
        "docs/ontology.md": ontology_document(graph, declared, vocabulary, records, parts),
    }


def drifted(root: Path = ROOT) -> list[str]:
    """The paths of the generated files that differ from what the source gives.

    Args:
        root: Root of the repository.
    """
    return [
        path
        for path, text in artefacts().items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the generated files, or compare them with `--check`; returns 1 where one has drifted."""
    if list(arguments) == ["--check"]:
        found = drifted()
        sys.stdout.writelines(f"drifted: {path}\n" for path in found)
        return 1 if found else 0
    for path, text in artefacts().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
