"""The picture of a network: who is drawn, who is marked, and ends that are names of sources."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from app.commands.exposure.pictures import MARKED, network_picture
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot
from tests.reasoning.world import World


def request(world):
    """As much of a request as a picture looks at."""
    base = snapshot(world)
    reasoning = SimpleNamespace(snapshot=lambda _: base)
    return SimpleNamespace(
        buyer=BUYER, suppliers=base.upstream(BUYER), session=SimpleNamespace(reasoning=reasoning, at=None)
    )


def drawn(picture, name):
    return [one for one in ET.fromstring(picture).iter() if one.get("class") == name]


def test_everybody_upstream_is_drawn_and_the_marked_stand_out():
    picture = network_picture(request(diamond()), [firm(3)], "Loss")
    assert len(drawn(picture, "firm")) == 2
    assert len(drawn(picture, "point")) == 2  # the source, and the buyer itself
    assert len(drawn(picture, "way")) + len(drawn(picture, "hot")) == 4
    assert "Loss: org:f0" in picture
    assert "org:f8" not in picture


def test_at_most_ten_stand_out():
    world = World()
    for number in range(1, 30):
        world.say(firm(number), "SUPPLIES", BUYER)
    picture = network_picture(request(world), [firm(number) for number in range(1, 30)], "Loss")
    assert len(drawn(picture, "point")) == MARKED + 1


def test_a_cycle_back_to_the_buyer_and_nobody_at_all_can_be_drawn():
    world = diamond()
    world.say(BUYER, "SUPPLIES", firm(3))
    assert len(drawn(network_picture(request(world), [], "Loss"), "firm")) == 3
    alone = network_picture(request(World()), [], "Loss")
    assert len(drawn(alone, "point")) == 1


@pytest.mark.parametrize("name", ["<script>", 'a "quoted" & co', "Größe"])
def test_names_of_sources_are_text(name):
    world = diamond()
    world.say(firm(3), "NAMED", name)
    picture = network_picture(request(world), [firm(3)], "Loss")
    assert any(name in (one.text or "") for one in ET.fromstring(picture).iter())
