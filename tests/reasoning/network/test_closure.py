"""The transitive closure, against networkx."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from reasoning.network.closure import closure

EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


def test_a_start_that_leads_nowhere_is_its_own_closure():
    assert closure("a", lambda _: ()) == {"a"}


@given(EDGES, st.integers(0, 7))
def test_it_is_the_start_and_its_descendants(edges: list[tuple[int, int]], start: int):
    graph: nx.DiGraph[int] = nx.DiGraph(edges)
    graph.add_node(start)
    assert closure(start, graph.successors) == {start} | nx.descendants(graph, start)
