"""Quick ids are the ontology's ids."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.makers import Stamp, make_claims, make_evidence
from ontology.records import Evidence, EvidenceId, NounId, Said, Saying, SourceId, make_claim

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
    stamp = Stamp(source, record, "inferred", "proposed", 0.5, evidence, *interval)
    (quick,) = make_claims([(NounId(subject), "SUPPLIES", target, said, qualifiers)], stamp)
    slow = make_claim(
        Said(NounId(subject), "SUPPLIES", target, said, qualifiers, *interval),
        Saying(source, record, evidence, "inferred", "proposed", 0.5),
    )
    assert quick == slow


@given(locator=_TEXT, quote=_TEXT)
def test_evidence_made_quickly_has_the_same_id(locator: str, quote: str) -> None:
    document = SourceId("src:" + "ab" * 32)
    quick = make_evidence(document, locator, "cd" * 32, quote)
    assert quick.id == Evidence.id_of(document, locator, "cd" * 32)
    assert (quick.locator, quick.quote) == (locator, quote)
