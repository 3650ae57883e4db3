"""Hidden single points of failure: firms behind every path to an essential input of several direct suppliers.

An input of a customer is essential if an open SUPPLIES claim of that product says so. A firm stops when all known
suppliers of one of its essential inputs stop. A site stops when all its operators stop. `depends[c]` is the set of
entities that stop c by stopping alone: the least solution of

    depends[c] = {c} + union over essential inputs of c of the intersection over their suppliers s of depends[s]

So it covers chains of sole sources and diamonds (two suppliers that both depend on one firm). Being the least solution,
it lets no cycle keep itself running. A point is hidden if it is at tier 2 or deeper, and single if two or more direct
suppliers depend on it. Of points with the same dependents only the nearest is reported; the others are behind it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.records import EntityId
from reasoning.core.graph.cuts import Needs, dependence, members
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.facts import Fact
from reasoning.network.links import Link

KIND = "hidden_single_point_of_failure"

Input = Mapping[EntityId, list[Fact]]  # the open claims of one essential input, by supplier


@dataclass(frozen=True, slots=True)
class Inputs:
    """The essential inputs of each customer by product, and the customers of each supplier in them.

    The operators of a site form an essential input of it, under the product "".
    """

    groups: Mapping[EntityId, Mapping[str, Input]]
    customers: Mapping[EntityId, Sequence[EntityId]]

    def needs(self, order: Sequence[EntityId]) -> Needs:
        """The inputs with entities as numbers.

        Args:
            order: The entities; the number of each is its position. A supplier that is not among them never stops.
        """
        place = {entity: number for number, entity in enumerate(order)}
        return Needs([self._groups(entity, place) for entity in order])

    def _groups(self, entity: EntityId, place: Mapping[EntityId, int]) -> list[list[int]]:
        groups = self.groups.get(entity, {})
        return [
            [place[one] for one in groups[product]]
            for product in sorted(groups)
            if groups[product].keys() <= place.keys()
        ]


def hidden_single_points(network: UpstreamNetwork) -> Iterator[Finding]:
    """Yield a finding for each nearest hidden point on which at least two direct suppliers depend."""
    inputs = essential_inputs(network, (entity for entity in network.tiers if entity != network.buyer))
    order = sorted(network.tiers, key=lambda entity: (network.tiers[entity], entity), reverse=True)
    depends = dict(zip(order, dependence(inputs.needs(order)), strict=True))
    position = {entity: index for index, entity in enumerate(order)}
    shared = _shared_points(depends, order, network)
    for points in _by_dependents(shared).values():
        for point in _nearest(points, depends, position):
            yield _finding(point, shared[point], inputs, network)


def essential_inputs(network: UpstreamNetwork, customers_in: Iterable[EntityId]) -> Inputs:
    """The essential inputs of entities: products that a link that counts calls essential for them.

    Args:
        network: The network upstream of the buyer.
        customers_in: The entities.
    """
    groups: dict[EntityId, dict[str, dict[EntityId, list[Fact]]]] = defaultdict(dict)
    for customer in sorted(customers_in, key=lambda entity: (network.tiers[entity], entity)):
        supplied = [link for link in network.links(customer) if _product(link)]
        essential = {_product(link) for link in supplied if link.is_essential}
        for link in supplied:
            if (product := _product(link)) in essential:
                groups[customer].setdefault(product, {}).setdefault(link.supplier, []).extend(_facts(link))
        for fact in network.operators(customer):
            groups[customer].setdefault("", {}).setdefault(fact.subject, []).append(fact)
    customers: dict[EntityId, list[EntityId]] = defaultdict(list)
    for customer in sorted(groups):
        for supplier in sorted({supplier for group in groups[customer].values() for supplier in group}):
            customers[supplier].append(customer)
    return Inputs(groups, customers)


def _product(link: Link) -> str:
    return link.product or link.fact.text("productGroup")


def _facts(link: Link) -> tuple[Fact, ...]:
    """The facts that form a link."""
    return (link.fact, *link.via)


def _shared_points(
    depends: Mapping[EntityId, int], order: Sequence[EntityId], network: UpstreamNetwork
) -> dict[EntityId, tuple[EntityId, ...]]:
    """Hidden points with the direct suppliers that depend on them, if these belong to two or more firms."""
    dependents: dict[EntityId, list[EntityId]] = defaultdict(list)
    for direct in sorted(entity for entity, tier in network.tiers.items() if tier == 1):
        for point in (order[number] for number in members(depends[direct])):
            if network.tiers[point] >= 2:
                dependents[point].append(direct)
    return {point: tuple(group) for point, group in dependents.items() if _firms(group, network) >= 2}


def _firms(entities: Iterable[EntityId], network: UpstreamNetwork) -> int:
    return len({network.operators_of(entity) or (entity,) for entity in entities})


def _by_dependents(shared: Mapping[EntityId, tuple[EntityId, ...]]) -> dict[tuple[EntityId, ...], list[EntityId]]:
    groups: dict[tuple[EntityId, ...], list[EntityId]] = defaultdict(list)
    for point in sorted(shared):
        groups[shared[point]].append(point)
    return groups


def _nearest(
    points: Sequence[EntityId], depends: Mapping[EntityId, int], position: Mapping[EntityId, int]
) -> Iterator[EntityId]:
    """The points on which no other of them depends; of points that need each other, the one of the nearest tier."""
    chosen: dict[int, EntityId] = {}
    for point in sorted(points, key=position.__getitem__, reverse=True):
        chosen.setdefault(depends[point], point)
    behind = 0
    for mask, point in chosen.items():
        behind |= mask & ~(1 << position[point])
    return (point for point in sorted(chosen.values()) if not behind >> position[point] & 1)


def _finding(point: EntityId, dependents: tuple[EntityId, ...], inputs: Inputs, network: UpstreamNetwork) -> Finding:
    facts = network.facts
    used = links_behind([point], dependents, inputs)
    for direct in dependents:
        to_buyer = [link for link in network.links(network.buyer) if link.supplier == direct]
        used.extend(_facts(min(to_buyer, key=lambda link: link.fact.preference)))
    names = listed(facts.name(entity) for entity in dependents)
    text = (
        f"{facts.name(point)}, at tier {network.tiers[point]}, stands behind every known way to get an essential input "
        f"of {names}, direct suppliers of {facts.name(network.buyer)}: if it stops, they stop."
    )
    return make_finding(KIND, point, used, text, related=dependents)


def links_behind(points: Sequence[EntityId], dependents: Sequence[EntityId], inputs: Inputs) -> list[Fact]:
    """The claims of the inputs through which dependents stop, followed back to the points.

    Args:
        points: The entities that stop together.
        dependents: Entities that stop because of them.
        inputs: The essential inputs.
    """
    stopped_by = cascade(points, inputs)
    used: list[Fact] = []
    seen, waiting = set(points), list(dependents)
    while waiting:
        entity = waiting.pop()
        if entity not in seen:
            seen.add(entity)
            used.extend(fact for claims in stopped_by[entity].values() for fact in claims)
            waiting.extend(stopped_by[entity])
    return used


def cascade(points: Sequence[EntityId], inputs: Inputs) -> dict[EntityId, Input]:
    """The entities that stop after the points, each with the first essential input that it lost.

    Args:
        points: The entities that stop first.
        inputs: The essential inputs.
    """
    stopped_by: dict[EntityId, Input] = {}
    stopped, wave = set(points), list(points)
    while wave:
        reached = sorted({customer for entity in wave for customer in inputs.customers.get(entity, ())} - stopped)
        found = {
            entity: group for entity in reached if (group := _lost_input(inputs.groups[entity], stopped)) is not None
        }
        stopped_by.update(found)
        stopped.update(found)
        wave = list(found)
    return stopped_by


def _lost_input(groups: Mapping[str, Input], stopped: set[EntityId]) -> Input | None:
    return next((groups[product] for product in sorted(groups) if groups[product].keys() <= stopped), None)
