"""M4 on the command line: a maker of bicycles by hand, what is not given, and stops that are none."""

import pytest

from tests.app.documents import nodes
from tests.reasoning.measures.bicycles import BUYER

ALU, BAMBU, RAD = "org:alu", "org:bambu", "org:rad"


@pytest.fixture
def recover(tierscope, bicycle_store):
    """Runs `tierscope exposure … --measure recovery` for the maker of bicycles."""
    return lambda *words: tierscope(
        "exposure", *words, "--measure", "recovery", "--buyer", BUYER, "--store", bicycle_store
    )


def test_stops_by_hand(recover):
    """30 days want 300 bicycles: without Alu 70 are missing, at 100 each, after 12.5 days."""
    found = recover("--json").document["recovery"]
    assert (found["by"], found["currency"], found["gaps"]["totalCount"], found["faults"]) == ("supplier", "EUR", 0, [])
    first, *_, last = nodes(found)
    assert first["entity"]["id"] == ALU
    assert first["loss"] == {"best": pytest.approx(7000), "worst": pytest.approx(7000)}
    assert first["survival"]["worst"] == pytest.approx(12.5)
    assert first["gap"]["worst"] == pytest.approx(17.5)
    assert first["index"] == {"best": 1, "worst": 1}
    assert (last["entity"]["id"], last["days"], last["loss"]) == (BAMBU, None, None)
    assert "losing" not in first
    told = recover().out
    assert "12.5" in told
    assert "+17.5" in told
    assert "not known" in told


def test_one_stop_says_what_binds(recover):
    (one,) = nodes(recover(ALU, "--json").document["recovery"])
    assert one["entity"]["id"] == ALU
    assert sum(limit["amount"] * limit["worth"] for limit in one["losing"]["limits"]) == pytest.approx(
        one["losing"]["demanded"] - one["loss"]["worst"]
    )
    assert all(limit["claims"] for limit in one["losing"]["limits"])
    (delivery,) = one["losing"]["contingency"]
    assert (delivery["giver"]["holder"]["id"], delivery["taker"]["holder"]["id"]) == (BAMBU, BUYER)
    assert (delivery["units"], delivery["undisrupted"]) == (pytest.approx(180), pytest.approx(125))
    assert one["losing"]["lost"] == [{"product": "prd:bicycle", "units": pytest.approx(70)}]
    told = recover(ALU).out
    assert "What binds when" in told


def test_days_may_be_assumed_where_none_are_known(recover):
    found = {row["entity"]["id"]: row for row in nodes(recover("--days", "60", "--json").document["recovery"])}
    assert (found[BAMBU]["days"], found[BAMBU]["assumed"]) == (60, True)
    assert found[BAMBU]["loss"]["worst"] > 0
    assert (found[ALU]["days"], found[ALU]["assumed"]) == (30, False)
    assert "60 (assumed)" in recover("--days", "60").out
    ran = recover("--days", "-1")
    assert ran.code == 1
    assert ran.err.startswith("BAD_INPUT: ")


def test_a_country_stops_all_that_is_in_it(recover):
    found = nodes(recover("--by", "country", "--json").document["recovery"])
    assert {row["entity"]["id"] for row in found} == {"reg:iso3166-DE", "reg:iso3166-VN"}
    (germany,) = nodes(recover("reg:iso3166-DE", "--json").document["recovery"])
    assert {each["holder"]["id"] for each in germany["stopped"]} >= {ALU, RAD}
    assert germany["survival"]["worst"] < 12.5


def test_what_lasts_for_ever_is_null(recover):
    """Nothing of what is asked is infinite in JSON, which has no such number."""
    out = recover("--by", "country", "--explain", "--json").out
    assert "Infinity" not in out
    assert "NaN" not in out


def test_who_makes_nothing_for_the_buyer_is_told(recover):
    ran = recover(BUYER, "--buyer", BUYER)
    assert ran.code == 0
    ran = recover("reg:iso3166-VN", "--by", "supplier")
    assert ran.code == 1
    assert "lists what may stop" in ran.err


def test_the_picture_marks_who_stops(recover, tmp_path):
    assert recover("--plot", str(tmp_path / "recovery.svg")).code == 0
    assert "Time to recover" in (tmp_path / "recovery.svg").read_text()


def test_what_is_not_given_is_told_with_what_to_load(ask):
    ran = ask("--measure", "recovery")
    assert ran.code == 1
    assert ran.err.startswith("NOT_GIVEN: ")
    assert "load" in ran.err.split("Fix: ")[1]


def test_inoperability_takes_the_same_days(tierscope, bicycle_store):
    words = ("exposure", BUYER, "--measure", "inoperability", "--by", "supplier", "--store", bicycle_store, "--json")
    found, slow = (tierscope(*words, *more).document["inoperability"] for more in ((), ("--days", "300")))
    assert (found["days"], slow["days"]) == (90, 300)
    assert found["faults"] == slow["faults"] == []
    lost, slower = ({row["key"]: row["daysLost"] for row in nodes(one["stops"])} for one in (found, slow))
    assert slower[BAMBU] > lost[BAMBU]
