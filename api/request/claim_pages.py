"""Pages of the claims and the evidence of each entity of a batch, read for the whole batch."""

from collections.abc import Mapping
from dataclasses import replace

from api.request.batches import EntityBatch
from api.request.cursors import Page
from graph.port import ClaimQuery
from ontology.records import EntityId, EvidenceId, StoredClaim

ClaimGroups = Mapping[EntityId, list[StoredClaim]]


def claim_pages(batch: EntityBatch, ask: ClaimQuery, page: Page) -> ClaimGroups:
    """For each entity, the claims of one page and one claim more, where there is one."""
    return batch.once(("claim page", page, *_key(ask)), lambda: _pages(batch, ask, page))


def claim_groups(batch: EntityBatch, ask: ClaimQuery) -> ClaimGroups:
    """All claims about each entity, or (where `ask.objects` is given) those that point at it; by claim id."""
    return batch.once(("all claims", *_key(ask)), lambda: _groups(batch, ask))


def evidence_pages(batch: EntityBatch, page: Page) -> Mapping[EntityId, list[EvidenceId]]:
    """For each entity, the ids of the evidence of one page and one id more, where there is one."""
    groups = evidence_groups(batch).items()
    return {entity: [item for item in ids if item > page.after][: page.first + 1] for entity, ids in groups}


def evidence_groups(batch: EntityBatch) -> Mapping[EntityId, list[EvidenceId]]:
    """The ids of the evidence of all claims about each entity, ascending."""
    return batch.once(("all evidence",), lambda: _evidence(claim_groups(batch, ClaimQuery())))


def _key(ask: ClaimQuery) -> tuple[tuple[str, ...], bool]:
    return tuple(ask.predicates or ()), ask.objects is not None


def _pages(batch: EntityBatch, ask: ClaimQuery, page: Page) -> ClaimGroups:
    single = len(batch.ids) == 1  # the store can cut the page of a single entity
    part = replace(ask, after=page.after, limit=page.first + 1)
    groups = _groups(batch, part) if single else claim_groups(batch, ask)
    return {
        entity: [stored for stored in claims if stored.claim.id > page.after][: page.first + 1]
        for entity, claims in groups.items()
    }


def _groups(batch: EntityBatch, ask: ClaimQuery) -> ClaimGroups:
    members = batch.view.members(batch.ids)
    inward = ask.objects is not None
    groups: dict[EntityId, list[StoredClaim]] = {entity: [] for entity in batch.ids}
    for stored in batch.view.claims(replace(ask, objects=members) if inward else replace(ask, subjects=members)):
        near = stored.claim.object if inward else stored.claim.subject
        groups[batch.view.identity.of(near or stored.claim.subject)].append(stored)
    return groups


def _evidence(groups: ClaimGroups) -> Mapping[EntityId, list[EvidenceId]]:
    return {
        entity: sorted({one for stored in claims for one in stored.claim.evidence}) for entity, claims in groups.items()
    }
