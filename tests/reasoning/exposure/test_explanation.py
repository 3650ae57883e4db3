import json

from ontology.canonical import canonical
from ontology.records import EntityId
from reasoning.exposure.explanation import Explanation, explain
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.exposure.test_exposure import world
from tests.reasoning.world import World


def explained(made: World, supplier: str = "org:3") -> Explanation:
    snapshot = Snapshot(made.facts(), 9)
    return explain(Scoring(snapshot, EntityId("org:0")).exposure(EntityId(supplier)), snapshot)


def test_an_explanation_is_json_from_which_the_number_can_be_recomputed():
    document = json.loads(canonical(explained(world()).document()))
    risk = sum(
        one["weight"] * (document["unknown_risk"]["estimate"] if one["risk"] is None else one["risk"])
        for one in document["categories"]
    )
    score = document["remainder"]
    for path in document["paths"]:
        weight = 1 - document["alpha"]
        for hop in path["hops"]:
            weight *= document["alpha"] * sum(link["counted"] for link in hop["links"]) / hop["total"]
        assert abs(weight * risk - path["contribution"]) < 1e-12
        score += weight * risk
    assert abs(score - document["score"]) < 1e-12
    assert abs(document["recomputed"] - document["score"]) < 1e-12
    assert document["faults"] == []


def test_it_states_how_the_interval_comes_about():
    document = explained(world()).document()
    reach = document["reach"]
    assert isinstance(reach, dict)
    low = sum(one.weight * one.own.value for one in explained(world()).exposure.parts if one.own)
    assert abs(float(reach["low"]) * low - explained(world()).exposure.low) < 1e-12
    assert document["interval"] == [explained(world()).exposure.low, explained(world()).exposure.high]


def test_it_names_every_claim_and_piece_of_evidence():
    explanation = explained(world())
    assert set(explanation.claims) == {stored.claim.id for stored in world().claims}
    assert explanation.document()["evidence"] == list(explanation.evidence)
    known = {one for stored in world().claims for one in stored.claim.evidence}
    assert set(explanation.evidence) == known


def test_it_names_the_risk_its_place_and_its_claims():
    document = explained(world()).document()
    categories = document["categories"]
    assert isinstance(categories, list)
    because = {one["category"]: one["because"] for one in categories}
    assert because["rct:tierscope-cyber"]["risk"] == "rsk:x"
    assert because["rct:tierscope-cyber"]["place"] == "org:3"
    assert len(because["rct:tierscope-cyber"]["claims"]) == 4
    assert because["rct:tierscope-governance"] is None


def test_it_states_the_units_of_links_and_why_none_is_better():
    assert explained(world()).units == (
        ("org:0", "annualSpend USD", ""),
        ("org:1", "equal", "annualSpend is missing on 1 of 1 links; shareOfSupply is missing on 1 of 1 links"),
        ("org:2", "equal", "annualSpend is missing on 1 of 1 links; shareOfSupply is missing on 1 of 1 links"),
    )


def test_it_lists_the_claims_set_aside_on_its_paths_only():
    made = world()
    aside = made.say("org:3", "SUPPLIES", "org:1", source="rumour", confidence=0.2)
    made.say("org:7", "SUPPLIES", "org:7")
    explanation = explained(made)
    why = "world, which is believed first, states it too"
    assert [(one.claim, one.why) for one in explanation.set_aside] == [(aside, why)]
    assert explanation.document()["set_aside"] == [{"claim": aside, "why": why}]


def test_it_is_stamped_with_the_revision():
    assert explained(world()).document()["revision"] == 9
