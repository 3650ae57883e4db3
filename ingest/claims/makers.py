"""Claims and evidence with their ids, made quickly.

The ids are those of `ontology.records`: SHA-256 over RFC 8785 text. What is known to be text is written by the JSON
encoder's own C function instead of going through `canonical`, which has to look into every value first; a test holds
both to the same ids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring

from ontology.canonical import Scalar, canonical
from ontology.records import Basis, Claim, ClaimId, Evidence, EvidenceId, NounId, Review, SourceId

Part = tuple[NounId, str, NounId | None, Scalar | None, Mapping[str, Scalar]]
"""What a claim says: subject, predicate, object or None, value or None, qualifiers."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How the claims of one record are said: by whom, where, how sure, on what evidence, in which interval."""

    source: str
    record: str
    basis: Basis
    review: Review
    confidence: float
    evidence: tuple[EvidenceId, ...]
    valid_from: str | None
    valid_to: str | None


def make_claims(parts: Iterable[Part], stamp: Stamp) -> Iterable[Claim]:
    """The claims that a record makes."""
    interval = f",[{_instant(stamp.valid_from)},{_instant(stamp.valid_to)}]]"
    place = f'",{encode_basestring(stamp.source)},{encode_basestring(stamp.record)}]'
    for subject, predicate, target, value, qualifiers in parts:
        said = _value(value) if target is None else f'{{"noun":{encode_basestring(target)}}}'
        carried = _qualifiers(qualifiers) if qualifiers else "{}"
        text = f'[{encode_basestring(subject)},"{predicate}",{said},{carried}{interval}'
        statement = sha256(text.encode()).hexdigest()
        yield Claim(
            ClaimId(f'clm:{sha256(f"""["{statement}{place}""".encode()).hexdigest()[:32]}'),
            statement,
            stamp.source,
            stamp.record,
            subject,
            predicate,
            target,
            value,
            qualifiers,
            stamp.valid_from,
            stamp.valid_to,
            stamp.basis,
            stamp.review,
            stamp.confidence,
            stamp.evidence,
        )


def _instant(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'


def _value(value: Scalar | None) -> str:
    return encode_basestring(value) if type(value) is str else canonical(value).decode()


def _qualifiers(qualifiers: Mapping[str, Scalar]) -> str:
    pairs = [f"{encode_basestring(name)}:{_value(qualifiers[name])}" for name in sorted(qualifiers)]
    return f"{{{','.join(pairs)}}}"


def make_evidence(document: SourceId, locator: str, quote_sha256: str, quote: str) -> Evidence:
    """Evidence with the id that document, place and quoted bytes determine."""
    body = f'["{document}",{encode_basestring(locator)},"{quote_sha256}"]'
    identity = EvidenceId(f"evd:{sha256(body.encode()).hexdigest()[:32]}")
    return Evidence(identity, document, locator, quote_sha256, quote)
