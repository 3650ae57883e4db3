"""The program of M4: what it leaves out, its scaling, and its rows by hand."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.recovery.network import Shared, SupplyChain, form, part, units
from reasoning.core.recovery.program import RecoveryProgram
from reasoning.core.recovery.recovery import Recovery
from tests.reasoning.recoveries import bill, chains, example, nodes


def test_units_are_what_the_customer_looked_at_first_takes():
    # 5 of product 2 take 1 of node 1 each; 2 of product 0, less needed and looked at later, take 6 each.
    chain = SupplyChain(
        stock=np.zeros(4),
        demand=np.array([2.0, 0.0, 5.0, 0.0]),
        margin=np.ones(4),
        capacity=np.ones(4),
        bill=bill([(0, 6.0), (2, 1.0)], [(1, 0), (1, 1)]),
    )
    assert units(chain).tolist() == [2.0, 5.0, 5.0, 0.0]


def test_units_of_a_cycle_end():
    chain = example()._replace(bill=bill([(0, 2.0), (1, 3.0)], [(1, 0), (0, 1)]))
    assert units(chain).tolist() == [10.0, 20.0, 0.0, 0.0]


def test_nodes_without_a_demand_downstream_are_left_out():
    chain = SupplyChain(
        stock=np.arange(5.0),
        demand=np.array([0.0, 1.0, 0.0, 0.0, 0.0]),
        margin=np.ones(5),
        capacity=np.full(5, 9.0),
        bill=bill([(1, 2.0), (0, 1.0), (1, 0.0)], [(3, 0), (1, 1), (4, 2)]),
        shared=Shared(np.array([7.0]), nodes(0, 0), nodes(0, 3), np.array([1.0, 2.0])),
    )
    found = part(chain)
    assert (found.nodes.tolist(), found.materials.tolist(), found.arcs.tolist()) == ([1, 3], [0], [0])
    inside = found.chain
    assert inside.stock.tolist() == [1.0, 3.0]
    assert (inside.bill.maker.tolist(), inside.bill.supplier.tolist()) == ([0], [1])
    assert (inside.shared.node.tolist(), inside.shared.use.tolist()) == ([1], [2.0])


def test_rows_and_columns_by_hand():
    found = form(part(example()).chain)
    # what four nodes make, three arcs, one demand, three stocks; two materials and four balances
    assert found.matrix.shape == (6, 4 + 3 + 1 + 3)
    assert found.unit.tolist() == [10.0, 10.0, 10.0, 20.0]
    assert found.made.tolist() == [1.2, 0.8, 0.6, 1.2]
    assert (found.lost.tolist(), found.cost.tolist(), found.worth) == ([1.0], [1.0], 1000.0)
    assert (found.time, found.lasting.tolist()) == (2.0, [1.0, 1.5, 1.0])
    assert set(np.abs(found.matrix.toarray()).ravel().tolist()) == {0.0, 1.0}


@settings(deadline=None, max_examples=40)
@given(chains())
def test_the_program_has_no_units(chain: SupplyChain):
    inside = part(chain).chain
    found = form(inside)
    other = form(inside._replace(demand=inside.demand * 8, stock=inside.stock * 8, capacity=inside.capacity * 8))
    if not inside.shared.limit.size:
        assert np.allclose(found.matrix.toarray(), other.matrix.toarray())
        assert np.allclose(found.made, other.made)
        assert math.isclose(found.time, other.time)


def test_plans_that_are_best_undisrupted_answer_without_solving():
    found = form(part(example()).chain)
    program = RecoveryProgram(found, found.cost)
    program.begin(0.0)
    assert program.undisrupted == 0.0
    first = program.loss(nodes(1))
    assert first > 0
    solved = 0
    for node in range(4):
        if program.loss(nodes(node)) == program.undisrupted:
            solved += 1
    assert solved == 0  # each of the four is needed for ever
    program.begin(100.0)
    assert [program.loss(nodes(node)) for node in range(4)] == [0.0] * 4


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_the_same_query_has_the_same_result(data: st.DataObject):
    chain = data.draw(chains())
    found = Recovery(chain)
    for stopped in (nodes(*range(size)) for size in range(chain.stock.size + 1)):
        assert found.loss(stopped, 2.0) == found.loss(stopped, 2.0)
        assert found.survival(stopped) == found.survival(stopped)
