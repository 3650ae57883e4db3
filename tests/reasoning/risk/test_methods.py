"""Each declared method: by hand, and properties for any evidence."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.canonical import Scalar
from reasoning.risk.methods.certificates import category_of
from reasoning.risk.methods.country import RULES
from reasoning.risk.methods.deliveries import wilson
from reasoning.risk.methods.parameters import FIGURE_HALF_LIFE_DAYS, freshness
from reasoning.risk.weights import CATEGORIES
from tests.reasoning.risk.scene import assessed, category, certify, deliver, figure, incident
from tests.reasoning.world import World

COMMERCIAL, CYBER, GOVERNANCE = category("commercial"), category("cyber"), category("governance")
DAYS = st.dates(min_value=date(2024, 7, 1), max_value=date(2026, 5, 30))


class TestDeliveries:
    def test_wilsons_own_interval(self):
        """k = 2 of n = 10 at z = 1.96: 0.0567 to 0.5098, as tables have it."""
        assert wilson(2, 10) == pytest.approx((0.0567, 0.2833, 0.5098), abs=1e-4)

    def test_nothing_is_the_whole_interval_and_much_is_its_share(self):
        low, centre, high = wilson(1e-12, 1e-9)
        assert (low, centre, high) == pytest.approx((0, 0.5, 1), abs=1e-4)
        assert wilson(30_000, 100_000) == pytest.approx((0.3, 0.3, 0.3), abs=4e-3)

    def test_the_share_of_late_ones_of_the_last_two_years(self):
        world = World()
        cited = deliver(world, "1", 3, "2026-05-01") + deliver(world, "2", -2, "2026-05-01")
        deliver(world, "old", 9, "2023-05-01")
        deliver(world, "later", 9, "2026-06-30")
        deliver(world, "of-another", 9, "2026-05-01", on="org:b")
        made = assessed(world)
        assert set(made) == {COMMERCIAL}
        assert sorted(made[COMMERCIAL].claims) == sorted(cited)
        fresh = freshness(30 + 1 / 86_400, 365.0)
        assert (made[COMMERCIAL].low, made[COMMERCIAL].value) == pytest.approx(wilson(fresh, 2 * fresh)[:2])

    def test_a_period_reported_as_a_share_counts_its_deliveries(self):
        world = World()
        period = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")
        world.say("org:a", "OBSERVED", "obs:may", valid=period)
        qualified: dict[str, Scalar] = {"metric": "on-time-share", "unit": "share", "n": 40}
        world.say("obs:may", "MEASURED", 0.9, valid=period, qualified=qualified)
        assert assessed(world)[COMMERCIAL].value == pytest.approx(wilson(4, 40)[1])

    @pytest.mark.parametrize(("share", "number"), [(0.9, -40), (1.5, 40), (-0.1, 40)])
    def test_a_share_or_a_number_that_cannot_be_counts_nothing(self, share: float, number: int):
        world = World()
        period = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")
        world.say("org:a", "OBSERVED", "obs:may", valid=period)
        qualified: dict[str, Scalar] = {"metric": "on-time-share", "unit": "share", "n": number}
        world.say("obs:may", "MEASURED", share, valid=period, qualified=qualified)
        assert COMMERCIAL not in assessed(world)

    def test_of_two_sources_on_one_period_the_surer_is_believed(self):
        world = World()
        period = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")
        for source, sure, share in (("buyer", 0.95, 0.6), ("portal", 0.7, 0.99)):
            world.say("org:a", "OBSERVED", f"obs:{source}", valid=period, source=source, confidence=sure)
            qualified: dict[str, Scalar] = {"metric": "on-time-share", "unit": "share", "n": 40}
            world.say(
                f"obs:{source}", "MEASURED", share, valid=period, source=source, confidence=sure, qualified=qualified
            )
        (ground,) = assessed(world)[COMMERCIAL].grounds
        assert {fact.source for fact in ground.facts} == {"buyer"}
        assert ground.figure.value == pytest.approx(wilson(16, 40)[1])

    @pytest.mark.parametrize("metric", ["delivered weight", "defect-rate"])
    def test_another_metric_has_no_effect(self, metric: str):
        world = World()
        world.say("org:a", "OBSERVED", "obs:1", valid=("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"))
        world.say(
            "obs:1",
            "MEASURED",
            3.0,
            valid=("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"),
            qualified={"metric": metric},
        )
        assert assessed(world) == {}

    def test_what_is_late_at_a_site_is_the_firms_and_the_path_is_cited(self):
        world = World()
        operates = world.say("org:a", "OPERATES", "sit:1", confidence=0.5)
        deliver(world, "1", 3, "2026-05-01", on="sit:1")
        made = assessed(world)[COMMERCIAL]
        assert made.claims[0] == operates
        assert made.grounds[0].place == "sit:1"
        assert made.grounds[0].figure.certainty.estimate == 0.5

    @given(st.lists(st.tuples(st.booleans(), DAYS), min_size=1, max_size=8), st.integers(0, 7))
    def test_one_more_late_delivery_never_lowers_the_risk(self, some: list[tuple[bool, object]], which: int):
        better, worse = World(), World()
        for number, (late, day) in enumerate(some):
            deliver(better, str(number), 5 if late else 0, str(day))
            deliver(worse, str(number), 5 if late or number == which % len(some) else 0, str(day))
        assert assessed(worse)[COMMERCIAL].value >= assessed(better)[COMMERCIAL].value - 1e-12

    @given(DAYS, DAYS)
    def test_an_older_delivery_never_weighs_more(self, one: object, two: object):
        older, newer = World(), World()
        deliver(older, "1", 5, str(min(str(one), str(two))))
        deliver(newer, "1", 5, str(max(str(one), str(two))))
        old, new = assessed(older)[COMMERCIAL], assessed(newer)[COMMERCIAL]
        assert old.value - 0.5 <= new.value - 0.5 + 1e-12
        assert old.coverage <= new.coverage + 1e-12


class TestCountry:
    def test_the_formulas_by_hand(self):
        by_name = {rule.indicators[0]: rule for rule in RULES}
        assert by_name["INFORM Natural"].formula([4, 6, 8]) == pytest.approx(0.4 * 0.7)
        assert by_name["INFORM Governance"].formula([6.5]) == pytest.approx(0.65)
        assert by_name["WGI Rule of law"].formula([-2.5]) == 1
        assert by_name["WGI Rule of law"].formula([2.5]) == 0
        assert {rule.category for rule in RULES} <= set(CATEGORIES)

    def test_the_latest_figure_of_the_country_counts_and_fades(self):
        world = World()
        lives = world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX", confidence=0.8)
        figure(world, "WGI Rule of law", 2.0, 2010)
        latest = figure(world, "WGI Rule of law", -0.5, 2015, confidence=0.9)
        figure(world, "WGI Rule of law", -2.5, 2030)
        made = assessed(world)[GOVERNANCE]
        assert made.claims == (lives, latest)
        fresh = freshness((10 * 365 + 2) + 31 + 28 + 31 + 30 + 31 + 365 - 365, FIGURE_HALF_LIFE_DAYS)
        assert made.grounds[0].figure.certainty.estimate == pytest.approx(0.8 * 0.9 * fresh, abs=1e-3)
        assert made.grounds[0].figure.value == pytest.approx(0.6)

    def test_an_event_needs_all_its_figures(self):
        world = World()
        world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
        figure(world, "INFORM Natural", 5.0, 2025)
        figure(world, "INFORM VULNERABILITY", 4.0, 2025)
        assert assessed(world) == {}
        figure(world, "INFORM LACK OF COPING CAPACITY", 6.0, 2025)
        assert assessed(world)[category("natural-hazard")].grounds[0].figure.value == pytest.approx(0.25)

    def test_the_worst_of_several_figures_counts(self):
        world = World()
        world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
        figure(world, "WGI Rule of law", 0.0, 2026)
        one = assessed(world)[GOVERNANCE].value
        figure(world, "WGI Control of corruption", -2.0, 2026)
        made = assessed(world)[GOVERNANCE]
        assert (one, made.value) == pytest.approx((0.5, 0.9))
        assert made.method == "combined@1"

    @given(st.floats(-2.5, 2.5), st.floats(-2.5, 2.5), st.integers(1996, 2025))
    def test_a_worse_figure_never_lowers_and_an_older_one_never_covers_more(self, one: float, two: float, year: int):
        def made(value: float, year: int):
            world = World()
            world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
            figure(world, "WGI Rule of law", value, year)
            return assessed(world)[GOVERNANCE]

        assert made(min(one, two), year).value >= made(max(one, two), year).value - 1e-12
        assert made(one, year).coverage <= made(one, 2025).coverage + 1e-12


class TestSanctions:
    def test_a_blocked_firm_is_at_risk_one_in_two_categories(self):
        world = World()
        listed = world.say("org:p", "SANCTIONED", "OFAC SDN", confidence=0.9)
        first = world.say("org:p", "OWNS", "org:h", percentage=60, confidence=0.8)
        second = world.say("org:h", "OWNS", "org:a", percentage=55)
        made = assessed(world)
        assert set(made) == {category("geopolitical-trade"), category("regulatory")}
        one = made[category("regulatory")]
        assert sorted(one.claims) == sorted([listed, first, second])
        assert one.low == pytest.approx(0.7)  # 0.9 + 0.8 + 1 - 2: nothing but that much is certain
        assert one.value == pytest.approx(0.72 + 0.28 / 2)
        assert one.high == 1

    def test_shares_below_half_have_no_effect(self):
        world = World()
        world.say("org:p", "SANCTIONED", "OFAC SDN")
        world.say("org:p", "OWNS", "org:a", percentage=49.9)
        assert assessed(world) == {}
        world.say("org:q", "SANCTIONED", "OFAC SDN")
        world.say("org:q", "OWNS", "org:a", percentage=0.1)
        assert len(assessed(world)[category("regulatory")].claims) == 4


class TestIncidents:
    def test_half_of_it_counts_after_a_year(self):
        world = World()
        claims = incident(world, "1", 0.8, "2025-06-01")
        made = assessed(world)[CYBER]
        assert sorted(made.claims) == sorted(claims)
        assert (made.low, made.value, made.high) == pytest.approx((0.4, 0.65, 0.9))

    def test_after_five_years_it_does_not_count(self):
        world = World()
        incident(world, "1", 0.8, "2021-05-01")
        assert assessed(world) == {}

    def test_a_future_one_is_not_known(self):
        world = World()
        world.say("inc:1", "AFFECTS", "org:a")
        world.say("inc:1", "IN_CATEGORY", CYBER)
        world.say("inc:1", "SEVERITY", 0.8)
        world.say("inc:1", "STARTED_AT", "2026-07-01T00:00:00Z")
        assert assessed(world) == {}

    @pytest.mark.parametrize("left_out", [1, 2, 3])
    def test_without_category_severity_or_time_it_has_no_effect(self, left_out: int):
        world = World()
        claims = incident(world, "1", 0.8, "2026-05-01")
        assert assessed(world.without([claims[left_out]])) == {}

    @given(st.floats(0, 1), st.floats(0, 1), DAYS, DAYS)
    def test_worse_never_lowers_and_older_never_weighs_more(self, one: float, two: float, day: object, other: object):
        def made(severity: float, ended: object):
            world = World()
            incident(world, "1", severity, str(ended))
            return assessed(world)[CYBER]

        assert made(max(one, two), day).value >= made(min(one, two), day).value - 1e-12
        older, newer = sorted([str(day), str(other)])
        assert made(one, older).coverage <= made(one, newer).coverage + 1e-12
        assert abs(made(one, older).value - 0.5) <= abs(made(one, newer).value - 0.5) + 1e-12


class TestCertificates:
    @pytest.mark.parametrize(
        ("scheme", "name"),
        [
            ("ISO 27001", "cyber"),
            ("ISO/IEC 27001:2022", "cyber"),
            ("iso14001", "environmental"),
            ("ISO 45001", "social"),
            ("SA8000", "social"),
            ("IATF 16949", "quality-safety"),
            ("ISO 9001:2015", "quality-safety"),
            ("ISO 22301", "continuity"),
        ],
    )
    def test_the_category_of_a_scheme(self, scheme: str, name: str):
        assert category_of(scheme) == category(name)

    @pytest.mark.parametrize("scheme", ["ISO 900", "ISO 90012", "a medal", "", "ISO 270011"])
    def test_another_scheme_has_no_effect(self, scheme: str):
        assert category_of(scheme) is None

    def test_in_force_it_bounds_from_above_and_after_its_last_day_not_at_all(self):
        world = World()
        certify(world, "1", "ISO 27001", "active", ends="2026-06-02T00:00:00Z")
        made = assessed(world)[CYBER]
        assert (made.low, made.value, made.high, made.coverage) == (0, 0.25, 0.5, 0.5)
        assert assessed(world, "2026-06-02T00:00:00Z") == {}

    @pytest.mark.parametrize(("status", "value"), [("", 0.25), ("withdrawn", 0.75), ("suspended", 0.75)])
    def test_withdrawn_it_is_worse_than_none(self, status: str, value: float):
        world = World()
        certify(world, "1", "ISO 27001", status)
        assert assessed(world)[CYBER].value == value

    def test_an_expired_one_has_no_effect(self):
        world = World()
        certify(world, "1", "ISO 27001", "expired")
        assert assessed(world) == {}

    def test_an_incident_weighs_against_it(self):
        world = World()
        certify(world, "1", "ISO 27001")
        before = assessed(world)[CYBER].value
        incident(world, "1", 0.9, "2026-05-01")
        assert assessed(world)[CYBER].value > before


def test_a_half_life_halves():
    assert freshness(0, 10) == freshness(-5, 10) == 1
    assert freshness(10, 10) == 0.5
    assert math.isclose(freshness(20, 10), 0.25)
