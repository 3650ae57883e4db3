import pytest

from ontology.canonical import Scalar
from reasoning.contracts.obligations import FEWEST
from reasoning.findings.breached_obligations import KIND
from tests.reasoning.findings.scene import BUYER, only, run, subjects, supply
from tests.reasoning.world import World

MAY = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")
APRIL = ("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")


def promise(world: World, norm: str = "obl:1", *, supplier: str = "org:s", **terms: Scalar) -> None:
    said = {"METRIC": "punctuality", "OPERATOR": ">=", "THRESHOLD": 0.95, "RECURRENCE": "monthly", **terms}
    for predicate, value in said.items():
        world.say(norm, predicate, value)
    world.say(norm, "OWED_BY", supplier)
    world.say("cls:1", "EXPRESSES", norm)


def measure(
    world: World, value: float, n: int | None = 20, period: tuple[str, str] = MAY, *, of: str = "org:s", **said: Scalar
) -> str:
    name = f"obs:{len(world.claims)}"
    source = str(said.pop("source", "world"))
    norm = {"norm": said.pop("norm")} if "norm" in said else {}
    world.say(of, "OBSERVED", name, valid=period, source=source, qualified=norm)
    counted = {} if n is None else {"n": n}
    world.say(
        name, "MEASURED", value, valid=period, source=source, qualified={"metric": "punctuality", **counted, **said}
    )
    return name


def promised() -> World:
    world = World()
    supply(world, "org:s")
    promise(world)
    return world


def test_a_month_below_the_promise_is_a_breach_with_clause_terms_and_measurement_cited():
    world = promised()
    good, bad = measure(world, 0.97, period=APRIL), measure(world, 0.9)
    finding = only(KIND, world)
    assert (finding.subject, finding.related) == ("org:s", tuple(sorted((bad, "obl:1"))))
    cited = {(s.claim.subject, s.claim.predicate) for s in world.claims if s.claim.id in finding.claims}
    assert cited == {
        *(("obl:1", name) for name in ("METRIC", "OPERATOR", "THRESHOLD", "RECURRENCE", "OWED_BY")),
        ("cls:1", "EXPRESSES"),
        ("org:s", "OBSERVED"),
        (bad, "MEASURED"),
    }
    assert good not in finding.related
    assert "0.9 up to 2026-05-31" in finding.text


@pytest.mark.parametrize(
    ("operator", "value", "breached"),
    [
        (">=", 0.95, False),
        (">", 0.95, True),
        ("<=", 0.96, True),
        ("<", 0.94, False),
        ("=", 0.95, False),
        ("=", 1, True),
    ],
)
def test_operators_mean_what_they_say(operator: str, value: float, breached: bool):
    world = World()
    supply(world, "org:s")
    promise(world, OPERATOR=operator)
    measure(world, value)
    assert subjects(KIND, world) == (["org:s"] if breached else [])


def test_a_prohibition_is_breached_where_its_condition_holds():
    world = World()
    supply(world, "org:s")
    promise(world, "pro:1", OPERATOR=">", THRESHOLD=0.02)
    measure(world, 0.01)
    assert run(KIND, world) == ()
    measure(world, 0.03, period=APRIL)
    assert subjects(KIND, world) == ["org:s"]


@pytest.mark.parametrize(("n", "breached"), [(FEWEST - 1, False), (FEWEST, True), (None, True)])
def test_too_few_cases_prove_nothing_and_an_unstated_number_is_a_report(n: int | None, breached: bool):
    world = promised()
    measure(world, 0.5, n)
    assert bool(run(KIND, world)) is breached


def test_a_period_is_pooled_by_the_number_of_cases():
    world = World()
    supply(world, "org:s")
    promise(world, RECURRENCE="quarterly")
    measure(world, 0.9, 10, APRIL)
    measure(world, 0.99, 90, MAY)
    assert run(KIND, world) == ()
    measure(world, 0.5, 40, MAY)
    assert len(only(KIND, world).related) == 4


def test_few_cases_of_several_readings_together_are_enough():
    world = promised()
    for day in range(1, 6):
        measure(world, 0.5, 2, (f"2026-05-{day:02d}T00:00:00Z", f"2026-05-{day + 1:02d}T00:00:00Z"))
    assert subjects(KIND, world) == ["org:s"]


def test_a_reading_over_two_periods_is_of_neither_unless_nothing_recurs():
    world = promised()
    measure(world, 0.5, period=(APRIL[0], MAY[1]))
    assert run(KIND, world) == ()
    promise(world, "obl:2", RECURRENCE="on request")
    assert [finding.related[0] for finding in run(KIND, world)] == ["obl:2"]


def test_a_period_on_which_sources_disagree_is_in_dispute():
    world = promised()
    measure(world, 0.9, source="buyer")
    measure(world, 0.97, source="supplier")
    assert run(KIND, world) == ()
    measure(world, 0.9, period=APRIL, source="buyer")
    measure(world, 0.93, period=APRIL, source="supplier")
    assert len(only(KIND, world).related) == 3


def test_a_source_with_too_few_cases_disputes_nothing():
    world = promised()
    measure(world, 0.9, source="buyer")
    measure(world, 0.97, 3, source="supplier")
    assert subjects(KIND, world) == ["org:s"]


@pytest.mark.parametrize(
    "said",
    [{"metric": "defects"}, {"unit": "%"}, {"norm": "obl:2"}, {"of": "org:other"}],
    ids=["another metric", "another unit", "another norm", "another firm"],
)
def test_what_is_about_something_else_does_not_count(said: dict[str, str]):
    world = World()
    supply(world, "org:s")
    promise(world, UNIT="share")
    measure(world, 0.5, **said)  # type: ignore[arg-type]
    assert run(KIND, world) == ()


def test_an_observation_that_names_the_norm_counts():
    world = promised()
    measure(world, 0.5, norm="obl:1", unit="share")
    assert subjects(KIND, world) == ["org:s"]


def test_a_site_of_the_supplier_counts_for_it():
    world = promised()
    world.say("org:s", "OPERATES", "sit:1")
    measure(world, 0.5, of="sit:1")
    assert subjects(KIND, world) == ["org:s"]


def test_the_yearly_report_of_last_year_is_a_breach():
    """As of June 2026 the year 2025 ended 151 days ago, though it began 516 days ago."""
    world = World()
    supply(world, "org:s")
    promise(world, RECURRENCE="yearly")
    report = measure(world, 0.9, 400, ("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
    finding = only(KIND, world)
    assert finding.related == tuple(sorted((report, "obl:1")))
    assert "0.9 up to 2025-12-31" in finding.text


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        (("2025-04-01T00:00:00Z", "2025-05-01T00:00:00Z"), False),
        (("2025-05-01T00:00:00Z", "2025-06-01T00:00:00Z"), False),  # ended 365 days ago to the second
        (("2025-05-01T00:00:00Z", "2025-06-01T00:00:01Z"), True),
        (("2020-01-01T00:00:00Z", "2025-07-01T00:00:00Z"), True),
        (("2026-05-31T00:00:00Z", "2026-06-01T00:00:00Z"), True),  # ends at the reading instant
        (("2026-05-31T00:00:00Z", "2026-06-01T00:00:01Z"), False),  # not yet over
    ],
)
def test_a_period_counts_that_ended_within_the_last_365_days(period: tuple[str, str], counts: bool):
    world = World()
    supply(world, "org:s")
    promise(world, RECURRENCE="on request")
    measure(world, 0.5, period=period)
    assert bool(run(KIND, world)) is counts


@pytest.mark.parametrize(
    ("owed_from", "counts"),
    [(None, True), ("2025-01-01T00:00:00Z", True), ("2025-01-01T00:00:01Z", False), ("2026-05-01T00:00:00Z", False)],
)
def test_a_period_counts_that_began_no_earlier_than_the_norm_was_owed(owed_from: str | None, counts: bool):
    world = World()
    supply(world, "org:s")
    promise(world, RECURRENCE="yearly")
    world.claims = [stored for stored in world.claims if stored.claim.predicate != "OWED_BY"]
    world.say("obl:1", "OWED_BY", "org:s", valid=(owed_from, None))
    measure(world, 0.5, period=("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
    assert bool(run(KIND, world)) is counts


def test_a_norm_that_rests_or_lacks_a_bound_or_is_owed_to_others_is_not_judged():
    for change in ("NORM_STATE", "THRESHOLD", "OPERATOR"):
        world = promised()
        measure(world, 0.5)
        world.claims = [stored for stored in world.claims if stored.claim.predicate != change]
        if change == "NORM_STATE":
            world.say("obl:1", "NORM_STATE", "suspended")
        assert run(KIND, world) == ()
    world = promised()
    measure(world, 0.5)
    world.say("obl:1", "OWED_TO", "org:other")
    assert run(KIND, world) == ()
    world.say("obl:1", "OWED_TO", BUYER)
    assert subjects(KIND, world) == ["org:s"]


def test_a_norm_of_who_supplies_nobody_here_is_not_judged():
    world = World()
    promise(world)
    measure(world, 0.5)
    assert run(KIND, world) == ()
