"""Reasoning over deliveries as they were made: SCMS, 10,324 rows."""

import math
from collections import Counter
from collections.abc import Iterator

import pytest

from graph.port import GraphStore
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ontology.records import At, EntityId
from reasoning.exposure.exposure import verify
from reasoning.network.facts import as_number
from reasoning.risk.assessor import recheck
from reasoning.risk.methods.deliveries import CATEGORY
from reasoning.risk.own_risk import Risks
from reasoning.service.service import ReasoningService
from tests.public_data import PUBLIC_DATA
from tests.reasoning.stores import new_store
from tests.reasoning.world import RECORDED

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

YEARS = [At(f"{year}-07-01T00:00:00Z") for year in (2008, 2011, 2014)]


@pytest.fixture(scope="module")
def reasoning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReasoningService]:
    """Reasoning over a store with all deliveries."""
    store: GraphStore = new_store(tmp_path_factory.mktemp("scms"))
    load(store, load_source_spec("scms"), PUBLIC_DATA / "scms", clock=lambda: RECORDED, progress=lambda _: None)
    yield ReasoningService(store)
    store.close()


def customers(reasoning: ReasoningService, at: At) -> list[EntityId]:
    """The four customers of most links."""
    counted = Counter(link.customer for link in reasoning.snapshot(at).links.counted)
    return [customer for customer, _ in counted.most_common(4)]


@pytest.mark.parametrize("at", YEARS, ids=lambda at: at.as_of[:4])
def test_every_number_holds_and_nothing_is_left_out(reasoning: ReasoningService, at: At):
    for customer in customers(reasoning, at):
        exposures = reasoning.exposures(customer, at)
        assert exposures
        for one in exposures:
            assert verify(one).faults == ()
            assert one.remainder == 0
            assert one.evidence


@pytest.mark.parametrize("at", YEARS, ids=lambda at: at.as_of[:4])
def test_what_a_customer_buys_directly_adds_up_to_its_whole_need(reasoning: ReasoningService, at: At):
    for customer in customers(reasoning, at):
        hops = {path.hops[0].supplier: path.hops[0] for one in reasoning.exposures(customer, at) for path in one.paths}
        assert math.fsum(hop.share for hop in hops.values()) == pytest.approx(1)
        assert len({hop.unit for hop in hops.values()}) == 1


def test_years_are_told_apart_by_the_validity_of_their_links(reasoning: ReasoningService):
    links = [{link.fact.claim for link in reasoning.snapshot(at).links.counted} for at in YEARS]
    assert all(links)
    assert links[0].isdisjoint(links[1])
    assert links[1].isdisjoint(links[2])


@pytest.mark.parametrize("at", YEARS, ids=lambda at: at.as_of[:4])
def test_deliveries_speak_of_their_vendors_and_every_assessment_follows_from_its_claims(
    reasoning: ReasoningService, at: At
):
    everywhere = [one for customer in customers(reasoning, at) for one in reasoning.exposures(customer, at, paths=0)]
    own = [part.own for one in everywhere for part in one.parts if part.own is not None]
    made = [one.assessment for one in own if one.assessment is not None]
    assert made
    assert {one.category for one in made} == {CATEGORY}
    for one in made:
        assert list(recheck(one)) == []
        assert 0 <= one.low < one.value < one.high <= 1
        assert all((fact.valid_to or "") <= (at.as_of or "") for fact in one.grounds[0].facts)


def test_the_share_of_late_deliveries_is_that_of_the_rows(reasoning: ReasoningService):
    """Of all deliveries of the last two years of the set, told from the claims by themselves."""
    at = At("2015-12-31T00:00:00Z")
    facts = reasoning.snapshot(at).facts
    (warehouse,) = [entity for entity in facts.ever.by_subject("OBSERVED") if entity.startswith("sit:")]
    made = Risks(facts).of(warehouse)[CATEGORY].assessment
    assert made is not None
    (ground,) = made.grounds
    delays = [as_number(fact.value) for fact in ground.facts[1::2]]
    late = sum(delay is not None and delay > 0 for delay in delays) / len(delays)
    assert len(delays) > 1000
    assert ground.figure.value == pytest.approx(late, abs=0.05)
    assert ground.figure.high - ground.figure.low < 0.1
