"""Documents and tables over small stores of every kind: what each says, and that nothing is ever left unsaid."""

import pytest

from graph.connect import create
from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY
from tests.app.documents import faults, nodes
from tests.reasoning.measures.worlds import BUYER, diamond, firm
from tests.reasoning.stores import fill
from tests.reasoning.world import World

MEASURES = ("leontief", "disruption", "loss", "systemic", "inoperability")
FIELDS = {
    "leontief": "exposures",
    "disruption": "disruption",
    "loss": "productionLosses",
    "systemic": "systemic",
    "inoperability": "inoperability",
}


def rows(document, measure):
    """The rows of a measure's list."""
    found = document[FIELDS[measure]]
    return nodes({"disruption": found.get("firms"), "inoperability": found.get("stops")}.get(measure, found))


def cyclic():
    world = diamond()
    world.say(BUYER, "SUPPLIES", firm(3), product="prd:scrap", annualSpend=1.0, currency="EUR")
    world.say(firm(1), "SUPPLIES", firm(1), product="prd:engine", annualSpend=9.0, currency="EUR")
    return world


def inferred() -> World:
    world = World()
    said: dict[str, Scalar] = {"product": "prd:engine", "annualSpend": 50.0, "currency": "EUR", "essential": True}
    world.say(firm(1), "SUPPLIES", BUYER, qualified=said)
    world.say(firm(2), "SUPPLIES", BUYER, qualified=said, basis="inferred", confidence=0.5)
    return world


def unweighed():
    world = World()
    for number in (1, 2, 3):
        world.say(firm(number), "SUPPLIES", BUYER)
    return world


def selling():
    world = World()
    world.say(BUYER, "SUPPLIES", firm(1))
    return world


WORLDS = {"diamond": diamond, "cyclic": cyclic, "inferred": inferred, "unweighed": unweighed, "selling": selling}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """A store for each world, by its name."""
    found = {}
    for name, make in WORLDS.items():
        found[name] = f"sqlite:///{tmp_path_factory.mktemp(name) / 'store.db'}"
        store = create(found[name], vocabulary=VOCABULARY)
        fill(store, make())
        store.close()
    return found


@pytest.fixture
def exposed(tierscope, addresses):
    """Runs `tierscope exposure …` for the buyer of a small world."""
    return lambda name, *words: tierscope(
        "exposure", BUYER, *words, "--as-of", "2026-06-01", "--store", addresses[name]
    )


@pytest.mark.parametrize("name", sorted(WORLDS))
@pytest.mark.parametrize("measure", MEASURES)
def test_every_world_has_an_answer_that_holds(exposed, name, measure):
    found = exposed(name, "--measure", measure, "--json").document
    assert (name, measure) == ("selling", "leontief") or faults(found) == []
    assert found.keys() == {"scope", FIELDS[measure]}
    assert found["scope"]["buyer"]["id"] == BUYER
    ran = exposed(name, "--measure", measure)
    assert ran.code == 0
    assert ran.out.strip()
    if name == "selling" and measure != "systemic":
        assert rows(found, measure) == []
        assert "No s" in ran.out  # no supplier, no stop


@pytest.mark.parametrize("measure", MEASURES)
def test_top_takes_the_greatest(exposed, measure):
    every = rows(exposed("diamond", "--measure", measure, "--json").document, measure)
    one = rows(exposed("diamond", "--measure", measure, "--top", "1", "--json").document, measure)
    assert one == every[:1]
    assert len(every) == (4 if measure == "systemic" else 3)


def test_what_only_inferred_links_change_is_told_apart(exposed):
    losses = rows(exposed("inferred", "--measure", "loss", "--json").document, "loss")
    found = {row["key"]: row for row in losses}
    assert found[firm(1)]["value"] == pytest.approx(0.5)
    assert found[firm(1)]["observed"] == 1.0
    told = exposed("inferred", "--measure", "loss").out
    assert "50.0%" in told
    assert "100.0%" in told
    shares = rows(exposed("inferred", "--measure", "disruption", "--json").document, "disruption")
    links = {row["firm"]["id"]: row for row in shares}
    assert links[firm(2)]["low"] == 0
    assert links[firm(2)]["high"] > 0


def test_a_cycle_does_not_make_the_buyer_its_own_supplier(exposed):
    for measure, key in (("leontief", "supplier"), ("disruption", "firm"), ("loss", "entity")):
        found = rows(exposed("cyclic", "--measure", measure, "--json").document, measure)
        assert BUYER not in {row[key]["id"] for row in found}
    closures = rows(exposed("cyclic", "--measure", "systemic", "--json").document, "systemic")
    assert {row["firm"]["id"] for row in closures} == {BUYER, firm(1), firm(2), firm(3)}


def test_a_group_of_which_nothing_is_known_has_no_name(exposed):
    found = exposed("diamond", "--measure", "inoperability", "--by", "country", "--json").document
    assert None in [row["entity"] for row in rows(found, "inoperability")]
    assert "not known" in exposed("diamond", "--measure", "inoperability", "--by", "country").out


def test_links_that_nobody_weighs_count_alike(exposed):
    found = exposed("unweighed", "--measure", "loss", "--json").document
    assert found["productionLosses"]["unit"] == "part of what each customer buys"
    assert [row["value"] for row in rows(found, "loss")] == pytest.approx([1 / 3] * 3)
    assert all(not hop["essential"] for row in rows(found, "loss") for hop in row["chain"]["hops"])


def test_a_chain_is_told_hop_by_hop(exposed):
    told = exposed("diamond", "--measure", "loss", "--top", "1", "--explain").out
    assert "How org:f3 reaches the buyer" in told
    assert "prd:magnet" in told
    assert "100.0% × 100.0%" in told
    (row,) = rows(exposed("diamond", "--measure", "loss", "--top", "1", "--json").document, "loss")
    assert [hop["product"] for hop in row["chain"]["hops"]] == ["prd:magnet", "prd:engine"]
    assert [hop["step"] for hop in row["chain"]["hops"]] == [1, 2]


def test_who_loses_is_told_with_each_closure(exposed):
    told = exposed("diamond", "--measure", "systemic", "--top", "2", "--explain").out
    assert "Who loses when org:f0 closes" in told
    assert "Who loses when org:f3 closes" in told
    found = rows(exposed("diamond", "--measure", "systemic", "--explain", "--json").document, "systemic")
    assert all(row["losses"][0]["firm"] == row["firm"] for row in found)


def test_days_are_told_with_a_course(exposed):
    told = exposed("diamond", "--measure", "inoperability", "--top", "1", "--explain", "--days", "30").out
    assert "each recovers within 30 days" in told
    assert "After prd:engine stops" in told
    found = rows(exposed("diamond", "--measure", "inoperability", "--explain", "--json").document, "inoperability")
    assert all(len(row["course"]) == 366 for row in found)


@pytest.mark.parametrize("probability", ["0", "0.5", "1"])
def test_chances_scale_with_the_stop_probability(exposed, probability):
    found = exposed("diamond", "--measure", "disruption", "--stop-probability", probability, "--json").document[
        "disruption"
    ]
    assert found["terms"]["stopProbability"] == float(probability)
    assert found["high"]["estimate"] == pytest.approx(1 - (1 - float(probability)) ** 3)
    assert found["low"]["estimate"] == 0  # no risk is known
    assert found["coverage"] == 0
