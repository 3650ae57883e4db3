"""The amount needed of each item a time, if every material is bought in equal parts from all its suppliers."""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import MatrixRankWarning, splu

from reasoning.core.graph.network import Floats
from reasoning.core.recovery.network import Bill


def needs(demand: Floats, bill: Bill) -> Floats:
    """The units a time of each node that meet all demand and the need for materials: (I − A)⁻¹ · demand.

    Args:
        demand: Units a time that customers outside want, by node.
        bill: The bills of material.

    Raises:
        ArithmeticError: A cycle of the bills takes as much as it gives, or more.
    """
    size = demand.size
    among = np.bincount(bill.material, minlength=bill.maker.size)
    part = bill.quantity[bill.material] / among[bill.material]
    taken = sparse.csc_array((part, (bill.supplier, bill.maker[bill.material])), shape=(size, size))
    try:
        found: Floats = splu(sparse.csc_array(sparse.eye_array(size) - taken)).solve(demand)
    except (RuntimeError, MatrixRankWarning) as error:
        raise ArithmeticError("a cycle of the bills of material gives only what it takes") from error
    if not np.all(np.isfinite(found)) or found.min(initial=0.0) < -1e-9 * demand.max(initial=0.0):
        raise ArithmeticError("a cycle of the bills of material takes more than it gives")
    return np.maximum(found, 0.0)
