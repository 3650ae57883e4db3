"""The supply chain behind what a buyer sells, from claims: bills of material, stocks, capacities and demand.

A firm *has* an item: from its stock, from what it or its sites make, or from suppliers. A producer *makes* an item from
its inputs, each of which its firm has. Both are nodes. If nothing states who makes an item that a firm sells or
supplies, and it has no supplier, the firm makes it itself. If nothing states the source of an item that the firm only
needs, it comes from a source that never stops.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ontology.errors import NotGivenError
from ontology.records import ClaimId, EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Fact, Facts, as_number
from reasoning.network.products import Products
from reasoning.network.sites import operator, sites_of

LOAD_INSTEAD = "or use the measure `loss`, which needs supply links only"


class ItemHolder(NamedTuple):
    """A node: a holder that makes an item, or has it."""

    holder: EntityId
    product: EntityId
    makes: bool


class Gap(NamedTuple):
    """A figure that is not known.

    Attributes:
        what: `stock`, `capacity` or `supplier`.
        holder: The firm or site.
        product: The item.
    """

    what: str
    holder: EntityId
    product: EntityId


@dataclass(frozen=True, slots=True)
class ClaimedBills:
    """The chain that claims give.

    Attributes:
        nodes: Ascending.
        material: By (maker, input): the units of it a unit made, and the nodes that can supply it.
        stock: Units on hand by node; an unknown stock is not a key.
        capacity: Units a day by node; an unknown capacity is not a key.
        demand: Units a day that customers want, by node; nodes without demand are not keys.
        margin: The margin of a unit sold, by node.
        together: Producers with one capacity for all that they make: units a day, and what a unit of each node takes of
            it.
        claims: By node, the claims that state it.
        currency: Of the margins; "" if they are not known, and losses are in units.
        gaps: The figures that are not known.
    """

    nodes: tuple[ItemHolder, ...]
    material: Mapping[tuple[ItemHolder, EntityId], tuple[float, tuple[ItemHolder, ...]]]
    stock: Mapping[ItemHolder, float]
    capacity: Mapping[ItemHolder, float]
    demand: Mapping[ItemHolder, float]
    margin: Mapping[ItemHolder, float]
    together: Mapping[EntityId, tuple[float, Mapping[ItemHolder, float]]]
    claims: Mapping[ItemHolder, tuple[ClaimId, ...]]
    currency: str
    gaps: tuple[Gap, ...]


def claimed(snapshot: Snapshot, buyer: EntityId) -> ClaimedBills:
    """The chain behind everything that a buyer sells.

    Args:
        snapshot: The facts and links.
        buyer: The buyer.

    Raises:
        NotGivenError: The demand for what it sells is not given, the quantity of an input is not given, or one product
            is
        counted in two units.
    """
    survey = _BillSurvey(snapshot, snapshot.facts.of(buyer))
    survey.run()
    return survey.result()


class _BillSurvey:
    """The claims behind what a buyer sells, followed upstream."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self._facts = snapshot.facts
        self._links = snapshot.by_customer
        self._products = snapshot.products
        self._buyer = buyer
        self._supplied = _supplied(snapshot)
        self._material: dict[tuple[ItemHolder, EntityId], tuple[float, tuple[ItemHolder, ...]]] = {}
        self._figures: dict[str, dict[ItemHolder, float]] = defaultdict(dict)
        self._together: dict[EntityId, tuple[float, dict[ItemHolder, float]]] = {}
        self._claims: dict[ItemHolder, list[ClaimId]] = {}
        self._gaps: set[Gap] = set()
        self._missing: list[Fact] = []

    def run(self) -> None:
        """Follow every item upstream.

        Raises:
            NotGivenError: As `claimed` does.
        """
        sales = _sales(self._facts, self._buyer)
        self._currency = _currency(sales.values())
        waiting = [self._sale(product, same) for product, same in sorted(sales.items())]
        while waiting:
            node = waiting.pop()
            if node not in self._claims:
                self._claims[node] = []
                waiting += self._inputs_of(node) if node.makes else self._sources_of(node)
        if self._missing:
            some = ", ".join(f"{fact.subject} in {fact.object}" for fact in self._missing[:5])
            message = f"the quantity of {len(self._missing)} inputs is not given: {some}"
            raise NotGivenError(message, fix=f"load InputRelation records with a quantity, {LOAD_INSTEAD}")

    def result(self) -> ClaimedBills:
        """The chain that was found."""
        nodes = tuple(sorted(self._claims))
        _counted_alike(self._facts, {node.product for node in nodes})
        figures = self._figures
        return ClaimedBills(
            nodes=nodes,
            material=dict(sorted(self._material.items())),
            stock=figures["stock"],
            capacity=figures["capacity"],
            demand=figures["demand"],
            margin=figures["margin"],
            together=self._together,
            claims={node: tuple(sorted(set(self._claims[node]))) for node in nodes},
            currency=self._currency,
            gaps=tuple(sorted(self._gaps)),
        )

    def _sale(self, product: EntityId, same: list[Fact]) -> ItemHolder:
        node = ItemHolder(self._buyer, product, makes=False)
        wanted = [(number, fact) for fact in same if (number := fact.number("demandPerDay")) is not None]
        whole = sum(number for number, _ in wanted)
        self._figures["demand"][node] = whole
        worth = sum(number * (fact.number("unitMargin") or 0.0) for number, fact in wanted)
        self._figures["margin"][node] = 1.0 if not self._currency else worth / whole if whole > 0 else 0.0
        return node

    def _sources_of(self, node: ItemHolder) -> Iterator[ItemHolder]:
        """The nodes from which a firm has an item: its own makers, its suppliers, and kinds of the item."""
        facts = self._facts
        places = (node.holder, *sites(facts, node.holder))
        self._note(node, self._note_stock(node, places))
        made = [(place, fact) for place in places for fact in self._makes(place, node.product)]
        bought = [link for link in self._links.get(node.holder, ()) if link.product == node.product]
        sources = {ItemHolder(place, node.product, makes=True) for place, _ in made}
        sources |= {ItemHolder(link.supplier, node.product, makes=False) for link in bought}
        sources |= {ItemHolder(node.holder, kind, makes=False) for kind in self._kinds(node, places)}
        self._note(node, [fact for _, fact in made], *(link.claims for link in bought))
        if not sources and self._must_have(node):
            sources = {
                ItemHolder(maker, node.product, makes=True)
                for maker in self._supplied.get((node.holder, node.product), ())
            }
            sources = sources or {ItemHolder(node.holder, node.product, makes=True)}
        if sources:
            self._material[node, node.product] = (1.0, tuple(sorted(sources)))
        else:
            self._gaps -= {Gap("stock", node.holder, node.product)}
            self._gaps.add(Gap("supplier", node.holder, node.product))
        yield from sources

    def _inputs_of(self, node: ItemHolder) -> Iterator[ItemHolder]:
        """The nodes from which a producer has its inputs."""
        self._note_capacity(node)
        firm = operator(self._facts, node.holder)
        for fact in _inputs(self._facts, self._products, node.product):
            quantity = fact.number("quantity")
            if quantity is None:
                self._missing.append(fact)
                continue
            source = ItemHolder(firm, fact.subject, makes=False)
            self._material[node, fact.subject] = (quantity, (source,))
            self._note(node, [fact])
            yield source

    def _note_capacity(self, node: ItemHolder) -> None:
        made = next(iter(self._makes(node.holder, node.product)), None)
        whole = self._facts.preferred("CAPACITY", node.holder)
        limit = None if whole is None else as_number(whole.value)
        own = None if made is None else made.number("capacityPerDay")
        share = None if made is None else made.number("capacityShare")
        if own is None and share is not None and limit is not None:
            own = share * limit
        if own is not None:
            self._figures["capacity"][node] = own
        elif limit is not None:
            use = 1.0 if made is None else made.number("capacityUse")
            self._together.setdefault(node.holder, (limit, {}))[1][node] = 1.0 if use is None else use
        else:
            self._gaps.add(Gap("capacity", node.holder, node.product))
        self._note(node, [fact for fact in (made, whole) if fact is not None])

    def _note_stock(self, node: ItemHolder, places: Iterable[EntityId]) -> list[Fact]:
        stated = [fact for place in places for fact in _by_object(self._facts.about("STOCKS", place), node.product)]
        on_hand = [number for fact in stated if (number := fact.number("onHand")) is not None]
        if on_hand:
            self._figures["stock"][node] = sum(on_hand)
        else:
            self._gaps.add(Gap("stock", node.holder, node.product))
        return stated

    def _makes(self, place: EntityId, product: EntityId) -> list[Fact]:
        return _by_object(self._facts.about("PRODUCES", place), product)

    def _kinds(self, node: ItemHolder, places: Iterable[EntityId]) -> Iterator[EntityId]:
        """The kinds of an item that its firm has under their own ids."""
        kinds = self._products.kinds(node.product) - {node.product}
        if kinds:
            present = {link.product for link in self._links.get(node.holder, ())}
            for place in places:
                for predicate in ("STOCKS", "PRODUCES"):
                    present |= {str(fact.object) for fact in self._facts.about(predicate, place)}
            yield from (EntityId(kind) for kind in sorted(kinds & present))

    def _must_have(self, node: ItemHolder) -> bool:
        """Whether the firm sells or supplies the item, so that it must come from it."""
        return node in self._figures["demand"] or (node.holder, node.product) in self._supplied

    def _note(self, node: ItemHolder, facts: Iterable[Fact], *claims: Iterable[ClaimId]) -> None:
        self._claims[node] += [fact.claim for fact in facts]
        self._claims[node] += [claim for some in claims for claim in some]


def sites(facts: Facts, firm: EntityId) -> tuple[EntityId, ...]:
    """The sites that the firm alone operates, ascending."""
    return tuple(site for site in sites_of(facts, firm) if operator(facts, site) == firm)


def recovery_days(facts: Facts, entity: EntityId) -> float | None:
    """The time to recover: the entity's own, else the longest of its sites if all of them are known."""
    stated = facts.preferred("RECOVERY_DAYS", entity)
    if stated is not None:
        return as_number(stated.value)
    each = [recovery_days(facts, site) for site in sites(facts, entity)]
    known = [days for days in each if days is not None]
    return max(known) if known and len(known) == len(each) else None


def _supplied(snapshot: Snapshot) -> Mapping[tuple[EntityId, str], tuple[EntityId, ...]]:
    """The sites from which each (supplier, product) is supplied, if stated."""
    found: dict[tuple[EntityId, str], set[EntityId]] = defaultdict(set)
    for link in snapshot.links.counted:
        found[link.supplier, link.product] |= {link.fact.subject} - {link.supplier}
    return {ends: tuple(sorted(places)) for ends, places in found.items()}


def _sales(facts: Facts, buyer: EntityId) -> Mapping[EntityId, list[Fact]]:
    """What the buyer sells: of each product one fact of the firm itself and of each site."""
    found: dict[EntityId, list[Fact]] = defaultdict(list)
    for place in (buyer, *sites(facts, buyer)):
        stated = facts.about("SELLS", place)
        for product in sorted({fact.object for fact in stated if fact.object is not None}):
            given = [fact for fact in _by_object(stated, product) if fact.number("demandPerDay") is not None]
            found[product] += given[:1]
    if not any(found.values()):
        message = f"the demand for what {buyer} sells is not given"
        raise NotGivenError(message, fix=f"load Sale records with a demandPerDay, {LOAD_INSTEAD}", id=buyer)
    return {product: same for product, same in found.items() if same}


def _currency(sales: Iterable[list[Fact]]) -> str:
    """The currency of all margins; "" if one is missing or they are in several."""
    stated = [fact for same in sales for fact in same]
    currencies = {fact.text("currency") for fact in stated if fact.number("unitMargin") is not None}
    known = all(fact.number("unitMargin") is not None for fact in stated)
    return currencies.pop() if known and len(currencies) == 1 else ""


def _by_object(facts: Iterable[Fact], product: EntityId) -> list[Fact]:
    """The most believed of the facts about a product, in a list; several facts may state the same figure."""
    same = [fact for fact in facts if fact.object == product]
    return [min(same, key=lambda fact: fact.preference)] if same else []


def _inputs(facts: Facts, products: Products, product: EntityId) -> list[Fact]:
    """The bill of material: of the product itself, else of the narrowest category that has one."""
    for level in products.wider(product):
        every = [fact for one in level for fact in facts.onto("INPUT_OF", one)]
        if every:
            ordered = sorted(every, key=lambda fact: fact.preference, reverse=True)
            return [fact for _, fact in sorted({fact.subject: fact for fact in ordered}.items())]
    return []


def _counted_alike(facts: Facts, products: Iterable[EntityId]) -> None:
    for product in sorted(products):
        stated = (fact for predicate in ("SELLS", "STOCKS", "PRODUCES") for fact in facts.onto(predicate, product))
        units = sorted({fact.text("unit") for fact in stated} - {""})
        if len(units) > 1:
            message = f"{product} is counted in {' and in '.join(units)}"
            raise NotGivenError(message, fix="load all figures of a product in one unit", id=product)
