"""What answers cite is in the store: every claim and all evidence can be shown, and is about what it is cited for."""

import math
from itertools import pairwise

import pytest

from graph.connect import connect
from graph.port import ClaimQuery
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, ClaimId
from tests.app.documents import ids, nodes

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
    for row in nodes(ask("--measure", "loss", "--top", "20", "--json").document["productionLosses"]):
        cited = ids(row["chain"]["claims"])
        found = claims(cited)
        assert set(found) == set(cited)
        walked = set(pairwise(ids(row["chain"]["entities"])))
        assert {customer for _, customer in supplied(found)} == {customer for _, customer in walked}
        evidence = {one for claim in found.values() for one in claim.evidence}
        assert set(ids(row["chain"]["evidence"])) == evidence
        for hop in row["chain"]["hops"]:
            for each in hop["contributions"]:
                assert {customer for _, customer in supplied(claims(ids(each["claims"])))} == {hop["customer"]["id"]}


def test_a_disruption_cites_the_most_probable_way_and_its_risks(ask, claims):
    found = ask("--measure", "disruption", "--category", "governance", "--json").document["disruption"]
    held = claims(ids(found["claims"]))
    assert set(held) == set(ids(found["claims"]))
    assert {customer for _, customer in supplied(held)} == set(ids(found["estimate"]["way"])[:-1])
    assert {"AFFECTS", "LIKELIHOOD", "SEVERITY"} <= {claim.predicate for claim in held.values()}
    estimate = found["estimate"]
    assert math.prod(estimate["linkChances"]) * estimate["ownChance"] == pytest.approx(estimate["lower"])
    assert set(ids(found["evidence"])) == {one for claim in held.values() for one in claim.evidence}


def test_risks_of_one_firm_cite_what_says_them(ask, claims):
    (row,) = nodes(ask(MAGNETS, "--measure", "disruption", "--json").document["disruption"]["firms"])
    for risk in row["risks"]:
        held = claims(ids(risk["claims"]))
        assert set(held) == set(ids(risk["claims"]))
        assert {claim.predicate for claim in held.values()} >= {"AFFECTS", "IN_CATEGORY", "LIKELIHOOD", "SEVERITY"}
        assert set(ids(risk["evidence"])) == {one for claim in held.values() for one in claim.evidence}
    assert set(claims(ids(row["path"]["claims"]))) == set(ids(row["path"]["claims"]))


def test_a_closure_cites_the_sales_over_which_it_spreads(ask, claims):
    (row,) = nodes(ask(MAGNETS, "--measure", "systemic", "--json").document["systemic"])
    held = claims(ids(row["claims"]))
    assert set(held) == set(ids(row["claims"]))
    assert {claim.subject for claim in held.values() if claim.predicate == "SUPPLIES"} == {MAGNETS}
    customers = {customer for _, customer in supplied(held)}
    assert customers <= {each["firm"]["id"] for each in row["losses"]}


@pytest.mark.parametrize("entity", [MAGNETS, "org:world-f-060"])
def test_an_explained_exposure_cites_its_paths_and_risks(ask, claims, entity):
    found = ask(entity, "--json").document
    one = found["explain"]["exposure"]
    for path in one["paths"]:
        cited = [claim for hop in path["hops"] for claim in ids(hop["claims"])]
        assert set(claims(cited)) == set(cited)
        assert path["entities"][0]["id"] == found["scope"]["buyer"]["id"]
        assert path["entities"][-1]["id"] == entity
    assert set(ids(one["claims"])) == set(claims(ids(one["claims"])))
    assert one["evidence"]
