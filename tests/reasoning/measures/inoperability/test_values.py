"""The output of groups and the citations of flows."""

import math
from typing import Any

import pytest

from ontology.records import EntityId
from reasoning.measures.inoperability.inoperability import measure
from reasoning.measures.inoperability.values import DECLARED, Flow, outputs, rate_of
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot

A, B, C = (EntityId(f"org:{name}") for name in "abc")


def test_a_group_makes_what_it_sells_or_so_much_that_inputs_are_085_of_it():
    flows = [Flow(A, B, 85.0, ()), Flow(B, C, 40.0, ()), Flow(B, B, 10.0, ())]
    assert outputs([A, B, C], flows) == {
        A: 85.0,
        B: pytest.approx(95 / 0.85),  # it buys 95, its own 10 among them
        C: pytest.approx(40 / 0.85),
    }
    assert outputs([A], []) == {A: 0.0}


def test_flows_cite_the_claims_of_their_links():
    found: Any = measure(snapshot(diamond()), BUYER)
    assert all(flow.claims and flow.evidence for flow in found.flows)
    (magnets,) = (flow for flow in found.flows if flow.customer == "prd:engine")
    assert [link.supplier for link in magnets.links] == [firm(3)]
    assert magnets.value == 10.0


def test_a_rate_leaves_the_share_after_the_days():
    """Alone, as the differential equation has it: q(T) = q(0)·exp(−k(1 − a*)T)."""
    for days, itself in ((30.0, 0.2), (60.0, 0.0)):
        rate = rate_of(days, itself, 0.01)
        assert rate == pytest.approx(math.log(100) / (days * (1 - itself)))
        assert math.exp(-rate * (1 - itself) * days) == pytest.approx(0.01)
    assert rate_of(math.inf, 0.0, 0.01) == 0
    assert rate_of(0.5, 0.0, 0.01) == rate_of(0.0, 0.0, 0.01) == 1


def test_the_declared_terms_are_a_quarter_and_a_year():
    assert (DECLARED.days, DECLARED.left, DECLARED.horizon) == (90.0, 0.01, 365)
