"""The chains that M4 is measured on, the programs as a textbook has them, and the rows of the table."""

import math

import numpy as np
import pytest

from benchmarks.exposure import recovery
from benchmarks.exposure.assembly import Textbook, assembly, willems
from benchmarks.exposure.recovery import difference, drawn, losses, survivals
from reasoning.core.graph.network import Integers
from reasoning.core.recovery.network import SupplyChain
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.proof import verify
from reasoning.core.recovery.recovery import Recovery
from tests.public_data import needs_public_data
from tests.reasoning.recoveries import example, least_loss, longest, nodes


def test_the_synthetic_chain_is_the_same_each_time_and_meets_its_demand():
    one, two = assembly(200), assembly(200)
    assert all(np.array_equal(a, b) for a, b in zip(one[:4], two[:4], strict=True))
    assert not np.array_equal(one.demand, assembly(200, seed=1).demand)
    assert Recovery(one).loss(NO_NODES, 30.0) >= 0
    assert Recovery(one).survival(NO_NODES) > 0


def test_the_textbook_is_that_of_another_solver():
    for chain, stopped in (
        (example(), nodes(1)),
        (example(), nodes(3)),
        (assembly(30), nodes(25)),
        (assembly(30), NO_NODES),
    ):
        book = Textbook(chain)
        assert book.loss(stopped, 30.0) == pytest.approx(least_loss(chain, stopped, 30.0), abs=1e-6)
        assert book.survival(stopped) == pytest.approx(longest(chain, stopped))


def test_differences_are_relative_and_see_what_is_endless():
    assert difference([1.0, math.inf], [1.0, math.inf]) == 0.0
    assert difference([1.0, 2.0], [1.0, 2.02]) == pytest.approx(0.02 / 2.02)
    assert difference([1.0], [math.inf]) == math.inf or math.isnan(difference([1.0], [math.inf]))
    assert drawn(range(10), 3) == drawn(range(10), 3)
    assert sorted(drawn(range(4), 9)) == [0, 1, 2, 3]


def test_the_rows_hold_on_a_small_chain():
    chain = assembly(60)
    asked = [(nodes(node), time) for node, time in zip(range(10, 40), (7.0, 30.0) * 15, strict=True)]
    for row in (losses(chain, asked, "small", 4), survivals(chain, asked, "small", 4)):
        assert row.exact
        assert row.figures["largest difference"] <= 1e-6


def test_a_gate_breaks_where_the_answer_is_another(monkeypatch: pytest.MonkeyPatch):
    def more(_: Textbook, stopped: Integers, time: float) -> float:
        return 1.0 + time * stopped.size

    chain = assembly(60)
    asked = [(nodes(node), 30.0) for node in range(8)]
    monkeypatch.setattr(Textbook, "loss", more)
    assert not losses(chain, asked, "small", 4).exact
    monkeypatch.setattr(recovery, "verify", lambda *_: ("it does not hold",))
    assert not survivals(chain, asked, "small", 4).exact


@pytest.fixture(scope="module")
def real() -> dict[str, SupplyChain]:
    return dict(willems())


@needs_public_data
@pytest.mark.slow
def test_every_stage_of_the_small_real_chains_is_as_scipy_says(real: dict[str, SupplyChain]):
    assert len(real) == 19
    for chain in (chain for chain in real.values() if chain.stock.size < 40):
        found = Recovery(chain)
        worth = float(chain.margin @ chain.demand) * 30
        for stage in range(chain.stock.size):
            assert found.loss(nodes(stage), 30.0) == pytest.approx(
                least_loss(chain, nodes(stage), 30.0), abs=1e-8 * worth
            )
            assert found.survival(nodes(stage)) == pytest.approx(longest(chain, nodes(stage)), rel=1e-6)


@needs_public_data
@pytest.mark.slow
def test_plans_of_all_real_chains_are_proven(real: dict[str, SupplyChain]):
    for chain in real.values():
        found = Recovery(chain)
        book = Textbook(chain)
        for stage in drawn(range(chain.stock.size), 1):
            losing, lasting = found.loss_plan(nodes(stage), 30.0), found.survival_plan(nodes(stage))
            assert (verify(chain, losing), verify(chain, lasting)) == ((), ())
            assert losing.loss == pytest.approx(
                book.loss(nodes(stage), 30.0), rel=1e-6, abs=1e-9 * float(chain.margin @ chain.demand)
            )
            assert lasting.time == pytest.approx(book.survival(nodes(stage)), rel=1e-6)


@needs_public_data
def test_a_real_chain_without_stock_or_spare_survives_nothing(real: dict[str, SupplyChain]):
    chain = real["01"]
    bare = chain._replace(stock=np.zeros(chain.stock.size))
    assert [Recovery(bare).survival(nodes(stage)) for stage in range(chain.stock.size)] == [0.0] * chain.stock.size
