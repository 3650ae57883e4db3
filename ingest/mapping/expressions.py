"""Expressions of the mapping language, compiled once to closures over a row's cells."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from ingest.mapping.aggregates import AGGREGATES, slot
from ingest.mapping.conditions import ConditionCompiler
from ingest.mapping.scope import FILE_HASH, Environment, Row, Scope, Test, Value
from ingest.mapping.source_spec import Expression
from ingest.mapping.transforms.context import Transform, TransformContext
from ingest.mapping.transforms.conversions import days_between
from ingest.mapping.transforms.registry import compile_transform
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError
from ontology.ids import name_id, scheme_id

_PLACE = re.compile(r"\$\{([^}]*)\}")
_IDS = 65536  # ids that are cached
_RESULTS, _SHORT = 8192, 64  # results of transforms that are cached, and the greatest length of their texts


class ExpressionCompiler:
    """Turns expressions into functions of a row."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        source = environment.source
        self._scheme_id = lru_cache(_IDS)(scheme_id)
        self._name_id = lru_cache(_IDS)(lambda prefix, name: name_id(prefix, source, name))
        self._conditions = ConditionCompiler(self.value)
        self._forms: Mapping[str, Callable[[Mapping[str, Expression], Scope], Value]] = {
            "of": self._of,
            "ref": self._reference,
            "first": self._first,
            "case": self._case,
            "days": self._days,
            "each": self._each,
            **dict.fromkeys(AGGREGATES, self._aggregate),
        }

    def value(self, node: Expression, scope: Scope) -> Value:
        """The function that gives the value of an expression for a row.

        Raises:
            MappingError: It does not fit the language.
        """
        match node:
            case str():
                found = self._text(node, scope)
            case list():
                found = self._list(node, scope)
            case Mapping():
                found = self._form(node, scope)
            case None | bool() | int() | float():
                found = _constant(node)
            case _:
                raise scope.error(f"{node!r} is no expression")
        return found

    def test(self, node: Expression, scope: Scope) -> Test:
        """The function that decides whether a condition holds for a row; no condition always holds."""
        return self._conditions.test(node, scope)

    def _form(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        reserved = [key for key in node if key in self._forms]
        if not reserved:
            return self._object(node, scope)
        return self._forms[reserved[0]](node, scope)

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
            raise scope.error(f"{name!r} is not grouped by; grouped names are {known}", column=name)
        scope.columns.add(name)
        return self._file_hash if name == FILE_HASH else _column(name, scope.nulls, exact=scope.exact)

    def _file_hash(self, row: Row) -> Cell:
        """The file's hash; like the result of a lookup it is part of what the row was made from."""
        found = row.get(FILE_HASH)
        self._environment.touched.append(found)
        return found

    def _list(self, node: list[Expression], scope: Scope) -> Value:
        items = [self.value(item, scope.at(index)) for index, item in enumerate(node)]
        return lambda row: [found for item in items if (found := item(row)) is not None] or None

    def _object(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        fields = {str(key): self.value(item, scope.at(key)) for key, item in node.items()}
        chief = next((key for key in ("value", "id") if key in fields), None)

        def build(row: Row) -> Cell:
            found = {key: value for key, item in fields.items() if (value := item(row)) is not None}
            return found if chief is None or chief in found else None

        return build

    def _of(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(node, {"of", "do"}, scope)
        inner = self.value(node["of"], scope.at("of"))
        steps = node.get("do", [])
        if not isinstance(steps, list):
            raise scope.at("do").error("do wants a list of transforms")
        names = _PLACE.findall(node["of"]) if isinstance(node["of"], str) else []
        label = ", ".join(f"column {name!r}" for name in names) or scope.path
        chain = [self._step(step, label, scope.at(f"do.{index}")) for index, step in enumerate(steps)]
        convert = _chained(chain) if self._reads_files(steps) else _cached(_chained(chain))
        return lambda row: convert(inner(row))

    def _reads_files(self, steps: list[Expression]) -> bool:
        """Whether a step looks into a table that a file fills: then every result is recorded, none cached."""
        filled = self._environment.filled
        return any(isinstance(step, Mapping) and filled & set(map(str, step.values())) for step in steps)

    def _step(self, step: Expression, label: str, scope: Scope) -> Callable[[Cell], Cell]:
        if isinstance(step, Mapping) and len(step) == 1:
            name, argument = next(iter(step.items()))
        elif isinstance(step, str):
            name, argument = step, None
        else:
            raise scope.error("a transform is a name, or {name: argument}")
        shared = self._environment
        touched = shared.touched if isinstance(argument, str) and argument in shared.filled else None
        context = TransformContext(argument, label, scope.path, shared.tables, shared.countries, touched)
        return compile_transform(str(name), context)

    def _reference(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        if "name" in node:
            self._only(node, {"ref", "name"}, scope)
            prefix, name = self._prefix(node["ref"], scope), self.value(node["name"], scope.at("name"))
            identify = self._name_id
            return lambda row: None if (found := name(row)) is None else identify(prefix(row), str(found))
        self._only(node, {"ref", "scheme", "value"}, scope)
        if not {"scheme", "value"} <= node.keys():
            raise scope.error("a ref wants `name`, or `scheme` and `value`")
        return self._schemed(node, scope)

    def _schemed(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        prefix, scheme = self._prefix(node["ref"], scope), self.value(node["scheme"], scope.at("scheme"))
        value, identify = self.value(node["value"], scope.at("value")), self._scheme_id

        def build(row: Row) -> Cell:
            found = value(row)
            return None if found is None else identify(prefix(row), str(scheme(row)), str(found))

        return build

    def _prefix(self, node: Expression, scope: Scope) -> Callable[[Row], str]:
        prefixes = self._environment.prefixes
        if isinstance(node, str) and not _PLACE.search(node):
            if node not in prefixes:
                raise scope.error(f"no kind is called {node!r}")
            constant = prefixes[node]
            return lambda _: constant
        kind = self.value(node, scope.at("ref"))

        def find(row: Row) -> str:
            found = kind(row)
            if found not in prefixes:
                message = f"{scope.path}: no kind is called {found!r}"
                raise InvalidRecordError(message, fix="mend the mapping's `ref`", rule="ref", path=scope.path)
            return prefixes[found]

        return find

    def _first(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(node, {"first"}, scope)
        if not isinstance(node["first"], list):
            raise scope.error("first wants a list")
        items = [self.value(item, scope.at(f"first.{index}")) for index, item in enumerate(node["first"])]
        return lambda row: next((found for item in items if (found := item(row)) is not None), None)

    def _case(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(node, {"case", "else"}, scope)
        if not isinstance(node["case"], list):
            raise scope.error("case wants a list of {when, then}")
        arms = [self._arm(arm, scope.at(f"case.{index}")) for index, arm in enumerate(node["case"])]
        other = self.value(node.get("else"), scope.at("else"))

        def choose(row: Row) -> Cell:
            chosen = next((then for when, then in arms if when(row)), other)
            return chosen(row)

        return choose

    def _arm(self, arm: Expression, scope: Scope) -> tuple[Test, Value]:
        if not isinstance(arm, Mapping) or arm.keys() != {"when", "then"}:
            raise scope.error("a case is {when: …, then: …}")
        return self.test(arm["when"], scope.at("when")), self.value(arm["then"], scope.at("then"))

    def _days(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(node, {"days"}, scope)
        if not (isinstance(node["days"], list) and len(node["days"]) == 2):
            raise scope.error("days wants two dates")
        first, second = (self.value(item, scope.at(f"days.{index}")) for index, item in enumerate(node["days"]))

        def count(row: Row) -> Cell:
            begin, end = first(row), second(row)
            return None if begin is None or end is None else days_between(begin, end)

        return count

    def _each(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        self._only(node, {"each", "as", "make"}, scope)
        name = node.get("as", "item")
        items = self.value(node["each"], scope.at("each"))
        make = self.value(node.get("make"), scope.at("make").knowing(name))

        def build(row: Row) -> Cell:
            found = [make({**row, name: item}) for item in as_list(items(row))]
            return [value for value in found if value is not None] or None

        return build

    def _aggregate(self, node: Mapping[str, Expression], scope: Scope) -> Value:
        kind = next(iter(node))
        self._only(node, {kind}, scope)
        if scope.aggregates is None or scope.row is None:
            raise scope.error(f"{kind} stands only in a block with `group_by`")
        inner = self.value(node[kind], replace(scope.row, path=f"{scope.path}.{kind}"))
        scope.aggregates.append((kind, inner))
        name = slot(len(scope.aggregates) - 1)
        return lambda row: row[name]

    def _only(self, node: Mapping[str, Expression], known: set[str], scope: Scope) -> None:
        if unknown := node.keys() - known:
            raise scope.error(f"{min(unknown)!r} may not stand here; there may be {', '.join(sorted(known))}")


def as_list(value: Cell) -> list[Cell]:
    """A list as it is, null as an empty one, anything else as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _chained(steps: list[Transform]) -> Transform:
    if len(steps) == 1:
        return steps[0]

    def run(value: Cell) -> Cell:
        for step in steps:
            value = step(value)
        return value

    return run


def _cached(convert: Transform) -> Transform:
    """`convert` with a cache of its results for short texts, since columns repeat themselves."""
    cached = lru_cache(_RESULTS)(convert)

    def run(value: Cell) -> Cell:
        return cached(value) if type(value) is str and len(value) <= _SHORT else convert(value)

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
