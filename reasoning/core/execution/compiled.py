"""Compilation of kernels by numba: once per signature, cached on disk, without the interpreter's lock (GIL).

Kernels that call each other stand in one file with the tuple types that they take. Numba invalidates its cache when
that file changes; it does not look at other files.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])

_BORROWING: dict[str, Any] = {"_nrt": False}  # an option of numba's targets that its types do not declare


def compiled(kernel: Kernel) -> Kernel:
    """Compile a function over arrays to machine code.

    Floating point is strict (no `fastmath`), so every run gives the same figures.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True)(kernel))


def in_place(kernel: Kernel) -> Kernel:
    """Compile a function that allocates no arrays, without reference counting of its arguments.

    Counting would cost more than the work itself where small functions pass arrays on. A function that allocates does
    not compile.
    """
    return cast("Kernel", numba.njit(cache=True, nogil=True, **_BORROWING)(kernel))


def inlined(kernel: Kernel) -> Kernel:
    """Compile a small part of `in_place` kernels that is inlined into each of them."""
    return cast("Kernel", numba.njit(cache=True, nogil=True, forceinline=True, **_BORROWING)(kernel))
