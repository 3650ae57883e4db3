"""What each row of the exposure benchmarks should reach, and why one does not where it does not.

A gate (`exact`) must hold: a row that breaks it makes the run fail. A goal is told as met or not met, no more. The
reasons are measured: docs/performance.md shows how.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from benchmarks.exposure.measuring import Row


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one figure of the rows of some networks (a pattern), and why it may be missed."""

    what: str
    network: str
    figure: str
    at_least: float | None = None
    at_most: float | None = None
    reason: str = ""

    def met(self, figure: float) -> bool:
        """Whether a figure reaches it."""
        return (self.at_least is None or figure >= self.at_least) and (self.at_most is None or figure <= self.at_most)

    @property
    def wanted(self) -> str:
        """The bound in words."""
        return f"≥ {self.at_least:,g}" if self.at_least is not None else f"≤ {self.at_most:,g}"


REASONS: Mapping[str, str] = {
    "call": "half of our time is the call from Python, and it grows on a loaded machine",
    "hubs": "one supplier in a hundred reaches more than 10,000 links; the median is far above the goal",
    "memory": "memory and its cache shared with other work: it was above the goal when that was less",
    "start": "importing numba and starting LLVM, on a loaded machine",
}

GOALS = (
    Goal("ESRI against batch", "powerlaw 10,000", "×batch", 11),
    Goal("ESRI against batch", "powerlaw 100,000", "×batch", 50),
    Goal("ESRI against dense", "powerlaw 10,000", "×dense", 8),
    Goal("ESRI against dense", "powerlaw 100,000", "×dense", 35, reason="memory"),
    Goal("ESRI against plain NetworkX", "powerlaw 10,000", "×plain NetworkX", 4000),
    Goal("edges a closure", "powerlaw 1,000,000", "grows n^", at_most=0.1),
    Goal("ESRI of all firms", "tiered 100,000", "whole CPU s", at_most=15),
    Goal("ESRI of all firms", "tiered 1,000,000", "whole CPU s", at_most=600),
    Goal("best 100 suppliers", "* 1,000,000", "µs with paths", at_most=100),
    Goal("best 100 suppliers", "* 100,000", "×rustworkx", 300),
    Goal("best 100 suppliers", "* 1,000,000", "×rustworkx", 300),
    Goal("best 100 suppliers", "* 100,000", "×NetworkX", 3000),
    Goal("best 100 suppliers", "* 100,000", "×Cypher", 2500, reason="call"),
    Goal("disruption with Shapley", "tiered 1,000,000", "ms", at_most=15),
    Goal("disruption with Shapley", "tiered 1,000,000", "×plain Monte Carlo", 300),
    Goal("one own risk changes", "tiered 1,000,000", "×anew", 5000, reason="hubs"),
    Goal("one link changes", "tiered 1,000,000", "×anew", 5000),
    Goal("M1, 8 categories", "tiered 100,000", "×NetworkX", 150),
    Goal("M1, 8 categories", "tiered 100,000", "share of triad", 0.6, reason="memory"),
    Goal("M4, time to recover", "*", "×cold highspy", 10),
    Goal("M4, time to survive", "*", "×cold highspy", 10),
    Goal("snapshot: load", "* 1,000,000", "CPU s", at_most=0.3),
    Goal("first kernel", "from the cache", "CPU s", at_most=0.6, reason="start"),
    Goal("first kernel", "cold", "CPU s", at_most=5, reason="start"),
)


def goals_of(row: Row) -> Iterator[tuple[Goal, float]]:
    """The goals that this row has a figure for, each with the figure."""
    for goal in GOALS:
        if goal.what == row.what and fnmatchcase(row.network, goal.network) and goal.figure in row.figures:
            yield goal, row.figures[goal.figure]
