"""Random worlds with every turn that links and own risks can take, and the plain snapshot that arrays are held to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from graph.port import GraphReader
from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY
from ontology.preference import BASES
from ontology.records import At, Basis, Review
from reasoning.arrays.columns.arrays import Arrays
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts
from reasoning.risk.weights import CATEGORIES
from tests.fakes import FakeStore
from tests.reasoning.stores import fill
from tests.reasoning.world import AT, World

FIRMS = tuple(f"org:{letter}" for letter in "abcdefg")
SITES = ("sit:p", "sit:q")
PRODUCTS = ("prd:x", "prd:y")
REGIONS = ("reg:n", "reg:s")
DAYS = tuple(f"2026-{month:02d}-01T00:00:00Z" for month in (1, 4, 6, 7, 9))
BEFORE, AFTER = DAYS[:3], DAYS[3:]


@dataclass(frozen=True)
class Saying:
    """A claim to be said."""

    subject: str
    predicate: str
    target: str | float
    source: str = "world"
    basis: Basis = "observed"
    review: Review = "accepted"
    confidence: float = 1.0
    valid: tuple[str | None, str | None] = (None, None)
    qualified: Mapping[str, Scalar] | None = None


bases = st.sampled_from(BASES)
reviews = st.sampled_from(["accepted", "accepted", "proposed", "rejected"])
certainty = st.sampled_from([1.0, 0.5, 0.25])
valid = st.one_of(
    st.just((None, None)), st.tuples(st.sampled_from([None, *DAYS]), st.sampled_from([None, *AFTER])),
    st.tuples(st.sampled_from([None, *BEFORE]), st.sampled_from(DAYS[1:])),
)  # fmt: skip


@st.composite
def _quantities(draw: st.DrawFn) -> Mapping[str, Scalar]:
    found: dict[str, Scalar] = {}
    if draw(st.booleans()):
        found["annualSpend"] = draw(st.sampled_from([0, 1, 3, 2.5, 100.25, -1]))
        found["currency"] = draw(st.sampled_from(["USD", "USD", "EUR"]))
    if draw(st.booleans()):
        found["shareOfSupply"] = draw(st.sampled_from([0.0, 0.1, 0.3, 1.0]))
    if draw(st.booleans()):
        found["product"] = draw(st.sampled_from(PRODUCTS))
    if draw(st.booleans()):
        found["productGroup"] = draw(st.sampled_from(["steel", "glass"]))
    return found


supplies = st.builds(
    Saying, st.sampled_from(FIRMS + SITES), st.just("SUPPLIES"), st.sampled_from(FIRMS),
    st.sampled_from(["world", "erp", "customs"]), bases, reviews, certainty,
    valid, _quantities(),
)  # fmt: skip

_pairs = [(one, other) for one in FIRMS for other in FIRMS if one != other]
plain_supplies = st.builds(
    lambda pair, quantities, basis: Saying(pair[0], "SUPPLIES", pair[1], basis=basis, qualified=quantities),
    st.sampled_from(_pairs),
    _quantities(),
    st.sampled_from(["observed", "inferred"]),
)


def _about(subjects: Sequence[str], predicate: str, targets: Sequence[str | float]) -> st.SearchStrategy[Saying]:
    ends = st.sampled_from(subjects), st.just(predicate), st.sampled_from(targets)
    return st.builds(Saying, *ends, st.sampled_from(["world", "erp"]), bases, reviews, certainty, valid)


_RISKS = ("rsk:1", "rsk:2", "rsk:3")
places = st.one_of(
    _about(FIRMS, "OPERATES", SITES),
    _about(FIRMS, "LOCATED_AT", SITES),
    _about(FIRMS + SITES, "IN_COUNTRY", REGIONS),
    _about(_RISKS, "AFFECTS", FIRMS + SITES + REGIONS),
    _about(_RISKS, "LIKELIHOOD", (0.125, 0.75)),
    _about(("reg:n",), "PART_OF", ("reg:s",)),
    _about(FIRMS, "SANCTIONED", ("OFAC SDN",)),
    st.builds(
        lambda pair, share: Saying(pair[0], "OWNS", pair[1], qualified={"percentage": share}),
        st.sampled_from(_pairs),
        st.sampled_from([30, 60]),
    ),
    _about(("crt:1",), "HELD_BY", FIRMS + SITES),
    _about(("crt:1",), "SCHEME", ("ISO 27001", "ISO 14001")),
    st.builds(
        lambda value: Saying("reg:n", "INDICATOR", value, qualified={"indicator": "INFORM Governance", "year": 2024}),
        st.sampled_from([2.5, 7.5]),
    ),
)


def recorded_risks() -> list[Saying]:
    """What the risks are that places may be affected by."""
    found = []
    for number, risk in enumerate(_RISKS):
        found.append(Saying(risk, "IN_CATEGORY", CATEGORIES[number % 2]))
        found.append(Saying(risk, "LIKELIHOOD", 0.25 * (number + 1)))
        found.append(Saying(risk, "SEVERITY", 1.0))
    return found


merges = st.tuples(st.sampled_from(FIRMS + SITES + PRODUCTS), st.sampled_from(FIRMS + SITES + PRODUCTS)).filter(
    lambda pair: pair[0] < pair[1] and pair[0][:4] == pair[1][:4]
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world of some links, places and merges."""
    said = draw(st.lists(supplies, min_size=draw(st.sampled_from([0, 5])), max_size=14)) + draw(
        st.lists(places, max_size=8)
    )
    world = World()
    for one in said + recorded_risks():
        put(world, one)
    for left, right in draw(st.lists(merges, max_size=2)):
        world.judge(left, right)
    return world


def put(world: World, one: Saying) -> None:
    """Say it."""
    world.say(
        one.subject, one.predicate, one.target, source=one.source, basis=one.basis, review=one.review,
        confidence=one.confidence, valid=one.valid, qualified=one.qualified,
    )  # fmt: skip


def stored(world: World) -> FakeStore:
    """The world in the plain model of a store."""
    store = FakeStore(VOCABULARY)
    fill(store, world)
    return store


def plain(reader: GraphReader, at: At = AT) -> Snapshot:
    """What reasoning makes of a store without arrays."""
    return Snapshot(Facts(reader, at), reader.status().revision)


def told(found: Arrays) -> dict[str, object]:
    """What arrays say, by ids, so that nothing hangs on how firms are numbered."""
    net, ids = found.net, [found.id(node) for node in range(found.firms)]
    pairs = [(ids[c], ids[s]) for c, s in zip(net.customer.tolist(), net.supplier.tolist(), strict=True)]
    columns = [column.tolist() for column in (*found.shares, found.floats("total")[net.customer])]
    names = [found.stamp.units[unit] if unit >= 0 else "" for unit in found.integers("unit").tolist()]
    own = found.floats("profiles")[found.integers("profile")]
    return {
        "edges": {pair: figures for pair, *figures in zip(pairs, *columns, strict=True)},
        "claims": {pair: list(found.claims(edge)) for edge, pair in enumerate(pairs)},
        "units": {firm: name for firm, name in zip(ids, names, strict=True) if name},
        "risks": {firm: np.nan_to_num(row, nan=-1.0).tolist() for firm, row in zip(ids, own, strict=True)},
    }


def told_plainly(snapshot: Snapshot) -> dict[str, object]:
    """The same of a plain snapshot."""
    view, ids = snapshot.whole, snapshot.nodes
    pairs = [(ids[c], ids[s]) for c, s in zip(view.net.customer.tolist(), view.net.supplier.tolist(), strict=True)]
    columns = [column.tolist() for column in (view.low, view.share, view.high, view.total)]
    return {
        "edges": {pair: figures for pair, *figures in zip(pairs, *columns, strict=True)},
        "claims": {
            pair: [link.fact.claim for link in links] for pair, links in zip(pairs, view.links, strict=True)
        },
        "units": {firm: unit.name for firm, unit in snapshot.links.units.items()},
        "risks": {firm: _own(snapshot, firm) for firm in ids},
    }  # fmt: skip


def _own(snapshot: Snapshot, firm: str) -> list[list[float]]:
    own = snapshot.risks.of(snapshot.facts.of(firm))
    return [list(own[name].bounds) if name in own else [-1.0] * 3 for name in CATEGORIES]
