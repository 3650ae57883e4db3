"""The claims that count, and their weights: `reasoning.network.links` over columns, for all customers at once.

That module defines what counts once and what is set aside, `ontology.preference` the order of belief. Here both are
done by sorting.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ontology.preference import Preference
from reasoning.arrays.build.claims import Rows
from reasoning.core.graph.network import Floats, Integers
from reasoning.network.links import EQUAL

Flags = npt.NDArray[np.bool_]

SPEND, SHARE = "annualSpend", "shareOfSupply"


def counted(rows: Rows) -> Integers:
    """The rows that count, by (customer, supplier, claim id)."""
    other = np.flatnonzero(rows.customer != rows.supplier)
    pair = (rows.customer * len(rows.firms) + rows.supplier)[other]
    things = int(rows.group.max(initial=0)) + 1
    thing = (rows.product.astype(np.int64) * things + rows.group)[other]
    order = np.lexsort((thing, pair))
    run = np.cumsum(_begins(pair[order]) | _begins(thing[order])) - 1
    alone = (np.bincount(run) == 1)[run]
    kept = np.concatenate((other[order[alone]], _believed(rows, other[order[~alone]], run[~alone])))
    found: Integers = kept[np.lexsort((kept, rows.supplier[kept], rows.customer[kept]))]
    return found


def _believed(rows: Rows, some: Integers, run: Integers) -> Integers:
    """The rows of each run that its most believed source claims, each statement once."""
    keys: Mapping[str, npt.NDArray[np.generic]] = {
        "basis": rows.basis[some],
        "review": rows.review[some],
        "confidence": -rows.confidence[some],
        "recency": rows.recent[some],
        "source": rows.source[some],
        "claim": some,  # rows lie by claim id
    }
    best = np.lexsort((*(keys[name] for name in reversed(Preference._fields)), run))
    some, run = some[best], run[best]
    first = np.maximum.accumulate(np.where(_begins(run), np.arange(run.size), 0))
    same = rows.source[some] == rows.source[some[first]]
    some, run = some[same], run[same]
    high, low = rows.statement[some].view(">u8").reshape(-1, 2).T
    order = np.lexsort((np.arange(some.size), low, high, run))
    new = _begins(run[order]) | _begins(high[order]) | _begins(low[order])
    return some[order[new]]


def weighed(rows: Rows, kept: Integers) -> tuple[Floats, npt.NDArray[np.int32], Sequence[str]]:
    """The weight of each row that counts, the unit of each firm (-1 where it buys nothing), and the units' names."""
    customer, size = rows.customer[kept], len(rows.firms)
    spend, part, currency = rows.spend[kept], rows.part[kept], rows.currency[kept]
    least, most = np.full((2, size), -1, dtype=np.int32)
    begin = np.flatnonzero(_begins(customer))
    if begin.size:
        least[customer[begin]] = np.minimum.reduceat(currency, begin)
        most[customer[begin]] = np.maximum.reduceat(currency, begin)
    by_spend = _all(spend, customer, size) & (least == most)
    by_part = _all(part, customer, size) & ~by_spend
    weight = np.where(by_spend[customer], spend, np.where(by_part[customer], part, 1.0))
    names = (EQUAL, SHARE, *(f"{SPEND} {currency}".strip() for currency in rows.currencies))
    unit = np.where(by_spend, least + 2, by_part.astype(np.int32))
    return weight, np.where(least >= 0, unit, -1).astype(np.int32), names


def _all(numbers: Floats, customer: Integers, size: int) -> Flags:
    """Which customers have the number on all their links, and one above 0."""
    missing = np.bincount(customer, np.isnan(numbers), minlength=size)
    found: Flags = (missing == 0) & (np.bincount(customer, numbers > 0, minlength=size) > 0)
    return found


def _begins(values: npt.NDArray[np.generic]) -> Flags:
    """Where a value differs from the one before it."""
    return np.concatenate((np.ones(min(values.size, 1), dtype=np.bool_), values[1:] != values[:-1]))
