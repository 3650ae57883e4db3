"""Expiring certificates: certificates of suppliers that end within ninety days and have no successor.

The validity of a certificate is the interval of its HELD_BY claim. A successor has the same scheme and holder. It
begins no later than the certificate ends, ends later, and is not withdrawn or merely applied for. It also covers what
the certificate covers; a certificate that does not state its coverage covers everything of its holder.
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
    """Yield a finding for each certificate of a supplier or its site that ends soon and has no successor.

    Args:
        network: The network upstream of the buyer.
        as_of: The reading instant (world time).
    """
    facts = network.facts
    horizon = shifted(as_of, NOTICE_DAYS)[: len("2026-03-01")]
    for holder in sorted({place for supplier in network.suppliers for place in network.belongings(supplier)}):
        for holding in facts.onto("HELD_BY", holder):
            ends_soon = holding.valid_to is not None and last_day(holding.valid_to) <= horizon
            if ends_soon and not _is_void(holding.subject, facts) and not _is_taken_over(holding, facts):
                yield _finding(holding, holder, network.operators_of(holder), facts)


def _is_void(certificate: EntityId, facts: Facts) -> bool:
    status = facts.preferred("CERTIFICATE_STATUS", certificate)
    return status is not None and str(status.value).strip().casefold() in _VOID


def _is_taken_over(holding: Fact, facts: Facts) -> bool:
    ever = facts.ever
    others = (fact for fact in ever.onto("HELD_BY", holding.object or holding.subject) if fact.claim != holding.claim)
    return any(_takes_over(other, holding, ever) for other in others)


def _takes_over(other: Fact, holding: Fact, ever: Facts) -> bool:
    end = holding.valid_to or ""
    in_time = other.valid_from is None or other.valid_from <= end
    longer = other.valid_to is None or other.valid_to > end
    if not (in_time and longer):
        return False
    same_scheme = other.subject == holding.subject or bool(_schemes(other, ever) & _schemes(holding, ever))
    return same_scheme and _covers(other, holding, ever) and not _is_void(other.subject, ever)


def _schemes(holding: Fact, ever: Facts) -> set[str]:
    return {" ".join(str(fact.value).casefold().split()) for fact in ever.about("SCHEME", holding.subject)}


def _covers(other: Fact, holding: Fact, ever: Facts) -> bool:
    covered = {fact.object for fact in ever.about("COVERS", other.subject)}
    return not covered or covered >= {fact.object for fact in ever.about("COVERS", holding.subject)}


def _finding(holding: Fact, holder: EntityId, answerable: tuple[EntityId, ...], facts: Facts) -> Finding:
    schemes = facts.about("SCHEME", holding.subject)
    scheme = str(schemes[0].value) if schemes else facts.name(holding.subject)
    text = (
        f"The certificate {scheme} of {facts.name(holder)} ends on {last_day(holding.valid_to or '')} and no "
        "other of the same scheme takes over."
    )
    return make_finding(KIND, holding.subject, (holding, *schemes), text, related=(holder, *answerable))
