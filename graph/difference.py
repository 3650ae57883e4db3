"""The difference between a batch and the open state: which claims and judgements a write opens and closes.

Every store applies this one rule. A record is replaced as a whole. A claim is unchanged only while its support (basis,
review, confidence, evidence) is unchanged, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.identity import check as check_judgements
from ontology.errors import InvalidRecordError
from ontology.records import Batch, Claim, Entry, Judgement, StoredJudgement

SourceRecord = tuple[str, str]
"""A record of a source: (source, record)."""
Provenance = tuple[str, str, str, str]
"""What a record was made from, as its live ledger row has it: (digest, mapping, ontology, fault)."""
Support = tuple[object, ...]
"""What a claim rests on: (basis, review, confidence, evidence). A claim's id does not cover it."""

Handle = TypeVar("Handle")


@dataclass(frozen=True, slots=True)
class ClaimDifference(Generic[Handle]):
    """The claims that a batch opens and closes.

    Attributes:
        opened: Claims to open.
        closed: (claim id, handle) of the open claims to close; a store finds a claim by its handle.
    """

    opened: list[Claim]
    closed: list[tuple[str, Handle]]


def source_record(entry: Entry) -> SourceRecord:
    """The record that an entry replaces."""
    return (entry.key.source, entry.key.record)


def provenance(entry: Entry) -> Provenance:
    """What an entry was made from. The entry changes nothing while the ledger row of its record has the same."""
    return (entry.key.digest, entry.key.mapping, entry.key.ontology, entry.fault)


def support(claim: Claim) -> Support:
    """What a claim rests on, in a form that can be compared with stored values."""
    return (claim.basis, claim.review, claim.confidence, frozenset(claim.evidence))


def claim_difference(
    accepted: Sequence[Entry], open_claims: Mapping[tuple[str, Support], Handle]
) -> ClaimDifference[Handle]:
    """The claims to open and to close.

    Args:
        accepted: Changed entries that were not quarantined.
        open_claims: Handles of the open claims of their records, and of removed records, by (claim id, support).

    Raises:
        InvalidRecordError: An entry makes one claim twice, with different support.
    """
    if not open_claims:  # the usual case: most loads are first loads
        return ClaimDifference([claim for entry in accepted for claim in _distinct(entry)], [])
    remaining = dict(open_claims)
    opened = [
        claim
        for entry in accepted
        for claim in _distinct(entry)
        if remaining.pop((claim.id, support(claim)), None) is None
    ]
    return ClaimDifference(opened, [(id_, handle) for (id_, _), handle in remaining.items()])


def judgements_to_open(batch: Batch, stored: Iterable[StoredJudgement]) -> list[Judgement]:
    """The new judgements of a batch, by id.

    Args:
        batch: The batch, with the judgements that it makes and withdraws.
        stored: All open judgements.

    Raises:
        JudgementConflictError: Once the batch is applied, a `same` contradicts a `different`.
    """
    kept = {each.judgement.id: each.judgement for each in stored if each.judgement.id not in batch.withdrawn}
    new = {judgement.id: judgement for judgement in batch.judgements if judgement.id not in kept}
    check_judgements(kept.values(), new.values())
    return [new[id_] for id_ in sorted(new)]


def _distinct(entry: Entry) -> Iterable[Claim]:
    """The claims of an entry; a claim that is made twice with the same support counts once."""
    if len(entry.claims) == 1:
        return entry.claims
    claims = {claim.id: claim for claim in entry.claims}
    if len(claims) < len(entry.claims):
        twice = next((claim for claim in entry.claims if claims[claim.id] != claim), None)
        if twice:
            message = f"record {entry.key.record!r} makes the claim {twice.id} twice, with different support"
            raise InvalidRecordError(message, fix="cite all evidence in one claim", claim=twice.id)
    return claims.values()
