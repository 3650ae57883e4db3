"""Blocked parties: the cascade against a plain restatement of the rule, over any ownership."""

from hypothesis import given
from hypothesis import strategies as st

from reasoning.risk.blocked_parties import MAJORITY, blocked, proof
from tests.reasoning.world import World

NAMES = [f"org:{letter}" for letter in "abcdef"]
OWNERSHIP = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), st.sampled_from([10, 20, 25, 30, 50, 60]), max_size=12
)


def world_of(ownership: dict[tuple[str, str], int], listed: set[str]) -> World:
    world = World()
    for entity in sorted(listed):
        world.say(entity, "SANCTIONED", "OFAC SDN")
    for (owner, owned), share in ownership.items():
        world.say(owner, "OWNS", owned, percentage=share)
    return world


def by_the_rule(ownership: dict[tuple[str, str], int], listed: set[str]) -> set[str]:
    found = set(listed)
    while True:
        more = {
            owned
            for owned in NAMES
            if sum(share for (owner, of), share in ownership.items() if of == owned != owner and owner in found)
            >= MAJORITY
        }
        if more <= found:
            return found
        found |= more


@given(OWNERSHIP, st.sets(st.sampled_from(NAMES), max_size=3))
def test_it_is_the_rule(ownership: dict[tuple[str, str], int], listed: set[str]):
    facts = world_of(ownership, listed).facts()
    found = blocked(facts["SANCTIONED"], facts["OWNS"])
    assert set(found) == by_the_rule(ownership, listed)


@given(OWNERSHIP, st.sets(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_each_proof_by_itself_blocks(ownership: dict[tuple[str, str], int], listed: set[str]):
    facts = world_of(ownership, listed).facts()
    found = blocked(facts["SANCTIONED"], facts["OWNS"])
    for party in found:
        used = proof(party, found)
        assert len({fact.claim for fact in used}) == len(used)
        alone = blocked(
            [fact for fact in used if fact.predicate == "SANCTIONED"],
            [fact for fact in used if fact.predicate == "OWNS"],
        )
        assert party in alone
