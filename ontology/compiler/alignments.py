"""Alignments: which terms of other standards ours are near, each held against a pinned list of the standard's own."""

from pathlib import Path

from rdflib import ORG, OWL, PROV, RDFS, SKOS, SOSA, TIME, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.compiler.source import TM, TS, local
from ontology.errors import OntologyError

LISTS = Path(__file__).parent.parent / "alignments"
_RELATIONS = (
    OWL.equivalentClass,
    OWL.equivalentProperty,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.exactMatch,
)
_W3C: tuple[type[DefinedNamespace], ...] = (ORG, PROV, SKOS, SOSA, TIME)


def alignments_of(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Our terms, by local name, with the IRIs of other standards that they are aligned with."""
    found: dict[str, list[str]] = {}
    for relation in _RELATIONS:
        for term, other in graph.subject_objects(relation):
            if isinstance(other, URIRef) and not str(other).startswith((str(TS), str(TM))):
                found.setdefault(local(term), []).append(str(other))
    return {term: tuple(sorted(others)) for term, others in sorted(found.items())}


def pinned(folder: Path = LISTS) -> set[str]:
    """All IRIs in the pinned lists.

    Raises:
        OntologyError: There is no list, or one is empty or does not say its standard, version and licence.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise OntologyError("there is no pinned list of alignment IRIs", fix="restore ontology/alignments/*.txt")
    return set().union(*(_read(file) for file in files))


def unpinned(graph: Graph, folder: Path = LISTS) -> list[str]:
    """Aligned IRIs that no pinned list has, and no bundled W3C namespace."""
    known = pinned(folder)
    used = {other for others in alignments_of(graph).values() for other in others}
    return sorted(iri for iri in used if iri not in known and not _is_w3c(iri))


def _read(file: Path) -> set[str]:
    lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    head = [line for line in lines if line.startswith("#")]
    iris = {line for line in lines if not line.startswith("#")}
    said = all(any(line.startswith(f"# {name}: ") for line in head) for name in ("standard", "version", "licence"))
    if not iris or not said:
        raise OntologyError(
            f"{file.name} lists no IRI, or not its standard, version and licence", fix="restore the list"
        )
    return iris


def _is_w3c(iri: str) -> bool:
    return any(iri.startswith(str(space)) and URIRef(iri) in space for space in _W3C)
