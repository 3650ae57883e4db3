"""A world in a real store, and an embedder that needs no model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graph.connect import create
from graph.port import GraphStore
from ontology.canonical import canonical
from ontology.generated.vocabulary import VOCABULARY, kind_of
from ontology.records import Batch, Document, Entity, EntityId, Entry, Evidence, LedgerKey
from reasoning.clauses.embedding import Matrix
from tests.reasoning.world import DOCUMENT, RECORDED, World


def new_store(folder: Path) -> GraphStore:
    """An empty store."""
    return create(f"sqlite:///{folder / 'store.db'}", vocabulary=VOCABULARY)


def fill(store: GraphStore, world: World, at: str = RECORDED) -> None:
    """Write a world; what is in the store already stays as it is."""
    claims = [stored.claim for stored in world.claims]
    ends = {end for claim in claims for end in (claim.subject, claim.object) if end is not None}
    judged = {entity for one in world.judgements for entity in (one.judgement.left, one.judgement.right)}
    evidence = {one: _evidence(claim.record) for claim in claims for one in claim.evidence}
    assert set(evidence) == {one.id for one in evidence.values()}
    store.apply(
        Batch(
            at=at,
            entities=tuple(Entity(entity, kind_of(entity)) for entity in sorted(ends | judged)),
            documents=(Document(DOCUMENT, "world", "0" * 64, "world.csv", "text/csv", "CC0-1.0", "a test", RECORDED),),
            evidence=tuple(evidence.values()),
            entries=tuple(
                Entry(LedgerKey(claim.source, claim.record, claim.id, "m", "o"), (claim,)) for claim in claims
            ),
            judgements=tuple(one.judgement for one in world.judgements),
        )
    )


def _evidence(record: str) -> Evidence:
    locator = f'{{"row":{record}}}'
    return Evidence(Evidence.id_of(DOCUMENT, locator, "0" * 64), DOCUMENT, locator, "0" * 64)


class HashedWords:
    """An embedder without a model: a vector counts words by their hash; it counts what it embeds."""

    def __init__(self, model: str = "hashed-words@1") -> None:
        self.model = model
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text."""
        self.embedded += len(texts)
        rows = np.zeros((len(texts), 16), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[hashlib.sha256(canonical(word)).digest()[0] % 16] += 1
        return rows


def entities(*ids: str) -> tuple[EntityId, ...]:
    """Ids as entity ids."""
    return tuple(map(EntityId, ids))
