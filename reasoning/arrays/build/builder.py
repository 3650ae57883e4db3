"""From store to arrays: columns out of the port, dense indices, one row a link; nothing a claim stays an object."""

import numpy as np

from ontology.records import At
from reasoning.arrays.build.claims import PART, PartReader, Rows, Tell, fixed, read
from reasoning.arrays.build.network_arrays import NetworkArrays, arrays
from reasoning.arrays.build.own_risks import profiles
from reasoning.arrays.build.relations import counted, weighed
from reasoning.arrays.columns.arrays import Arrays, Stamp
from reasoning.core.graph.network import Floats


def silent(_what: str, _count: int) -> None:
    """Tell nobody."""


def build(reader: PartReader, at: At, *, tell: Tell = silent, part: int = PART) -> Arrays:
    """The arrays of a store at one reading instant.

    They are what `reasoning.exposure.snapshot` makes of the same facts: the same links by the same sources, weights,
    shares and own risks. What is recorded after the instant of recording, or while it is read, does not show.

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
