"""A small vocabulary and short constructors of records, for tests of stores."""

from collections.abc import Sequence

from ontology.canonical import Scalar, digest
from ontology.records import (
    Batch,
    Claim,
    Document,
    Entity,
    EntityId,
    Entry,
    Evidence,
    EvidenceId,
    Judgement,
    LedgerKey,
    Verdict,
    make_judgement,
)
from ontology.vocabulary import Kind, Predicate, Vocabulary
from tests.claims import Said, Saying, make_claim

KINDS = {
    "org": "Organization",
    "per": "Person",
    "reg": "Region",
    "prd": "Product",
}
VOCABULARY = Vocabulary(
    "test",
    {name: Kind(name, prefix) for prefix, name in KINDS.items()},
    {
        term.name: term
        for term in (
            Predicate(
                "SUPPLIES",
                ("Organization",),
                ("Organization",),
                qualifiers={"product": "string", "share": "decimal", "tier": "integer", "essential": "boolean"},
            ),
            Predicate("OWNS", ("Organization", "Person"), ("Organization",), qualifiers={"percentage": "decimal"}),
            Predicate("IN_COUNTRY", ("Organization", "Person"), ("Region",), functional=True),
            Predicate(
                "NAMED",
                ("Organization", "Person", "Region", "Product"),
                value="string",
                qualifiers={"kind": "string"},
                searchable=True,
            ),
            Predicate("REMARK", ("Organization",), value="string", searchable=True),
            Predicate("CODE", ("Organization",), value="string"),
            Predicate("HEADCOUNT", ("Organization",), value="integer", functional=True),
            Predicate("REVENUE", ("Organization",), value="decimal"),
            Predicate("LISTED", ("Organization",), value="boolean"),
        )
    },
)
DAY = "2026-01-01T00:00:00.000000Z"


def instant(second: int) -> str:
    """A record instant, `second` seconds after the start of the test's year."""
    return f"2026-01-01T00:00:{second:02}.000000Z"


def entity(id_: str) -> Entity:
    """The entity whose kind its prefix names."""
    return Entity(EntityId(id_), KINDS[id_.partition(":")[0]])


def document(text: str = "a file", *, name: str = "demo") -> Document:
    """A document with these bytes."""
    sha256 = digest(text)
    return Document(Document.id_of(sha256), name, sha256, f"{name}.csv", "text/csv", "CC0-1.0", "The Publisher", DAY)


def evidence(place: str = "1", *, of: Document | None = None, quote: str = "as quoted") -> Evidence:
    """A quotation of a document."""
    of = of or document()
    locator = f'{{"rows":"{place}"}}'
    quote_sha256 = digest(quote)
    return Evidence(Evidence.id_of(of.id, locator, quote_sha256), of.id, locator, quote_sha256, quote)


def claim_of(
    statement: Said,
    record: str = "r1",
    *,
    source: str = "demo",
    cites: Sequence[Evidence] = (),
    confidence: float = 1.0,
) -> Claim:
    """A claim that cites `evidence()` where nothing else is given."""
    ids: tuple[EvidenceId, ...] = tuple(each.id for each in cites) or (evidence().id,)
    return make_claim(statement, Saying(source, record, ids, confidence=confidence))


def supplies(supplier: str, customer: str, **qualifiers: Scalar) -> Said:
    """The statement that one organisation supplies the other."""
    return Said(EntityId(supplier), "SUPPLIES", EntityId(customer), qualifiers=qualifiers)


def named(subject: str, name: str) -> Said:
    """The statement that an entity has a name."""
    return Said(EntityId(subject), "NAMED", value=name)


def entry(
    *claims: Claim, record: str = "r1", source: str = "demo", content: str | None = None, fault: str = ""
) -> Entry:
    """A record that makes these claims; without `content`, its digest depends on them."""
    if claims:
        source, record = claims[0].source, claims[0].record
    made_of = content if content is not None else digest([[claim.id, claim.confidence] for claim in claims])
    return Entry(LedgerKey(source, record, made_of, "mapping-1", "ontology-1"), claims, fault)


def batch(
    *entries: Entry, at: str = DAY, cites: Sequence[Evidence] = (), gone: Sequence[tuple[str, str]] = ()
) -> Batch:
    """A batch of the entries with every entity that they name, `evidence()`, and other cited evidence."""
    claims = [claim for each in entries for claim in each.claims]
    ids = {claim.subject for claim in claims} | {claim.object for claim in claims if claim.object}
    return Batch(
        at,
        entities=tuple(entity(id_) for id_ in sorted(ids)),
        documents=(document(), document("another file", name="other")),
        evidence=(evidence(), *cites),
        entries=entries,
        gone=tuple(gone),
    )


def judged(left: str, right: str, verdict: Verdict = "same", *, by: str = "ann") -> Judgement:
    """A judgement about two entities."""
    return make_judgement((EntityId(left), EntityId(right)), verdict, by=by, why="compared", features={"name": 0.9})
