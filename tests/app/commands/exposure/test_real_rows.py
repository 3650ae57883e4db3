"""Every measure on rows as they are published: SCMS deliveries, INFORM figures, the OFAC list, loaded as users do."""

import pytest

from app.cli import run
from graph.connect import create
from ontology.generated.vocabulary import VOCABULARY
from tests.app.documents import faults, nodes
from tests.public_data import PUBLIC_DATA

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

WHEN = ("--as-of", "2014-07-01")


@pytest.fixture(scope="module")
def real_store(tmp_path_factory):
    """The address of a store into which the three sets were loaded by command."""
    folder = tmp_path_factory.mktemp("real")
    create(made := f"sqlite:///{folder / 'real.db'}", vocabulary=VOCABULARY).close()
    for source in ("scms", "inform", "ofac"):
        assert run(["load", source, str(PUBLIC_DATA / source), "--store", made, "--json"]) == 0
    return made


@pytest.fixture
def loaded(tierscope, real_store):
    """Runs `tierscope …` over that store."""
    return lambda *words: tierscope(*words, "--store", real_store)


def test_every_measure_runs_and_every_number_holds(loaded):
    found = nodes(loaded("search", "SCMS", "programme", "--top", "500", "--json").document["search"])
    programmes = [row["id"] for row in found if row["kind"] == "Organization"]
    assert len(programmes) > 20
    for programme in programmes[::16]:
        for words in (
            ("leontief", "--top", "500"),
            ("leontief", "--by", "category"),
            ("leontief", "--category", "commercial"),
            ("disruption",),
            ("disruption", "--category", "commercial", "--stop-probability", "0.1"),
            ("loss",),
            ("loss", "--by", "country"),
            ("loss", "--by", "product"),
            ("systemic",),
            ("inoperability",),
            ("inoperability", "--by", "supplier"),
        ):
            ran = loaded("exposure", programme, "--measure", *words, *WHEN, "--json")
            assert ran.code == 0, ran.err
            assert ran.document["scope"]["buyer"]["id"] == programme
            assert faults(ran.document) == [], (programme, words)
        missing = loaded("exposure", programme, "--measure", "recovery", *WHEN)
        assert missing.code == 1
        assert missing.err.startswith("NOT_GIVEN: ")
        assert "load" in missing.err.split("Fix: ")[1]


def test_the_greatest_losses_are_those_of_the_greatest_shares(loaded):
    """No row calls anything essential: the loss by a direct supplier is its part of what the programme buys."""
    found = nodes(loaded("search", "SCMS", "programme", "Nigeria", "--json").document["search"])
    (nigeria,) = [row["id"] for row in found if row["kind"] == "Organization"]
    paths = loaded("exposure", nigeria, "--top", "500", "--paths", "20", *WHEN, "--json").document
    direct = {row["supplier"]["id"] for row in nodes(paths["exposures"]) if row["tier"] == 1}
    losses = loaded("exposure", nigeria, "--measure", "loss", "--top", "500", *WHEN, "--json").document
    assert losses["productionLosses"]["edges"]
    for row in nodes(losses["productionLosses"]):
        if row["key"] in direct:
            assert row["value"] == pytest.approx(row["undelivered"], abs=1e-6)
            assert row["chain"] is None or row["chain"]["hops"][-1]["product"] == ""
