"""Supply links: which SUPPLIES facts count, between which firms, and their weight in the customer's purchases."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.network.citations import evidence_of
from reasoning.network.facts import Fact, Facts
from reasoning.network.sites import operator

EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Link:
    """A SUPPLIES fact that counts: `supplier` supplies `customer`.

    Attributes:
        product: What it supplies; "" if that is not known.
        weight: Its part of what the customer buys, in the customer's unit.
        fact: The SUPPLIES fact.
        via: The OPERATES fact, if a site supplies and its one operator stands for it.
        passes: The share of a loss that it passes on to the customer; below 1 only if a what-if adds stock against it.
    """

    supplier: EntityId
    customer: EntityId
    product: str
    weight: float
    fact: Fact
    via: tuple[Fact, ...] = ()
    passes: float = 1.0

    @property
    def belief(self) -> tuple[float, float, float]:
        """How far the link counts at the low end, in the estimate and at the high end; an observed one in full."""
        return (0.0, self.fact.confidence, 1.0) if self.fact.inferred else (1.0, 1.0, 1.0)

    @property
    def counted(self) -> float:
        """The weight that the estimate counts. An inferred link counts in proportion to its confidence."""
        return self.weight * self.passes * self.belief[1]

    @property
    def is_essential(self) -> bool:
        """Whether its claim calls the input essential to the customer."""
        return self.fact.qualifiers.get("essential") is True

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims that form the link."""
        return (self.fact.claim, *(fact.claim for fact in self.via))

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of those claims, ascending."""
        return evidence_of((self.fact, *self.via))


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a customer's links.

    Attributes:
        name: `annualSpend USD` (or another currency), `shareOfSupply` or `equal`.
        why: Why no better unit is used; "" for annual spend.
    """

    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A SUPPLIES claim that does not count, and why."""

    claim: ClaimId
    why: str


@dataclass(frozen=True, slots=True)
class Links:
    """The links that count, the units of customers, and what was set aside.

    Attributes:
        counted: By (customer, supplier, claim id).
        units: The unit by customer.
        set_aside: By claim id.
    """

    counted: tuple[Link, ...]
    units: Mapping[EntityId, Unit]
    set_aside: tuple[SetAside, ...]


def links(facts: Facts) -> Links:
    """The links that the SUPPLIES facts form.

    A relation is (supplier, customer, product, product group). If several sources state it, only the facts of the most
    believed source count, and their weights add up. A firm that supplies itself is set aside.
    """
    aside: list[SetAside] = []
    kept: list[Link] = []
    by_customer = facts.by_object("SUPPLIES").items()
    ordered = sorted((_unweighed(fact, to, facts) for to, same in by_customer for fact in same), key=_relation)
    for _, same in groupby(ordered, key=_relation):
        chosen, left = _chosen(list(same))
        kept += chosen
        aside += left
    weighed, units = _weighed(kept)
    return Links(weighed, units, tuple(sorted(aside, key=lambda one: one.claim)))


def _unweighed(fact: Fact, customer: EntityId, facts: Facts) -> Link:
    supplier, via = _firm(fact.subject, facts)
    product = fact.text("product")
    return Link(supplier, customer, facts.of(product) if product else "", 0.0, fact, via)


def _firm(supplier: EntityId, facts: Facts) -> tuple[EntityId, tuple[Fact, ...]]:
    """The supplying firm, and the OPERATES fact if it stands for its site."""
    firm = operator(facts, supplier)
    if firm == supplier:
        return supplier, ()
    return firm, (min(facts.onto("OPERATES", supplier), key=lambda fact: fact.preference),)


def _relation(link: Link) -> tuple[str, str, str, str]:
    return (link.customer, link.supplier, link.product, link.fact.text("productGroup"))


def _chosen(same: list[Link]) -> tuple[list[Link], list[SetAside]]:
    if same[0].supplier == same[0].customer:
        return [], [SetAside(link.fact.claim, "it supplies itself") for link in same]
    best = sorted(same, key=lambda link: link.fact.preference)
    source = best[0].fact.source
    chosen: dict[str, Link] = {}
    aside: list[SetAside] = []
    for link in best:
        if link.fact.source != source:
            aside.append(SetAside(link.fact.claim, f"{source}, which is believed first, states it too"))
        elif chosen.setdefault(link.fact.statement, link) is not link:
            aside.append(SetAside(link.fact.claim, "the same source states it twice"))
    return list(chosen.values()), aside


def _weighed(kept: Iterable[Link]) -> tuple[tuple[Link, ...], Mapping[EntityId, Unit]]:
    by_customer: dict[EntityId, list[Link]] = defaultdict(list)
    for link in kept:
        by_customer[link.customer].append(link)
    weighed: list[Link] = []
    units: dict[EntityId, Unit] = {}
    for customer, same in sorted(by_customer.items()):
        units[customer], weights = _unit([link.fact for link in same])
        weighed += [replace(link, weight=weight) for link, weight in zip(same, weights, strict=True)]
    return tuple(sorted(weighed, key=lambda link: (link.customer, link.supplier, link.fact.claim))), units


def _unit(same: Sequence[Fact]) -> tuple[Unit, list[float]]:
    """The first unit that all links of a customer have: annual spend in one currency, share of supply, or 1 each."""
    spend, no_spend = _all(same, "annualSpend")
    currencies = sorted({fact.text("currency") for fact in same})
    if not no_spend and len(currencies) == 1:
        return Unit(f"annualSpend {currencies[0]}".strip()), spend
    why = no_spend or f"annualSpend is in {len(currencies)} currencies"
    share, no_share = _all(same, "shareOfSupply")
    if not no_share:
        return Unit("shareOfSupply", why), share
    return Unit(EQUAL, f"{why}; {no_share}"), [1.0] * len(same)


def _all(same: Sequence[Fact], qualifier: str) -> tuple[list[float], str]:
    """The qualifier of every link, or why it cannot be used."""
    numbers = [number for fact in same if (number := fact.number(qualifier)) is not None and _usable(number)]
    if len(numbers) < len(same):
        return [], f"{qualifier} is missing on {len(same) - len(numbers)} of {len(same)} links"
    return numbers, "" if math.fsum(numbers) > 0 else f"{qualifier} is 0 on all links"


def _usable(number: float) -> bool:
    return math.isfinite(number) and number >= 0
