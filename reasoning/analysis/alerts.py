"""Alerts: what a buyer should look at over some instants of world time, each with the path by which it is concerned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ontology.canonical import digest
from ontology.records import ClaimId, EntityId
from reasoning.analysis.series import check_instants
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import detect
from reasoning.findings.finding import Finding
from reasoning.network.citations import claims_of
from reasoning.network.facts import Facts

RISE = 0.25  # of the exposure to a supplier, from one instant to the next, that is worth an alert
LEAST = 1e-3  # exposure below which no rise is


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a buyer should look at.

    Attributes:
        key: Identifies it at whatever instants it holds, so that it is reported once.
        about: The kind of finding, or `exposure`.
        since, until: The first and the last of the successive instants at which it holds.
        way: The path from the buyer, which comes first, to the supplier that it concerns. It is the buyer alone where
            the alert concerns no supplier.
        claims: The claims of that path and of the finding, ascending.
    """

    key: str
    sort: Literal["finding", "rise"]
    about: str
    buyer: EntityId
    entity: EntityId
    text: str
    since: str
    until: str
    way: tuple[EntityId, ...]
    claims: tuple[ClaimId, ...]


def alerts(take: Callable[[str], Snapshot], buyers: Sequence[EntityId], instants: Sequence[str]) -> tuple[Alert, ...]:
    """The alerts of some buyers, each once for each run of successive instants at which it holds.

    Args:
        take: Gives the snapshot of an instant of world time.
        buyers: Ids that stand for the buyers.
        instants: Instants of world time, ascending.

    Raises:
        InputError: There is no instant, or they do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    found = [alert for buyer in buyers for alert in _alerts(take, buyer, instants)]
    return tuple(sorted(found, key=lambda alert: (alert.since, alert.buyer, alert.about, alert.entity, alert.key)))


def verify(alert: Alert, take: Callable[[str], Snapshot]) -> tuple[str, ...]:
    """The faults of an alert: a path that its claims do not make, or an end at which it does not hold. Else nothing."""
    return tuple(_faults(alert, take))


def _faults(alert: Alert, take: Callable[[str], Snapshot]) -> Iterator[str]:
    snapshot = take(alert.until)
    if alert.way[0] != snapshot.facts.of(alert.buyer):
        yield "the path does not begin with the buyer"
    for customer, supplier in pairwise(alert.way):
        links = snapshot.by_customer.get(customer, ())
        if not any(link.supplier == supplier and set(link.claims) <= set(alert.claims) for link in links):
            yield f"none of its claims is that {supplier} supplies {customer}"
    if alert.sort == "finding":
        for instant in sorted({alert.since, alert.until}):
            then = take(instant)
            if all(one.key != alert.key for one in _findings(then, Scoring(then, alert.buyer), instant)):
                yield f"it does not hold as of {instant}"


def _alerts(take: Callable[[str], Snapshot], buyer: EntityId, instants: Sequence[str]) -> Iterator[Alert]:
    scorings = [Scoring(take(instant), buyer) for instant in instants]
    lasting: dict[str, Alert] = {}
    for number, instant in enumerate(instants):
        current = {one.key: one for one in _findings(take(instant), scorings[number], instant)}
        if number:
            rises = _rises(scorings[number - 1], scorings[number], take(instant).facts, instant)
            current |= {one.key: one for one in rises}
        yield from (alert for key, alert in lasting.items() if key not in current)
        lasting = {key: _prolonged(one, lasting.get(key)) for key, one in current.items()}
    yield from lasting.values()


def _prolonged(now: Alert, before: Alert | None) -> Alert:
    return now if before is None else replace(now, since=before.since)


def _findings(snapshot: Snapshot, scoring: Scoring, instant: str) -> Iterator[Alert]:
    for finding in detect(snapshot, scoring.buyer, instant):
        way, claims = _way(scoring, _concerned(finding, scoring, snapshot.facts))
        yield Alert(
            key=digest([finding.kind, scoring.buyer, finding.subject, finding.rule, *finding.related])[:16],
            sort="finding",
            about=finding.kind,
            buyer=scoring.buyer,
            entity=finding.subject,
            text=finding.text,
            since=instant,
            until=instant,
            way=way,
            claims=tuple(sorted({*claims, *finding.claims})),
        )


def _concerned(finding: Finding, scoring: Scoring, facts: Facts) -> EntityId | None:
    """The supplier that a finding concerns: its subject, an entity it names, or their holder, operator or party."""
    named = [finding.subject, *finding.related]
    holders = [fact.object for fact in facts.about("HELD_BY", finding.subject) if fact.object]
    operators = [fact.subject for one in [*named, *holders] for fact in facts.onto("OPERATES", one)]
    parties = [fact.subject for fact in facts.onto("PARTY_TO", finding.subject)]
    return next((one for one in [*named, *holders, *operators, *parties] if one in scoring.suppliers), None)


def _rises(before: Scoring, after: Scoring, facts: Facts, instant: str) -> Iterator[Alert]:
    old = _scores(before)
    for firm, score in _scores(after).items():
        if score >= LEAST and score > old.get(firm, 0.0) * (1 + RISE):
            way, claims = _way(after, firm)
            yield Alert(
                key=digest(["exposure", after.buyer, firm])[:16],
                sort="rise",
                about="exposure",
                buyer=after.buyer,
                entity=firm,
                text=f"The exposure to {facts.name(firm)} rose from {old.get(firm, 0.0):.4f} to {score:.4f}.",
                since=instant,
                until=instant,
                way=way,
                claims=claims,
            )


def _scores(scoring: Scoring) -> Mapping[EntityId, float]:
    return {one.supplier: one.score for one in scoring.exposures(paths=0)}


def _way(scoring: Scoring, firm: EntityId | None) -> tuple[tuple[EntityId, ...], tuple[ClaimId, ...]]:
    if firm is None:
        return (scoring.buyer,), ()
    links = scoring.shortest_path(firm)
    return (scoring.buyer, *(link.supplier for link in links)), claims_of(links)
