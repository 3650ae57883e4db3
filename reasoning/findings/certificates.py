"""Certificates of suppliers that end within ninety days, with no other that takes over.

The validity of a certificate is the interval of its HELD_BY claim. Another takes over if it has the same scheme and
holder, begins no later than this one ends, ends later, is not withdrawn or merely applied for, and covers what this
one covers (one that does not say what it covers covers all that its holder does).
"""

from collections.abc import Iterator

from ontology.records import EntityId
from reasoning.findings.finding import Finding, make_finding
from reasoning.findings.network import UpstreamNetwork
from reasoning.network.days import last_day, shifted
from reasoning.network.facts import Fact, Facts

KIND = "expiring_certificate"
NOTICE_DAYS = 90
_VOID = frozenset({"withdrawn", "suspended", "revoked", "refused", "expired", "applied", "pending", "cancelled"})


def expiring_certificates(network: UpstreamNetwork, as_of: str) -> Iterator[Finding]:
    """One finding for each certificate, of a supplier or of its site, that ends soon and has no successor."""
    facts = network.facts
    horizon = shifted(as_of, NOTICE_DAYS)[: len("2026-03-01")]
    for holder in sorted({place for supplier in network.suppliers for place in network.belongings(supplier)}):
        for held in facts.onto("HELD_BY", holder):
            ends_soon = held.valid_to is not None and last_day(held.valid_to) <= horizon
            if ends_soon and not _is_void(held.subject, facts) and not _is_taken_over(held, facts):
                yield _finding(held, holder, network.operators_of(holder), facts)


def _is_void(certificate: EntityId, facts: Facts) -> bool:
    status = facts.preferred("CERTIFICATE_STATUS", certificate)
    return status is not None and str(status.value).strip().casefold() in _VOID


def _is_taken_over(held: Fact, facts: Facts) -> bool:
    ever = facts.ever
    others = (fact for fact in ever.onto("HELD_BY", held.object or held.subject) if fact.claim != held.claim)
    return any(_takes_over(other, held, ever) for other in others)


def _takes_over(other: Fact, held: Fact, ever: Facts) -> bool:
    end = held.valid_to or ""
    in_time = other.valid_from is None or other.valid_from <= end
    longer = other.valid_to is None or other.valid_to > end
    if not (in_time and longer):
        return False
    same_scheme = other.subject == held.subject or bool(_schemes(other, ever) & _schemes(held, ever))
    return same_scheme and _covers(other, held, ever) and not _is_void(other.subject, ever)


def _schemes(held: Fact, ever: Facts) -> set[str]:
    return {" ".join(str(fact.value).casefold().split()) for fact in ever.about("SCHEME", held.subject)}


def _covers(other: Fact, held: Fact, ever: Facts) -> bool:
    covered = {fact.object for fact in ever.about("COVERS", other.subject)}
    return not covered or covered >= {fact.object for fact in ever.about("COVERS", held.subject)}


def _finding(held: Fact, holder: EntityId, answerable: tuple[EntityId, ...], facts: Facts) -> Finding:
    schemes = facts.about("SCHEME", held.subject)
    scheme = str(schemes[0].value) if schemes else facts.name(held.subject)
    text = (
        f"The certificate {scheme} of {facts.name(holder)} ends on {last_day(held.valid_to or '')} and no "
        "other of the same scheme takes over."
    )
    return make_finding(KIND, held.subject, (held, *schemes), text, related=(holder, *answerable))
