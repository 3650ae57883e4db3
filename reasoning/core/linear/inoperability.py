"""M5: inoperability of sectors that depend on each other, at rest and over time.

Inoperability q is the share of a sector's usual output that it does not make. Of sector i the part star[i, j] is lost
when j makes nothing: q = star·q + c at rest (Haimes et al. 2005), and from one day, or other step, to the next
q(t+1) = q(t) + K·(star·q(t) + c(t) − q(t)) (Lian & Haimes 2006).
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
    """Who depends on whom, with the proof that it settles.

    Attributes:
        star: star[i, j] ≥ 0: the part of its output that i loses when j makes nothing.
        proof: A vector above 0 of which star makes less: star·proof < proof. Only a star whose spectral radius is below
            1 has one.
    """

    star: sparse.csr_array
    proof: Floats

    @property
    def size(self) -> int:
        """The number of sectors."""
        return self.proof.size

    @property
    def itself(self) -> Floats:
        """The part that each sector loses for want of its own output: the diagonal."""
        found: Floats = self.star.diagonal()
        return found

    @property
    def slack(self) -> Floats:
        """What star leaves of the proof: above 0 everywhere."""
        found: Floats = self.proof - self.star @ self.proof
        return found

    @property
    def radius(self) -> float:
        """What the spectral radius is at most (Collatz and Wielandt): below 1."""
        return float(((self.star @ self.proof) / self.proof).max(initial=0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Inoperability over time: `level[t]` after t steps, of every sector; 0 is the start."""

    level: Matrix

    @property
    def lost(self) -> Floats:
        """∫ q dt of each sector, by trapezoids: how many steps' worth of its output; times its output, what is lost."""
        found: Floats = (self.level[:-1] + self.level[1:]).sum(axis=0) / 2
        return found

    def recovered(self, below: float) -> npt.NDArray[np.int64]:
        """The first step from which each sector stays at or below a level; −1 where it does not within the course."""
        above = self.level > below
        last = self.level.shape[0] - 1 - np.argmax(above[::-1], axis=0)
        step = np.where(above.any(axis=0), last + 1, 0)
        return np.where(step < self.level.shape[0], step, -1).astype(np.int64)


def by_supply(coefficients: Matrix | sparse.csr_array) -> sparse.csr_array:
    """Star of suppliers that no longer deliver (Leung et al. 2007): a_ji, what of j's goods goes into a unit of i's.

    Raises:
        ValueError: A coefficient is negative or no number, or the matrix is not square.
    """
    return sparse.csr_array(_checked(coefficients).T)


def interdependence(star: Matrix | sparse.csr_array, *, sweeps: int = SWEEPS) -> Interdependence:
    """A star with the proof that it settles.

    Raises:
        ValueError: A part is negative or no number, or the matrix is not square.
        ArithmeticError: The spectral radius is not below 1, or too near to it to be told within the sweeps.
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
    """What q = star·q + push has settled at; and by how much it is off at most.

    The equations are linear: they may give more than 1 where sectors disrupt each other.

    Raises:
        ValueError: A push is negative or no number, or sizes differ.
        ArithmeticError: It was not reached within the sweeps.
    """
    _check_push(push, found.size)
    level: Floats = push.astype(np.float64)
    bar = TOLERANCE * max(1.0, float(found.proof.max(initial=0.0)) * float(push.max(initial=0.0)))
    most, slack = float(found.proof.max(initial=0.0)), found.slack
    for _ in range(sweeps):
        raised = np.asarray(push + found.star @ level, dtype=np.float64)
        error = float((np.abs(raised - level) / slack).max(initial=0.0)) * most  # what is left, through the proof
        if error <= bar:
            return level, error
        level = raised
    raise ArithmeticError(f"inoperability was not reached within {sweeps} sweeps")


def course(found: Interdependence, rate: Floats, start: Floats, *, push: Matrix | Floats, steps: int) -> Course:
    """How inoperability goes on from a start.

    `push` is c: a row for each step, or one for all of them.

    Raises:
        ValueError: A rate is not in [0, 1], a start not in [0, 1], a push negative, or sizes differ.
    """
    if not (rate.shape == start.shape == (found.size,) and np.all((rate >= 0) & (rate <= 1))):
        raise ValueError("every sector needs a rate from 0 to 1 a step: take shorter steps, or longer recoveries")
    if not np.all((start >= 0) & (start <= 1)) or steps < 0:
        raise ValueError("a course starts from levels in [0, 1]")
    pushes = np.atleast_2d(push)
    _check_push(pushes, found.size)
    if pushes.shape[0] not in {1, steps}:
        raise ValueError("a course needs one push for all its steps, or one for each")
    level = np.empty((steps + 1, found.size))
    level[0] = start
    for number in range(steps):
        here = level[number]
        level[number + 1] = here + rate * (found.star @ here + pushes[min(number, len(pushes) - 1)] - here)
    return Course(level)


def _checked(matrix: Matrix | sparse.csr_array) -> sparse.csr_array:
    found = sparse.csr_array(cast("sparse.csr_array", matrix)).astype(np.float64)
    if found.shape[0] != found.shape[1]:
        raise ValueError("there must be a row and a column for each sector")
    if not np.all((found.data >= 0) & np.isfinite(found.data)):
        raise ValueError("parts must be numbers of at least 0")
    return found


def _check_push(push: Floats | Matrix, size: int) -> None:
    if push.shape[-1] != size or not np.all((push >= 0) & np.isfinite(push)):
        raise ValueError("every sector needs a push of at least 0")
