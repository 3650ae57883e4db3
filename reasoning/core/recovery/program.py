"""The linear program of M4 in HiGHS: made once, solved undisrupted once, then again for each scenario from there.

A scenario stops some nodes: their columns are fixed at 0, and the dual simplex goes on from the optimum of the
undisrupted program, never from that of another scenario, so no answer depends on what was asked before it.
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

NOBODY: Integers = np.zeros(0, dtype=np.int64)

_TOLERANCE = 1e-9
_STEPS = 20  # of the simplex, for each row and column, before it is begun anew
_SAME = 1e-8  # losses closer than this, in what is lost of the greatest in a unit of time, are the same
_DEVEX = 1  # needs no weights of the basis that it begins at
_SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
_TANGENTS = 1000
_STILL = 1e-12
_KEPT = 256  # plans that are the best undisrupted, for stops of several nodes; of single nodes none is forgotten


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """An optimum: how much stock comes to a unit of time in it, its loss, its columns, and the price of each row.

    Prices are ≤ 0 of a row ≤, and ≥ 0 of a row ≥. Of the least frequency at which nothing is lost, which is infinite
    where there is none, they are those of the last one before it at which something was.
    """

    frequency: float
    loss: float
    columns: Floats
    prices: Floats


class RecoveryProgram:
    """The program of a form: to lose least, each demand at its cost, at some frequency of stock."""

    def __init__(self, form: Form, cost: Floats) -> None:
        self._made, self._lasting = form.made, form.lasting
        self._stocks = np.arange(form.matrix.shape[1] - form.held.size, form.matrix.shape[1], dtype=np.int32)
        self._balances = form.matrix.shape[0] - form.limit.size - form.need.size + form.held
        self._model = _model(form, cost)
        self._highs = solver(self._model, presolve="off", simplex_dual_edge_weight_strategy=_DEVEX)
        first = solver(self._model)
        solved(first)
        self._root = first.getBasis()
        self.frequency, self.undisrupted = -1.0, 0.0
        self._forget()

    def begin(self, frequency: float) -> None:
        """Ask about this frequency from now on; does nothing where it is asked about already.

        Plans that lose nothing are as good where there is more stock to a unit of time, and stay known: who asks about
        many frequencies does best to let them rise.

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
        """What is lost at least when these nodes stop.

        A plan that is the best undisrupted and does without these nodes is still the best: nothing is solved then.

        Raises:
            ArithmeticError: HiGHS found no optimum.
        """
        if self._idles(stopped):
            return self.undisrupted
        with self._stopped(stopped) as loss:
            return self._snapped(loss)

    def least(self, stopped: Integers) -> float:
        """The least frequency, from the one asked about on, at which nothing is lost; infinite where there is none.

        The loss is convex in the frequency, and straight between kinks: the roots of its tangents rise to it, and end.

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
        """The optimum at the least frequency at which nothing is lost when these nodes stop; raises as `least` does."""
        with self._stopped(stopped) as loss:
            as_undisrupted, start, lost = loss <= _SAME, self.frequency, loss
            if as_undisrupted and start > 0:  # what limits it shows only where there is less stock
                self._draw(0.0)
                start, lost = 0.0, solved(self._highs)
            found = [(start, np.zeros(self._model.num_row_))]
            found += self._tangents(start, lost) if lost > _SAME else ()
            frequency, prices = found[-1]
            columns = self._highs.getSolution().col_value
            return Optimum(self.frequency if as_undisrupted else frequency, 0.0, np.array(columns), prices)

    def _forget(self) -> None:
        """Know no plan that is the best undisrupted; of each, the nodes that it does without."""
        self._idle: list[npt.NDArray[np.bool_]] = []
        self._ever = np.zeros(self._made.size, dtype=np.bool_)

    def _idles(self, stopped: Integers) -> bool:
        if not self._ever[stopped].all():
            return False
        return stopped.size == 1 or any(idle[stopped].all() for idle in self._idle)

    def _snapped(self, loss: float) -> float:
        """The loss; where it is as undisrupted, then exactly so, and its plan is kept as one of the best."""
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
        """The roots of the loss's tangents, with the prices that make each, up to where nothing is lost."""
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
        raise ArithmeticError(f"something is lost still, after {_TANGENTS} tangents")

    def _slope(self, prices: Floats) -> float:
        """How the loss changes with the frequency: by the worth of the stock that comes with it."""
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
    """Run; where the simplex has lost its way, run from nothing. The optimum."""
    highs.run()
    if highs.getModelStatus() not in _SOLVED:
        highs.clearSolver()
        highs.run()
    status = highs.getModelStatus()
    if status not in _SOLVED:
        raise ArithmeticError(f"HiGHS found no optimum: {highs.modelStatusToString(status)}")
    return float(highs.getInfo().objective_function_value)


def solver(model: highspy.HighsLp, **options: str | float) -> highspy.Highs:
    """A solver of the model. Options count only if they are set before the model is passed."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    told = {"output_flag": False, "threads": 1, "simplex_iteration_limit": _STEPS * (model.num_row_ + model.num_col_)}
    feasible = {"primal_feasibility_tolerance": _TOLERANCE, "dual_feasibility_tolerance": _TOLERANCE}
    for name, value in {**told, **feasible, **options}.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    return highs


def drawn(lasting: Floats, frequency: float) -> Floats:
    """The most that can be drawn from each stock."""
    endless = np.isinf(lasting)
    return np.where(endless, np.inf, np.where(endless, 0.0, lasting) * frequency)


def _model(form: Form, cost: Floats) -> highspy.HighsLp:
    most = form.need.size + form.limit.size  # rows with an upper bound
    rows, columns = form.matrix.shape
    arcs = columns - form.made.size - cost.size - form.held.size
    return model(
        form.matrix,
        np.concatenate([np.zeros(form.made.size + arcs), cost, np.zeros(form.held.size)]),
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
    """A linear program: the least cost, with lower and upper bounds of columns and of rows."""
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
