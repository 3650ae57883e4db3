"""The result of a detector: a finding, with the claims and evidence on which it rests."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.network.citations import evidence_of
from reasoning.network.facts import Fact, Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a declared detector.

    Attributes:
        kind: The kind of detector: `sanctioned_owner`, `missing_clause`, ….
        subject: The entity that it is about.
        rule: `finding.<kind-with-hyphens>`, or the id of the Rule in the data that decided.
        evidence: Evidence of the claims, ascending.
        claims: The claims on which it rests, ascending. Without any of them it would change or not exist.
        text: One sentence with names.
        related: Other entities that it concerns, ascending: dependents, owners, parties, the other of a pair.
    """

    kind: str
    subject: EntityId
    rule: str
    evidence: tuple[EvidenceId, ...]
    claims: tuple[ClaimId, ...]
    text: str
    related: tuple[EntityId, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Sort key by which findings are listed, ascending."""
        return (self.kind, self.subject, self.rule, *self.related, *self.claims)


def make_finding(
    kind: str, subject: EntityId, facts: Iterable[Fact], text: str, *, related: Iterable[EntityId] = ()
) -> Finding:
    """The finding of a detector, with the detector's rule.

    Args:
        kind: The kind of detector.
        subject: The entity that it is about.
        facts: The facts on which it rests.
        text: One sentence with names.
        related: Other entities that it concerns.
    """
    used = tuple(facts)
    return Finding(
        kind=kind,
        subject=subject,
        rule=f"finding.{kind.replace('_', '-')}",
        evidence=evidence_of(used),
        claims=tuple(sorted({fact.claim for fact in used})),
        text=text,
        related=tuple(sorted(set(related) - {subject})),
    )


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: `A`, `A and B`, `A, B and C`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def titled(entity: EntityId, facts: Facts) -> str:
    """The title of a contract or rule; else its name, else its id."""
    title = facts.preferred("TITLE", entity)
    return facts.name(entity) if title is None else str(title.value)
