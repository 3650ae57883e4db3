"""The exposure of every firm, updated by the change feed: what a change touches is read again and propagated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from graph.identity import Identity
from graph.port import GraphReader
from ontology.records import At, EntityId
from reasoning.arrays.build.own_risks import profile_row, profiles
from reasoning.arrays.columns.arrays import Arrays, summed
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.arrays.nearby.renewed_links import Bought, renewed
from reasoning.arrays.update.patch import known, patched
from reasoning.arrays.update.touched import Touched, touched, turned, turns_of
from reasoning.core.graph.network import Network
from reasoning.core.linear.push import ScoreChange, Standing
from reasoning.network.reading import fixed
from reasoning.risk.own_risk import Risks

End = Literal["low", "value", "high"]
ENDS: tuple[End, End, End] = ("low", "value", "high")
_ROOM = 50  # one place for a new firm for so many that there are
_SAME = 1e-12  # relative; weights that differ less are one weight, worked out twice
_MOST_RISKS = 1000  # own risks that are pushed one by one; of more, all equations are solved


@dataclass(frozen=True, slots=True)
class Update:
    """The effect of following the feed.

    Attributes:
        revision: The revision up to which the feed was followed.
        changed: The firms whose exposure changed, each with its exposure before and after; none where it was rebuilt.
        edges: The number of links visited.
        rebuilt: Whether more had changed than could be propagated, so that all was computed again.
    """

    revision: int
    changed: Mapping[EntityId, tuple[float, float]]
    edges: int
    rebuilt: bool


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a customer buys of a supplier, in its own unit: the counted part, and all of it."""

    counted: float
    whole: float

    def is_near(self, other: "_Weight | None") -> bool:
        """Whether they agree but for rounding."""
        if other is None:
            return False
        slack = _SAME * self.whole
        return abs(self.whole - other.whole) <= slack and abs(self.counted - other.counted) <= slack


class Following:
    """M1 over all categories of every firm in a store, at one end of its interval or by estimate.

    Each figure is within 1e-6 of what `build` and M1 over all firms would give, however long the feed was followed. New
    firms get reserved places. Where these are used up, or too much has changed, all is computed again.
    """

    def __init__(self, arrays: Arrays, reader: GraphReader, *, end: End = "value") -> None:
        self._reader = reader
        self._end = ENDS.index(end)
        self._at, self._now = arrays.stamp.at, known(arrays.stamp)
        self._revision = arrays.stamp.revision
        self._turns: set[tuple[str, EntityId]] = set()
        self._begin(arrays)

    def scores(self) -> Mapping[EntityId, float]:
        """The exposure of every firm that has a link."""
        found = self._standing.scores
        return {self._id(node): float(found[node]) for node in np.flatnonzero(self._degree > 0).tolist()}

    def most_exposed(self, most: int) -> tuple[tuple[EntityId, float], ...]:
        """The most exposed firms, greatest first; ties in the order of the arrays."""
        found = np.where(self._degree > 0, self._standing.scores, -1.0)
        places = np.argsort(-found, kind="stable")[:most].tolist()
        return tuple((self._id(node), float(found[node])) for node in places if found[node] >= 0)

    def score(self, firm: EntityId) -> float | None:
        """The exposure of a firm; None where it has no link."""
        node = self._node(firm)
        return None if node is None or not self._degree[node] else float(self._standing.scores[node])

    def faults(self) -> tuple[str, ...]:
        """What does not hold when all is computed again from all links."""
        return self._standing.faults()

    def follow(self, at: At | None = None) -> Update:
        """Follow the feed from the last revision, and world time up to `at`; None keeps the instants."""
        requested = self._at if at is None else at
        status, now = fixed(self._reader, requested)
        changes = [one for one in self._reader.changes(self._revision) if one.revision <= status.revision]
        gone_by = turned(self.arrays, self._now, now)
        gone_by |= {entity for turn, entity in self._turns if turn <= (now.as_of or "")}
        found = touched(self._reader, self._now, now, changes, gone_by)
        if found.everything or requested.known_at != self._at.known_at or not (update := self._pushed(found, now)):
            self._begin(patched(self.arrays, self._reader, requested))
            return Update(self._revision, {}, 0, rebuilt=True)
        self._at, self._now, self._revision = requested, now, status.revision
        self._turns = {one for one in self._turns if one[1] not in found.named}
        self._turns |= turns_of(self._reader, now, found.named)
        return replace(update, revision=status.revision)

    def _begin(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._at, self._now = arrays.stamp.at, known(arrays.stamp)
        self._revision = arrays.stamp.revision
        self._turns = set()
        self._links: dict[int, dict[int, _Weight]] = {}
        self._new: dict[EntityId, int] = {}
        self._names: list[EntityId] = []
        net = arrays.net
        room = max(16, arrays.firms // _ROOM)
        start = np.concatenate((net.start, np.full(room, net.start[-1])))
        total = arrays.floats("total")[net.customer]
        self._parts = arrays.shares[self._end] * total, arrays.shares[2] * total
        self._own = np.concatenate((arrays.weighted[self._end], np.zeros(room)))
        wide = Network(arrays.firms + room, net.customer, net.supplier, start)
        self._standing = Standing(wide, self._parts[1], self._own, counted=self._parts[0])
        ends = (np.bincount(end, minlength=wide.size) for end in (net.customer, net.supplier))
        self._degree = sum(ends, np.zeros(wide.size, dtype=np.int64))

    def _pushed(self, found: Touched, now: At) -> Update | None:
        """Update what is touched; None where there is no room for the new firms, or too much has changed."""
        identity = Identity(stored.judgement for stored in self._reader.judgements(now))
        bought = renewed(self._reader, now, {identity.of(entity) for entity in found.customers})
        ends = {end for one in bought.values() for edge in one.edges for end in (edge.customer, edge.supplier)}
        if not self._make_room(ends):
            return None
        idle = {node for node in map(self._place, ends) if not self._degree[node]}
        own = self._risks(found, now, idle)
        if own is None:
            return None
        changes = [self._standing.set_risk(node, risk) for node, risk in own.items()]
        for entity in found.customers:
            node = self._node(entity)
            if node is not None:
                changes += self._buy(node, bought.get(entity))
        return self._update(changes)

    def _make_room(self, firms: Iterable[EntityId]) -> bool:
        for entity in sorted(entity for entity in firms if self._node(entity) is None):
            if self.arrays.firms + len(self._names) == self._standing.size:
                return False
            self._new[entity] = self.arrays.firms + len(self._names)
            self._names.append(entity)
        return True

    def _buy(self, customer: int, bought: Bought | None) -> Iterable[ScoreChange]:
        """Replace what a customer buys."""
        before = self._bought(customer)
        wanted: dict[int, _Weight] = {}
        for edge in bought.edges if bought else ():
            part = (edge.low, edge.share, edge.high)[self._end]
            total = bought.total if bought else 0.0
            wanted[self._place(edge.supplier)] = _Weight(part * total, edge.high * total)
        for supplier in before.keys() - wanted.keys():
            self._degree[[customer, supplier]] -= 1
            yield self._standing.close_link(customer, supplier)
        for supplier, weight in wanted.items():
            self._degree[[customer, supplier]] += supplier not in before
            if not weight.is_near(before.get(supplier)):
                yield self._standing.set_link(customer, supplier, weight.whole, counted=weight.counted)
        self._links[customer] = wanted

    def _bought(self, customer: int) -> Mapping[int, _Weight]:
        """What a customer bought so far, by supplier."""
        if customer in self._links or customer >= self.arrays.firms:
            return self._links.get(customer, {})
        first, end = self.arrays.integers("start")[customer : customer + 2].tolist()
        suppliers = self.arrays.integers("supplier")[first:end].tolist()
        weights = zip(*(part[first:end].tolist() for part in self._parts), strict=True)
        return {supplier: _Weight(*weight) for supplier, weight in zip(suppliers, weights, strict=True)}

    def _risks(self, found: Touched, now: At, idle: set[int]) -> Mapping[int, float] | None:
        """The own risks that changed; None where they are too many."""
        if found.every_risk:
            nodes = sorted(idle | set(np.flatnonzero(self._degree > 0).tolist()))
            own = profiles(self._reader, now, [self._id(node) for node in nodes], tell=lambda _what, _count: None)
            risk = summed(own.profiles)[own.profile, self._end]
        else:
            nodes = sorted(idle | {node for entity in found.risks if (node := self._node(entity)) is not None})
            risks = Risks(NearFacts(self._reader, now))
            rows = np.array([profile_row(risks.of(self._id(node))) for node in nodes])
            risk = summed(rows.reshape(-1, *self.arrays.columns["profiles"].shape[1:]))[:, self._end]
        other = np.flatnonzero(risk != self._own[nodes]).tolist()
        if len(other) > max(_MOST_RISKS, self._standing.size // 100):
            return None
        changed = {nodes[place]: float(risk[place]) for place in other}
        self._own[list(changed)] = list(changed.values())
        return changed

    def _update(self, changes: Iterable[ScoreChange]) -> Update:
        before: dict[int, float] = {}
        after: dict[int, float] = {}
        edges = 0
        for change in changes:
            edges += change.edges
            columns = (one.tolist() for one in (change.firms, change.before, change.after))
            for firm, earlier, later in zip(*columns, strict=True):
                before.setdefault(firm, earlier)
                after[firm] = later
        moved = {self._id(firm): (before[firm], after[firm]) for firm in before if self._degree[firm]}
        return Update(self._revision, moved, edges, rebuilt=False)

    def _node(self, entity: EntityId) -> int | None:
        found = self._new.get(entity)
        return self.arrays.node(entity) if found is None else found

    def _place(self, entity: EntityId) -> int:
        """The index of a firm that has one."""
        return self._new[entity] if entity in self._new else self.arrays.node(entity) or 0

    def _id(self, node: int) -> EntityId:
        return self.arrays.id(node) if node < self.arrays.firms else self._names[node - self.arrays.firms]
