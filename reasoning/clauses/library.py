"""The clause library of a buyer: texts of clauses by type, and their ranking for queries."""

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
    """Port: vectors of texts by one model, for ranking by meaning."""

    def of(self, texts: Mapping[EntityId, str]) -> Matrix:
        """One row for each clause, in order."""
        ...

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        """One row for each text, in order."""
        ...


class ClauseVectors:
    """Vectors of texts: stored ones if they are up to date, else computed; kept in memory."""

    def __init__(self, reader: GraphReader, embedder: Embedder) -> None:
        self._reader = reader
        self._embedder = embedder
        self._by_text: dict[str, Matrix] = {}

    def of(self, texts: Mapping[EntityId, str]) -> Matrix:
        """One row for each clause, in order."""
        if not self._by_text.keys() >= set(texts.values()):
            found = stored(self._reader, self._embedder.model, texts)
            self._by_text |= {texts[entity]: row for entity, row in found.items()}
        return self.of_texts(list(texts.values()))

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        """One row for each text, in order."""
        absent = sorted(set(texts) - self._by_text.keys())
        if absent:
            self._by_text |= dict(zip(absent, self._embedder.embed(absent), strict=True))
        return np.stack([self._by_text[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Precedent:
    """A clause of the library, with the facts that give it its type.

    Attributes:
        clause: The clause.
        typed: Its OF_TYPE claim, then the BROADER claims up to the requested type.
        text: Its TEXT claim.
        score: Its ranking score; only the order of scores has a meaning.
    """

    clause: EntityId
    typed: tuple[Fact, ...]
    text: Fact
    score: float


class ClauseLibrary:
    """Typed clauses with a text: those in no agreement, and in the current version of a template or own contract.

    A contract without parties counts as a template. Contracts between other parties are not used.

    Args:
        facts: The facts.
        buyer: The buyer.
        vectors: For ranking by meaning; None ranks by words alone.
    """

    def __init__(self, facts: Facts, buyer: EntityId, vectors: TextVectors | None) -> None:
        self._facts = facts
        self._buyer = buyer
        self._vectors = vectors

    @property
    def ranked_by(self) -> str:
        """How clauses are ranked, in words for the answer."""
        return BY_WORDS if self._vectors is None else BY_EMBEDDINGS

    def best(self, clause_type: EntityId, queries: Sequence[str]) -> Precedent | None:
        """The clause of a type, or of a narrower one, that fits the queries best; None if there is none.

        Each query ranks the clauses by BM25, the last query also by embeddings if there are any. Reciprocal rank fusion
        combines the rankings. Ties are decided by the confidence of the type, then by the smaller id.

        Args:
            clause_type: The type.
            queries: Texts, in natural language.
        """
        found = self._of_type(clause_type)
        if not found:
            return None
        scores = self._scores(found, queries)
        ranked = [Precedent(one.clause, one.typed, one.text, score) for one, score in zip(found, scores, strict=True)]
        return min(ranked, key=lambda one: (-one.score, -one.typed[0].confidence, one.clause))

    def _scores(self, found: Sequence[Precedent], queries: Sequence[str]) -> list[float]:
        numbers = [self._number[one.clause] for one in found]
        orders = [order(bm25(self._postings, words(query))[numbers]) for query in queries]
        if self._vectors is not None:
            rows = self._vectors.of({one.clause: str(one.text.value) for one in found})
            orders.append(order(cosine(rows, self._vectors.of_texts(queries[-1:])[0]) + 1))
        fused = fuse(orders)
        return [fused.get(place, 0.0) for place in range(len(found))]

    def _of_type(self, clause_type: EntityId) -> list[Precedent]:
        found: dict[EntityId, Precedent] = {}
        for narrow, path in self._narrower(clause_type).items():
            for typed in sorted(self._facts.onto("OF_TYPE", narrow), key=lambda fact: fact.preference):
                clause = typed.subject
                if clause in self._number:
                    found.setdefault(clause, Precedent(clause, (typed, *path), self._texts[clause], 0.0))
        return [found[clause] for clause in sorted(found)]

    def _narrower(self, clause_type: EntityId) -> Mapping[EntityId, tuple[Fact, ...]]:
        """The type and those below it, each with the BROADER facts up to it."""
        paths: dict[EntityId, tuple[Fact, ...]] = {clause_type: ()}
        waiting = [clause_type]
        while waiting:
            wide = waiting.pop(0)
            for fact in sorted(self._facts.onto("BROADER", wide), key=lambda fact: fact.preference):
                if fact.subject not in paths:
                    paths[fact.subject] = (fact, *paths[wide])
                    waiting.append(fact.subject)
        return paths

    @cached_property
    def _texts(self) -> Mapping[EntityId, Fact]:
        """The TEXT of each typed clause that may be used."""
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
    """The values of these predicates of an entity, joined in order of belief; the words of a query."""
    stated = (fact for name in predicates for fact in sorted(facts.about(name, entity), key=lambda one: one.preference))
    return " ".join(str(fact.value) for fact in stated)


def typed_texts(facts: Facts) -> Mapping[EntityId, Fact]:
    """The most believed TEXT of each clause that has a type, by clause id."""
    texts = facts.by_subject("TEXT")
    clauses = sorted(texts.keys() & facts.by_subject("OF_TYPE").keys())
    return {clause: min(texts[clause], key=lambda fact: fact.preference) for clause in clauses}


def count_unembedded(reader: GraphReader, embedder: Embedder) -> int:
    """The number of typed clauses without an up-to-date vector."""
    texts = {clause: str(fact.value) for clause, fact in typed_texts(Facts(reader, At())).items()}
    return len(texts.keys() - stored(reader, embedder.model, texts).keys())


def unembedded(reader: GraphReader, embedder: Embedder) -> Iterator[tuple[Vector, ...]]:
    """Yield batches of vectors (for `Batch.vectors`) of typed clauses without an up-to-date one. Run after loads."""
    texts = {clause: str(fact.value) for clause, fact in typed_texts(Facts(reader, At())).items()}
    yield from missing(reader, embedder, texts)
