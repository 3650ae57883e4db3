"""Search of entities by words, also hostile ones: no engine's query syntax is ever reached."""

import pytest

from graph.port import EntityQuery, GraphStore
from ontology.records import EntityId
from tests.claims import Said
from tests.graph.samples import batch, claim_of, entry, named, supplies

HOSTILE = [
    "OR",
    "AND NOT",
    'say "yes',
    "(open",
    "star*",
    "back\\slash",
    "`tick` }) DETACH DELETE n //",
    "'; DROP TABLE word; --",
    "field:value~2^3",
    "[a TO z]",
    "100%_",
    "$param {x}",
    "né\u0301 Ångström",
    "ﬁnance ²",
    "Ⅻ İstanbul",
    "中文 公司",
    "emoji 🍫 bar",
    "a\u0000b",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_found_by_itself_only(store: GraphStore, text: str) -> None:
    hostile, plain = (
        claim_of(named("org:hostile", f"Acme {text}"), "r1"),
        claim_of(named("org:plain", "Acme Plain"), "r2"),
    )
    store.apply(batch(entry(hostile), entry(plain)))
    assert [entity.id for entity in store.entities(EntityQuery(words=[text]))] == ["org:hostile"]
    assert [entity.id for entity in store.entities(EntityQuery(words=["acme", text]))] == ["org:hostile"]
    assert [entity.id for entity in store.entities(EntityQuery(words=["ACME"]))] == ["org:hostile", "org:plain"]


@pytest.mark.parametrize("text", ["", " ", '"', "*", "()", "\\", "--", "`", "\u0301", "🍫"])
def test_text_without_words_finds_nothing(store: GraphStore, text: str) -> None:
    store.apply(batch(entry(claim_of(named("org:a", f"Acme {text}")))))
    assert store.entities(EntityQuery(words=[text])) == []
    assert [entity.id for entity in store.entities(EntityQuery(words=["acme", text]))] == ["org:a"]


@pytest.mark.parametrize("text", ["alph", "alphaworks", "lpha", "alpha*", "alp ha"])
def test_part_of_a_word_is_no_word(store: GraphStore, text: str) -> None:
    store.apply(batch(entry(claim_of(named("org:a", "Alpha Works")))))
    found = store.entities(EntityQuery(words=[text]))
    assert [entity.id for entity in found] == (["org:a"] if text == "alpha*" else [])


def test_all_words_must_be_there_in_whichever_claim(store: GraphStore) -> None:
    remark = Said(EntityId("org:a"), "REMARK", value="makes gears")
    store.apply(
        batch(
            entry(claim_of(named("org:a", "Alpha Works")), claim_of(remark)),
            entry(claim_of(named("org:b", "Alpha"), "r2")),
        )
    )
    assert [entity.id for entity in store.entities(EntityQuery(words=["works", "alpha"]))] == ["org:a"]
    assert [entity.id for entity in store.entities(EntityQuery(words=["gears alpha"]))] == ["org:a"]
    assert store.entities(EntityQuery(words=["alpha", "beta"])) == []


def test_only_searchable_values_are_looked_up(store: GraphStore) -> None:
    code = Said(EntityId("org:a"), "CODE", value="hidden")
    store.apply(batch(entry(claim_of(code), claim_of(supplies("org:a", "org:b", product="hidden")))))
    assert store.entities(EntityQuery(words=["hidden"])) == []


def test_words_page_by_id(store: GraphStore) -> None:
    entries = [entry(claim_of(named(f"org:{row}", f"Firm {row}"), f"r{row}")) for row in range(5)]
    store.apply(batch(*entries))
    first = store.entities(EntityQuery(words=["firm"], limit=2))
    rest = store.entities(EntityQuery(words=["firm"], after=first[-1].id, kinds=["Organization"]))
    assert [entity.id for entity in [*first, *rest]] == [f"org:{row}" for row in range(5)]
    assert store.entities(EntityQuery(words=["firm"], kinds=["Person"])) == []
