"""Expressions of the mapping language, compiled once to closures over a row's cells."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.mapping.conditions import Condition, Row, Test, Value
from ingest.mapping.source_spec import Expression
from ingest.mapping.transforms.context import Setting, Table, Transform
from ingest.mapping.transforms.conversions import days_between
from ingest.mapping.transforms.registry import compile_transform
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError, MappingError
from ontology.ids import name_id, scheme_id

DOCUMENT = "@sha256"  # the name, among the cells of every row, of the SHA-256 of its file
_PLACE = re.compile(r"\$\{([^}]*)\}")
_IDS = 65536  # ids that are remembered
_RESULTS, _SHORT = 8192, 64  # results of transforms that are remembered, and up to which length of text


@dataclass(frozen=True, slots=True)
class Environment:
    """What a source's expressions share.

    Attributes:
        source: Name of the source, in whose scheme exact names identify.
        prefixes: Kind to the prefix of its ids.
        tables: Lookup tables by name.
        countries: Spellings of countries.
        filled: Names of those tables that files fill.
        touched: What lookups in these gave for the row in hand.
    """

    source: str
    prefixes: Mapping[str, str]
    tables: Mapping[str, Table] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    touched: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands.

    Attributes:
        path: Its YAML path.
        names: What `let`, `for_each` and `each` have named.
        nulls: Texts of a column that mean null.
        columns: Collects the columns of the file that are used; None where columns may not be used (in a group).
        exact: Whether texts are taken as they stand, since they are documents; else they are trimmed.
        aggregates: Collects (kind, value) of aggregates; None where there is no group.
    """

    path: str
    names: frozenset[str] = frozenset()
    nulls: frozenset[str] = frozenset([""])
    columns: set[str] | None = None
    aggregates: list[tuple[str, Value]] | None = None
    row: "Scope | None" = None
    exact: bool = False

    def at(self, part: str | int) -> "Scope":
        """The same scope one step down the YAML path."""
        return replace(self, path=f"{self.path}.{part}")

    def knowing(self, *names: str) -> "Scope":
        """The same scope with further names."""
        return replace(self, names=self.names | set(names))

    def wrong(self, message: str, **details: object) -> MappingError:
        """The error that the mapping is wrong here."""
        return MappingError(f"{self.path}: {message}", fix="see docs/mapping.md", path=self.path, **details)


def slot(index: int) -> str:
    """The name, among a group's cells, of what its aggregate number `index` came to."""
    return f"\0{index}"


class Compiler:
    """Turns expressions into functions of a row."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        source = environment.source
        self._scheme_id = lru_cache(_IDS)(scheme_id)
        self._name_id = lru_cache(_IDS)(lambda prefix, name: name_id(prefix, source, name))
        self._conditions = Condition(self.value)
        self._forms: Mapping[str, Callable[[Mapping[str, Expression], Scope], Value]] = {
            "of": self._of,
            "ref": self._reference,
            "first": self._first,
            "case": self._case,
            "days": self._days,
            "each": self._each,
            **dict.fromkeys(_FOLDS, self._aggregate),
        }

    def value(self, said: Expression, scope: Scope) -> Value:
        """The function that gives what an expression says of a row.

        Raises:
            MappingError: It does not fit the language.
        """
        match said:
            case str():
                found = self._text(said, scope)
            case list():
                found = self._list(said, scope)
            case Mapping():
                found = self._form(said, scope)
            case None | bool() | int() | float():
                found = _constant(said)
            case _:
                raise scope.wrong(f"{said!r} is no expression")
        return found

    def test(self, said: Expression, scope: Scope) -> Test:
        """The function that tells whether a condition holds for a row; without one it does."""
        return self._conditions.test(said, scope)

    def _form(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        reserved = [key for key in said if key in self._forms]
        if not reserved:
            return self._object(said, scope)
        return self._forms[reserved[0]](said, scope)

    def _text(self, text: str, scope: Scope) -> Value:
        places = _PLACE.findall(text)
        if not places:
            return _constant(text)
        parts = [self._name(name, scope) for name in places]
        if _PLACE.fullmatch(text):
            return parts[0]
        template = _PLACE.sub("\0", text).split("\0")

        def fill(row: Row) -> Cell:
            values = [part(row) for part in parts]
            if None in values:
                return None
            return template[0] + "".join(f"{value}{rest}" for value, rest in zip(values, template[1:], strict=True))

        return fill

    def _name(self, name: str, scope: Scope) -> Value:
        if name in scope.names:
            return lambda row: row[name]
        outer, _, inner = name.partition(".")
        if inner and outer in scope.names:
            return lambda row: _member(row[outer], inner)
        if scope.columns is None:
            known = ", ".join(sorted(scope.names)) or "none"
            raise scope.wrong(f"{name!r} is not grouped by; grouped names are {known}", column=name)
        scope.columns.add(name)
        return self._document if name == DOCUMENT else _column(name, scope.nulls, exact=scope.exact)

    def _document(self, row: Row) -> Cell:
        """The document's hash; it is part of what the row was made from, as what a lookup gives is."""
        found = row.get(DOCUMENT)
        self._environment.touched.append(found)
        return found

    def _list(self, said: list[Expression], scope: Scope) -> Value:
        items = [self.value(item, scope.at(index)) for index, item in enumerate(said)]
        return lambda row: [found for item in items if (found := item(row)) is not None] or None

    def _object(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        fields = {str(key): self.value(item, scope.at(key)) for key, item in said.items()}
        chief = next((key for key in ("value", "id") if key in fields), None)

        def build(row: Row) -> Cell:
            found = {key: value for key, item in fields.items() if (value := item(row)) is not None}
            return found if chief is None or chief in found else None

        return build

    def _of(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(said, {"of", "do"}, scope)
        inner = self.value(said["of"], scope.at("of"))
        steps = said.get("do", [])
        if not isinstance(steps, list):
            raise scope.at("do").wrong("do wants a list of transforms")
        names = _PLACE.findall(said["of"]) if isinstance(said["of"], str) else []
        label = ", ".join(f"column {name!r}" for name in names) or scope.path
        chain = [self._step(step, label, scope.at(f"do.{index}")) for index, step in enumerate(steps)]
        convert = _chained(chain) if self._reads_files(steps) else _remembered(_chained(chain))
        return lambda row: convert(inner(row))

    def _reads_files(self, steps: list[Expression]) -> bool:
        """Whether a step looks into a table that a file fills, so that each look has to be noted."""
        filled = self._environment.filled
        return any(isinstance(step, Mapping) and filled & set(map(str, step.values())) for step in steps)

    def _step(self, step: Expression, label: str, scope: Scope) -> Callable[[Cell], Cell]:
        if isinstance(step, Mapping) and len(step) == 1:
            name, argument = next(iter(step.items()))
        elif isinstance(step, str):
            name, argument = step, None
        else:
            raise scope.wrong("a transform is a name, or {name: argument}")
        shared = self._environment
        touched = shared.touched if isinstance(argument, str) and argument in shared.filled else None
        setting = Setting(argument, label, scope.path, shared.tables, shared.countries, touched)
        return compile_transform(str(name), setting)

    def _reference(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        if "name" in said:
            self._only(said, {"ref", "name"}, scope)
            prefix, name = self._prefix(said["ref"], scope), self.value(said["name"], scope.at("name"))
            identify = self._name_id
            return lambda row: None if (found := name(row)) is None else identify(prefix(row), str(found))
        self._only(said, {"ref", "scheme", "value"}, scope)
        if not {"scheme", "value"} <= said.keys():
            raise scope.wrong("a ref wants `name`, or `scheme` and `value`")
        return self._schemed(said, scope)

    def _schemed(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        prefix, scheme = self._prefix(said["ref"], scope), self.value(said["scheme"], scope.at("scheme"))
        value, identify = self.value(said["value"], scope.at("value")), self._scheme_id

        def build(row: Row) -> Cell:
            found = value(row)
            return None if found is None else identify(prefix(row), str(scheme(row)), str(found))

        return build

    def _prefix(self, said: Expression, scope: Scope) -> Callable[[Row], str]:
        prefixes = self._environment.prefixes
        if isinstance(said, str) and not _PLACE.search(said):
            if said not in prefixes:
                raise scope.wrong(f"no kind is called {said!r}")
            constant = prefixes[said]
            return lambda _: constant
        kind = self.value(said, scope.at("ref"))

        def find(row: Row) -> str:
            found = kind(row)
            if found not in prefixes:
                message = f"{scope.path}: no kind is called {found!r}"
                raise InvalidRecordError(message, fix="mend the mapping's `ref`", rule="ref", path=scope.path)
            return prefixes[found]

        return find

    def _first(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(said, {"first"}, scope)
        if not isinstance(said["first"], list):
            raise scope.wrong("first wants a list")
        items = [self.value(item, scope.at(f"first.{index}")) for index, item in enumerate(said["first"])]
        return lambda row: next((found for item in items if (found := item(row)) is not None), None)

    def _case(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(said, {"case", "else"}, scope)
        if not isinstance(said["case"], list):
            raise scope.wrong("case wants a list of {when, then}")
        arms = [self._arm(arm, scope.at(f"case.{index}")) for index, arm in enumerate(said["case"])]
        other = self.value(said.get("else"), scope.at("else"))

        def choose(row: Row) -> Cell:
            chosen = next((then for when, then in arms if when(row)), other)
            return chosen(row)

        return choose

    def _arm(self, arm: Expression, scope: Scope) -> tuple[Test, Value]:
        if not isinstance(arm, Mapping) or arm.keys() != {"when", "then"}:
            raise scope.wrong("a case is {when: …, then: …}")
        return self.test(arm["when"], scope.at("when")), self.value(arm["then"], scope.at("then"))

    def _days(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(said, {"days"}, scope)
        if not (isinstance(said["days"], list) and len(said["days"]) == 2):
            raise scope.wrong("days wants two dates")
        first, second = (self.value(item, scope.at(f"days.{index}")) for index, item in enumerate(said["days"]))

        def count(row: Row) -> Cell:
            begin, end = first(row), second(row)
            return None if begin is None or end is None else days_between(begin, end)

        return count

    def _each(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(said, {"each", "as", "make"}, scope)
        name = said.get("as", "item")
        items = self.value(said["each"], scope.at("each"))
        make = self.value(said.get("make"), scope.at("make").knowing(name))

        def build(row: Row) -> Cell:
            found = [make({**row, name: item}) for item in as_list(items(row))]
            return [value for value in found if value is not None] or None

        return build

    def _aggregate(self, said: Mapping[str, Expression], scope: Scope) -> Value:
        kind = next(iter(said))
        self._only(said, {kind}, scope)
        if scope.aggregates is None or scope.row is None:
            raise scope.wrong(f"{kind} stands only in a block with `group_by`")
        inner = self.value(said[kind], replace(scope.row, path=f"{scope.path}.{kind}"))
        scope.aggregates.append((kind, inner))
        name = slot(len(scope.aggregates) - 1)
        return lambda row: row[name]

    def _only(self, said: Mapping[str, Expression], known: set[str], scope: Scope) -> None:
        if unknown := said.keys() - known:
            raise scope.wrong(f"{min(unknown)!r} may not stand here; there may be {', '.join(sorted(known))}")


def as_list(value: Cell) -> list[Cell]:
    """A list as it is, null as an empty one, anything else as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def fold(kind: str, values: list[Cell]) -> Cell:
    """What an aggregate comes to over a group's values, nulls left out; a sum is exact, whatever the order.

    Raises:
        InvalidRecordError: The values cannot be added or compared.
    """
    try:
        return _FOLDS[kind](values)
    except TypeError as error:
        message = f"{kind} cannot be taken of {values[0]!r}"
        raise InvalidRecordError(message, fix="put `number` before it in the mapping", rule=kind) from error


def _sum(values: list[Cell]) -> Cell:
    if not values:
        return None
    return sum(values) if all(isinstance(value, int) for value in values) else math.fsum(values)


_FOLDS: Mapping[str, Callable[[list[Cell]], Cell]] = {
    "sum": _sum,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "count": len,
    "distinct": lambda values: list(dict.fromkeys(values)) or None,
    "earliest": lambda values: values[0] if values else None,
}


def _chained(steps: list[Transform]) -> Transform:
    if len(steps) == 1:
        return steps[0]

    def run(value: Cell) -> Cell:
        for step in steps:
            value = step(value)
        return value

    return run


def _remembered(convert: Transform) -> Transform:
    """`convert`, which works out the same short text but once; columns repeat themselves."""
    remembered = lru_cache(_RESULTS)(convert)

    def run(value: Cell) -> Cell:
        return remembered(value) if type(value) is str and len(value) <= _SHORT else convert(value)

    return run


def _constant(value: Cell) -> Value:
    return lambda _: value


def _column(name: str, nulls: frozenset[str], *, exact: bool) -> Value:
    def get(row: Row) -> Cell:
        value = row.get(name)
        if type(value) is str:
            value = value if exact else value.strip()
            return None if value in nulls else value
        return value

    return get


def _member(value: Cell, name: str) -> Cell:
    return value.get(name) if isinstance(value, Mapping) else None
