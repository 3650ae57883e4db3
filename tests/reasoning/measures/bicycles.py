"""A maker of bicycles, by hand: frames from two suppliers, wheels from one, and each wheel of 36 spokes."""

from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.world import World

BUYER = "org:velo"


def bicycles(*, stocks: bool = True) -> World:
    """Customers want 10 bicycles a day, each worth 100.

    A bicycle takes 1 frame and 2 wheels, a wheel 36 spokes. Frames come from Alu (up to 8 a day) and Bambu (up to 6),
    wheels from Rad, which buys its spokes from Draht. In stock: 20 bicycles, 30 frames, 40 wheels at the buyer, 7,200
    spokes at Rad; nothing at the suppliers of frames, 3,600 spokes at Draht.
    """
    world = World()
    world.say(BUYER, "SELLS", "prd:bicycle", demandPerDay=10.0, unitMargin=100.0, currency="EUR", unit="piece")
    world.say("prd:frame", "INPUT_OF", "prd:bicycle", quantity=1.0)
    world.say("prd:wheel", "INPUT_OF", "prd:bicycle", quantity=2.0)
    world.say("prd:spoke", "INPUT_OF", "prd:wheel", quantity=36.0)
    world.say("org:alu", "SUPPLIES", BUYER, product="prd:frame", annualSpend=60.0, currency="EUR")
    world.say("org:bambu", "SUPPLIES", BUYER, product="prd:frame", annualSpend=40.0, currency="EUR")
    world.say("org:rad", "SUPPLIES", BUYER, product="prd:wheel", annualSpend=50.0, currency="EUR")
    world.say("org:draht", "SUPPLIES", "org:rad", product="prd:spoke", annualSpend=5.0, currency="EUR")
    for firm, product, most in (
        (BUYER, "bicycle", 12.0),
        ("org:alu", "frame", 8.0),
        ("org:bambu", "frame", 6.0),
        ("org:rad", "wheel", 24.0),
        ("org:draht", "spoke", 1000.0),
    ):
        world.say(firm, "PRODUCES", f"prd:{product}", capacityPerDay=most)
    if stocks:
        for firm, product, holding in (
            (BUYER, "bicycle", 20.0),
            (BUYER, "frame", 30.0),
            (BUYER, "wheel", 40.0),
            ("org:alu", "frame", 0.0),
            ("org:bambu", "frame", 0.0),
            ("org:rad", "wheel", 0.0),
            ("org:rad", "spoke", 7200.0),
            ("org:draht", "spoke", 3600.0),
        ):
            world.say(firm, "STOCKS", f"prd:{product}", onHand=holding)
    world.say("org:alu", "RECOVERY_DAYS", 30.0)
    world.say("org:rad", "RECOVERY_DAYS", 10.0)
    world.say("org:draht", "RECOVERY_DAYS", 21.0)
    return world


def snapshot(world: World) -> Snapshot:
    """Its snapshot."""
    return Snapshot(world.facts(), 7)
