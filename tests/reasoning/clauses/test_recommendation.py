import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.canonical import digest
from ontology.records import EntityId
from reasoning.clauses.library import BY_WORDS
from reasoning.clauses.recommendation import NO_PRECEDENT, Recommendation, recommend
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.world import World

BUYER = EntityId("org:buyer")
CYBER = "rct:tierscope-cyber"
GEOPOLITICAL = EntityId("rct:tierscope-geopolitical-trade")
AUDIT, SECURITY = "clt:tierscope-audit-rights", "clt:tierscope-security"


def made(world: World) -> tuple[Recommendation, ...]:
    snapshot = Snapshot(world.facts(), 1)
    return recommend(snapshot, Scoring(snapshot, BUYER))


def only(world: World) -> Recommendation:
    (one,) = made(world)
    return one


def add_library(world: World) -> None:
    for clause, clause_type, text in (
        ("cls:audit-1", AUDIT, "The buyer may audit the books and systems of the supplier once a year."),
        ("cls:audit-2", AUDIT, "The parties inspect goods on delivery."),
        ("cls:security", SECURITY, "The supplier encrypts data and patches its systems within seven days."),
    ):
        world.say(clause, "OF_TYPE", clause_type)
        world.say(clause, "TEXT", text)
    world.say(AUDIT, "NAMED", "Audit Rights", kind="primary")
    world.say(AUDIT, "DEFINITION", "The right to audit books, records and systems.")


def small() -> World:
    """Buyer ← a ← b; b has a cyber risk of 0.6; audit rights and security measures mitigate cyber risk."""
    world = World()
    world.say("org:a", "SUPPLIES", BUYER)
    world.say("org:b", "SUPPLIES", "org:a")
    world.risk("x", "org:b", "cyber", 0.6)
    world.say(AUDIT, "MITIGATES", CYBER, effect=0.5, rule="rul:7", threshold=0.5)
    add_library(world)
    return world


def test_a_risk_above_the_threshold_leads_to_a_clause_with_every_step_cited():
    world = small()
    one = only(world)
    assert (one.supplier, one.tier, one.clause_type, one.category) == ("org:b", 2, AUDIT, CYBER)
    assert (one.rule, one.clause, one.score) == ("rul:7", "cls:audit-1", 0.3)
    assert one.text.startswith("The buyer may audit")
    assert (one.abstained, one.ranked_by) == ("", BY_WORDS)
    cited = {(stored.claim.subject, stored.claim.predicate) for stored in world.claims if stored.claim.id in one.facts}
    assert cited == {
        ("rsk:x", "AFFECTS"),
        ("rsk:x", "IN_CATEGORY"),
        ("rsk:x", "LIKELIHOOD"),
        ("rsk:x", "SEVERITY"),
        ("org:a", "SUPPLIES"),
        ("org:b", "SUPPLIES"),
        (AUDIT, "MITIGATES"),
        ("cls:audit-1", "OF_TYPE"),
        ("cls:audit-1", "TEXT"),
    }
    assert set(one.evidence) == {evidence for claim in one.facts for evidence in world.evidence_of(claim)}


def test_without_a_rule_of_its_own_the_mitigating_claim_is_the_rule():
    world = small()
    world.claims = [stored for stored in world.claims if stored.claim.predicate != "MITIGATES"]
    claim = world.say(AUDIT, "MITIGATES", CYBER)
    assert only(world).rule == claim
    assert only(world).score == 0.3  # an effect that is not stated counts as half


@pytest.mark.parametrize(("value", "recommended"), [(0.24, False), (0.25, True), (1.0, True)])
def test_the_threshold_is_a_quarter_where_none_is_stated(value: float, recommended: bool):
    world = World()
    world.say("org:a", "SUPPLIES", BUYER)
    world.risk("x", "org:a", "cyber", value)
    world.say(AUDIT, "MITIGATES", CYBER)
    add_library(world)
    assert bool(made(world)) is recommended


def test_below_the_threshold_nothing_is_recommended():
    world = small()
    world.claims = [stored for stored in world.claims if stored.claim.predicate != "MITIGATES"]
    world.say(AUDIT, "MITIGATES", CYBER, threshold=0.61)
    assert made(world) == ()


def test_a_risk_elsewhere_or_of_another_category_recommends_nothing():
    world = small()
    world.risk("y", "org:elsewhere", "cyber", 0.9)
    world.risk("z", "org:a", "social", 0.9)
    world.risk("own", BUYER, "cyber", 0.9)
    assert [one.supplier for one in made(world)] == ["org:b"]


@pytest.mark.parametrize(("threshold", "recommended"), [(0.4, True), (0.41, False), (0.7, False)])
def test_an_assessed_risk_counts_by_its_low_end(threshold: float, recommended: bool):
    """A listing that is 40 % sure: risk 0.4 at least, 0.7 by estimate, 1 at most."""
    world = World()
    world.say("org:a", "SUPPLIES", BUYER)
    world.say("org:a", "SANCTIONED", "A list", confidence=0.4)
    world.say(AUDIT, "MITIGATES", GEOPOLITICAL, effect=0.5, threshold=threshold)
    add_library(world)
    own = Snapshot(world.facts(), 1).risks.of(EntityId("org:a"))[GEOPOLITICAL]
    assert own.bounds == pytest.approx((0.4, 0.7, 1.0))
    assert [one.score for one in made(world)] == ([pytest.approx(0.2)] if recommended else [])


def test_certificates_mitigate_too_and_are_no_clauses():
    world = small()
    world.say("crt:iso27001", "MITIGATES", CYBER, effect=0.9, threshold=0.1)
    assert [one.clause_type for one in made(world)] == [AUDIT]


def test_the_strongest_reason_stands_for_a_clause_type():
    world = small()
    world.risk("y", "org:b", "financial", 0.9)
    world.say(AUDIT, "MITIGATES", "rct:tierscope-financial", effect=0.5, rule="rul:8", threshold=0.5)
    assert (only(world).rule, only(world).score) == ("rul:8", 0.45)


def test_recommendations_come_by_score_then_supplier_then_type():
    world = small()
    world.risk("y", "org:a", "cyber", 0.6)
    world.say(SECURITY, "MITIGATES", CYBER, effect=0.9, threshold=0.5)
    assert [(one.supplier, one.clause_type) for one in made(world)] == [
        ("org:a", SECURITY),
        ("org:b", SECURITY),
        ("org:a", AUDIT),
        ("org:b", AUDIT),
    ]


def test_it_abstains_where_there_is_no_text():
    world = small()
    world.claims = [stored for stored in world.claims if stored.claim.predicate != "TEXT"]
    one = only(world)
    assert (one.abstained, one.text, one.clause, one.ranked_by) == (NO_PRECEDENT, "", None, "")
    assert len(one.facts) == 7


def agree(world: World, contract: str, party: str, *, clause_type: str = AUDIT) -> None:
    world.say(BUYER, "PARTY_TO", contract)
    world.say(party, "PARTY_TO", contract)
    version = contract.replace("ctr", "ctv")
    world.say(contract, "HAS_VERSION", version)
    world.say(version, "CONTAINS", f"cls:{version}")
    world.say(f"cls:{version}", "OF_TYPE", clause_type)
    world.say(f"cls:{version}", "TEXT", "Agreed wording on audit of books and systems.")


def test_a_clause_of_a_contract_in_force_is_not_recommended_again():
    world = small()
    agree(world, "ctr:1", "org:b")
    assert made(world) == ()


def test_a_clause_that_a_later_version_dropped_is_recommended_again():
    world = small()
    agree(world, "ctr:1", "org:b")
    world.say("ctr:1", "HAS_VERSION", "ctv:new")
    world.say("ctv:new", "REVISION_OF", "ctv:1")
    world.say("ctv:new", "CONTAINS", "cls:other")
    world.say("cls:other", "OF_TYPE", SECURITY)
    assert only(world).clause_type == AUDIT


def test_a_contract_with_another_firm_changes_nothing_but_the_choice_of_texts():
    world = small()
    agree(world, "ctr:1", "org:a")
    assert (only(world).supplier, only(world).clause_type) == ("org:b", AUDIT)


def test_a_contract_that_is_over_does_not_count():
    world = small()
    agree(world, "ctr:1", "org:b")
    world.say("ctr:1", "EXPIRES_ON", "2020-01-01")
    assert only(world).supplier == "org:b"


def ban(world: World, *, headcount: int | None, most: int = 50) -> None:
    world.say("rul:small", "FORBIDS", AUDIT, maxHeadcount=most)
    world.say("rul:small", "TITLE", "Think small first")
    if headcount is not None:
        world.say("org:b", "HEADCOUNT", headcount)


def test_it_abstains_where_a_rule_forbids_it_for_so_small_a_supplier():
    world = small()
    ban(world, headcount=50)
    one = only(world)
    assert one.abstained == (
        "over-reach: Think small first (rul:small) forbids asking a supplier of at most 50 people for it"
    )
    assert (one.text, one.clause) == ("", None)
    cited = {stored.claim.predicate for stored in world.claims if stored.claim.id in one.facts}
    assert {"FORBIDS", "HEADCOUNT"} <= cited
    assert "TEXT" not in cited


@pytest.mark.parametrize("headcount", [51, None])
def test_a_larger_supplier_and_one_of_unknown_size_are_not_banned(headcount: int | None):
    world = small()
    ban(world, headcount=headcount)
    assert only(world).abstained == ""


def test_a_ban_without_a_bound_holds_for_all():
    world = small()
    world.say("rul:never", "FORBIDS", AUDIT)
    assert only(world).abstained == "over-reach: rul:never (rul:never) forbids asking for it"


@pytest.mark.parametrize(("region", "banned"), [("reg:iso3166-XX", True), ("reg:iso3166-YY", False)])
def test_a_ban_reaches_only_where_it_applies(region: str, banned: bool):
    world = small()
    ban(world, headcount=10)
    world.say("rul:small", "APPLIES_TO", "reg:iso3166-XX")
    world.say("org:b", "IN_COUNTRY", region)
    assert bool(only(world).abstained) is banned


@pytest.mark.parametrize(("scope", "banned"), [("org:b", True), ("org:buyer", True), ("org:other", False)])
def test_a_ban_may_apply_to_named_firms(scope: str, banned: bool):
    world = small()
    ban(world, headcount=10)
    applies = world.say("rul:small", "APPLIES_TO", scope)
    one = only(world)
    assert bool(one.abstained) is banned
    assert (applies in one.facts) is banned
    assert len(set(one.facts)) == len(one.facts)


@pytest.mark.parametrize(("category", "banned"), [(CYBER, True), ("rct:tierscope-social", False)])
def test_a_ban_may_apply_to_a_category_of_risk(category: str, banned: bool):
    world = small()
    ban(world, headcount=10)
    world.say("rul:small", "APPLIES_TO", category)
    assert bool(only(world).abstained) is banned


def test_taking_away_a_ban_gives_the_clause_back():
    world = small()
    ban(world, headcount=10)
    one = only(world)
    for claim in one.facts:
        assert one not in made(world.without([claim]))
    forbids = next(stored.claim.id for stored in world.claims if stored.claim.predicate == "FORBIDS")
    assert only(world.without([forbids])).clause == "cls:audit-1"


def test_the_same_input_gives_the_same_bytes_in_any_order():
    world = small()
    turned = World(list(reversed(world.claims)))
    assert digest(repr(made(world))) == digest(repr(made(turned)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A small world with links, risks, rules and texts of which one may stand in for another."""
    world = small()
    firms = ("org:a", "org:b", "org:c")
    for number in range(draw(st.integers(0, 8))):
        source = draw(st.sampled_from(["world", "other"]))
        match draw(st.sampled_from(["link", "risk", "rule", "text", "site", "ban"])):
            case "link":
                ends = draw(st.sampled_from([("org:c", "org:buyer"), ("org:b", "org:c"), ("org:b", "org:buyer")]))
                world.say(ends[0], "SUPPLIES", ends[1], source=source, product=f"prd:{number % 2}")
            case "risk":
                category = draw(st.sampled_from(["cyber", "social"]))
                world.risk(str(number), draw(st.sampled_from(firms)), category, draw(st.sampled_from([0.2, 0.6, 0.9])))
            case "rule":
                category = draw(st.sampled_from([CYBER, "rct:tierscope-social"]))
                clause_type = draw(st.sampled_from([AUDIT, SECURITY]))
                world.say(clause_type, "MITIGATES", category, source=source, effect=draw(st.sampled_from([0.4, 0.5])))
            case "text":
                world.say(f"cls:more-{number}", "OF_TYPE", draw(st.sampled_from([AUDIT, SECURITY])), source=source)
                world.say(f"cls:more-{number}", "TEXT", "Audit of books and systems.", source=source)
            case "site":
                world.say(draw(st.sampled_from(firms)), "OPERATES", f"sit:{number}", source=source)
                world.risk(f"s{number}", f"sit:{number}", "cyber", 0.7)
            case _:
                world.say("rul:small", "FORBIDS", AUDIT, source=source, maxHeadcount=50)
                world.say(draw(st.sampled_from(firms)), "HEADCOUNT", 10, source=source)
    return world


@settings(max_examples=60)
@given(worlds())
def test_taking_away_any_cited_fact_takes_away_or_changes_the_recommendation(world: World):
    for one in made(world):
        for claim in one.facts:
            assert one not in made(world.without([claim]))


@settings(max_examples=60)
@given(worlds())
def test_every_recommendation_stands_on_its_cited_facts_alone(world: World):
    for one in made(world):
        cited = World([stored for stored in world.claims if stored.claim.id in one.facts])
        again = [
            other for other in made(cited) if (other.supplier, other.clause_type) == (one.supplier, one.clause_type)
        ]
        assert [(other.rule, other.facts, other.text, other.score, bool(other.abstained)) for other in again] == [
            (one.rule, one.facts, one.text, one.score, bool(one.abstained))
        ]


@settings(max_examples=40)
@given(worlds(), st.sampled_from(["org:a", "org:b"]))
def test_more_risk_never_takes_a_clause_type_away(world: World, firm: str):
    before = {(one.supplier, one.clause_type) for one in made(world)}
    world.risk("more", firm, "cyber", 1.0)
    assert before <= {(one.supplier, one.clause_type) for one in made(world)}
