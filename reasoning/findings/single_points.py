"""Hidden single points of failure: who stands behind every way to an essential input of several direct suppliers.

An input of a customer is essential where an open SUPPLIES claim of that product says so. A firm stops when, for one
of its essential inputs, all its known suppliers stop; a site stops when all its operators stop. `depends[c]` is the
set of nouns each of which, stopping alone, stops c: the least solution of

    depends[c] = {c} + union over essential inputs of c of the intersection over their suppliers s of depends[s]

so it holds chains of sole sources and diamonds (two suppliers behind whom one firm stands) alike, and a cycle never
holds itself up. A point is hidden if it is at tier 2 or deeper, and single if two or more direct suppliers depend on
it. Of the points with the same dependents only the nearest is reported: the others stand behind it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.records import NounId
from reasoning.core.cuts import Needs, dependence, members
from reasoning.facts import Fact
from reasoning.findings.finding import Finding, listed, make_finding
from reasoning.findings.network import Network
from reasoning.links import Link

KIND = "hidden_single_point_of_failure"

Input = Mapping[NounId, list[Fact]]  # the open claims of one essential input, by supplier


@dataclass(frozen=True, slots=True)
class Inputs:
    """The essential inputs of each customer by product, and who is a customer of whom in them.

    The operators of a site are, under the product "", an essential input of it.
    """

    groups: Mapping[NounId, Mapping[str, Input]]
    customers: Mapping[NounId, Sequence[NounId]]

    def needs(self, order: Sequence[NounId]) -> Needs:
        """The same with the nouns of `order` as numbers; a supplier that is not among them never stops."""
        place = {noun: number for number, noun in enumerate(order)}
        return Needs([self._groups(noun, place) for noun in order])

    def _groups(self, noun: NounId, place: Mapping[NounId, int]) -> list[list[int]]:
        held = self.groups.get(noun, {})
        return [
            [place[one] for one in held[product]] for product in sorted(held) if held[product].keys() <= place.keys()
        ]


def hidden_single_points(network: Network) -> Iterator[Finding]:
    """One finding for each nearest hidden point that at least two direct suppliers depend on."""
    inputs = essential_inputs(network, (noun for noun in network.tiers if noun != network.buyer))
    order = sorted(network.tiers, key=lambda noun: (network.tiers[noun], noun), reverse=True)
    depends = dict(zip(order, dependence(inputs.needs(order)), strict=True))
    position = {noun: index for index, noun in enumerate(order)}
    shared = _shared_points(depends, order, network)
    for points in _by_dependents(shared).values():
        for point in _nearest(points, depends, position):
            yield _finding(point, shared[point], inputs, network)


def essential_inputs(network: Network, customers_in: Iterable[NounId]) -> Inputs:
    """The essential inputs of these nouns of a network: a product that one counted link calls essential for them."""
    groups: dict[NounId, dict[str, dict[NounId, list[Fact]]]] = defaultdict(dict)
    for customer in sorted(customers_in, key=lambda noun: (network.tiers[noun], noun)):
        supplied = [link for link in network.links(customer) if _product(link)]
        essential = {_product(link) for link in supplied if link.fact.qualifiers.get("essential") is True}
        for link in supplied:
            if (product := _product(link)) in essential:
                groups[customer].setdefault(product, {}).setdefault(link.supplier, []).extend(_facts(link))
        for fact in network.operators(customer):
            groups[customer].setdefault("", {}).setdefault(fact.subject, []).append(fact)
    customers: dict[NounId, list[NounId]] = defaultdict(list)
    for customer in sorted(groups):
        for supplier in sorted({supplier for group in groups[customer].values() for supplier in group}):
            customers[supplier].append(customer)
    return Inputs(groups, customers)


def _product(link: Link) -> str:
    return link.product or link.fact.text("productGroup")


def _facts(link: Link) -> tuple[Fact, ...]:
    """The facts that make a link."""
    return (link.fact, *link.via)


def _shared_points(
    depends: Mapping[NounId, int], order: Sequence[NounId], network: Network
) -> dict[NounId, tuple[NounId, ...]]:
    """Hidden points, each with the direct suppliers that depend on it, where these belong to two or more firms."""
    dependents: dict[NounId, list[NounId]] = defaultdict(list)
    for direct in sorted(noun for noun, tier in network.tiers.items() if tier == 1):
        for point in (order[number] for number in members(depends[direct])):
            if network.tiers[point] >= 2:
                dependents[point].append(direct)
    return {point: tuple(who) for point, who in dependents.items() if _firms(who, network) >= 2}


def _firms(nouns: Iterable[NounId], network: Network) -> int:
    return len({network.owners_of(noun) or (noun,) for noun in nouns})


def _by_dependents(shared: Mapping[NounId, tuple[NounId, ...]]) -> dict[tuple[NounId, ...], list[NounId]]:
    groups: dict[tuple[NounId, ...], list[NounId]] = defaultdict(list)
    for point in sorted(shared):
        groups[shared[point]].append(point)
    return groups


def _nearest(
    points: Sequence[NounId], depends: Mapping[NounId, int], position: Mapping[NounId, int]
) -> Iterator[NounId]:
    """The points that no other of them depends on; of points that depend on each other, the one of the nearest tier."""
    chosen: dict[int, NounId] = {}
    for point in sorted(points, key=position.__getitem__, reverse=True):
        chosen.setdefault(depends[point], point)
    behind = 0
    for mask, point in chosen.items():
        behind |= mask & ~(1 << position[point])
    return (point for point in sorted(chosen.values()) if not behind >> position[point] & 1)


def _finding(point: NounId, dependents: tuple[NounId, ...], inputs: Inputs, network: Network) -> Finding:
    facts = network.facts
    used = links_behind([point], dependents, inputs)
    for direct in dependents:
        to_buyer = [link for link in network.links(network.buyer) if link.supplier == direct]
        used.extend(_facts(min(to_buyer, key=lambda link: link.fact.preference)))
    names = listed(facts.name(noun) for noun in dependents)
    text = (
        f"{facts.name(point)}, at tier {network.tiers[point]}, stands behind every known way to get an essential input "
        f"of {names}, direct suppliers of {facts.name(network.buyer)}: if it stops, they stop."
    )
    return make_finding(KIND, point, used, text, related=dependents)


def links_behind(points: Sequence[NounId], dependents: Sequence[NounId], inputs: Inputs) -> list[Fact]:
    """The claims of the inputs by which the dependents stop, followed back to the points that stop together."""
    stopped_by = cascade(points, inputs)
    used: list[Fact] = []
    seen, waiting = set(points), list(dependents)
    while waiting:
        noun = waiting.pop()
        if noun not in seen:
            seen.add(noun)
            used.extend(fact for claims in stopped_by[noun].values() for fact in claims)
            waiting.extend(stopped_by[noun])
    return used


def cascade(points: Sequence[NounId], inputs: Inputs) -> dict[NounId, Input]:
    """Who stops after the points, each with the first essential input whose suppliers all stopped before it."""
    stopped_by: dict[NounId, Input] = {}
    stopped, wave = set(points), list(points)
    while wave:
        reached = sorted({customer for noun in wave for customer in inputs.customers.get(noun, ())} - stopped)
        found = {noun: group for noun in reached if (group := _lost_input(inputs.groups[noun], stopped)) is not None}
        stopped_by.update(found)
        stopped.update(found)
        wave = list(found)
    return stopped_by


def _lost_input(groups: Mapping[str, Input], stopped: set[NounId]) -> Input | None:
    return next((groups[product] for product in sorted(groups) if groups[product].keys() <= stopped), None)
