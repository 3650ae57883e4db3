"""Recommendation of clauses: risk → MITIGATES → clause type → text, each step a cited claim. Rules decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.clauses.library import ClauseLibrary, TextVectors, described
from reasoning.contracts.in_force import Contract, Contracts
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.citations import evidence_of
from reasoning.network.facts import Fact, Facts, as_number
from reasoning.risk.own_risk import OwnRisk

THRESHOLD = 0.25  # least own risk for a MITIGATES claim without a threshold: an even chance of half the harm
EFFECT = 0.5  # the effect of a MITIGATES claim that states none

NO_PRECEDENT = (
    "no precedent: neither the clause library, nor a template, nor a contract of the buyer has a clause of this type"
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A clause to request from a supplier, or the reason why none is recommended.

    Attributes:
        supplier: The supplier.
        tier: Its distance from the buyer.
        clause_type: The type of the clause.
        category: The risk category that decided.
        rule: Name of the rule that the MITIGATES claim states, else that claim's id.
        facts: Every claim it rests on: the risk, the path to the supplier, the rule, then clause or ban.
        evidence: The evidence of these claims, ascending.
        text: The text of the precedent; "" if it abstains.
        clause: The precedent; None if it abstains.
        score: Own risk (its lower end) × the clause type's effect on it, in [0, 1]; recommendations are ordered by it.
        ranked_by: How the precedent was chosen among several; "" if it abstains.
        abstained: Why no clause is recommended; "" if one is.
    """

    supplier: EntityId
    tier: int
    clause_type: EntityId
    category: EntityId
    rule: str
    facts: tuple[ClaimId, ...]
    evidence: tuple[EvidenceId, ...]
    text: str
    clause: EntityId | None
    score: float
    ranked_by: str
    abstained: str


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a supplier should agree to a clause type: its own risk and the MITIGATES fact."""

    supplier: EntityId
    mitigates: Fact
    own: OwnRisk

    @property
    def clause_type(self) -> EntityId:
        return self.mitigates.subject

    @property
    def score(self) -> float:
        effect = self.mitigates.number("effect")
        return self.own.bounds[0] * (EFFECT if effect is None else effect)

    @property
    def rank(self) -> tuple[float, EntityId, ClaimId]:
        return (-self.score, self.own.category, self.mitigates.claim)


def recommend(
    snapshot: Snapshot, scoring: Scoring, *, vectors: TextVectors | None = None
) -> tuple[Recommendation, ...]:
    """The clauses to request from the suppliers of a buyer: greatest score first, then by supplier and clause type.

    A clause type is recommended if it MITIGATES a category in which the supplier's own risk reaches the claim's
    threshold. None is recommended that a contract in force with the buyer has already. An assessed risk counts by its
    lower end, because unknown risk is no reason. There is one recommendation a supplier and clause type, for the
    category with the greatest score. It abstains if a rule forbids such a request, or if there is no text.

    Args:
        snapshot: The facts and risks.
        scoring: M1 of the buyer.
        vectors: For ranking by meaning; None ranks by words alone.
    """
    made = list(_Recommending(snapshot, scoring, vectors).all())
    return tuple(sorted(made, key=lambda one: (-one.score, one.supplier, one.clause_type)))


class _Recommending:
    def __init__(self, snapshot: Snapshot, scoring: Scoring, vectors: TextVectors | None) -> None:
        self._facts: Facts = snapshot.facts
        self._risks = snapshot.risks
        self._scoring = scoring
        self._library = ClauseLibrary(self._facts, scoring.buyer, vectors)
        self._contracts = Contracts(self._facts, scoring.buyer, self._facts.at.as_of or "")

    def all(self) -> Iterator[Recommendation]:
        for supplier, tier in self._scoring.suppliers.items():
            for reason in self._reasons(supplier):
                if not self._is_agreed(reason):
                    yield self._recommendation(reason, tier)

    def _reasons(self, supplier: EntityId) -> list[_Reason]:
        """The strongest reason for each clause type."""
        strongest: dict[EntityId, _Reason] = {}
        for category, own in self._risks.of(supplier).items():
            for mitigates in self._mitigating.get(category, ()):
                reason = _Reason(supplier, mitigates, own)
                standing = strongest.get(reason.clause_type)
                if own.bounds[0] >= _threshold(mitigates) and (standing is None or reason.rank < standing.rank):
                    strongest[reason.clause_type] = reason
        return [strongest[clause_type] for clause_type in sorted(strongest)]

    @cached_property
    def _mitigating(self) -> Mapping[EntityId, tuple[Fact, ...]]:
        """The MITIGATES facts of clause types, by category."""
        return {
            category: tuple(fact for fact in facts if self._facts.kind(fact.subject) == "ClauseType")
            for category, facts in self._facts.by_object("MITIGATES").items()
        }

    def _is_agreed(self, reason: _Reason) -> bool:
        """Whether a contract in force between the two has a clause of the type."""
        return any(
            reason.supplier in contract.parties and self._contracts.of_type(contract, reason.clause_type)
            for contract in self._contracts.in_force
        )

    def _recommendation(self, reason: _Reason, tier: int) -> Recommendation:
        ban = self._ban(reason)
        precedent = None if ban else self._library.best(reason.clause_type, self._queries(reason))
        clause = () if precedent is None else (*precedent.typed, precedent.text)
        facts = (*reason.own.facts, *self._path_to(reason.supplier), reason.mitigates, *ban, *clause)
        return Recommendation(
            supplier=reason.supplier,
            tier=tier,
            clause_type=reason.clause_type,
            category=reason.own.category,
            rule=reason.mitigates.text("rule") or reason.mitigates.claim,
            facts=tuple(dict.fromkeys(fact.claim for fact in facts)),
            evidence=evidence_of(facts),
            text="" if precedent is None else str(precedent.text.value),
            clause=None if precedent is None else precedent.clause,
            score=reason.score,
            ranked_by="" if precedent is None else self._library.ranked_by,
            abstained=self._why_not(ban) if ban else "" if precedent else NO_PRECEDENT,
        )

    def _path_to(self, supplier: EntityId) -> Iterator[Fact]:
        for link in self._scoring.shortest_path(supplier):
            yield from (link.fact, *link.via)

    def _ban(self, reason: _Reason) -> tuple[Fact, ...]:
        """The facts by which a rule forbids requesting it from the supplier: the ban, its scope, the headcount."""
        path = tuple(self._path_to(reason.supplier))
        parties = {self._scoring.buyer: path[:1], reason.supplier: path[-1:]}
        wished = Contract(reason.clause_type, self._scoring.buyer, parties, reason.mitigates, (), ())
        for forbids in sorted(self._facts.onto("FORBIDS", reason.clause_type), key=lambda fact: fact.preference):
            reached = self._contracts.reach(forbids.subject, "", wished, everywhere=True)
            small = _smallness(forbids, reason.supplier, self._facts)
            if reached is not None and small is not None:
                return (forbids, *reached, *small)
        return ()

    def _why_not(self, ban: tuple[Fact, ...]) -> str:
        rule, bound = ban[0].subject, ban[0].number("maxHeadcount")
        title = self._facts.preferred("TITLE", rule)
        name = self._facts.name(rule) if title is None else str(title.value)
        whom = "" if bound is None else f" a supplier of at most {bound:g} people"
        return f"over-reach: {name} ({rule}) forbids asking{whom} for it"

    def _queries(self, reason: _Reason) -> tuple[str, str, str]:
        """The type's names; the risk and its category; the type's names with its definition."""
        names = described(self._facts, reason.clause_type, ("NAMED",))
        entity = reason.own.risk
        risk = "" if entity is None else described(self._facts, entity, ("NAMED", "TITLE", "DESCRIPTION"))
        category = described(self._facts, reason.own.category, ("NAMED", "DEFINITION"))
        definition = described(self._facts, reason.clause_type, ("DEFINITION",))
        return names, f"{risk} {category}", f"{names} {definition}"


def _threshold(mitigates: Fact) -> float:
    threshold = mitigates.number("threshold")
    return THRESHOLD if threshold is None else threshold


def _smallness(forbids: Fact, supplier: EntityId, facts: Facts) -> tuple[Fact, ...] | None:
    """The headcount that puts a supplier within the bound of a ban; () without a bound; None if it is not within."""
    bound = forbids.number("maxHeadcount")
    if bound is None:
        return ()
    headcount = facts.preferred("HEADCOUNT", supplier)
    people = None if headcount is None else as_number(headcount.value)
    return (headcount,) if headcount is not None and people is not None and people <= bound else None
