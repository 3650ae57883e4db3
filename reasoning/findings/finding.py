"""What a detector says: one finding, with the claims and evidence that it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.records import ClaimId, EvidenceId, NounId
from reasoning.citing import evidence_of
from reasoning.facts import Fact, Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a declared detector.

    Attributes:
        kind: Which detector: `sanctioned_owner`, `missing_clause`, ….
        subject: The noun that it is about.
        rule: `finding.<kind-with-hyphens>`, or the id of the Rule in the data that decided.
        evidence: Evidence of the claims, ascending.
        claims: The claims that it was concluded from, ascending: without them it would not stand as it does.
        text: One sentence with names.
        related: Other nouns that it concerns, ascending: dependents, owners, parties, the other of a pair.
    """

    kind: str
    subject: NounId
    rule: str
    evidence: tuple[EvidenceId, ...]
    claims: tuple[ClaimId, ...]
    text: str
    related: tuple[NounId, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Ascending key by which findings are listed."""
        return (self.kind, self.subject, self.rule, *self.related, *self.claims)


def make_finding(
    kind: str, subject: NounId, facts: Iterable[Fact], text: str, *, related: Iterable[NounId] = ()
) -> Finding:
    """The finding of a detector that rests on `facts`; its rule is the detector's."""
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


def titled(noun: NounId, facts: Facts) -> str:
    """What a contract or rule is titled; else its name, else its id."""
    title = facts.preferred("TITLE", noun)
    return facts.name(noun) if title is None else str(title.value)
