import pytest

from ontology.canonical import Scalar
from reasoning.findings.possible_same_firms import KIND
from reasoning.identity.candidates import THRESHOLD
from tests.reasoning.findings.scene import only, run, supply
from tests.reasoning.world import World


def firm(world: World, entity: str, name: str, **said: Scalar) -> None:
    world.say(entity, "NAMED", name, kind="primary")
    if "country" in said:
        world.say(entity, "IN_COUNTRY", f"reg:iso3166-{said['country']}")
    if "address" in said:
        world.say(entity, "ADDRESS", said["address"])
    for scheme in said.keys() - {"country", "address"}:
        world.say(entity, "IDENTIFIED_BY", said[scheme], scheme=scheme)


def pair(name: str, other: str, ours: dict[str, Scalar], theirs: dict[str, Scalar]) -> World:
    world = World()
    supply(world, "org:s")
    firm(world, "org:s", name, **ours)
    firm(world, "org:t", other, **theirs)
    return world


DE: dict[str, Scalar] = {"country": "DE"}
FR: dict[str, Scalar] = {"country": "FR"}
HERE: dict[str, Scalar] = {"address": "12 Mill Lane, 10115 Brunnhagen"}
VAT: dict[str, Scalar] = {"vat": "DE 123.456"}


@pytest.mark.parametrize(
    ("name", "other", "ours", "theirs"),
    [
        ("Brunnwerk GmbH", "BRUNNWERK Gesellschaft mbH", {}, {}),
        ("Brunnwerk GmbH", "Brunwerk GmbH", DE, DE),
        ("Brunnwerk GmbH", "Brunnwerk AG", DE | HERE, DE | HERE),
        ("Brunnwerk GmbH", "Quite Another Name", DE | VAT, {"vat": "DE123456", "country": "DE"}),
        ("Brunnwerk", "Brunnwerk Group", DE | HERE, DE | {"address": "Mill Lane 12, Brunnhagen 10115"}),
    ],
    ids=["same name", "slip and country", "other form, same place", "same identifier", "generic word, same place"],
)
def test_pairs_that_are_reported(name: str, other: str, ours: dict[str, Scalar], theirs: dict[str, Scalar]):
    finding = only(KIND, pair(name, other, ours, theirs))
    assert (finding.subject, finding.related) == ("org:s", ("org:t",))
    assert finding.rule == "finding.possible-same-firm"
    assert len(finding.claims) >= 2


@pytest.mark.parametrize(
    ("name", "other", "ours", "theirs"),
    [
        ("Brunnwerk GmbH", "Brunwerk GmbH", {}, {}),
        ("Brunnwerk GmbH", "Brunnwerk GmbH", DE, FR),
        ("Brunnwerk GmbH", "Brunnwerk AG", DE, DE),
        ("Brunnwerk", "Brunnwerk Group", DE, DE),
        ("Brunnwerk GmbH", "Brunnwerk GmbH", DE | VAT, DE | {"vat": "DE 999"}),
        ("Works 3", "Works 4", DE | HERE, DE | HERE),
        ("Brunnwerk GmbH", "Quite Another Name", DE | HERE, DE | HERE),
        ("Brunnwerk GmbH", "Quite Another Name", {"erp": "1"}, {"erp": "1"}),
    ],
    ids=[
        "slip only",
        "another country",
        "another form",
        "a group",
        "another identifier",
        "another number",
        "neighbours",
        "an internal number",
    ],
)
def test_pairs_that_are_not(name: str, other: str, ours: dict[str, Scalar], theirs: dict[str, Scalar]):
    assert run(KIND, pair(name, other, ours, theirs)) == ()


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_what_was_judged_is_not_asked_again(verdict: str):
    world = pair("Brunnwerk", "Brunnwerk", DE, DE)
    assert run(KIND, world)
    world.judge("org:t", "org:s", verdict)  # type: ignore[arg-type]
    assert run(KIND, world) == ()


@pytest.mark.parametrize("predicate", ["OWNS", "SUPPLIES", "LINKED_TO"])
def test_who_owns_or_supplies_or_is_linked_to_another_is_not_it(predicate: str):
    world = pair("Brunnwerk", "Brunnwerk", DE, DE)
    world.say("org:t", predicate, "org:s")
    assert run(KIND, world) == ()


def test_an_alias_counts_and_a_weak_one_does_not():
    for kind, found in (("alias", 1), ("weak", 0)):
        world = pair("Brunnwerk", "Quite Another Name", DE, DE)
        world.say("org:t", "NAMED", "Brunnwerk", kind=kind)
        assert len(run(KIND, world)) == found


def test_the_address_of_a_location_counts():
    world = pair("Brunnwerk GmbH", "Brunnwerk AG", DE | HERE, DE)
    world.say("org:t", "LOCATED_AT", "reg:iso3166-DE", address=HERE["address"])
    assert only(KIND, world).related == ("org:t",)


def test_strangers_to_the_buyer_are_not_compared_among_themselves():
    world = World()
    supply(world, "org:s")
    firm(world, "org:x", "Brunnwerk")
    firm(world, "org:y", "Brunnwerk")
    assert run(KIND, world) == ()


def test_the_subject_is_the_one_nearer_to_the_buyer_whatever_its_id():
    world = World()
    supply(world, "org:far", "org:near")
    firm(world, "org:far", "Brunnwerk")
    firm(world, "org:near", "Brunnwerk")
    world.claims = [s for s in world.claims if s.claim.subject != "org:far" or s.claim.predicate == "NAMED"]
    assert only(KIND, world).subject == "org:near"


def test_a_pair_is_reported_once_with_a_score_of_at_least_the_threshold():
    world = World()
    supply(world, "org:a")
    supply(world, "org:b")
    firm(world, "org:a", "Brunnwerk", **DE)
    firm(world, "org:b", "Brunnwerk", **DE)
    finding = only(KIND, world)
    assert (finding.subject, finding.related) == ("org:a", ("org:b",))
    assert float(finding.text.rsplit(" ", 1)[1].removesuffix(".")) >= THRESHOLD


def test_a_name_that_a_hundred_firms_share_does_not_blow_up():
    world = World()
    for number in range(100):
        world.say(f"org:{number:03d}", "SUPPLIES", "org:buyer")
        firm(world, f"org:{number:03d}", "General Trading")
    assert run(KIND, world) == ()


def test_of_a_name_that_many_state_the_believed_claim_is_compared_and_cited():
    world = pair("Brunnwerk GmbH", "BRUNNWERK Gesellschaft mbH", {}, {})
    said = [world.say("org:s", "NAMED", "Brunnwerk GmbH", source=f"source {number}") for number in range(9)]
    audited = world.say("org:s", "NAMED", "Brunnwerk GmbH", source="z", basis="confirmed", confidence=0.2)
    assert min(said) < audited
    assert audited in only(KIND, world).claims
