"""Time: a buyer's exposure at several dates, and what changed between two of them because of which claims."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ontology.errors import InputError
from ontology.records import ClaimId, NounId
from reasoning.exposure import Exposure
from reasoning.scoring import Scoring, Totals
from reasoning.snapshot import Snapshot

EXPLAINED = 20  # suppliers, those that change most, of which the claims are told


@dataclass(frozen=True, slots=True)
class Point:
    """The buyer's whole exposure as of one instant of world time."""

    as_of: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Shift:
    """How the exposure to one supplier moved between two instants; None where it was not in the network.

    Attributes:
        began, ended: Claims that it rests on at the later instant only, and at the earlier only; ascending. They are of
            its risks, of the links on its paths, and of the other links of the customers there, which share the need.
        aged: Whether it moved though the same claims stand: what they say of has grown older.
        explained: Whether the claims were looked for; they are for the suppliers that move most.
    """

    supplier: NounId
    before: Exposure | None
    after: Exposure | None
    began: tuple[ClaimId, ...]
    ended: tuple[ClaimId, ...]
    aged: bool
    explained: bool

    @property
    def change(self) -> float:
        """The later score less the earlier."""
        return _score(self.after) - _score(self.before)


@dataclass(frozen=True, slots=True)
class Interlude:
    """What changed between two instants of world time; the suppliers that moved most come first."""

    earlier: Point
    later: Point
    shifts: tuple[Shift, ...]


def series(take: Callable[[str], Snapshot], buyer: NounId, instants: Sequence[str]) -> tuple[Point, ...]:
    """The buyer's exposure at each instant; `take` gives the snapshot of one.

    Raises:
        InputError: There is no instant, or they do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    return tuple(Point(instant, Scoring(take(instant), buyer).totals()) for instant in instants)


def check_instants(instants: Sequence[str]) -> None:
    """Refuse instants that are no series.

    Raises:
        InputError: There is no instant, or they do not ascend.
    """
    if not instants or any(one >= two for one, two in pairwise(instants)):
        raise InputError("the dates of a series must ascend", fix="name each date once, the earliest first")


def between(
    take: Callable[[str], Snapshot], buyer: NounId, instants: tuple[str, str], *, explained: int = EXPLAINED
) -> Interlude:
    """What changed between two instants, and because of which claims.

    Raises:
        InputError: The instants do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    earlier, later = (_Reading(take(instant), buyer) for instant in instants)
    firms = sorted(earlier.scored.keys() | later.scored.keys())
    moved = [firm for firm in firms if earlier.told(firm) != later.told(firm)]
    ranked = sorted(moved, key=lambda firm: (-abs(later.score(firm) - earlier.score(firm)), firm))
    shifts = [_shift(firm, earlier, later, place < explained) for place, firm in enumerate(ranked)]
    ends = Point(instants[0], earlier.scoring.totals()), Point(instants[1], later.scoring.totals())
    return Interlude(*ends, tuple(shifts))


class _Reading:
    """A buyer scored at one instant."""

    def __init__(self, snapshot: Snapshot, buyer: NounId) -> None:
        self.snapshot = snapshot
        self.scoring = Scoring(snapshot, buyer)
        self.scored: Mapping[NounId, Exposure] = {one.supplier: one for one in self.scoring.exposures(paths=0)}

    def score(self, firm: NounId) -> float:
        return _score(self.scored.get(firm))

    def told(self, firm: NounId) -> tuple[float, float, float] | None:
        one = self.scored.get(firm)
        return None if one is None else (one.score, one.low, one.high)

    def claims(self, firm: NounId) -> set[ClaimId]:
        """Everything that the exposure to a firm follows from."""
        return set(self._claims(firm)) if firm in self.scored else set()

    def _claims(self, firm: NounId) -> Iterator[ClaimId]:
        whole = self.scoring.exposure(firm)
        yield from whole.claims
        for customer in {hop.customer for path in whole.paths for hop in path.hops}:
            for link in self.snapshot.by_customer.get(customer, ()):
                yield from link.claims


def _shift(firm: NounId, earlier: _Reading, later: _Reading, explained: bool) -> Shift:  # noqa: FBT001
    before, after = (one.claims(firm) if explained else set() for one in (earlier, later))
    return Shift(
        supplier=firm,
        before=earlier.scored.get(firm),
        after=later.scored.get(firm),
        began=tuple(sorted(after - before)),
        ended=tuple(sorted(before - after)),
        aged=explained and before == after,
        explained=explained,
    )


def _score(exposure: Exposure | None) -> float:
    return 0.0 if exposure is None else exposure.score
