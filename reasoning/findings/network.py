"""The buyer's supply network as detectors see it: the network of the snapshot, with the operators of sites."""

from functools import cached_property

from ontology.records import EntityId
from reasoning.exposure.snapshot import NO_LINKS, Snapshot
from reasoning.network.facts import Fact
from reasoning.network.links import Link
from reasoning.network.sites import sites_of


class UpstreamNetwork:
    """All firms and sites upstream of a buyer, at the tiers of exposure.

    A site with one operator is not in it: the operator stands in its place (`reasoning.network.links`).

    Attributes:
        facts: The facts of the snapshot.
        buyer: The buyer's resolved id.
        tiers: The fewest links from the buyer, for every organisation and site upstream; 0 for the buyer.
    """

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self.facts = snapshot.facts
        self.buyer = self.facts.of(buyer)
        self.tiers = snapshot.tiers(self.buyer)
        self._by_customer = snapshot.by_customer

    @cached_property
    def suppliers(self) -> frozenset[EntityId]:
        """Organisations upstream, and the operators of sites upstream; never the buyer."""
        firms = {entity for entity in self.tiers if self.facts.kind(entity) == "Organization"}
        operating = {fact.subject for entity in self.tiers for fact in self.operators(entity)}
        return frozenset((firms | operating) - {self.buyer})

    def links(self, customer: EntityId) -> tuple[Link, ...]:
        """The links of a customer that count."""
        return self._by_customer.get(customer, NO_LINKS)

    def operators(self, entity: EntityId) -> tuple[Fact, ...]:
        """The OPERATES facts of a site; none if the entity is not a site."""
        return self.facts.onto("OPERATES", entity) if self.facts.kind(entity) == "Site" else ()

    def operators_of(self, entity: EntityId) -> tuple[EntityId, ...]:
        """The suppliers responsible for an entity: itself, or the operators of a site; ascending."""
        if entity in self.suppliers:
            return (entity,)
        return tuple(sorted({fact.subject for fact in self.operators(entity)} & self.suppliers))

    def belongings(self, supplier: EntityId) -> tuple[EntityId, ...]:
        """The supplier and the sites that it operates, ascending."""
        return tuple(sorted({supplier, *sites_of(self.facts, supplier)}))
