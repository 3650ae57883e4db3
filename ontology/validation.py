"""The runtime of the generated validators: checkers of node shapes, and the tests that they share.

A record is a JSON object. None and an empty list mean that a field is absent. In a list, equal scalars count once, as
they would in a graph. Text with NUL or a lone surrogate is invalid, because no store can keep it.

Problems complete the sentence "it must …"; `Fault` carries the whole sentence.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from ontology.model import Fault, RecordClass

Record = Mapping[str, object]
KindOf = Callable[[str], str]
Problem = tuple[str, str]
ValueCheck = Callable[[object, KindOf], Problem | None]

GREATEST = 2**53 - 1
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?\Z", re.ASCII)
_URI = re.compile(r"[^\x00-\x20<>\"{}|\\^`\x7f]+\Z")
_SHOWN = 60  # characters of a value that a message quotes


@dataclass(frozen=True, slots=True)
class Checker:
    """One compiled node shape.

    Attributes:
        name: Name of the record class or shape.
        fields: For each field, the check of one value (None accepts any) and the maximum number of values (-1: any).
        required: (field, minimum number of values).
        pairs: (field, constraint, other field, what must hold).
        members: (field, a value that must be among its values).
        groups: (`or` | `and` | `xone` | `not` | `node`, checkers, what must hold).
        closed: Whether other fields are refused.
    """

    name: str
    fields: Mapping[str, tuple[ValueCheck | None, int]]
    required: tuple[tuple[str, int], ...] = ()
    pairs: tuple[tuple[str, str, str, str], ...] = ()
    members: tuple[tuple[str, object], ...] = ()
    groups: tuple[tuple[str, tuple["Checker", ...], str], ...] = ()
    closed: bool = False


def faults(
    checkers: Mapping[str, Checker], records: Mapping[str, RecordClass], record: Record, kind_of: KindOf
) -> list[Fault]:
    """The reasons why a record does not fit the class that its `@type` names; empty where it fits.

    Args:
        checkers: The checker of each record class.
        records: The record classes, whose comments the fixes quote.
        record: A JSON object.
        kind_of: Gives the kind of an entity id, or "" where the id is invalid.
    """
    name = record.get("@type")
    checker = checkers.get(name) if name.__class__ is str else None
    if checker is None:
        near = difflib.get_close_matches(str(name), checkers, 1)
        fix = f"write {near[0]}" if near else "name one of the record classes in docs/ontology.md"
        return [Fault("@type", "@type.unknown", f"{_shown(name)} is not a record class", fix)]
    found = problems(checker, record, kind_of)
    return [_fault(records[checker.name], record, problem) for problem in found] if found else []


def problems(checker: Checker, record: Record, kind_of: KindOf) -> list[tuple[str, str, str]]:
    """Each constraint that a record fails, as (field, constraint, what must hold).

    Args:
        checker: The shape to check against.
        record: A JSON object.
        kind_of: Gives the kind of an entity id, or "" where the id is invalid.
    """
    found: list[tuple[str, str, str]] = []
    fields = checker.fields
    for name in record if checker.closed else fields:
        value = record.get(name)
        if value is None:
            continue
        entry = fields.get(name)
        if entry is None:
            found += [(name, "closed", "be absent")] if value != [] else []
        elif type(value) is list or type(value) is tuple or entry[1] == 0:
            found += [(name, *problem) for problem in _list_problems(values(value), entry, kind_of)]
        elif entry[0] is not None and (problem := entry[0](value, kind_of)) is not None:
            found.append((name, *problem))
    _add_missing(found, checker, record)
    if checker.pairs or checker.groups or checker.members:
        _add_relations(found, checker, record, kind_of)
    return found


def conforms(checker: Checker, value: object, kind_of: KindOf) -> bool:
    """Whether `value` is an object that fits the shape of `checker`."""
    return isinstance(value, dict) and not problems(checker, value, kind_of)


def nested(checker: Checker, value: object, kind_of: KindOf) -> Problem | None:
    """The first problem of an object form, worded for the field that contains it; None where it fits."""
    if not isinstance(value, dict):
        return "node", f"be an object with {' and '.join(name for name, _ in checker.required)}"
    found = problems(checker, value, kind_of)
    if not found:
        return None
    field, _, must = found[0]
    return "node", f"be an object whose {field or 'content'} must {must}"


def values(value: object) -> tuple[object, ...]:
    """The values of a field as a tuple: empty for None, the items of a list, otherwise the one value."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def count(value: object) -> int:
    """The number of distinct values of a field; every object counts as distinct."""
    if not isinstance(value, list | tuple):
        return 0 if value is None else 1
    scalars = {(item.__class__ is bool, item) for item in value if isinstance(item, str | int | float)}
    return len(scalars) + sum(not isinstance(item, str | int | float) for item in value)


def is_text(value: str) -> bool:
    """Whether every store can keep the text: it has no NUL and no lone surrogate."""
    if "\0" in value:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_date(value: object) -> TypeGuard[str]:
    """Whether the value is an existing day, written `YYYY-MM-DD`."""
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-":
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_instant(value: object) -> TypeGuard[str]:
    """Whether the value is an existing instant, written `YYYY-MM-DDThh:mm:ss` with optional fraction and zone."""
    if not isinstance(value, str) or _INSTANT.match(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_uri(value: object) -> TypeGuard[str]:
    """Whether the value is text with only characters that an IRI may have."""
    return isinstance(value, str) and _URI.match(value) is not None and is_text(value)


def _list_problems(value: tuple[object, ...], entry: tuple[ValueCheck | None, int], kind_of: KindOf) -> list[Problem]:
    check, most = entry
    found: list[Problem] = []
    if len(value) > most >= 0 and count(value) > most:
        found.append(("maxCount", "be absent" if most == 0 else f"have at most {most} {_values(most)}"))
    if check is not None:
        found += [problem for item in value if (problem := check(item, kind_of)) is not None][:1]
    return found


def _add_missing(found: list[tuple[str, str, str]], checker: Checker, record: Record) -> None:
    get = record.get
    for name, least in checker.required:
        value = get(name)
        if value is None or ((least > 1 or type(value) is list or type(value) is tuple) and count(value) < least):
            found.append((name, "minCount", "be present" if least == 1 else f"have at least {least} values"))


def _add_relations(found: list[tuple[str, str, str]], checker: Checker, record: Record, kind_of: KindOf) -> None:
    get = record.get
    for name, constraint, other, must in checker.pairs:
        here, there = get(name), get(other)
        absent = here is None or there is None
        if not (absent and constraint != "equals") and not _hold(constraint, here, there):
            found.append((name, constraint, must))
    for name, wanted in checker.members:
        if not any(item == wanted and item.__class__ is wanted.__class__ for item in values(get(name))):
            found.append((name, "hasValue", f"be {wanted}"))
    for constraint, members, must in checker.groups:
        results = (not problems(member, record, kind_of) for member in members)
        if not GROUP[constraint](results):
            found.append(("", constraint, must))


def _values(number: int) -> str:
    return "value" if number == 1 else "values"


def _hold(constraint: str, here: object, there: object) -> bool:
    """Whether a constraint between two fields holds; two texts, the common case, are compared without tuples."""
    if type(here) is str and type(there) is str and constraint != "equals":
        if constraint == "disjoint":
            return here != there
        return len(here) == len(there) and (here < there or (here == there and constraint == "lessThanOrEquals"))
    return _PAIR[constraint](values(here), values(there))


def _comparable(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return len(left) == len(right)
    plain = isinstance(left, int | float) and isinstance(right, int | float)
    return plain and not isinstance(left, bool) and not isinstance(right, bool)


def _all_less(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    return all(_comparable(a, b) and a < b for a in left for b in right)  # type: ignore[operator] # _comparable checks the types


def _none_greater(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    return all(_comparable(a, b) and a <= b for a in left for b in right)  # type: ignore[operator] # as above


def _scalars(side: tuple[object, ...]) -> set[object]:
    return {item for item in side if isinstance(item, str | int | float)}


def _disjoint(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    return not _scalars(left) & _scalars(right)


def _equal(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    objects = any(not isinstance(item, str | int | float) for item in left + right)
    return not objects and _scalars(left) == _scalars(right)


def _fault(record_class: RecordClass, record: Record, problem: tuple[str, str, str]) -> Fault:
    name, constraint, must = problem
    rule = ".".join(part for part in (record_class.name, name, constraint) if part)
    field = record_class.fields.get(name)
    if constraint == "closed":
        near = difflib.get_close_matches(name, record_class.fields, 1)
        fix = f"write {near[0]} instead, or leave {name} out" if near else f"leave {name} out"
        return Fault(name, rule, f"{record_class.name} has no field {name}", fix)
    if not name:
        return Fault("", rule, f"the {record_class.name} must {must}", f"correct the record: it must {must}")
    wrong = (
        "is missing" if constraint == "minCount" and not values(record.get(name)) else f"is {_shown(record.get(name))}"
    )
    means = f": {field.comment}" if field else ""
    return Fault(name, rule, f"{name} {wrong}; it must {must}", f"give {name} as described{means}")


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


_PAIR: Mapping[str, Callable[[tuple[object, ...], tuple[object, ...]], bool]] = {
    "lessThan": _all_less,
    "lessThanOrEquals": _none_greater,
    "disjoint": _disjoint,
    "equals": _equal,
}

GROUP: Mapping[str, Callable[[Iterable[bool]], bool]] = {
    "or": any,
    "and": all,
    "node": all,
    "not": lambda results: not any(results),
    "xone": lambda results: sum(results) == 1,
}
