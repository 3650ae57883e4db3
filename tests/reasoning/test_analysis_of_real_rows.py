"""What analysts ask, of deliveries as they were made: SCMS, 10,324 rows. Every answer is verified."""

from collections import Counter
from collections.abc import Iterator

import pytest

from graph.content_hash import content_hash
from graph.port import GraphStore
from ingest.contracts import load_contract
from ingest.load import load
from ontology.records import At, NounId
from reasoning import alternatives, concentration, failure_points, questions
from reasoning.analyst import Analyst
from reasoning.engine import Engine
from reasoning.scenarios.edits import Branch, SetInventory, SetShare, Stop
from reasoning.scenarios.outcome import verify_outcome
from tests.public_data import PUBLIC_DATA
from tests.reasoning.stores import new_store
from tests.reasoning.world import RECORDED

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

AT = At("2014-07-01T00:00:00Z")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = new_store(tmp_path_factory.mktemp("scms"))
    load(made, load_contract("scms"), PUBLIC_DATA / "scms", clock=lambda: RECORDED, progress=lambda _: None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(store: GraphStore) -> Engine:
    return Engine(store)


@pytest.fixture(scope="module")
def buyer(engine: Engine) -> NounId:
    """The customer of most links."""
    ((found, _),) = Counter(link.customer for link in engine.snapshot(AT).links.counted).most_common(1)
    return found


def test_every_what_if_holds_and_leaves_the_store_as_it_is(engine: Engine, store: GraphStore, buyer: NounId):
    before = content_hash(store)
    first, second, *_ = (one.supplier for one in engine.exposures(buyer, AT, paths=0) if one.tier == 1)
    for edits in ((Stop(first),), (SetShare(first, buyer, 0.5), Stop(second)), (SetInventory(first, buyer, 30),)):
        told = Analyst(engine).what_if(buyer, AT, Branch("try", edits))
        assert verify_outcome(told.outcome) == ()
        assert told.outcome.changes
    assert content_hash(store) == before


def test_a_stopped_supplier_takes_along_its_part_of_what_is_bought(engine: Engine, buyer: NounId):
    first = next(one for one in engine.exposures(buyer, AT) if one.tier == 1)
    told = Analyst(engine).what_if(buyer, AT, Branch("stop", (Stop(first.supplier),)))
    assert told.loss is not None
    assert told.loss.value == pytest.approx(first.paths[0].hops[0].share, abs=1e-9)  # nothing is called essential


def test_questions_and_concentrations_hold(engine: Engine, buyer: NounId):
    snapshot, analyst = engine.snapshot(AT), Analyst(engine)
    found = analyst.questions(buyer, AT, most=5)
    assert len(found) == 5
    assert [fault for one in found for fault in questions.verify(one, snapshot, buyer)] == []
    whole = analyst.concentrations(buyer, AT)
    assert {one.by for one in whole} >= {"input", "all", "tier", "country", "tiers", "countries"}
    assert [fault for one in whole for fault in concentration.verify(one)] == []


def test_what_no_row_says_has_a_defined_answer(engine: Engine, buyer: NounId):
    """No row calls anything essential."""
    found = Analyst(engine).failure_points(buyer, AT)
    assert found.points == ()
    assert found.complete
    assert failure_points.verify(engine.snapshot(AT).facts, found) == ()


def test_alternatives_of_the_same_product_hold(engine: Engine, buyer: NounId):
    direct = [one.supplier for one in engine.exposures(buyer, AT, paths=0) if one.tier == 1]
    found = [one for supplier in direct[:2] for one in Analyst(engine).alternatives(buyer, supplier, AT)]
    assert found
    for one in found[:5]:
        assert alternatives.verify(one, engine.snapshot(AT)) == ()
