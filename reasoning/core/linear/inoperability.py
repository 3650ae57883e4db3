"""M5: inoperability of interdependent sectors, in equilibrium and over time.

Inoperability q is the share of its usual output that a sector does not make. Sector i loses the share star[i, j] of its
output when j makes nothing. In equilibrium q = star·q + c (Haimes et al. 2005). From one step, such as a day, to the
next q(t+1) = q(t) + K·(star·q(t) + c(t) − q(t)) (Lian & Haimes 2006). c is the perturbation and K the rate of recovery.
"""

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from reasoning.core.graph.network import Floats

TOLERANCE = 1e-13
SWEEPS = 100_000
Matrix = npt.NDArray[np.float64]
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Interdependence:
    """Who depends on whom, with a proof that disruptions settle.

    Attributes:
        star: n × n, star[i, j] ≥ 0: the share of its output that i loses when j makes nothing.
        proof: A positive vector with star·proof < proof. It exists only if the spectral radius of star is below 1.
    """

    star: sparse.csr_array
    proof: Floats

    @property
    def size(self) -> int:
        """The number of sectors."""
        return self.proof.size

    @property
    def itself(self) -> Floats:
        """The diagonal of star: the share that each sector loses for want of its own output."""
        found: Floats = self.star.diagonal()
        return found

    @property
    def slack(self) -> Floats:
        """The vector proof − star·proof, positive everywhere."""
        found: Floats = self.proof - self.star @ self.proof
        return found

    @property
    def radius(self) -> float:
        """An upper bound on the spectral radius of star, below 1 (Collatz and Wielandt)."""
        return float(((self.star @ self.proof) / self.proof).max(initial=0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Inoperability over time: `level[t]` holds every sector after t steps; row 0 is the start."""

    level: Matrix

    @property
    def lost(self) -> Floats:
        """∫ q dt of each sector by the trapezoidal rule, in steps of its usual output."""
        found: Floats = (self.level[:-1] + self.level[1:]).sum(axis=0) / 2
        return found

    def recovered(self, below: float) -> npt.NDArray[np.int64]:
        """The first step from which each sector stays at or below a level; −1 if there is none in the course."""
        above = self.level > below
        last = self.level.shape[0] - 1 - np.argmax(above[::-1], axis=0)
        step = np.where(above.any(axis=0), last + 1, 0)
        return np.where(step < self.level.shape[0], step, -1).astype(np.int64)


def by_supply(coefficients: Matrix | sparse.csr_array) -> sparse.csr_array:
    """Star for a loss of supply (Leung et al. 2007): the transposed technical coefficients.

    Args:
        coefficients: n × n; a[j, i] is the input of goods from j a unit of output of i.

    Raises:
        ValueError: A coefficient is negative, infinite or NaN, or the matrix is not square.
    """
    return sparse.csr_array(_checked(coefficients).T)


def interdependence(star: Matrix | sparse.csr_array, *, sweeps: int = SWEEPS) -> Interdependence:
    """Pair a star with the proof that disruptions settle.

    The proof is a partial sum of Σ starᵏ·1.

    Args:
        star: n × n, entries of at least 0.
        sweeps: The most terms of the sum.

    Raises:
        ValueError: An entry is negative, infinite or NaN, or the matrix is not square.
        ArithmeticError: The spectral radius is not below 1, or so close to 1 that the sweeps do not show it.
    """
    found = _checked(star)
    proof: Floats = np.zeros(found.shape[0])
    term: Floats = np.ones(found.shape[0])
    for _ in range(sweeps):
        proof = proof + term
        term = found @ term
        most = float(term.max(initial=0.0))
        if most <= _HALF:  # then star·proof = proof − 1 + term, and so below the proof
            return Interdependence(found, proof)
        if not math.isfinite(most) or most > 1 / TOLERANCE:
            break
    raise ArithmeticError("the sectors depend on each other so much that no disruption would settle")


def at_rest(found: Interdependence, push: Floats, *, sweeps: int = SWEEPS) -> tuple[Floats, float]:
    """The equilibrium of q = star·q + push, and a bound on its error.

    The equations are linear, so levels may exceed 1 where sectors disrupt each other.

    Args:
        found: The interdependence of n sectors.
        push: c, the perturbation of each sector, at least 0.
        sweeps: The most sweeps of the fixed-point iteration.

    Returns:
        q by sector, and the greatest possible error of any entry.

    Raises:
        ValueError: A perturbation is negative, infinite or NaN, or sizes differ.
        ArithmeticError: The equilibrium was not reached within the sweeps.
    """
    _check_push(push, found.size)
    level: Floats = push.astype(np.float64)
    bar = TOLERANCE * max(1.0, float(found.proof.max(initial=0.0)) * float(push.max(initial=0.0)))
    most, slack = float(found.proof.max(initial=0.0)), found.slack
    for _ in range(sweeps):
        raised = np.asarray(push + found.star @ level, dtype=np.float64)
        error = float((np.abs(raised - level) / slack).max(initial=0.0)) * most  # bound on the error, through the proof
        if error <= bar:
            return level, error
        level = raised
    raise ArithmeticError(f"inoperability was not reached within {sweeps} sweeps")


def course(found: Interdependence, rate: Floats, start: Floats, *, push: Matrix | Floats, steps: int) -> Course:
    """The course of inoperability from a start.

    Args:
        found: The interdependence of n sectors.
        rate: K, the share of the gap that each sector closes in a step, in [0, 1].
        start: q(0) by sector, in [0, 1].
        push: c, a row for each step or one for all of them.
        steps: How many steps.

    Returns:
        The course of steps + 1 rows.

    Raises:
        ValueError: A rate or start is outside [0, 1], a perturbation is negative, or sizes differ.
    """
    if not (rate.shape == start.shape == (found.size,) and np.all((rate >= 0) & (rate <= 1))):
        raise ValueError("every sector needs a rate from 0 to 1 a step: use shorter steps or longer recoveries")
    if not np.all((start >= 0) & (start <= 1)) or steps < 0:
        raise ValueError("a course starts from levels in [0, 1] and has 0 steps or more")
    pushes = np.atleast_2d(push)
    _check_push(pushes, found.size)
    if pushes.shape[0] not in {1, steps}:
        raise ValueError("a course needs one perturbation for all its steps, or one for each")
    level = np.empty((steps + 1, found.size))
    level[0] = start
    for number in range(steps):
        here = level[number]
        level[number + 1] = here + rate * (found.star @ here + pushes[min(number, len(pushes) - 1)] - here)
    return Course(level)


def _checked(matrix: Matrix | sparse.csr_array) -> sparse.csr_array:
    found = sparse.csr_array(cast("sparse.csr_array", matrix)).astype(np.float64)
    if found.shape[0] != found.shape[1]:
        raise ValueError("the matrix must be square, with a row and a column for each sector")
    if not np.all((found.data >= 0) & np.isfinite(found.data)):
        raise ValueError("entries must be finite and at least 0")
    return found


def _check_push(push: Floats | Matrix, size: int) -> None:
    if push.shape[-1] != size or not np.all((push >= 0) & np.isfinite(push)):
        raise ValueError("every sector needs a finite perturbation of at least 0")
