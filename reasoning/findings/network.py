"""The buyer's supply network as detectors see it: the network of the snapshot, and who runs which site."""

from functools import cached_property

from ontology.records import EntityId
from reasoning.exposure.snapshot import NO_LINKS, Snapshot
from reasoning.network.facts import Fact
from reasoning.network.links import Link
from reasoning.network.sites import sites_of


class UpstreamNetwork:
    """Everyone upstream of a buyer, at the tiers that exposure gives them.

    A site with one operator is not in it: the operator stands in its place (`reasoning.network.links`).

    Attributes:
        facts: The facts that the snapshot was made from.
        tiers: Fewest links from the buyer, of every organisation and site upstream; the buyer has 0.
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
        """The counted links of a customer."""
        return self._by_customer.get(customer, NO_LINKS)

    def operators(self, entity: EntityId) -> tuple[Fact, ...]:
        """The OPERATES facts of a site; none where the entity is no site."""
        return self.facts.onto("OPERATES", entity) if self.facts.kind(entity) == "Site" else ()

    def operators_of(self, entity: EntityId) -> tuple[EntityId, ...]:
        """The suppliers that answer for an entity: itself, or those who operate it where it is a site; ascending."""
        if entity in self.suppliers:
            return (entity,)
        return tuple(sorted({fact.subject for fact in self.operators(entity)} & self.suppliers))

    def belongings(self, supplier: EntityId) -> tuple[EntityId, ...]:
        """The supplier and the sites that it operates, ascending."""
        return tuple(sorted({supplier, *sites_of(self.facts, supplier)}))
