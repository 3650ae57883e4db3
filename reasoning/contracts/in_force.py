"""The buyer's contracts in force: parties, current version, typed clauses, and which rules apply to them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ontology.records import EntityId
from reasoning.network.closure import closure
from reasoning.network.facts import Fact, Facts

_ENDED = frozenset(
    {"draft", "in_negotiation", "terminated", "expired", "suspended", "rescinded", "proposed", "unsigned"}
)


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract in force of the buyer.

    Attributes:
        parties: The PARTY_TO facts of all parties, by party.
        version: The HAS_VERSION fact of the version that is current.
        clauses: The CONTAINS facts of that version.
        typed: The OF_TYPE facts of those clauses.
        buyer: The party whose contracts are read.
    """

    id: EntityId
    buyer: EntityId
    parties: Mapping[EntityId, tuple[Fact, ...]]
    version: Fact
    clauses: tuple[Fact, ...]
    typed: tuple[Fact, ...]

    @property
    def counterparties(self) -> tuple[EntityId, ...]:
        """Its parties other than the buyer, ascending."""
        return tuple(sorted(self.parties.keys() - {self.buyer}))

    @property
    def membership(self) -> Fact:
        """The fact by which the buyer is a party."""
        return min(self.parties[self.buyer], key=lambda fact: fact.preference)


class Contracts:
    """The buyer's contracts in force, and the reach of rules over them."""

    def __init__(self, facts: Facts, buyer: EntityId, as_of: str) -> None:
        self.facts = facts
        self._buyer = buyer
        self._as_of = as_of

    @cached_property
    def in_force(self) -> tuple[Contract, ...]:
        """Contracts of the buyer that are in force and whose current version has clauses, by id."""
        ids = {fact.object for fact in self.facts.about("PARTY_TO", self._buyer) if fact.object is not None}
        found = (self._contract(contract) for contract in sorted(ids) if self._is_in_force(contract))
        return tuple(contract for contract in found if contract is not None)

    def of_type(self, contract: Contract, wanted: EntityId) -> tuple[Fact, ...]:
        """The OF_TYPE facts of clauses of a type, or of a narrower one."""
        return tuple(
            fact for fact in contract.typed if fact.object is not None and wanted in _broader(fact.object, self.facts)
        )

    def reach(
        self, rule: EntityId, kind: str, contract: Contract, *, everywhere: bool = False
    ) -> tuple[Fact, ...] | None:
        """The facts by which a rule applies to a contract; None where it does not.

        For each kind of entity that the rule APPLIES_TO, the contract must touch one of them.

        Args:
            rule: Id of the rule.
            kind: The kind of contract that the rule's claim names; "" for any.
            contract: The contract.
            everywhere: Whether a rule that names neither a kind nor an entity applies to every contract; else to none.
        """
        used = self._kind_facts(kind, contract)
        scopes = self._scopes(rule)
        if used is None or not (kind or scopes or everywhere) or not self._has_effect(rule):
            return None
        reached = list(used)
        for sort, applied in sorted(scopes.items()):
            hit = next((met for fact in applied if (met := _TOUCH[sort](self.facts, contract, fact)) is not None), None)
            if hit is None:
                return None
            reached.extend(hit)
        return tuple(reached)

    def _scopes(self, rule: EntityId) -> dict[str, list[Fact]]:
        scopes: dict[str, list[Fact]] = {}
        policies = [fact.object for fact in self.facts.about("PART_OF", rule) if fact.object is not None]
        applied = self.facts.about("APPLIES_TO", rule) or tuple(
            fact for policy in sorted(policies) for fact in self.facts.about("APPLIES_TO", policy)
        )
        for fact in applied:
            if fact.object is not None and (sort := self.facts.kind(fact.object)) in _TOUCH:
                scopes.setdefault(sort, []).append(fact)
        return scopes

    def _kind_facts(self, kind: str, contract: Contract) -> tuple[Fact, ...] | None:
        if not kind:
            return ()
        kinds = [fact for fact in self.facts.about("CONTRACT_KIND", contract.id) if _folded(fact) == kind.casefold()]
        return tuple(kinds[:1]) or None

    def _is_in_force(self, contract: EntityId) -> bool:
        state = self.facts.preferred("CONTRACT_STATE", contract)
        return (state is None or _folded(state) not in _ENDED) and self._has_effect(contract)

    def _has_effect(self, entity: EntityId) -> bool:
        """Whether a contract or rule has begun and not ended; a date that no claim gives does not limit it."""
        day = self._as_of[: len("2026-03-01")]
        begins, ends = self.facts.preferred("EFFECTIVE_ON", entity), self.facts.preferred("EXPIRES_ON", entity)
        return (begins is None or str(begins.value) <= day) and (ends is None or str(ends.value) >= day)

    def _contract(self, contract: EntityId) -> Contract | None:
        version = self._current(contract)
        if version is None or version.object is None:
            return None
        clauses = self.facts.about("CONTAINS", version.object)
        typed = tuple(
            fact for clause in clauses if clause.object for fact in self.facts.about("OF_TYPE", clause.object)
        )
        parties: dict[EntityId, list[Fact]] = {}
        for fact in self.facts.onto("PARTY_TO", contract):
            parties.setdefault(fact.subject, []).append(fact)
        by_party = {party: tuple(facts) for party, facts in parties.items()}
        return Contract(contract, self._buyer, by_party, version, clauses, typed) if typed else None

    def _current(self, contract: EntityId) -> Fact | None:
        """The version of the highest number that has begun and that no other one revises; ties by the greatest id."""
        day = self._as_of[: len("2026-03-01")]
        versions = [fact for fact in self.facts.about("HAS_VERSION", contract) if fact.object is not None]
        begun = [fact for fact in versions if self._begins(fact) <= day]
        known = {fact.object for fact in begun}
        revised = {fact.object for old in known if old for fact in self.facts.about("REVISION_OF", old)}
        latest = [fact for fact in begun if fact.object not in revised] or begun
        return max(latest, key=lambda fact: (self._number(fact), fact.object or "", fact.claim), default=None)

    def _begins(self, version: Fact) -> str:
        begins = self.facts.preferred("EFFECTIVE_ON", version.object or version.subject)
        return "" if begins is None else str(begins.value)

    def _number(self, version: Fact) -> float:
        number = self.facts.preferred("VERSION_NO", version.object or version.subject)
        return float(number.value) if number is not None and isinstance(number.value, int | float) else 0.0


def _touches_region(facts: Facts, contract: Contract, applied: Fact) -> tuple[Fact, ...] | None:
    """The facts by which a party's country is in the region."""
    for party in sorted(contract.parties):
        home = facts.preferred("IN_COUNTRY", party)
        if home is not None and home.object is not None and applied.object in _broader(home.object, facts, "PART_OF"):
            return (applied, home)
    return None


def _touches_party(facts: Facts, contract: Contract, applied: Fact) -> tuple[Fact, ...] | None:  # noqa: ARG001
    party = contract.parties.get(applied.object or applied.subject)
    return None if party is None else (applied, party[0])


def _touches_itself(facts: Facts, contract: Contract, applied: Fact) -> tuple[Fact, ...] | None:  # noqa: ARG001
    return (applied,) if applied.object == contract.id else None


def _touches_category(facts: Facts, contract: Contract, applied: Fact) -> tuple[Fact, ...] | None:
    """The facts by which deliveries under the contract are of a product within the category."""
    for governed in facts.onto("GOVERNED_BY", contract.id):
        goods = {governed.subject, EntityId(governed.text("product"))}
        for good in sorted(good for good in goods if good):
            sorts = (fact.object for fact in facts.about("IN_CATEGORY", good) if fact.object is not None)
            if any(applied.object in _broader(entity, facts) for entity in (good, *sorts)):
                return (applied, governed)
    return None


def _touches_risk(facts: Facts, contract: Contract, applied: Fact) -> tuple[Fact, ...] | None:
    """The facts by which a risk within the category affects a counterparty."""
    for party in contract.counterparties:
        for affects in facts.onto("AFFECTS", party):
            for sort in facts.about("IN_CATEGORY", affects.subject):
                if sort.object is not None and applied.object in _broader(sort.object, facts):
                    return (applied, affects, sort)
    return None


_TOUCH: Mapping[str, Callable[[Facts, Contract, Fact], tuple[Fact, ...] | None]] = {
    "Region": _touches_region,
    "Organization": _touches_party,
    "Contract": _touches_itself,
    "ProductCategory": _touches_category,
    "RiskCategory": _touches_risk,
}


def _broader(entity: EntityId, facts: Facts, *more: str) -> frozenset[EntityId]:
    """The entity and all that is broader; `more` predicates lead upwards too."""
    steps = ("BROADER", *more)
    return closure(
        entity,
        lambda one: (fact.object for step in steps for fact in facts.about(step, one) if fact.object is not None),
    )


def _folded(fact: Fact) -> str:
    return str(fact.value).strip().casefold()


def distinct(facts: tuple[Fact, ...]) -> Iterator[tuple[tuple[EntityId, EntityId, str, str], tuple[Fact, ...]]]:
    """Facts grouped by subject, object and qualifiers, in that order: claims of several sources on one thing."""
    groups: dict[tuple[EntityId, EntityId, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.object is not None:
            key = (fact.subject, fact.object, fact.text("contractKind"), fact.text("maxHeadcount"))
            groups.setdefault(key, []).append(fact)
    for key in sorted(groups):
        yield key, tuple(groups[key])
