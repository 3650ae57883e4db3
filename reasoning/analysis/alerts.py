"""Alerts: what a buyer should look at at one of several instants, told once, with the way that leads to it."""

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
        key: The same whenever and for how long it holds: who told it once need not tell it again.
        about: The kind of finding, or `exposure`.
        since, until: The first and the last of the instants, one after the other, at which it holds.
        way: Why me: the buyer first, then each firm up to the one that it concerns; the buyer alone where it concerns
            what is the buyer's own.
        claims: The claims of that way and of the finding, ascending.
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
    """The alerts of some buyers over instants of world time, each once for each time that it holds on end.

    Raises:
        InputError: There is no instant, or they do not ascend.
        NotConvergedError: The walks did not converge.
    """
    check_instants(instants)
    found = [alert for buyer in buyers for alert in _alerts(take, buyer, instants)]
    return tuple(sorted(found, key=lambda alert: (alert.since, alert.buyer, alert.about, alert.entity, alert.key)))


def verify(alert: Alert, take: Callable[[str], Snapshot]) -> tuple[str, ...]:
    """What does not follow: the way from its claims, and that it holds at both of its ends."""
    return tuple(_faults(alert, take))


def _faults(alert: Alert, take: Callable[[str], Snapshot]) -> Iterator[str]:
    snapshot = take(alert.until)
    if alert.way[0] != snapshot.facts.of(alert.buyer):
        yield "the way does not begin with the buyer"
    for customer, supplier in pairwise(alert.way):
        links = snapshot.by_customer.get(customer, ())
        if not any(link.supplier == supplier and set(link.claims) <= set(alert.claims) for link in links):
            yield f"no claim of it says that {supplier} supplies {customer}"
    if alert.sort == "finding":
        for instant in sorted({alert.since, alert.until}):
            then = take(instant)
            if all(one.key != alert.key for one in _findings(then, Scoring(then, alert.buyer), instant)):
                yield f"it does not hold as of {instant}"


def _alerts(take: Callable[[str], Snapshot], buyer: EntityId, instants: Sequence[str]) -> Iterator[Alert]:
    scorings = [Scoring(take(instant), buyer) for instant in instants]
    standing: dict[str, Alert] = {}
    for number, instant in enumerate(instants):
        held = {one.key: one for one in _findings(take(instant), scorings[number], instant)}
        if number:
            rises = _rises(scorings[number - 1], scorings[number], take(instant).facts, instant)
            held |= {one.key: one for one in rises}
        yield from (alert for key, alert in standing.items() if key not in held)
        standing = {key: _lasting(one, standing.get(key)) for key, one in held.items()}
    yield from standing.values()


def _lasting(now: Alert, before: Alert | None) -> Alert:
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
    """The supplier that a finding concerns: itself, whom it names, who holds the certificate or is party to it."""
    named = [finding.subject, *finding.related]
    held = [fact.object for fact in facts.about("HELD_BY", finding.subject) if fact.object]
    run = [fact.subject for one in [*named, *held] for fact in facts.onto("OPERATES", one)]
    party = [fact.subject for fact in facts.onto("PARTY_TO", finding.subject)]
    return next((one for one in [*named, *held, *run, *party] if one in scoring.suppliers), None)


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
