"""Supply chains for M4: synthetic ones of any size, Willems's real ones, and the programs as a textbook has them."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import highspy
import numpy as np
from scipy import sparse

from benchmarks.exposure.measuring import PUBLIC
from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.need import needs
from reasoning.core.recovery.network import Bill, Shared, SupplyChain

WILLEMS = PUBLIC / "willems"
_TIERS = (0.12, 0.18, 0.25, 0.25, 0.20)  # of the nodes: finished goods, assemblies, parts, components, raw materials


def assembly(size: int = 1700, seed: int = 0) -> SupplyChain:
    """Five tiers; 1 to 3 materials a node, 1 to 3 suppliers a material, 1 to 3 units a unit.

    Stocks last up to 6 days of need, capacities are up to half above it, and of 42 nodes three share one too.
    """
    random = np.random.default_rng(seed)
    tier = np.sort(random.choice(len(_TIERS), size, p=np.array(_TIERS)))
    start = np.searchsorted(tier, np.arange(len(_TIERS) + 1))
    maker = np.repeat(np.arange(start[-2]), random.integers(1, 4, start[-2]))
    count = random.integers(1, 4, maker.size)
    arcs = []
    for material, (node, most) in enumerate(zip(maker.tolist(), count.tolist(), strict=True)):
        pool = np.arange(start[tier[node] + 1], start[tier[node] + 2])
        arcs += [(supplier, material) for supplier in random.choice(pool, min(most, pool.size), replace=False).tolist()]
    ends = np.array(arcs, dtype=np.int64)
    bill = Bill(maker, random.integers(1, 4, maker.size).astype(np.float64), ends[:, 0], ends[:, 1])
    demand = np.where(tier == 0, random.uniform(1, 20, size), 0.0)
    need = needs(demand, bill)
    margin = np.where(tier == 0, random.uniform(1, 100, size), 0.0)
    stock, capacity = need * random.uniform(0, 6, size), need * random.uniform(1, 1.5, size)
    plants = random.permutation(size)[: size // 42 * 3].reshape(-1, 3)
    return SupplyChain(stock, demand, margin, capacity, bill, _plants(plants.astype(np.int64), need))


def _plants(plants: Integers, need: Floats) -> Shared:
    resource = np.repeat(np.arange(len(plants)), plants.shape[1])
    use = 1 / np.maximum(need[plants.ravel()], 1e-9)  # shares of a plant's day
    return Shared(np.full(len(plants), plants.shape[1] * 1.1), resource, plants.ravel(), use)


def willems(folder: Path = WILLEMS) -> Iterator[tuple[str, SupplyChain]]:
    """Each real chain: every arc is a material of its own, of which a unit takes one.

    What the data lack is set alike for all: a stage has in stock what is needed while it works (its stage time), can
    make a quarter more than is needed, and a unit sold is worth what all stages behind it cost; a final stage without
    a mean demand sells 1 a day.
    """
    for stages in sorted(folder.glob("*_stages.csv")):
        name = stages.name.removesuffix("_stages.csv")
        yield name, _read(stages, folder / f"{name}_arcs.csv")


def _read(stages: Path, arcs: Path) -> SupplyChain:
    with stages.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    index = {row["Stage Name"]: number for number, row in enumerate(rows)}
    with arcs.open(encoding="utf-8-sig", newline="") as file:
        ends = [(index[row["sourceStage"]], index[row["destinationStage"]]) for row in csv.DictReader(file)]
    supplier, maker = np.array(ends, dtype=np.int64).T
    bill = Bill(maker, np.ones(maker.size), supplier, np.arange(maker.size))
    final = np.bincount(supplier, minlength=len(rows)) == 0
    demand = np.where(final, [_number(row["avgDemand"], 1.0) for row in rows], 0.0)
    need = needs(demand, bill)
    cost = np.array([_number(row["stageCost"], 0.0) for row in rows])
    lasting = np.array([_number(row["stageTime"], 0.0) for row in rows])
    return SupplyChain(need * lasting, demand, np.where(final, _whole(cost, bill), 0.0), need * 1.25, bill)


def _whole(cost: Floats, bill: Bill) -> Floats:
    """What each stage costs with all that is behind it."""
    taken = sparse.csr_array(
        (bill.quantity[bill.material], (bill.maker[bill.material], bill.supplier)), shape=(cost.size,) * 2
    )
    whole = added = cost
    while added.any():
        added = np.asarray(taken @ added)
        whole = whole + added
    return whole


def _number(text: str, otherwise: float) -> float:
    return float(text) if text.strip() else otherwise


class Textbook:
    """The programs of the paper, in the chain's units, solved from nothing by HiGHS as it comes."""

    def __init__(self, chain: SupplyChain) -> None:
        self._chain = chain
        bill, uses, size = chain.bill, chain.shared, chain.stock.size
        arcs, materials = bill.supplier.size, bill.maker.size
        sold = np.flatnonzero(chain.demand > 0)
        parts = (
            (bill.material, size + np.arange(arcs), np.ones(arcs)),
            (np.arange(materials), bill.maker, -bill.quantity),
            (materials + bill.supplier, size + np.arange(arcs), np.ones(arcs)),
            (materials + np.arange(size), np.arange(size), -np.ones(size)),
            (materials + size + uses.resource, uses.node, uses.use),
            (materials + sold, size + arcs + np.arange(sold.size), -np.ones(sold.size)),
        )
        row, column, value = (np.concatenate(same) for same in zip(*parts, strict=True))
        shape = (materials + size + uses.limit.size, size + arcs + sold.size)
        self._rows = sparse.csc_array((value, (row, column)), shape=shape)
        self._free, self._sold = size + arcs, sold
        self._least = np.concatenate([np.zeros(materials), np.full(size + uses.limit.size, -np.inf)])

    def loss(self, stopped: Integers, time: float) -> float:
        """What is lost at least."""
        chain = self._chain
        upper = np.concatenate([chain.capacity * time, np.full(self._free - chain.stock.size, np.inf)])
        upper[stopped] = 0.0
        upper = np.concatenate([upper, chain.demand[self._sold] * time])
        cost = np.concatenate([np.zeros(self._free), chain.margin[self._sold]])
        return _cold(self._rows, (cost, upper), (self._least, self._most(time, chain.shared.limit * time)))

    def survival(self, stopped: Integers) -> float:
        """The greatest time without a loss."""
        chain, size = self._chain, self._chain.stock.size
        most = np.concatenate([-chain.demand, chain.shared.limit])
        growing = sparse.csc_array(np.concatenate([np.zeros(chain.bill.maker.size), -most])[:, None])
        made = sparse.csc_array(np.eye(size, self._free))
        capacity = sparse.csc_array(sparse.hstack([made, sparse.csc_array(-chain.capacity[:, None])]))
        rows = sparse.csc_array(sparse.vstack([sparse.hstack([self._rows[:, : self._free], growing]), capacity]))
        upper = np.full(self._free + 1, np.inf)
        upper[stopped] = 0.0
        cost = np.zeros(self._free + 1)
        cost[-1] = -1.0
        least = np.concatenate([self._least, np.full(size, -np.inf)])
        bounds = np.concatenate([self._most(0.0, np.zeros(chain.shared.limit.size)), np.zeros(size)])
        return -_cold(rows, (cost, upper), (least, bounds))

    def _most(self, time: float, shared: Floats) -> Floats:
        chain = self._chain
        return np.concatenate([np.full(chain.bill.maker.size, np.inf), chain.stock - chain.demand * time, shared])


def _cold(rows: sparse.csc_array, columns: tuple[Floats, Floats], bounds: tuple[Floats, Floats]) -> float:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_, model.col_upper_ = columns
    model.col_lower_ = np.zeros(model.num_col_)
    model.row_lower_, model.row_upper_ = bounds
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": 1}.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kUnbounded:
        return -math.inf
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(highs.modelStatusToString(status))
    return float(highs.getInfo().objective_function_value)
