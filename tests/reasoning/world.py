"""A small world in few words: claims made in code, one record each, for the tests of reasoning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ontology.canonical import Scalar
from ontology.records import (
    At,
    Basis,
    ClaimId,
    Document,
    EntityId,
    Evidence,
    EvidenceId,
    Review,
    StoredClaim,
    StoredJudgement,
    Verdict,
    make_judgement,
)
from reasoning.network.facts import Facts
from tests.claims import Said, Saying, make_claim

AT = At(as_of="2026-06-01T00:00:00Z")
RECORDED = "2026-01-01T00:00:00.000000Z"
DOCUMENT = Document.id_of("0" * 64)


@dataclass
class World:
    """Claims as they are added."""

    claims: list[StoredClaim] = field(default_factory=list)
    judgements: list[StoredJudgement] = field(default_factory=list)

    def say(
        self,
        subject: str,
        predicate: str,
        target: str | Scalar,
        *,
        source: str = "world",
        basis: Basis = "observed",
        confidence: float = 1.0,
        review: Review = "accepted",
        valid: tuple[str | None, str | None] = (None, None),
        qualified: Mapping[str, Scalar] | None = None,
        **qualifiers: Scalar,
    ) -> ClaimId:
        """Add a claim; a target with a colon in it is an entity, but for times, which begin with a digit."""
        entity = EntityId(target) if isinstance(target, str) and ":" in target and not target[0].isdigit() else None
        value = None if entity else target
        said = Said(EntityId(subject), predicate, entity, value, {**(qualified or {}), **qualifiers}, *valid)
        record = str(len(self.claims))
        evidence = Evidence.id_of(DOCUMENT, f'{{"row":{record}}}', "0" * 64)
        saying = Saying(source, record, (evidence,), basis, review, confidence)
        claim = make_claim(said, saying)
        self.claims.append(StoredClaim(claim, RECORDED, None))
        return claim.id

    def judge(self, left: str, right: str, verdict: Verdict = "same") -> None:
        """Add a judgement."""
        judgement = make_judgement((EntityId(left), EntityId(right)), verdict, by="a test", why="", features={})
        self.judgements.append(StoredJudgement(judgement, RECORDED, None))

    def risk(self, name: str, on: str, category: str, value: float) -> list[ClaimId]:
        """Add a Risk of likelihood `value` and severity 1 on an entity, in one of the twelve categories."""
        risk = f"rsk:{name}"
        return [
            self.say(risk, "AFFECTS", on),
            self.say(risk, "IN_CATEGORY", f"rct:tierscope-{category}"),
            self.say(risk, "LIKELIHOOD", value),
            self.say(risk, "SEVERITY", 1.0),
        ]

    def facts(self, at: At = AT) -> Facts:
        """What reasoning sees of it."""
        return Facts.from_claims(self.claims, at, judgements=self.judgements)

    def without(self, claims: Iterable[str]) -> "World":
        """The same world without these claims."""
        gone = set(claims)
        return World([stored for stored in self.claims if stored.claim.id not in gone], list(self.judgements))

    def evidence_of(self, claim: str) -> tuple[EvidenceId, ...]:
        """The evidence of one claim."""
        return next(stored.claim.evidence for stored in self.claims if stored.claim.id == claim)
