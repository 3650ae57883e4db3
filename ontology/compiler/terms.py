"""Kinds and predicates: compiles their declarations to a `Vocabulary`."""

from collections.abc import Mapping
from typing import cast, get_args

from rdflib import OWL, RDFS, XSD, Graph, URIRef
from rdflib.term import Node

from ontology.compiler.source import (
    TM,
    TS,
    comment,
    flag,
    instances,
    local,
    names,
    text,
)
from ontology.errors import OntologyError
from ontology.vocabulary import Kind, Predicate, ValueType, Vocabulary

_ANY = "Entity"


def vocabulary_of(graph: Graph, version: str) -> Vocabulary:
    """The vocabulary that `graph` declares.

    Args:
        graph: The Turtle source.
        version: Content hash of the source.

    Raises:
        OntologyError: A declaration is incomplete or contradicts another one.
    """
    kinds = _kinds(graph)
    return Vocabulary(version, kinds, _predicates(graph, kinds))


def spelt_out(kinds: Mapping[str, Kind], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen kinds with all their subkinds, ascending; `Entity` stands for every kind.

    Raises:
        OntologyError: A chosen kind is not declared.
    """
    unknown = set(chosen) - set(kinds) - {_ANY}
    if unknown:
        message = f"{', '.join(sorted(unknown))} is not a kind"
        raise OntologyError(message, fix="declare it in kinds.ttl, or correct the name")
    return tuple(sorted(name for name in kinds if set(chosen) & {_ANY, *_lineage(kinds, name)}))


def value_type(node: Node, where: str) -> ValueType:
    """The value type of an XSD datatype.

    Args:
        node: The datatype's IRI.
        where: Name of the term that declares it, for the message.

    Raises:
        OntologyError: The datatype is not one of `ValueType`.
    """
    name = local(node)
    if not str(node).startswith(str(XSD)) or name not in get_args(ValueType):
        raise OntologyError(
            f"{where}: datatype {node} is not known", fix=f"use one of {', '.join(get_args(ValueType))}"
        )
    return cast("ValueType", name)


def _kinds(graph: Graph) -> dict[str, Kind]:
    found = {}
    owners: dict[str, str] = {}
    for node in sorted(graph.subjects(TM.prefix), key=str):
        prefix = text(graph, node, TM.prefix)
        parents = tuple(sorted(local(up) for up in graph.objects(node, RDFS.subClassOf) if str(up).startswith(str(TS))))
        kind = Kind(local(node), prefix, parents, comment(graph, node))
        if prefix in owners:
            raise OntologyError(
                f"{kind.name} and {owners[prefix]} share the prefix {prefix}", fix="give one another prefix"
            )
        if (node, None, OWL.Class) not in graph:
            raise OntologyError(f"{kind.name} has a prefix and is not an owl:Class", fix="declare it as an owl:Class")
        owners[prefix] = kind.name
        found[kind.name] = kind
    _refuse_loops(found)
    return found


def _refuse_loops(kinds: Mapping[str, Kind]) -> None:
    for name in kinds:
        above, step = set[str](), set(kinds[name].parents)
        while step:
            if name in step or step - set(kinds):
                message = f"{name} is its own parent, or has a parent that is not a kind"
                raise OntologyError(message, fix="correct rdfs:subClassOf")
            above |= step
            step = {up for parent in step for up in kinds[parent].parents} - above


def _lineage(kinds: Mapping[str, Kind], name: str) -> set[str]:
    return {name}.union(*(_lineage(kinds, parent) for parent in kinds[name].parents))


def _predicates(graph: Graph, kinds: Mapping[str, Kind]) -> dict[str, Predicate]:
    qualifiers = {local(node): _range(graph, node) for node in instances(graph, URIRef(TM.Qualifier))}
    found = [_predicate(graph, node, kinds, qualifiers) for node in instances(graph, URIRef(TM.Predicate))]
    used = {name for predicate in found for name in predicate.qualifiers}
    if used != set(qualifiers):
        idle = ", ".join(sorted(set(qualifiers) - used))
        raise OntologyError(f"no predicate uses the qualifiers {idle}", fix="use or remove them")
    return {predicate.name: predicate for predicate in found}


def _predicate(graph: Graph, node: Node, kinds: Mapping[str, Kind], qualifiers: Mapping[str, ValueType]) -> Predicate:
    name = local(node)
    chosen = names(graph, node, TM.qualifier)
    unknown = [qualifier for qualifier in chosen if qualifier not in qualifiers]
    subjects, objects = (spelt_out(kinds, names(graph, node, side)) for side in (TM.subject, TM.object))
    value = graph.value(node, TM.value)
    if unknown or not subjects or bool(objects) == (value is not None):
        why = f"unknown qualifiers {unknown}" if unknown else "it needs subjects, and either objects or a value"
        raise OntologyError(f"{name}: {why}", fix="correct its declaration")
    return Predicate(
        name=name,
        subjects=subjects,
        objects=objects,
        value=None if value is None else value_type(value, name),
        qualifiers={qualifier: qualifiers[qualifier] for qualifier in chosen},
        functional=flag(graph, node, TM.functional),
        searchable=flag(graph, node, TM.searchable),
        comment=comment(graph, node),
    )


def _range(graph: Graph, node: Node) -> ValueType:
    comment(graph, node)
    declared = graph.value(node, RDFS.range)
    if declared is None:
        raise OntologyError(f"{local(node)} has no rdfs:range", fix="declare the datatype of the qualifier")
    return value_type(declared, local(node))
