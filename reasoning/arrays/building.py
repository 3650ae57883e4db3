"""From store to arrays: columns out of the port, dense indices, one row a link; nothing a claim stays an object."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ontology.records import At
from reasoning.arrays.arrays import LAYOUT, Arrays, Columns, Stamp
from reasoning.arrays.claims import PART, PartReader, Rows, Tell, fixed, read
from reasoning.arrays.own_risks import Profiles, profiles
from reasoning.arrays.relations import counted, weighed
from reasoning.arrays.texts import packed
from reasoning.core.network import Floats, Integers, network
from reasoning.core.ordering import order


def silent(_what: str, _count: int) -> None:
    """Tell nobody."""


def build(reader: PartReader, at: At, *, tell: Tell = silent, part: int = PART) -> Arrays:
    """The arrays of a store at one reading instant.

    They are what `reasoning.snapshot` makes of the same facts: the same links by the same sources, weights, shares and
    own risks. What is recorded after the instant of recording, or while it is read, does not show.

    Args:
        reader: The store.
        at: The instants of reading.
        tell: Hears what is being read and how many claims it has come to.
        part: Claims read at once.

    Raises:
        StoreCorruptError: A claim's id is not of the form that claims have.
    """
    status, now = fixed(reader, at)
    rows = read(reader, now, tell=tell, size=part)
    drawn, firms, units = _drawn(rows)
    turns = rows.turns
    del rows
    found = profiles(reader, now, firms, tell=tell)
    stamp = Stamp(status.address, status.revision, status.recorded_at, at, units)
    return Arrays(stamp, _columns(_ordered(drawn, found), firms, turns))


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A network and what is known of it, by edge, link and firm as in `LAYOUT`."""

    size: int
    customer: Integers
    supplier: Integers
    parts: tuple[Floats, Floats, Floats]
    first: Integers
    claim: npt.NDArray[np.uint8]
    total: Floats
    unit: npt.NDArray[np.int32]


def _drawn(rows: Rows) -> tuple[_Drawn, Sequence[str], tuple[str, ...]]:
    """The network of the rows over the firms that have a link, by id; their ids; the names of units."""
    kept = counted(rows)
    weight, unit, units = weighed(rows, kept)
    used = np.zeros(len(rows.firms), dtype=np.bool_)
    used[rows.customer[kept]] = used[rows.supplier[kept]] = True
    number = np.cumsum(used) - 1
    size = int(used.sum())
    customer, supplier = number[rows.customer[kept]], number[rows.supplier[kept]]
    first = np.flatnonzero(np.diff(customer * size + supplier, prepend=-1))
    edge = np.repeat(np.arange(first.size), np.diff(first, append=kept.size))
    total = np.bincount(customer, weight, minlength=size).astype(np.float64)
    inferred = rows.inferred[kept]
    believed = np.where(inferred, weight * rows.confidence[kept], weight)
    whole = total[customer[first]]

    def part(counts: Floats) -> Floats:
        summed = np.bincount(edge, counts, minlength=first.size)
        shares: Floats = np.divide(summed, whole, out=np.zeros(first.size), where=whole > 0)
        return shares

    parts = part(weight * ~inferred), part(believed), part(weight)
    ends = customer[first], supplier[first]
    drawn = _Drawn(size, *ends, parts, np.append(first, kept.size), rows.claim[kept], total, unit[used])
    return drawn, [rows.firms[place] for place in np.flatnonzero(used).tolist()], tuple(units)


def _ordered(drawn: _Drawn, found: Profiles) -> Columns:
    """The columns by the order in which firms are numbered."""
    by_id = network(drawn.size, drawn.customer, drawn.supplier)
    firms = order(by_id)
    place = np.empty(drawn.size, dtype=np.int64)
    place[firms] = np.arange(drawn.size)
    customer, supplier = place[drawn.customer], place[drawn.supplier]
    edges = np.lexsort((supplier, customer))
    customer, supplier = customer[edges], supplier[edges]
    low, share, high = (part[edges] for part in drawn.parts)
    apart = np.flatnonzero((low != share) | (high != share))
    first, links = _moved(drawn.first, edges)
    back = np.lexsort((customer, supplier))
    steps = np.arange(drawn.size + 1)
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
        "total": drawn.total[firms],
        "unit": drawn.unit[firms],
        "profile": found.profile[firms],
        "profiles": found.profiles,
        "node_of": place,
        "rank_of": firms,
    }


def _moved(first: Integers, edges: Integers) -> tuple[Integers, Integers]:
    """Where links begin, and which, after the edges have been put into another order."""
    count = np.diff(first)[edges]
    begin = np.concatenate(([0], np.cumsum(count)))
    return begin, np.arange(begin[-1]) + np.repeat(first[edges] - begin[:-1], count)


def _columns(ordered: Columns, firms: Sequence[str], turns: Sequence[tuple[str, str]]) -> Columns:
    """All columns as `LAYOUT` has them."""
    turners = sorted({noun for _, noun in turns})
    number = {noun: place for place, noun in enumerate(turners)}
    texts = zip(("ids", "turners"), ("id_start", "turner_start"), map(packed, (firms, turners)), strict=True)
    found: dict[str, npt.NDArray[np.generic]] = dict(ordered)
    found["turn"] = np.array([turn for turn, _ in turns], dtype=LAYOUT["turn"])
    found["turning"] = np.array([number[noun] for _, noun in turns], dtype=np.int64)
    for letters, start, (column, begin) in texts:
        found[letters], found[start] = column, begin
    return {name: np.ascontiguousarray(found[name], dtype=kind) for name, kind in LAYOUT.items()}
