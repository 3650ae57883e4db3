"""Alignments of our terms with those of other standards."""

from rdflib import OWL, RDFS, SKOS, Graph, URIRef

from ontology.compiler.source import TM, TS, local

_RELATIONS = (
    OWL.equivalentClass,
    OWL.equivalentProperty,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.exactMatch,
)


def alignments_of(graph: Graph) -> dict[str, tuple[str, ...]]:
    """The IRIs of other standards that each of our terms is aligned with, by the term's local name."""
    found: dict[str, list[str]] = {}
    for relation in _RELATIONS:
        for term, other in graph.subject_objects(relation):
            if isinstance(other, URIRef) and not str(other).startswith((str(TS), str(TM))):
                found.setdefault(local(term), []).append(str(other))
    return {term: tuple(sorted(others)) for term, others in sorted(found.items())}
