"""JSON Schema of the records: what mappings and strangers' tools can check before a load.

It says less than the validators: what compares two fields, counts different values or looks at the calendar is left to
them. What it refuses, they refuse.
"""

import json
from collections.abc import Iterator, Mapping

from ontology.compiler.conditions import is_entity
from ontology.compiler.shapes import Property, Shape
from ontology.compiler.terms import spelt_out
from ontology.model import RecordClass
from ontology.vocabulary import Kind

Schema = dict[str, object]

_TYPES = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
_BOUNDS = {
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "minExclusive": "exclusiveMinimum",
    "maxExclusive": "exclusiveMaximum",
}


def records_schema(shapes: Mapping[str, Shape], records: Mapping[str, RecordClass], kinds: Mapping[str, Kind]) -> str:
    """The JSON Schema (2020-12) of any record, as text."""
    shared = _Shared()
    classes = {name: _record(shape, records[name], kinds, shared) for name, shape in sorted(shapes.items())}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/tierscope/records.schema.json",
        "title": "Tierscope records",
        "description": "Written by `python -m ontology.compile`; not to be edited.",
        "type": "object",
        "required": ["@type"],
        "properties": {"@type": {"enum": list(classes)}},
        "allOf": [
            {"if": {"properties": {"@type": {"const": name}}}, "then": {"$ref": f"#/$defs/{name}"}} for name in classes
        ],
    }
    rows = [f"  {_text(name)}: {_text(made)}" for name, made in (classes | shared.definitions).items()]
    return _text(schema)[:-1] + ',\n "$defs": {\n' + ",\n".join(rows) + "\n }\n}\n"


class _Shared:
    """Field schemas, each once, under a name that is made of the field's."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def reference(self, name: str, made: Schema) -> Schema:
        """A reference to `made`."""
        number = 1
        key = f"field.{name}"
        while self.definitions.setdefault(key, made) != made:
            number += 1
            key = f"field.{name}.{number}"
        return {"$ref": f"#/$defs/{key}"}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record(shape: Shape, record: RecordClass, kinds: Mapping[str, Kind], shared: _Shared) -> Schema:
    properties: Schema = {"@type": {"const": record.name}}
    for name, told in record.fields.items():
        made = _field([field for field in shape.properties if field.path == name], kinds)
        properties[name] = shared.reference(name, {**made, "description": told.comment})
    return {**_object(shape, kinds), "properties": properties, "description": record.comment}


def _object(shape: Shape, kinds: Mapping[str, Kind]) -> Schema:
    paths = sorted({field.path for field in shape.properties})
    properties = {path: _field([f for f in shape.properties if f.path == path], kinds) for path in paths}
    made: Schema = {"type": "object", "properties": properties}
    required = sorted({field.path for field in shape.properties if field.minimum})
    if required:
        made["required"] = required
    if shape.closed:
        made["additionalProperties"] = False
    return made


def _field(of_path: list[Property], kinds: Mapping[str, Kind]) -> Schema:
    """One value or a list of them; null is absence where nothing is required."""
    value = _all([part for field in of_path for part in _value(field.shape, kinds)])
    required = any(field.minimum for field in of_path)
    many: Schema = {"type": "array", "items": value}
    if required:
        many["minItems"] = 1
    return {"anyOf": [value, many] if required else [value, many, {"type": "null"}]}


def _all(parts: list[Schema]) -> Schema:
    """One schema that demands all parts, joined where they do not clash."""
    joined: Schema = {}
    rest: list[Schema] = []
    for part in parts:
        if set(part) & set(joined):
            rest.append(part)
        else:
            joined.update(part)
    return {**joined, "allOf": rest} if rest else joined


def _value(shape: Shape, kinds: Mapping[str, Kind]) -> Iterator[Schema]:
    own: Schema = {}
    if shape.kinds or (is_entity(shape) and shape.node_kind == "IRI" and not shape.groups):
        prefixes = sorted(kinds[kind].prefix for kind in spelt_out(kinds, shape.kinds or ("Entity",)))
        own |= {"type": "string", "pattern": f"^({'|'.join(prefixes)}):[!-~]+$"}
    if shape.datatype:
        own["type"] = _TYPES.get(shape.datatype, "string")
    if shape.allowed is not None:
        own["enum"] = list(shape.allowed)
    own |= _textual(shape)
    own |= {_BOUNDS[name]: bound for name, _, bound in shape.bounds}
    if own:
        yield own
    for name, members in shape.groups:
        yield from _group(name, members, kinds)


def _textual(shape: Shape) -> Schema:
    found = {
        "pattern": None if shape.flags else shape.pattern,
        "minLength": shape.min_length,
        "maxLength": shape.max_length,
    }
    return {name: value for name, value in found.items() if value is not None}


def _group(name: str, members: tuple[Shape, ...], kinds: Mapping[str, Kind]) -> Iterator[Schema]:
    made = [_object(member, kinds) if member.properties else _all(list(_value(member, kinds))) for member in members]
    if name in {"and", "node"}:
        yield from made
    elif name == "or":
        yield {"anyOf": made}
