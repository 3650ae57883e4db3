"""M5 over a store: the inoperability of a buyer, day by day, after a product's makers, a country or a firm stops.

Firms are grouped; the buyer is a group of its own. A group loses the share that a stopped group has in what it makes,
and recovers at its own rate. The output of a group is what it sells in the buyer's network, or at least so much that
inputs are 0.85 of it, as in M1. Outputs are hardly ever known, and this keeps groups from stopping each other for ever.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np
from scipy import sparse

from ontology.errors import InputError, NotConvergedError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.core.graph.network import Floats
from reasoning.core.linear.inoperability import at_rest, by_supply, course, interdependence
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.bills import recovery_days
from reasoning.measures.inoperability import proof as inoperability_proof
from reasoning.measures.inoperability.values import (
    DECLARED,
    SETTLED,
    Flow,
    Group,
    Inoperability,
    InoperabilityCourse,
    InoperabilityTerms,
    outputs,
    rate_of,
)
from reasoning.measures.production import made_by, values
from reasoning.network.facts import Facts
from reasoning.network.sites import sites_of
from reasoning.scenarios.stops import By

UNKNOWN = EntityId("")
_FEW = 1  # a network in one known group is not grouped
_GROUPINGS: tuple[By, ...] = ("product", "country", "supplier")
_BY_KIND: Mapping[str, By] = {"prd": "product", "cat": "product", "reg": "country"}


def _no_progress(_: int) -> None:
    """The default progress callback, which does nothing."""


def measure(
    snapshot: Snapshot,
    buyer: EntityId,
    *,
    terms: InoperabilityTerms = DECLARED,
    stopped: EntityId | None = None,
    progress: Callable[[int], None] = _no_progress,
) -> Inoperability:
    """What each group's stop does to a buyer over time.

    Args:
        snapshot: The links.
        buyer: The buyer.
        terms: The parameters.
        stopped: Only the stop of this group; None for the worst groups.
        progress: Called with 1 after each stop.

    Raises:
        InputError: A figure of the terms is out of its range.
        NotFoundError: There is no such group in the buyer's network.
        NotConvergedError: The groups depend on each other so much that no disruption would settle.
    """
    network = _Network(snapshot, snapshot.facts.of(buyer))
    _check(terms)
    by = network.grouping(terms.by, stopped)
    try:
        model = _GroupModel(*network.grouped(by), network.days, terms)
        wanted = model.worst(terms.most) if stopped is None else (model.group_of(snapshot.facts.of(stopped)),)
        stops = []
        for place in wanted:
            stops.append(model.stop(place))
            progress(1)
    except ArithmeticError as error:
        raise NotConvergedError(str(error), fix="check the weights of the supply links") from error
    return Inoperability(
        buyer=network.buyer,
        revision=snapshot.revision,
        by=by,
        unit=network.unit,
        terms=terms,
        radius=model.star.radius,
        groups=model.groups,
        flows=model.flows,
        stops=tuple(sorted(stops, key=lambda one: (-one.days_lost, one.entity))),
        left_out=len(model.groups) - 1 - len(stops),
    )


def verify(found: Inoperability) -> tuple[str, ...]:
    """What does not follow from the flows: outputs, rates, courses and equilibria; empty if all does."""
    return inoperability_proof.faults(found)


class _Network:
    """The buyer's network before grouping."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self._snapshot = snapshot
        self.buyer = buyer
        self._firms = (buyer, *sorted(snapshot.upstream(buyer)))
        inside = frozenset(self._firms)
        self._links = tuple(link for link in snapshot.links.counted if link.customer in inside)
        self._values, self.unit = values(snapshot, self._links)

    @property
    def days(self) -> Mapping[EntityId, float]:
        """The time to recover of each firm for which claims state it."""
        stated = {firm: recovery_days(self._snapshot.facts, firm) for firm in self._firms}
        return {firm: days for firm, days in stated.items() if days is not None}

    def grouping(self, wanted: str, stopped: EntityId | None) -> By:
        """How firms are grouped."""
        if stopped is not None and not wanted:
            return _BY_KIND.get(kind_prefix(stopped), "supplier")
        for by in _GROUPINGS:
            if wanted == by or (
                not wanted and len({entity for entity in self._entities(by).values() if entity}) > _FEW
            ):
                return by
        return "supplier"

    def grouped(self, by: By) -> tuple[Mapping[EntityId, tuple[EntityId, ...]], tuple[Flow, ...]]:
        """The firms of each group, the buyer's first, and the flows between groups."""
        entity_of = self._entities(by)
        groups: dict[EntityId, list[EntityId]] = defaultdict(list)
        for firm in self._firms:
            groups[entity_of[firm]].append(firm)
        numbers_of: dict[tuple[EntityId, EntityId], list[int]] = defaultdict(list)
        for number, link in enumerate(self._links):
            numbers_of[entity_of[link.supplier], entity_of[link.customer]].append(number)
        flows = tuple(
            Flow(*ends, math.fsum(self._values[numbers].tolist()), tuple(self._links[number] for number in numbers))
            for ends, numbers in sorted(numbers_of.items())
        )
        return {entity: tuple(firms) for entity, firms in groups.items()}, flows

    def _entities(self, by: By) -> Mapping[EntityId, EntityId]:
        """The group of each firm; the buyer is a group by itself."""
        if by == "supplier":
            return {firm: firm for firm in self._firms}
        if by == "country":
            found = {firm: _country(self._snapshot.facts, firm) for firm in self._firms}
        else:
            sector, made = made_by(self._snapshot, self.buyer)
            index = self._snapshot.index
            found = {firm: EntityId(made[sector[index[firm]]]) for firm in self._firms if firm in index}
        return {**found, self.buyer: self.buyer}


def _check(terms: InoperabilityTerms) -> None:
    if not (terms.days > 0 and 0 < terms.left < 1 and terms.horizon >= 0 and terms.most >= 0):
        message = "days to recover must be above 0, and the share that is left between 0 and 1"
        raise InputError(message, fix="give days above 0, a share between 0 and 1, and counts that are not negative")


def _group(
    firms: tuple[EntityId, ...],
    row: tuple[EntityId, float, float],
    known: Mapping[EntityId, float],
    terms: InoperabilityTerms,
) -> Group:
    entity, output, itself = row
    days = max(known.get(firm, terms.days) for firm in firms)
    stated = sum(firm in known for firm in firms)
    return Group(entity, firms, output, itself, days, stated, rate_of(days, itself, terms.left))


class _GroupModel:
    """Groups that depend on each other; the buyer's is group 0."""

    def __init__(
        self,
        firms: Mapping[EntityId, tuple[EntityId, ...]],
        flows: tuple[Flow, ...],
        known: Mapping[EntityId, float],
        terms: InoperabilityTerms,
    ) -> None:
        self.flows = flows
        self._terms = terms
        entities = tuple(firms)
        self._place = {entity: place for place, entity in enumerate(entities)}
        output = outputs(entities, flows)
        self._output = np.array([output[entity] for entity in entities])
        self.star = interdependence(by_supply(self._coefficients()))
        rows = zip(entities, self._output.tolist(), self.star.itself.tolist(), strict=True)
        self.groups = tuple(_group(firms[entity], (entity, out, itself), known, terms) for entity, out, itself in rows)
        self._rate = np.array([group.rate for group in self.groups])

    def worst(self, most: int) -> tuple[int, ...]:
        """The groups with the greatest effect on the buyer in equilibrium."""
        turned = interdependence(sparse.csr_array(self.star.star.T))
        weight, _ = at_rest(turned, self._unit(0))
        order = np.argsort(-weight[1:], kind="stable") + 1
        found: list[int] = order[:most].tolist()
        return tuple(found)

    def group_of(self, entity: EntityId) -> int:
        """The index of a group, or of the group of a firm.

        Raises:
            NotFoundError: There is none in the buyer's network.
        """
        for place, group in enumerate(self.groups[1:], start=1):
            if entity == group.entity or entity in group.firms:
                return place
        fix = "`tierscope exposure --measure inoperability` lists what may stop"
        raise NotFoundError(f"{entity} is no group or firm in this network", fix=fix, id=entity)

    def stop(self, place: int) -> InoperabilityCourse:
        """What happens to the buyer after a group stops."""
        ran = course(self.star, self._rate, self._unit(place), push=np.zeros(self.star.size), steps=self._terms.horizon)
        resting, _ = at_rest(self.star, self._unit(place))
        mine = ran.level[:, 0]
        day = int(np.argmax(mine))
        recovered = int(ran.recovered(SETTLED)[0])
        network = float(ran.lost @ self._output) / (float(self._output.sum()) or 1.0)
        return InoperabilityCourse(
            entity=self.groups[place].entity,
            course=tuple(mine.tolist()),
            peak=float(mine[day]),
            peak_day=day,
            recovered=None if recovered < 0 else recovered,
            days_lost=float(ran.lost[0]),
            network_lost=network,
            lasting=float(resting[0] / resting[place]),
            parts=self._parts(ran.level[day]),
        )

    def _parts(self, level: Floats) -> tuple[tuple[EntityId, float], ...]:
        drawn = self.star.star[[0], :].multiply(level[None, :]).toarray().ravel()
        places = np.flatnonzero(drawn)
        return tuple(
            (self.groups[place].entity, float(drawn[place]))
            for place in sorted(places.tolist(), key=lambda one: (-drawn[one], one))
        )

    def _unit(self, place: int) -> Floats:
        found = np.zeros(len(self._place))
        found[place] = 1.0
        return found

    def _coefficients(self) -> sparse.csr_array:
        """The technical coefficients: a[j, i] is the input of j's goods in a unit of i's output."""
        rows = [self._place[flow.supplier] for flow in self.flows]
        columns = [self._place[flow.customer] for flow in self.flows]
        output = self._output[columns]
        value = np.array([flow.value for flow in self.flows])
        parts = np.divide(value, output, out=np.zeros(len(rows)), where=output > 0)
        size = len(self._place)
        return sparse.csr_array(sparse.coo_array((parts, (rows, columns)), shape=(size, size)))


def _country(facts: Facts, firm: EntityId) -> EntityId:
    """The country of a firm, or of its first site that has one."""
    for spot in (firm, *sites_of(facts, firm)):
        stated = facts.preferred("IN_COUNTRY", spot)
        if stated is not None and stated.object is not None:
            return stated.object
    return UNKNOWN
