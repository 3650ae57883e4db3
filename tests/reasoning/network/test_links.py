import pytest

from reasoning.network.links import Links, Unit, links
from tests.reasoning.world import World


def made(world: World) -> Links:
    return links(world.facts())


def units(world: World) -> dict[str, Unit]:
    return {str(firm): unit for firm, unit in made(world).units.items()}


def weights(world: World) -> dict[tuple[str, str], float]:
    summed: dict[tuple[str, str], float] = {}
    for link in made(world).counted:
        key = (link.customer, link.supplier)
        summed[key] = summed.get(key, 0.0) + link.weight
    return summed


def test_spend_is_the_unit_where_every_link_has_it_in_one_currency():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", annualSpend=30, currency="USD")
    world.say("org:b", "SUPPLIES", "org:c", annualSpend=10.5, currency="USD")
    assert weights(world) == {("org:c", "org:a"): 30.0, ("org:c", "org:b"): 10.5}
    assert units(world)["org:c"].name == "annualSpend USD"
    assert units(world)["org:c"].why == ""


def test_shares_are_the_unit_where_spend_is_missing_and_add_up_over_products():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", shareOfSupply=0.5, annualSpend=7, currency="USD", product="prd:x")
    world.say("org:a", "SUPPLIES", "org:c", shareOfSupply=0.25, product="prd:y")
    world.say("org:b", "SUPPLIES", "org:c", shareOfSupply=0.75, product="prd:y")
    assert weights(world) == {("org:c", "org:a"): 0.75, ("org:c", "org:b"): 0.75}
    unit = units(world)["org:c"]
    assert (unit.name, unit.why) == ("shareOfSupply", "annualSpend is missing on 2 of 3 links")


def test_links_weigh_the_same_where_neither_is_known_of_all():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", shareOfSupply=0.5)
    world.say("org:b", "SUPPLIES", "org:c", annualSpend=10, currency="USD")
    assert weights(world) == {("org:c", "org:a"): 1.0, ("org:c", "org:b"): 1.0}
    unit = units(world)["org:c"]
    assert unit.name == "equal"
    assert unit.why == "annualSpend is missing on 1 of 2 links; shareOfSupply is missing on 1 of 2 links"


@pytest.mark.parametrize(
    ("spends", "why"),
    [
        ([(3, "USD"), (4, "EUR")], "annualSpend is in 2 currencies"),
        ([(0, "USD"), (0, "USD")], "annualSpend is 0 on all links"),
        ([(-3, "USD"), (4, "USD")], "annualSpend is missing on 1 of 2 links"),
    ],
)
def test_spend_that_cannot_be_added_up_is_not_the_unit(spends: list[tuple[float, str]], why: str):
    world = World()
    for number, (spend, currency) in enumerate(spends):
        world.say(f"org:{number}", "SUPPLIES", "org:c", annualSpend=spend, currency=currency)
    assert units(world)["org:c"].why.startswith(why)
    assert set(weights(world).values()) == {1.0}


def test_each_customer_has_a_unit_of_its_own():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", annualSpend=30, currency="USD")
    world.say("org:b", "SUPPLIES", "org:a")
    assert {firm: unit.name for firm, unit in made(world).units.items()} == {
        "org:a": "equal",
        "org:c": "annualSpend USD",
    }


def test_one_statement_of_two_sources_counts_once_as_the_surer_states_it():
    world = World()
    weak = world.say("org:a", "SUPPLIES", "org:c", source="weak", confidence=0.3, product="prd:x", annualSpend=1)
    sure = world.say("org:a", "SUPPLIES", "org:c", source="sure", confidence=0.9, product="prd:x", annualSpend=5)
    found = made(world)
    assert [link.fact.claim for link in found.counted] == [sure]
    assert [(one.claim, one.why) for one in found.set_aside] == [(weak, "sure, which is believed first, states it too")]


def test_an_observed_link_is_counted_before_an_inferred_one():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", source="model", basis="inferred", confidence=0.9)
    seen = world.say("org:a", "SUPPLIES", "org:c", source="books", confidence=0.5)
    (link,) = made(world).counted
    assert (link.fact.claim, link.counted) == (seen, 1.0)


def test_what_one_source_states_twice_counts_once():
    world = World()
    first = world.say("org:a", "SUPPLIES", "org:c", annualSpend=5, currency="USD")
    second = world.say("org:a", "SUPPLIES", "org:c", annualSpend=5, currency="USD")
    found = made(world)
    assert [link.fact.claim for link in found.counted] == [min(first, second)]
    assert [(one.claim, one.why) for one in found.set_aside] == [
        (max(first, second), "the same source states it twice")
    ]


def test_parallel_links_of_one_source_add_up():
    world = World()
    for product, spend in (("prd:x", 5), ("prd:y", 7)):
        world.say("org:a", "SUPPLIES", "org:c", product=product, annualSpend=spend, currency="USD")
    world.say("org:a", "SUPPLIES", "org:c", product="prd:y", productGroup="g", annualSpend=1, currency="USD")
    assert weights(world) == {("org:c", "org:a"): 13.0}


def test_a_firm_that_supplies_itself_is_set_aside_also_after_a_merge():
    world = World()
    own = world.say("org:a", "SUPPLIES", "org:a")
    other = world.say("org:b", "SUPPLIES", "org:a")
    assert [one.claim for one in made(world).set_aside] == [own]
    world.judge("org:a", "org:b")
    found = made(world)
    assert found.counted == ()
    assert {(one.claim, one.why) for one in found.set_aside} == {
        (own, "it supplies itself"),
        (other, "it supplies itself"),
    }


def test_a_site_supplies_for_its_one_operator():
    world = World()
    supplies = world.say("sit:1", "SUPPLIES", "org:c")
    operates = world.say("org:a", "OPERATES", "sit:1")
    (link,) = made(world).counted
    assert (link.supplier, link.claims) == ("org:a", (supplies, operates))
    assert set(link.evidence) == {*world.evidence_of(supplies), *world.evidence_of(operates)}
    world.say("org:b", "OPERATES", "sit:1")
    (link,) = made(world).counted
    assert (link.supplier, link.claims) == ("sit:1", (supplies,))


def test_an_inferred_link_counts_as_far_as_it_is_believed():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", basis="inferred", confidence=0.25, annualSpend=8, currency="USD")
    (link,) = made(world).counted
    assert (link.weight, link.counted) == (8.0, 2.0)


def test_no_claims_make_no_links():
    assert made(World()) == Links((), {}, ())


def test_only_a_claim_that_says_so_calls_an_input_essential():
    world = World()
    world.say("org:a", "SUPPLIES", "org:c", product="prd:x", essential=True)
    world.say("org:b", "SUPPLIES", "org:c", product="prd:x", essential=False)
    world.say("org:d", "SUPPLIES", "org:c", product="prd:x")
    essential = {link.supplier: link.is_essential for link in made(world).counted}
    assert essential == {"org:a": True, "org:b": False, "org:d": False}
