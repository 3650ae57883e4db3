"""Every measure on the sample world: what was planted is found where it can be seen, and every proof holds."""

from xml.etree import ElementTree as ET

import pytest
import yaml

from app.jobs.world import SAMPLE, read_world
from tests.app.documents import faults, nodes

WORLD = read_world(SAMPLE)
MAGNETS, WAFERS = "org:world-f-054", "org:world-f-060"


def planted(kind):
    said = yaml.safe_load((SAMPLE / "planted.yaml").read_text())["findings"]
    return {one["subject"] for one in said if one["kind"] == kind}


# M1


def test_leontief_has_the_planted_source_first_and_every_number_holds(ask):
    found = ask("--json", "--top", "200").document["exposures"]
    assert nodes(found)[0]["supplier"]["id"] == MAGNETS
    assert len(nodes(found)) == found["totalCount"] == 102
    assert faults(found) == []
    assert "Xinhaoran Magnets" in ask("--top", "1").out


def test_one_supplier_comes_with_all_its_paths_and_its_proof(ask):
    found = ask(MAGNETS, "--json").document["explain"]
    one = found["exposure"]
    assert one["remainder"] == 0
    assert sum(path["contribution"] for path in one["paths"]) == pytest.approx(one["score"])
    assert (found["holds"], found["faults"]) == (True, [])
    assert found["recomputed"] == pytest.approx(one["score"])
    told = ask(MAGNETS).out
    assert "By category" in told
    assert "unknown" in told


def test_one_category_is_that_part_of_each_score(ask):
    whole = {row["supplier"]["id"]: row for row in nodes(ask("--json", "--top", "200").document["exposures"])}
    found = nodes(ask("--category", "natural-hazard", "--json", "--top", "200").document["exposures"])
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)
    for row in found:
        assert [part["category"]["id"] for part in row["byCategory"]] == ["rct:tierscope-natural-hazard"]
        assert row["score"] <= whole[row["supplier"]["id"]]["score"]
        contributions = sum(path["contribution"] for path in row["paths"])
        assert contributions + row["remainder"] == pytest.approx(row["score"])
        assert row["coverage"] == pytest.approx(1)  # country figures are there for everybody
    assert "natural-hazard only" in ask("--category", "natural-hazard", "--top", "1").out


@pytest.mark.parametrize("by", ["category", "tier"])
def test_exposure_by_category_and_tier_adds_up(ask, by):
    found = ask("--by", by, "--json").document["totalExposure"]
    parts = found["byTier"] if by == "tier" else [part["score"] for part in found["byCategory"]]
    assert sum(parts) == pytest.approx(found["score"])
    assert found["faults"] == []
    assert by == "tier" or parts == sorted(parts, reverse=True)
    field = "byTier" if by == "tier" else "byCategory"
    assert ask("--by", by, "--top", "2", "--json").document["totalExposure"][field] == found[field][:2]
    assert f"Exposure by {by}" in ask("--by", by).out


# M2


def test_disruption_is_between_its_bounds_and_what_firms_add_sums_to_it(ask):
    found = ask("--measure", "disruption", "--category", "natural-hazard", "--json", "--top", "200").document[
        "disruption"
    ]
    assert found["faults"] == []
    assert found["coverage"] == 1
    firms = nodes(found["firms"])
    for end, share in (("low", "low"), ("estimate", "value"), ("high", "high")):
        chance = found[end]
        assert chance["lower"] <= chance["intervalHigh"]
        assert chance["intervalLow"] <= chance["upper"]
        assert sum(row[share] for row in firms) == pytest.approx(chance["estimate"], abs=1e-12)
    assert firms[0]["firm"]["id"] == MAGNETS
    assert found["estimate"]["way"][0]["id"] == WORLD.buyer
    assert found["claims"]
    assert found["evidence"]


def test_what_is_planted_adds_most_of_what_is_recorded_as_concentration(ask):
    found = ask("--measure", "disruption", "--category", "concentration", "--json").document["disruption"]
    known = max(nodes(found["firms"]), key=lambda row: row["low"])
    assert known["firm"]["id"] == MAGNETS
    assert known["low"] == pytest.approx(found["low"]["estimate"])


def test_risks_may_be_read_as_smaller_chances(ask):
    words = ("--measure", "disruption", "--category", "governance", "--json")
    strict, mild = (ask(*words, *more).document["disruption"] for more in ((), ("--stop-probability", "0.05")))
    assert mild["estimate"]["estimate"] < strict["estimate"]["estimate"]
    assert mild["terms"]["stopProbability"] == 0.05
    assert mild["faults"] == []


def test_disruption_by_category_falls(ask):
    found = ask("--measure", "disruption", "--by", "category", "--json").document["disruptionByCategory"]
    assert len(found) == 12
    lows = [one["low"]["estimate"] for one in found]
    assert lows == sorted(lows, reverse=True)
    assert faults(found) == []
    assert "geopolitical-trade" in ask("--measure", "disruption", "--by", "category").out


def test_one_firm_of_the_disruption_comes_with_its_risks_and_a_way(ask):
    (row,) = nodes(ask(WAFERS, "--measure", "disruption", "--json").document["disruption"]["firms"])
    assert row["firm"]["id"] == WAFERS
    assert row["path"]["entities"][0]["id"] == WORLD.buyer
    assert row["path"]["entities"][-1]["id"] == WAFERS
    assert row["path"]["claims"]
    assert all(risk["claims"] for risk in row["risks"])
    told = ask(WAFERS, "--measure", "disruption").out
    assert "Probability that suppliers stop" in told
    assert "when Daesongwon Wafers Co Ltd stops" in told


@pytest.mark.parametrize("entity", [MAGNETS, "reg:iso3166-CN", "prd:world-p-054"])
def test_what_a_stop_does_to_the_probability(ask, entity):
    found = ask(entity, "--measure", "disruption", "--category", "cyber", "--json").document
    assert faults(found) == []
    before, after = found["disruption"], found["disruptionAfter"]
    for end in ("low", "estimate", "high"):
        assert after[end]["estimate"] >= before[end]["estimate"] - 1e-12
    assert after["low"]["lower"] == 1  # all its links to the buyer are essential, and observed
    assert before["firms"]["totalCount"] == (entity == MAGNETS)


@pytest.mark.parametrize(
    ("category", "kind", "most"), [("regulatory", "sanctioned_owner", 2), ("quality-safety", "breached_obligation", 3)]
)
def test_who_is_planted_adds_most_of_what_is_known(ask, category, kind, most):
    found = ask("--measure", "disruption", "--category", category, "--top", "200", "--json").document
    known = sorted(nodes(found["disruption"]["firms"]), key=lambda row: -row["low"])[:most]
    assert planted(kind) & {row["firm"]["id"] for row in known}


# M3


def test_both_planted_points_stop_the_buyer_and_the_chain_says_how(ask):
    found = ask("--measure", "loss", "--json", "--top", "200").document["productionLosses"]
    assert found["faults"] == []
    lost = {row["key"]: row for row in nodes(found)}
    assert {lost[entity]["value"] for entity in planted("hidden_single_point_of_failure")} == {1.0}
    hidden = [entity for entity in lost if lost[entity]["tier"] > 1]
    assert MAGNETS in hidden[:3]  # with the two that stand behind it alone
    assert found["leftOut"] + found["totalCount"] == found["upstream"] == 102
    told = ask("--measure", "loss", "--top", "1", "--explain").out
    assert "reaches the buyer" in told


@pytest.mark.parametrize("entity", sorted(planted("hidden_single_point_of_failure")))
def test_the_chain_of_a_planted_point_leads_over_direct_suppliers(ask, entity):
    row = ask(entity, "--measure", "loss", "--json").document["productionLoss"]
    assert row["chain"]["entities"][0]["id"] == entity
    assert row["chain"]["entities"][-1]["id"] == WORLD.buyer
    assert row["chain"]["claims"]
    for hop in row["chain"]["hops"]:
        assert sum(each["passed"] for each in hop["contributions"]) == pytest.approx(hop["loss"])
    assert "contributions: part × loss" in ask(entity, "--measure", "loss").out


@pytest.mark.parametrize(("by", "entity"), [("country", "reg:iso3166-CN"), ("product", "prd:world-p-054")])
def test_countries_and_products_stop_too(ask, by, entity):
    found = ask("--measure", "loss", "--by", by, "--json", "--top", "200").document["productionLosses"]
    assert found["faults"] == []
    (row,) = (row for row in nodes(found) if row["key"] == entity)
    assert row["value"] == 1
    alone = ask(entity, "--measure", "loss", "--json").document["productionLoss"]
    assert alone["value"] == row["value"]
    assert f"when this {by} stops" in ask("--measure", "loss", "--by", by, "--top", "2").out


def test_the_planted_points_take_most_of_the_network(ask):
    found = ask("--measure", "systemic", "--json", "--top", "200").document["systemic"]
    assert found["faults"] == []
    closures = nodes(found)
    ranked = [row["firm"]["id"] for row in closures if row["tier"] > 1]
    assert MAGNETS in ranked[:3]
    assert WAFERS in ranked[:10]
    assert sum(row["weight"] for row in closures) == pytest.approx(1)
    assert "losses" not in closures[0]
    (one,) = nodes(ask(MAGNETS, "--measure", "systemic", "--json").document["systemic"])
    assert {each["firm"]["id"] for each in one["losses"]} >= {MAGNETS, WORLD.buyer}
    assert one["claims"]
    assert one["evidence"]
    assert "Who loses when Xinhaoran Magnets" in ask(MAGNETS, "--measure", "systemic").out
    assert "(ESRI)" in ask("--measure", "systemic", "--top", "1").out


# M5


@pytest.mark.parametrize("by", ["product", "country", "supplier"])
def test_inoperability_holds_by_every_grouping(ask, by):
    found = ask("--measure", "inoperability", "--by", by, "--json").document["inoperability"]
    assert found["faults"] == []
    assert found["by"] == by
    assert found["radius"] < 1
    lost = [row["daysLost"] for row in nodes(found["stops"])]
    assert lost == sorted(lost, reverse=True)
    assert "course" not in nodes(found["stops"])[0]
    assert f"after a stop, by {by}" in ask("--measure", "inoperability", "--by", by).out


def test_one_stop_comes_day_by_day(ask):
    found = ask(MAGNETS, "--measure", "inoperability", "--json").document["inoperability"]
    (row,) = nodes(found["stops"])
    assert len(row["course"]) == 366
    assert max(row["course"]) == row["peak"]
    assert row["parts"]
    told = ask(MAGNETS, "--measure", "inoperability").out
    assert "After Xinhaoran Magnets" in told
    country = ask("reg:iso3166-CN", "--measure", "inoperability", "--json").document["inoperability"]
    assert country["by"] == "country"


# all of them


@pytest.mark.parametrize("measure", ["leontief", "disruption", "loss", "systemic"])
def test_pictures_show_the_network_with_what_stands_out(ask, tmp_path, measure):
    plot = tmp_path / "picture.svg"
    assert ask("--measure", measure, "--top", "5", "--plot", str(plot)).code == 0
    picture = ET.parse(plot).getroot()
    classes = [one.get("class") for one in picture.iter()]
    assert classes.count("firm") + classes.count("point") == 103
    assert classes.count("point") >= 5


def test_the_picture_of_inoperability_is_a_curve(ask, tmp_path):
    plot = tmp_path / "picture.svg"
    assert ask(MAGNETS, "--measure", "inoperability", "--plot", str(plot)).code == 0
    spots = [one for one in ET.parse(plot).iter() if one.get("class") == "dot"]
    assert 20 <= len(spots) <= 30
    assert ask("--plot", str(tmp_path / "no" / "such.svg")).code == 1


def test_a_buyer_without_suppliers_has_a_defined_answer(ask_any):
    for measure in ("leontief", "disruption", "loss", "systemic", "inoperability"):
        found = ask_any("org:world-f-112", "--measure", measure, "--json")
        assert found.code == 0, found.err
        assert measure == "leontief" or faults(found.document) == []
        assert ask_any("org:world-f-112", "--measure", measure).code == 0
