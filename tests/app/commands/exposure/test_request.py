"""Who is exposed and what is asked about, in every form that a user would type; and what cannot be asked."""

import pytest

from app.jobs.world import SAMPLE, read_world
from tests.app.documents import faults, nodes

BUYER = read_world(SAMPLE).buyer
MAGNETS = "org:world-f-054"
MEASURES = ("leontief", "disruption", "loss", "systemic", "inoperability")


@pytest.mark.parametrize("measure", MEASURES)
def test_the_organisation_is_the_buyer_where_no_other_is_named(ask, ask_any, measure):
    named = ask("--measure", measure, "--top", "3", "--json").document
    bare = ask_any(BUYER, "--measure", measure, "--top", "3", "--json").document
    both = ask(BUYER, "--measure", measure, "--top", "3", "--json").document
    assert named == bare == both
    assert named["scope"]["buyer"]["id"] == BUYER
    assert faults(named) == []


@pytest.mark.parametrize("measure", MEASURES)
def test_where_a_buyer_is_named_the_organisation_is_what_is_explained(ask, measure):
    found = ask(MAGNETS, "--measure", measure, "--json").document
    assert found["scope"]["buyer"]["id"] == BUYER
    assert explained(found, measure) == MAGNETS
    assert faults(found) == []


def explained(found, measure):
    """The id of the one that is explained."""
    if measure == "leontief":
        return found["explain"]["exposure"]["supplier"]["id"]
    if measure == "loss":
        return found["productionLoss"]["entity"]["id"]
    lists = {
        "disruption": lambda: found["disruption"]["firms"],
        "systemic": lambda: found["systemic"],
        "inoperability": lambda: found["inoperability"]["stops"],
    }
    (one,) = nodes(lists[measure]())
    return (one["entity"] if measure == "inoperability" else one["firm"])["id"]


def test_the_buyer_may_be_a_setting(ask_any, monkeypatch):
    monkeypatch.setenv("TIERSCOPE_BUYER", BUYER)
    assert explained(ask_any(MAGNETS, "--json").document, "leontief") == MAGNETS
    assert ask_any("--json", "--top", "1").document["scope"]["buyer"]["id"] == BUYER


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--measure", "vibes"), "BAD_INPUT", "leontief, disruption, loss, systemic"),
        (("--category", "vibes"), "BAD_INPUT", "continuity, concentration, financial"),
        (("--measure", "disruption", "--category", "vibes"), "BAD_INPUT", "natural-hazard"),
        (("--measure", "loss", "--category", "cyber"), "BAD_INPUT", "leontief and disruption"),
        (("--measure", "systemic", "--category", "cyber"), "BAD_INPUT", "leontief and disruption"),
        (("--by", "colour"), "BAD_INPUT", "supplier, category, tier"),
        (("--measure", "loss", "--by", "tier"), "BAD_INPUT", "supplier, country, product"),
        (("--measure", "systemic", "--by", "country"), "BAD_INPUT", "--by takes supplier"),
        (("--measure", "disruption", "--stop-probability", "2"), "BAD_INPUT", "from 0 to 1"),
        (("--measure", "disruption", "--stop-probability", "nan"), "BAD_INPUT", "from 0 to 1"),
        (("org:nobody",), "NOT_FOUND", "tierscope search"),
        (("org:world-f-001-x", "--measure", "loss"), "NOT_FOUND", "tierscope search"),
        (("reg:iso3166-CN",), "NOT_FOUND", "lists its suppliers"),
        (("reg:iso3166-CN", "--measure", "systemic"), "NOT_FOUND", "lists its suppliers"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_fix(ask, words, code, told):
    ran = ask(*words)
    assert ran.code == 1
    assert ran.err.startswith(f"{code}: ")
    assert told in ran.err.split("Fix: ")[1]
    assert ran.out == ""


def test_who_is_not_in_the_network_is_told_how_to_ask_for_itself(ask_any):
    ran = ask_any(BUYER, "--buyer", MAGNETS)
    assert ran.code == 1
    assert f"--buyer {BUYER} shows what {BUYER} itself is exposed to" in ran.err


def test_a_country_buys_nothing(ask_any):
    ran = ask_any("reg:iso3166-CN", "--measure", "loss")
    assert ran.err.startswith("BAD_INPUT: reg:iso3166-CN buys nothing itself")
    assert "--buyer" in ran.err


def test_without_anybody_named_a_buyer_is_asked_for(ask_any):
    ran = ask_any()
    assert ran.code == 1
    assert "--buyer" in ran.err
