"""From shapes to the source of plain Python checks: a function a value shape, a checker a node shape."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ontology.compiler.conditions import Condition, Place, conditions, is_entity
from ontology.compiler.python import literal, snake
from ontology.compiler.shapes import Property, Shape
from ontology.errors import OntologyError
from ontology.vocabulary import Kind

_HEAD = '''"""Record validators. Written by `python -m ontology.compile`; not to be edited."""

# fmt: off
# ruff: noqa: E501

import re
from collections.abc import Mapping

from ontology.generated.model import RECORDS
from ontology.model import Fault
'''
_SHARED = ("conforms", "is_date", "is_instant", "is_text", "is_uri", "nested")
_TAIL = '''

def validate(record: Record, kind_of: KindOf) -> list[Fault]:
    """Why `record` does not fit its class; empty where it fits. `kind_of` gives the kind of an entity id, or ""."""
    return faults(CHECKERS, RECORDS, record, kind_of)
'''
_PAIR_WORDS = {
    "lessThan": "be less than {}",
    "lessThanOrEquals": "be at most {}, written the same way",
    "equals": "equal {}",
    "disjoint": "differ from {}",
}


@dataclass(slots=True)
class ValidatorWriter:
    """Collects constants, functions and checkers in the order in which they are needed, each text once."""

    kinds: Mapping[str, Kind]
    parts: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def name_for(self, body: str, wish: str) -> tuple[str, bool]:
        """The name of what has this body, and whether it is new."""
        if body in self.named:
            return self.named[body], False
        name = wish
        number = 2
        while name in self.taken:
            name, number = f"{wish}_{number}", number + 1
        self.taken.add(name)
        self.named[body] = name
        return name, True

    def constant(self, wish: str, expression: str) -> str:
        """The name of a module constant with this expression."""
        name, new = self.name_for(expression, wish)
        if new:
            self.parts.append(f"\n\n{name} = {expression}\n")
        return name


def validators_module(shapes: Mapping[str, Shape], kinds: Mapping[str, Kind]) -> str:
    """Source of `ontology.generated.validators`: a checker for each record class in `shapes`."""
    writer = ValidatorWriter(kinds)
    rows = [f"    {literal(name)}: {checker(writer, shape, name)},\n" for name, shape in sorted(shapes.items())]
    body = "".join(writer.parts)
    used = [name for name in _SHARED if f"{name}(" in body]
    imported = ", ".join(["Checker", "KindOf", "Problem", "Record", *sorted([*used, "faults"])])
    table = f"\n\nCHECKERS: Mapping[str, Checker] = {{\n{''.join(rows)}}}\n"
    return f"{_HEAD}from ontology.validation import {imported}\n{body}{table}{_TAIL}"


def checker(writer: ValidatorWriter, shape: Shape, name: str) -> str:
    """The name of the constant that holds the checker of a node shape."""
    if _constrains_values(shape):
        raise OntologyError(f"{name}: a record as a whole has no value", fix="put the constraint on a field")
    fields = _fields(writer, shape)
    arguments = [
        f"name={literal(name)}",
        "fields={" + ", ".join(f"{literal(path)}: ({check}, {most})" for path, (check, most) in fields.items()) + "}",
        *_relations(writer, shape, name),
    ]
    if shape.closed:
        arguments.append("closed=True")
    return writer.constant(f"_{snake(name).upper()}", "Checker(\n" + "".join(f"    {a},\n" for a in arguments) + ")")


def _constrains_values(shape: Shape) -> bool:
    plain = (shape.datatype, shape.allowed, shape.pattern, shape.min_length, shape.max_length)
    return any(part is not None for part in plain) or bool(shape.kinds or shape.node_kind or shape.bounds)


def _fields(writer: ValidatorWriter, shape: Shape) -> dict[str, tuple[str, int]]:
    """Each path with the name of its check and its greatest number of values; several shapes of a path are joined."""
    found = dict.fromkeys(shape.ignored, ("None", -1))
    paths = sorted({property_.path for property_ in shape.properties})
    for path in paths:
        of_path = [property_ for property_ in shape.properties if property_.path == path]
        limits = [property_.maximum for property_ in of_path if property_.maximum is not None]
        found[path] = (_value_check(writer, of_path, path), min(limits, default=-1))
    return found


def _relations(writer: ValidatorWriter, shape: Shape, name: str) -> list[str]:
    required = tuple((p.path, p.minimum) for p in shape.properties if p.minimum)
    pairs = tuple((p.path, c, o, _PAIR_WORDS[c].format(o)) for p in shape.properties for c, o in p.pairs)
    members = tuple((p.path, value) for p in shape.properties for value in p.has_value)
    groups = [_group(writer, constraint, group, f"{name}_{n}") for n, (constraint, group) in enumerate(shape.groups)]
    found = [f"{n}={literal(v)}" for n, v in (("required", required), ("pairs", pairs), ("members", members)) if v]
    return found + ([f"groups=({''.join(f'{group}, ' for group in groups)})"] if groups else [])


def _group(writer: ValidatorWriter, constraint: str, members: tuple[Shape, ...], name: str) -> str:
    checkers = [checker(writer, member, f"{name}_{chr(97 + n)}") for n, member in enumerate(members)]
    words = literal(_group_words(constraint, members))
    return f"({literal(constraint)}, ({''.join(f'{each}, ' for each in checkers)}), {words})"


def _group_words(constraint: str, members: tuple[Shape, ...]) -> str:
    told = [member.message for member in members if member.message]
    if told:
        return f"not be so: {told[0]}" if constraint == "not" else f"be so: {told[0]}"
    described = [" and ".join(map(_property_words, member.properties)) or member.name for member in members]
    join = {"or": " or ", "xone": " or else ", "and": " and ", "node": " and ", "not": " nor "}[constraint]
    return f"{'not ' if constraint == 'not' else ''}have {join.join(described)}"


def _property_words(property_: Property) -> str:
    if property_.maximum == 0:
        return f"no {property_.path}"
    wanted = " and ".join(map(str, property_.has_value))
    return f"{property_.path} = {wanted}" if wanted else f"a {property_.path} that fits"


def _value_check(writer: ValidatorWriter, of_path: list[Property], path: str) -> str:
    """The name of the function that checks one value of a field, or None where any value will do."""
    entity = any(is_entity(property_.shape) for property_ in of_path)
    place = Place(path, entity, writer.kinds, writer.constant)
    found = [condition for property_ in of_path for condition in _value_conditions(writer, property_.shape, place)]
    return _function(writer, found, place) if found else "None"


def _value_conditions(writer: ValidatorWriter, shape: Shape, place: Place) -> list[Condition]:
    """All that a value must meet, own constraints first, then the groups."""
    own = list(conditions(shape, place))
    return own + [_group_condition(writer, constraint, members, place) for constraint, members in shape.groups]


def _group_condition(writer: ValidatorWriter, constraint: str, members: tuple[Shape, ...], place: Place) -> Condition:
    if constraint == "or" and all(_is_class_only(member) for member in members):
        joined = Shape(place.path, kinds=tuple(sorted({kind for member in members for kind in member.kinds})))
        return next(iter(conditions(joined, place)))
    if constraint == "node" and _is_object(members[0]):
        inner = _object_checker(writer, members[0], place)
        return Condition("node", f"(problem := nested({inner}, value, kind_of)) is not None", "", returns="problem")
    tests = [_test(writer, member, place) for member in members]
    failed = {
        "or": f"not ({' or '.join(tests)})",
        "and": f"not ({' and '.join(tests)})",
        "node": f"not {tests[0]}",
        "xone": f"({' + '.join(tests)}) != 1",
        "not": " or ".join(tests),
    }[constraint]
    return Condition(constraint, failed, _value_words(constraint, members, place))


def _value_words(constraint: str, members: tuple[Shape, ...], place: Place) -> str:
    words = []
    for member in members:
        inner = [part for group in member.groups for part in group[1]]
        own = [c.must for part in (member, *inner) if not _is_object(part) for c in conditions(part, place)]
        words.append(" and ".join(own) or f"be an object ({', '.join(part.name for part in inner) or member.name})")
    join = {"or": ", or ", "xone": ", or else ", "and": ", and ", "node": ", and ", "not": " nor "}[constraint]
    return ("not " if constraint == "not" else "") + join.join(dict.fromkeys(words))


def _is_object(shape: Shape) -> bool:
    return bool(shape.properties) or shape.closed


def _is_class_only(shape: Shape) -> bool:
    return bool(shape.kinds) and shape == Shape(shape.name, kinds=shape.kinds)


def _test(writer: ValidatorWriter, shape: Shape, place: Place) -> str:
    """An expression that says whether a value fits a member of a group."""
    inner = shape.groups[0][1][0] if shape == Shape(shape.name, groups=shape.groups[:1]) and shape.groups else shape
    if _is_object(shape) or (inner is not shape and shape.groups[0][0] == "node" and _is_object(inner)):
        return f"conforms({_object_checker(writer, inner, place)}, value, kind_of)"
    found = _value_conditions(writer, shape, place)
    if not found:
        raise OntologyError(f"{place.path}: a member of a group says nothing", fix="take it out")
    return f"({_function(writer, found, place)}(value, kind_of) is None)"


def _object_checker(writer: ValidatorWriter, shape: Shape, place: Place) -> str:
    if not any(property_.minimum for property_ in shape.properties):
        raise OntologyError(
            f"{place.path}: {shape.name} demands no field", fix="let one of its fields have sh:minCount 1"
        )
    return checker(writer, shape, shape.name)


def _function(writer: ValidatorWriter, found: list[Condition], place: Place) -> str:
    lines = []
    for condition in found:
        returned = condition.returns or literal((condition.constraint, condition.must))
        lines.append(f"    if {condition.failed}:\n        return {returned}\n")
    tests = "".join(lines)
    kinds = "kind_of" if "kind_of" in tests else "_"
    body = f"(value: object, {kinds}: KindOf) -> Problem | None:\n{tests}    return None\n"
    name, new = writer.name_for(body, f"_{snake(place.path)}")
    if new:
        writer.parts.append(f"\n\ndef {name}{body}")
    return name
