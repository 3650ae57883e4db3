"""Generated networks of essential inputs with planted shared suppliers, and taking entities away on networkx."""

import random
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from tests.reasoning.findings.scene import BUYER
from tests.reasoning.world import World

PRODUCTS = 6


@dataclass(frozen=True)
class Planted:
    """A world, the shared suppliers planted in it, and the direct suppliers that stop with each."""

    world: World
    shared: dict[str, set[str]]


def planted(seed: int) -> Planted:
    """A tiered network of some 40 firms with one to three planted firms, each the sole source of several chains."""
    draw = random.Random(seed)
    world = World()
    tiers = [[f"org:t{tier}-{number:02}" for number in range(draw.randint(6, 12))] for tier in range(1, 5)]
    for firm in tiers[0]:
        _needs(world, BUYER, f"prd:{draw.randrange(PRODUCTS)}", firm, essential=draw.random() < 0.7)
    for near, far in pairwise(tiers):
        for customer in near:
            for product in draw.sample(range(PRODUCTS), draw.randint(0, 3)):
                for supplier in draw.sample(far, draw.randint(1, 3)):
                    _needs(world, customer, f"prd:{product}", supplier, essential=draw.random() < 0.7)
    shared = {f"org:planted-{number}": _chains(world, draw, number, tiers[0]) for number in range(draw.randint(1, 3))}
    return Planted(world, shared)


def _chains(world: World, draw: random.Random, number: int, direct: list[str]) -> set[str]:
    """Two or more direct suppliers that need the planted firm, each over a chain of nought to three sole sources."""
    dependents = set(draw.sample(direct, draw.randint(2, 3)))
    for end in sorted(dependents):
        at = end
        for step in range(draw.randint(0, 3)):
            source = f"org:chain-{number}-{end[4:]}-{step}"
            _needs(world, at, f"prd:chain-{number}", source)
            at = source
        _needs(world, at, f"prd:planted-{number}", f"org:planted-{number}")
    # An input of the buyer that all its makers need the planted firm for: it stops with it.
    for end in sorted(dependents):
        _needs(world, BUYER, f"prd:made-{number}", end)
    return dependents


def _needs(world: World, customer: str, product: str, supplier: str, *, essential: bool = True) -> None:
    world.say(supplier, "SUPPLIES", customer, product=product, essential=essential)


def removed(world: World, gone: set[str]) -> set[str]:
    """What stops when these are taken away, on a networkx graph of firms and essential inputs made from the claims."""
    claims = [stored.claim for stored in world.claims if stored.claim.predicate == "SUPPLIES"]
    inputs = {(one.object, one.qualifiers["product"]) for one in claims if one.qualifiers["essential"] is True}
    flow: nx.DiGraph[object] = nx.DiGraph()
    for one in claims:
        need = (one.object, one.qualifiers["product"])
        if need in inputs:
            flow.add_edge(str(one.subject), need)
            flow.add_edge(need, str(one.object))
    stopped = set(gone)
    flow.remove_nodes_from(gone)
    while empty := [one for one in flow if isinstance(one, tuple) and flow.in_degree(one) == 0]:
        ends = {end for one in empty for end in flow.successors(one)}
        stopped |= {str(end) for end in ends}
        flow.remove_nodes_from([*empty, *ends])
    return stopped
