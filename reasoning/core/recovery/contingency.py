"""Chooses among M4's optimal plans, so that the difference to the undisrupted plan is what the stop calls for.

Without a stop, every material comes in parts as equal as capacity allows from all its suppliers, and otherwise flows
are as small as possible. With a stop, additions to these flows are as small as possible. Nothing flows that is not
used, and stock is used before more is made. What is lost of demands that are worth something is fixed beforehand.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.network import Bill, Form
from reasoning.core.recovery.program import drawn, model, solved, solver

_LITTLE = 1 / 1024  # the weight of a flow, relative to that of unequal parts or of an addition
_MUCH = 1024.0  # the weight of losing a demand that is worth nothing


class PlanLimits(NamedTuple):
    """What a plan must keep to.

    Attributes:
        frequency: The frequency of stock.
        lost: Of each demand, what is lost of it.
        given: Of each demand, whether `lost` is fixed.
        stopped: The nodes that stop.
    """

    frequency: float
    lost: Floats
    given: np.ndarray
    stopped: Integers


def even(form: Form, bill: Bill, kept: PlanLimits) -> Floats:
    """The columns of the plan whose parts are most equal, by the least excess of the greatest part over the mean.

    A supplier on a cycle with its customer is due no part, because goods would go in circles.

    Args:
        form: The linear program of the chain.
        bill: The bills of material of the chain.
        kept: What the plan must keep to.

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
    """The columns of the plan that adds least to given flows, and least of all from the stock of stopped nodes.

    Args:
        form: The linear program of the chain.
        bill: The bills of material of the chain.
        kept: What the plan must keep to.
        flow: The flow on each arc without the stop.

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
    """By arc, whether no path leads from its customer back to its supplier."""
    maker = bill.maker[bill.material]
    links = sparse.csr_array((np.ones(maker.size), (bill.supplier, maker)), shape=(size, size))
    _, circle = sparse.csgraph.connected_components(links, connection="strong")
    found: np.ndarray = circle[bill.supplier] != circle[maker]
    return found


def _costs(form: Form, arcs: int) -> Floats:
    lost = np.where(form.cost > 0, 0.0, _MUCH)
    return np.concatenate([np.full(form.unit.size + arcs, _LITTLE), lost, np.zeros(form.stocked.size)])


def _bounds(form: Form, arcs: int, kept: PlanLimits) -> tuple[Floats, Floats]:
    made = form.made.copy()
    made[kept.stopped] = 0.0
    lost = np.minimum(kept.lost, form.lost)
    least, most = np.where(kept.given, lost, 0.0), np.where(kept.given, lost, form.lost)
    low = np.concatenate([np.zeros(made.size + arcs), least, np.zeros(form.stocked.size)])
    return low, np.concatenate([made, np.full(arcs, np.inf), most, drawn(form.lasting, kept.frequency)])


def _rows(form: Form) -> tuple[Floats, Floats]:
    """The rows of the form, with all that arrives used. Production has a cost, so no more is made than is needed."""
    materials = np.zeros(form.matrix.shape[0] - form.need.size - form.limit.size)
    most = np.concatenate([materials, form.need, form.limit])
    return np.append(materials, np.full(most.size - materials.size, -np.inf)), most


def _least(
    matrix: sparse.csc_array, cost: Floats, columns: tuple[Floats, Floats], rows: tuple[Floats, Floats]
) -> Floats:
    highs = solver(model(matrix, cost, columns, rows))
    solved(highs)
    return np.array(highs.getSolution().col_value)
