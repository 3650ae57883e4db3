"""No work over all firms in a focal question: links looked at and memory taken at 10,000 and at 1,000,000 firms.

    python -m benchmarks.exposure.work [--sizes 10000 1000000] [--json FILE]

Networks of bounded degree (power-law, 8 customers a firm, at most 128), and tiered ones for questions that look
upstream only; the same kind of question at every size, with what is made once for a network already made. Memory is
what numpy and Python take while a question is answered, its answer included (tracemalloc), mean of the questions, told
for each firm that the answer names: in a larger network the same links lead to more different firms. Exact: neither
links nor bytes grow more than 1.5-fold from the first size to the last.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import tracemalloc
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.exposure.golden import published_classes
from benchmarks.exposure.measuring import KINDS, Row, arranged, final_makers, finish, parser, seconds, shares
from benchmarks.exposure.networks import powerlaw
from reasoning.core.cascade.cascade import scratch, shock, spread
from reasoning.core.cascade.network import Supply, prepare
from reasoning.core.disruption.best_paths import Finder, ranked_links
from reasoning.core.disruption.reliability import Sampler, chances

ASKED = 50
MOST = 1.5
SUPPLIERS = 100

Question = Callable[[int], tuple[int, int]]  # about a firm: how many links it looked at, and firms it names


def main() -> int:
    asked = parser(__doc__, (10_000, 1_000_000)).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """One row a question and kind of network: first size against last."""
    first = _measured(options.sizes[0])
    last = _measured(options.sizes[-1])
    for (what, kind), one in first.items():
        two = last[what, kind]
        figures = {"links": one.links, "links at last": two.links, "grow": two.links / one.links}
        figures |= {"bytes a firm": one.bytes_a_firm, "at last": two.bytes_a_firm, "ms at last": two.seconds * 1e3}
        span = f"{kind} {options.sizes[0]:,}–{options.sizes[-1]:,}"
        exact = two.links <= MOST * one.links and two.bytes_a_firm <= MOST * one.bytes_a_firm
        yield Row(f"work: {what}", span, figures, exact)


@dataclass(frozen=True, slots=True)
class Cost:
    """Means over the questions: links looked at, bytes taken for each firm of the answer, CPU time."""

    links: float
    bytes_a_firm: float
    seconds: float


def _measured(size: int) -> Mapping[tuple[str, str], Cost]:
    found = {}
    for kind in ("tiered", "powerlaw"):
        for what, (ask, firms) in _upstream(kind, size).items():
            found[what, kind] = cost(ask, firms)
    ask, firms = _closing(size)
    found["closing a firm", "powerlaw"] = cost(ask, firms)
    return found


def cost(ask: Question, firms: list[int]) -> Cost:
    """What questions about these firms cost, after all were asked once, so that kernels are compiled."""
    for firm in firms:
        ask(firm)
    spent = seconds(lambda: [ask(firm) for firm in firms], 1) / len(firms)
    seen, memory = [], []
    tracemalloc.start()
    for firm in firms:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        seen.append(ask(firm))
        memory.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    links, named = np.mean(seen, axis=0).tolist()
    return Cost(links, float(np.mean(memory)) / named, spent)


def _upstream(kind: str, size: int) -> Mapping[str, tuple[Question, list[int]]]:
    net, value = arranged(KINDS[kind](size), size)
    part = shares(net, value)
    known = chances(net, 0.9 * part, np.random.default_rng(6).beta(1, 40, size))
    finder, sampler = Finder(ranked_links(net, 0.95 * part)[0]), Sampler(known)
    firms = final_makers(finder, net, min(SUPPLIERS, size // 20), ASKED)

    def best(firm: int) -> tuple[int, int]:
        found = finder.top(firm, SUPPLIERS)
        return found.edges, found.firms.size

    def disrupted(firm: int) -> tuple[int, int]:
        found = sampler.estimate(firm)
        return found.edges, found.firms.size

    return {"best paths": (best, firms), "disruption": (disrupted, firms)}


def _closing(size: int) -> tuple[Question, list[int]]:
    links = powerlaw(size)
    production = prepare(Supply(links.supplier, links.customer, links.value, links.sector, published_classes()))
    work = scratch(production.graph)
    firms = np.random.default_rng(4).choice(size, 20 * ASKED if size > 20 * ASKED else ASKED, replace=False)

    def close(firm: int) -> tuple[int, int]:
        found = spread(production, shock(firm), work=work)
        return found.edges, found.firms.size

    return close, firms.tolist()


if __name__ == "__main__":
    sys.exit(main())
