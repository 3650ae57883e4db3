"""How the kernels are compiled: once per signature, kept on disk, and free of the interpreter's lock while they run.

Kernels that call each other, and the tuples that they take, stand in one file: numba compiles anew when that file
changes, and does not look at others.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])

_BORROWING: dict[str, Any] = {"_nrt": False}  # an option of numba's targets that its types do not tell of


def compiled(kernel: Kernel) -> Kernel:
    """A function over arrays as machine code; strict floating point, so that every run gives the same figures."""
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))


def in_place(kernel: Kernel) -> Kernel:
    """The same for one that makes no arrays: it borrows the caller's, and need not count who refers to them.

    Counting would cost more than the work where small functions pass arrays on. One that makes arrays does not compile.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True, **_BORROWING)(kernel))


def inlined(kernel: Kernel) -> Kernel:
    """A small part of such kernels, put in its place in each of them."""
    return cast("Kernel", numba.njit(cache=True, nogil=True, forceinline=True, **_BORROWING)(kernel))
