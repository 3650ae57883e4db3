import pytest

from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY
from reasoning.findings.conflicts import KIND, conflicts
from tests.reasoning.findings.scene import AS_OF, only, run
from tests.reasoning.world import World


def two(predicate: str, left: str | Scalar, right: str | Scalar, **qualifiers: Scalar) -> World:
    world = World()
    world.say("org:a", predicate, left, source="one", qualified=qualifiers)
    world.say("org:a", predicate, right, source="two", qualified=qualifiers)
    return world


def test_two_sources_that_differ_are_both_cited_and_one_is_preferred():
    world = World()
    world.say("org:a", "NAMED", "Firm", kind="primary")
    low = world.say("org:a", "HEADCOUNT", 40, source="one", confidence=0.5)
    high = world.say("org:a", "HEADCOUNT", 60, source="two", confidence=0.9)
    finding = only(KIND, world)
    assert finding.subject == "org:a"
    assert set(finding.claims) == {low, high}
    assert len(finding.evidence) == 2
    assert "HEADCOUNT of Firm: 60 (two) and 40 (one); 60 is preferred because its source is surer" in finding.text


def test_entities_are_shown_by_name_and_related():
    world = two("IN_COUNTRY", "reg:iso3166-DE", "reg:iso3166-FR")
    world.say("reg:iso3166-DE", "NAMED", "Germany", kind="primary")
    finding = only(KIND, world)
    assert finding.related == ("reg:iso3166-DE", "reg:iso3166-FR")
    assert "Germany" in finding.text


@pytest.mark.parametrize(
    ("predicate", "left", "right"),
    [
        ("HEADCOUNT", 40, 40.0),
        ("STATUS", "Active", " active"),
        ("NAMED", "Müller GmbH", "MULLER G.m.b.H."),
        ("NAMED", "Werk AG", "Werk Aktiengesellschaft"),
        ("IN_COUNTRY", "reg:iso3166-DE", "reg:iso3166-DE"),
        ("ADDRESS", "Here 1", "There 2"),
        ("IDENTIFIED_BY", "1", "2"),
    ],
)
def test_equal_or_compatible_claims_are_no_conflict(predicate: str, left: str | Scalar, right: str | Scalar):
    assert conflicts(two(predicate, left, right).facts()) == ()


def test_places_a_stones_throw_apart_are_the_same_place():
    world = World()
    world.say("sit:1", "LATITUDE", 48.137, source="one")
    world.say("sit:1", "LATITUDE", 48.1372, source="two")
    assert conflicts(world.facts()) == ()
    world.say("sit:1", "LATITUDE", 48.3, source="three")
    world.say("sit:1", "LATITUDE", 48.301, source="four")
    (conflict,) = conflicts(world.facts())
    assert [side.sources for side in conflict.sides] == [("four", "three"), ("one", "two")]


def test_one_source_does_not_contradict_itself():
    world = World()
    world.say("org:a", "HEADCOUNT", 40)
    world.say("org:a", "HEADCOUNT", 60)
    assert conflicts(world.facts()) == ()


def test_claims_that_do_not_hold_at_once_do_not_conflict():
    world = World()
    world.say("org:a", "HEADCOUNT", 40, source="one", valid=(None, "2026-01-01T00:00:00Z"))
    world.say("org:a", "HEADCOUNT", 60, source="two", valid=("2026-01-01T00:00:00Z", None))
    assert conflicts(world.facts()) == ()


def test_rejected_claims_do_not_conflict():
    world = two("HEADCOUNT", 40, 40)
    world.say("org:a", "HEADCOUNT", 60, source="three", review="rejected")
    assert conflicts(world.facts()) == ()


def test_figures_with_other_qualifiers_do_not_conflict():
    world = World()
    world.say("org:a", "REVENUE", 10, source="one", currency="EUR")
    world.say("org:a", "REVENUE", 11, source="two", currency="USD")
    assert conflicts(world.facts()) == ()
    world.say("org:a", "REVENUE", 12, source="three", currency="USD")
    assert len(conflicts(world.facts())) == 1


def test_aliases_do_not_conflict_and_primary_names_do():
    assert conflicts(two("NAMED", "Alpha", "Beta", kind="alias").facts()) == ()
    assert len(conflicts(two("NAMED", "Alpha", "Beta", kind="primary").facts())) == 1


def test_merging_two_entities_shows_what_their_sources_disagree_on():
    world = World()
    world.say("org:a", "HEADCOUNT", 40, source="one")
    world.say("org:b", "HEADCOUNT", 60, source="two")
    assert conflicts(world.facts()) == ()
    world.judge("org:a", "org:b")
    assert [conflict.subject for conflict in conflicts(world.facts())] == ["org:a"]


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        ({"basis": "confirmed"}, {"confidence": 1.0}, "its basis is stronger"),
        ({"basis": "observed", "review": "proposed"}, {"basis": "inferred"}, "its basis is stronger"),
        ({"confidence": 0.1}, {"review": "proposed"}, "it was reviewed and accepted"),
        ({"confidence": 0.9}, {"valid": ("2026-05-01T00:00:00Z", None), "confidence": 0.8}, "its source is surer"),
        ({"valid": ("2026-05-01T00:00:00Z", None)}, {"valid": ("2026-04-01T00:00:00Z", None)}, "it is more recent"),
        ({"valid": ("2026-05-01T00:00:00Z", None)}, {}, "it is more recent"),
        ({"source": "a"}, {"source": "b"}, "nothing but the order of the sources' names decides"),
    ],
)
def test_what_is_preferred_and_why(better: dict[str, object], worse: dict[str, object], why: str):
    defaults: dict[str, object] = {"confidence": 0.5}
    for first, second in ((better, worse), (worse, better)):
        world = World()
        for side in (first, second):
            value = 1 if side is better else 2
            source = "x" if side is better else "y"
            world.say("org:a", "HEADCOUNT", value, **{"source": source, **defaults, **side})  # type: ignore[arg-type]
        (conflict,) = conflicts(world.facts())
        assert (conflict.sides[0].value, conflict.why) == (1, why)


def test_a_side_lists_all_its_sources():
    world = two("HEADCOUNT", 40, 60)
    world.say("org:a", "HEADCOUNT", 60, source="three")
    (conflict,) = conflicts(world.facts())
    assert {side.shown: side.sources for side in conflict.sides} == {"40": ("one",), "60": ("three", "two")}


def test_every_functional_predicate_is_watched():
    for name, predicate in VOCABULARY.predicates.items():
        values: tuple[str | Scalar, str | Scalar] = {
            "integer": (1, 2),
            "decimal": (1.5, 2.5),
            "boolean": (True, False),
        }.get(predicate.value or "", ("one", "two"))
        if predicate.value is None:
            values = ("org:x", "org:y")
        found = len(conflicts(two(name, *values).facts()))
        assert found == int(predicate.functional), name


def test_the_order_is_by_subject_and_predicate():
    world = World()
    for subject, predicate in (("org:b", "STATUS"), ("org:a", "STATUS"), ("org:a", "HEADCOUNT")):
        for source, value in (("one", 1), ("two", 2)):
            world.say(subject, predicate, value, source=source)
    found = [(conflict.subject, conflict.predicate) for conflict in conflicts(world.facts())]
    assert found == [("org:a", "HEADCOUNT"), ("org:a", "STATUS"), ("org:b", "STATUS")]
    assert len(run(KIND, world, as_of=AS_OF)) == 3
