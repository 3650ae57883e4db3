"""Whether an inoperability follows from its own explanation: groups from flows, and every day of every course."""

import math
from collections.abc import Iterator

import numpy as np

from reasoning.core.closeness import CLOSENESS, is_close
from reasoning.core.graph.network import Floats
from reasoning.measures.inoperability.values import SETTLED, Group, Inoperability, InoperabilityCourse, outputs, rate_of
from reasoning.measures.production import PARTS
from reasoning.network.deliveries import weight_of

_SWEEPS = 10_000


def faults(found: Inoperability) -> tuple[str, ...]:
    """What does not follow from the flows; empty if all does."""
    return (*_faults_of_groups(found), *_faults_of_stops(found))


def _faults_of_groups(found: Inoperability) -> Iterator[str]:
    output = outputs([group.entity for group in found.groups], found.flows)
    itself = {flow.supplier: flow.value for flow in found.flows if flow.supplier == flow.customer}
    for group in found.groups:
        own = itself.get(group.entity, 0.0) / group.output if group.output > 0 else 0.0
        if not is_close(group.output, output[group.entity]) or not is_close(group.itself, own):
            yield f"{group.entity}: its output does not follow from the flows"
        if not is_close(group.rate, rate_of(group.days, own, found.terms.left)) or not 0 <= group.known <= len(
            group.firms
        ):
            yield f"{group.entity}: its rate does not follow from its days to recover"
        if group.known == 0 and group.days != found.terms.days:
            yield f"{group.entity}: no claim states its {group.days:g} days to recover"
    for flow in found.flows:
        weighed = weight_of(flow.links)
        if found.unit != PARTS and not is_close(flow.value, weighed):
            yield f"the flow from {flow.supplier} to {flow.customer} does not follow from its links"
    if not 0 <= found.radius < 1:
        yield "the groups would keep each other stopped for ever"


def _faults_of_stops(found: Inoperability) -> Iterator[str]:
    again = _Again(found)
    for one in found.stops:
        yield from (f"{one.entity}: {fault}" for fault in again.faults(one))
    lost = [one.days_lost for one in found.stops]
    if lost != sorted(lost, reverse=True):
        yield "the days lost are not in falling order"


class _Again:
    """The same recursion, flow by flow."""

    def __init__(self, found: Inoperability) -> None:
        self._groups: tuple[Group, ...] = found.groups
        place = {group.entity: number for number, group in enumerate(found.groups)}
        self._place = place
        self._supplier = np.array([place[flow.supplier] for flow in found.flows], dtype=np.int64)
        self._customer = np.array([place[flow.customer] for flow in found.flows], dtype=np.int64)
        self._output = np.array([group.output for group in found.groups])
        value, output = np.array([flow.value for flow in found.flows]), self._output[self._customer]
        self._part: Floats = np.divide(value, output, out=np.zeros(value.size), where=output > 0)
        self._rate = np.array([group.rate for group in found.groups])

    def faults(self, one: InoperabilityCourse) -> Iterator[str]:
        """What does not hold for one stop."""
        level = self._only(one)
        mine, made = [level], []
        for _ in one.course[1:]:
            mine.append(mine[-1] + self._rate * (self._drawn(mine[-1]) - mine[-1]))
        buyer = [float(day[0]) for day in mine]
        if max(abs(stated - now) for stated, now in zip(one.course, buyer, strict=True)) > CLOSENESS:
            yield "its course is not that of the recursion"
        if one.peak != max(one.course) or one.course[one.peak_day] != one.peak:
            yield "its peak is not that of its course"
        made = [float(day @ self._output) for day in mine]
        whole = float(self._output.sum()) or 1.0
        sums = (_integral(one.course), _integral(made) / whole)
        if not (is_close(sums[0], one.days_lost) and is_close(sums[1], one.network_lost)):
            yield "what is lost is not the integral of its course"
        if one.recovered != _recovered(one.course):
            yield "it does not recover on the stated day"
        if not is_close(self._lasting(one), one.lasting):
            yield "a lasting stop does not have the stated effect"
        drawn = math.fsum(part for _, part in one.parts)
        if not is_close(drawn, float(self._drawn(mine[one.peak_day])[0])):
            yield "the parts do not add up to the loss of the buyer at its peak"

    def _only(self, one: InoperabilityCourse) -> Floats:
        level = np.zeros(len(self._groups))
        level[self._place[one.entity]] = 1.0
        return level

    def _drawn(self, level: Floats) -> Floats:
        drawn = np.bincount(self._customer, self._part * level[self._supplier], minlength=level.size)
        return drawn.astype(np.float64)

    def _lasting(self, one: InoperabilityCourse) -> float:
        """The buyer's level while the stopped group stays at 1."""
        level = fixed = self._only(one)
        for _ in range(_SWEEPS):
            raised: Floats = np.where(fixed > 0, 1.0, self._drawn(level))
            if float(np.abs(raised - level).max()) <= CLOSENESS * CLOSENESS:
                break
            level = raised
        return float(level[0])


def _integral(course: tuple[float, ...] | list[float]) -> float:
    return math.fsum(course) - (course[0] + course[-1]) / 2


def _recovered(course: tuple[float, ...]) -> int | None:
    above = [day for day, level in enumerate(course) if level > SETTLED]
    day = above[-1] + 1 if above else 0
    return day if day < len(course) else None
