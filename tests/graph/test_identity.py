"""Identity resolution against networkx's connected components."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import Identity, check
from ontology.errors import JudgementConflictError
from ontology.records import EntityId, Judgement
from tests.graph.samples import judged

PAIRS = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda pair: pair[0] != pair[1])
JUDGEMENTS = st.lists(
    st.builds(
        lambda pair, verdict: judged(f"org:{pair[0]}", f"org:{pair[1]}", verdict),
        PAIRS,
        st.sampled_from(["same", "same", "different", "unsure"]),
    ),
    max_size=12,
)


def components(judgements: list[Judgement]) -> list[set[str]]:
    graph: nx.Graph[str] = nx.Graph((each.left, each.right) for each in judgements if each.verdict == "same")
    return list(nx.connected_components(graph))


@given(JUDGEMENTS)
def test_a_entity_resolves_to_the_smallest_of_its_component(judgements: list[Judgement]) -> None:
    identity = Identity(judgements)
    for group in components(judgements):
        for entity in group:
            assert identity.of(EntityId(entity)) == min(group)
            assert identity.members(EntityId(entity)) == tuple(sorted(group))


@given(JUDGEMENTS, JUDGEMENTS)
def test_a_contradiction_is_found_where_there_is_one(standing: list[Judgement], new: list[Judgement]) -> None:
    together = [*standing, *new]
    contradicted = [
        each
        for each in together
        if each.verdict == "different" and any({each.left, each.right} <= group for group in components(together))
    ]
    if not contradicted:
        check(standing, new)
        return
    with pytest.raises(JudgementConflictError) as raised:
        check(standing, new)
    by_id = {each.id: each for each in together}
    same, different = (by_id[raised.value.details[name]] for name in ("same", "different"))  # type: ignore[index]
    assert different in contradicted
    left, right = ({same.left, same.right}, {different.left, different.right})
    assert any(left | right <= group for group in components(together))


def test_who_was_never_judged_stands_alone() -> None:
    identity = Identity([judged("org:a", "org:b", "different"), judged("org:a", "org:c", "unsure")])
    assert identity.of(EntityId("org:b")) == "org:b"
    assert identity.members(EntityId("org:z")) == ("org:z",)


def test_the_order_of_judgements_makes_no_difference() -> None:
    chain = [judged(f"org:{left}", f"org:{right}") for left, right in zip("acbd", "bdce", strict=True)]
    assert Identity(chain).members(EntityId("org:e")) == Identity(reversed(chain)).members(EntityId("org:a"))
