"""Supply networks prepared for cascades (M3): which losses pass to whom, by which share of which input."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from reasoning.core.cascade.kernel import Direction, Graph, Indices, Markets
from reasoning.core.execution.executor import named, restored
from reasoning.core.graph.network import Floats, Integers

Classes = npt.NDArray[np.int8]
NEGLIGIBLE, NON_ESSENTIAL, ESSENTIAL = range(3)
_MOST = int(np.iinfo(np.int32).max)


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """A supply network of firms 0 … size−1: `supplier[e]` sold `customer[e]` goods worth `value[e]` in a year.

    Attributes:
        supplier: The supplier of each edge. A pair may occur more than once, and a firm may supply itself.
        customer: The customer of each edge.
        value: The value of each edge a year, at least 0, all in one currency.
        sector: By firm, what it makes.
        inputs: `inputs[k, l]` classifies what sector k makes as an input of sector l: 0 negligible, 1 non-essential,
        2 essential.
        market: By firm. Firms of one market can replace each other; by default those of one sector. For no substitution
        give each firm a market of its own.

    Raises:
        ValueError: A firm, sector, market, class or value is out of its range, or lengths differ.
    """

    supplier: Integers
    customer: Integers
    value: Floats
    sector: Integers
    inputs: Classes
    market: Integers | None = None

    def __post_init__(self) -> None:
        _check(self)

    @property
    def markets(self) -> Integers:
        """The market of each firm."""
        return self.sector if self.market is None else self.market

    @property
    def size(self) -> int:
        """The number of firms."""
        return self.sector.size


@dataclass(frozen=True, slots=True, eq=False)
class Production:
    """A supply network with its coefficients, built once and shared by all scenarios and threads.

    Attributes:
        supply: The network.
        graph: Its coefficients.
        group_customer: By input group, the customer.
        group_input: By input group, the sector of the input; −1 for all non-essential inputs of a customer.
    """

    supply: Supply
    graph: Graph
    group_customer: Integers
    group_input: Integers

    @property
    def output(self) -> Floats:
        """By firm, the value that it sells in a year."""
        return self.graph.markets.output


def input_classes(name: Literal["legacy", "linear"], sectors: int) -> Classes:
    """Classes of inputs where no matrix is known.

    Args:
        name: "linear": all inputs are non-essential. "legacy": the outputs of every second sector are essential, from
        number 1 on.
        sectors: The number of sectors.

    Returns:
        sectors × sectors classes.
    """
    row = np.full(sectors, NON_ESSENTIAL, dtype=np.int8)
    if name == "legacy":
        row[1::2] = ESSENTIAL
    return np.repeat(row[:, None], sectors, axis=1)


def prepare(found: Supply) -> Production:
    """Compute the coefficients of a supply network, in O(links · log links).

    Args:
        found: The network.

    Raises:
        ValueError: There are more firms or input groups than 32-bit integers can number.
    """
    used = found.value > 0
    supplier, customer, value = found.supplier[used], found.customer[used], found.value[used]
    output = _sums(supplier, value, found.size)
    kind = found.inputs[found.sector[supplier], found.sector[customer]]
    group = np.where(kind == ESSENTIAL, found.sector[supplier] + 1, 0) + customer * (len(found.inputs) + 1)
    kept = np.flatnonzero(kind != NEGLIGIBLE)
    kept = kept[np.argsort(group[kept], kind="stable")]
    key, place = np.unique(group[kept], return_inverse=True)
    total = np.where(
        key % (len(found.inputs) + 1) > 0,
        _sums(place, value[kept], key.size),
        _sums(customer, value, found.size)[key // (len(found.inputs) + 1)],
    )
    owner = key // (len(found.inputs) + 1)
    down = _direction(supplier[kept], place, owner, value[kept] / total[place], found.size)
    order = np.argsort(supplier, kind="stable")
    part = (value / output[supplier])[order]
    up = _direction(customer[order], supplier[order], np.arange(found.size), part, found.size)
    graph = Graph(down, up, _markets(np.unique(found.markets, return_inverse=True)[1], output))
    graph = restored(Graph, named(graph))  # read-only, as it is where it is mapped or shared: one compiled signature
    return Production(found, graph, owner, key % (len(found.inputs) + 1) - 1)


def _direction(source: Integers, group: Integers, owner: Integers, part: Floats, size: int) -> Direction:
    """The coefficients of a direction. The edges come in the order of their groups."""
    order = np.argsort(source, kind="stable")
    return Direction(
        start=_starts(source[order], size),
        group=_narrow(group[order]),
        firm=_narrow(owner[group[order]]),
        part=part[order],
        first=_starts(owner, size),
        back_start=_starts(group, owner.size),
        back=_narrow(source),
        back_part=part,
    )


def _markets(market: Integers, output: Floats) -> Markets:
    count = int(market.max(initial=-1)) + 1
    member = np.argsort(market, kind="stable")
    total = _sums(market, output, count)
    return Markets(_narrow(market), output, total, _starts(market[member], count), _narrow(member))


def _starts(ordered: Integers, count: int) -> Integers:
    return np.searchsorted(ordered, np.arange(count + 1)).astype(np.int64)


def _narrow(numbers: Integers) -> Indices:
    if numbers.max(initial=0) > _MOST:
        raise ValueError(f"a network has at most {_MOST:,} firms and as many groups of inputs")
    return numbers.astype(np.int32)


def _sums(place: Integers, value: Floats, count: int) -> Floats:
    return np.bincount(place, value, minlength=count).astype(np.float64)


def _check(found: Supply) -> None:
    sectors = found.inputs.shape[0]
    if found.inputs.shape != (sectors, sectors) or not np.isin(found.inputs, (0, 1, 2)).all():
        raise ValueError("the classes of inputs must be a square matrix of 0, 1 and 2")
    if not found.supplier.shape == found.customer.shape == found.value.shape or found.markets.size != found.size:
        raise ValueError("there must be a supplier, a customer and a value for each link, and a market for each firm")
    ranges = (
        (found.supplier, found.size),
        (found.customer, found.size),
        (found.sector, sectors),
        (found.markets, np.inf),
    )
    if not all(bool(np.all((numbers >= 0) & (numbers < count))) for numbers, count in ranges):
        raise ValueError("firms, sectors and markets must be numbered from 0 and within their range")
    if not np.all((found.value >= 0) & np.isfinite(found.value)):
        raise ValueError("the value of a link must be finite and at least 0")
