"""Reasoning over deliveries as they were made: SCMS, 10,324 rows."""

import math
from collections import Counter
from collections.abc import Iterator

import pytest

from graph.port import GraphStore
from ingest.contracts import load_contract
from ingest.load import load
from ontology.records import At, NounId
from reasoning.engine import Engine
from reasoning.exposure import verify
from tests.public_data import PUBLIC_DATA
from tests.reasoning.stores import new_store
from tests.reasoning.world import RECORDED

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

YEARS = [At(f"{year}-07-01T00:00:00Z") for year in (2008, 2011, 2014)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Reasoning over a store with all deliveries."""
    store: GraphStore = new_store(tmp_path_factory.mktemp("scms"))
    load(store, load_contract("scms"), PUBLIC_DATA / "scms", clock=lambda: RECORDED, progress=lambda _: None)
    yield Engine(store)
    store.close()


def customers(engine: Engine, at: At) -> list[NounId]:
    """The four customers of most links."""
    counted = Counter(link.customer for link in engine.snapshot(at).links.counted)
    return [customer for customer, _ in counted.most_common(4)]


@pytest.mark.parametrize("at", YEARS, ids=lambda at: at.as_of[:4])
def test_every_number_holds_and_nothing_is_left_out(engine: Engine, at: At):
    for customer in customers(engine, at):
        exposures = engine.exposures(customer, at)
        assert exposures
        for one in exposures:
            assert verify(one).faults == ()
            assert one.remainder == 0
            assert one.evidence


@pytest.mark.parametrize("at", YEARS, ids=lambda at: at.as_of[:4])
def test_what_a_customer_buys_directly_adds_up_to_its_whole_need(engine: Engine, at: At):
    for customer in customers(engine, at):
        hops = {path.hops[0].supplier: path.hops[0] for one in engine.exposures(customer, at) for path in one.paths}
        assert math.fsum(hop.share for hop in hops.values()) == pytest.approx(1)
        assert len({hop.unit for hop in hops.values()}) == 1


def test_years_are_told_apart_by_the_validity_of_their_links(engine: Engine):
    links = [{link.fact.claim for link in engine.snapshot(at).links.counted} for at in YEARS]
    assert all(links)
    assert links[0].isdisjoint(links[1])
    assert links[1].isdisjoint(links[2])
