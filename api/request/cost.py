"""What a document costs, measured in one pass that visits every selection set once.

A fragment is measured once for each type that it is spread on and remembered, so the measuring itself cannot be made
to explode by fragments that spread each other. Sizes are those of the answer at worst: every list as long as it may be,
every field of it there.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from api.request.limits import PAGE_LARGEST, Extent, Limits, too_costly
from ontology.errors import QueryError

_CEILING = 10**12  # products stop growing here, so a bomb costs no big-number arithmetic
_FEW = 10
_NESTING = 4  # braces may nest this many times deeper than fields do, through fragments


@dataclass(frozen=True, slots=True)
class Price:
    """What a field costs.

    Attributes:
        returns: Name of the type of the field.
        sizes: The length of the field's list: the default of each argument that sizes it (they multiply). The key ""
            gives an assumed length, where no argument sizes it; "above" a length that a field above it sets. Empty if
            the field is not a list.
        paths: Default of the argument `paths`, which sizes a list further down; 0 if there is none.
        weight: Additional cost: work that the length of no list shows.
        aside: Whether the field counts once for a page, whatever the number of its items.
    """

    returns: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    weight: int = 0
    paths: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Prices:
    """What all fields cost.

    Attributes:
        fields: Prices by type and field.
        interfaces: Names of the types that are interfaces. A fragment on one, inside an object type, costs what the
            fields of the object type cost.
    """

    fields: Mapping[tuple[str, str], Price]
    interfaces: frozenset[str] = frozenset()

    def of(self, on: str, name: str) -> Price:
        """The price of a field; a field without a price is free."""
        return self.fields.get((on, name), _FREE)

    def narrowed(self, on: str, condition: str) -> str:
        """The type inside a fragment with this type condition ("" for none), where it stands in a selection on `on`."""
        keeps = not condition or (condition in self.interfaces and on not in self.interfaces)
        return on if keeps else condition


_FREE = Price()


def chosen_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation that the request names, or the only one.

    Raises:
        QueryError: There is no operation, none of this name, or several without a name.
    """
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    named = [node for node in operations if name is None or (node.name is not None and node.name.value == name)]
    if len(named) != 1:
        message = "the document has no such operation" if not named else "the document has several operations"
        raise QueryError(message, fix="name one of the document's operations as operationName")
    return named[0]


def measure(
    document: DocumentNode, variables: Mapping[str, object], *, name: str | None, prices: Prices, limits: Limits
) -> Extent:
    """The extent of the operation `name` of `document`.

    Raises:
        QueryError: There is no such operation.
        QueryTooCostlyError: It nests deeper than `limits` allows; `check` compares the rest.
    """
    operation = chosen_operation(document, name)
    survey = _Survey(document, _defaults(operation) | dict(variables), prices, limits.depth)
    root = operation.operation.value.capitalize()
    reach = survey.reach(operation.selection_set, _Spot(root, 0, 0))
    return Extent(
        depth=reach.depth,
        aliases=reach.aliases,
        cost=min(_CEILING, reach.cost + reach.aside),
        roots=reach.fields,
        repeats=survey.repeats,
        visited=survey.visited,
        mutation=operation.operation is OperationType.MUTATION,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """The extent of a selection set. `cost` counts for each item of its list, `aside` once."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0
    fields: int = 0
    aside: int = 0

    def beside(self, other: "_Reach") -> "_Reach":
        return _Reach(
            max(self.depth, other.depth),
            min(_CEILING, self.aliases + other.aliases),
            min(_CEILING, self.cost + other.cost),
            min(_CEILING, self.fields + other.fields),
            min(_CEILING, self.aside + other.aside),
        )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a document: a selection set on `type`, with the number of fields and of braces above it.

    Attributes:
        above: Number of paths that a field above requests, rounded up to 10 or 100, so that a fragment has two sizes at
            most.
    """

    type: str
    depth: int
    nesting: int
    above: int = _FEW

    def within(self, name: str, *, fields: int = 0, above: int = 0) -> "_Spot":
        return _Spot(name or self.type, self.depth + fields, self.nesting + 1, above or self.above)


class _Survey:
    """One walk over a document."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, object], prices: Prices, depth: int) -> None:
        self.visited = 0
        self.repeats = 0
        self._variables = variables
        self._prices = prices
        self._depth = depth
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._measured: dict[tuple[str, str, int], _Reach] = {}

    def reach(self, selections: SelectionSetNode, spot: _Spot) -> _Reach:
        if spot.depth >= self._depth or spot.nesting > self._depth * _NESTING:
            raise too_costly("depth", spot.depth + 1, self._depth)
        total = _Reach()
        names: dict[str, int] = {}
        for selection in selections.selections:
            self._count(selection, names)
            total = total.beside(self._one(selection, spot))
        return total

    def _count(self, selection: SelectionNode, names: dict[str, int]) -> None:
        self.visited += 1
        if isinstance(selection, FieldNode):
            name = (selection.alias or selection.name).value
            names[name] = names.get(name, 0) + 1
            self.repeats = max(self.repeats, names[name])

    def _one(self, selection: SelectionNode, spot: _Spot) -> _Reach:
        if isinstance(selection, FieldNode):
            return self._field(selection, spot)
        if isinstance(selection, FragmentSpreadNode):
            return self._spread(selection.name.value, spot)
        inline: InlineFragmentNode = selection  # type: ignore[assignment]  # the only sort left
        condition = inline.type_condition.name.value if inline.type_condition else ""
        return self.reach(inline.selection_set, spot.within(self._prices.narrowed(spot.type, condition)))

    def _field(self, node: FieldNode, spot: _Spot) -> _Reach:
        price = self._prices.of(spot.type, node.name.value)
        aliases = int(node.alias is not None)
        if node.selection_set is None:
            return _Reach(1, aliases, *_counted(price, price.weight))
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        inner = self.reach(node.selection_set, spot.within(price.returns, fields=1, above=self._paths(given, price)))
        cost = min(_CEILING, price.weight + self._length(given, price, spot) * (1 + inner.cost) + inner.aside)
        return _Reach(inner.depth + 1, min(_CEILING, aliases + inner.aliases), *_counted(price, cost))

    def _spread(self, name: str, spot: _Spot) -> _Reach:
        fragment = self._fragments.get(name)
        if fragment is None:
            return _Reach()  # validation refuses it
        on = self._prices.narrowed(spot.type, fragment.type_condition.name.value)
        key = (name, on, spot.above)
        if key not in self._measured:
            self._measured[key] = _Reach()  # a cycle ends here; validation refuses it
            self._measured[key] = self.reach(fragment.selection_set, spot.within(on))
        reach = self._measured[key]
        if spot.depth + reach.depth > self._depth:
            raise too_costly("depth", spot.depth + reach.depth, self._depth)
        return reach

    def _paths(self, given: Mapping[str, ValueNode], price: Price) -> int:
        if not price.paths:
            return 0
        paths = self._size(given["paths"], PAGE_LARGEST) if "paths" in given else price.paths
        return _FEW if paths <= _FEW else PAGE_LARGEST

    def _length(self, given: Mapping[str, ValueNode], price: Price, spot: _Spot) -> int:
        usual = {name: spot.above if name == "above" else size for name, size in price.sizes.items()}
        sizes = (self._size(given[name], size) if name in given else size for name, size in usual.items())
        return min(_CEILING, math.prod(sizes))

    def _size(self, value: ValueNode, usual: int) -> int:
        given: object = None
        if isinstance(value, IntValueNode):
            given = int(value.value[:12])
        elif isinstance(value, ListValueNode):
            given = value.values
        elif isinstance(value, VariableNode):
            given = self._variables.get(value.name.value)
        return _length(given, usual)


def _counted(price: Price, cost: int) -> tuple[int, int, int]:
    """The cost of one field for each item, the number 1 of the field itself, and its cost once for the page."""
    return (0, 1, cost) if price.aside else (cost, 1, 0)


def _length(given: object, usual: int) -> int:
    if isinstance(given, int):
        return max(1, min(given, _CEILING))
    return max(1, len(given)) if isinstance(given, list | tuple) else usual


def _defaults(operation: OperationDefinitionNode) -> dict[str, object]:
    given = ((node.variable.name.value, node.default_value) for node in operation.variable_definitions or ())
    return {name: int(value.value[:12]) for name, value in given if isinstance(value, IntValueNode)}
