from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from ontology.records import EntityId
from reasoning.clauses.embedding import Matrix
from reasoning.clauses.library import BY_EMBEDDINGS, BY_WORDS, ClauseLibrary, described
from tests.reasoning.world import World

BUYER, AUDIT = EntityId("org:buyer"), EntityId("clt:tierscope-audit-rights")


def clause(world: World, name: str, text: str, *, clause_type: str = AUDIT, confidence: float = 1.0) -> str:
    world.say(f"cls:{name}", "OF_TYPE", clause_type, confidence=confidence)
    world.say(f"cls:{name}", "TEXT", text)
    return f"cls:{name}"


def best(world: World, *queries: str) -> str | None:
    found = ClauseLibrary(world.facts(), BUYER, None).best(AUDIT, queries or ("audit",))
    return None if found is None else found.clause


def test_the_clause_whose_words_fit_best_is_found():
    world = World()
    clause(world, "1", "Goods are delivered in time.")
    clause(world, "2", "The buyer may audit records.")
    assert best(world, "right to audit records") == "cls:2"


def test_the_words_are_compared_without_case_and_diacritics():
    world = World()
    clause(world, "1", "Lieferung.")
    clause(world, "2", "ÄUDIT")
    assert best(world, "audit") == "cls:2"


def test_several_queries_are_fused():
    world = World()
    clause(world, "1", "audit audit audit")
    clause(world, "2", "audit of records and systems")
    assert best(world, "audit", "records", "systems") == "cls:2"


def test_only_clauses_of_the_type_or_a_narrower_one_are_found():
    world = World()
    clause(world, "1", "audit", clause_type="clt:tierscope-other")
    assert best(world) is None
    narrow = clause(world, "2", "audit", clause_type="clt:tierscope-esg-audit")
    broader = world.say("clt:tierscope-esg-audit", "BROADER", AUDIT)
    found = ClauseLibrary(world.facts(), BUYER, None).best(AUDIT, ("audit",))
    assert found is not None
    assert found.clause == narrow
    assert [fact.claim for fact in found.typed][1:] == [broader]


def test_types_that_are_broader_in_a_circle_are_walked_once():
    world = World()
    world.say("clt:tierscope-x", "BROADER", AUDIT)
    world.say(AUDIT, "BROADER", "clt:tierscope-x")
    clause(world, "1", "audit", clause_type="clt:tierscope-x")
    assert best(world) == "cls:1"


def test_a_typed_clause_without_text_and_a_text_without_type_are_not_found():
    world = World()
    world.say("cls:1", "OF_TYPE", AUDIT)
    world.say("cls:2", "TEXT", "audit")
    assert best(world) is None


def test_ties_fall_to_the_surer_type_then_to_the_smaller_id():
    world = World()
    clause(world, "c", "audit")
    clause(world, "b", "audit")
    assert best(world) == "cls:b"
    assert best(world, "nothing of the kind") == "cls:b"
    world = World()
    clause(world, "b", "audit", confidence=0.6)
    clause(world, "c", "audit", confidence=0.9)
    assert best(world, "nothing of the kind") == "cls:c"


@pytest.mark.parametrize(
    ("parties", "found"), [((), True), ((BUYER, "org:a"), True), (("org:a", "org:b"), False), (("org:a",), False)]
)
def test_texts_come_from_templates_and_own_contracts_not_from_those_of_others(parties: Sequence[str], found: bool):
    world = World()
    world.say("ctv:1", "CONTAINS", clause(world, "1", "audit"))
    world.say("ctr:1", "HAS_VERSION", "ctv:1")
    for party in parties:
        world.say(party, "PARTY_TO", "ctr:1")
    assert (best(world) is not None) is found


def test_a_version_that_was_revised_is_not_drawn_on():
    world = World()
    world.say("ctv:1", "CONTAINS", clause(world, "1", "audit"))
    world.say("tpl:1", "HAS_VERSION", "ctv:1")
    world.say("ctv:2", "REVISION_OF", "ctv:1")
    assert best(world) is None
    world.say("ctv:2", "CONTAINS", "cls:1")
    assert best(world) == "cls:1"


def test_it_states_how_it_ranks():
    assert ClauseLibrary(World().facts(), BUYER, None).ranked_by == BY_WORDS
    assert ClauseLibrary(World().facts(), BUYER, Meanings({})).ranked_by == BY_EMBEDDINGS


class Meanings:
    """A fake of `TextVectors` with given vectors."""

    def __init__(self, given: dict[str, tuple[float, float]]) -> None:
        self._given = given

    def of(self, texts: Mapping[EntityId, str]) -> Matrix:
        return self.of_texts(list(texts.values()))

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        return np.array([self._given[text] for text in texts], dtype=np.float32)


def test_embeddings_find_what_words_do_not():
    world = World()
    clause(world, "1", "Goods arrive in time.")
    clause(world, "2", "The purchaser may inspect the vendor's accounts.")
    given = {"Goods arrive in time.": (1.0, 0.0), "The purchaser may inspect the vendor's accounts.": (0.1, 0.9)}
    vectors = Meanings({**given, "right to audit": (0.0, 1.0)})
    found = ClauseLibrary(world.facts(), BUYER, vectors).best(AUDIT, ("right to audit",))
    assert best(world, "right to audit") == "cls:1"
    assert found is not None
    assert found.clause == "cls:2"


def test_a_query_joins_all_values_in_order_of_preference():
    world = World()
    world.say(AUDIT, "NAMED", "Weak name", confidence=0.2)
    world.say(AUDIT, "NAMED", "Audit Rights")
    world.say(AUDIT, "DEFINITION", "The right to audit.")
    assert described(world.facts(), AUDIT, ("NAMED", "DEFINITION")) == "Audit Rights Weak name The right to audit."
    assert described(world.facts(), BUYER, ("NAMED",)) == ""
