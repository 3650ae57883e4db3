from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.cascade.cascade import EXACT, shock, spread
from reasoning.core.cascade.explanation import BindingChain, explain, verify
from reasoning.core.cascade.network import Supply, prepare
from tests.public_data import needs_public_data
from tests.reasoning.cascades import example, golden, random_supply, shocks, supplies

SHOCKED = supplies().flatmap(lambda found: st.tuples(st.just(found), shocks(found.size)))


def test_the_chain_of_the_published_example():
    # Firm 2 supplies 3 alone, 3 is a third of what 7 buys, and 7 half of what 11 buys (numbers of the example).
    production = prepare(example())
    chain = explain(production, shock(1), 10)
    assert chain.firms == (1, 2, 6, 10)
    assert [hop.loss for hop in chain.hops] == pytest.approx([1.0, 1 / 3, 1 / 6])
    assert [hop.step for hop in chain.hops] == [1, 2, 3]
    assert chain.loss == chain.hops[-1].loss
    assert verify(production, shock(1), chain)


def test_the_binding_input_is_named_and_the_greatest_contribution_comes_first():
    # 3 buys from 0 and 1 (both of essential sector 0, a quarter and three quarters) and from 2 (non-essential).
    links = Supply(
        np.array([0, 1, 2]),
        np.full(3, 3),
        np.array([1.0, 3.0, 4.0]),
        np.array([0, 0, 1, 2]),
        np.repeat(np.array([[2], [1], [1]], np.int8), 3, axis=1),
        np.arange(4),
    )
    production = prepare(links)
    (hop,) = explain(production, shock([0, 1, 2], [1.0, 0.5, 0.5]), 3).hops
    assert (hop.sector, hop.loss) == (0, 0.625)
    assert [(each.supplier, each.part, each.share, each.loss) for each in hop.contributions] == [
        (1, 0.75, 1.0, 0.5),
        (0, 0.25, 1.0, 1.0),
    ]
    (other,) = explain(production, shock(2), 3).hops
    assert (other.sector, other.loss) == (-1, 0.5)


def test_a_firm_that_loses_nothing_or_only_by_its_own_shock_has_no_hops():
    production = prepare(example())
    for chain, loss in ((explain(production, shock(10), 0), 0.0), (explain(production, shock(10, 0.5), 10), 0.5)):
        assert (chain.hops, chain.loss, chain.firms) == ((), loss, (chain.focal,))
    assert verify(production, shock(10), explain(production, shock(10), 0))


@settings(deadline=None)
@given(SHOCKED)
def test_every_chain_leads_from_a_shocked_firm_and_verifies(case: tuple[Supply, dict[int, float]]):
    found, hit = case
    production, scenario = prepare(found), shock(list(hit), list(hit.values()))
    whole = spread(production, scenario)
    for focal in range(found.size):
        chain = explain(production, scenario, focal)
        assert chain.loss == whole.downstream_of(focal)
        assert chain.source in hit or chain.loss == 0
        assert verify(production, scenario, chain)


def test_chains_through_a_larger_network_verify():
    production = prepare(random_supply(300, 1200, 20, 4))
    scenario = shock([3, 70])
    longest = 0
    for focal in range(0, 300, 7):
        chain = explain(production, scenario, focal)
        assert verify(production, scenario, chain)
        longest = max(longest, len(chain.hops))
    assert longest >= 3


@pytest.mark.parametrize(
    "change",
    [
        lambda chain: replace(chain, loss=chain.loss + 1e-6),
        lambda chain: replace(chain, source=5),
        lambda chain: replace(chain, focal=6),
        lambda chain: replace(chain, hops=chain.hops[1:]),
        lambda chain: replace(chain, hops=chain.hops[:-1]),
        lambda chain: with_first(chain, part=0.6),
        lambda chain: with_first(chain, share=0.5),
        lambda chain: with_first(chain, loss=0.5),
        lambda chain: with_first(chain, supplier=7),
    ],
    ids=["loss", "source", "focal", "begin", "end", "part", "share", "supplier loss", "supplier"],
)
def test_a_forged_chain_does_not_verify(change):
    production = prepare(example())
    assert not verify(production, shock(1), change(explain(production, shock(1), 10)))


def test_the_chain_of_another_shock_or_network_does_not_verify():
    production = prepare(example())
    chain = explain(production, shock(1), 10)
    assert not verify(production, shock(1, 0.5), chain)
    found = example()
    other = prepare(replace(found, value=np.where(found.supplier == 2, 2.0, found.value)))
    assert not verify(other, shock(1), chain)


def test_an_inexact_or_endless_cascade_is_not_explained():
    production = prepare(example())
    with pytest.raises(ValueError, match="δ"):
        explain(production, shock(1), 10, rule=EXACT._replace(delta=1e-6))
    with pytest.raises(ArithmeticError, match="did not end"):
        explain(production, shock(1), 10, rule=EXACT._replace(steps=1))


@needs_public_data
@pytest.mark.parametrize("name", ["ihs", "legacy", "linear"])
def test_chains_of_the_public_network_verify(name: str):
    production = prepare(golden(name)[0])  # type: ignore[arg-type]
    for firm, focal in ((20, 400), (39, 7), (900, 33)):
        chain = explain(production, shock(firm), focal)
        assert verify(production, shock(firm), chain)
        assert chain.source == firm or chain.loss == 0


def with_first(chain: BindingChain, **changed: float) -> BindingChain:
    """The chain with another figure in the greatest contribution of its last hop."""
    hop = chain.hops[-1]
    first = replace(hop.contributions[0], **changed)  # type: ignore[arg-type]
    return replace(chain, hops=(*chain.hops[:-1], replace(hop, contributions=(first, *hop.contributions[1:]))))
