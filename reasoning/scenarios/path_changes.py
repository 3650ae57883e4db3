"""The paths of a buyer's exposure that change most from one snapshot to another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ontology.records import EntityId
from reasoning.core.graph.network import Floats, Integers, Network, network
from reasoning.core.linear.path_changes import WalkChanges
from reasoning.exposure.scoring import Scoring, Upstream


@dataclass(frozen=True, slots=True)
class PathChange:
    """One path from the buyer to a supplier, and its contribution before and after; 0 where there is no such path."""

    entities: tuple[EntityId, ...]
    before: float
    after: float

    @property
    def change(self) -> float:
        """The contribution after minus that before."""
        return self.after - self.before


class PathChanges:
    """The paths of one buyer, scored before and after a change."""

    def __init__(self, before: Scoring, after: Scoring) -> None:
        self._scorings = before, after
        networks = before.upstream(), after.upstream()
        self._ways: WalkChanges | None = None
        if all(len(set(one.entities)) == len(one.entities) for one in networks):
            self._entities = tuple(dict.fromkeys([before.buyer, *networks[0].entities, *networks[1].entities]))
            self._place = {entity: place for place, entity in enumerate(self._entities)}
            self._ways = WalkChanges(*(self._placed(one) for one in networks))

    def greatest(self, supplier: EntityId, count: int) -> tuple[PathChange, ...]:
        """The `count` paths to a supplier that change most, the greatest first, ties by their firms."""
        before, after = self._scorings
        if self._ways is None:
            return self._among_all(supplier, count)
        own = before.own(supplier), after.own(supplier)
        found = self._ways.greatest(0, self._place[supplier], own, count)
        named = (PathChange(tuple(self._entities[node] for node in way.nodes), way.before, way.after) for way in found)
        return tuple(sorted(named, key=_order))

    def _placed(self, found: Upstream) -> tuple[Network, Floats]:
        """The network with nodes numbered among those of both networks."""
        place: Integers = np.array([self._place[entity] for entity in found.entities], dtype=np.int64)
        customer, supplier = (place[ends] for ends in (found.net.customer, found.net.supplier))
        order = np.lexsort((supplier, customer))
        return network(len(self._entities), customer[order], supplier[order]), found.share[order]

    def _among_all(self, supplier: EntityId, count: int) -> tuple[PathChange, ...]:
        """The same where a product makes a firm several nodes: a path of firms is then several paths of nodes."""
        old, new = (_contributions(scoring, supplier) for scoring in self._scorings)
        changes = (PathChange(entities, old.get(entities, 0.0), new.get(entities, 0.0)) for entities in {**old, **new})
        return tuple(sorted((path for path in changes if path.change), key=_order)[:count])


def _contributions(scoring: Scoring, supplier: EntityId) -> Mapping[tuple[EntityId, ...], float]:
    """The contribution of each path to a supplier."""
    found: dict[tuple[EntityId, ...], float] = {}
    for path in scoring.exposure(supplier).paths if supplier in scoring.suppliers else ():
        found[path.entities] = found.get(path.entities, 0.0) + path.contribution
    return found


def _order(path: PathChange) -> tuple[float, tuple[EntityId, ...]]:
    return (-abs(path.change), path.entities)
