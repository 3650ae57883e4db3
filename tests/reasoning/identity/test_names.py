import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.identity.candidates import LEAST_LIKENESS, WEIGHTS
from reasoning.identity.names import forms_differ, likeness, read_name
from tests.public_data import PUBLIC_DATA, needs_public_data


def alike(left: str, right: str) -> float:
    return likeness(read_name(left), read_name(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Siemens AG", "Siemens Aktiengesellschaft"),
        ("SiemensAG", "Siemens AG"),
        ("Muster Gesellschaft mit beschränkter Haftung", "MUSTER G.m.b.H."),
        ("OAO Gazprom", "Open Joint Stock Company Gazprom"),
        ("Good Will Company", "Goodwill Co."),
        ("Société Générale S.A.", "Societe Generale SA"),
        ("Procter & Gamble Co.", "The Procter and Gamble Company"),
        ("L.X.C. Aviation", "LXC Aviation"),
        ("Faberlic Europe Sp. z o.o.", "FABERLIC EUROPE SP Z OO"),
        ("Zdrojna Sp. z o. o.", "Zdrojna sp. z o.o."),
        ("1st International Bank", "First Int'l Bank"),
        ("Müller Werke", "Mueller Werke"),
        ("Werke Müller", "Müller Werke"),
        ("Deutsche Bank's AG", "Deutsche Bank AG"),
    ],
)
def test_the_same_name_otherwise_spelt(left: str, right: str):
    assert alike(left, right) >= 0.98


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("Crystalord Ltd", "Cristalord Limited", 1),
        ("Tactical Missiles JSC", "Tactical Missives JSC", 1),
        ("Polymerwerk Nord", "Polymrewerk Nord", 1),
        ("Vanderbuilt Corp", "Van der Bilt Corp", 1),
    ],
)
def test_a_slip_of_the_pen_costs_a_little(left: str, right: str, edits: int):
    assert alike(left, right) == pytest.approx(1 - 0.05 * edits)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Works 3 Ltd", "Works 4 Ltd"),
        ("Fund IV", "Fund V"),
        ("BWI Industries Inc", "BAE Industries Inc"),
        ("Acme North", "Acme South"),
        ("Cooling Systems", "Tooling Systems"),
        ("Government of Estonia", "Government of Ethiopia"),
        ("Snow", "Snoe"),
        ("Crystalord Systems Ltd", "Crystalord Ltd"),
        ("Alpha Beta", "Gamma Delta"),
        ("Supplier aaab", "Supplier aaac"),
        ("", "Alpha"),
    ],
)
def test_other_names(left: str, right: str):
    assert alike(left, right) < LEAST_LIKENESS


def test_a_word_that_many_firms_add_is_told_from_one_that_tells_them_apart():
    assert alike("Nanshan Group", "Nanshan") == LEAST_LIKENESS
    assert alike("Nanshan Mining", "Nanshan") < LEAST_LIKENESS


def test_legal_forms_differ_only_where_both_are_known():
    assert forms_differ(read_name("Alpha AG"), read_name("Alpha GmbH"))
    assert not forms_differ(read_name("Alpha AG"), read_name("Alpha Aktiengesellschaft"))
    assert not forms_differ(read_name("Alpha AG"), read_name("Alpha"))
    assert not forms_differ(read_name("Alpha Co."), read_name("Alpha Inc."))


def test_a_name_of_legal_forms_only_keeps_them():
    assert read_name("AG").core == "ag"
    assert alike("AG", "SE") < LEAST_LIKENESS


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_symmetric_share_and_one_for_equal_names(left: str, right: str):
    assert alike(left, right) == alike(right, left)
    assert 0 <= alike(left, right) <= 1
    assert alike(left, left) == 1


@needs_public_data
def test_the_threshold_on_labelled_pairs():
    """Precision and recall of names alone, on pairs that people labelled; docs/findings.md quotes these figures."""
    counts = {"real": [0, 0, 0], "synthetic": [0, 0, 0]}
    with (PUBLIC_DATA / "nomenklatura" / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["schema"] not in {"Company", "Organization", "LegalEntity"}:
                continue
            left, right = read_name(row["name1"]), read_name(row["name2"])
            score = WEIGHTS["name"] * likeness(left, right) + WEIGHTS["other_form"] * forms_differ(left, right)
            said = score + WEIGHTS["same_country"] >= 0.8 - 1e-9
            true = row["is_match"] == "true"
            hit = counts["synthetic" if row["case_group"].startswith("synth") else "real"]
            for place, holds in enumerate((said and true, said and not true, true and not said)):
                hit[place] += holds
    figures = {
        name: (right / (right + wrong), right / (right + missed)) for name, (right, wrong, missed) in counts.items()
    }
    assert figures["real"] == pytest.approx((0.979, 0.686), abs=0.03)
    assert figures["synthetic"] == pytest.approx((1.0, 0.673), abs=0.03)
