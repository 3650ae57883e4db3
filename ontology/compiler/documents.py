"""The page docs/ontology.md: a picture, and tables of kinds, predicates, record classes and concepts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import Graph

from ontology.compiler.source import TM, TS
from ontology.errors import OntologyError
from ontology.model import Concept, Field, RecordClass
from ontology.vocabulary import Kind, Predicate, Vocabulary

_HEAD = """# The ontology

This page is generated from `ontology/schema/*.ttl` by `python -m ontology.compile`; do not edit it. Version {version}.

An **entity** is an identity with a kind and no facts. All facts about it are **claims**: a subject, a predicate, an
object or a value, and qualifiers. Sources do not contain claims. A mapping turns their rows into **records**, and each
field of a record becomes a claim or a qualifier of one. A record that does not fit its class makes no claims: it goes
to quarantine.

## Picture
"""
_RECORDS = """
## Records

A record is a JSON object; `@type` names its class. A field marked *list* takes one value or a list. In a field marked
*or object*, a value may also be `{"value": …}` or `{"id": …}` with the named qualifiers. Every record may also have
these fields, which apply to all its claims:
"""


def ontology_document(
    graph: Graph,
    declared: str,
    vocabulary: Vocabulary,
    records: Mapping[str, RecordClass],
    parts: tuple[Mapping[str, Sequence[str]], Sequence[Concept]],
) -> str:
    """The whole page.

    Args:
        graph: The Turtle source.
        declared: The version that the ontology declares.
        vocabulary: The kinds and predicates.
        records: The record classes by name.
        parts: The alignments by term, and the concepts.

    Raises:
        OntologyError: The picture draws a relation that the predicate does not allow.
    """
    alignments, concepts = parts
    lines = [
        _HEAD.format(version=declared),
        *_picture(graph, vocabulary),
        *_kinds(vocabulary.kinds.values(), alignments),
        *_relations(vocabulary.predicates.values(), vocabulary.kinds),
        *_values(vocabulary.predicates.values(), vocabulary.kinds),
        *_records(records, vocabulary.kinds),
        *_concepts(concepts),
    ]
    return "\n".join(lines) + "\n"


def _picture(graph: Graph, vocabulary: Vocabulary) -> Iterator[str]:
    yield "```mermaid\nflowchart LR"
    for name, predicate in vocabulary.predicates.items():
        for drawn in sorted(str(found) for found in graph.objects(TS[name], TM.pictured)):
            subject, _, target = drawn.partition(" ")
            if subject not in predicate.subjects or target not in predicate.objects:
                raise OntologyError(f"the picture draws {name} between {drawn}", fix="draw kinds that it relates")
            yield f"  {subject} -->|{name}| {target}"
    yield "```\n"


def _kinds(kinds: Iterable[Kind], alignments: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "## Kinds\n"
    yield from _table(("kind", "id prefix", "is a", "meaning", "aligned with"))
    for kind in kinds:
        near = ", ".join(f"<{iri}>" for iri in alignments.get(kind.name, ()))
        yield _row((kind.name, f"`{kind.prefix}`", ", ".join(kind.parents), kind.comment, near))


def _relations(predicates: Iterable[Predicate], kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield "\n## Predicates between entities\n\nA *functional* predicate has one true object at a time: two conflict.\n"
    yield from _table(("predicate", "from", "to", "qualifiers", "meaning"))
    for predicate in predicates:
        if predicate.value is None:
            ends = (_kind_names(side, kinds) for side in (predicate.subjects, predicate.objects))
            yield _row((f"`{predicate.name}`", *ends, _qualifiers(predicate.qualifiers), _meaning(predicate)))


def _values(predicates: Iterable[Predicate], kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield "\n## Predicates with a value\n\n`tierscope search` finds the words of *searchable* values.\n"
    yield from _table(("predicate", "of", "value", "qualifiers", "meaning"))
    for predicate in predicates:
        if predicate.value is not None:
            about = _kind_names(predicate.subjects, kinds)
            qualifiers = _qualifiers(predicate.qualifiers)
            yield _row((f"`{predicate.name}`", about, predicate.value, qualifiers, _meaning(predicate)))


def _records(records: Mapping[str, RecordClass], kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield _RECORDS
    some = next(iter(records.values()))
    yield from _fields((field for field in some.fields.values() if field.role == "envelope"), kinds)
    for record in records.values():
        states = f" States one `{record.predicate}`." if record.predicate else ""
        yield f"\n### {record.name}\n\n{record.comment}{states}\n"
        yield from _fields((field for field in record.fields.values() if field.role != "envelope"), kinds)


def _fields(fields: Iterable[Field], kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield from _table(("field", "takes", "becomes", "meaning"))
    for field in fields:
        yield _row(
            (
                f"`{field.name}`{' **required**' if field.required else ''}",
                _takes(field, kinds),
                _becomes(field),
                field.comment,
            )
        )


def _takes(field: Field, kinds: Mapping[str, Kind]) -> str:
    target = _kind_names(field.kinds, kinds) if field.kinds else field.value or ""
    carried = f"{{{', '.join(f'`{name}`' for name in field.qualifiers)}}}" if field.qualifiers else ""
    form = f" or object {carried}" if carried and field.plain else f" as object {carried}" if carried else ""
    return f"{target}{form}{', list' if field.many and field.role != 'envelope' else ''}"


def _becomes(field: Field) -> str:
    fixed = ", ".join(f"{name} = {value}" for name, value in field.fixed.items())
    if field.role == "claim":
        return f"`{field.predicate}`{', inverse' if field.inverse else ''}{f' ({fixed})' if fixed else ''}"
    return {"id": "the entity", "envelope": "validity, basis, … of the claims"}.get(field.role, field.role)


def _concepts(concepts: Sequence[Concept]) -> Iterator[str]:
    yield "\n## Concepts\n\nThe ontology itself defines these entities.\n"
    yield from _table(("id", "label", "definition", "notations"))
    for concept in concepts:
        notations = ", ".join(
            f"{scheme} {notation}" for scheme, notation in concept.notations if notation != concept.label
        )
        yield _row((f"`{concept.id}`", concept.label, concept.definition, notations))


def _meaning(predicate: Predicate) -> str:
    marks = [name for name, has in (("functional", predicate.functional), ("searchable", predicate.searchable)) if has]
    return predicate.comment + (f" *{', '.join(marks)}*" if marks else "")


def _qualifiers(qualifiers: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in qualifiers.items())


def _kind_names(chosen: Sequence[str], kinds: Mapping[str, Kind]) -> str:
    return "any" if len(chosen) == len(kinds) else ", ".join(_roots(chosen, kinds))


def _roots(chosen: Sequence[str], kinds: Mapping[str, Kind]) -> list[str]:
    """The chosen kinds without the subkinds of other chosen kinds."""
    return [name for name in chosen if not set(kinds[name].parents) & set(chosen)]


def _table(heads: Sequence[str]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["---"] * len(heads))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
