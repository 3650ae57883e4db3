"""The IRIs of other standards, from the lists pinned in `ontology/alignments`, to check alignments against."""

from pathlib import Path

from rdflib import ORG, PROV, SKOS, SOSA, TIME, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.compiler.alignments import alignments_of

LISTS = Path(__file__).parents[2] / "ontology" / "alignments"
_W3C: tuple[type[DefinedNamespace], ...] = (ORG, PROV, SKOS, SOSA, TIME)


def pinned(folder: Path = LISTS) -> set[str]:
    """All IRIs of the pinned lists."""
    files = sorted(folder.glob("*.txt"))
    assert files, "there is no pinned list"
    return set().union(*(_read(file) for file in files))


def unpinned(graph: Graph, folder: Path = LISTS) -> list[str]:
    """Aligned IRIs that are neither in a pinned list nor in a bundled W3C namespace."""
    known = pinned(folder)
    used = {other for others in alignments_of(graph).values() for other in others}
    return sorted(iri for iri in used if iri not in known and not _is_w3c(iri))


def _read(file: Path) -> set[str]:
    lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    head = [line for line in lines if line.startswith("#")]
    iris = {line for line in lines if not line.startswith("#")}
    described = all(any(line.startswith(f"# {name}: ") for line in head) for name in ("standard", "version", "licence"))
    assert iris, f"{file.name} lists no IRI"
    assert described, f"{file.name} lists no standard, version and licence"
    return iris


def _is_w3c(iri: str) -> bool:
    return any(iri.startswith(str(space)) and URIRef(iri) in space for space in _W3C)
