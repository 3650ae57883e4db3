"""What answers cite is in the store: every claim and all evidence can be shown, and is about what it is cited for."""

import pytest

from graph.connect import connect
from graph.port import ClaimQuery
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, ClaimId

MAGNETS = "org:world-f-054"
AT = At("2026-03-01T00:00:00Z", "2026-03-01T12:00:00.000000Z")


@pytest.fixture
def claims(sample_store):
    """The claims of some ids, by id, as the store holds them at the world's instants."""
    store = connect(sample_store, vocabulary=VOCABULARY)

    def find(ids):
        wanted = sorted(map(ClaimId, set(ids)))
        return {stored.claim.id: stored.claim for stored in store.claims(ClaimQuery(ids=wanted, at=AT))}

    yield find
    store.close()


def supplied(found):
    """Who supplies whom by these claims, where sites supply for their firm."""
    return {(claim.subject, claim.object) for claim in found.values() if claim.predicate == "SUPPLIES"}


def test_a_chain_cites_the_links_that_it_walks(ask, claims):
    for row in ask("--measure", "loss", "--top", "20", "--json").document["losses"]:
        cited = row["chain"]["claims"]
        found = claims(cited)
        assert set(found) == set(cited)
        walked = set(zip(row["chain"]["entities"], row["chain"]["entities"][1:], strict=False))
        assert {customer for _, customer in supplied(found)} == {customer for _, customer in walked}
        evidence = {one for claim in found.values() for one in claim.evidence}
        assert set(row["chain"]["evidence"]) == evidence
        for hop in row["chain"]["hops"]:
            for each in hop["contributions"]:
                assert {customer for _, customer in supplied(claims(each["claims"]))} == {hop["customer"]}


def test_a_disruption_cites_the_most_probable_way_and_its_risks(ask, claims):
    found = ask("--measure", "disruption", "--category", "governance", "--json").document
    way = found["way"]
    held = claims(way["claims"])
    assert set(held) == set(way["claims"])
    assert {customer for _, customer in supplied(held)} == set(way["entities"][:-1])
    assert {"AFFECTS", "LIKELIHOOD", "SEVERITY"} <= {claim.predicate for claim in held.values()}
    assert way["chance"] == pytest.approx(found["middle"]["lower"])
    assert set(way["evidence"]) == {one for claim in held.values() for one in claim.evidence}


def test_risks_of_one_firm_cite_what_says_them(ask, claims):
    (row,) = ask(MAGNETS, "--measure", "disruption", "--json").document["firms"]
    for risk in row["risks"]:
        held = claims(risk["claims"])
        assert set(held) == set(risk["claims"])
        assert {claim.predicate for claim in held.values()} >= {"AFFECTS", "IN_CATEGORY", "LIKELIHOOD", "SEVERITY"}
        assert set(risk["evidence"]) == {one for claim in held.values() for one in claim.evidence}
    assert set(claims(row["way"]["claims"])) == set(row["way"]["claims"])


def test_a_closure_cites_the_sales_over_which_it_spreads(ask, claims):
    (row,) = ask(MAGNETS, "--measure", "systemic", "--json").document["closures"]
    held = claims(row["claims"])
    assert set(held) == set(row["claims"])
    assert {claim.subject for claim in held.values() if claim.predicate == "SUPPLIES"} == {MAGNETS}
    customers = {customer for _, customer in supplied(held)}
    assert customers <= {each["firm"] for each in row["losses"]}


@pytest.mark.parametrize("entity", [MAGNETS, "org:world-f-060"])
def test_an_explained_exposure_cites_its_paths_and_risks(ask, claims, entity):
    found = ask(entity, "--json").document
    (one,) = found["exposures"]
    for path in one["paths"]:
        held = claims(path["claims"])
        assert set(held) == set(path["claims"])
        assert path["entities"][0] == found["buyer"]
        assert path["entities"][-1] == entity
    assert set(found["explanation"]["claims"]) == set(claims(found["explanation"]["claims"]))
    assert found["explanation"]["evidence"]
