"""No work over all firms in a focal question: links looked at and memory taken at 10,000 and at 1,000,000 firms.

    python -m benchmarks.exposure.work [--sizes 10000 1000000] [--json FILE]

Networks of bounded degree (power-law, 8 customers a firm, at most 128), and tiered ones for questions that look
upstream only; the same kind of question at every size, with what is made once for a network already made. Memory is
what numpy and Python take while a question is answered, its answer included (tracemalloc), mean of the questions.
Exact: neither grows more than 1.5-fold from the first size to the last.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import tracemalloc
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from benchmarks.exposure.golden import published_classes
from benchmarks.exposure.measuring import KINDS, Row, arranged, final_makers, finish, parser, seconds, shares
from benchmarks.exposure.networks import powerlaw
from reasoning.core.best_paths import Finder, ways
from reasoning.core.cascade import scratch, shock, spread
from reasoning.core.cascade_network import Supply, prepare
from reasoning.core.reliability import Sampler, chances

ASKED = 50
MOST = 1.5
SUPPLIERS = 100

Question = Callable[[int], int]  # about a firm; gives the links that it looked at


def main() -> int:
    asked = parser(__doc__, (10_000, 1_000_000)).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """One row a question and kind of network: first size against last."""
    first = _measured(options.sizes[0])
    last = _measured(options.sizes[-1])
    for (what, kind), (links, memory, _) in first.items():
        more, most, spent = last[what, kind]
        figures = {"links": links, "links at last": more, "grows": more / links}
        figures |= {"bytes": memory, "bytes at last": most, "bytes grow": most / memory, "ms at last": spent * 1e3}
        span = f"{kind} {options.sizes[0]:,}–{options.sizes[-1]:,}"
        yield Row(f"work: {what}", span, figures, bool(more <= MOST * links and most <= MOST * memory))


def _measured(size: int) -> Mapping[tuple[str, str], tuple[float, float, float]]:
    found = {}
    for kind in ("tiered", "powerlaw"):
        for what, (ask, firms) in _upstream(kind, size).items():
            found[what, kind] = cost(ask, firms)
    ask, firms = _closing(size)
    found["closing a firm", "powerlaw"] = cost(ask, firms)
    return found


def cost(ask: Question, firms: list[int]) -> tuple[float, float, float]:
    """Mean links, mean peak of bytes taken, and mean CPU time of a question, after one that compiles."""
    for firm in firms:
        ask(firm)
    spent = seconds(lambda: [ask(firm) for firm in firms], 1) / len(firms)
    links, memory = [], []
    tracemalloc.start()
    for firm in firms:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        links.append(ask(firm))
        memory.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    return float(np.mean(links)), float(np.mean(memory)), spent


def _upstream(kind: str, size: int) -> Mapping[str, tuple[Question, list[int]]]:
    net, value = arranged(KINDS[kind](size), size)
    part = shares(net, value)
    known = chances(net, 0.9 * part, np.random.default_rng(6).beta(1, 40, size))
    finder, sampler = Finder(ways(net, 0.95 * part)[0]), Sampler(known)
    firms = final_makers(finder, net, min(SUPPLIERS, size // 20), ASKED)
    return {
        "best paths": (lambda firm: finder.top(firm, SUPPLIERS).edges, firms),
        "disruption": (lambda firm: sampler.ask(firm).edges, firms),
    }


def _closing(size: int) -> tuple[Question, list[int]]:
    links = powerlaw(size)
    production = prepare(Supply(links.supplier, links.customer, links.value, links.sector, published_classes()))
    work = scratch(production.graph)
    firms = np.random.default_rng(4).choice(size, 20 * ASKED if size > 20 * ASKED else ASKED, replace=False)
    return lambda firm: spread(production, shock(firm), work=work).edges, firms.tolist()


if __name__ == "__main__":
    sys.exit(main())
