"""The commands of analyses on the sample world: every planted truth, as JSON and as tables."""

from xml.etree import ElementTree as ET

import pytest
import yaml

from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from ontology.generated.vocabulary import VOCABULARY
from tests.app.documents import faults, nodes

WORLD = read_world(SAMPLE)
WHEN = ("--as-of", "2026-03-01", "--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer)
MAGNETS = "org:world-f-054"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A store that holds the sample world."""
    made = f"sqlite:///{tmp_path_factory.mktemp('analysing') / 'world.db'}"
    store = create(made, vocabulary=VOCABULARY)
    assert list(load_world(store, WORLD))
    store.close()
    return made


@pytest.fixture
def ask(tierscope, address):
    """Runs a command at the world's own instants."""
    return lambda command, *words: tierscope(command, *words, *WHEN, "--store", address)


def planted(kind):
    said = yaml.safe_load((SAMPLE / "planted.yaml").read_text())["findings"]
    return {one["subject"] for one in said if one["kind"] == kind}


def test_spof_finds_the_planted_points_and_draws_them(ask, tmp_path):
    found = ask("spof", "--json", "--plot", str(tmp_path / "spof.svg")).document["singlePointsOfFailure"]
    points = nodes(found)
    assert {one["entity"]["id"] for one in points if one["hidden"]} == planted("hidden_single_point_of_failure")
    assert found["faults"] == []
    assert found["complete"]
    assert all(one["claims"] for one in points)
    assert (found["totalCount"], found["pairs"]["totalCount"]) == (len(points), len(nodes(found["pairs"])))
    picture = ET.parse(tmp_path / "spof.svg").getroot()
    marked = [one for one in picture.iter() if one.get("class") == "point"]
    assert len(marked) == len(points)
    told = ask("spof").out
    assert "Xinhaoran Magnets" in told
    assert "Pairs: " in told


def test_whatif_stops_a_planted_point_and_leaves_the_store_alone(ask, tierscope, address):
    before = tierscope("hash", "--history", "--store", address).out
    found = ask("whatif", "--stop", MAGNETS, "--json").document["whatIf"]
    changes = nodes(found["changes"])
    assert changes[0]["supplier"]["id"] == MAGNETS
    assert found["productionLoss"] == 1
    assert found["productionLossFirms"] > 1
    assert found["faults"] == []
    assert found["change"] == pytest.approx(sum(one["change"] for one in changes))
    (cause,) = changes[0]["causes"]
    assert {name: value for name, value in cause["edit"].items() if value is not None} == {
        "what": "stop",
        "text": f"supplier {MAGNETS} stops",
        "entity": MAGNETS,
    }
    assert cause["paths"][0]["entities"][0]["id"] == WORLD.buyer
    assert "Xinhaoran Magnets Co Ltd stops" in ask("whatif", "--stop", MAGNETS).out
    assert tierscope("hash", "--history", "--store", address).out == before


def test_branches_are_kept_listed_compared_and_deleted(ask, tierscope, address):
    first = ask("whatif", "--stop", MAGNETS, "--keep", "magnets", "--note", "they burn", "--json").document["whatIf"]
    assert (first["branch"]["name"], first["branch"]["note"]) == ("magnets", "they burn")
    ask("whatif", "--risk", f"{MAGNETS},cyber,0.9", "--keep", "hacked")
    kept = tierscope("whatif", "--list", "--json").document["branches"]
    assert [(one["name"], one["note"]) for one in kept] == [("hacked", ""), ("magnets", "they burn")]
    assert kept[0].keys() == {"name", "note", "edits", "buyer", "asOf", "knownAt"}
    again = tierscope("whatif", "magnets", "--store", address, "--json").document["whatIf"]  # its own times and buyer
    assert again["after"] == first["after"]
    both = tierscope("whatif", "magnets", "hacked", "--store", address, "--json").document["branches"]
    assert [one["whatIf"]["branch"]["name"] for one in both] == ["magnets", "hacked"]
    assert both[0]["whatIf"]["after"] == first["after"]
    assert both[0]["scope"]["asOf"] == kept[1]["asOf"]
    assert "they burn" in tierscope("whatif", "--list").out
    assert "hacked" in tierscope("whatif", "magnets", "hacked", "--store", address).out
    words = ("whatif", "hacked", "--stop", "org:world-f-060", "--store", address, "--json")
    more = tierscope(*words).document["whatIf"]["branch"]
    assert [edit["what"] for edit in more["edits"]] == ["set_risk", "stop"]  # in the order in which they are made
    assert ask("whatif", "--stop", MAGNETS, "--keep", "magnets").code == 1
    assert tierscope("whatif", "--delete", "magnets").code == 0
    assert tierscope("whatif", "--delete", "hacked", "--json").document == {"deleted": "hacked"}
    assert tierscope("whatif", "--list").out == "No branch is kept.\n"
    assert tierscope("whatif", "--delete", "hacked").err.startswith("NOT_FOUND: ")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "BAD_INPUT"),
        (("nowhere",), "NOT_FOUND"),
        (("--stop", "org:nobody"), "NOT_FOUND"),
        (("--share", "org:a,org:b"), "BAD_INPUT"),
        (("--drop", f"{WORLD.buyer},{MAGNETS}"), "NOT_FOUND"),
        (("--stop", MAGNETS, "--keep", "a/b"), "BAD_INPUT"),
    ],
)
def test_what_cannot_be_tried_is_told_with_a_fix(ask, words, code):
    ran = ask("whatif", *words)
    assert ran.code == 1
    assert ran.err.startswith(f"{code}: ")
    assert "Fix: " in ran.err


def test_an_answered_question_leaves_the_interval_that_was_told(ask):
    found = ask("questions", "--top", "40", "--json").document
    listed = nodes(found["questions"])
    assert len(listed) == 40
    risk = next(one for one in listed if one["sort"] == "risk")
    answer = risk["answers"][0]
    (edit,) = answer["edits"]
    words = ("--risk", f"{edit['entity']},{edit['category']},{edit['value']!r}")
    told = ask("whatif", *words, "--json").document["whatIf"]
    whole = found["totalExposure"]
    assert told["before"]["wholeLow"] == whole["wholeLow"] == risk["low"]
    assert told["before"]["wholeHigh"] == whole["wholeHigh"] == risk["high"]
    assert (told["after"]["wholeLow"], told["after"]["wholeHigh"]) == (answer["low"], answer["high"])
    for end in ("low", "high"):
        assert told["before"][end] == pytest.approx(risk[f"known{end.title()}"], abs=1e-12)
        assert told["after"][end] == pytest.approx(answer[f"known{end.title()}"], abs=1e-12)
    assert risk["knownShrink"] > 0
    closed = next(one for one in listed if one["sort"] == "suppliers")
    told = ask("whatif", "--close", closed["entity"]["id"], "--json").document["whatIf"]
    assert told["after"]["wholeHigh"] == closed["answers"][0]["high"]
    assert "regulatory risk of" in ask("questions", "--top", "3").out


def test_concentration_puts_sole_essential_sources_first(ask):
    found = ask("concentration", "--json").document["concentration"]
    assert nodes(found)[0]["sole"]
    assert faults(found) == []
    assert found["totalCount"] > len(nodes(found)) == 30
    (whole,) = nodes(ask("concentration", "--by", "all", "--json").document["concentration"])
    assert whole["holders"][0]["id"] == MAGNETS
    assert "sole, essential" in ask("concentration").out


def test_alternatives_say_what_each_switch_does(ask):
    found = ask("alternatives", "org:world-f-003", "--json").document["alternatives"]
    (one,) = nodes(found)
    assert one["other"]["id"] == "org:world-f-008"
    assert one["change"] == pytest.approx(one["after"] - one["before"])
    assert one["lowBefore"] <= one["before"] <= one["highBefore"]
    assert [edit["what"] for edit in one["edits"]] == ["drop_link", "add_link"]
    assert "supplies already" in ask("alternatives", "org:world-f-003", "--customer", WORLD.buyer).out
    assert "No other maker is known" in ask("alternatives", MAGNETS).out
    assert ask("alternatives", "org:world-f-003", "--customer", MAGNETS).code == 1


def test_series_follows_the_exposure_with_its_causes_and_alerts(tierscope, address, tmp_path):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address)
    dates = ("2025-01-01", "2025-07-01", "2026-03-01")
    plot = tmp_path / "series.svg"
    found = tierscope("series", *dates, "--changes", "--alerts", "--json", "--plot", str(plot), *words).document
    series = found["series"]
    assert [one["asOf"][:10] for one in series["points"]] == list(dates)
    assert all(one["began"] or one["ended"] or one["aged"] for one in nodes(series["changes"]))
    assert all(len(one["began"]) == one["beganCount"] for one in nodes(series["changes"]))
    alerts = nodes(series["alerts"])
    (wafers,) = (one for one in alerts if one["entity"]["id"] == "org:world-f-060" and one["sort"] == "finding")
    assert wafers["since"] == "2025-07-01T00:00:00Z"
    assert wafers["way"][0]["id"] == WORLD.buyer
    assert len([one for one in ET.parse(plot).iter() if one.get("class") == "dot"]) == 3
    told = tierscope("series", *dates, "--changes", "--all", *words).out
    assert "Exposure over time" in told
    assert "Alerts" in told
    assert tierscope("series", *reversed(dates), *words).code == 1
    assert tierscope("series", dates[0], "--changes", *words).code == 1


def alerts(ran):
    """The alerts of a series."""
    return ran.document["series"]["alerts"]


def test_alerts_are_listed_once_over_several_runs(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address)
    dates = ("2025-01-01", "2025-07-01", "2026-03-01")
    store = tierscope("hash", "--history", "--store", address).out
    first = alerts(tierscope("series", *dates, "--alerts", "--json", *words))
    assert first["reported"] == 0
    assert all(one["news"] for one in nodes(first))
    again = alerts(tierscope("series", *dates, "--alerts", "--json", *words))
    assert (again["edges"], again["reported"]) == ([], first["totalCount"])
    every = alerts(tierscope("series", *dates, "--all", "--json", *words))
    assert [one["key"] for one in nodes(every)] == [one["key"] for one in nodes(first)]
    assert not any(one["news"] for one in nodes(every))
    told = tierscope("series", *dates, "--alerts", *words).out
    assert "There is no new alert." in told
    assert f"{first['totalCount']} were listed before" in told
    assert "Xinhaoran" in tierscope("series", *dates, "--all", *words).out
    assert tierscope("hash", "--history", "--store", address).out == store
    later = alerts(tierscope("series", "2026-03-01", "2026-06-01", "--alerts", "--json", *words))
    known = {one["key"] for one in nodes(first) if one["until"].startswith("2026-03-01") and one["sort"] == "finding"}
    assert not known & {one["key"] for one in nodes(later)}


def test_alerts_of_another_buyer_are_other_news(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--store", address, "--json")
    mine, other, again = (
        alerts(tierscope("series", "2026-03-01", "--alerts", "--buyer", buyer, *words))
        for buyer in (WORLD.buyer, "org:world-f-003", WORLD.buyer)
    )
    assert mine["edges"]
    assert other["reported"] == 0
    assert again["edges"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("questions", "--top", "3"),
        ("alternatives", "org:world-f-003"),
        ("spof",),
        ("concentration",),
        ("whatif", "--stop", MAGNETS),
    ],
)
def test_every_answer_says_that_its_numbers_hold(ask, words):
    assert faults(ask(*words, "--json").document) == []


def test_a_series_says_that_its_numbers_hold(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address, "--json")
    found = tierscope("series", "2025-01-01", "2026-03-01", "--changes", "--all", *words).document["series"]
    assert faults(found) == []
    assert found["changes"]["edges"]
    assert found["alerts"]["edges"]


def test_a_number_that_does_not_hold_is_told(ask, monkeypatch):
    monkeypatch.setattr("reasoning.analysis.questions.verify", lambda *_: ("it is another",))
    assert faults(ask("questions", "--top", "2", "--json").document["questions"]) == ["it is another"] * 2
