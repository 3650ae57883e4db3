"""How the kernels are compiled: once per signature, kept on disk, and free of the interpreter's lock while they run.

Kernels that call each other, and the tuples that they take, stand in one file: numba compiles anew when that file
changes, and does not look at others.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """A function over arrays as machine code; strict floating point, so that every run gives the same figures."""
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))
