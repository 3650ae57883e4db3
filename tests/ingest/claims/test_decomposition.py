"""Records decomposed: each field becomes what the vocabulary knows, with the ids of the ontology."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.decomposition import ClaimEnvelope, Decomposer, make_claims, make_evidence
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY
from ontology.model import Field, RecordClass
from ontology.records import DocumentId, EntityId, Evidence, EvidenceId, LedgerKey
from tests.claims import Said, Saying, make_claim

SAMPLES: dict[str, Any] = {
    "string": "text",
    "integer": 3,
    "decimal": 2.5,
    "boolean": True,
    "date": "2026-03-01",
    "dateTime": "2026-03-01T00:00:00Z",
    "anyURI": "https://example.org",
}
EVIDENCE = EvidenceId("evd:1")
KEY = LedgerKey("src", "r:1", "", "", "")


def decomposer(confidence: float = 1.0) -> Decomposer:
    return Decomposer(RECORDS, confidence=confidence)


def sample(field: Field, kind: str) -> Any:
    """A value of a field, in its object form where it has qualifiers."""
    named = field.value is None
    prefix = VOCABULARY.kinds[field.kinds[0] if field.kinds else kind].prefix if named else ""
    plain = f"{prefix}:x-{field.name}" if named else SAMPLES[str(field.value)]
    if not field.qualifiers:
        return [plain] if field.many else plain
    qualified = {"id" if named else "value": plain} | {name: SAMPLES[sort] for name, sort in field.qualifiers.items()}
    return [qualified] if field.many else qualified


def fill(each: RecordClass) -> dict[str, Any]:
    """A record of a class with a value in every field but the envelope's."""
    record: dict[str, Any] = {"@type": each.name}
    for name, field in each.fields.items():
        if field.role == "id":
            record[name] = f"{VOCABULARY.kinds[each.kind].prefix}:x-1"
        elif field.role != "envelope":
            record[name] = sample(field, each.kind or "Organization")
    return record


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_field_becomes_a_claim_that_the_vocabulary_knows(name: str) -> None:
    each = RECORDS[name]
    claims = decomposer().claims(KEY, [fill(each)], EVIDENCE)
    said = [field for field in each.fields.values() if field.role == "claim"]
    assert len(claims) == (1 if each.predicate else len(said))
    for claim in claims:
        predicate = VOCABULARY.predicates[claim.predicate]
        assert set(claim.qualifiers) <= set(predicate.qualifiers)
        assert (claim.object is None) == (predicate.value is not None)
        assert (claim.value is None) == (predicate.value is None)


def test_the_envelope_is_said_of_every_claim() -> None:
    record = {
        "@type": "Organization",
        "id": "org:x-1",
        "name": "A",
        "aliases": ["B", {"value": "C", "kind": "weak"}],
        "validFrom": "2026-01-01",
        "validTo": "2026-12-31",
        "basis": "inferred",
        "review": "proposed",
        "confidence": 0.4,
    }
    claims = decomposer().claims(KEY, [record], EVIDENCE)
    assert {claim.value: dict(claim.qualifiers) for claim in claims} == {
        "A": {"kind": "primary"},
        "B": {"kind": "alias"},
        "C": {"kind": "weak"},
    }
    envelope = {
        (claim.valid_from, claim.valid_to, claim.basis, claim.review, claim.confidence, claim.source, claim.record)
        for claim in claims
    }
    assert envelope == {("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "inferred", "proposed", 0.4, "src", "r:1")}


@pytest.mark.parametrize(("said", "heard"), [(None, 0.8), (0.9, 0.8), (0.5, 0.5), (0, 0.0)])
def test_no_claim_is_surer_than_its_source(said: float | None, heard: float) -> None:
    record = {"@type": "Organization", "id": "org:x-1", "name": "A"} | ({} if said is None else {"confidence": said})
    (claim,) = decomposer(confidence=0.8).claims(KEY, [record], EVIDENCE)
    assert claim.confidence == heard


def test_an_inverse_field_turns_the_claim_round() -> None:
    record = {"@type": "Site", "id": "sit:x-1", "operators": ["org:x-1"]}
    (claim,) = decomposer().claims(KEY, [record], EVIDENCE)
    assert (claim.subject, claim.predicate, claim.object) == ("org:x-1", "OPERATES", "sit:x-1")


def test_what_two_records_of_an_entry_say_is_said_once() -> None:
    record = {"@type": "Organization", "id": "org:x-1", "name": "A"}
    assert len(decomposer().claims(KEY, [record, dict(record)], EVIDENCE)) == 1


def test_finer_evidence_goes_before_the_rows() -> None:
    place = '{"characters":[0,4]}'
    records = [
        {"@type": "Organization", "id": "org:x-1", "name": "A", "locator": place},
        {"@type": "Organization", "id": "org:x-2", "name": "B"},
    ]
    first, second = decomposer().claims(KEY, records, EVIDENCE, {place: EvidenceId("evd:2")})
    assert (first.evidence, second.evidence) == (("evd:2",), ("evd:1",))


_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_SCALAR = st.one_of(
    _TEXT, st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
_NAME = st.from_regex(r"[a-z][a-zA-Z]{0,8}", fullmatch=True)
_INSTANT = st.sampled_from([None, "2014-01-01T00:00:00Z", "2015-01-01T00:00:00Z"])


@given(
    subject=_TEXT,
    target=st.one_of(st.none(), _TEXT),
    value=_SCALAR,
    qualifiers=st.dictionaries(_NAME, _SCALAR, max_size=4),
    interval=st.tuples(_INSTANT, _INSTANT),
    place=st.tuples(_TEXT, _TEXT),
)
def test_a_claim_made_quickly_is_the_same_claim(*, subject, target, value, qualifiers, interval, place) -> None:
    said = None if target is not None else value
    source, record = place
    evidence = (EvidenceId("evd:1"),)
    envelope = ClaimEnvelope(source, record, "inferred", "proposed", 0.5, evidence, *interval)
    (quick,) = make_claims([(EntityId(subject), "SUPPLIES", target, said, qualifiers)], envelope)
    slow = make_claim(
        Said(EntityId(subject), "SUPPLIES", target, said, qualifiers, *interval),
        Saying(source, record, evidence, "inferred", "proposed", 0.5),
    )
    assert quick == slow


@given(locator=_TEXT, quote=_TEXT)
def test_evidence_made_quickly_has_the_same_id(locator: str, quote: str) -> None:
    document = DocumentId("src:" + "ab" * 32)
    quick = make_evidence(document, locator, "cd" * 32, quote)
    assert quick.id == Evidence.id_of(document, locator, "cd" * 32)
    assert (quick.locator, quick.quote) == (locator, quote)
