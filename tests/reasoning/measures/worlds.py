"""Small worlds of every kind for the measures: cyclic, idle, disconnected, inferred, with risks known or not."""

from hypothesis import strategies as st

from ontology.canonical import Scalar
from ontology.records import Basis, EntityId
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.world import World

BUYER = EntityId("org:f0")
CATEGORIES = ("cyber", "continuity")


def firm(number: int) -> EntityId:
    """A firm of a drawn world; 0 is the buyer."""
    return EntityId(f"org:f{number}")


def snapshot(world: World) -> Snapshot:
    """Its snapshot."""
    return Snapshot(world.facts(), 7)


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 6, certain: bool = False) -> World:
    """Any small world: at most so many firms; with `certain` no link is inferred and every risk is known."""
    world = World()
    size = draw(st.integers(1, most))
    number = st.integers(0, size - 1)
    for _ in range(draw(st.integers(0, 12))):
        supplier, customer = draw(number), draw(number)
        stated: dict[str, Scalar] = {"product": f"prd:p{draw(st.integers(0, 3))}"} if draw(st.booleans()) else {}
        if draw(st.booleans()):
            stated |= {"annualSpend": draw(st.sampled_from([0.0, 1.0, 2.5, 40.0])), "currency": "EUR"}
        if draw(st.booleans()):
            stated["essential"] = True
        inferred = not certain and draw(st.booleans())
        basis: Basis = "inferred" if inferred else "observed"
        confidence = draw(st.sampled_from([0.25, 0.5, 0.9])) if inferred else 1.0
        world.say(firm(supplier), "SUPPLIES", firm(customer), basis=basis, confidence=confidence, qualified=stated)
    for one in range(size):
        for category in CATEGORIES:
            if certain or draw(st.booleans()):
                world.risk(f"{category}-{one}", firm(one), category, draw(st.sampled_from([0.0, 0.1, 0.5, 1.0])))
        if draw(st.booleans()):
            world.say(firm(one), "IN_COUNTRY", f"reg:iso3166-{draw(st.sampled_from(['DE', 'FR']))}")
    return world


def diamond() -> World:
    """The buyer ← left and right ← both from the source; a stranger supplies another firm."""
    world = World()
    for supplier, customer, product, spend in (
        (1, 0, "prd:engine", 60.0),
        (2, 0, "prd:frame", 40.0),
        (3, 1, "prd:magnet", 10.0),
        (3, 2, "prd:magnet", 5.0),
    ):
        stated: dict[str, Scalar] = {"product": product, "annualSpend": spend, "currency": "EUR", "essential": True}
        world.say(firm(supplier), "SUPPLIES", firm(customer), qualified=stated)
    world.say(firm(8), "SUPPLIES", firm(9), product="prd:tea", annualSpend=3.0, currency="EUR")
    world.say(firm(3), "IN_COUNTRY", "reg:iso3166-DE")
    world.say(firm(1), "IN_COUNTRY", "reg:iso3166-FR")
    return world
