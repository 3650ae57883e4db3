"""A small network to try changes on: buyer ← a, b; a ← c (a site of which is in another country), d; b ← d."""

from ontology.records import At, EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import Branch, Edit
from reasoning.scenarios.outcome import WhatIfOutcome
from tests.reasoning.scenarios.running import run
from tests.reasoning.world import AT, World

BUYER, A, B, C, D, E = (EntityId(f"org:{name}") for name in ("buyer", "a", "b", "c", "d", "e"))
NORTH, SOUTH = EntityId("reg:iso3166-NO"), EntityId("reg:iso3166-ES")
CYBER, CONTINUITY = EntityId("rct:tierscope-cyber"), EntityId("rct:tierscope-continuity")


def village() -> World:
    """The claims."""
    world = World()
    for supplier, customer, product, spend in (
        (A, BUYER, "prd:engine", 60.0),
        (B, BUYER, "prd:frame", 40.0),
        (C, A, "prd:chip", 30.0),
        (D, A, "prd:steel", 70.0),
        (D, B, "prd:steel", 10.0),
    ):
        world.say(supplier, "SUPPLIES", customer, product=product, annualSpend=spend, currency="EUR", essential=True)
    world.say(E, "SUPPLIES", A, product="prd:chip", annualSpend=20.0, currency="EUR", basis="inferred", confidence=0.5)
    for site, place in (("sit:c-north", NORTH), ("sit:c-south", SOUTH)):
        world.say(C, "OPERATES", site)
        world.say(site, "IN_COUNTRY", place)
    world.say(D, "IN_COUNTRY", SOUTH)
    world.say("prd:steel", "IN_CATEGORY", "cat:metal")
    world.risk("flood", D, "natural-hazard", 0.4)
    world.risk("strike", A, "continuity", 0.2)
    return world


def snapshot(world: World | None = None, at: At = AT) -> Snapshot:
    """What reasoning reads of it."""
    return Snapshot((world or village()).facts(at), 1)


def try_out(*edits: Edit, base: Snapshot | None = None) -> WhatIfOutcome:
    """What some changes do to the buyer."""
    return run(base or snapshot(), BUYER, Branch("try", edits))
