"""M1 of every firm, kept up to date by forward push: a change costs what it reaches, not the whole network.

The scores X of all firms solve X = (1 − α) R + α S X. Each firm's residual, the difference of both sides, is kept and
never exceeds `MOST_LEFT`. So no score is off by more than MOST_LEFT / (1 − α), after any number of changes. Method: R.
Andersen, F. Chung, K. Lang, "Local Graph Partitioning using PageRank Vectors" (2006).

A push that reaches too much is not continued. Once it has visited as many links as there are, sweeps over all equations
reduce the residuals instead.
"""

from dataclasses import dataclass

import numpy as np

from reasoning.core.graph.network import Floats, Integers, Network
from reasoning.core.linear.leontief import ALPHA, exposure
from reasoning.core.linear.push_kernel import (
    FIRM,
    LINK,
    ROW,
    WEIGHED,
    Records,
    Rows,
    most_unsolved,
    place_of,
    push,
    sweep,
    unsolved,
    waiting,
)

MOST_LEFT = 1.4e-7
_DRIFT = 1e-12  # what rounding may add to a residual
_MOST_SWEEPS = 200  # each shrinks the residuals by α or more, and α^100 is below `MOST_LEFT`


@dataclass(frozen=True, slots=True, eq=False)
class ScoreChange:
    """The firms whose score a change has changed, in the order in which it reached them.

    Attributes:
        firms: The firms; ascending where `swept`.
        before: Their scores before.
        after: Their scores after.
        edges: How many links were visited.
        swept: Whether sweeps over all equations took over from the push.
    """

    firms: Integers
    before: Floats
    after: Floats
    edges: int
    swept: bool = False


class Standing:
    """The M1 score of every firm of a network whose links and own risks change one at a time.

    For several categories of risk use several standings; their weighted sum is a standing too. Changes cost least where
    firms are numbered by `ordering.order`.

    Args:
        net: The network of n firms.
        weight: By edge, its weight in the customer's need, in any unit.
        risk: By firm, own risk in [0, 1].
        counted: By edge, how much of its weight counts; by default all.

    Raises:
        ValueError: A link counts for more than its weight, or a weight or an own risk is out of range.
        ArithmeticError: As `exposure` does.
    """

    def __init__(self, net: Network, weight: Floats, risk: Floats, *, counted: Floats | None = None) -> None:
        part = weight if counted is None else counted
        if not np.all((part >= 0) & (part <= weight) & (weight < np.inf)):
            raise ValueError("a link must count for at least 0 and at most its weight")
        self.size = net.size
        self._firms = _firms(net.size)
        self._suppliers, self._customers = _by_customer(net, part, weight), _by_supplier(net, part, self._firms)
        whole = np.bincount(net.customer, weight, minlength=net.size)
        scale = np.divide(1.0, whole, out=np.zeros(net.size), where=whole > 0)
        self._firms["scale"] = ALPHA * scale
        self._firms["score"] = exposure(net, part * scale[net.customer], risk[:, None])[:, 0]
        self._firms["own"] = (1 - ALPHA) * risk
        self._waiting = waiting(net.size)
        self._reached = np.empty(net.size, dtype=np.int64), np.empty(net.size)

    @property
    def scores(self) -> Floats:
        """The score of every firm, at most 1.4e-7 / (1 − α) < 1e-6 from the exact one."""
        found: Floats = self._firms["score"].copy()
        return found

    def set_risk(self, firm: int, risk: float) -> ScoreChange:
        """Change the own risk of a firm.

        Args:
            firm: Its number.
            risk: The new own risk, in [0, 1].

        Raises:
            ValueError: The firm is not in this network, or the risk is outside [0, 1].
        """
        self._check(firm)
        if not 0 <= risk <= 1:
            raise ValueError("own risk must lie in [0, 1]")
        one, own = self._firms[firm], (1 - ALPHA) * risk
        one["left"] += own - one["own"]
        one["own"] = own
        return self._push(firm)

    def set_link(self, customer: int, supplier: int, weight: float, *, counted: float | None = None) -> ScoreChange:
        """Open a link or change its weight. The customer's other shares change with the sum of its weights.

        Args:
            customer: The customer's number.
            supplier: The supplier's number.
            weight: The link's weight in the customer's need.
            counted: How much of the weight counts; by default all.

        Raises:
            ValueError: The ends are not two firms of this network, or `counted` is not between 0 and the weight.
        """
        self._check(customer, supplier)
        part = weight if counted is None else counted
        if customer == supplier or not 0 <= part <= weight < np.inf:
            raise ValueError("a link joins two firms and must count for at least 0 and at most its weight")
        self._suppliers.put((customer, supplier), part, weight)
        self._customers.put((supplier, customer), part)
        return self._solve(customer)

    def close_link(self, customer: int, supplier: int) -> ScoreChange:
        """Close a link.

        Raises:
            ValueError: There is no such link, or a firm is not in this network.
        """
        self._check(customer, supplier)
        if place_of(self._suppliers.rows, customer, supplier) < 0:
            raise ValueError(f"there is no link from {supplier} to {customer}")
        self._suppliers.drop((customer, supplier))
        self._customers.drop((supplier, customer))
        return self._solve(customer)

    def faults(self) -> tuple[str, ...]:
        """What does not hold when all residuals are recomputed from all links; empty if the scores hold."""
        wrong = []
        left = float(most_unsolved(self._suppliers.rows, self._firms))
        if not left <= MOST_LEFT + _DRIFT:
            wrong.append(f"a score has the residual {left!r}")
        kept = float(np.abs(self._firms["left"]).max(initial=0.0))
        if not kept <= MOST_LEFT:
            wrong.append(f"the residual {kept!r} was not pushed on")
        return tuple(wrong)

    def _solve(self, customer: int) -> ScoreChange:
        """Recompute a customer's equation after its links have changed, and push its residual."""
        row, link = self._suppliers.rows
        first, one = row[customer]["start"], self._firms[customer]
        whole = float(link["weight"][first : first + row[customer]["links"]].sum())
        one["scale"] = ALPHA / whole if whole > 0 else 0.0
        one["left"] = unsolved(self._suppliers.rows, self._firms, customer)[0]
        return self._push(customer)

    def _push(self, firm: int) -> ScoreChange:
        until = firm, MOST_LEFT, self._suppliers.links
        count, edges, done = push(self._customers.rows, self._waiting, self._reached, until)
        firms, before = self._reached[0][:count].copy(), self._reached[1][:count].copy()
        if not done:
            return self._sweep(firms, before, edges)
        return ScoreChange(firms, before, self._firms["score"][firms], edges)

    def _sweep(self, firms: Integers, before: Floats, edges: int) -> ScoreChange:
        """Sweep all equations, after a push has reached these firms."""
        old = self.scores
        old[firms] = before
        more, done = sweep(self._suppliers.rows, self._firms, self._waiting, (MOST_LEFT, _MOST_SWEEPS))
        if not done:
            raise ArithmeticError(f"the exposure did not converge in {_MOST_SWEEPS} sweeps")
        after = self.scores
        moved = np.flatnonzero(after != old)
        return ScoreChange(moved, old[moved], after[moved], edges + more, swept=True)

    def _check(self, *firms: int) -> None:
        for firm in firms:
            if not 0 <= firm < self.size:
                raise ValueError(f"the firms of this network are 0 to {self.size - 1}")


def _firms(size: int) -> Records:
    """Zeroed records of `size` firms, each in a cache line of its own."""
    line = FIRM.itemsize
    room = np.zeros((size + 1) * line, dtype=np.uint8)
    first = -room.ctypes.data % line
    return room[first : first + size * line].view(FIRM)


def _by_customer(net: Network, counted: Floats, weight: Floats) -> "_Pool":
    link = np.empty(net.supplier.size, dtype=WEIGHED)
    link["end"], link["counted"], link["weight"] = net.supplier, counted, weight
    return _Pool(np.zeros(net.size, dtype=ROW), net.start, link)


def _by_supplier(net: Network, counted: Floats, firms: Records) -> "_Pool":
    order = np.argsort(net.supplier, kind="stable")
    link = np.empty(order.size, dtype=LINK)
    link["end"], link["counted"] = net.customer[order], counted[order]
    return _Pool(firms, np.searchsorted(net.supplier[order], np.arange(net.size + 1)), link)


class _Pool:
    """The links of each firm in one growing array. A full row moves to the end, with twice the room."""

    def __init__(self, row: Records, start: Integers, link: Records) -> None:
        row["start"], row["links"], row["room"] = start[:-1], np.diff(start), np.diff(start)
        self.rows: Rows = (row, link)
        self.links = self._free = link.size

    def put(self, ends: tuple[int, int], *counted: float) -> None:
        """Write a link into the row of its first end: how much of it counts and, where it is kept, its weight."""
        place = place_of(self.rows, *ends)
        if place < 0:
            row = self.rows[0][ends[0]]
            if row["links"] == row["room"]:
                self._widen(ends[0])
            place = int(row["start"] + row["links"])
            row["links"] += 1
            self.links += 1
        self.rows[1][place] = (ends[1], *counted)

    def drop(self, ends: tuple[int, int]) -> None:
        """Remove a link from the row of its first end, and fill the gap with the row's last link."""
        row = self.rows[0][ends[0]]
        self.rows[1][place_of(self.rows, *ends)] = self.rows[1][row["start"] + row["links"] - 1]
        row["links"] -= 1
        self.links -= 1

    def _widen(self, one: int) -> None:
        rows, link = self.rows
        row = rows[one]
        here, there, room = int(row["start"]), int(row["links"]), 2 * int(row["room"]) + 2
        if self._free + room > link.size:
            link = np.append(link, np.zeros(max(room, link.size // 4), dtype=link.dtype))
            self.rows = (rows, link)
        link[self._free : self._free + there] = link[here : here + there]
        row["start"], row["room"] = self._free, room
        self._free += room
