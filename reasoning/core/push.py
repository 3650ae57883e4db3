"""M1 of every firm, kept up to date by forward push: a change costs what it reaches, not the network.

The scores X of all firms solve X = (1 − α) R + α S X. What they leave unsolved is kept for each firm, and is never more
than `LEFT`; so no score is off by more than LEFT / (1 − α), however many changes came before.
"""

from dataclasses import dataclass

import numpy as np

from reasoning.core.leontief import ALPHA, exposure
from reasoning.core.network import Floats, Integers, Network
from reasoning.core.push_kernel import (
    FIRM,
    LINK,
    LINKS,
    REST,
    ROW,
    TOUCHED,
    Firms,
    Rows,
    Scratch,
    most_unsolved,
    place_of,
    push,
    unsolved,
)

LEFT = 1e-7
_DRIFT = 1e-12  # what rounding may add to what is unsolved


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Whose score a change has changed, from what to what, in the order in which it got there.

    `edges` is how many links were looked at.
    """

    firms: Integers
    before: Floats
    after: Floats
    edges: int


class Standing:
    """The M1 score of every firm of a network whose links and own risks change one at a time.

    Several categories of risk are several standings; their weighted sum is one as well.

    Raises:
        ValueError: A link counts for more than its weight, or a weight or an own risk is out of range.
        ArithmeticError: As `exposure` does.
    """

    def __init__(self, net: Network, weight: Floats, risk: Floats, *, counted: Floats | None = None) -> None:
        part = weight if counted is None else counted
        if not np.all((part >= 0) & (part <= weight) & (weight < np.inf)):
            raise ValueError("a link must count for at least 0 and at most its weight")
        self.size = net.size
        self._suppliers, self._customers = _by_customer(net, part, weight), _by_supplier(net, part, weight)
        whole = np.bincount(net.customer, weight, minlength=net.size)
        scale = np.divide(1.0, whole, out=np.zeros(net.size), where=whole > 0)
        self._firms = Firms(np.zeros(net.size, dtype=REST), np.zeros(net.size, dtype=FIRM))
        self._firms.firm["score"] = exposure(net, part * scale[net.customer], risk[:, None])[:, 0]
        self._firms.rest["scale"] = ALPHA * scale
        self._firms.firm["own"] = (1 - ALPHA) * risk
        ring, touched = np.empty((2, net.size), dtype=np.int32)
        self._scratch = Scratch(ring, touched, np.empty(net.size), np.zeros(2, dtype=np.int64))

    @property
    def scores(self) -> Floats:
        """The score of every firm: at most 1e-7 / (1 − α) from the exact one."""
        found: Floats = self._firms.firm["score"].copy()
        return found

    def set_risk(self, firm: int, risk: float) -> Change:
        """Give a firm another own risk.

        Raises:
            ValueError: The firm is not of this network, or the risk not in [0, 1].
        """
        self._check(firm)
        if not 0 <= risk <= 1:
            raise ValueError("own risk must lie in [0, 1]")
        one = self._firms.firm[firm]
        self._firms.rest[firm]["left"] += (1 - ALPHA) * risk - one["own"]
        one["own"] = (1 - ALPHA) * risk
        return self._push(firm)

    def set_link(self, customer: int, supplier: int, weight: float, *, counted: float | None = None) -> Change:
        """Open a link or weigh it anew; every other share of the customer changes with the sum of its weights.

        Raises:
            ValueError: The ends are not two firms of this network, or the link does not count for 0 up to its weight.
        """
        self._check(customer, supplier)
        part = weight if counted is None else counted
        if customer == supplier or not 0 <= part <= weight < np.inf:
            raise ValueError("a link joins two firms, and counts for at least 0 and at most its weight")
        self._suppliers.put((customer, supplier), part, weight)
        self._customers.put((supplier, customer), part, weight)
        return self._solve(customer)

    def close_link(self, customer: int, supplier: int) -> Change:
        """Close a link.

        Raises:
            ValueError: There is no such link.
        """
        self._check(customer, supplier)
        if place_of(self._suppliers.rows, customer, supplier) < 0:
            raise ValueError(f"there is no link from {supplier} to {customer}")
        self._suppliers.drop((customer, supplier))
        self._customers.drop((supplier, customer))
        return self._solve(customer)

    def faults(self) -> tuple[str, ...]:
        """What does not hold when everything is computed anew from all links; empty if the scores stand."""
        wrong = []
        left = float(most_unsolved(self._suppliers.rows, self._firms))
        if not left <= LEFT + _DRIFT:
            wrong.append(f"a score leaves {left!r} unsolved")
        kept = float(np.abs(self._firms.rest["left"]).max(initial=0.0))
        if not kept <= LEFT:
            wrong.append(f"{kept!r} was never pushed on")
        return tuple(wrong)

    def _solve(self, customer: int) -> Change:
        """Solve a customer's equation anew after its links have changed."""
        rows = self._suppliers.rows
        row = rows.row[customer]
        whole = float(rows.link["weight"][row["start"] : row["start"] + row["links"]].sum())
        one = self._firms.rest[customer]
        one["scale"] = ALPHA / whole if whole > 0 else 0.0
        one["left"] = unsolved(rows, self._firms, customer)
        return self._push(customer)

    def _push(self, firm: int) -> Change:
        scratch = self._scratch
        scratch.tally[:] = 0
        push(self._customers.rows, self._firms, scratch, firm, LEFT)
        some = slice(0, int(scratch.tally[TOUCHED]))
        firms = scratch.touched[some].astype(np.int64)
        self._firms.firm["changed"][firms] = 0
        return Change(firms, scratch.before[some].copy(), self._firms.firm["score"][firms], int(scratch.tally[LINKS]))

    def _check(self, *firms: int) -> None:
        if not all(0 <= firm < self.size for firm in firms):
            raise ValueError(f"the firms of this network are 0 to {self.size - 1}")


def _by_customer(net: Network, counted: Floats, weight: Floats) -> "_Pool":
    return _pool(net.start, net.supplier, counted, weight)


def _by_supplier(net: Network, counted: Floats, weight: Floats) -> "_Pool":
    order = np.argsort(net.supplier, kind="stable")
    start = np.searchsorted(net.supplier[order], np.arange(net.size + 1))
    return _pool(start, net.customer[order], counted[order], weight[order])


def _pool(start: Integers, end: Integers, counted: Floats, weight: Floats) -> "_Pool":
    row, link = np.zeros(start.size - 1, dtype=ROW), np.zeros(end.size, dtype=LINK)
    row["start"], row["links"], row["room"] = start[:-1], np.diff(start), np.diff(start)
    link["end"], link["counted"], link["weight"] = end, counted, weight
    return _Pool(Rows(row, link))


class _Pool:
    """The links of each firm, growing: a row that is full moves behind all others, with twice the room."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._free = rows.link.size

    def put(self, ends: tuple[int, int], counted: float, weight: float) -> None:
        """Write a link into the row of its first end."""
        place = place_of(self.rows, *ends)
        if place < 0:
            row = self.rows.row[ends[0]]
            if row["links"] == row["room"]:
                self._widen(ends[0])
            place = int(row["start"] + row["links"])
            row["links"] += 1
        self.rows.link[place] = (ends[1], counted, weight)

    def drop(self, ends: tuple[int, int]) -> None:
        """Take a link out of the row of its first end, and close the gap with the last one."""
        row = self.rows.row[ends[0]]
        self.rows.link[place_of(self.rows, *ends)] = self.rows.link[row["start"] + row["links"] - 1]
        row["links"] -= 1

    def _widen(self, one: int) -> None:
        row, link = self.rows
        here, there, room = int(row[one]["start"]), int(row[one]["links"]), 2 * int(row[one]["room"]) + 2
        if self._free + room > link.size:
            link = np.append(link, np.zeros(max(room, link.size // 4), dtype=LINK))
            self.rows = Rows(row, link)
        link[self._free : self._free + there] = link[here : here + there]
        row[one] = (self._free, there, room)
        self._free += room
