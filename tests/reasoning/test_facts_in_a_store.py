"""Facts read from a store are those of the claims that were written to it, at every instant."""

from pathlib import Path

import pytest

from ontology.records import At, Batch
from reasoning.network.facts import Facts
from tests.reasoning.stores import fill, new_store
from tests.reasoning.world import AT, RECORDED, World

LATER = "2026-03-01T00:00:00.000000Z"
PREDICATES = ("SUPPLIES", "NAMED", "HEADCOUNT", "IN_COUNTRY", "LIKELIHOOD", "MITIGATES")


def rich() -> World:
    """Claims of several kinds, sources, bases and validities, with qualifiers of every type, and a merge."""
    world = World()
    world.say("org:b", "SUPPLIES", "org:a", product="prd:x", annualSpend=12.5, essential=True, leadTimeDays=30)
    world.say("org:c", "SUPPLIES", "org:a", basis="inferred", confidence=0.4, source="model")
    world.say("org:c", "SUPPLIES", "org:b", valid=("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))
    world.say("org:b", "SUPPLIES", "org:c", valid=("2026-06-01T00:00:00Z", None))
    world.say("org:b", "NAMED", "Bé GmbH", kind="primary", language="de")
    world.say("org:c", "NAMED", "B Ltd", kind="alias")
    world.say("org:a", "HEADCOUNT", 40)
    world.say("org:a", "IN_COUNTRY", "reg:iso3166-DE", basis="confirmed")
    world.say("rsk:1", "LIKELIHOOD", 0.25)
    world.say("clt:tierscope-audit-rights", "MITIGATES", "rct:tierscope-cyber", effect=0.5, threshold=0.25)
    world.judge("org:b", "org:c")
    return world


@pytest.mark.parametrize(
    "at",
    [AT, At(), At("2020-06-01T00:00:00Z"), At(AT.as_of, RECORDED), At(AT.as_of, "2025-01-01T00:00:00.000000Z")],
    ids=["now", "of any validity", "in the past", "as recorded then", "before anything was recorded"],
)
def test_a_store_and_a_list_give_the_same_facts(tmp_path: Path, at: At):
    world = rich()
    store = new_store(tmp_path)
    fill(store, world)
    read, listed = Facts(store, at), world.facts(at)
    for predicate in PREDICATES:
        assert read[predicate] == listed[predicate]
    for entity in ("org:a", "org:b", "org:c"):
        assert read.of(entity) == listed.of(entity)
        assert read.name(entity) == listed.name(entity)
    store.close()


def test_what_was_withdrawn_is_gone_now_and_there_before(tmp_path: Path):
    world = rich()
    store = new_store(tmp_path)
    fill(store, world)
    gone = world.claims[0].claim
    store.apply(Batch(at=LATER, gone=((gone.source, gone.record),)))
    now, before = Facts(store, AT), Facts(store, At(AT.as_of, RECORDED))
    assert gone.id not in {fact.claim for fact in now["SUPPLIES"]}
    assert gone.id in {fact.claim for fact in before["SUPPLIES"]}
    store.close()


def test_a_withdrawn_merge_gives_back_two_firms_and_the_past_keeps_one(tmp_path: Path):
    world = rich()
    store = new_store(tmp_path)
    fill(store, world)
    store.apply(Batch(at=LATER, withdrawn=(world.judgements[0].judgement.id,)))
    assert Facts(store, AT).of("org:c") == "org:c"
    assert Facts(store, At(AT.as_of, RECORDED)).of("org:c") == "org:b"
    store.close()
