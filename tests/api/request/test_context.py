"""Sessions and views: two times, a buyer, and who is whom."""

from pathlib import Path
from typing import Any

import pytest
import strawberry

from api.request.context import RequestContext
from api.request.limits import Limits
from api.request.scope import Instant, ReadScope
from graph.connect import create
from graph.port import ClaimQuery, GraphStore
from ontology.errors import InputError, QueryError, QueryTooCostlyError
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, Batch, EntityId, make_judgement
from tests.api.counting import CountingStore
from tests.api.small_world import BUYER, RECORDED, make_desk, unhurried

HOUR = "2026-03-01T12:00:00Z"


def scope(as_of: str | None, known_at: str | None = None) -> ReadScope:
    return ReadScope(as_of=_instant(as_of), known_at=_instant(known_at))


def _instant(text: str | None) -> Instant | None:
    return None if text is None else Instant(text)


def session(store: GraphStore, **settings: Any) -> RequestContext:
    return make_desk(store, **settings).session(unhurried())


def test_by_default_it_is_this_hour_and_the_latest(small_store: GraphStore):
    assert session(small_store).view().at == At(HOUR, RECORDED)


@pytest.mark.parametrize(
    ("as_of", "known_at", "at"),
    [
        ("2025-01-01", None, At("2025-01-01T00:00:00Z", RECORDED)),
        ("2025-01-01T10:00:00+02:00", None, At("2025-01-01T08:00:00Z", RECORDED)),
        (None, "2020-01-01", At(HOUR, "2020-01-01T00:00:00.000000Z")),
        (None, "2030-01-01", At(HOUR, RECORDED)),
        (None, RECORDED, At(HOUR, RECORDED)),
    ],
)
def test_times_are_read_and_bounded_by_what_is_recorded(
    small_store: GraphStore, as_of: str | None, known_at: str | None, at: At
):
    assert session(small_store).view(scope(as_of, known_at)).at == at


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "2026-02-30", "", " "])
def test_what_is_no_time_is_refused(small_store: GraphStore, text: str):
    if text:
        with pytest.raises(InputError):
            session(small_store).view(scope(text))
        with pytest.raises(InputError):
            session(small_store).view(scope(None, text))
    else:
        assert session(small_store).view(scope(text)).at.as_of == HOUR


def test_an_empty_store_has_no_last_instant(tmp_path: Path):
    store = create(f"sqlite:///{tmp_path / 'empty.db'}", vocabulary=VOCABULARY)
    assert session(store).view().at == At(HOUR, None)
    store.close()


def test_views_are_opened_once(small_store: GraphStore):
    counting = CountingStore(small_store)
    opened = session(counting)
    assert opened.view() is opened.view() is opened.view(scope(HOUR))
    assert opened.view(ReadScope(buyer=strawberry.ID("org:t-one"))) is not opened.view()
    assert counting.calls == {"status": 1, "judgements": 2}


def test_a_new_revision_is_seen_afresh_only(own_store: GraphStore):
    opened = session(own_store)
    assert opened.view().absorbed == frozenset()
    judged = make_judgement((EntityId("org:t-one"), EntityId("org:t-two")), "same", by="t", why="t", features={})
    own_store.apply(Batch(at="2026-04-01T00:00:00.000000Z", judgements=(judged,)))
    assert opened.view().absorbed == frozenset()
    again = opened.afresh().view()
    assert again.absorbed == {"org:t-two"}
    assert again.identity.of(EntityId("org:t-two")) == "org:t-one"
    assert again.members([EntityId("org:t-one")]) == ["org:t-one", "org:t-two"]
    assert again.apart().members([EntityId("org:t-one")]) == ["org:t-one"]


def test_the_buyer_is_the_named_one_or_the_services(small_store: GraphStore):
    assert session(small_store).view().required_buyer() == BUYER
    assert session(small_store).view(ReadScope(buyer=strawberry.ID("org:t-one"))).required_buyer() == "org:t-one"
    with pytest.raises(QueryError) as caught:
        session(small_store, buyer=None).view().required_buyer()
    assert caught.value.fix


def test_a_cursor_brings_its_times(small_store: GraphStore):
    cursor = f"org:t-one|2025-01-01T00:00:00Z|{RECORDED}|00000000"
    assert session(small_store).view(after=cursor).at == At("2025-01-01T00:00:00Z", RECORDED)
    assert session(small_store).view(scope("2025-01-01"), after=cursor).at.as_of == "2025-01-01T00:00:00Z"
    with pytest.raises(QueryError, match="another time"):
        session(small_store).view(scope("2025-01-02"), after=cursor)
    with pytest.raises(QueryError, match="another time"):
        session(small_store).view(scope(None, "2020-01-01"), after=cursor)


def test_too_many_claims_are_refused_and_few_are_read(small_store: GraphStore):
    view = session(small_store, limits=Limits(claims=5)).view()
    with pytest.raises(QueryTooCostlyError) as caught:
        view.claims(ClaimQuery(predicates=["NAMED"]))
    assert caught.value.fix
    assert len(view.claims(ClaimQuery(predicates=["NAMED"], limit=3))) == 3
