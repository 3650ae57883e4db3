import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear import push
from reasoning.core.linear.leontief import ALPHA, exposure
from reasoning.core.linear.push import MOST_LEFT, Standing
from reasoning.core.linear.push_kernel import FIRM, _add, _drop, _next, waiting
from tests.reasoning.networks import Edge, build, edges

NEAR = 1e-6
RISK = st.floats(0, 1)
WEIGHT = st.floats(0.01, 1000)
Links = dict[tuple[int, int], tuple[float, float]]


def anew(size: int, links: Links, risk: Floats) -> Floats:
    """Every score computed from scratch."""
    net, _ = build(size, [(*ends, weight) for ends, (weight, _) in links.items()])
    rows = [links[ends] for ends in zip(net.customer.tolist(), net.supplier.tolist(), strict=True)]
    weight, counted = (np.array([row[column] for row in rows]) for column in (0, 1))
    whole = np.bincount(net.customer, weight, minlength=size)[net.customer] if rows else weight
    share = np.divide(counted, whole, out=np.zeros(weight.size), where=whole > 0)
    return exposure(net, share, risk[:, None])[:, 0]


def standing(size: int, links: Links, risk: Floats) -> Standing:
    net, _ = build(size, [(*ends, weight) for ends, (weight, _) in links.items()])
    rows = [links[ends] for ends in zip(net.customer.tolist(), net.supplier.tolist(), strict=True)]
    weight, counted = (np.array([row[column] for row in rows]) for column in (0, 1))
    return Standing(net, weight, risk, counted=counted)


def chain() -> tuple[Network, Floats]:
    """0 buys from 1, which buys from 2."""
    net, _ = build(3, [(0, 1, 5.0), (1, 2, 7.0)])
    return net, np.array([5.0, 7.0])


def test_a_chain_by_hand():
    net, weight = chain()
    known = Standing(net, weight, np.array([0.0, 0.0, 0.0]))
    found = known.set_risk(2, 0.4)
    assert found.firms.tolist() == [2, 1, 0]
    assert found.before.tolist() == [0.0, 0.0, 0.0]
    assert found.after == pytest.approx([0.15 * 0.4, 0.15 * 0.85 * 0.4, 0.15 * 0.85**2 * 0.4], abs=1e-15)
    assert found.edges == 2
    assert known.scores[::-1].tolist() == found.after.tolist()


def test_another_supplier_changes_the_shares_of_the_first():
    net, weight = chain()
    known = Standing(net, weight, np.array([0.0, 1.0, 0.0]))
    assert known.scores[0] == pytest.approx(0.15 * 0.85)
    change = known.set_link(0, 2, 15.0)
    assert known.scores[0] == pytest.approx(0.15 * 0.85 * 5 / 20)
    assert (change.firms.tolist(), change.before.tolist()) == ([0], [pytest.approx(0.15 * 0.85)])
    known.set_link(0, 2, 15.0, counted=0.0)  # it counts no more, but is still part of the whole
    assert known.scores[0] == pytest.approx(0.15 * 0.85 * 5 / 20)
    known.close_link(0, 2)
    assert known.scores[0] == pytest.approx(0.15 * 0.85)
    known.close_link(0, 1)
    assert known.scores.tolist() == pytest.approx([0.0, 0.15, 0.0], abs=1e-15)
    assert known.faults() == ()


def test_a_firm_of_its_own_and_links_without_weight():
    alone, _ = build(1, [])
    known = Standing(alone, np.zeros(0), np.array([1.0]))
    assert known.scores.tolist() == pytest.approx([0.15])
    assert known.set_risk(0, 0.0).after.tolist() == pytest.approx([0.0])
    net, _ = build(2, [(0, 1, 1.0)])
    empty = Standing(net, np.zeros(1), np.array([0.5, 0.5]))
    assert empty.scores == pytest.approx([0.075, 0.075])
    empty.set_link(0, 1, 3.0)
    assert empty.scores[0] == pytest.approx(0.075 * 1.85)


def test_what_is_too_small_waits_until_it_is_enough():
    net, weight = chain()
    known = Standing(net, weight, np.zeros(3))
    step = MOST_LEFT / (1 - ALPHA) * 0.4
    assert [known.set_risk(2, step * times).firms.size for times in (1, 2)] == [0, 0]
    assert known.set_risk(2, step * 3).firms.tolist() == [2, 1]
    assert known.scores[2] == pytest.approx((1 - ALPHA) * step * 3)
    assert known.faults() == ()


@settings(max_examples=150, deadline=None)
@given(edges(), st.data())
def test_any_sequence_of_changes_gives_what_computing_anew_gives(sized: tuple[int, list[Edge]], data: st.DataObject):
    size, rows = sized
    links: Links = {(one, two): (weight, weight * data.draw(RISK)) for one, two, weight in rows}
    risk = np.array(data.draw(st.lists(RISK, min_size=size, max_size=size)))
    known = standing(size, links, risk)
    for _ in range(data.draw(st.integers(1, 12))):
        before = known.scores
        pairs = [(one, two) for one in range(size) for two in range(size) if one != two]
        what = data.draw(st.sampled_from(["risk", *(["link"] if pairs else []), *(["close"] if links else [])]))
        if what == "risk":
            firm, value = data.draw(st.integers(0, size - 1)), data.draw(RISK)
            risk[firm] = value
            change = known.set_risk(firm, value)
        elif what == "link":
            ends, weight = data.draw(st.sampled_from(pairs)), data.draw(WEIGHT)
            links[ends] = (weight, weight * data.draw(RISK))
            change = known.set_link(*ends, weight, counted=links[ends][1])
        else:
            ends = data.draw(st.sampled_from(sorted(links)))
            del links[ends]
            change = known.close_link(*ends)
        assert np.abs(known.scores - anew(size, links, risk)).max() <= NEAR
        after = before.copy()
        after[change.firms] = change.after
        assert before[change.firms].tolist() == change.before.tolist()
        assert known.scores.tolist() == after.tolist()
        assert known.faults() == ()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_hundreds_of_changes_of_a_larger_network_do_not_drift(seed: int):
    random = np.random.default_rng(seed)
    size = 60
    pairs = {(int(one), int(two)) for one, two in random.integers(0, size, (200, 2)) if one != two}
    links: Links = {
        ends: (float(weight := random.lognormal()), float(weight * random.random())) for ends in sorted(pairs)
    }
    risk = random.random(size)
    known = standing(size, links, risk)
    for _ in range(300):
        kind, (one, two) = random.integers(3), random.integers(0, size, 2).tolist()
        if kind == 0:
            risk[one] = random.random()
            known.set_risk(one, risk[one])
        elif kind == 1 and one != two:
            links[one, two] = (weight := random.lognormal(), weight * random.random())
            known.set_link(one, two, weight, counted=links[one, two][1])
        elif kind == 2:
            ends = sorted(links)[int(random.integers(len(links)))]
            del links[ends]
            known.close_link(*ends)
    assert np.abs(known.scores - anew(size, links, risk)).max() <= NEAR
    assert known.faults() == ()


@given(edges(), st.floats(1e-6, 1e6), RISK)
def test_the_unit_of_the_weights_does_not_matter(sized: tuple[int, list[Edge]], unit: float, risk: float):
    size, rows = sized
    plain: Links = {(one, two): (weight, weight / 2) for one, two, weight in rows}
    scaled: Links = {ends: (weight * unit, part * unit) for ends, (weight, part) in plain.items()}
    one, two = (standing(size, links, np.full(size, 0.3)) for links in (plain, scaled))
    one.set_risk(size - 1, risk)
    two.set_risk(size - 1, risk)
    assert two.scores == pytest.approx(one.scores, abs=1e-12)


@given(edges(), RISK, RISK)
def test_more_own_risk_lowers_no_score(sized: tuple[int, list[Edge]], one: float, two: float):
    size, rows = sized
    known = standing(size, {(a, b): (weight, weight) for a, b, weight in rows}, np.full(size, min(one, two)))
    change = known.set_risk(0, max(one, two))
    assert np.all(change.after >= change.before)


def test_a_change_visits_no_more_links_in_a_larger_network():
    def looked(copies: int) -> int:
        rows = [(3 * one, 3 * one + 1, 1.0) for one in range(copies)] + [
            (3 * one + 1, 3 * one + 2, 1.0) for one in range(copies)
        ]
        net, _ = build(3 * copies, rows)
        return Standing(net, np.ones(len(rows)), np.zeros(3 * copies)).set_risk(2, 1.0).edges

    assert looked(1) == looked(1000) == 2


def test_a_row_without_room_moves_and_the_pool_grows():
    size = 50
    net, _ = build(size, [])
    known = Standing(net, np.zeros(0), np.linspace(0, 1, size))
    links: Links = {}
    for supplier in range(1, size):
        for customer in (0, 7):
            if customer != supplier:
                known.set_link(customer, supplier, 1.0 + supplier)
                links[customer, supplier] = (1.0 + supplier, 1.0 + supplier)
    assert known.scores == pytest.approx(anew(size, links, np.linspace(0, 1, size)), abs=NEAR)
    for customer, supplier in list(links):
        known.close_link(customer, supplier)
    assert known.scores == pytest.approx((1 - ALPHA) * np.linspace(0, 1, size), abs=NEAR)


def test_scores_that_do_not_hold_are_reported():
    net, weight = chain()
    known = Standing(net, weight, np.full(3, 0.5))
    assert known.faults() == ()
    known._firms["score"][1] += 1e-3
    assert any("residual" in why for why in known.faults())
    known._firms["score"][1] -= 1e-3
    known._firms["left"][0] = 1e-3
    assert any("not pushed" in why for why in known.faults())


def test_invalid_changes_are_refused_and_change_nothing():
    net, weight = chain()
    known = Standing(net, weight, np.full(3, 0.5))
    before = known.scores
    for risk in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="own risk"):
            known.set_risk(0, risk)
    for firm in (-1, 3):
        with pytest.raises(ValueError, match="0 to 2"):
            known.set_risk(firm, 0.1)
    for link in ((0, 0, 1.0), (0, 2, -1.0), (0, 2, np.inf), (0, 2, np.nan)):
        with pytest.raises(ValueError, match="joins two firms"):
            known.set_link(*link)
    with pytest.raises(ValueError, match="joins two firms"):
        known.set_link(0, 2, 1.0, counted=1.5)
    with pytest.raises(ValueError, match="no link"):
        known.close_link(0, 2)
    assert known.scores.tolist() == before.tolist()
    for broken in (np.array([1.0, -1.0]), np.array([1.0, np.inf]), np.array([1.0, np.nan])):
        with pytest.raises(ValueError, match="must count"):
            Standing(net, broken, np.full(3, 0.5))
    with pytest.raises(ValueError, match="own risk"):
        Standing(net, weight, np.full(3, 1.5))


def meshed(size: int, suppliers: int, seed: int) -> Links:
    """Every firm buys from so many others anywhere, so what reaches one soon reaches all."""
    random = np.random.default_rng(seed)
    found: Links = {}
    for customer in range(size):
        for supplier in random.choice(size - 1, suppliers, replace=False).tolist():
            weight = float(random.lognormal())
            found[customer, supplier + (supplier >= customer)] = (weight, weight * float(random.random() < 0.9))
    return found


@pytest.mark.parametrize(("size", "suppliers"), [(3, 2), (60, 4), (300, 8)])
def test_a_change_that_reaches_too_much_is_swept_and_keeps_its_bound(size: int, suppliers: int):
    links, random = meshed(size, suppliers, 5), np.random.default_rng(6)
    risk = random.random(size)
    known = standing(size, links, risk)
    swept = 0
    for firm in random.integers(0, size, 20).tolist():
        risk[firm] = random.random()
        before = known.scores
        change = known.set_risk(firm, risk[firm])
        swept += change.swept
        assert np.abs(known.scores - anew(size, links, risk)).max() <= NEAR
        assert known.faults() == ()
        assert np.array_equal(before[change.firms], change.before)
        assert np.array_equal(known.scores[change.firms], change.after)
        untouched = np.setdiff1d(np.arange(size), change.firms)
        assert np.array_equal(known.scores[untouched], before[untouched])
        if change.swept:
            assert np.all(np.diff(change.firms) > 0)
            assert np.all(change.before != change.after)
        assert change.edges <= 22 * len(links)
    assert swept >= 15


def test_a_change_that_reaches_little_is_not_swept():
    rows = [(one, one + 1, 1.0) for one in range(99)]
    net, _ = build(100, rows)
    known = Standing(net, np.ones(99), np.zeros(100))
    assert not any(known.set_risk(firm, 1.0).swept for firm in (99, 50, 0))


def test_a_push_after_a_sweep_finds_an_empty_queue():
    size = 60
    links = meshed(size, 4, 1)
    known = standing(size, links, np.full(size, 0.5))
    assert known.set_risk(0, 1.0).swept
    assert not known._waiting[0].any()
    assert known.set_risk(0, 1.0).firms.size == 0


def test_too_few_sweeps_raise(monkeypatch: pytest.MonkeyPatch):
    known = standing(60, meshed(60, 4, 1), np.full(60, 0.5))
    monkeypatch.setattr(push, "_MOST_SWEEPS", 1)
    with pytest.raises(ArithmeticError, match="in 1 sweeps"):
        known.set_risk(0, 1.0)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300_000), st.data())
def test_firms_wait_in_the_order_of_their_numbers_round_and_round(size: int, data: st.DataObject):
    queue = waiting(size)
    queued: set[int] = set()
    for firm in data.draw(st.lists(st.integers(0, size - 1), max_size=12)):
        _add(queue, firm)
        queued.add(firm)
    for firm in data.draw(st.lists(st.sampled_from(sorted(queued)), unique=True)) if queued else []:
        _drop(queue, firm)
        queued.discard(firm)
    assert (queue[0][-1] != 0) == bool(queued)
    for here in data.draw(st.lists(st.integers(0, size - 1), max_size=5)) if queued else []:
        assert _next(queue, here) == min(queued, key=lambda firm: (firm < here, firm))


def test_each_firm_has_a_line_of_the_cache_of_its_own():
    known = Standing(*chain(), np.zeros(3))
    assert FIRM.itemsize == 64
    assert known._firms.ctypes.data % 64 == 0
    assert known._firms.shape == (3,)
