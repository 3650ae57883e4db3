"""The buyer's supply network as detectors see it: the network of the snapshot, and who runs which site."""

from functools import cached_property

from ontology.records import NounId
from reasoning.facts import Fact
from reasoning.links import Link
from reasoning.snapshot import NO_LINKS, Snapshot


class Network:
    """Everyone upstream of a buyer, at the tiers that exposure gives them.

    A site with one operator is not in it: the operator stands in its place (`reasoning.links`).

    Attributes:
        facts: The facts that the snapshot was made from.
        tiers: Fewest links from the buyer, of every organisation and site upstream; the buyer has 0.
    """

    def __init__(self, snapshot: Snapshot, buyer: NounId) -> None:
        self.facts = snapshot.facts
        self.buyer = self.facts.of(buyer)
        self.tiers = snapshot.tiers(self.buyer)
        self._by_customer = snapshot.by_customer

    @cached_property
    def suppliers(self) -> frozenset[NounId]:
        """Organisations upstream, and the operators of sites upstream; never the buyer."""
        firms = {noun for noun in self.tiers if self.facts.kind(noun) == "Organization"}
        operating = {fact.subject for noun in self.tiers for fact in self.operators(noun)}
        return frozenset((firms | operating) - {self.buyer})

    def links(self, customer: NounId) -> tuple[Link, ...]:
        """The counted links of a customer."""
        return self._by_customer.get(customer, NO_LINKS)

    def operators(self, noun: NounId) -> tuple[Fact, ...]:
        """The OPERATES facts of a site; none where the noun is no site."""
        return self.facts.onto("OPERATES", noun) if self.facts.kind(noun) == "Site" else ()

    def sites(self, operator: NounId) -> tuple[Fact, ...]:
        """The OPERATES facts of an operator."""
        return self.facts.about("OPERATES", operator)

    def owners_of(self, noun: NounId) -> tuple[NounId, ...]:
        """The suppliers that answer for a noun: itself, or those who operate it where it is a site; ascending."""
        if noun in self.suppliers:
            return (noun,)
        return tuple(sorted({fact.subject for fact in self.operators(noun)} & self.suppliers))

    def belongings(self, supplier: NounId) -> tuple[NounId, ...]:
        """The supplier and the sites that it operates, ascending."""
        return tuple(sorted({supplier, *(fact.object for fact in self.sites(supplier) if fact.object)}))
