"""The clause library of a buyer: the texts that it may ask a supplier for, and how they rank for a question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from graph.port import GraphReader
from graph.words import words
from ontology.records import At, EntityId, Vector
from reasoning.clauses.embedding import Embedder, Matrix, missing, stored
from reasoning.clauses.ranking import Postings, bm25, cosine, fuse, order, postings
from reasoning.network.facts import Fact, Facts

BY_EMBEDDINGS = "words and embeddings"
BY_WORDS = "words and rules (no embeddings installed)"


class TextVectors(Protocol):
    """What ranking by meaning needs: vectors of one model for texts."""

    def of(self, texts: Mapping[EntityId, str]) -> Matrix:
        """One row for each clause, in order."""
        ...

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        """One row for each text, in order."""
        ...


class ClauseVectors:
    """Vectors of texts: the stored ones where they are up to date, else computed, and kept."""

    def __init__(self, reader: GraphReader, embedder: Embedder) -> None:
        self._reader = reader
        self._embedder = embedder
        self._held: dict[str, Matrix] = {}

    def of(self, texts: Mapping[EntityId, str]) -> Matrix:
        """One row for each clause, in order."""
        if not self._held.keys() >= set(texts.values()):
            found = stored(self._reader, self._embedder.model, texts)
            self._held |= {texts[entity]: row for entity, row in found.items()}
        return self.of_texts(list(texts.values()))

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        """One row for each text, in order."""
        absent = sorted(set(texts) - self._held.keys())
        if absent:
            self._held |= dict(zip(absent, self._embedder.embed(absent), strict=True))
        return np.stack([self._held[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Precedent:
    """A clause of the library and the facts by which it is of a type.

    Attributes:
        typed: Its OF_TYPE claim, then the BROADER claims up to the type that was asked for.
        text: Its TEXT claim.
        score: By which it was ranked; only its order means something.
    """

    clause: EntityId
    typed: tuple[Fact, ...]
    text: Fact
    score: float


class ClauseLibrary:
    """Typed clauses with a text: those in no agreement, and in the current version of a template or own contract.

    A contract without parties counts as a template. The contracts of others are not drawn on.
    """

    def __init__(self, facts: Facts, buyer: EntityId, vectors: TextVectors | None) -> None:
        self._facts = facts
        self._buyer = buyer
        self._vectors = vectors

    @property
    def ranked_by(self) -> str:
        """What the order comes from, for the answer to say."""
        return BY_WORDS if self._vectors is None else BY_EMBEDDINGS

    def best(self, clause_type: EntityId, questions: Sequence[str]) -> Precedent | None:
        """The clause of a type, or of a narrower one, that fits the questions best; None where there is none.

        Each question ranks the clauses by BM25, the last one also by embeddings where they are there; the rankings are
        fused by reciprocal ranks. Ties fall to the surer type, then to the smaller id.
        """
        found = self._of_type(clause_type)
        if not found:
            return None
        scores = self._scores(found, questions)
        ranked = [Precedent(one.clause, one.typed, one.text, score) for one, score in zip(found, scores, strict=True)]
        return min(ranked, key=lambda one: (-one.score, -one.typed[0].confidence, one.clause))

    def _scores(self, found: Sequence[Precedent], questions: Sequence[str]) -> list[float]:
        numbers = [self._number[one.clause] for one in found]
        orders = [order(bm25(self._postings, words(question))[numbers]) for question in questions]
        if self._vectors is not None:
            rows = self._vectors.of({one.clause: str(one.text.value) for one in found})
            orders.append(order(cosine(rows, self._vectors.of_texts(questions[-1:])[0]) + 1))
        fused = fuse(orders)
        return [fused.get(place, 0.0) for place in range(len(found))]

    def _of_type(self, clause_type: EntityId) -> list[Precedent]:
        found: dict[EntityId, Precedent] = {}
        for narrow, way in self._narrower(clause_type).items():
            for typed in sorted(self._facts.onto("OF_TYPE", narrow), key=lambda fact: fact.preference):
                clause = typed.subject
                if clause in self._number:
                    found.setdefault(clause, Precedent(clause, (typed, *way), self._texts[clause], 0.0))
        return [found[clause] for clause in sorted(found)]

    def _narrower(self, clause_type: EntityId) -> Mapping[EntityId, tuple[Fact, ...]]:
        """The type and those below it, each with the BROADER facts up to it."""
        ways: dict[EntityId, tuple[Fact, ...]] = {clause_type: ()}
        waiting = [clause_type]
        while waiting:
            wide = waiting.pop(0)
            for fact in sorted(self._facts.onto("BROADER", wide), key=lambda fact: fact.preference):
                if fact.subject not in ways:
                    ways[fact.subject] = (fact, *ways[wide])
                    waiting.append(fact.subject)
        return ways

    @cached_property
    def _texts(self) -> Mapping[EntityId, Fact]:
        """The TEXT of each clause that may be drawn on and is of a type."""
        return {clause: text for clause, text in typed_texts(self._facts).items() if self._is_open(clause)}

    @cached_property
    def _number(self) -> Mapping[EntityId, int]:
        return {clause: number for number, clause in enumerate(self._texts)}

    @cached_property
    def _postings(self) -> Postings:
        return postings(words(str(fact.value)) for fact in self._texts.values())

    def _is_open(self, clause: EntityId) -> bool:
        versions = {fact.subject for fact in self._facts.onto("CONTAINS", clause)}
        current = [version for version in versions if not self._facts.onto("REVISION_OF", version)]
        return not versions or any(map(self._is_ours, current))

    def _is_ours(self, version: EntityId) -> bool:
        holders = {fact.subject for fact in self._facts.onto("HAS_VERSION", version)}
        parties = {fact.subject for holder in holders for fact in self._facts.onto("PARTY_TO", holder)}
        return not parties or self._buyer in parties


def described(facts: Facts, entity: EntityId, predicates: Iterable[str]) -> str:
    """All that these predicates say of an entity, in order of preference: what a question is made of."""
    said = (fact for name in predicates for fact in sorted(facts.about(name, entity), key=lambda one: one.preference))
    return " ".join(str(fact.value) for fact in said)


def typed_texts(facts: Facts) -> Mapping[EntityId, Fact]:
    """The preferred TEXT of each clause that is of a type, by clause id."""
    texts = facts.by_subject("TEXT")
    clauses = sorted(texts.keys() & facts.by_subject("OF_TYPE").keys())
    return {clause: min(texts[clause], key=lambda fact: fact.preference) for clause in clauses}


def count_unembedded(reader: GraphReader, embedder: Embedder) -> int:
    """How many typed clauses have no vector up to date."""
    texts = {clause: str(fact.value) for clause, fact in typed_texts(Facts(reader, At())).items()}
    return len(texts.keys() - stored(reader, embedder.model, texts).keys())


def unembedded(reader: GraphReader, embedder: Embedder) -> Iterator[tuple[Vector, ...]]:
    """Batches of vectors (for `Batch.vectors`) of typed clauses whose text has none up to date: run after loads."""
    texts = {clause: str(fact.value) for clause, fact in typed_texts(Facts(reader, At())).items()}
    yield from missing(reader, embedder, texts)
