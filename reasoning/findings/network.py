"""The buyer's supply network as detectors see it: who is upstream, how far away, and who runs which site."""

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.records import NounId
from reasoning.facts import Fact, Facts


@dataclass(frozen=True, slots=True)
class Network:
    """Everyone upstream of a buyer.

    Attributes:
        tiers: Shortest SUPPLIES distance from the buyer, of every organisation and site upstream; the buyer has 0.
        suppliers: Organisations upstream, and the operators of sites upstream; never the buyer.
        operators: The OPERATES facts by site.
        sites: The OPERATES facts by operator.
    """

    buyer: NounId
    tiers: Mapping[NounId, int]
    suppliers: frozenset[NounId]
    operators: Mapping[NounId, tuple[Fact, ...]]
    sites: Mapping[NounId, tuple[Fact, ...]]

    def owners_of(self, noun: NounId) -> tuple[NounId, ...]:
        """The suppliers that answer for a noun: itself, or those who operate it where it is a site; ascending."""
        if noun in self.suppliers:
            return (noun,)
        return tuple(sorted({fact.subject for fact in self.operators.get(noun, ())} & self.suppliers))

    def belongings(self, supplier: NounId) -> tuple[NounId, ...]:
        """The supplier and the sites that it operates, ascending."""
        return tuple(sorted({supplier, *(fact.object for fact in self.sites.get(supplier, ()) if fact.object)}))


def supply_network(facts: Facts, buyer: NounId) -> Network:
    """The network upstream of `buyer`, breadth first."""
    suppliers_of = facts.by_object("SUPPLIES")
    tiers, wave = {buyer: 0}, [buyer]
    while wave:
        found = {fact.subject for customer in wave for fact in suppliers_of.get(customer, ())}
        distance = tiers[wave[0]] + 1
        wave = sorted(found - tiers.keys())
        tiers.update(dict.fromkeys(wave, distance))
    operators = facts.by_object("OPERATES")
    operating = {fact.subject for site in tiers for fact in operators.get(site, ())}
    firms = {noun for noun in tiers if facts.kind(noun) == "Organization"}
    return Network(buyer, tiers, frozenset((firms | operating) - {buyer}), operators, facts.by_subject("OPERATES"))
