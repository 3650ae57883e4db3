"""What the frontier cascade is compared with, in tests for its figures and in benchmarks for its time.

Loops and batch are written from the equations, share no code with the kernel, and start from the raw links.
"""

from typing import NamedTuple

import networkx as nx
import numpy as np
from scipy import sparse

from reasoning.core.cascade.cascade import EXACT, close_each
from reasoning.core.cascade.kernel import StopRule
from reasoning.core.cascade.network import ESSENTIAL, NEGLIGIBLE, Production, Supply
from reasoning.core.graph.network import Floats, Integers

EPSILON = 0.01
_BATCH = 16

Figures = tuple[Floats, Integers]  # the ESRI of each closed firm, and its steps


class Outcome(NamedTuple):
    """The losses of every firm downstream and upstream, and the steps."""

    down: Floats
    up: Floats
    steps: int


class Loops:
    """The cascade as plain loops over a NetworkX graph."""

    def __init__(self, found: Supply) -> None:
        self.graph: nx.DiGraph[int] = nx.DiGraph()
        self.graph.add_nodes_from(range(found.size))
        for supplier, customer, value in zip(
            found.supplier.tolist(), found.customer.tolist(), found.value.tolist(), strict=True
        ):
            if value > 0:
                before = self.graph.get_edge_data(supplier, customer, {"value": 0.0})["value"]
                self.graph.add_edge(supplier, customer, value=before + value)
        self.market = found.markets.tolist()
        self.output = {firm: sum(link["value"] for link in self.graph.adj[firm].values()) for firm in self.graph}
        self._coefficients(found)

    def _coefficients(self, found: Supply) -> None:
        """Each link's group (None: negligible), and its part downstream and upstream."""
        sector = found.sector.tolist()
        for customer in self.graph:
            bought = self.graph.pred[customer]
            groups: dict[int, float] = {}
            for supplier, link in bought.items():
                groups[sector[supplier]] = groups.get(sector[supplier], 0.0) + link["value"]
            whole = sum(groups.values())
            for supplier, link in bought.items():
                kind = found.inputs[sector[supplier], sector[customer]]
                essential = kind == ESSENTIAL
                link["group"] = None if kind == NEGLIGIBLE else sector[supplier] if essential else -1
                link["down"] = link["value"] / (groups[sector[supplier]] if essential else whole)
                link["up"] = link["value"] / self.output[supplier]

    def run(self, shock: dict[int, float], epsilon: float = EPSILON) -> Outcome:
        """Jacobi steps over every firm until no loss grows by more than ε."""
        down = {firm: shock.get(firm, 0.0) for firm in self.graph}
        up = dict(down)
        for steps in range(1, 100_000):
            share = self._shares(down)
            new_down = {firm: max(shock.get(firm, 0.0), self._short(firm, down, share)) for firm in self.graph}
            new_up = {firm: max(shock.get(firm, 0.0), self._unsold(firm, up)) for firm in self.graph}
            rise = max(max(new_down[firm] - down[firm], new_up[firm] - up[firm]) for firm in self.graph)
            down, up = new_down, new_up
            if rise <= epsilon:
                return Outcome(np.array(list(down.values())), np.array(list(up.values())), steps)
        raise ArithmeticError("the loops did not end")

    def _shares(self, down: dict[int, float]) -> dict[int, float]:
        left: dict[int, float] = {}
        for firm in self.graph:
            left[self.market[firm]] = left.get(self.market[firm], 0.0) + self.output[firm] * (1 - down[firm])
        return {
            firm: min(1.0, self.output[firm] / left[self.market[firm]]) if left[self.market[firm]] > 0 else 1.0
            for firm in self.graph
        }

    def _short(self, firm: int, down: dict[int, float], share: dict[int, float]) -> float:
        sums: dict[int, float] = {}
        for supplier, link in self.graph.pred[firm].items():
            group = link["group"]
            if group is not None:
                sums[group] = sums.get(group, 0.0) + share[supplier] * down[supplier] * link["down"]
        return min(1.0, max(sums.values(), default=0.0))

    def _unsold(self, firm: int, up: dict[int, float]) -> float:
        lost: float = sum(link["up"] * up[customer] for customer, link in self.graph.adj[firm].items())
        return min(1.0, lost)


class PlainLoops(Loops):
    """The same as the equations stand: every coefficient is worked out where it is needed, from values on the links."""

    def __init__(self, found: Supply) -> None:
        super().__init__(found)
        self.sector = found.sector.tolist()
        self.kind = found.inputs.tolist()

    def _short(self, firm: int, down: dict[int, float], share: dict[int, float]) -> float:
        bought = self.graph.pred[firm]
        essential: dict[int, float] = {}
        lost: dict[int, float] = {}
        rest = 0.0
        for supplier, link in bought.items():
            sector = self.sector[supplier]
            kind = self.kind[sector][self.sector[firm]]
            missing = share[supplier] * down[supplier] * link["value"]
            if kind == ESSENTIAL:
                essential[sector] = essential.get(sector, 0.0) + link["value"]
                lost[sector] = lost.get(sector, 0.0) + missing
            elif kind != NEGLIGIBLE:
                rest += missing
        whole = sum(link["value"] for link in bought.values())
        worst = max((lost[sector] / value for sector, value in essential.items()), default=0.0)
        return min(1.0, max(worst, rest / whole if whole else 0.0))

    def _unsold(self, firm: int, up: dict[int, float]) -> float:
        sold = self.graph.adj[firm]
        whole = sum(link["value"] for link in sold.values())
        return min(1.0, sum(link["value"] * up[customer] for customer, link in sold.items()) / whole) if whole else 0.0


class Batch:
    """The cascade as scipy products over a batch of scenarios, one column each, and `maximum.reduceat` over groups."""

    def __init__(self, found: Supply) -> None:
        used = found.value > 0
        supplier, customer, value = found.supplier[used], found.customer[used], found.value[used]
        size = found.size
        self.output = np.bincount(supplier, value, minlength=size)
        kind = found.inputs[found.sector[supplier], found.sector[customer]]
        sectors = len(found.inputs)
        key = customer * (sectors + 1) + np.where(kind == ESSENTIAL, found.sector[supplier], sectors)
        groups, group = np.unique(key, return_inverse=True)
        whole = np.bincount(customer, value, minlength=size)
        total = np.where(kind == ESSENTIAL, np.bincount(group, value, minlength=groups.size)[group], whole[customer])
        part = np.where(kind == NEGLIGIBLE, 0.0, value / total)
        self.down = sparse.csr_array((part, (group, supplier)), shape=(groups.size, size))
        self.up = sparse.csr_array((value / self.output[supplier], (supplier, customer)), shape=(size, size))
        self.buyers, self.first = np.unique(groups // (sectors + 1), return_index=True)
        markets, self.market = np.unique(found.markets, return_inverse=True)
        ones = np.ones(size)
        self.members = sparse.csr_array((ones, (self.market, np.arange(size))), shape=(markets.size, size))

    def run(self, shock: Floats, epsilon: float = EPSILON) -> tuple[Floats, Floats, Integers]:
        """The losses downstream and upstream (firms × scenarios) and the steps of each scenario."""
        down, up = shock.copy(), shock.copy()
        steps = np.zeros(shock.shape[1], dtype=np.int64)
        active = np.arange(shock.shape[1])
        while active.size:
            new_down, new_up = self._step(down[:, active], up[:, active], shock[:, active])
            rise = np.maximum(new_down - down[:, active], new_up - up[:, active]).max(axis=0, initial=0.0)
            down[:, active], up[:, active] = new_down, new_up
            steps[active] += 1
            active = active[rise > epsilon]
        return down, up, steps

    def _step(self, down: Floats, up: Floats, shock: Floats) -> tuple[Floats, Floats]:
        left = np.asarray(self.members @ (self.output[:, None] * (1 - down)))[self.market]
        share = np.minimum(1.0, np.divide(self.output[:, None], left, out=np.ones_like(left), where=left > 0))
        new_down = shock.copy()
        if self.buyers.size:
            worst = np.maximum.reduceat(np.asarray(self.down @ (share * down)), self.first, axis=0)
            new_down[self.buyers] = np.maximum(shock[self.buyers], np.minimum(1.0, worst))
        return new_down, np.maximum(shock, np.minimum(1.0, np.asarray(self.up @ up)))


def by_frontier(production: Production, firms: Integers, rule: StopRule = EXACT) -> Figures:
    """ESRI and steps by the kernel."""
    got = close_each(production, firms, rule=rule)
    return got.total, got.steps


def by_loops(loops: Loops, production: Production, firms: Integers) -> Figures:
    """ESRI and steps by plain loops."""
    weight = production.output / production.output.sum()
    outcomes = [loops.run({firm: 1.0}) for firm in firms.tolist()]
    totals = [float(weight @ np.maximum(outcome.down, outcome.up)) for outcome in outcomes]
    return np.array(totals), np.array([outcome.steps for outcome in outcomes])


def by_batch(batch: Batch, production: Production, firms: Integers) -> Figures:
    """ESRI and steps by scipy products over 16 scenarios at once."""
    weight = production.output / production.output.sum()
    totals, steps = [], []
    for first in range(0, firms.size, _BATCH):
        some = firms[first : first + _BATCH]
        shock = np.zeros((weight.size, some.size))
        shock[some, np.arange(some.size)] = 1
        down, up, count = batch.run(shock)
        totals.append(weight @ np.maximum(down, up))
        steps.append(count)
    return np.concatenate(totals), np.concatenate(steps)
