"""What analysts ask, over rows as they are: SCMS deliveries, INFORM figures and the OFAC list, in one store."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from graph.content_hash import content_hash
from graph.port import GraphStore
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ontology.errors import InputError, NotFoundError
from ontology.records import At, Batch, EntityId, make_judgement
from reasoning.analysis import alerts, alternatives, concentration, failure_points, questions, series
from reasoning.analysis.uncertainty import Interval
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.exposure import verify
from reasoning.risk.weights import CATEGORIES
from reasoning.scenarios.edits import (
    Branch,
    CloseSuppliers,
    DropLink,
    Edit,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)
from reasoning.scenarios.outcome import verify_outcome
from reasoning.service.analyses import BuyerAnalyses
from reasoning.service.service import ReasoningService
from tests.public_data import PUBLIC_DATA
from tests.reasoning.stores import new_store
from tests.reasoning.world import RECORDED

pytestmark = [pytest.mark.public_data, pytest.mark.slow]

AT = At("2014-07-01T00:00:00Z")
YEARS = (2008, 2011, 2014)
LATER = "2026-02-01T00:00:00.000000Z"
WITHDRAWN = "2026-02-02T00:00:00.000000Z"
BLOCKED_FROM_BIRTH = EntityId("org:ofac-30850")  # on the list, and linked to others on it


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = new_store(tmp_path_factory.mktemp("real"))
    for source in ("scms", "inform", "ofac"):
        load(made, load_source_spec(source), PUBLIC_DATA / source, clock=lambda: RECORDED, progress=lambda _: None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def reasoning(store: GraphStore) -> ReasoningService:
    return ReasoningService(store)


@pytest.fixture(scope="module")
def analyses(reasoning: ReasoningService) -> BuyerAnalyses:
    return reasoning.analyses


def buyers(reasoning: ReasoningService, at: At) -> list[EntityId]:
    """The two customers of most links, one of a middling number, and one of fewest."""
    found = Counter(link.customer for link in reasoning.snapshot(at).links.counted)
    ranked = [customer for customer, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
    return [ranked[0], ranked[1], ranked[len(ranked) // 2], ranked[-1]]


def asked(reasoning: ReasoningService) -> list[tuple[At, EntityId]]:
    """Each date with its buyers."""
    dates = [At(f"{year}-07-01T00:00:00Z") for year in YEARS]
    return [(at, buyer) for at in dates for buyer in buyers(reasoning, at)]


@pytest.fixture(scope="module")
def buyer(reasoning: ReasoningService) -> EntityId:
    """The customer of most links."""
    return buyers(reasoning, AT)[0]


def direct(reasoning: ReasoningService, buyer: EntityId, at: At) -> list[EntityId]:
    return [one.supplier for one in reasoning.exposures(buyer, at, paths=0) if one.tier == 1]


def changes(first: EntityId, buyer: EntityId) -> list[tuple[Edit, ...]]:
    """Every sort of change that a direct supplier can be put to."""
    return [
        (Stop(first),),
        (DropLink(first, buyer),),
        (SetShare(first, buyer, 0.5),),
        (SetRisk(first, CATEGORIES[0], 0.7),),
        (SetInventory(first, buyer, 30),),
        (CloseSuppliers(first), Stop(first)),
    ]


def test_every_exposure_holds_and_adds_up(reasoning: ReasoningService):
    for at, buyer in asked(reasoning):
        exposures = reasoning.exposures(buyer, at)
        assert exposures
        assert [fault for one in exposures for fault in verify(one).faults] == []
        assert reasoning.totals(buyer, at).score == pytest.approx(sum(one.score for one in exposures))


def test_every_what_if_holds_and_leaves_the_store_as_it_is(
    reasoning: ReasoningService, analyses: BuyerAnalyses, store: GraphStore
):
    before = content_hash(store, history=True)
    tried = 0
    for at, buyer in asked(reasoning)[::3]:
        first = direct(reasoning, buyer, at)[0]
        for edits in changes(first, buyer):
            told = analyses.what_if(buyer, at, Branch("try", edits))
            assert verify_outcome(told.outcome) == (), edits
            assert told.whole_after.low <= told.outcome.after.low + 1e-12
            assert told.outcome.after.high <= told.whole_after.high + 1e-12
            tried += 1
    assert tried == 6 * len(asked(reasoning)[::3])
    assert content_hash(store, history=True) == before


def test_a_stopped_supplier_takes_along_its_part_of_what_is_bought(reasoning: ReasoningService, buyer: EntityId):
    first = next(one for one in reasoning.exposures(buyer, AT) if one.tier == 1)
    told = reasoning.analyses.what_if(buyer, AT, Branch("stop", (Stop(first.supplier),)))
    assert told.loss is not None
    assert told.loss.value == pytest.approx(first.paths[0].hops[0].share, abs=1e-9)  # nothing is called essential


def test_questions_hold_and_an_answer_shrinks_the_interval_exactly_as_predicted(
    reasoning: ReasoningService, analyses: BuyerAnalyses
):
    answered = 0
    for at, buyer in asked(reasoning)[::3]:
        found = analyses.questions(buyer, at, most=4)
        assert len(found) == 4
        assert [one.per_hour for one in found] == sorted((one.per_hour for one in found), reverse=True)
        for one in found:
            assert questions.verify(one, reasoning.snapshot(at), buyer) == ()
            for answer in one.answers:
                answered += _answered(analyses, buyer, at, answer)
    assert answered >= 8


def _answered(analyses: BuyerAnalyses, buyer: EntityId, at: At, answer: questions.PossibleAnswer) -> int:
    """Give the answer in a branch: both intervals must be the ones that were told. How many were given."""
    if not answer.edits:
        return 0
    told = analyses.what_if(buyer, at, Branch("answer", answer.edits))
    assert told.whole_after == answer.interval
    assert told.outcome.after.low == pytest.approx(answer.known.low, abs=1e-12)
    assert told.outcome.after.high == pytest.approx(answer.known.high, abs=1e-12)
    return 1


def test_concentrations_hold(reasoning: ReasoningService, analyses: BuyerAnalyses):
    for at, buyer in asked(reasoning):
        whole = analyses.concentrations(buyer, at)
        assert {one.by for one in whole} >= {"input", "all", "tier", "country", "tiers", "countries"}
        assert [fault for one in whole for fault in concentration.verify(one)] == []


def test_what_no_row_says_has_a_defined_answer(reasoning: ReasoningService, analyses: BuyerAnalyses):
    """No row calls anything essential."""
    for at, buyer in asked(reasoning)[::4]:
        found = analyses.failure_points(buyer, at)
        assert (found.points, found.pairs, found.complete) == ((), (), True)
        assert failure_points.verify(reasoning.snapshot(at), found) == ()


def test_alternatives_hold_and_nobody_is_praised_for_being_unknown(
    reasoning: ReasoningService, analyses: BuyerAnalyses, buyer: EntityId
):
    snapshot = reasoning.snapshot(AT)
    for supplier in direct(reasoning, buyer, AT)[:2]:
        found = analyses.alternatives(buyer, supplier, AT)
        assert found
        middles = [round(one.whole_change, 12) for one in found]
        assert middles == sorted(middles)
        for one in found[:5]:
            assert alternatives.verify(one, snapshot) == ()
            told = analyses.what_if(buyer, AT, one.branch)
            assert told.outcome.after.score == pytest.approx(one.after[1], abs=1e-12)
            assert told.whole_after == one.whole_after
    supplied = {link.customer for link in snapshot.links.counted}
    nigeria = next(one for one in sorted(supplied) if "programme-nigeria" in one)
    found = analyses.alternatives(nigeria, direct(reasoning, nigeria, AT)[0], AT)
    unknown = min(found, key=lambda one: one.change)
    assert unknown.other not in supplied, "the score alone puts first who nobody is known behind"
    assert unknown.whole_change > 0 > found[0].whole_change
    assert found[0].other in supplied


def test_time_and_alerts_hold(reasoning: ReasoningService, analyses: BuyerAnalyses):
    told = 0
    for at, buyer in asked(reasoning)[::5]:
        year = int((at.as_of or "")[:4])
        dates = [f"{year - 1}-07-01T00:00:00Z", f"{year}-01-01T00:00:00Z", f"{year}-07-01T00:00:00Z"]
        take = analyses.snapshot_reader(at)
        for point in analyses.series(buyer, at, dates):
            assert series.verify_point(point, take, buyer) == ()
        assert series.verify(analyses.between(buyer, at, (dates[0], dates[2])), take, buyer) == ()
        found = analyses.alerts([buyer], at, dates)
        assert [fault for one in found for fault in alerts.verify(one, take)] == []
        assert all(one.way[0] == buyer for one in found)
        told += len(found)
    assert told


def test_a_buyer_of_whom_no_supplier_is_known_is_neither_safe_nor_an_error(
    reasoning: ReasoningService, analyses: BuyerAnalyses
):
    lonely = BLOCKED_FROM_BIRTH
    assert reasoning.exposures(lonely, AT) == ()
    assert analyses.uncertainty(lonely, AT) == Interval(0.0, ALPHA)
    (question,) = analyses.questions(lonely, AT)
    assert (question.sort, question.entity) == ("suppliers", lonely)
    assert _answered(analyses, lonely, AT, question.answers[0]) == 1
    assert analyses.concentrations(lonely, AT) == ()
    assert analyses.failure_points(lonely, AT).points == ()
    (point,) = analyses.series(lonely, AT, [AT.as_of or ""])
    assert (point.totals.score, point.whole) == (0.0, Interval(0.0, ALPHA))
    with pytest.raises(NotFoundError):
        analyses.alternatives(lonely, lonely, AT)


@pytest.mark.parametrize("entity", ["reg:iso3166-IS", "sit:name:nowhere", "cat:name:nothing", "org:nobody"])
def test_what_stops_nobody_is_told(analyses: BuyerAnalyses, buyer: EntityId, entity: str):
    with pytest.raises(NotFoundError) as raised:
        analyses.what_if(buyer, AT, Branch("stop", (Stop(EntityId(entity)),)))
    assert raised.value.fix


def test_the_buyer_itself_is_not_stopped_and_a_site_buys_nothing(
    reasoning: ReasoningService, analyses: BuyerAnalyses, buyer: EntityId
):
    with pytest.raises(InputError):
        analyses.what_if(buyer, AT, Branch("stop", (Stop(buyer),)))
    site = next(entity for entity in reasoning.snapshot(AT).nodes if entity.startswith("sit:"))
    with pytest.raises(InputError):
        analyses.questions(site, AT)


def test_a_supplier_that_is_on_a_list_is_found_by_whichever_of_its_ids(
    reasoning: ReasoningService, store: GraphStore, buyer: EntityId
):
    """Merged for the test's sake: no such firm is on the list."""
    supplier = direct(reasoning, buyer, AT)[-1]
    then = At(AT.as_of, store.status().recorded_at)
    before = reasoning.exposures(buyer, then)
    pair = (supplier, BLOCKED_FROM_BIRTH)
    made = make_judgement(pair, "same", by="a test", why="to try it", features={})
    store.apply(Batch(at=LATER, judgements=(made,)))
    try:
        _check_blocked(reasoning, buyer, supplier)
        assert reasoning.exposures(buyer, then) == before, "nothing of it was known then"
    finally:
        store.apply(Batch(at=WITHDRAWN, withdrawn=(made.id,)))
    assert reasoning.exposures(buyer, AT) == before


def _check_blocked(reasoning: ReasoningService, buyer: EntityId, supplier: EntityId) -> None:
    one_id = reasoning.snapshot(AT).facts.of(supplier)
    assert one_id == reasoning.snapshot(AT).facts.of(BLOCKED_FROM_BIRTH)
    analyses = reasoning.analyses
    (finding,) = (one for one in reasoning.findings(buyer, AT) if one.kind == "sanctioned_owner")
    assert finding.subject == one_id
    blocked = next(one for one in reasoning.exposures(buyer, AT) if one.supplier == one_id)
    assert verify(blocked).faults == ()
    own = {part.category.removeprefix("rct:tierscope-"): part.bounds for part in blocked.parts}
    assert own["regulatory"] == own["geopolitical-trade"] == (1.0, 1.0, 1.0)
    (alert,) = (one for one in analyses.alerts([buyer], AT, [AT.as_of or ""]) if one.about == "sanctioned_owner")
    assert alert.way == (buyer, one_id)
    assert alerts.verify(alert, analyses.snapshot_reader(AT)) == ()
    by_both = ((Stop(one), DropLink(one, buyer)) for one in (supplier, BLOCKED_FROM_BIRTH))
    for edits in zip(*by_both, strict=True):
        ways = [analyses.what_if(buyer, AT, Branch("try", (edit,))).outcome for edit in edits]
        assert ways[0].after == ways[1].after
        assert [verify_outcome(one) for one in ways] == [(), ()]
    by_either: Sequence[tuple[alternatives.Alternative, ...]] = [
        analyses.alternatives(buyer, one, AT) for one in (supplier, BLOCKED_FROM_BIRTH)
    ]
    assert by_either[0] == by_either[1]
