"""The snapshot: a store's supply links and own risks at one reading instant, as arrays over dense indices."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ontology.records import At, EntityId
from reasoning.core.graph.network import UNREACHED, Floats, Integers, Network, network, shortest
from reasoning.network.facts import Facts
from reasoning.network.links import Link, Links, Unit, links
from reasoning.network.products import Products
from reasoning.risk.own_risk import Risks, weighted

NO_LINKS: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NetworkView:
    """A network to score: all links, or those upstream of a buyer for one product.

    The three shares of an edge have one denominator: the sum over all open links of the customer.

    Attributes:
        net: Nodes and edges.
        firm: By node, the index in `Snapshot.nodes` of the firm that it stands for.
        links: By edge, its links.
        low: By edge, the share of the customer's need by observed links.
        share: By edge, the same with inferred links in proportion to their confidence.
        high: By edge, the same by all links.
        total: By edge, the denominator, in the customer's unit.
    """

    net: Network
    firm: Integers
    links: Sequence[tuple[Link, ...]]
    low: Floats
    share: Floats
    high: Floats
    total: Floats


class Snapshot:
    """Everything that reasoning reads, stamped with the store's revision and the reading instant.

    Attributes:
        facts: The facts at that instant.
        revision: The store's revision.
        at: The reading instant.
        risks: The own risks.
    """

    def __init__(self, facts: Facts, revision: int) -> None:
        self.facts = facts
        self.revision = revision
        self.at: At = facts.at
        self.risks = Risks(facts)

    @cached_property
    def links(self) -> Links:
        """The links that count."""
        return links(self.facts)

    @cached_property
    def nodes(self) -> Sequence[EntityId]:
        """Every firm or site with a link that counts, ascending by id; a node's index is its position here."""
        return tuple(sorted({end for link in self.links.counted for end in (link.customer, link.supplier)}))

    @cached_property
    def index(self) -> Mapping[EntityId, int]:
        """The index of each node, by id."""
        return {entity: number for number, entity in enumerate(self.nodes)}

    @cached_property
    def by_customer(self) -> Mapping[EntityId, tuple[Link, ...]]:
        """The links that count, by customer."""
        groups: dict[EntityId, list[Link]] = {}
        for link in self.links.counted:
            groups.setdefault(link.customer, []).append(link)
        return {customer: tuple(group) for customer, group in groups.items()}

    def unit(self, customer: EntityId) -> Unit | None:
        """The unit of a customer's links; None if it buys nothing."""
        return self.links.units.get(customer)

    def links_of(self, customers: Sequence[EntityId]) -> Links:  # noqa: ARG002 - all are in memory; other snapshots read some
        """The links, the units and what was set aside, at least for these customers."""
        return self.links

    def values(self, firms: Integers) -> Floats:
        """Own risk summed over the categories by their weights, with the middle for unknown risk, by index."""
        return np.array([weighted(self.risks.of(self.nodes[firm]), 1) for firm in firms.tolist()], dtype=np.float64)

    @cached_property
    def products(self) -> Products:
        """The product tree and bills of material."""
        return Products(self.facts)

    @cached_property
    def whole(self) -> NetworkView:
        """The network of all links."""
        counted = self.links.counted
        customer = np.fromiter((self.index[link.customer] for link in counted), np.int64, len(counted))
        supplier = np.fromiter((self.index[link.supplier] for link in counted), np.int64, len(counted))
        return _view(np.arange(len(self.nodes)), customer, supplier, counted)

    def view(self, buyer: EntityId, product: str = "") -> tuple[NetworkView, int | None]:
        """The network to score for a buyer, and the buyer's node in it.

        Args:
            buyer: The buyer.
            product: Narrows the network to this product and its known inputs; "" for all.

        Returns:
            The network and the node; None for the node if the buyer has no links.
        """
        return self._upstream(buyer, self.facts.of(product)) if product else (self.whole, self.index.get(buyer))

    def tiers(self, buyer: EntityId) -> Mapping[EntityId, int]:
        """The fewest links from a buyer to every firm upstream of it, by id; 0 for the buyer itself."""
        buyer = self.facts.of(buyer)
        view, start = self.view(buyer)
        if start is None:
            return {buyer: 0}
        tier = shortest(view.net, start)
        reached = np.flatnonzero(tier != UNREACHED).tolist()
        return {self.nodes[view.firm[node]]: int(tier[node]) for node in reached}

    def upstream(self, buyer: EntityId) -> Mapping[EntityId, int]:
        """The tier, from 1, of everyone upstream of a buyer; a cycle back to the buyer adds nothing."""
        return {firm: tier for firm, tier in self.tiers(buyer).items() if tier > 0}

    def _upstream(self, buyer: EntityId, product: str) -> tuple[NetworkView, int]:
        """The network behind one product of a buyer; node 0 is the buyer.

        The first hop takes the links of that product. Later hops take only links of the inputs of what is supplied, if
        inputs are known and the supplier has a link of one. A node is a firm together with the product for which it is
        needed.
        """
        states = {(buyer, product): 0}
        rows: list[tuple[int, int, Link]] = []
        waiting = deque(states)
        while waiting:
            state = waiting.popleft()
            for link in self._needed(*state, first=states[state] == 0):
                key = (link.supplier, link.product)
                if key not in states:
                    states[key] = len(states)
                    waiting.append(key)
                rows.append((states[state], states[key], link))
        firm_of = np.array([self.index.get(firm, -1) for firm, _ in states], dtype=np.int64)
        customer = np.array([row[0] for row in rows], dtype=np.int64)
        supplier = np.array([row[1] for row in rows], dtype=np.int64)
        return _view(firm_of, customer, supplier, [row[2] for row in rows]), 0

    def _needed(self, firm: EntityId, product: str, *, first: bool) -> tuple[Link, ...]:
        bought = self.by_customer.get(firm, NO_LINKS)
        if first:
            wanted = self.products.kinds(product)
            return tuple(link for link in bought if link.product in wanted)
        inputs = self.products.inputs(product)
        if not any(link.product in inputs for link in bought):
            return bought
        return tuple(link for link in bought if not link.product or link.product in inputs)


def patched(below: NetworkView, customer: int, bought: Sequence[Link], index: Mapping[EntityId, int]) -> NetworkView:
    """A whole network in which one customer has other links; the firms must stay the same.

    Args:
        below: The network before.
        customer: The node of the customer.
        bought: Its links afterwards.
        index: The index of each node, by id.
    """
    net = below.net
    cut = slice(int(net.start[customer]), int(net.start[customer + 1]))
    supplier = np.array([index[link.supplier] for link in bought], dtype=np.int64)
    row = _view(below.firm, np.full(len(bought), customer), supplier, bought)

    def spliced(old: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate([old[: cut.start], new, old[cut.stop :]])

    return NetworkView(
        network(net.size, spliced(net.customer, row.net.customer), spliced(net.supplier, row.net.supplier)),
        below.firm,
        (*below.links[: cut.start], *row.links, *below.links[cut.stop :]),
        spliced(below.low, row.low),
        spliced(below.share, row.share),
        spliced(below.high, row.high),
        spliced(below.total, row.total),
    )


def _view(firm: Integers, customer: Integers, supplier: Integers, counted: Sequence[Link]) -> NetworkView:
    """The view of these links; link i goes from node `supplier[i]` to node `customer[i]`."""
    size = len(firm)
    pairs, edge = np.unique(customer * size + supplier, return_inverse=True)
    behind: list[list[Link]] = [[] for _ in pairs]
    for number, link in zip(edge.tolist(), counted, strict=True):
        behind[number].append(link)
    weight = np.array([link.weight for link in counted], dtype=np.float64)
    passed = np.array([link.weight * link.passes for link in counted], dtype=np.float64)
    observed = np.array([link.belief[0] for link in counted], dtype=np.float64)
    believed = np.array([link.counted for link in counted], dtype=np.float64)
    net = network(size, pairs // max(size, 1), pairs % max(size, 1))
    total = np.bincount(customer, weight, minlength=size).astype(np.float64)[net.customer]

    def part(counts: Floats) -> Floats:
        summed = np.bincount(edge, counts, minlength=len(pairs))
        shares: Floats = np.divide(summed, total, out=np.zeros(len(pairs)), where=total > 0)
        return shares

    groups = tuple(tuple(group) for group in behind)
    return NetworkView(net, firm, groups, part(passed * observed), part(believed), part(passed), total)
