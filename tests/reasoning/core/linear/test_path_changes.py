import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear import path_changes
from reasoning.core.linear.leontief import ALPHA
from reasoning.core.linear.path_changes import WalkChange, WalkChanges
from reasoning.core.linear.paths import heaviest
from tests.reasoning.networks import build, edges

Both = tuple[tuple[Network, Floats], tuple[Network, Floats]]


@st.composite
def pairs(draw: st.DrawFn) -> Both:
    """Two networks over the same firms: some links change weight, some close, some open."""
    size, rows = draw(edges(acyclic=True))
    kept = [row for row in rows if draw(st.booleans())]
    anew = [(one, two, weight * draw(st.sampled_from([1.0, 1.0, 3.0]))) for one, two, weight in kept]
    some = [(one, two, 1.0) for one in range(size) for two in range(one + 1, size)]
    kept_ends = {row[:2] for row in anew}
    come = [row for row in some if row[:2] not in kept_ends and draw(st.integers(0, 9)) == 0]
    return build(size, rows), build(size, [*anew, *come])


def every_change(both: Both, supplier: int, own: tuple[float, float]) -> dict[tuple[int, ...], tuple[float, float]]:
    """Every walk to a supplier with its contribution before and after, by enumeration in both networks."""
    found: dict[tuple[int, ...], list[float]] = {}
    for column, (net, share) in enumerate(both):
        for walk in heaviest(net, share, 0, [10**6] * net.size):
            if walk.nodes[-1] == supplier and len(walk.nodes) > 1:
                found.setdefault(walk.nodes, [0.0, 0.0])[column] = walk.weight * own[column]
    return {nodes: (one, two) for nodes, (one, two) in found.items()}


def of(both: Both) -> WalkChanges:
    return WalkChanges(*both)


@settings(max_examples=150, deadline=None)
@given(pairs(), st.data())
def test_the_greatest_changes_are_those_of_all_walks(both: Both, data: st.DataObject):
    size = both[0][0].size
    supplier, count = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, 4))
    own = data.draw(st.sampled_from([(0.5, 0.5), (0.2, 0.9), (0.0, 1.0), (0.0, 0.0)]))
    expected = every_change(both, supplier, own)
    found = of(both).greatest(0, supplier, own, count)
    sizes = sorted((abs(two - one) for one, two in expected.values()), reverse=True)
    moved = [size for size in sizes if size > 1e-15]
    assert [walk.size for walk in found if walk.size > 1e-15] == pytest.approx(moved[:count], abs=1e-15)
    for walk in found:
        assert (walk.before, walk.after) == pytest.approx(expected[walk.nodes], abs=1e-15)
    assert [walk.size for walk in found] == sorted((walk.size for walk in found), reverse=True)


def test_a_link_that_goes_by_hand():
    # 0 buys from 1 and 2 alike, both buy from 3 alone; the link from 2 goes, so all comes by 1.
    before = build(4, [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0), (2, 3, 1.0)])
    after = build(4, [(0, 1, 1.0), (1, 3, 1.0), (2, 3, 1.0)])
    found = of((before, after)).greatest(0, 3, (0.4, 0.4), 3)
    whole = (1 - ALPHA) * ALPHA**2 * 0.4
    assert {walk.nodes for walk in found} == {(0, 1, 3), (0, 2, 3)}
    by = {walk.nodes: (walk.before, walk.after) for walk in found}
    assert by[0, 1, 3] == pytest.approx((whole / 2, whole))
    assert by[0, 2, 3] == pytest.approx((whole / 2, 0.0))


def test_where_only_the_own_risk_changes_all_walks_do():
    net = build(3, [(0, 1, 3.0), (0, 2, 1.0), (1, 2, 1.0)])
    assert of((net, net)).greatest(0, 2, (0.5, 0.5), 3) == []
    found = of((net, net)).greatest(0, 2, (0.0, 1.0), 3)
    assert [walk.nodes for walk in found] == [(0, 1, 2), (0, 2)]
    assert [walk.after for walk in found] == pytest.approx([0.15 * 0.85**2 * 0.75, 0.15 * 0.85 * 0.25])
    assert of((net, net)).greatest(0, 2, (0.0, 1.0), 1) == found[:1]


def test_walks_round_a_cycle_end_when_none_can_change_by_more():
    before = build(3, [(0, 1, 1.0), (1, 2, 1.0), (2, 1, 1.0)])
    after = build(3, [(0, 1, 1.0), (1, 2, 1.0), (1, 0, 1.0), (2, 1, 1.0)])
    found = of((before, after)).greatest(0, 2, (1.0, 1.0), 2)
    assert [walk.nodes for walk in found] == [(0, 1, 2, 1, 2), (0, 1, 2)]  # to a quarter of a little less than to half
    once, twice = (1 - ALPHA) * ALPHA**2, (1 - ALPHA) * ALPHA**4
    assert (found[0].before, found[0].after) == pytest.approx((twice, twice / 4))
    assert (found[1].before, found[1].after) == pytest.approx((once, once / 2))


def test_a_search_without_end_is_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(path_changes, "_MOST_STEPS", 2)
    both = build(3, [(0, 1, 1.0), (1, 2, 1.0)]), build(3, [(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)])
    assert len(of(both).greatest(0, 2, (1.0, 1.0), 3)) <= 1


def test_few_of_many_walks_are_expanded():
    # Twelve tiers of four firms, each buying from all of the next: 4^11 walks to any of the last.
    tiers, wide = 12, 4
    rows = [(0, 1 + first, 1.0) for first in range(wide)]
    for tier in range(tiers - 1):
        low, high = 1 + tier * wide, 1 + (tier + 1) * wide
        rows += [(low + one, high + two, 1.0 + one + two) for one in range(wide) for two in range(wide)]
    size = 1 + tiers * wide
    before, after = build(size, rows), build(size, [(0, 1, 9.0), *rows[1:]])
    found = of((before, after)).greatest(0, size - 1, (1.0, 1.0), 3)
    assert len(found) == 3
    assert all(walk.nodes[1] == 1 for walk in found)  # the first supplier's share grows most
    assert math.isclose(found[0].size, max(walk.size for walk in found))
    assert isinstance(found[0], WalkChange)
