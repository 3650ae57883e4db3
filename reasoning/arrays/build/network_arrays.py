"""A network by ids, and its columns: equal networks have equal columns, whether built or patched."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reasoning.arrays.build.own_risks import Profiles
from reasoning.arrays.columns.arrays import LAYOUT, Arrays, Stamp
from reasoning.arrays.columns.texts import packed
from reasoning.core.graph.network import Floats, Integers, network
from reasoning.core.graph.ordering import order

Turns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class NetworkArrays:
    """A network over the firms that have a link, by id, with edges by (customer, supplier).

    Attributes:
        firms: Ids, ascending.
        parts: Low, share and high of each edge.
        first: Where each edge's links begin in `claim`, one more.
        total: By firm. unit: By firm, a place in `units`, or -1.
    """

    firms: Sequence[str]
    customer: Integers
    supplier: Integers
    parts: tuple[Floats, Floats, Floats]
    first: Integers
    claim: npt.NDArray[np.uint8]
    total: Floats
    unit: Integers
    units: Sequence[str]


def arrays(drawn: NetworkArrays, own: Profiles, turns: Turns, stamp: Stamp) -> Arrays:
    """The arrays of a network; the stamp gets its units."""
    size = len(drawn.firms)
    firms = order(network(size, drawn.customer, drawn.supplier))
    place = np.empty(size, dtype=np.int64)
    place[firms] = np.arange(size)
    unit, units = _units(drawn)
    by_firm = {
        "total": drawn.total[firms],
        "unit": unit[firms],
        "profile": own.profile[firms],
        "profiles": own.profiles,
        "node_of": place,
        "rank_of": firms,
    }
    columns = _edges(drawn, place) | by_firm | _texts(drawn.firms, turns)
    kept = {name: np.ascontiguousarray(columns[name], dtype=kind) for name, kind in LAYOUT.items()}
    return Arrays(Stamp(stamp.store, stamp.revision, stamp.recorded_at, stamp.at, units), kept)


def _edges(drawn: NetworkArrays, place: Integers) -> dict[str, npt.NDArray[np.generic]]:
    """The columns by edge, in the order of the places of its ends."""
    customer, supplier = place[drawn.customer], place[drawn.supplier]
    edges = np.lexsort((supplier, customer))
    customer, supplier = customer[edges], supplier[edges]
    low, share, high = (part[edges] for part in drawn.parts)
    apart = np.flatnonzero((low != share) | (high != share))
    first, links = moved(drawn.first, edges)
    back = np.lexsort((customer, supplier))
    steps = np.arange(len(place) + 1)
    return {
        "customer": customer,
        "supplier": supplier,
        "share": share,
        "start": np.searchsorted(customer, steps),
        "by_supplier": back,
        "supplied": np.searchsorted(supplier[back], steps),
        "spread": apart,
        "spread_low": low[apart],
        "spread_high": high[apart],
        "first": first,
        "claim": drawn.claim[links],
    }


def moved(first: Integers, edges: Integers) -> tuple[Integers, Integers]:
    """Where the links of these edges begin when the edges lie in this order, and which links they are."""
    count = (first[1:] - first[:-1])[edges]
    begin = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(count)))
    return begin, np.arange(begin[-1]) + np.repeat(first[:-1][edges] - begin[:-1], count)


def _units(drawn: NetworkArrays) -> tuple[Integers, tuple[str, ...]]:
    """The units that are used, by name."""
    names = sorted({drawn.units[unit] for unit in np.unique(drawn.unit[drawn.unit >= 0]).tolist()})
    number = {name: place for place, name in enumerate(names)}
    renamed = np.array([*(number.get(name, -1) for name in drawn.units), -1], dtype=np.int64)
    return renamed[drawn.unit], tuple(names)


def _texts(firms: Sequence[str], turns: Turns) -> dict[str, npt.NDArray[np.generic]]:
    turners = sorted({entity for _, entity in turns})
    number = {entity: place for place, entity in enumerate(turners)}
    found: dict[str, npt.NDArray[np.generic]] = {
        "turn": np.array([turn for turn, _ in turns], dtype=LAYOUT["turn"]),
        "turning": np.array([number[entity] for _, entity in turns], dtype=np.int64),
    }
    found["ids"], found["id_start"] = packed(firms)
    found["turners"], found["turner_start"] = packed(turners)
    return found
