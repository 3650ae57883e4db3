"""Record classes: compiles their shapes to `RecordClass` values, which map each field to a claim."""

from collections.abc import Iterator

from rdflib import SH, Graph, URIRef
from rdflib.term import BNode, Node

from ontology.canonical import Scalar
from ontology.compiler.source import TM, TS, comment, flag, items, local, scalar, shape_fields, text
from ontology.compiler.terms import spelt_out, value_type
from ontology.errors import OntologyError
from ontology.model import Field, RecordClass, Role
from ontology.vocabulary import Predicate, ValueType, Vocabulary

_FIRST = {"id": 0, "subject": 1, "object": 2, "value": 3, "claim": 4, "qualifier": 5, "envelope": 6}


def records_of(graph: Graph, vocabulary: Vocabulary) -> dict[str, RecordClass]:
    """The record classes that `graph` declares, by name.

    Args:
        graph: The Turtle source.
        vocabulary: The kinds and predicates that the fields may name.

    Raises:
        OntologyError: A class or a field contradicts the vocabulary.
    """
    shapes = {*graph.subjects(TM.describes), *graph.subjects(TM.states)}
    found = [_record_class(graph, shape, vocabulary) for shape in sorted(shapes, key=str)]
    return {record.name: record for record in sorted(found, key=lambda record: record.name)}


def _record_class(graph: Graph, shape: Node, vocabulary: Vocabulary) -> RecordClass:
    kind, predicate = (local(n) if n else "" for n in (graph.value(shape, TM.describes), graph.value(shape, TM.states)))
    if (kind and kind not in vocabulary.kinds) or (predicate and predicate not in vocabulary.predicates):
        raise OntologyError(f"{local(shape)}: {kind or predicate} is not declared", fix="declare or correct the name")
    fields: dict[str, Field] = {}
    for node in filter(lambda node: _declares(graph, node), shape_fields(graph, shape)):
        field = _field(graph, node, kind, vocabulary)
        if field.name in fields:
            raise OntologyError(f"{local(shape)}.{field.name} is declared twice", fix="remove one declaration")
        fields[field.name] = field
    record = RecordClass(
        name=kind or local(shape),
        kind=kind,
        predicate=predicate,
        fields={field.name: field for field in sorted(fields.values(), key=lambda f: (_FIRST[f.role], f.name))},
        comment=vocabulary.kinds[kind].comment if kind else comment(graph, shape),
    )
    return _checked(record, vocabulary)


def _declares(graph: Graph, node: Node) -> bool:
    """Whether a property shape declares a field; without a description it only adds constraints to one."""
    return graph.value(node, SH.description) is not None


def _field(graph: Graph, node: Node, kind: str, vocabulary: Vocabulary) -> Field:
    alternatives = list(_alternatives(graph, node))
    name = text(graph, node, SH.path).removeprefix(str(TS))
    types = {value_type(t, name) for alternative in alternatives for t in graph.objects(alternative, SH.datatype)}
    kinds = {local(c) for alternative in alternatives for c in graph.objects(alternative, SH["class"])}
    nested = [form for alternative in alternatives for form in graph.objects(alternative, SH.node)]
    inner = {
        f.name: f for form in nested for f in (_field(graph, n, "", vocabulary) for n in shape_fields(graph, form))
    }
    target = inner.get("value") or inner.get("id")
    return Field(
        name=name,
        role=_role(graph, node, name, kind),
        predicate=local(graph.value(node, TM.predicate) or BNode("")),
        inverse=flag(graph, node, TM.inverse),
        value=_one_type(types) or (target.value if target else None),
        kinds=spelt_out(vocabulary.kinds, tuple(kinds)) or (target.kinds if target else ()),
        plain=bool(types or kinds) or not nested,
        qualifiers={f.name: f.value for f in inner.values() if f.value and f.name not in {"value", "id"}},
        fixed=_fixed(graph, node),
        required=int(text(graph, node, SH.minCount) or 0) > 0,
        many=text(graph, node, SH.maxCount) != "1",
        comment=text(graph, node, SH.description),
    )


def _alternatives(graph: Graph, node: Node) -> Iterator[Node]:
    """The shape and, recursively, the members of its disjunctions."""
    yield node
    for head in graph.objects(node, SH["or"]):
        for member in items(graph, head):
            yield from _alternatives(graph, member)


def _one_type(types: set[ValueType]) -> ValueType | None:
    """The one datatype of a field; a field of dates and instants counts as `dateTime`."""
    if types == {"date", "dateTime"}:
        return "dateTime"
    if len(types) > 1:
        raise OntologyError(f"one field has the datatypes {sorted(types)}", fix="declare one datatype")
    return next(iter(types), None)


def _role(graph: Graph, node: Node, name: str, kind: str) -> Role:
    if flag(graph, node, TM.envelope):
        return "envelope"
    end = text(graph, node, TM.end)
    if end in {"subject", "object", "value"}:
        return "subject" if end == "subject" else "object" if end == "object" else "value"
    if end:
        raise OntologyError(f"{name}: {end} is not an end of a claim", fix="write subject, object or value")
    if kind:
        return "id" if name == "id" else "claim"
    return "qualifier"


def _fixed(graph: Graph, node: Node) -> dict[str, Scalar]:
    bag = graph.value(node, TM.fixed)
    if bag is None:
        return {}
    return {local(p): scalar(o) for p, o in sorted(graph.predicate_objects(bag)) if isinstance(p, URIRef)}


def _checked(record: RecordClass, vocabulary: Vocabulary) -> RecordClass:
    for field in record.fields.values():
        problem = _problem(record, field, vocabulary)
        if problem:
            raise OntologyError(f"{record.name}.{field.name}: {problem}", fix="correct the field or the predicate")
    roles: list[str] = [field.role for field in record.fields.values()]
    ends = {"id"} if record.kind else {"subject", "value" if "value" in roles else "object"}
    if not ends <= set(roles) or any(roles.count(end) != 1 for end in ends):
        raise OntologyError(f"{record.name} lacks one of {', '.join(sorted(ends))}", fix="declare one field of each")
    return record


def _problem(record: RecordClass, field: Field, vocabulary: Vocabulary) -> str:
    if not field.comment:
        return "it has no sh:description"
    if field.role == "id":
        return (
            "" if field.kinds == spelt_out(vocabulary.kinds, (record.kind,)) else "its class is not the kind described"
        )
    return "" if field.role == "envelope" else _predicate_problem(record, field, vocabulary)


def _predicate_problem(record: RecordClass, field: Field, vocabulary: Vocabulary) -> str:
    predicate = vocabulary.predicates.get(field.predicate or record.predicate)
    if predicate is None:
        return f"{field.predicate or record.predicate or 'no tm:predicate'} is not declared"
    if field.role == "qualifier":
        return "" if predicate.qualifiers.get(field.name) == field.value else f"{predicate.name} has no such qualifier"
    return _claim_problem(record, field, predicate) if field.role == "claim" else _end_problem(field, predicate)


def _claim_problem(record: RecordClass, field: Field, predicate: Predicate) -> str:
    far, near = (predicate.subjects, predicate.objects) if field.inverse else (predicate.objects, predicate.subjects)
    extra = {*field.qualifiers, *field.fixed} - set(predicate.qualifiers)
    if record.kind not in near:
        return f"{predicate.name} does not take {record.kind}"
    if extra or any(predicate.qualifiers[name] != kind for name, kind in field.qualifiers.items()):
        return f"{predicate.name} does not carry these qualifiers: {', '.join(sorted(extra)) or 'types differ'}"
    return _target_problem(field, predicate, far)


def _end_problem(field: Field, predicate: Predicate) -> str:
    sides = {"subject": predicate.subjects, "object": predicate.objects, "value": ()}
    if field.role == "subject":
        return "" if set(field.kinds) <= set(predicate.subjects) and field.kinds else "wrong kinds"
    return _target_problem(field, predicate, sides[field.role])


def _target_problem(field: Field, predicate: Predicate, kinds: tuple[str, ...]) -> str:
    if predicate.value is not None and field.value != predicate.value:
        return f"{predicate.name} has a {predicate.value}, the field {field.value}"
    if predicate.value is None and (not field.kinds or not set(field.kinds) <= set(kinds)):
        return f"{predicate.name} does not take {', '.join(sorted(set(field.kinds) - set(kinds))) or 'a value'}"
    return ""
