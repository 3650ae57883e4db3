"""The arrays of a store: its supply network and own risks over dense indices, with the claim behind each link."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import mul

import numpy as np
import numpy.typing as npt

from ontology.records import At, ClaimId, EntityId
from reasoning.arrays.columns.texts import Texts
from reasoning.core.graph.network import Floats, Integers, Network
from reasoning.risk.weights import CATEGORIES, UNKNOWN, UNKNOWN_MIDDLE, WEIGHTS

Columns = Mapping[str, npt.NDArray[np.generic]]

# The columns and their types. By edge unless noted; an edge is a (customer, supplier) pair, edges are in that order.
LAYOUT: Mapping[str, str] = {
    "customer": "<i8",
    "supplier": "<i8",
    "share": "<f8",  # with inferred links as far as they are believed
    "start": "<i8",  # by firm, one more: the edges of a customer
    "by_supplier": "<u4",  # edges in the order (supplier, customer)
    "supplied": "<i8",  # by firm, one more: where a supplier's edges begin in `by_supplier`
    "spread": "<i8",  # the edges of which low, share and high are not one figure
    "spread_low": "<f8",
    "spread_high": "<f8",
    "first": "<u4",  # one more: where an edge's links begin in `claim`
    "claim": "|u1",  # by link, by claim id within an edge: the 16 bytes that its claim's id names in hex
    "total": "<f8",  # by firm: the whole that its links' weights are parts of
    "unit": "<i4",  # by firm: what they are weighed in, by number in the stamp; -1 where it has none
    "profile": "<i4",  # by firm: its row in `profiles`
    "profiles": "<f8",  # low, value and high of own risk in each category; no number where it is not known
    "ids": "|u1",  # the ids of all firms, ascending, one after the other
    "id_start": "<i8",  # one more: where each begins
    "node_of": "<i8",  # the firm of each id
    "rank_of": "<i8",  # the place of each firm's id
    "turn": "|S20",  # when, after the instant of reading, links begin or end, ascending
    "turning": "<i8",  # whose: a place among the turners
    "turners": "|u1",  # ids of customers as claims name them, ascending
    "turner_start": "<i8",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the arrays were read from.

    Attributes:
        store: Address of the store.
        revision: Its revision.
        recorded_at: Its last record instant; None while it is empty.
        at: The instants of reading; `known_at` is None where it is the latest.
        units: What customers' links are weighed in, by number.
    """

    store: str
    revision: int
    recorded_at: str | None
    at: At
    units: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Arrays:
    """The arrays, in memory or mapped from files. A firm is a firm or a site; the firms of the deepest tier come first.

    Attributes:
        columns: By the names of `LAYOUT`.
    """

    stamp: Stamp
    columns: Columns

    @property
    def firms(self) -> int:
        """How many firms there are."""
        return len(self.columns["rank_of"])

    @property
    def links(self) -> int:
        """How many counted links there are."""
        return len(self.columns["claim"])

    @property
    def nbytes(self) -> int:
        """Bytes of all columns."""
        return sum(column.nbytes for column in self.columns.values())

    @cached_property
    def net(self) -> Network:
        """The network; `CSR` by customer."""
        return Network(self.firms, self.integers("customer"), self.integers("supplier"), self.integers("start"))

    @cached_property
    def ids(self) -> Texts:
        """The ids of all firms, ascending."""
        return Texts(self.columns["ids"], self.integers("id_start"))

    @cached_property
    def turners(self) -> Texts:
        """The ids of the customers of whom a link begins or ends later."""
        return Texts(self.columns["turners"], self.integers("turner_start"))

    def integers(self, name: str) -> Integers:
        """A column of integers."""
        return self.columns[name]  # type: ignore[return-value]

    def floats(self, name: str) -> Floats:
        """A column of floats."""
        return self.columns[name]  # type: ignore[return-value]

    def node(self, entity: str) -> int | None:
        """The index of a firm, or None."""
        rank = self.ids.find(entity)
        return None if rank is None else int(self.integers("node_of")[rank])

    def id(self, node: int) -> EntityId:
        """The id of a firm."""
        return EntityId(self.ids[int(self.integers("rank_of")[node])])

    def claims(self, edge: int) -> Iterator[ClaimId]:
        """The claims of an edge's links."""
        first, end = self.columns["first"][edge : edge + 2].tolist()
        for row in self.columns["claim"][first:end]:
            yield ClaimId(f"clm:{row.tobytes().hex()}")

    @cached_property
    def shares(self) -> tuple[Floats, Floats, Floats]:
        """Low, share and high of each edge."""
        share, apart = self.floats("share"), self.integers("spread")
        if not apart.size:
            return share, share, share
        low, high = share.copy(), share.copy()
        low[apart], high[apart] = self.floats("spread_low"), self.floats("spread_high")
        return low, share, high

    @cached_property
    def weighted(self) -> tuple[Floats, Floats, Floats]:
        """Low, value and high of each firm's own risk, summed over the categories by their weights."""
        low, value, high = summed(self.floats("profiles"))[self.columns["profile"]].T
        return low, value, high

    def parts(self, edges: Integers) -> tuple[Floats, Floats, Floats]:
        """Low, share and high of some edges, which may be very few of all."""
        share, apart = self.floats("share")[edges], self.integers("spread")
        low, high = share.copy(), share.copy()
        if apart.size:
            place = np.minimum(np.searchsorted(apart, edges), apart.size - 1)
            hit = apart[place] == edges
            low[hit] = self.floats("spread_low")[place[hit]]
            high[hit] = self.floats("spread_high")[place[hit]]
        return low, share, high

    def values(self, nodes: Integers) -> Floats:
        """Own risk of some firms, summed over the categories by their weights, unknown as its middle."""
        used, place = np.unique(self.integers("profile")[nodes], return_inverse=True)
        weights = [WEIGHTS[category] for category in CATEGORIES]
        rows = np.nan_to_num(self.floats("profiles")[used, :, 1], nan=UNKNOWN_MIDDLE).tolist()
        each = [
            math.fsum(map(mul, weights, row)) for row in rows
        ]  # as `reasoning.exposure.snapshot` sums, to the last bit
        return np.array(each, dtype=np.float64)[place]

    def is_known(self, node: int) -> bool:
        """Whether own risk of a firm is known in any category."""
        profile = self.floats("profiles")[int(self.integers("profile")[node])]
        return not bool(np.isnan(profile).all())


def summed(profiles: Floats) -> Floats:
    """Low, value and high of each profile, summed over the categories by their weights."""
    weights = np.array([WEIGHTS[category] for category in CATEGORIES])
    unknown = np.array(UNKNOWN)
    rows: Floats = np.einsum("pce,c->pe", np.where(np.isnan(profiles), unknown, profiles), weights)
    return rows.clip(0.0, 1.0)
