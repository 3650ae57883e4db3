"""Concepts that the ontology itself defines (risk categories, clause types, topics), as `Concept` values."""

import csv
from io import StringIO
from urllib.parse import unquote

from rdflib import SKOS, Graph, Literal
from rdflib.term import Node

from ontology.compiler.modules import HEAD
from ontology.compiler.python import literal
from ontology.compiler.source import ID, TS, instances, local
from ontology.errors import OntologyError
from ontology.ids import kind_prefix
from ontology.model import Concept
from ontology.vocabulary import Vocabulary


def concepts_of(graph: Graph, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts that `graph` declares, ordered by id.

    Args:
        graph: The Turtle source.
        vocabulary: The kinds that concepts may have.

    Raises:
        OntologyError: A concept lacks its label or definition, has an id of another kind, or names an unknown broader
            concept.
    """
    found = tuple(_concept(graph, node, vocabulary) for node in instances(graph, SKOS.Concept))
    known = {concept.id: concept.kind for concept in found}
    for concept in found:
        if any(known.get(wider) != concept.kind for wider in concept.broader):
            raise OntologyError(
                f"{concept.id}: {concept.broader} is not a declared {concept.kind}", fix="name a declared concept"
            )
    return found


def concepts_module(concepts: tuple[Concept, ...]) -> str:
    """Source of `ontology.generated.concepts`."""
    return (
        HEAD.format(doc="The concepts that the ontology defines: risk categories, clause types, topics.")
        + "from ontology.model import Concept\n\n"
        + f"CONCEPTS: tuple[Concept, ...] = {literal(concepts)}\n"
    )


def concepts_table(concepts: tuple[Concept, ...]) -> str:
    """The concepts as CSV, for loading: `;` joins broader concepts, and notations written as `scheme:notation`."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("id", "kind", "label", "definition", "broader", "notations"))
    for one in concepts:
        notations = ";".join(f"{scheme}:{notation}" for scheme, notation in one.notations)
        rows.writerow((one.id, one.kind, one.label, one.definition, ";".join(one.broader), notations))
    return text.getvalue()


def _concept(graph: Graph, node: Node, vocabulary: Vocabulary) -> Concept:
    entity = unquote(str(node).removeprefix(str(ID)))
    kinds = [name for name, kind in vocabulary.kinds.items() if (node, None, TS[name]) in graph]
    if len(kinds) != 1 or kind_prefix(entity) != vocabulary.kinds[kinds[0]].prefix:
        raise OntologyError(f"{node} does not have one kind and an id of it ({kinds})", fix="correct its IRI or class")
    return Concept(
        id=entity,
        kind=kinds[0],
        label=_one(graph, node, "prefLabel"),
        definition=_one(graph, node, "definition"),
        broader=tuple(sorted(unquote(str(wider).removeprefix(str(ID))) for wider in graph.objects(node, SKOS.broader))),
        notations=tuple(sorted(_notation(found) for found in graph.objects(node, SKOS.notation))),
    )


def _one(graph: Graph, node: Node, name: str) -> str:
    found = [str(value) for value in graph.objects(node, SKOS[name])]
    if len(found) != 1 or not found[0]:
        raise OntologyError(f"{local(node)} has {len(found)} skos:{name}, not one", fix=f"write one skos:{name}")
    return found[0]


def _notation(node: Node) -> tuple[str, str]:
    if not isinstance(node, Literal) or node.datatype is None:
        raise OntologyError(f"notation {node} has no scheme", fix='write "E1"^^tn:ESRS')
    if ";" in node or ":" in local(node.datatype):
        raise OntologyError(f"notation {node} breaks the CSV list", fix="write it without ; and its scheme without :")
    return local(node.datatype), str(node)
