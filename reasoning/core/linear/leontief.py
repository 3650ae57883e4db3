"""M1: linear multi-tier exposure in its α form, X = (1−α)(I − A)⁻¹ R with A = α·S (after Leontief's inverse).

S[j, i] is supplier i's share of what customer j buys, and R the own risk of each node. Rows of S sum to at most 1 and α
< 1, so every series here converges and every result lies in [0, 1].
"""

import numpy as np

from reasoning.core.graph.network import Floats, Network

ALPHA = 0.85
TOLERANCE = 1e-13
_LOOK = 8  # sweeps between checks of convergence: a check costs half a sweep


def walks(net: Network, share: Floats, buyer: int, *, alpha: float = ALPHA, tolerance: float = TOLERANCE) -> Floats:
    """The buyer's row of (1−α)(I − αS)⁻¹: the share of its need that ends at each node, over walks of every length.

    Multiplied by a node's own risk it is that node's attribution. The attributions sum to the buyer's exposure. The row
    sums to at most 1.

    Args:
        net: The network of n nodes.
        share: By edge, the supplier's share of what its customer buys.
        buyer: The node whose row is wanted.
        alpha: α, in [0, 1).
        tolerance: The error of the row's sum stays below this.

    Returns:
        n figures.

    Raises:
        ValueError: α is outside [0, 1), or the shares of a customer sum to more than 1.
        ArithmeticError: The series did not converge. The bounds above exclude that unless a share is NaN.
    """
    _check(net, share, alpha)
    term = np.zeros(net.size)
    term[buyer] = 1 - alpha
    total = term.copy()
    for _ in range(_most_sweeps(alpha, tolerance)):
        term = _sweep(net, share, term, alpha)
        total += term
        if term.sum() * alpha <= tolerance * (1 - alpha):
            return total
    raise ArithmeticError("the walks did not converge")


def tiers(net: Network, share: Floats, buyer: int, count: int, *, alpha: float = ALPHA) -> Floats:
    """`walks` split by length: row t is the part over walks of exactly t links, for t = 0 … count−1.

    Args:
        net: The network of n nodes.
        share: As in `walks`.
        buyer: As in `walks`.
        count: The number of rows.
        alpha: As in `walks`.

    Returns:
        count × n figures.

    Raises:
        ValueError: As `walks` does.
    """
    _check(net, share, alpha)
    rows = np.zeros((count, net.size))
    rows[:1, buyer] = 1 - alpha
    for length in range(1, count):
        rows[length] = _sweep(net, share, rows[length - 1], alpha)
    return rows


def exposure(
    net: Network, share: Floats, risk: Floats, *, alpha: float = ALPHA, tolerance: float = TOLERANCE
) -> Floats:
    """(1−α)(I − αS)⁻¹ R: for each node its own risk and what reaches it from upstream.

    Args:
        net: The network of n nodes.
        share: As in `walks`.
        risk: n × k, own risk by node and category, in [0, 1].
        alpha: As in `walks`.
        tolerance: No figure is too low by more than this.

    Returns:
        n × k figures in [0, 1].

    Raises:
        ValueError: As `walks` does, or a risk is outside [0, 1].
        ArithmeticError: As `walks` does.
    """
    found, left = solved(net, share, (1 - alpha) * _known(risk), alpha, (_most_sweeps(alpha, tolerance), tolerance))
    if not left <= tolerance:
        raise ArithmeticError("the exposure did not converge")
    return found


def solved(net: Network, share: Floats, own: Floats, alpha: float, until: tuple[int, float]) -> tuple[Floats, float]:
    """Solve X = own + αS X by sweeps from below, up to an error or a number of sweeps.

    Args:
        net: The network of n nodes.
        share: By edge, the supplier's share of what its customer buys.
        own: n × k, the start of each node: (1 − α) times its own risk, by category.
        alpha: α, in [0, 1).
        until: The most sweeps over all links, and the error at which fewer suffice.

    Returns:
        X, n × k, and by how much a figure may be too low.

    Raises:
        ValueError: α or a share is out of range.
    """
    from scipy import sparse  # noqa: PLC0415 - M1 of one buyer does not need it

    _check(net, share, alpha)
    matrix = sparse.csr_array((alpha * share, net.supplier, net.start), shape=(net.size, net.size))
    found, left = own, np.inf
    for sweep in range(1, until[0] + 1):
        before, found = found, np.asarray(matrix @ found)
        found += own
        if sweep % _LOOK == 0 or sweep == until[0]:
            left = float((found - before).max(initial=0.0)) * alpha / (1 - alpha)
            if left <= until[1]:
                break
    return found, left


def _known(risk: Floats) -> Floats:
    if not np.all((risk >= 0) & (risk <= 1)):
        raise ValueError("own risk must lie in [0, 1]")
    return risk


def _sweep(net: Network, share: Floats, row: Floats, alpha: float) -> Floats:
    passed = alpha * share * row[net.customer]
    return np.bincount(net.supplier, passed, minlength=net.size).astype(np.float64)


def _most_sweeps(alpha: float, tolerance: float) -> int:
    """The sweeps after which the rest is below the tolerance in any network: each shrinks it by α or more."""
    return 2 if alpha == 0 else int(np.ceil(np.log(tolerance * (1 - alpha)) / np.log(alpha))) + 2


def _check(net: Network, share: Floats, alpha: float) -> None:
    if not 0 <= alpha < 1:
        raise ValueError("α must be at least 0 and below 1")
    sums = np.bincount(net.customer, share, minlength=net.size)
    if np.any(share < 0) or np.any(sums > 1 + 1e-9):
        raise ValueError("the shares of a customer must be at least 0 and sum to at most 1")
