"""What is cited is needed: without any cited fact a finding or recommendation of the sample world goes or changes."""

from collections.abc import Iterator

import pytest

from app.jobs.world import World
from graph.port import ClaimQuery, GraphStore
from ontology.records import At, ClaimId, StoredClaim, StoredJudgement
from reasoning.clauses.recommendation import Recommendation, recommend
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import DETECTORS, DetectionContext
from reasoning.findings.finding import Finding
from reasoning.network.facts import Facts
from tests.world.loading import load
from tests.world.shuffle import SAMPLE


class Loaded:
    """The sample world's claims at hand, so that one may be left out."""

    def __init__(self, world: World, store: GraphStore) -> None:
        self.world = world
        self.claims: list[StoredClaim] = store.claims(ClaimQuery(at=At(None, world.at.known_at)))
        self.judgements: list[StoredJudgement] = store.judgements(world.at)
        self.store = store

    def facts(self, without: ClaimId | None = None) -> Facts:
        held = [stored for stored in self.claims if stored.claim.id != without]
        return Facts.from_claims(held, self.world.at, judgements=self.judgements)

    def findings(self, kind: str, without: ClaimId | None = None) -> tuple[Finding, ...]:
        scene = DetectionContext(Snapshot(self.facts(without), 1), self.world.buyer, self.world.at.as_of or "")
        return tuple(DETECTORS[kind](scene))

    def recommendations(self, without: ClaimId | None = None) -> tuple[Recommendation, ...]:
        snapshot = Snapshot(self.facts(without), 1)
        return recommend(snapshot, Scoring(snapshot, self.world.buyer))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    world, store = load(SAMPLE, tmp_path_factory.mktemp("sample") / "world.db")
    yield Loaded(world, store)
    store.close()


@pytest.mark.parametrize("kind", DETECTORS)
def test_without_a_cited_claim_a_finding_goes_or_changes(kind: str, loaded: Loaded):
    findings = loaded.findings(kind)
    assert findings
    for finding in findings:
        assert finding.claims
        for claim in finding.claims:
            assert finding not in loaded.findings(kind, claim), f"{finding.text} stands without {claim}"


@pytest.mark.parametrize("kind", DETECTORS)
def test_the_evidence_of_a_finding_is_that_of_its_claims_and_is_in_the_store(kind: str, loaded: Loaded):
    evidence = {stored.claim.id: stored.claim.evidence for stored in loaded.claims}
    for finding in loaded.findings(kind):
        assert set(finding.evidence) == {one for claim in finding.claims for one in evidence[claim]}
        assert {cited.evidence.id for cited in loaded.store.evidence(finding.evidence)} == set(finding.evidence)


def test_without_a_cited_claim_a_recommendation_goes_or_changes(loaded: Loaded):
    made = loaded.recommendations()
    cited = sorted({claim for one in made for claim in one.facts})
    for claim in cited:
        left = loaded.recommendations(claim)
        assert not [one for one in made if claim in one.facts and one in left]


def test_the_sample_world_has_recommendations_by_several_rules_and_abstains_with_a_reason(loaded: Loaded):
    made = loaded.recommendations()
    given = [one for one in made if not one.abstained]
    assert len(given) >= 8
    assert len({one.supplier for one in given}) >= 4
    assert len({one.rule for one in given}) >= 4
    assert {one.rule for one in made} <= {stored.claim.subject for stored in loaded.claims}
    assert 1 <= len(made) - len(given) <= 3
