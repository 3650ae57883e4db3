"""The exposure of every firm, kept up with the change feed: what a change touches is read again, and pushed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from graph.identity import Identity
from graph.port import GraphReader
from ontology.records import At, EntityId
from reasoning.arrays.build.claims import fixed
from reasoning.arrays.build.own_risks import profile_row, profiles
from reasoning.arrays.columns.arrays import Arrays, summed
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.arrays.nearby.renewed_links import Bought, renewed
from reasoning.arrays.update.patch import known, patched
from reasoning.arrays.update.touched import Touched, touched, turned, turns_of
from reasoning.core.graph.network import Network
from reasoning.core.linear.push import ScoreChange, Standing
from reasoning.risk.own_risk import Risks

End = Literal["low", "value", "high"]
ENDS: tuple[End, End, End] = ("low", "value", "high")
_ROOM = 50  # one place for a new firm for so many that there are
_SAME = 1e-12  # relative; weights that differ less are one weight, worked out twice
_MOST_RISKS = 1000  # own risks that are pushed one by one; of more, all equations are solved


@dataclass(frozen=True, slots=True)
class Update:
    """What following has brought.

    Attributes:
        revision: Up to which the feed was followed.
        changed: The firms whose exposure is another: before and after. Nothing where it was rebuilt.
        edges: How many links were looked at.
        rebuilt: Whether more had changed than could be pushed: all was computed anew.
    """

    revision: int
    changed: Mapping[EntityId, tuple[float, float]]
    edges: int
    rebuilt: bool


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a customer buys of a supplier, in its own unit: what counts of it, and all of it."""

    counted: float
    whole: float

    def is_near(self, other: "_Weight | None") -> bool:
        """Whether they are the same but for rounding."""
        if other is None:
            return False
        slack = _SAME * self.whole
        return abs(self.whole - other.whole) <= slack and abs(self.counted - other.counted) <= slack


class Following:
    """M1 over all categories of every firm in a store, at one end of its interval or by estimate.

    Each figure is within 1e-6 of what `build` and M1 over all firms would give, however long the feed was followed. New
    firms get places that were left free; where these are used up, or too much has changed, all is computed anew.
    """

    def __init__(self, arrays: Arrays, reader: GraphReader, *, end: End = "value") -> None:
        self._reader = reader
        self._end = ENDS.index(end)
        self._asked, self._now = arrays.stamp.at, known(arrays.stamp)
        self._revision = arrays.stamp.revision
        self._turns: set[tuple[str, EntityId]] = set()
        self._begin(arrays)

    def scores(self) -> Mapping[EntityId, float]:
        """The exposure of every firm that has a link."""
        found = self._standing.scores
        return {self._id(node): float(found[node]) for node in np.flatnonzero(self._degree > 0).tolist()}

    def most_exposed(self, most: int) -> tuple[tuple[EntityId, float], ...]:
        """The most exposed firms, greatest first; of equal ones, as they lie."""
        found = np.where(self._degree > 0, self._standing.scores, -1.0)
        places = np.argsort(-found, kind="stable")[:most].tolist()
        return tuple((self._id(node), float(found[node])) for node in places if found[node] >= 0)

    def score(self, firm: EntityId) -> float | None:
        """The exposure of a firm; None where it has no link."""
        node = self._node(firm)
        return None if node is None or not self._degree[node] else float(self._standing.scores[node])

    def faults(self) -> tuple[str, ...]:
        """What does not hold when everything is computed anew from all links."""
        return self._standing.faults()

    def follow(self, at: At | None = None) -> Update:
        """Take in what was recorded since, and the world time that has passed up to `at`."""
        asked = self._asked if at is None else at
        status, now = fixed(self._reader, asked)
        changes = [one for one in self._reader.changes(self._revision) if one.revision <= status.revision]
        gone_by = turned(self.arrays, self._now, now)
        gone_by |= {entity for turn, entity in self._turns if turn <= (now.as_of or "")}
        found = touched(self._reader, self._now, now, changes, gone_by)
        if found.everything or asked.known_at != self._asked.known_at or not (update := self._pushed(found, now)):
            self._begin(patched(self.arrays, self._reader, asked))
            return Update(self._revision, {}, 0, rebuilt=True)
        self._asked, self._now, self._revision = asked, now, status.revision
        self._turns = {one for one in self._turns if one[1] not in found.named}
        self._turns |= turns_of(self._reader, now, found.named)
        return replace(update, revision=status.revision)

    def _begin(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._asked, self._now = arrays.stamp.at, known(arrays.stamp)
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
        """Set what is touched; None where there is no room for the new firms, or too much to be set."""
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
        return self._told(changes)

    def _make_room(self, firms: Iterable[EntityId]) -> bool:
        for entity in sorted(entity for entity in firms if self._node(entity) is None):
            if self.arrays.firms + len(self._names) == self._standing.size:
                return False
            self._new[entity] = self.arrays.firms + len(self._names)
            self._names.append(entity)
        return True

    def _buy(self, customer: int, bought: Bought | None) -> Iterable[ScoreChange]:
        """Let a customer buy this and nothing else."""
        held = self._held(customer)
        wanted: dict[int, _Weight] = {}
        for edge in bought.edges if bought else ():
            part = (edge.low, edge.share, edge.high)[self._end]
            total = bought.total if bought else 0.0
            wanted[self._place(edge.supplier)] = _Weight(part * total, edge.high * total)
        for supplier in held.keys() - wanted.keys():
            self._degree[[customer, supplier]] -= 1
            yield self._standing.close_link(customer, supplier)
        for supplier, weight in wanted.items():
            self._degree[[customer, supplier]] += supplier not in held
            if not weight.is_near(held.get(supplier)):
                yield self._standing.set_link(customer, supplier, weight.whole, counted=weight.counted)
        self._links[customer] = wanted

    def _held(self, customer: int) -> Mapping[int, _Weight]:
        """What a customer has bought so far, by supplier."""
        if customer in self._links or customer >= self.arrays.firms:
            return self._links.get(customer, {})
        first, end = self.arrays.integers("start")[customer : customer + 2].tolist()
        suppliers = self.arrays.integers("supplier")[first:end].tolist()
        weights = zip(*(part[first:end].tolist() for part in self._parts), strict=True)
        return {supplier: _Weight(*weight) for supplier, weight in zip(suppliers, weights, strict=True)}

    def _risks(self, found: Touched, now: At, idle: set[int]) -> Mapping[int, float] | None:
        """The own risks that are others now; None where they are too many."""
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

    def _told(self, changes: Iterable[ScoreChange]) -> Update:
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
