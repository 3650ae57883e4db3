"""Time: a buyer's exposure at several dates, and what changed between two of them because of which claims."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ontology.errors import InputError
from ontology.records import ClaimId, EntityId
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.closeness import CLOSENESS, is_close
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.exposure import verify as verify_exposure
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.exposure.snapshot import Snapshot

EXPLAINED = 20  # suppliers, those that change most, of which the claims are told


@dataclass(frozen=True, slots=True)
class Point:
    """The buyer's exposure as of one instant of world time.

    Attributes:
        totals: As far as the network is known.
        whole: Between what it lies, whatever unknown shares and unknown suppliers turn out to be.
    """

    as_of: str
    totals: Totals
    whole: Interval


@dataclass(frozen=True, slots=True)
class Shift:
    """How the exposure to one supplier moved between two instants; None where it was not in the network.

    Attributes:
        began, ended: Claims that it rests on at the later instant only, and at the earlier only; ascending. They are of
            its risks, of the links on its paths, and of the other links of the customers there, which share the need.
        aged: Whether it moved though the same claims stand: what they say of has grown older.
        explained: Whether the claims were looked for; they are for the suppliers that move most.
    """

    supplier: EntityId
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


def series(take: Callable[[str], Snapshot], buyer: EntityId, instants: Sequence[str]) -> tuple[Point, ...]:
    """The buyer's exposure at each instant; `take` gives the snapshot of one.

    Raises:
        InputError: There is no instant, or they do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    return tuple(_point(instant, take(instant), buyer) for instant in instants)


def check_instants(instants: Sequence[str]) -> None:
    """Refuse instants that are no series.

    Raises:
        InputError: There is no instant, or they do not ascend.
    """
    if not instants or any(one >= two for one, two in pairwise(instants)):
        raise InputError("the dates of a series must ascend", fix="name each date once, the earliest first")


def between(
    take: Callable[[str], Snapshot], buyer: EntityId, instants: tuple[str, str], *, explained: int = EXPLAINED
) -> Interlude:
    """What changed between two instants, and because of which claims.

    Raises:
        InputError: The instants do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    earlier, later = (_ScoredInstant(take(instant), buyer) for instant in instants)
    firms = sorted(earlier.scored.keys() | later.scored.keys())
    moved = [firm for firm in firms if earlier.told(firm) != later.told(firm)]
    ranked = sorted(moved, key=lambda firm: (-abs(later.score(firm) - earlier.score(firm)), firm))
    shifts = [_shift(firm, earlier, later, place < explained) for place, firm in enumerate(ranked)]
    ends = _point(instants[0], earlier.snapshot, buyer), _point(instants[1], later.snapshot, buyer)
    return Interlude(*ends, tuple(shifts))


def _point(instant: str, snapshot: Snapshot, buyer: EntityId) -> Point:
    return Point(instant, Scoring(snapshot, buyer).totals(), Uncertainty(snapshot, buyer).interval)


def verify(found: Interlude, take: Callable[[str], Snapshot], buyer: EntityId) -> tuple[str, ...]:
    """What does not follow: the whole from the suppliers, each told shift from what is scored and cited anew."""
    instants = found.earlier.as_of, found.later.as_of
    readings = {instant: _ScoredInstant(take(instant), buyer) for instant in instants}
    faults = (fault for point in (found.earlier, found.later) for fault in _faults_of(point, readings[point.as_of]))
    return (*faults, *_faults_of_shifts(found, *(readings[instant] for instant in instants)))


def verify_point(point: Point, take: Callable[[str], Snapshot], buyer: EntityId) -> tuple[str, ...]:
    """What does not follow: each supplier's score from its own explanation, and the whole from the suppliers."""
    return tuple(_faults_of(point, _ScoredInstant(take(point.as_of), buyer)))


def _faults_of(point: Point, reading: "_ScoredInstant") -> Iterator[str]:
    totals = point.totals
    for one in reading.scored.values():
        yield from verify_exposure(one).faults
    for name in ("low", "score", "high"):
        told = getattr(totals, name)
        if not is_close(told, math.fsum(getattr(one, name) for one in reading.scored.values())):
            yield f"the suppliers do not add up to the {name} as of {point.as_of}"
    for place, name in enumerate(("low", "score", "high")):
        if not is_close(getattr(totals, name), math.fsum(ends[place] for ends in totals.by_category.values())):
            yield f"the categories do not add up to the {name} as of {point.as_of}"
    yield from _faults_of_interval(point, Uncertainty(reading.snapshot, reading.scoring.buyer).interval)


def _faults_of_interval(point: Point, whole: Interval) -> Iterator[str]:
    totals = point.totals
    if not (is_close(whole.low, point.whole.low) and is_close(whole.high, point.whole.high)):
        yield f"the whole interval as of {point.as_of} is {whole}, not {point.whole}"
    if not whole.low <= totals.low + CLOSENESS or not totals.high <= whole.high + CLOSENESS:
        yield f"the interval as of {point.as_of} is outside the whole one"
    if not 0 <= totals.low <= totals.score + CLOSENESS <= totals.high + 2 * CLOSENESS:
        yield f"the estimate as of {point.as_of} is outside its interval"


def _faults_of_shifts(found: Interlude, earlier: "_ScoredInstant", later: "_ScoredInstant") -> Iterator[str]:
    moved = math.fsum(shift.change for shift in found.shifts)
    if not is_close(moved, found.later.totals.score - found.earlier.totals.score):
        yield "the shifts do not add up to the change of the whole"
    for shift in found.shifts:
        firm = shift.supplier
        if (shift.before, shift.after) != (earlier.scored.get(firm), later.scored.get(firm)):
            yield f"the exposure to {firm} is another at one of the dates"
        if shift != _shift(firm, earlier, later, shift.explained):
            yield f"what the exposure to {firm} rests on changed otherwise than it says"
        if shift.explained and not (shift.began or shift.ended or shift.aged):
            yield f"the exposure to {firm} moved without a cause"


class _ScoredInstant:
    """A buyer scored at one instant."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self.snapshot = snapshot
        self.scoring = Scoring(snapshot, buyer)
        self.scored: Mapping[EntityId, Exposure] = {one.supplier: one for one in self.scoring.exposures(paths=0)}

    def score(self, firm: EntityId) -> float:
        return _score(self.scored.get(firm))

    def told(self, firm: EntityId) -> tuple[float, float, float] | None:
        one = self.scored.get(firm)
        return None if one is None else (one.score, one.low, one.high)

    def claims(self, firm: EntityId) -> set[ClaimId]:
        """Everything that the exposure to a firm follows from."""
        return set(self._claims(firm)) if firm in self.scored else set()

    def _claims(self, firm: EntityId) -> Iterator[ClaimId]:
        whole = self.scoring.exposure(firm)
        yield from whole.claims
        for customer in {hop.customer for path in whole.paths for hop in path.hops}:
            for link in self.snapshot.by_customer.get(customer, ()):
                yield from link.claims


def _shift(firm: EntityId, earlier: _ScoredInstant, later: _ScoredInstant, explained: bool) -> Shift:  # noqa: FBT001
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
