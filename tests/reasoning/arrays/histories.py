"""Random histories of a store: claims opened, replaced and taken back, entities merged and parted, time that passes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hypothesis import strategies as st

from graph.port import GraphStore
from ontology.canonical import Scalar
from ontology.generated.vocabulary import kind_of
from ontology.records import (
    At,
    Batch,
    Claim,
    Document,
    Entity,
    EntityId,
    Entry,
    Evidence,
    Judgement,
    LedgerKey,
    make_judgement,
)
from tests.claims import Said, make_claim
from tests.claims import Saying as Manner
from tests.reasoning.arrays.worlds import DAYS, Saying, merges, places, plain_supplies, recorded_risks, supplies
from tests.reasoning.world import DOCUMENT, RECORDED

EVIDENCE = Evidence(Evidence.id_of(DOCUMENT, "{}", "0" * 64), DOCUMENT, "{}", "0" * 64)
SOURCE = Document(DOCUMENT, "world", "0" * 64, "world.csv", "text/csv", "CC0-1.0", "a test", RECORDED)


@dataclass(frozen=True)
class Step:
    """One batch, or one day on.

    Attributes:
        said: Records to replace, by number, with what they then say.
        gone: Records to take back.
        merged, parted: Entities to merge, and which merges to withdraw.
        day: World time from then on, where it passes.
    """

    said: tuple[tuple[int, Saying], ...] = ()
    gone: tuple[int, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    day: int = 0


_record = st.integers(0, 11)
_likelier = st.builds(
    lambda number, value: (20 + 3 * number + 1, Saying(f"rsk:{number + 1}", "LIKELIHOOD", value)),
    st.integers(0, 2),
    st.sampled_from([0.125, 0.5, 0.75]),
)
_step = st.one_of(
    st.builds(Step, said=st.lists(st.tuples(_record, plain_supplies), min_size=1, max_size=3).map(tuple)),
    st.builds(Step, said=st.lists(st.tuples(_record, supplies), min_size=1, max_size=3).map(tuple)),
    st.builds(Step, said=st.lists(st.tuples(_record, places), min_size=1, max_size=2).map(tuple)),
    st.builds(Step, said=st.tuples(_likelier)),
    st.builds(Step, gone=st.lists(_record, min_size=1, max_size=3).map(tuple)),
    st.builds(Step, merged=st.tuples(merges)),
    st.builds(Step, parted=st.tuples(merges)),
    st.builds(Step, day=st.just(1)),
)
_said = st.one_of(plain_supplies, plain_supplies, supplies, places)
_begin = st.lists(_said, min_size=6, max_size=12).map(lambda said: tuple(enumerate(said)))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Step, ...]:
    """A first batch, and some steps."""
    risks = tuple((20 + place, one) for place, one in enumerate(recorded_risks()))
    return (Step(said=(*draw(_begin), *risks)), *draw(st.lists(_step, min_size=1, max_size=6)))


@dataclass
class Telling:
    """A history as it is told to a store."""

    store: GraphStore
    day: int = 2
    batches: int = 0
    _open: set[str] = field(default_factory=set)

    @property
    def at(self) -> At:
        return At(DAYS[self.day])

    def tell(self, step: Step) -> None:
        """Write a step's batch, or let time pass."""
        self.day = min(self.day + step.day, len(DAYS) - 1)
        self.batches += 1
        entries = {record: _entry(record, one, self.batches) for record, one in step.said}
        claims = [claim for entry in entries.values() for claim in entry.claims]
        merged = [_merge(*pair) for pair in step.merged]
        entities = {end for claim in claims for end in (claim.subject, claim.object) if end}
        entities |= {entity for one in merged for entity in (one.left, one.right)}
        self.store.apply(
            Batch(
                f"2026-02-01T00:00:{self.batches:02d}.000000Z",
                entities=tuple(Entity(entity, kind_of(entity)) for entity in sorted(entities)),
                documents=(SOURCE,),
                evidence=(EVIDENCE,),
                entries=tuple(entries.values()),
                gone=tuple(_gone(step.gone)),
                judgements=tuple(merged),
                withdrawn=tuple(_merge(*pair).id for pair in step.parted),
            )
        )


def _entry(record: int, one: Saying, content: int) -> Entry:
    claim = _claim(record, one)
    return Entry(LedgerKey(one.source, str(record), str(content), "m", "o"), (claim,))


def _claim(record: int, one: Saying) -> Claim:
    entity = EntityId(one.target) if isinstance(one.target, str) and ":" in one.target else None
    value: Scalar | None = None if entity else one.target
    said = Said(EntityId(one.subject), one.predicate, entity, value, one.qualified or {}, *one.valid)
    manner = Manner(one.source, str(record), (EVIDENCE.id,), one.basis, one.review, one.confidence)
    return make_claim(said, manner)


def _gone(records: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    for record in sorted(set(records)):
        for source in ("world", "erp", "customs"):
            yield source, str(record)


def _merge(left: str, right: str) -> Judgement:
    verdict: Literal["same"] = "same"
    return make_judgement((EntityId(left), EntityId(right)), verdict, by="a test", why="", features={})
