"""Series: a buyer's exposure at several instants of world time, and the changes between two with their claims."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ontology.errors import InputError
from ontology.records import ClaimId, EntityId
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.closeness import CLOSENESS, is_close
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.exposure import verify as verify_exposure
from reasoning.exposure.scored import Scored, moved, score_of
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.citations import claims_along

EXPLAINED = 20  # suppliers whose changes come with their claims: those that change most


@dataclass(frozen=True, slots=True)
class Point:
    """The buyer's exposure as of one instant of world time.

    Attributes:
        totals: As far as the network is known.
        whole: The whole interval: it allows for any unknown shares and unknown suppliers.
    """

    as_of: str
    totals: Totals
    whole: Interval


@dataclass(frozen=True, slots=True)
class Shift:
    """How the exposure to one supplier changed between two instants.

    Attributes:
        before, after: The exposure at each instant; None where the supplier was not in the network.
        began, ended: The claims that it rests on at the later instant only, and at the earlier only, ascending: those
            of its risks, of the links on its paths, and of the other links of the customers on these paths.
        aged: Whether it changed though the same claims hold: their evidence has grown older.
        explained: Whether the claims were compared; they are for the suppliers that change most.
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
        """The later score minus the earlier."""
        return score_of(self.after) - score_of(self.before)


@dataclass(frozen=True, slots=True)
class Interlude:
    """What changed between two instants of world time; the suppliers that change most come first."""

    earlier: Point
    later: Point
    shifts: tuple[Shift, ...]


def series(take: Callable[[str], Snapshot], buyer: EntityId, instants: Sequence[str]) -> tuple[Point, ...]:
    """The buyer's exposure at each instant.

    Args:
        take: Gives the snapshot of an instant of world time.
        buyer: Any id of the buyer.
        instants: Instants of world time, ascending.

    Raises:
        InputError: There is no instant, or they do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    return tuple(_point(instant, _read(take(instant), buyer)) for instant in instants)


def check_instants(instants: Sequence[str]) -> None:
    """Refuse instants that make no series.

    Raises:
        InputError: There is no instant, or they do not ascend.
    """
    if not instants or any(one >= two for one, two in pairwise(instants)):
        raise InputError("the dates of a series must ascend", fix="name each date once, the earliest first")


def between(
    take: Callable[[str], Snapshot], buyer: EntityId, instants: tuple[str, str], *, explained: int = EXPLAINED
) -> Interlude:
    """What changed between two instants, and because of which claims.

    Args:
        take: Gives the snapshot of an instant of world time.
        buyer: Any id of the buyer.
        instants: The earlier and the later instant of world time.
        explained: How many suppliers come with their claims, those that change most.

    Raises:
        InputError: The instants do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    earlier, later = (_read(take(instant), buyer) for instant in instants)
    ranked = moved((earlier, later))
    shifts = [_shift(firm, earlier, later, place < explained) for place, firm in enumerate(ranked)]
    return Interlude(_point(instants[0], earlier), _point(instants[1], later), tuple(shifts))


def _point(instant: str, reading: Scored) -> Point:
    return Point(instant, reading.totals, _whole(reading))


def _whole(reading: Scored) -> Interval:
    return Uncertainty(reading.scoring.snapshot, reading.scoring.buyer).interval


def verify(found: Interlude, take: Callable[[str], Snapshot], buyer: EntityId) -> tuple[str, ...]:
    """The faults of a comparison: points and shifts are computed again. Nothing where all agree."""
    instants = found.earlier.as_of, found.later.as_of
    readings = {instant: _read(take(instant), buyer) for instant in instants}
    faults = (fault for point in (found.earlier, found.later) for fault in _faults_of(point, readings[point.as_of]))
    return (*faults, *_faults_of_shifts(found, *(readings[instant] for instant in instants)))


def verify_point(point: Point, take: Callable[[str], Snapshot], buyer: EntityId) -> tuple[str, ...]:
    """The faults of a point: scores that do not follow from their parts, and sums. Nothing where all agree."""
    return tuple(_faults_of(point, _read(take(point.as_of), buyer)))


def _faults_of(point: Point, reading: Scored) -> Iterator[str]:
    totals = point.totals
    for one in reading.by_supplier.values():
        yield from verify_exposure(one).faults
    for name in ("low", "score", "high"):
        total = getattr(totals, name)
        if not is_close(total, math.fsum(getattr(one, name) for one in reading.by_supplier.values())):
            yield f"the suppliers do not add up to the {name} as of {point.as_of}"
    for place, name in enumerate(("low", "score", "high")):
        if not is_close(getattr(totals, name), math.fsum(ends[place] for ends in totals.by_category.values())):
            yield f"the categories do not add up to the {name} as of {point.as_of}"
    yield from _faults_of_interval(point, _whole(reading))


def _faults_of_interval(point: Point, whole: Interval) -> Iterator[str]:
    totals = point.totals
    if not (is_close(whole.low, point.whole.low) and is_close(whole.high, point.whole.high)):
        yield f"the whole interval as of {point.as_of} is {whole}, not {point.whole}"
    if not whole.low <= totals.low + CLOSENESS or not totals.high <= whole.high + CLOSENESS:
        yield f"the interval as of {point.as_of} is outside the whole one"
    if not 0 <= totals.low <= totals.score + CLOSENESS <= totals.high + 2 * CLOSENESS:
        yield f"the estimate as of {point.as_of} is outside its interval"


def _faults_of_shifts(found: Interlude, earlier: Scored, later: Scored) -> Iterator[str]:
    change = math.fsum(shift.change for shift in found.shifts)
    if not is_close(change, found.later.totals.score - found.earlier.totals.score):
        yield "the shifts do not add up to the change of the whole"
    for shift in found.shifts:
        firm = shift.supplier
        if (shift.before, shift.after) != (earlier.by_supplier.get(firm), later.by_supplier.get(firm)):
            yield f"the exposure to {firm} is another at one of the dates"
        if shift != _shift(firm, earlier, later, shift.explained):
            yield f"the claims of the exposure to {firm} changed otherwise than stated"
        if shift.explained and not (shift.began or shift.ended or shift.aged):
            yield f"the exposure to {firm} changed without a cause"


def _read(snapshot: Snapshot, buyer: EntityId) -> Scored:
    """A buyer scored at one instant."""
    return Scored(Scoring(snapshot, buyer))


def _claims(reading: Scored, firm: EntityId) -> set[ClaimId]:
    """The claims that the exposure to a firm follows from; none where it is not in the network."""
    if firm not in reading.by_supplier:
        return set()
    whole, links = reading.scoring.exposure(firm), reading.scoring.snapshot.by_customer
    customers = {hop.customer for path in whole.paths for hop in path.hops}
    shared = (link for customer in customers for link in links.get(customer, ()))
    return {*whole.claims, *claims_along(shared)}


def _shift(firm: EntityId, earlier: Scored, later: Scored, explained: bool) -> Shift:  # noqa: FBT001
    before, after = (_claims(one, firm) if explained else set() for one in (earlier, later))
    return Shift(
        supplier=firm,
        before=earlier.by_supplier.get(firm),
        after=later.by_supplier.get(firm),
        began=tuple(sorted(after - before)),
        ended=tuple(sorted(before - after)),
        aged=explained and before == after,
        explained=explained,
    )
