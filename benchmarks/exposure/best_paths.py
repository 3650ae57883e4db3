"""The 100 suppliers with the best paths, explained, against Dijkstra elsewhere.

    python -m benchmarks.exposure.best_paths [--sizes 10000 100000 1000000] [--kind tiered|powerlaw] [--neo4j]

Peers: NetworkX and rustworkx have no early exit. The heap in Python is the same search over lists that are sorted as
ours are, with the same early exit and the same tree; ours and it are timed in turns. Dijkstra is the textbook's, with
heapq, over NetworkX's adjacency, with early exit too.
With --neo4j the five-tier query runs on a real Neo4j (at sizes up to 100,000), and the CPU time is the server's.
Exact: the same tree as the heap in Python on every firm asked, the products of NetworkX on some, and paths recomputed.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import heapq
import math
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

import networkx as nx
import numpy as np
import psutil

from benchmarks.exposure.measuring import KINDS, Row, arranged, final_makers, finish, parser, seconds, shares
from reasoning.core.disruption.best_paths import BestPath, Finder, Suppliers, path_fault, ranked_links
from reasoning.core.disruption.best_paths_kernel import RankedLinks
from reasoning.core.graph.network import Floats, Network

MOST = 100
ASKED = 200
STRENGTH = 0.95
PEERS_UP_TO = 100_000
QUERY = """MATCH p = (f:Firm {id: $firm})<-[:SUPPLIES*1..5]-(s)
WITH s, max(reduce(x = 1.0, r IN relationships(p) | x * r.factor)) AS product
RETURN s.id AS firm, product ORDER BY product DESC LIMIT 100"""
LINK = """UNWIND $rows AS r MATCH (c:Firm {id: r.c}) MATCH (s:Firm {id: r.s})
CREATE (s)-[:SUPPLIES {factor: r.f}]->(c)"""

TURNS = 5
Adjacency = Mapping[int, Mapping[int, Mapping[str, float]]]
Near = list[list[tuple[int, float]]]
Grown = list[tuple[int, int, float, float]]


def main() -> int:
    options = parser(__doc__, (10_000, 100_000, 1_000_000))
    options.add_argument("--neo4j", action="store_true", help="also ask a real Neo4j")
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """One row a size."""
    for size in options.sizes:
        net, value = arranged(KINDS[options.kind](size), size)
        factor = STRENGTH * shares(net, value)
        yield measure(net, factor, f"{options.kind} {size:,}", neo4j=options.neo4j and size <= PEERS_UP_TO)


def measure(net: Network, factor: Floats, name: str, *, neo4j: bool) -> Row:
    prepare = seconds(lambda: ranked_links(net, factor), 1)
    finder = Finder(ranked_links(net, factor)[0])
    firms = final_makers(finder, net, MOST)[:ASKED]
    near = neighbours(finder.links)
    told = [heap(near, firm) for firm in firms]
    found = [finder.top(firm, MOST) for firm in firms]
    turns = [
        [seconds(partial(each, work, firms), 2) / len(firms) for work in works(finder, near)] for _ in range(TURNS)
    ]
    ours, written, explained, peer = np.min(turns, axis=0).tolist()
    exact = not any(faults(net, factor, one) for one in found[:20])
    exact &= all(_tree(one) == other for one, other in zip(found, told, strict=True))
    exact &= all(_flat(one) == one.paths() for one in found[:20])
    figures: dict[str, float] = {"µs": ours * 1e6, "µs with paths": written * 1e6, "µs as tuples": explained * 1e6}
    figures |= {"links seen": _mean(found), "prepare s": prepare, "×heap": peer / ours}
    if net.size <= PEERS_UP_TO:
        exact &= _networkx(net, factor, found, figures, ours)
    _rustworkx(net, factor, firms, figures, ours)
    if neo4j:
        exact &= _neo4j(net, factor, found, figures, finder)
    return Row(f"best {MOST} suppliers", name, figures, bool(exact))


def works(finder: Finder, near: Near) -> Sequence[Callable[[int], object]]:
    """Answer; and with all paths written one behind the other; and as Python values; and the peer."""
    return (
        lambda firm: finder.top(firm, MOST),
        lambda firm: finder.top(firm, MOST).routes(),
        lambda firm: finder.top(firm, MOST).paths(),
        lambda firm: heap(near, firm),
    )


def each(work: Callable[[int], object], firms: Sequence[int]) -> None:
    """Ask about one firm after the other; no answer is kept, so that none pays for the collection of others."""
    for firm in firms:
        work(firm)


def neighbours(links: RankedLinks) -> Near:
    """The suppliers of each firm with their factors, strongest first, as lists."""
    pairs = list(zip(links.supplier.tolist(), links.factor.tolist(), strict=True))
    return [pairs[first:last] for first, last in pairwise(links.start.tolist())]


def heap(near: Near, focal: int) -> Grown:
    """The same search in Python: of each supplier itself, the place before it, the last factor and the product."""
    found: Grown = [(focal, -1, 1.0, 1.0)]
    lists = [near[focal]]
    done = {focal}
    waiting = [(-first[1], 1, -first[1], first[0], focal, 0, 1) for first in near[focal][:1]]
    while waiting and len(found) <= MOST:
        product, links, factor, firm, customer, before, then = waiting[0]
        beside = lists[before]
        if then < len(beside):
            supplier, part = beside[then]
            following = -found[before][3] * part, links, -part, supplier, customer, before, then + 1
            heapq.heapreplace(waiting, following)
        else:
            heapq.heappop(waiting)
        if firm in done:
            continue
        done.add(firm)
        found.append((firm, before - 1, -factor, -product))
        lists.append(near[firm])
        if near[firm]:
            supplier, part = near[firm][0]
            heapq.heappush(waiting, (product * part, links + 1, -part, supplier, firm, len(found) - 1, 1))
    return found[1:]


def dijkstra(adjacency: Adjacency, focal: int) -> list[tuple[int, float]]:
    """The best suppliers and the costs of their paths by Dijkstra over a graph of NetworkX, with early exit."""
    waiting, least = [(0.0, focal)], {focal: 0.0}
    done: set[int] = set()
    found: list[tuple[int, float]] = []
    while waiting and len(found) <= MOST:
        cost, firm = heapq.heappop(waiting)
        if firm in done:
            continue
        done.add(firm)
        found.append((firm, cost))
        for supplier, link in adjacency[firm].items():
            further = cost + link["weight"]
            if further < least.get(supplier, math.inf):
                least[supplier] = further
                heapq.heappush(waiting, (further, supplier))
    return found[1:]


def faults(net: Network, factor: Floats, found: Suppliers) -> tuple[str, ...]:
    """What does not hold when each product is recomputed along its path from the network's own factors; empty if sound.

    Only the paths are recomputed: that none is better is what the search shows.
    """
    wrong = [why for path in found.paths() if (why := path_fault(net, factor, path))]
    if np.any(np.diff(found.products) > 0):
        wrong.append("the suppliers are not in falling order of their products")
    if np.unique(np.append(found.firms, found.focal)).size != found.firms.size + 1:
        wrong.append("a firm is named twice")
    return tuple(wrong)


def _tree(found: Suppliers) -> Grown:
    columns = found.firms, found.before, found.factors, found.products
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _flat(found: Suppliers) -> tuple[BestPath, ...]:
    """The paths read from where they are written one behind the other."""
    start, firms, factors = (column.tolist() for column in found.routes())
    return tuple(
        BestPath(tuple(firms[one:two]), tuple(factors[one + 1 : two]), product)
        for (one, two), product in zip(pairwise(start), found.products.tolist(), strict=True)
    )


def _mean(found: Sequence[Suppliers]) -> float:
    return sum(one.edges for one in found) / len(found)


def _same(products: Sequence[float] | Floats, told: Sequence[float] | Floats) -> bool:
    return len(products) == len(told) and bool(np.allclose(products, told, rtol=1e-12, atol=0))


def _networkx(net: Network, factor: Floats, found: Sequence[Suppliers], figures: dict[str, float], ours: float) -> bool:
    graph: nx.DiGraph[int] = nx.DiGraph()
    cost = (-np.log(factor)).tolist()
    graph.add_weighted_edges_from(zip(net.customer.tolist(), net.supplier.tolist(), cost, strict=True))
    early = seconds(lambda: [dijkstra(graph.adj, one.focal) for one in found]) / len(found)
    figures["×Dijkstra in Python"] = early / ours
    some = found[: 5 if net.size <= 10_000 else 2]
    told = [nx.single_source_dijkstra_path_length(graph, one.focal) for one in some]
    figures["×NetworkX"] = seconds(lambda: [nx.single_source_dijkstra(graph, one.focal) for one in some], 1) / len(some)
    figures["×NetworkX"] /= ours
    lengths = [
        sorted(length for firm, length in one.items() if firm != here.focal)[:MOST]
        for one, here in zip(told, some, strict=True)
    ]
    return all(
        np.allclose(one.products, [math.exp(-length) for length in length_of], rtol=1e-9, atol=0)
        for one, length_of in zip(some, lengths, strict=True)
    )


def _rustworkx(net: Network, factor: Floats, firms: Sequence[int], figures: dict[str, float], ours: float) -> None:
    try:
        import rustworkx  # noqa: PLC0415 - a peer, not a dependency
    except ImportError:
        return
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(net.size))
    graph.add_edges_from(
        list(zip(net.customer.tolist(), net.supplier.tolist(), (-np.log(factor)).tolist(), strict=True))
    )
    some = firms[:5]
    peer = seconds(lambda: [rustworkx.dijkstra_shortest_path_lengths(graph, firm, float) for firm in some], 1)
    figures["×rustworkx"] = peer / len(some) / ours


def _neo4j(net: Network, factor: Floats, found: Sequence[Suppliers], figures: dict[str, float], finder: Finder) -> bool:
    """The CPU time of the server for the five-tier query; exact where the best 100 are within five tiers."""
    from tests.neo4j_server import Neo4jServer  # noqa: PLC0415 - only where it is asked for

    with Neo4jServer(fast=False) as server, server.endpoint.driver() as driver, driver.session() as session:
        session.run("CREATE CONSTRAINT FOR (f:Firm) REQUIRE f.id IS UNIQUE").consume()
        for rows in _batches([{"id": firm} for firm in range(net.size)]):
            session.run("UNWIND $rows AS r CREATE (:Firm {id: r.id})", rows=rows).consume()
        columns = zip(net.customer.tolist(), net.supplier.tolist(), factor.tolist(), strict=True)
        for rows in _batches([{"c": one, "s": two, "f": three} for one, two, three in columns]):
            session.run(LINK, rows=rows).consume()
        server_process = psutil.Process(server.pid)
        near = [one for one in found if max(len(path.firms) for path in one.paths()) <= 6]
        warm = [session.run(QUERY, firm=one.focal).data() for one in near[:50]]
        before = sum(server_process.cpu_times()[:2])
        told = [session.run(QUERY, firm=one.focal).data() for one in near[:50]]
        peer = (sum(server_process.cpu_times()[:2]) - before) / len(told)
    ours = seconds(lambda: [finder.top(one.focal, MOST) for one in near[:50]]) / len(told)
    figures["Cypher ms"], figures["×Cypher"] = peer * 1e3, peer / ours
    same = [_same(one.products, [row["product"] for row in rows]) for one, rows in zip(near, told, strict=False)]
    return len(warm) == len(told) > 0 and all(same)


def _batches(rows: list[dict[str, float]]) -> list[list[dict[str, float]]]:
    return [rows[first : first + 20_000] for first in range(0, len(rows), 20_000)]


if __name__ == "__main__":
    sys.exit(main())
