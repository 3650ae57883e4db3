"""Facts: the open claims at a reading instant, loaded by predicate, with merged entities resolved to one id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat, starmap
from typing import Protocol

import numpy as np

from graph.identity import Identity
from graph.port import LATEST, ClaimColumns
from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY, kind_of
from ontology.preference import Preference, is_believable, is_primary_name, preference
from ontology.records import (
    At,
    Basis,
    ClaimId,
    EntityId,
    EvidenceId,
    Qualifiers,
    Review,
    StoredClaim,
    StoredJudgement,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One open claim as reasoning sees it.

    `subject` and `object` are resolved ids; all other fields are those of the claim.

    Attributes:
        review: Never `rejected`.
        evidence: Evidence ids, ascending.
    """

    claim: ClaimId
    statement: str
    source: str
    subject: EntityId
    predicate: str
    object: EntityId | None
    value: Scalar | None
    qualifiers: Qualifiers
    valid_from: str | None
    valid_to: str | None
    basis: Basis
    review: Review
    confidence: float
    evidence: tuple[EvidenceId, ...]

    @property
    def inferred(self) -> bool:
        """Whether a rule derived it. Else it was observed or confirmed."""
        return self.basis == "inferred"

    @property
    def preference(self) -> Preference:
        """Sort key of the order of belief (`ontology.preference`): the smallest is believed."""
        return preference(self, self.claim)

    def number(self, qualifier: str) -> float | None:
        """The qualifier as a number; None if it is absent or not a number."""
        return as_number(self.qualifiers.get(qualifier))

    def text(self, qualifier: str) -> str:
        """The qualifier as text; "" if it is absent."""
        value = self.qualifiers.get(qualifier)
        return "" if value is None else str(value)


class ClaimReader(Protocol):
    """Port: the two methods of `graph.port.GraphReader` that facts need."""

    def columns(self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST) -> ClaimColumns:
        """The claims of one predicate that are open and valid at `at`."""
        ...

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`."""
        ...


class Facts:
    """The facts that hold at one reading instant. Each predicate is read once, when first used.

    Args:
        reader: Where claims are read.
        at: The reading instant.
    """

    def __init__(self, reader: ClaimReader, at: At) -> None:
        self.at = at
        self.judgements = tuple(stored.judgement for stored in reader.judgements(at))
        self.identity = Identity(self.judgements)
        self._reader = reader
        self._ever: Facts | None = None
        self._by_predicate: dict[str, tuple[Fact, ...]] = {}
        self._by_subject: dict[str, Mapping[EntityId, tuple[Fact, ...]]] = {}
        self._by_object: dict[str, Mapping[EntityId, tuple[Fact, ...]]] = {}

    @classmethod
    def from_claims(
        cls, claims: Iterable[StoredClaim], at: At, *, judgements: Iterable[StoredJudgement] = ()
    ) -> "Facts":
        """Facts from a list of claims; versions that do not hold at `at` are left out.

        Args:
            claims: Versions of claims, in any order.
            at: The reading instant.
            judgements: Versions of judgements.
        """
        return cls(ListedClaims(claims, judgements), at)

    @property
    def ever(self) -> "Facts":
        """The facts known at this instant whatever their validity: past and future periods too."""
        if self._ever is None:
            self._ever = Facts(self._reader, At(None, self.at.known_at))
        return self._ever

    def __getitem__(self, predicate: str) -> tuple[Fact, ...]:
        """The facts of a predicate, by claim id."""
        if predicate not in self._by_predicate:
            loaded = map(self._resolved, _facts(predicate, self._reader, self.at))
            self._by_predicate[predicate] = tuple(sorted(loaded, key=lambda fact: fact.claim))
        return self._by_predicate[predicate]

    def by_subject(self, predicate: str) -> Mapping[EntityId, tuple[Fact, ...]]:
        """The facts of a predicate by subject; an entity without any is not a key."""
        if predicate not in self._by_subject:
            self._by_subject[predicate] = _grouped((fact.subject, fact) for fact in self[predicate])
        return self._by_subject[predicate]

    def by_object(self, predicate: str) -> Mapping[EntityId, tuple[Fact, ...]]:
        """The facts of a predicate by object; an entity without any is not a key."""
        if predicate not in self._by_object:
            pairs = ((fact.object, fact) for fact in self[predicate] if fact.object is not None)
            self._by_object[predicate] = _grouped(pairs)
        return self._by_object[predicate]

    def about(self, predicate: str, entity: str) -> tuple[Fact, ...]:
        """The facts of a predicate whose subject is the entity."""
        return self.by_subject(predicate).get(EntityId(entity), ())

    def onto(self, predicate: str, entity: str) -> tuple[Fact, ...]:
        """The facts of a predicate whose object is the entity."""
        return self.by_object(predicate).get(EntityId(entity), ())

    def preferred(self, predicate: str, entity: str) -> Fact | None:
        """The most believed fact of a predicate about one entity; None if there is none."""
        return min(self.about(predicate, entity), key=lambda fact: fact.preference, default=None)

    def of(self, entity: str) -> EntityId:
        """The one id that stands for an entity and for all that are judged the same."""
        return self.identity.of(EntityId(entity))

    def name(self, entity: str) -> str:
        """The name of an entity: its preferred primary name, else its preferred name, else its id."""
        named = self.about("NAMED", self.of(entity))
        best = min(named, key=name_preference, default=None)
        return entity if best is None else str(best.value)

    def kind(self, entity: str) -> str:
        """The kind that an entity's id names; "" if it names none."""
        return kind_of(entity)

    def _resolved(self, fact: Fact) -> Fact:
        subject = self.identity.of(fact.subject)
        target = None if fact.object is None else self.identity.of(fact.object)
        if subject == fact.subject and target == fact.object:
            return fact
        return replace(fact, subject=subject, object=target)


def name_preference(named: Fact) -> tuple[bool, Preference]:
    """Sort key of NAMED facts: primary names before others, each in the order of belief."""
    return (not is_primary_name(named.qualifiers.get("kind")), named.preference)


def as_number(value: Scalar | None) -> float | None:
    """`value` as a float; None if it is absent, text or a truth value."""
    return None if value is None or isinstance(value, bool | str) else float(value)


def holds(stored: StoredClaim, at: At) -> bool:
    """Whether a version of a claim is open and valid at `at`, and not rejected."""
    return is_believable(stored.claim.review) and _known(stored, at.known_at) and _valid(stored, at.as_of)


def _known(stored: StoredClaim | StoredJudgement, known_at: str | None) -> bool:
    if known_at is None:
        return stored.superseded_at is None
    return stored.recorded_at <= known_at and (stored.superseded_at is None or known_at < stored.superseded_at)


def _valid(stored: StoredClaim, as_of: str | None) -> bool:
    start, end = stored.claim.valid_from, stored.claim.valid_to
    return as_of is None or ((start is None or start <= as_of) and (end is None or as_of < end))


def _grouped(pairs: Iterable[tuple[EntityId, Fact]]) -> Mapping[EntityId, tuple[Fact, ...]]:
    groups: dict[EntityId, list[Fact]] = defaultdict(list)
    for entity, fact in pairs:
        groups[entity].append(fact)
    return {entity: tuple(facts) for entity, facts in groups.items()}


class ListedClaims:
    """A `ClaimReader` over a list of claims and judgements, for claims that are in no store."""

    def __init__(self, claims: Iterable[StoredClaim], judgements: Iterable[StoredJudgement] = ()) -> None:
        self._judgements = sorted(judgements, key=lambda stored: stored.judgement.id)
        self._claims: dict[str, list[StoredClaim]] = defaultdict(list)
        for stored in sorted(claims, key=lambda stored: stored.claim.id):
            self._claims[stored.claim.predicate].append(stored)

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`."""
        return [stored for stored in self._judgements if _known(stored, at.known_at)]

    def columns(self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST) -> ClaimColumns:
        """The claims of one predicate that hold at `at`."""
        matching = [stored.claim for stored in self._claims.get(predicate, ()) if holds(stored, at)]
        return ClaimColumns(
            claims=[claim.id for claim in matching],
            statements=[claim.statement for claim in matching],
            sources=[claim.source for claim in matching],
            subjects=[claim.subject for claim in matching],
            objects=[claim.object for claim in matching],
            values=[claim.value for claim in matching],
            basis=[claim.basis for claim in matching],
            review=[claim.review for claim in matching],
            confidence=np.array([claim.confidence for claim in matching], dtype=np.float64),
            valid_from=[claim.valid_from for claim in matching],
            valid_to=[claim.valid_to for claim in matching],
            qualifiers={name: [claim.qualifiers.get(name) for claim in matching] for name in qualifiers},
            evidence=[claim.evidence for claim in matching],
        )


def _facts(predicate: str, reader: ClaimReader, at: At) -> Iterator[Fact]:
    names = sorted(VOCABULARY.predicates[predicate].qualifiers)
    columns = reader.columns(predicate, names, at)
    carried = zip(*(columns.qualifiers[name] for name in names), strict=True) if names else repeat(())
    rows = zip(
        columns.claims,
        columns.statements,
        columns.sources,
        columns.subjects,
        repeat(predicate),
        columns.objects,
        columns.values,
        ({name: value for name, value in zip(names, row, strict=True) if value is not None} for row in carried),
        columns.valid_from,
        columns.valid_to,
        columns.basis,
        columns.review,
        columns.confidence.tolist(),
        columns.evidence,
        strict=False,
    )
    return starmap(Fact, rows)
