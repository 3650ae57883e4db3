"""Conditions of the mapping language, compiled to functions that tell whether a row meets them."""

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from ingest.mapping.source_spec import Expression
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError, MappingError

Row = dict[str, Cell]
Test = Callable[[Row], bool]
Value = Callable[[Row], Cell]


class Place(Protocol):
    """Where a condition stands in the YAML: a scope of `ingest.mapping.expressions`."""

    @property
    def path(self) -> str:
        """Its YAML path."""
        ...

    def at(self, part: str | int) -> "Place":
        """One step down."""
        ...

    def wrong(self, message: str) -> MappingError:
        """The error that the mapping is wrong here."""
        ...


class Condition:
    """Compiles conditions, with the compiler of the expressions in them."""

    def __init__(self, value: Callable[[Expression, Expression], Value]) -> None:
        self._value = value
        self._forms: Mapping[str, Callable[[Expression, Place], Test]] = {
            "present": self._present,
            "absent": self._absent,
            "equals": self._equals,
            "in": self._in,
            "matches": self._matches,
            "greater": self._greater,
            "not": self._not,
            "all": self._all,
            "any": self._any,
        }

    def test(self, said: Expression, scope: Place) -> Test:
        """The function of a condition; of None, one that always holds.

        Raises:
            MappingError: It does not fit the language.
        """
        if said is None:
            return _always
        if not isinstance(said, Mapping) or len(said) != 1 or next(iter(said)) not in self._forms:
            raise scope.wrong(f"a condition is one of {', '.join(self._forms)}")
        name, argument = next(iter(said.items()))
        return self._forms[name](argument, scope.at(name))

    def _present(self, said: Expression, scope: Place) -> Test:
        value = self._value(said, scope)
        return lambda row: value(row) is not None

    def _absent(self, said: Expression, scope: Place) -> Test:
        value = self._value(said, scope)
        return lambda row: value(row) is None

    def _pair(self, said: Expression, scope: Place) -> tuple[Expression, Expression]:
        if not (isinstance(said, list) and len(said) == 2):
            raise scope.wrong("two things are to be compared: [E, E]")
        return said[0], said[1]

    def _equals(self, said: Expression, scope: Place) -> Test:
        left, right = (self._value(side, scope) for side in self._pair(said, scope))
        return lambda row: left(row) == right(row)

    def _in(self, said: Expression, scope: Place) -> Test:
        expression, listed = self._pair(said, scope)
        if not isinstance(listed, list) or any(isinstance(item, list | Mapping) for item in listed):
            raise scope.wrong("in wants [E, [constants]]")
        value, members = self._value(expression, scope), frozenset(listed)
        return lambda row: not isinstance(found := value(row), list | dict) and found in members

    def _matches(self, said: Expression, scope: Place) -> Test:
        expression, text = self._pair(said, scope)
        try:
            pattern = re.compile(str(text))
        except re.error as error:
            raise scope.wrong(f"{text!r} is no regular expression: {error}") from error
        value = self._value(expression, scope)
        return lambda row: (found := value(row)) is not None and pattern.search(str(found)) is not None

    def _greater(self, said: Expression, scope: Place) -> Test:
        left, right = (self._value(side, scope) for side in self._pair(said, scope))
        path = scope.path

        def compare(row: Row) -> bool:
            first, second = left(row), right(row)
            if first is None or second is None:
                return False
            try:
                return bool(first > second)
            except TypeError as error:
                message = f"{path}: {first!r} and {second!r} cannot be compared"
                raise InvalidRecordError(message, fix="turn both into numbers first", rule="greater") from error

        return compare

    def _not(self, said: Expression, scope: Place) -> Test:
        inner = self.test(said, scope)
        return lambda row: not inner(row)

    def _all(self, said: Expression, scope: Place) -> Test:
        tests = self._several(said, scope)
        return lambda row: all(test(row) for test in tests)

    def _any(self, said: Expression, scope: Place) -> Test:
        tests = self._several(said, scope)
        return lambda row: any(test(row) for test in tests)

    def _several(self, said: Expression, scope: Place) -> list[Test]:
        if not isinstance(said, list):
            raise scope.wrong("a list of conditions is wanted")
        return [self.test(item, scope.at(index)) for index, item in enumerate(said)]


def _always(_: Row) -> bool:
    return True
