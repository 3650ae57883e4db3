"""The measures over a store: each made once, however it is asked, and every one verified on the sample world."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.jobs.world import SAMPLE, load_world, read_world
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.errors import InputError, NotFoundError, NotGivenError
from ontology.records import EntityId
from reasoning.measures.cascade import loss, systemic
from reasoning.measures.cascade.loss import LossTerms
from reasoning.measures.disruption import disruption
from reasoning.measures.disruption.network import DisruptionTerms
from reasoning.measures.inoperability import inoperability
from reasoning.measures.inoperability.values import InoperabilityTerms
from reasoning.risk.weights import CATEGORIES
from reasoning.service.measures import BuyerMeasures
from reasoning.service.service import ReasoningService
from tests.reasoning.stores import new_store

WORLD = read_world(SAMPLE)
BUYER, AT = WORLD.buyer, WORLD.at
MAGNETS = EntityId("org:world-f-054")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = new_store(tmp_path_factory.mktemp("measures"))
    assert list(load_world(made, WORLD))
    yield made
    made.close()


@pytest.fixture(scope="module")
def measures(store: GraphStore) -> BuyerMeasures:
    return ReasoningService(store).measures


def test_each_answer_is_made_once_and_holds(measures: BuyerMeasures, store: GraphStore):
    before = content_hash(store)
    asked: dict[str, tuple[Callable[[], Any], Callable[[Any], tuple[str, ...]]]] = {
        "disruption": (lambda: measures.disruption(BUYER, AT), disruption.verify),
        "terms": (
            lambda: measures.disruption(BUYER, AT, terms=DisruptionTerms(stop_probability=0.1)),
            disruption.verify,
        ),
        "losses": (lambda: measures.losses(BUYER, AT), loss.verify),
        "countries": (lambda: measures.losses(BUYER, AT, terms=LossTerms(by="country")), loss.verify),
        "loss": (lambda: measures.loss(BUYER, AT, MAGNETS), lambda one: loss.verify_loss(one, BUYER)),
        "systemic": (lambda: measures.systemic(BUYER, AT), systemic.verify),
        "closure": (lambda: measures.systemic(BUYER, AT, only=MAGNETS), systemic.verify),
        "inoperability": (lambda: measures.inoperability(BUYER, AT), inoperability.verify),
        "stop": (lambda: measures.inoperability(BUYER, AT, stopped=MAGNETS), inoperability.verify),
    }
    answers = {name: ask() for name, (ask, _) in asked.items()}
    assert len({id(answer) for answer in answers.values()}) == len(asked)
    for name, (ask, verify) in asked.items():
        assert ask() is answers[name]
        assert verify(answers[name]) == ()
    assert content_hash(store) == before


def test_categories_fall_by_what_is_known(measures: BuyerMeasures):
    found = measures.disruption_by_category(BUYER, AT)
    assert {one.category for one in found} == set(CATEGORIES)
    lows = [one.low.estimate for one in found]
    assert lows == sorted(lows, reverse=True)
    assert measures.disruption(BUYER, AT, category=EntityId(found[0].category)) is found[0]


def test_any_way_of_asking_gives_the_same_rows(measures: BuyerMeasures):
    rows = {one.entity: one for one in measures.losses(BUYER, AT).losses}
    alone = measures.loss(BUYER, AT, MAGNETS)
    assert (alone.value, alone.chain) == (rows[MAGNETS].value, rows[MAGNETS].chain)
    closures = {one.firm: one for one in measures.systemic(BUYER, AT).closures}
    assert measures.systemic(BUYER, AT, only=MAGNETS).closures == (closures[MAGNETS],)
    by_firm = measures.inoperability(BUYER, AT, terms=InoperabilityTerms(by="supplier", most=200))
    (stop,) = measures.inoperability(BUYER, AT, stopped=MAGNETS).stops
    assert stop in by_firm.stops


def test_the_planted_points_stand_out(measures: BuyerMeasures):
    """By loss and systemic risk beyond the direct suppliers; by disruption where their risk is recorded."""
    losses = measures.losses(BUYER, AT).losses
    assert next(one.entity for one in losses if one.tier == 3) == MAGNETS
    closures = measures.systemic(BUYER, AT).closures
    assert next(one.firm for one in closures if one.tier == 3) == MAGNETS
    concentration = measures.disruption(BUYER, AT, category=EntityId("rct:tierscope-concentration"))
    assert concentration.low.shares[0][0] == MAGNETS


def test_a_stop_makes_a_disruption_more_probable_under_the_same_draws(measures: BuyerMeasures):
    cyber = EntityId("rct:tierscope-cyber")
    before = measures.disruption(BUYER, AT, category=cyber)
    for entity in (MAGNETS, EntityId("reg:iso3166-CN"), EntityId("prd:world-p-054")):
        after = measures.disruption_after(BUYER, AT, entity, category=cyber)
        assert disruption.verify(after) == ()
        assert [one.firm for one in after.own] == [one.firm for one in before.own]
        assert all(two.estimate >= one.estimate for one, two in zip(before.ends, after.ends, strict=True))
        assert measures.disruption_after(BUYER, AT, entity, category=cyber) is after
    assert measures.disruption_after(BUYER, AT, MAGNETS, category=cyber).low.lower == 1.0


def test_what_is_not_given_says_what_to_load(measures: BuyerMeasures):
    with pytest.raises(NotGivenError) as told:
        measures.recovery(BUYER, AT)
    assert "load" in told.value.fix


def test_who_is_not_there_is_told(measures: BuyerMeasures):
    nobody = EntityId("org:nobody")
    for ask in (
        lambda: measures.disruption(nobody, AT),
        lambda: measures.disruption_after(BUYER, AT, nobody),
        lambda: measures.losses(nobody, AT),
        lambda: measures.loss(BUYER, AT, nobody),
        lambda: measures.systemic(nobody, AT),
        lambda: measures.systemic(BUYER, AT, only=nobody),
        lambda: measures.recovery(nobody, AT),
        lambda: measures.inoperability(nobody, AT),
        lambda: measures.inoperability(BUYER, AT, stopped=nobody),
    ):
        with pytest.raises(NotFoundError) as told:
            ask()
        assert told.value.fix
    with pytest.raises(InputError):
        measures.inoperability(BUYER, AT, terms=InoperabilityTerms(days=-1.0))
