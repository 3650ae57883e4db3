"""A snapshot over mapped arrays: the same answers, with claims read only for what is used."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from graph.port import GraphReader
from ontology.records import At, EntityId
from reasoning.arrays.columns.arrays import Arrays
from reasoning.arrays.columns.texts import Texts
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.arrays.nearby.renewed_links import near
from reasoning.core.graph.network import Floats, Integers, network
from reasoning.exposure.snapshot import NetworkView, Snapshot
from reasoning.network.facts import Facts
from reasoning.network.links import Link, Links, Unit, links
from reasoning.risk.own_risk import OwnRisk, Risks

_FIRST, _MOST = 4, 512  # customers whose links are read together: the first time, and at most


class MappedSnapshot(Snapshot):
    """A `Snapshot` over arrays: a buyer's network is cut out of them, at a cost that follows the buyer's upstream.

    All links (`links`, `whole`) are available too, at the cost of the whole store.
    """

    def __init__(self, arrays: Arrays, reader: GraphReader, at: At) -> None:
        super().__init__(NearFacts(reader, at), arrays.stamp.revision)
        self.arrays = arrays
        self.risks = _Risks(self.facts, arrays)
        self._reader = reader
        self._near = _Near(arrays, reader, at)

    @cached_property
    def links(self) -> Links:
        """The counted links of the whole store."""
        return links(Facts(self._reader, self.at))

    @cached_property
    def nodes(self) -> Sequence[EntityId]:
        """Firms and sites, ascending by id."""
        return _Entities(self.arrays.ids)

    @cached_property
    def index(self) -> Mapping[EntityId, int]:
        """Index by id."""
        return _Places(self.arrays.ids)

    @cached_property
    def by_customer(self) -> Mapping[EntityId, tuple[Link, ...]]:
        """The counted links of each customer."""
        return self._near

    @cached_property
    def whole(self) -> NetworkView:
        """The network of all links, by id."""
        return self._cut(np.arange(self.arrays.firms), np.arange(len(self.arrays.net.customer)))

    def unit(self, customer: EntityId) -> Unit | None:
        """What a customer's links are weighed in."""
        return self._near.unit(customer)

    def links_of(self, customers: Sequence[EntityId]) -> Links:
        """The counted links of some customers, their units, and what was set aside of them."""
        return links(near(self._reader, self.at, customers))

    def values(self, firms: Integers) -> Floats:
        """Own risk summed over the categories by their weights, unknown as its middle, by index."""
        found: Floats = self.arrays.values(self.arrays.integers("node_of")[firms])
        return found

    def view(self, buyer: EntityId, product: str = "") -> tuple[NetworkView, int | None]:
        """The network upstream of a buyer, and its node in it: None where it has no links."""
        if product:
            return super().view(buyer, product)
        node = self.arrays.node(buyer)
        if node is None:
            return self._cut(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)), None
        nodes = self._upstream_of(node)
        view = self._cut(nodes, self.arrays.net.edges_of(nodes))
        return view, int(np.searchsorted(view.firm, self.arrays.integers("rank_of")[node]))

    def _upstream_of(self, node: int) -> Integers:
        """A node and all nodes that lead to it; no other node is read."""
        seen = front = np.array([node], dtype=np.int64)
        while front.size:
            found = np.unique(self.arrays.net.supplier[self.arrays.net.edges_of(front)])
            front = np.setdiff1d(found, seen, assume_unique=True)
            seen = np.union1d(seen, front)
        return seen

    def _cut(self, nodes: Integers, edges: Integers) -> NetworkView:
        """The view of these nodes and edges, by id."""
        rank_of, net = self.arrays.integers("rank_of"), self.arrays.net
        firm = np.sort(rank_of[nodes])
        ends = (net.customer[edges], net.supplier[edges])
        customer, supplier = (np.searchsorted(firm, rank_of[end]) for end in ends)
        order = np.lexsort((supplier, customer))
        edges, customer, supplier = edges[order], customer[order], supplier[order]
        low, share, high = self.arrays.parts(edges)
        total = self.arrays.floats("total")[net.customer[edges]]
        behind = _Behind(self._near, self.nodes, firm[customer], firm[supplier])
        return NetworkView(network(len(firm), customer, supplier), firm, behind, low, share, high, total)


class _Risks(Risks):
    """Own risks; the arrays show the firms of which nothing is known, so that no claim is read for them."""

    def __init__(self, facts: Facts, arrays: Arrays) -> None:
        super().__init__(facts)
        self._arrays = arrays

    def of(self, entity: EntityId) -> Mapping[EntityId, OwnRisk]:
        """The own risk of an entity by category."""
        node = self._arrays.node(entity)
        if node is not None and not self._arrays.is_known(node):
            return {}
        return super().of(entity)


class _Near(Mapping[EntityId, tuple[Link, ...]]):
    """The counted links of customers, read on request and ahead for their suppliers."""

    def __init__(self, arrays: Arrays, reader: GraphReader, at: At) -> None:
        self._arrays, self._reader, self._at = arrays, reader, at
        self._held: dict[EntityId, tuple[Link, ...]] = {}
        self._units: dict[EntityId, Unit] = {}
        self._at_once = _FIRST

    def __getitem__(self, customer: EntityId) -> tuple[Link, ...]:
        if customer not in self._held:
            self._read(self._ahead(customer))
            self._at_once = min(2 * self._at_once, _MOST)
        if not (found := self._held[customer]):
            raise KeyError(customer)
        return found

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[EntityId]:
        buying = np.flatnonzero(self._arrays.integers("unit") >= 0)
        return map(EntityId, (self._arrays.id(node) for node in buying.tolist()))

    def unit(self, customer: EntityId) -> Unit | None:
        """What a customer's links are weighed in."""
        self.of(customer)
        return self._units.get(customer)

    def of(self, customer: EntityId) -> tuple[Link, ...]:
        """The links of one customer, with nothing read ahead: for single hops."""
        if customer not in self._held:
            self._read([customer])
        return self._held[customer]

    def _read(self, wanted: Sequence[EntityId]) -> None:
        made = links(near(self._reader, self._at, wanted))
        found: dict[EntityId, list[Link]] = {entity: [] for entity in wanted}
        for link in made.counted:
            found[link.customer].append(link)
        self._held.update({entity: tuple(same) for entity, same in found.items()})
        self._units.update(made.units)

    def _ahead(self, customer: EntityId) -> Sequence[EntityId]:
        """The customer, and those of its suppliers that are not read yet, nearest first."""
        node = self._arrays.node(customer)
        if node is None:
            return [customer]
        net, found = self._arrays.net, {customer: None}
        front = np.array([node])
        while front.size and len(found) < self._at_once:
            front = np.unique(net.supplier[net.edges_of(front)])[:_MOST]
            front = front[net.start[front + 1] > net.start[front]]
            behind = [entity for entity in map(self._arrays.id, front.tolist()) if entity not in self._held]
            if found.keys() >= set(behind):
                break
            found |= dict.fromkeys(behind)
        return list(found)[: self._at_once]


class _Behind(Sequence[tuple[Link, ...]]):
    """The links behind each edge of a view."""

    def __init__(self, held: _Near, nodes: Sequence[EntityId], customer: Integers, supplier: Integers) -> None:
        self._held, self._nodes = held, nodes
        self._customer, self._supplier = customer, supplier

    def __len__(self) -> int:
        return len(self._customer)

    def __getitem__(self, edge: int | slice) -> tuple[Link, ...]:  # type: ignore[override]
        if isinstance(edge, slice):
            raise TypeError("links are read one edge at a time")
        customer, supplier = (self._nodes[int(end[edge])] for end in (self._customer, self._supplier))
        return tuple(link for link in self._held.of(customer) if link.supplier == supplier)


class _Entities(Sequence[EntityId]):
    """Ids by index."""

    def __init__(self, ids: Texts) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, index: int | slice) -> EntityId:  # type: ignore[override]
        if isinstance(index, slice):
            raise TypeError("ids are read one at a time")
        return EntityId(self._ids[index])


class _Places(Mapping[EntityId, int]):
    """Index by id."""

    def __init__(self, ids: Texts) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[EntityId]:
        return map(EntityId, self._ids)

    def __getitem__(self, entity: EntityId) -> int:
        found = self._ids.find(entity)
        if found is None:
            raise KeyError(entity)
        return found
