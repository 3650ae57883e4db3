"""M4's linear program in HiGHS: built once, solved undisrupted once, then solved again for each scenario from there.

A scenario stops some nodes: their columns are fixed at 0. The dual simplex starts from the optimum of the undisrupted
program, never from that of another scenario. So no result depends on earlier queries.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.network import Form

NO_NODES: Integers = np.zeros(0, dtype=np.int64)

_TOLERANCE = 1e-9
_STEPS = 20  # simplex iterations for each row and column before a restart
_SAME = 1e-8  # losses closer than this, in the greatest loss of a unit of time, are equal
_DEVEX = 1  # needs no edge weights of the basis at which it begins
_SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
_TANGENTS = 1000
_STILL = 1e-12
_KEPT = 256  # undisrupted optima kept for stops of several nodes; for single nodes none is forgotten


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """An optimum of the program.

    The least frequency without loss has the prices of the last frequency before it at which there was a loss.

    Attributes:
        frequency: Stock a unit of time; infinite where no frequency avoids a loss.
        loss: The loss.
        columns: The value of each column.
        prices: The dual of each row: ≤ 0 of a row ≤, and ≥ 0 of a row ≥.
    """

    frequency: float
    loss: float
    columns: Floats
    prices: Floats


class RecoveryProgram:
    """The program that loses least at a frequency of stock, with a cost for each demand."""

    def __init__(self, form: Form, cost: Floats) -> None:
        self._made, self._lasting = form.made, form.lasting
        self._stocks = np.arange(form.matrix.shape[1] - form.stocked.size, form.matrix.shape[1], dtype=np.int32)
        self._balances = form.matrix.shape[0] - form.limit.size - form.need.size + form.stocked
        self._model = _model(form, cost)
        self._highs = solver(self._model, presolve="off", simplex_dual_edge_weight_strategy=_DEVEX)
        first = solver(self._model)
        solved(first)
        self._root = first.getBasis()
        self.frequency, self.undisrupted = -1.0, 0.0
        self._forget()

    def begin(self, frequency: float) -> None:
        """Set the frequency for the queries that follow; no effect if it is set already.

        Plans that lose nothing stay optimal where there is more stock a unit of time, and remain known. So rising
        frequencies are the cheapest order.

        Raises:
            ArithmeticError: HiGHS found no optimum.
        """
        if frequency != self.frequency:
            if frequency < self.frequency or self.undisrupted > _STILL:
                self._forget()
            self.frequency = frequency
            self._draw(frequency)
            self._highs.clearSolver()
            self._highs.setBasis(self._root)
            self.undisrupted = solved(self._highs)
            self._basis = self._highs.getBasis()
            self._keep()

    def loss(self, stopped: Integers) -> float:
        """The least loss when these nodes stop.

        An undisrupted optimum that does without these nodes is still optimal. Then nothing is solved.

        Raises:
            ArithmeticError: HiGHS found no optimum.
        """
        if self._idles(stopped):
            return self.undisrupted
        with self._stopped(stopped) as loss:
            return self._snapped(loss)

    def least(self, stopped: Integers) -> float:
        """The least frequency without a loss, from the present one on; infinite where there is none.

        The loss is convex and piecewise linear in the frequency. So the roots of its tangents rise to the result, and
        end there (Newton's method).

        Raises:
            ArithmeticError: HiGHS found no optimum.
        """
        if self._idles(stopped) and self.undisrupted <= _SAME:
            return self.frequency
        with self._stopped(stopped) as loss:
            if self._snapped(loss) <= _SAME:
                return self.frequency
            return list(self._tangents(self.frequency, loss))[-1][0]

    def at(self, stopped: Integers) -> Optimum:
        """The optimum when these nodes stop.

        Raises:
            ArithmeticError: HiGHS found no optimum.
        """
        with self._stopped(stopped) as loss:
            found = self._highs.getSolution()
            return Optimum(self.frequency, loss, np.array(found.col_value), np.array(found.row_dual))

    def at_least(self, stopped: Integers) -> Optimum:
        """The optimum at the least frequency without a loss when these nodes stop; raises as `least` does."""
        with self._stopped(stopped) as loss:
            as_undisrupted, start, lost = loss <= _SAME, self.frequency, loss
            if as_undisrupted and start > 0:  # what limits it binds only where there is less stock
                self._draw(0.0)
                start, lost = 0.0, solved(self._highs)
            found = [(start, np.zeros(self._model.num_row_))]
            found += self._tangents(start, lost) if lost > _SAME else ()
            frequency, prices = found[-1]
            columns = self._highs.getSolution().col_value
            return Optimum(self.frequency if as_undisrupted else frequency, 0.0, np.array(columns), prices)

    def _forget(self) -> None:
        """Forget all undisrupted optima. Of each, the nodes that it does without are kept."""
        self._idle: list[npt.NDArray[np.bool_]] = []
        self._ever = np.zeros(self._made.size, dtype=np.bool_)

    def _idles(self, stopped: Integers) -> bool:
        if not self._ever[stopped].all():
            return False
        return stopped.size == 1 or any(idle[stopped].all() for idle in self._idle)

    def _snapped(self, loss: float) -> float:
        """The loss; exactly the undisrupted one where it is as low, and then its plan is kept as an optimum."""
        if loss - self.undisrupted > _SAME:
            return loss
        self._keep()
        return self.undisrupted

    def _keep(self) -> None:
        made = np.array(self._highs.getSolution().col_value[: self._made.size])
        idle = made <= 0
        self._ever |= idle
        if len(self._idle) < _KEPT:
            self._idle.append(idle)

    def _tangents(self, frequency: float, loss: float) -> Iterator[tuple[float, Floats]]:
        """The roots of the loss's tangents and the prices of each, up to a frequency without a loss."""
        for _ in range(_TANGENTS):
            found = self._highs.getSolution()
            slope = self._slope(np.array(found.row_dual))
            step = -loss / slope if slope < -_STILL * loss else np.inf
            frequency += step
            yield frequency, np.array(found.row_dual)
            if not _STILL * frequency < step < np.inf:
                return
            self._draw(frequency)
            loss = solved(self._highs)
            if loss <= _STILL:
                return
        raise ArithmeticError(f"there is still a loss after {_TANGENTS} tangents")

    def _slope(self, prices: Floats) -> float:
        """The change of the loss with the frequency: the negative worth of the stock that comes with it."""
        worth = np.maximum(-prices[self._balances], 0.0)
        known = np.isfinite(self._lasting)
        return -float(worth[known] @ self._lasting[known])

    def _draw(self, frequency: float) -> None:
        least = np.zeros(self._stocks.size)
        self._highs.changeColsBounds(self._stocks.size, self._stocks, least, drawn(self._lasting, frequency))

    @contextmanager
    def _stopped(self, stopped: Integers) -> Iterator[float]:
        nodes = stopped.astype(np.int32)
        none = np.zeros(nodes.size)
        self._highs.changeColsBounds(nodes.size, nodes, none, none)
        try:
            self._highs.clearSolver()
            self._highs.setBasis(self._basis)
            yield solved(self._highs)
        finally:
            self._highs.changeColsBounds(nodes.size, nodes, none, self._made[stopped])
            self._draw(self.frequency)


def solved(highs: highspy.Highs) -> float:
    """Solve, and solve again from nothing if the simplex got lost. Returns the optimum.

    Raises:
        ArithmeticError: HiGHS found no optimum.
    """
    highs.run()
    if highs.getModelStatus() not in _SOLVED:
        highs.clearSolver()
        highs.run()
    status = highs.getModelStatus()
    if status not in _SOLVED:
        raise ArithmeticError(f"HiGHS found no optimum: {highs.modelStatusToString(status)}")
    return float(highs.getInfo().objective_function_value)


def solver(model: highspy.HighsLp, **options: str | float) -> highspy.Highs:
    """A solver of the model. Options take effect only if they are set before the model is passed."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    run = {"output_flag": False, "threads": 1, "simplex_iteration_limit": _STEPS * (model.num_row_ + model.num_col_)}
    feasible = {"primal_feasibility_tolerance": _TOLERANCE, "dual_feasibility_tolerance": _TOLERANCE}
    for name, value in {**run, **feasible, **options}.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    return highs


def drawn(lasting: Floats, frequency: float) -> Floats:
    """The most that can be drawn from each stock at a frequency."""
    endless = np.isinf(lasting)
    return np.where(endless, np.inf, np.where(endless, 0.0, lasting) * frequency)


def _model(form: Form, cost: Floats) -> highspy.HighsLp:
    most = form.need.size + form.limit.size  # rows with an upper bound
    rows, columns = form.matrix.shape
    arcs = columns - form.made.size - cost.size - form.stocked.size
    return model(
        form.matrix,
        np.concatenate([np.zeros(form.made.size + arcs), cost, np.zeros(form.stocked.size)]),
        (
            np.zeros(columns),
            np.concatenate([form.made, np.full(arcs, np.inf), form.lost, drawn(form.lasting, 1.0)]),
        ),
        (
            np.concatenate([np.zeros(rows - most), np.full(most, -np.inf)]),
            np.concatenate([np.full(rows - most, np.inf), form.need, form.limit]),
        ),
    )


def model(
    matrix: sparse.csc_array, cost: Floats, columns: tuple[Floats, Floats], rows: tuple[Floats, Floats]
) -> highspy.HighsLp:
    """A linear program in HiGHS's form.

    Args:
        matrix: The coefficients, rows × columns.
        cost: The cost of each column, to be minimised.
        columns: Lower and upper bounds of the columns.
        rows: Lower and upper bounds of the rows.
    """
    found = highspy.HighsLp()
    found.num_row_, found.num_col_ = matrix.shape
    found.col_cost_ = cost
    found.col_lower_, found.col_upper_ = columns
    found.row_lower_, found.row_upper_ = rows
    found.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    found.a_matrix_.start_ = matrix.indptr
    found.a_matrix_.index_ = matrix.indices
    found.a_matrix_.value_ = matrix.data
    return found
