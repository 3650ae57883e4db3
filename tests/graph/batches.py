"""Random batches, with which one store is compared to another."""

from hypothesis import strategies as st

from ontology.records import Batch, Claim, EntityId, Entry, Judgement, Vector
from tests.claims import Said
from tests.graph.samples import batch, claim_of, entity, entry, evidence, instant, judged, named, supplies

CITED = [evidence(str(row)) for row in range(3)]
_LETTERS = st.sampled_from("abc")
_ENTITIES = tuple(entity(f"org:{letter}") for letter in "abc")
_FROM = st.sampled_from([None, "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"])
_TO = st.sampled_from([None, "2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z"])


@st.composite
def claims(draw: st.DrawFn, record: str, source: str) -> Claim:
    """A claim of one record: a supply relation or a name."""
    who = f"org:{draw(_LETTERS)}"
    if draw(st.booleans()):
        statement = named(who, draw(st.sampled_from(["Alpha Works", "Beta", "Gamma’s “Works”"])))
    else:
        share = draw(st.sampled_from([0.25, 0.5, 1]))
        content = supplies(who, f"org:{draw(_LETTERS)}", share=share)
        statement = Said(
            content.subject, content.predicate, content.object, None, content.qualifiers, draw(_FROM), draw(_TO)
        )
    cites = draw(st.lists(st.sampled_from(CITED), min_size=1, max_size=3, unique=True))
    return claim_of(statement, record, source=source, cites=cites, confidence=draw(st.sampled_from([0.5, 1.0])))


@st.composite
def entries(draw: st.DrawFn, place: tuple[str, str]) -> Entry:
    """One record of a source: its claims, or the reason of its quarantine."""
    source, record = place
    if draw(st.integers(0, 5)) == 0:
        return entry(record=record, source=source, content=draw(st.sampled_from("xy")), fault='{"rule":"no"}')
    made = draw(st.lists(claims(record, source), min_size=1, max_size=4, unique_by=lambda claim: claim.id))
    return entry(*made, content=None if draw(st.booleans()) else draw(st.sampled_from("xy")))


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    """A judgement about two of the three entities."""
    left, right = draw(st.sampled_from([("org:a", "org:b"), ("org:b", "org:c"), ("org:a", "org:c")]))
    return judged(left, right, draw(st.sampled_from(["same", "different", "unsure"])))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """A batch over few records, entities and words, so that batches overlap."""
    places = [(source, f"r{row}") for source in ("demo", "other") for row in range(3)]
    touched = draw(st.lists(st.sampled_from(places), max_size=4, unique=True))
    gone = draw(st.integers(0, len(touched)))
    made = batch(
        *(draw(entries(place)) for place in touched[gone:]),
        at=instant(draw(st.integers(0, 20))),
        cites=CITED,
        gone=touched[:gone],
    )
    judging = draw(st.integers(0, 3)) == 0
    vector = Vector("m", EntityId(f"org:{draw(_LETTERS)}"), draw(st.binary(min_size=8, max_size=8)))
    return Batch(
        made.at,
        entities=_ENTITIES,
        documents=made.documents,
        evidence=made.evidence,
        entries=made.entries,
        gone=made.gone,
        judgements=(draw(judgements()),) if judging else (),
        withdrawn=(draw(judgements()).id,) if draw(st.booleans()) else (),
        vectors=(vector,) if draw(st.booleans()) else (),
    )
