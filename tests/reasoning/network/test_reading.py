"""The instants of a reading: what is recorded after it began does not show."""

import pytest

from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At
from reasoning.network.reading import fixed
from tests.fakes import FakeStore
from tests.reasoning.stores import fill
from tests.reasoning.world import AT, RECORDED, World


@pytest.mark.parametrize(("known_at", "expected"), [(None, RECORDED), ("2026-01-02T00:00:00.000000Z",) * 2])
def test_the_latest_record_instant_stands_in_for_none(known_at: str | None, expected: str):
    store = FakeStore(VOCABULARY)
    world = World()
    world.say("org:a", "SUPPLIES", "org:b")
    fill(store, world)
    status, at = fixed(store, At(AT.as_of, known_at))
    assert status.revision == 1
    assert at == At(AT.as_of, expected)


def test_an_empty_store_has_no_record_instant():
    assert fixed(FakeStore(VOCABULARY), AT)[1] == At(AT.as_of, None)
