"""The difference between a batch and the open state, without a store."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from graph.difference import (
    ClaimDifference,
    Support,
    claim_difference,
    judgements_to_open,
    provenance,
    source_record,
    support,
)
from ontology.errors import InvalidRecordError, JudgementConflictError
from ontology.records import Batch, Claim, Judgement, StoredJudgement
from tests.graph.samples import DAY, claim_of, entry, evidence, judged, named

FIRST, SECOND = (claim_of(named("org:a", name), "r1") for name in ("Alpha", "Beta"))
PROOFS = [evidence(str(row)) for row in range(3)]


def open_claims(*claims: Claim) -> Mapping[tuple[str, Support], int]:
    return {(claim.id, support(claim)): version for version, claim in enumerate(claims, 1)}


def stored(*judgements: Judgement) -> list[StoredJudgement]:
    return [StoredJudgement(judgement, DAY, None) for judgement in judgements]


def test_a_first_load_opens_every_claim():
    found: ClaimDifference[int] = claim_difference([entry(FIRST), entry(replace(SECOND, record="r2"))], {})
    assert (found.opened, found.closed) == ([FIRST, replace(SECOND, record="r2")], [])


def test_an_unchanged_claim_is_neither_opened_nor_closed():
    found = claim_difference([entry(FIRST, SECOND)], open_claims(FIRST))
    assert (found.opened, found.closed) == ([SECOND], [])


def test_a_claim_that_its_record_lacks_is_closed_by_its_handle():
    found = claim_difference([entry(SECOND)], open_claims(FIRST, SECOND))
    assert (found.opened, found.closed) == ([], [(FIRST.id, 1)])
    assert claim_difference([], open_claims(FIRST, SECOND)).closed == [(FIRST.id, 1), (SECOND.id, 2)]


@pytest.mark.parametrize(
    "change",
    [
        {"basis": "inferred"},
        {"review": "proposed"},
        {"confidence": 0.5},
        {"evidence": (PROOFS[0].id, PROOFS[1].id)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_support_makes_another_version(change: dict[str, object]):
    changed = replace(FIRST, **change)  # type: ignore[arg-type]
    found = claim_difference([entry(changed)], open_claims(FIRST))
    assert (found.opened, found.closed) == ([changed], [(FIRST.id, 1)])


def test_the_order_of_evidence_is_no_difference():
    one = replace(FIRST, evidence=tuple(proof.id for proof in PROOFS))
    other = replace(one, evidence=one.evidence[::-1])
    found = claim_difference([entry(one)], open_claims(other))
    assert (found.opened, found.closed) == ([], [])


def test_the_open_claims_given_stay_as_they_are():
    given = open_claims(FIRST, SECOND)
    claim_difference([entry(FIRST)], given)
    assert given == open_claims(FIRST, SECOND)


@pytest.mark.parametrize("standing", [(), (SECOND,)])
def test_a_claim_made_twice_counts_once_and_contradicts_itself_otherwise(standing: tuple[Claim, ...]):
    assert claim_difference([entry(FIRST, FIRST)], open_claims(*standing)).opened == [FIRST]
    with pytest.raises(InvalidRecordError, match="twice, with different support") as caught:
        claim_difference([entry(FIRST, replace(FIRST, confidence=0.5))], open_claims(*standing))
    assert caught.value.details == {"claim": FIRST.id}


def test_provenance_changes_with_all_that_a_record_was_made_from():
    key = entry(FIRST).key
    base = replace(entry(FIRST), key=key)
    others = [replace(base, key=replace(key, **{name: "other"})) for name in ("digest", "mapping", "ontology")]
    others.append(replace(base, fault="{}"))
    assert len({provenance(each) for each in [base, *others]}) == 5
    assert provenance(replace(base, claims=())) == provenance(base)
    assert source_record(base) == (key.source, key.record)


SAME, APART = judged("org:a", "org:b"), judged("org:a", "org:b", "different")


def test_open_judgements_are_not_opened_again():
    other = judged("org:b", "org:c")
    assert judgements_to_open(Batch(DAY, judgements=(other, SAME)), stored(SAME)) == [other]
    both = judgements_to_open(Batch(DAY, judgements=(other, SAME)), [])
    assert both == sorted([other, SAME], key=lambda each: each.id)


def test_a_withdrawn_judgement_is_opened_again_and_contradicts_nothing():
    assert judgements_to_open(Batch(DAY, judgements=(SAME,), withdrawn=(SAME.id,)), stored(SAME)) == [SAME]
    assert judgements_to_open(Batch(DAY, judgements=(APART,), withdrawn=(SAME.id,)), stored(SAME)) == [APART]
    with pytest.raises(JudgementConflictError):
        judgements_to_open(Batch(DAY, judgements=(APART,)), stored(SAME))
