"""What changes touch: the customers whose links, and the firms whose own risk, must be read again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.identity import Identity
from graph.port import ClaimQuery, GraphReader
from ontology.preference import is_believable
from ontology.records import At, Change, Claim, ClaimId, EntityId, Judgement, StoredClaim
from reasoning.arrays.build.claims import operators
from reasoning.arrays.build.own_risks import ABOUT_OBJECT, ABOUT_SUBJECT
from reasoning.arrays.columns.arrays import Arrays

MOST = 20_000  # changes and entities beyond which all is read again
# Dependence of own risks: by _UP claims the subject's on the object's, by _DOWN claims the object's on the subject's.
_UP = ("OPERATES", "LOCATED_AT", "IN_COUNTRY", "PART_OF", "BROADER", "OBSERVED", "IN_CATEGORY")
_DOWN = ("AFFECTS", "HELD_BY", "OWNS")
_SAID_OF = {"LIKELIHOOD", "SEVERITY", "SCHEME", "CERTIFICATE_STATUS", "MEASURED", "STARTED_AT", "ENDED_AT"}
_OF_SUBJECT = {*_UP, *_SAID_OF, *ABOUT_SUBJECT}
_OF_OBJECT = {*_DOWN, *ABOUT_OBJECT}
# Links are grouped by merged products, and claims cannot be queried by product: such a merge touches everything.
_UNTOLD = ("prd:", "cat:")


@dataclass(slots=True)
class Touched:
    """What must be computed again.

    Attributes:
        customers: Ids, as named and as resolved before and after.
        named: Customers, as claims name them, of whom a claim was opened or closed.
        risks: The entities whose own risk may be another; not firms alone.
        every_risk: World time has passed: every own risk may be another.
        everything: More has changed than can be tracked: all must be read again.
    """

    customers: set[EntityId] = field(default_factory=set)
    named: set[EntityId] = field(default_factory=set)
    risks: set[EntityId] = field(default_factory=set)
    every_risk: bool = False
    everything: bool = False


def touched(
    reader: GraphReader, before: At, after: At, changes: Sequence[Change], turned: Iterable[EntityId]
) -> Touched:
    """What the changes between two readings touch, and the world time that passed between them.

    Args:
        reader: The store.
        before: The instants of the earlier reading, both as they were then.
        after: Those of the later one.
        changes: What was recorded between them.
        turned: Customers of whom, by what was known before, a link begins or ends in the world time between them.
    """
    return _Touching(reader, before, after).found(changes, turned)


def turned(arrays: Arrays, before: At, after: At) -> set[EntityId]:
    """The customers of whom a link begins or ends in the world time between two readings."""
    if before.as_of is None or after.as_of is None:
        return set()
    bounds = np.array([before.as_of, after.as_of], dtype=np.bytes_)
    first, end = np.searchsorted(arrays.columns["turn"], bounds, side="right").tolist()
    return {EntityId(arrays.turners[place]) for place in arrays.integers("turning")[first:end].tolist()}


def turns_of(reader: GraphReader, at: At, named: Iterable[EntityId]) -> set[tuple[str, EntityId]]:
    """When links begin or end after the instant of reading, of customers as claims name them."""
    now, found = at.as_of, set[tuple[str, EntityId]]()
    query = ClaimQuery(objects=sorted(named), predicates=["SUPPLIES"], at=At(None, at.known_at))
    for stored in reader.claims(query) if now is not None else ():
        one = stored.claim
        if is_believable(one.review) and one.object is not None:
            ends = (end for end in (one.valid_from, one.valid_to) if end is not None and now is not None and end > now)
            found.update((end, one.object) for end in ends)
    return found


class _Touching:
    def __init__(self, reader: GraphReader, before: At, after: At) -> None:
        self._reader = reader
        self._before, self._after = before, after
        self._ever = At(None, after.known_at)
        earlier, later = ([one.judgement for one in reader.judgements(at)] for at in (before, after))
        self._judged = _entities({one.id for one in earlier} ^ {one.id for one in later}, [*earlier, *later])
        self._old, self._new = Identity(earlier), Identity(later)
        self._sites: set[EntityId] = set()
        self._found = Touched()

    def found(self, changes: Sequence[Change], turned: Iterable[EntityId]) -> Touched:
        """All of it."""
        found, now, then = self._found, self._after.as_of, self._before.as_of
        moved = then != now
        found.everything = len(changes) > MOST or (moved and (now is None or then is None or now < then))
        if found.everything:
            return found
        self._claims(sorted({ClaimId(one.id) for one in changes if one.id.startswith("clm:")}))
        self._merges()
        if moved:
            self._passed(turned)
        self._suppliers()
        self._dependents()
        found.customers |= {one for entity in found.customers for one in (self._old.of(entity), self._new.of(entity))}
        found.everything |= len(found.customers) > MOST
        return found

    def _claims(self, ids: Sequence[ClaimId]) -> None:
        for one in {stored.claim.id: stored.claim for stored in self._versions(ids)}.values():
            self._claim(one)

    def _versions(self, ids: Sequence[ClaimId]) -> Iterable[StoredClaim]:
        return self._reader.claims(ClaimQuery(ids=ids, history=True)) if ids else ()

    def _claim(self, one: Claim) -> None:
        if one.predicate == "SUPPLIES" and one.object is not None:
            self._found.customers.add(one.object)
            self._found.named.add(one.object)
        if one.predicate == "OPERATES" and one.object is not None:
            self._sites.add(one.object)
        if one.predicate in _OF_SUBJECT:
            self._found.risks.add(one.subject)
        if one.predicate in _OF_OBJECT and one.object is not None:
            self._found.risks.add(one.object)

    def _merges(self) -> None:
        """The entities that are merged or split: as customer, supplier, operator of a site, and by own risk."""
        members = {one for entity in self._judged for by in (self._old, self._new) for one in by.members(entity)}
        self._found.everything |= any(entity.startswith(_UNTOLD) for entity in members)
        self._found.customers |= members
        self._found.risks |= members
        self._sites |= members
        if members:
            operated = ClaimQuery(subjects=sorted(members), predicates=["OPERATES"], at=self._ever)
            self._sites |= {one.claim.object for one in self._reader.claims(operated) if one.claim.object is not None}

    def _passed(self, turned: Iterable[EntityId]) -> None:
        """World time has passed: some links have begun or ended, and sites may have other operators."""
        self._found.every_risk = True
        self._found.customers.update(turned)
        then, there = (
            operators(self._reader, at, by) for at, by in ((self._before, self._old), (self._after, self._new))
        )
        self._sites |= {site for site in {*then, *there} if then.get(site) != there.get(site)}

    def _suppliers(self) -> None:
        """The customers of sites and firms whose operator or identity changed."""
        members = {one for entity in self._sites for by in (self._old, self._new) for one in by.members(entity)}
        if members:
            supplied = ClaimQuery(subjects=sorted(members), predicates=["SUPPLIES"], at=self._ever)
            for one in self._reader.claims(supplied):
                if one.claim.object is not None:
                    self._found.customers.add(one.claim.object)

    def _dependents(self) -> None:
        """Add the entities whose own risk depends on one that may have changed."""
        seen, front = self._found.risks, set(self._found.risks)
        while front and len(seen) <= MOST:
            named = sorted({one for entity in front for one in self._new.members(entity)} | front)
            up = self._reader.claims(ClaimQuery(objects=named, predicates=_UP, at=self._ever))
            down = self._reader.claims(ClaimQuery(subjects=named, predicates=_DOWN, at=self._ever))
            ends = {one.claim.subject for one in up} | {one.claim.object for one in down if one.claim.object}
            front = {self._new.of(entity) for entity in ends} - seen
            seen |= front
        seen |= {by.of(entity) for entity in set(seen) for by in (self._old, self._new)}
        self._found.every_risk |= len(seen) > MOST


def _entities(ids: set[str], judged: Iterable[Judgement]) -> set[EntityId]:
    """The entities of these judgements."""
    return {entity for one in judged if one.id in ids for entity in (one.left, one.right)}
