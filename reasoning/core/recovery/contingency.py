"""Which of M4's best plans is told, so that what is more than undisrupted is what a stop calls for.

Undisrupted, every material comes in parts as equal as capacity allows from all who can supply it, and otherwise as
little flows as can. In a stop as little as can is added to any of these flows. Nothing flows that is not used, and
stock is used before more is made. What is lost is not decided here: of what is worth something it is given.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.network import Bill, Form
from reasoning.core.recovery.program import drawn, model, solved, solver

_LITTLE = 1 / 1024  # what a flow weighs, in what unequal parts or an addition to it weigh
_MUCH = 1024.0  # what the loss of something that is worth nothing weighs


class PlanLimits(NamedTuple):
    """What a plan keeps to: the frequency of stock, what is lost of each demand where that is given, and who stops."""

    frequency: float
    lost: Floats
    given: np.ndarray
    stopped: Integers


def even(form: Form, bill: Bill, kept: PlanLimits) -> Floats:
    """The columns of the form in the plan whose parts are most equal: least is how far the greatest is above the mean.

    A supplier that needs the item of its customer, by whatever way, is due no part: goods would go in circles.

    Raises:
        ArithmeticError: HiGHS found no optimum.
    """
    size, arcs = form.unit.size, bill.supplier.size
    due = np.flatnonzero(_ahead(bill, size))
    materials, group = np.unique(bill.material[due], return_inverse=True)
    cost = _costs(form, arcs)
    cost[size + due] -= 1 / np.bincount(group, minlength=materials.size)[group]
    ends = np.repeat(np.arange(due.size), 2), np.stack([size + due, form.matrix.shape[1] + group], axis=1).ravel()
    shape = due.size, form.matrix.shape[1] + materials.size
    above = sparse.csr_array((np.tile([-1.0, 1.0], due.size), ends), shape=shape)
    wide = sparse.hstack([form.matrix, sparse.csc_array((form.matrix.shape[0], materials.size))])
    matrix = sparse.csc_array(sparse.vstack([wide, above]))
    low, high = _bounds(form, arcs, kept)
    least, most = _rows(form)
    found = _least(
        matrix,
        np.concatenate([cost, np.ones(materials.size)]),
        (np.append(low, np.zeros(materials.size)), np.append(high, np.full(materials.size, np.inf))),
        (np.append(least, np.zeros(due.size)), np.append(most, np.full(due.size, np.inf))),
    )
    return found[: form.matrix.shape[1]]


def nearest(form: Form, bill: Bill, kept: PlanLimits, flow: Floats) -> Floats:
    """The columns of the form in the plan that adds least to these flows, least of all from the stock of what stopped.

    Raises:
        ArithmeticError: HiGHS found no optimum.
    """
    arcs = slice(form.unit.size, form.unit.size + bill.supplier.size)
    low, high = _bounds(form, flow.size, kept)
    high[arcs] = flow
    more = 1.0 + _LITTLE + np.isin(bill.supplier, kept.stopped)
    found = _least(
        sparse.csc_array(sparse.hstack([form.matrix, form.matrix[:, arcs]])),
        np.concatenate([_costs(form, flow.size), more]),
        (np.append(low, np.zeros(flow.size)), np.append(high, np.full(flow.size, np.inf))),
        _rows(form),
    )
    columns = found[: form.matrix.shape[1]].copy()
    columns[arcs] += found[form.matrix.shape[1] :]
    return columns


def _ahead(bill: Bill, size: int) -> np.ndarray:
    """Whether an arc leads nowhere whence goods come back to its supplier."""
    maker = bill.maker[bill.material]
    links = sparse.csr_array((np.ones(maker.size), (bill.supplier, maker)), shape=(size, size))
    _, circle = sparse.csgraph.connected_components(links, connection="strong")
    found: np.ndarray = circle[bill.supplier] != circle[maker]
    return found


def _costs(form: Form, arcs: int) -> Floats:
    lost = np.where(form.cost > 0, 0.0, _MUCH)
    return np.concatenate([np.full(form.unit.size + arcs, _LITTLE), lost, np.zeros(form.held.size)])


def _bounds(form: Form, arcs: int, kept: PlanLimits) -> tuple[Floats, Floats]:
    made = form.made.copy()
    made[kept.stopped] = 0.0
    lost = np.minimum(kept.lost, form.lost)
    least, most = np.where(kept.given, lost, 0.0), np.where(kept.given, lost, form.lost)
    low = np.concatenate([np.zeros(made.size + arcs), least, np.zeros(form.held.size)])
    return low, np.concatenate([made, np.full(arcs, np.inf), most, drawn(form.lasting, kept.frequency)])


def _rows(form: Form) -> tuple[Floats, Floats]:
    """Those of the form, and all that arrives is used. What is made costs, so no more of it is made than is given."""
    materials = np.zeros(form.matrix.shape[0] - form.need.size - form.limit.size)
    most = np.concatenate([materials, form.need, form.limit])
    return np.append(materials, np.full(most.size - materials.size, -np.inf)), most


def _least(
    matrix: sparse.csc_array, cost: Floats, columns: tuple[Floats, Floats], rows: tuple[Floats, Floats]
) -> Floats:
    highs = solver(model(matrix, cost, columns, rows))
    solved(highs)
    return np.array(highs.getSolution().col_value)
