"""Conditions of the mapping language, compiled to functions that decide whether a row meets them."""

import re
from collections.abc import Callable, Mapping

from ingest.mapping.scope import Row, Scope, Test, Value
from ingest.mapping.source_spec import Expression
from ontology.errors import InvalidRecordError


class ConditionCompiler:
    """Compiles conditions, with the compiler of the expressions in them."""

    def __init__(self, value: Callable[[Expression, Scope], Value]) -> None:
        self._value = value
        self._forms: Mapping[str, Callable[[Expression, Scope], Test]] = {
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

    def test(self, node: Expression, scope: Scope) -> Test:
        """The function of a condition; of None, one that always holds.

        Raises:
            MappingError: It does not fit the language.
        """
        if node is None:
            return _always
        if not isinstance(node, Mapping) or len(node) != 1 or next(iter(node)) not in self._forms:
            raise scope.error(f"a condition is one of {', '.join(self._forms)}")
        name, argument = next(iter(node.items()))
        return self._forms[name](argument, scope.at(name))

    def _present(self, node: Expression, scope: Scope) -> Test:
        value = self._value(node, scope)
        return lambda row: value(row) is not None

    def _absent(self, node: Expression, scope: Scope) -> Test:
        value = self._value(node, scope)
        return lambda row: value(row) is None

    def _pair(self, node: Expression, scope: Scope) -> tuple[Expression, Expression]:
        if not (isinstance(node, list) and len(node) == 2):
            raise scope.error("two things are to be compared: [E, E]")
        return node[0], node[1]

    def _equals(self, node: Expression, scope: Scope) -> Test:
        left, right = (self._value(side, scope) for side in self._pair(node, scope))
        return lambda row: left(row) == right(row)

    def _in(self, node: Expression, scope: Scope) -> Test:
        expression, listed = self._pair(node, scope)
        if not isinstance(listed, list) or any(isinstance(item, list | Mapping) for item in listed):
            raise scope.error("in wants [E, [constants]]")
        value, members = self._value(expression, scope), frozenset(listed)
        return lambda row: not isinstance(found := value(row), list | dict) and found in members

    def _matches(self, node: Expression, scope: Scope) -> Test:
        expression, text = self._pair(node, scope)
        try:
            pattern = re.compile(str(text))
        except re.error as error:
            raise scope.error(f"{text!r} is no regular expression: {error}") from error
        value = self._value(expression, scope)
        return lambda row: (found := value(row)) is not None and pattern.search(str(found)) is not None

    def _greater(self, node: Expression, scope: Scope) -> Test:
        left, right = (self._value(side, scope) for side in self._pair(node, scope))
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

    def _not(self, node: Expression, scope: Scope) -> Test:
        inner = self.test(node, scope)
        return lambda row: not inner(row)

    def _all(self, node: Expression, scope: Scope) -> Test:
        tests = self._several(node, scope)
        return lambda row: all(test(row) for test in tests)

    def _any(self, node: Expression, scope: Scope) -> Test:
        tests = self._several(node, scope)
        return lambda row: any(test(row) for test in tests)

    def _several(self, node: Expression, scope: Scope) -> list[Test]:
        if not isinstance(node, list):
            raise scope.error("a list of conditions is wanted")
        return [self.test(item, scope.at(index)) for index, item in enumerate(node)]


def _always(_: Row) -> bool:
    return True
