"""Findings: conclusions of declared detectors, with the claims behind them."""

from collections.abc import Mapping, Sequence

import strawberry

from api.request.batches import EntityBatch
from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, short
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable
from ontology.errors import InputError
from ontology.records import EntityId
from reasoning.findings.detect import DETECTORS
from reasoning.findings.finding import Finding as Detected


@strawberry.type
class Finding(Traceable):
    """A result of a declared detector, such as a sanctioned owner or an expiring certificate.

    Attributes:
        id: Id derived from what was found; identical in every answer.
        kind: Name of the detector, such as `sanctioned_owner`.
        rule: Rule of the detector, or id of the rule in the data that decided.
        text: One sentence with names.
        claims: The claims without which the finding would not stand.
    """

    id: strawberry.ID
    kind: str
    rule: str
    text: str
    detected: strawberry.Private[Detected]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def subject(self) -> Entity:
        """The entity that the finding is about."""
        return self.context.entity(self.detected.subject)

    @strawberry.field
    def related(self) -> list[Entity]:
        """Other entities that the finding concerns: dependents, owners, parties, or the other of a pair."""
        return [self.context.entity(entity) for entity in self.detected.related]


def detected_for(view: ReadView, kinds: Sequence[str] | None) -> list[Detected]:
    """Findings for the buyer, of these kinds or of all.

    Raises:
        InputError: No detector has such a kind.
    """
    unknown = sorted(set(kinds or ()) - DETECTORS.keys())
    if unknown:
        raise InputError(f"no detector finds {', '.join(unknown)}", fix=f"the kinds are {', '.join(DETECTORS)}")
    found = view.session.reasoning.findings(view.required_buyer(), view.at)
    return [one for one in found if kinds is None or one.kind in kinds]


def finding_key(finding: Detected) -> str:
    """The id of a finding."""
    return f"fnd:{short(*finding.order)}"


def present_findings(view: ReadView, found: Sequence[Detected]) -> list[Finding]:
    """Findings as GraphQL shows them, in one context."""
    context = ConclusionContext(
        view,
        [entity for one in found for entity in (one.subject, *one.related)],
        [claim for one in found for claim in one.claims],
        [item for one in found for item in one.evidence],
    )
    return [_finding(one, context) for one in found]


def findings_in(batch: EntityBatch, kinds: Sequence[str] | None) -> Mapping[EntityId, list[Finding]]:
    """The findings about each entity of a batch, and those that concern it."""
    key = ("findings", None if kinds is None else tuple(kinds))
    return batch.once(key, lambda: _findings_in(batch, kinds))


def _findings_in(batch: EntityBatch, kinds: Sequence[str] | None) -> Mapping[EntityId, list[Finding]]:
    groups: dict[EntityId, list[Finding]] = {entity: [] for entity in batch.ids}
    found = [
        one for one in detected_for(batch.view, kinds) if not groups.keys().isdisjoint((one.subject, *one.related))
    ]
    for listed in present_findings(batch.view, found):
        for entity in groups.keys() & {listed.detected.subject, *listed.detected.related}:
            groups[entity].append(listed)
    return groups


def _finding(detected: Detected, context: ConclusionContext) -> Finding:
    return Finding(
        id=strawberry.ID(finding_key(detected)),
        kind=detected.kind,
        rule=detected.rule,
        text=detected.text,
        detected=detected,
        context=context,
        trace=Trace(context, detected.claims, detected.evidence),
    )
