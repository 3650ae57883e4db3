"""Large stores: their snapshot over cached arrays, and the most exposed firms of a whole store."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np

from graph.port import GraphReader
from ontology.errors import NotConvergedError
from ontology.records import At, EntityId
from reasoning.arrays.build.builder import silent
from reasoning.arrays.build.claims import Tell
from reasoning.arrays.columns.arrays import Arrays
from reasoning.arrays.snapshots.cache import Held, Keeper
from reasoning.arrays.snapshots.mapped_snapshot import MappedSnapshot
from reasoning.arrays.update.patch import known
from reasoning.core.graph.network import Floats
from reasoning.core.linear.leontief import ALPHA, exposure

CLAIMS = 200_000
_TOLERANCE = 1e-10


def quiet() -> AbstractContextManager[Tell]:
    """Reports no progress."""
    return nullcontext(silent)


class LargeStores:
    """Reads large stores over arrays that are kept between runs: a `reasoning.service.snapshots.LargeStoreReader`.

    Args:
        keeper: The cache of arrays.
        claims: The number of claims from which a store is large.
        telling: Opens a progress display for a build, and gives the function to report to.
    """

    def __init__(
        self, keeper: Keeper, *, claims: int = CLAIMS, telling: Callable[[], AbstractContextManager[Tell]] = quiet
    ) -> None:
        self.claims = claims
        self._keeper = keeper
        self._telling = telling

    def held(self, reader: GraphReader, at: At, *, anew: bool = False) -> Held:
        """The arrays at `at`, whatever the size of the store; `anew` builds them even where they are cached.

        Raises:
            StoreCorruptError: A claim's id is not of the form that claims have.
        """
        with self._telling() as tell:
            return self._keeper.arrays(reader, at, tell=tell, anew=anew)

    def snapshot(self, reader: GraphReader, at: At) -> MappedSnapshot:
        """The snapshot at `at`.

        Raises:
            StoreCorruptError: A claim's id is not of the form that claims have.
        """
        arrays = self.held(reader, at).arrays
        return MappedSnapshot(arrays, reader, known(arrays.stamp))


@dataclass(frozen=True, slots=True)
class Exposed:
    """The exposure of a firm to its suppliers over all categories: M1 without its own risk, in [0, 1].

    Its own risk that returns through a cycle counts, unlike in `reasoning.exposure.scoring.Totals`.
    """

    firm: EntityId
    low: float
    score: float
    high: float


def most_exposed(arrays: Arrays, most: int) -> tuple[Exposed, ...]:
    """The firms most exposed by estimate, greatest first; ties in the order of the arrays.

    Raises:
        NotConvergedError: It did not converge.
    """
    low, score, high = (_reaching(arrays, end) for end in range(3))
    first = np.argsort(-score, kind="stable")[:most].tolist()
    return tuple(
        Exposed(arrays.id(node), *(float(end[node]) for end in (low, score, high)))
        for node in first
        if arrays.net.start[node] < arrays.net.start[node + 1]
    )


def _reaching(arrays: Arrays, end: int) -> Floats:
    own = arrays.weighted[end]
    try:
        found = exposure(arrays.net, arrays.shares[end], own[:, None], tolerance=_TOLERANCE)
    except (ArithmeticError, ValueError) as error:
        message = f"the exposure of all firms has no result: {error}"
        raise NotConvergedError(message, fix="check the weights of the supply links") from error
    rest: Floats = found[:, 0] - (1 - ALPHA) * own
    return rest.clip(0.0)
