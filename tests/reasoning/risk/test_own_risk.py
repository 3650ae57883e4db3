import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.records import EntityId
from reasoning.risk.own_risk import OwnRisk, Risks, places
from reasoning.risk.weights import CATEGORIES, WEIGHTS
from tests.reasoning.world import World


def own_risks(world: World) -> dict[str, OwnRisk]:
    return {str(category): own for category, own in Risks(world.facts()).of(EntityId("org:a")).items()}


CYBER, FINANCIAL = "rct:tierscope-cyber", "rct:tierscope-financial"


def test_the_weights_add_to_1_over_the_twelve_categories():
    assert len(CATEGORIES) == len(set(CATEGORIES)) == 12
    assert sum(WEIGHTS.values()) == pytest.approx(1, abs=1e-15)


def test_own_risk_is_severity_times_likelihood_and_cites_its_claims():
    world = World()
    claims = [
        world.say("rsk:1", "AFFECTS", "org:a"),
        world.say("rsk:1", "IN_CATEGORY", CYBER),
        world.say("rsk:1", "LIKELIHOOD", 0.5),
        world.say("rsk:1", "SEVERITY", 0.8),
    ]
    own = own_risks(world)
    assert set(own) == {CYBER}
    assert (own[CYBER].value, own[CYBER].risk, own[CYBER].place) == (0.4, "rsk:1", "org:a")
    assert own[CYBER].claims == tuple(claims)
    assert own[CYBER].evidence == tuple(sorted(one for claim in claims for one in world.evidence_of(claim)))


def test_the_greatest_risk_of_a_category_counts():
    world = World()
    world.risk("1", "org:a", "cyber", 0.3)
    world.risk("2", "org:a", "cyber", 0.6)
    world.risk("3", "org:a", "financial", 0.2)
    own = own_risks(world)
    assert {category: risk.value for category, risk in own.items()} == {CYBER: 0.6, FINANCIAL: 0.2}


def test_risks_on_sites_and_regions_are_the_firms():
    world = World()
    operates = world.say("org:a", "OPERATES", "sit:1")
    country = world.say("sit:1", "IN_COUNTRY", "reg:iso3166-XX")
    part = world.say("reg:iso3166-XX", "PART_OF", "reg:continent")
    risk = world.risk("1", "reg:continent", "natural-hazard", 0.7)
    own = own_risks(world)["rct:tierscope-natural-hazard"]
    assert (own.value, own.place) == (0.7, "reg:continent")
    assert own.claims == (operates, country, part, *risk)


def test_the_firms_own_country_counts_and_what_it_supplies_or_owns_does_not():
    world = World()
    world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
    world.say("org:a", "SUPPLIES", "org:b")
    world.say("org:a", "OWNS", "org:c")
    assert set(places(world.facts(), EntityId("org:a"))) == {"org:a", "reg:iso3166-XX"}


@pytest.mark.parametrize("missing", range(4))
def test_an_incomplete_risk_is_not_known(missing: int):
    world = World()
    claims = world.risk("1", "org:a", "cyber", 0.3)
    assert own_risks(world.without([claims[missing]])) == {}


def test_nothing_known_is_no_risk_of_zero():
    assert own_risks(World()) == {}


def test_a_narrower_category_counts_in_the_one_of_the_twelve_above_it():
    world = World()
    world.risk("1", "org:a", "ransomware", 0.9)
    assert own_risks(world) == {}
    broader = world.say("rct:tierscope-ransomware", "BROADER", CYBER)
    own = own_risks(world)
    assert own[CYBER].value == 0.9
    assert broader in own[CYBER].claims


def test_categories_that_are_broader_in_a_circle_end_nowhere():
    world = World()
    world.risk("1", "org:a", "x", 0.9)
    world.say("rct:tierscope-x", "BROADER", "rct:tierscope-y")
    world.say("rct:tierscope-y", "BROADER", "rct:tierscope-x")
    assert own_risks(world) == {}


def test_risks_of_merged_firms_are_one_firms():
    world = World()
    world.risk("1", "org:b", "cyber", 0.3)
    world.judge("org:a", "org:b")
    assert own_risks(world)[CYBER].value == 0.3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.floats(0, 1))
def test_a_further_risk_never_lowers_own_risk(values: list[float], further: float):
    world = World()
    for number, value in enumerate(values):
        world.risk(str(number), "org:a", "cyber", value)
    before = own_risks(world)[CYBER].value
    world.risk("further", "org:a", "cyber", further)
    after = own_risks(world)[CYBER].value
    assert after == max(before, further)
