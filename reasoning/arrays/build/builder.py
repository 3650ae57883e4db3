"""Building arrays from a whole store: read columns become numbers and dense indices; no claim is kept as an object."""

import numpy as np

from ontology.records import At
from reasoning.arrays.build.claims import PART, PartReader, Rows, Tell, read
from reasoning.arrays.build.network_arrays import NetworkArrays, arrays
from reasoning.arrays.build.own_risks import profiles
from reasoning.arrays.build.relations import counted, weighed
from reasoning.arrays.columns.arrays import Arrays, Stamp
from reasoning.core.graph.network import Floats
from reasoning.network.reading import fixed


def silent(_what: str, _count: int) -> None:
    """Reports no progress."""


def build(reader: PartReader, at: At, *, tell: Tell = silent, part: int = PART) -> Arrays:
    """The arrays of a store at one reading instant.

    They agree with `reasoning.exposure.snapshot` over the same facts: the same links by the same sources, and the same
    weights, shares and own risks. Later records, and records written during the build, do not show.

    Args:
        reader: The store.
        at: The instants of reading.
        tell: Is called with what is being read and how many claims have been read.
        part: Claims read at once.

    Raises:
        StoreCorruptError: A claim's id is not of the form that claims have.
    """
    status, now = fixed(reader, at)
    rows = read(reader, now, tell=tell, size=part)
    drawn, turns = _drawn(rows), rows.turns
    del rows
    own = profiles(reader, now, drawn.firms, tell=tell)
    return arrays(drawn, own, turns, Stamp(status.address, status.revision, status.recorded_at, at, ()))


def _drawn(rows: Rows) -> NetworkArrays:
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
    customer, supplier = customer[first], supplier[first]
    whole = total[customer]

    def part(counts: Floats) -> Floats:
        summed = np.bincount(edge, counts, minlength=first.size)
        shares: Floats = np.divide(summed, whole, out=np.zeros(first.size), where=whole > 0)
        return shares

    return NetworkArrays(
        firms=[rows.firms[place] for place in np.flatnonzero(used).tolist()],
        customer=customer,
        supplier=supplier,
        parts=(part(weight * ~inferred), part(believed), part(weight)),
        first=np.append(first, kept.size),
        claim=rows.claim[kept],
        total=total,
        unit=unit[used].astype(np.int64),
        units=units,
    )
