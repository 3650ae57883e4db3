"""The commands of analyses on the sample world: every planted truth, as JSON and as tables."""

from xml.etree import ElementTree as ET

import pytest
import yaml

from app.jobs.world import SAMPLE, load_world, read_world
from graph.connect import create
from ontology.generated.vocabulary import VOCABULARY

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
    found = ask("spof", "--json", "--plot", str(tmp_path / "spof.svg")).document
    assert {one["entity"] for one in found["points"] if one["hidden"]} == planted("hidden_single_point_of_failure")
    assert found["faults"] == []
    assert found["complete"]
    assert all(one["claims"] for one in found["points"])
    picture = ET.parse(tmp_path / "spof.svg").getroot()
    marked = [one for one in picture.iter() if one.get("class") == "point"]
    assert len(marked) == len(found["points"])
    told = ask("spof").out
    assert "Xinhaoran Magnets" in told
    assert "if both stop" in told


def test_whatif_stops_a_planted_point_and_leaves_the_store_alone(ask, tierscope, address):
    before = tierscope("hash", "--history", "--store", address).out
    found = ask("whatif", "--stop", MAGNETS, "--json").document
    assert found["changes"][0]["supplier"] == MAGNETS
    assert found["production_loss"]["value"] == 1
    assert found["faults"] == []
    assert found["change"] == pytest.approx(sum(one["change"] for one in found["changes"]))
    assert found["changes"][0]["causes"][0]["edit"] == {"what": "stop", "entity": MAGNETS}
    assert found["changes"][0]["causes"][0]["paths"][0]["entities"][0] == WORLD.buyer
    assert "Xinhaoran Magnets Co Ltd stops" in ask("whatif", "--stop", MAGNETS).out
    assert tierscope("hash", "--history", "--store", address).out == before


def test_branches_are_kept_listed_compared_and_deleted(ask, tierscope, address):
    first = ask("whatif", "--stop", MAGNETS, "--keep", "magnets", "--note", "they burn", "--json").document
    assert first["kept"] == "magnets"
    ask("whatif", "--risk", f"{MAGNETS},cyber,0.9", "--keep", "hacked")
    kept = tierscope("whatif", "--list", "--json").document["branches"]
    assert [(one["name"], one["note"]) for one in kept] == [("hacked", ""), ("magnets", "they burn")]
    again = tierscope("whatif", "magnets", "--store", address, "--json").document  # its own times and buyer
    assert again["after"] == first["after"]
    both = tierscope("whatif", "magnets", "hacked", "--store", address, "--json").document["branches"]
    assert [one["branch"]["name"] for one in both] == ["magnets", "hacked"]
    assert "they burn" in tierscope("whatif", "--list").out
    assert "hacked" in tierscope("whatif", "magnets", "hacked", "--store", address).out
    more = tierscope("whatif", "magnets", "--stop", "org:world-f-060", "--store", address, "--json").document
    assert [edit["entity"] for edit in more["branch"]["edits"]] == [MAGNETS, "org:world-f-060"]
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
    assert len(found["questions"]) == 40
    risk = next(one for one in found["questions"] if one["sort"] == "risk")
    answer = risk["answers"][0]
    (edit,) = answer["edits"]
    told = ask("whatif", "--risk", f"{edit['entity']},{edit['category']},{edit['value']!r}", "--json").document
    assert told["before"]["whole_interval"] == found["whole_interval"] == risk["whole_interval"]
    assert told["after"]["whole_interval"] == answer["whole_interval"]
    assert told["before"]["interval"] == pytest.approx(risk["interval"], abs=1e-12)
    assert told["after"]["interval"] == pytest.approx(answer["interval"], abs=1e-12)
    assert risk["expected_shrink"] > 0
    closed = next(one for one in found["questions"] if one["sort"] == "suppliers")
    told = ask("whatif", "--close", closed["entity"], "--json").document
    assert told["after"]["whole_interval"] == closed["answers"][0]["whole_interval"]
    assert "regulatory risk of" in ask("questions", "--top", "3").out


def test_concentration_puts_sole_essential_sources_first(ask):
    found = ask("concentration", "--json").document
    assert found["concentrations"][0]["sole"]
    assert found["faults"] == []
    (whole,) = ask("concentration", "--by", "all", "--json").document["concentrations"]
    assert whole["holders"][0]["id"] == MAGNETS
    assert "sole, essential" in ask("concentration").out


def test_alternatives_say_what_each_switch_does(ask):
    found = ask("alternatives", "org:world-f-003", "--json").document
    (one,) = found["alternatives"]
    assert one["other"] == "org:world-f-008"
    assert one["change"] == pytest.approx(one["after"]["score"] - one["before"]["score"])
    assert [edit["what"] for edit in one["edits"]] == ["drop_link", "add_link"]
    assert "bought from already" in ask("alternatives", "org:world-f-003", "--customer", WORLD.buyer).out
    assert "Nobody else is known" in ask("alternatives", MAGNETS).out
    assert ask("alternatives", "org:world-f-003", "--customer", MAGNETS).code == 1


def test_series_follows_the_exposure_with_its_causes_and_alerts(tierscope, address, tmp_path):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address)
    dates = ("2025-01-01", "2025-07-01", "2026-03-01")
    plot = tmp_path / "series.svg"
    found = tierscope("series", *dates, "--changes", "--alerts", "--json", "--plot", str(plot), *words).document
    assert [one["as_of"][:10] for one in found["series"]] == list(dates)
    assert found["changes"]["to"] == found["series"][-1]
    assert all(one["began"] or one["ended"] or one["aged"] for one in found["changes"]["changes"])
    (wafers,) = (one for one in found["alerts"] if one["entity"] == "org:world-f-060" and one["sort"] == "finding")
    assert wafers["since"] == "2025-07-01T00:00:00Z"
    assert wafers["way"][0] == WORLD.buyer
    assert len([one for one in ET.parse(plot).iter() if one.get("class") == "dot"]) == 3
    told = tierscope("series", *dates, "--changes", "--all", *words).out
    assert "Exposure over time" in told
    assert "why me" in told
    assert tierscope("series", *reversed(dates), *words).code == 1
    assert tierscope("series", dates[0], "--changes", *words).code == 1


def test_alerts_are_told_once_over_several_runs(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address)
    dates = ("2025-01-01", "2025-07-01", "2026-03-01")
    store = tierscope("hash", "--history", "--store", address).out
    first = tierscope("series", *dates, "--alerts", "--json", *words).document
    assert first["told_before"] == 0
    assert all(one["news"] for one in first["alerts"])
    again = tierscope("series", *dates, "--alerts", "--json", *words).document
    assert (again["alerts"], again["told_before"]) == ([], len(first["alerts"]))
    every = tierscope("series", *dates, "--all", "--json", *words).document
    assert [one["key"] for one in every["alerts"]] == [one["key"] for one in first["alerts"]]
    assert not any(one["news"] for one in every["alerts"])
    told = tierscope("series", *dates, "--alerts", *words).out
    assert "There is nothing new to look at." in told
    assert f"{len(first['alerts'])} were told before" in told
    assert "Xinhaoran" in tierscope("series", *dates, "--all", *words).out
    assert tierscope("hash", "--history", "--store", address).out == store
    later = tierscope("series", "2026-03-01", "2026-06-01", "--alerts", "--json", *words).document
    known = {
        one["key"] for one in first["alerts"] if one["until"].startswith("2026-03-01") and one["sort"] == "finding"
    }
    assert not known & {one["key"] for one in later["alerts"]}


def test_alerts_of_another_buyer_are_other_news(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--store", address, "--json")
    mine = tierscope("series", "2026-03-01", "--alerts", "--buyer", WORLD.buyer, *words).document
    other = tierscope("series", "2026-03-01", "--alerts", "--buyer", "org:world-f-003", *words).document
    assert mine["alerts"]
    assert other["told_before"] == 0
    assert tierscope("series", "2026-03-01", "--alerts", "--buyer", WORLD.buyer, *words).document["alerts"] == []


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
    assert ask(*words, "--json").document["faults"] == []


def test_a_series_says_that_its_numbers_hold(tierscope, address):
    words = ("--known-at", "2026-03-01T12:00:00Z", "--buyer", WORLD.buyer, "--store", address, "--json")
    found = tierscope("series", "2025-01-01", "2026-03-01", "--changes", "--all", *words).document
    assert found["faults"] == []
    assert found["changes"]["changes"]
    assert found["alerts"]


def test_a_number_that_does_not_hold_is_told(ask, monkeypatch):
    monkeypatch.setattr("reasoning.analysis.questions.verify", lambda *_: ("it is another",))
    assert ask("questions", "--top", "2", "--json").document["faults"] == ["it is another"] * 2
