"""Who operates what."""

from ontology.records import EntityId
from reasoning.network.sites import operator, sites_of
from tests.reasoning.world import World

FIRM, OTHER, SITE, LATER = (EntityId(one) for one in ("org:firm", "org:other", "sit:a", "sit:b"))


def test_sites_are_listed_once_and_ascend_and_shared_ones_are_among_them():
    world = World()
    for site in (LATER, SITE, LATER):
        world.say(FIRM, "OPERATES", site)
    world.say(OTHER, "OPERATES", SITE)
    assert sites_of(world.facts(), FIRM) == (SITE, LATER)
    assert sites_of(world.facts(), SITE) == ()


def test_the_operator_stands_for_a_site_that_no_other_firm_operates():
    world = World()
    for site in (SITE, LATER):
        world.say(FIRM, "OPERATES", site)
    world.say(OTHER, "OPERATES", SITE)
    facts = world.facts()
    assert [operator(facts, one) for one in (LATER, SITE, FIRM, EntityId("sit:nobodys"))] == [
        FIRM,
        SITE,
        FIRM,
        "sit:nobodys",
    ]
