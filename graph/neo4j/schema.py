"""The layout of the server store, and the names of the vocabulary that queries may contain.

An entity is `(:Entity:<Kind> {id})`. A version of a claim is `(:Claim)`. It has the relationships `ABOUT` to its
subject, `POINTS_AT` to its object and `EVIDENCED_BY` to its evidence, and evidence has `DERIVED_FROM` to its document.

A claim between two entities also has a native relationship of its predicate, with the same id, times and basis. Plain
Cypher can therefore walk the network. `SAYS` leads to the words of a searchable value. They are our own tokens, so no
engine's query syntax is ever reached. `place` and long words are stored as digests, because index keys have a maximum
length.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, LiteralString

from graph.neo4j.connection import Neo4jConnection, Transaction
from ontology.canonical import digest
from ontology.errors import NotFoundError, OntologyError, StoreError, StoreVersionError
from ontology.generated.neo4j import STATEMENTS
from ontology.generated.vocabulary import VOCABULARY
from ontology.vocabulary import Vocabulary

VERSION = 2

_INDEXES: Mapping[str, LiteralString] = {
    "tierscope_entity": "CREATE CONSTRAINT tierscope_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "tierscope_document": "CREATE CONSTRAINT tierscope_document IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE",
    "tierscope_evidence": "CREATE CONSTRAINT tierscope_evidence IF NOT EXISTS FOR (n:Evidence) REQUIRE n.id IS UNIQUE",
    "tierscope_record": "CREATE CONSTRAINT tierscope_record IF NOT EXISTS FOR (n:Record) REQUIRE n.place IS UNIQUE",
    "tierscope_revision": (
        "CREATE CONSTRAINT tierscope_revision IF NOT EXISTS FOR (n:Revision) REQUIRE n.number IS UNIQUE"
    ),
    "tierscope_word": "CREATE CONSTRAINT tierscope_word IF NOT EXISTS FOR (n:Word) REQUIRE n.text IS UNIQUE",
    "tierscope_vector": (
        "CREATE CONSTRAINT tierscope_vector IF NOT EXISTS FOR (n:Vector) REQUIRE (n.model, n.entity) IS UNIQUE"
    ),
    "tierscope_store": "CREATE CONSTRAINT tierscope_store IF NOT EXISTS FOR (n:Store) REQUIRE n.key IS UNIQUE",
    "tierscope_claim": "CREATE INDEX tierscope_claim IF NOT EXISTS FOR (n:Claim) ON (n.id)",
    "tierscope_claim_place": "CREATE INDEX tierscope_claim_place IF NOT EXISTS FOR (n:Claim) ON (n.place)",
    "tierscope_claim_predicate": "CREATE INDEX tierscope_claim_predicate IF NOT EXISTS FOR (n:Claim) ON (n.predicate)",
    "tierscope_judgement": "CREATE INDEX tierscope_judgement IF NOT EXISTS FOR (n:Judgement) ON (n.id)",
}
_GENERATED: Mapping[str, LiteralString] = {text.split()[2]: text for text in STATEMENTS}
_LABELS = frozenset(
    ("Entity", "Claim", "Document", "Evidence", "Record", "Revision", "Word", "Vector", "Store", "Judgement")
)
_TYPES = frozenset(("ABOUT", "POINTS_AT", "EVIDENCED_BY", "DERIVED_FROM", "SAYS", "LEFT", "RIGHT"))
NATIVE = ("claimId", "validFrom", "validTo", "basis", "confidence", "recordedAt", "supersededAt")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_WORD = 64


class Names:
    """The names of the vocabulary that queries may contain; no other outside text is ever part of a query.

    Args:
        vocabulary: The kinds and predicates.

    Attributes:
        prefixes: Prefix of the ids of each kind.
        searchable: Predicates whose values can be searched by word.
        relations: Predicates between two entities.

    Raises:
        OntologyError: A name is not a plain identifier, or the layout itself uses it.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.prefixes = {name: kind.prefix for name, kind in vocabulary.kinds.items()}
        self.searchable = frozenset(name for name, term in vocabulary.predicates.items() if term.searchable)
        self.relations = frozenset(name for name, term in vocabulary.predicates.items() if term.value is None)
        self._qualifiers = {name: tuple(term.qualifiers) for name, term in vocabulary.predicates.items()}
        _require_plain(vocabulary.kinds, _LABELS)
        _require_plain(vocabulary.predicates, _TYPES)
        for names in self._qualifiers.values():
            _require_plain(names, frozenset(NATIVE))

    def label(self, kind: str) -> LiteralString:
        """The label of the entities of a kind.

        Raises:
            KeyError: The vocabulary has no such kind.
        """
        if kind not in self.prefixes:
            raise KeyError(kind)
        return kind

    def relation(self, predicate: str) -> LiteralString:
        """The type of the native relationships of a predicate.

        Raises:
            KeyError: The predicate has no native relationships.
        """
        if predicate not in self.relations:
            raise KeyError(predicate)
        return predicate

    def qualifiers(self, predicate: str) -> tuple[LiteralString, ...]:
        """The names of the qualifiers that claims of a predicate may carry."""
        return self._qualifiers[predicate]


def place_of(source: str, record: str) -> str:
    """The key of a record of a source (32 hex digits), which is short enough for an index."""
    return digest([source, record])[:32]


def word_key(word: str) -> str:
    """The stored form of a word: the word itself, or `#` and its digest where it has more than 64 characters."""
    return word if len(word) <= _LONGEST_WORD else f"#{digest(word)}"


def create(connection: Neo4jConnection, vocabulary: Vocabulary) -> None:
    """Lay out a database. A complete store keeps its content; a store with an interrupted copy is cleared.

    The constraints and indexes that are generated from the product's vocabulary are created for that vocabulary only.

    Args:
        connection: The server.
        vocabulary: The kinds and predicates that batches may name.

    Raises:
        StoreError: The database holds data of another program.
    """
    if connection.read(_foreign):
        message = f"the database at {connection.address} holds data of another program"
        raise StoreError(message, fix="use an empty database for the store", address=connection.address)
    found = connection.read(_layout)
    if found and found[0][1]:
        clear(connection)
    wanted = {**_INDEXES, **(_GENERATED if vocabulary.version == VOCABULARY.version else {})}
    present = connection.read(_present)
    if missing := [text for name, text in wanted.items() if name not in present]:
        connection.write(partial(_declare, texts=missing))
        connection.write(_await)
    connection.write(_put_store)


def clear(connection: Neo4jConnection) -> None:
    """Delete the content of the store."""
    connection.empty()
    connection.write(_reset)


def require(connection: Neo4jConnection) -> None:
    """Refuse a database that is not a complete store of the current layout.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: The store has another layout version.
        StoreError: A copy into the store was interrupted.
    """
    found = connection.read(_layout)
    if not found:
        message = f"there is no store at {connection.address}"
        raise NotFoundError(message, fix="create one with `tierscope store init`, or correct the address")
    layout, filling = found[0]
    if layout != VERSION:
        message = f"the store {connection.address} has the layout {layout}; this version of Tierscope reads {VERSION}"
        fix = "install the newer Tierscope that wrote it"
        if layout < VERSION:
            fix = "load the sources into an empty database: no release wrote this layout"
        raise StoreVersionError(message, fix=fix, address=connection.address, layout=layout)
    if filling:
        message = f"a copy into the store {connection.address} was interrupted"
        raise StoreError(message, fix="repeat the copy: it starts from the beginning", address=connection.address)


def _foreign(transaction: Transaction) -> bool:
    return bool(transaction.run("MATCH (n) WHERE NOT EXISTS { MATCH (:Store) } RETURN 1 LIMIT 1"))


def _present(transaction: Transaction) -> set[str]:
    return {row[0] for row in transaction.run("SHOW INDEXES YIELD name RETURN name")}


def _declare(transaction: Transaction, texts: Iterable[LiteralString]) -> None:
    for text in texts:
        transaction.run(text)


def _await(transaction: Transaction) -> None:
    transaction.run("CALL db.awaitIndexes(60)")


def _put_store(transaction: Transaction) -> None:
    transaction.run(
        "MERGE (store:Store {key: 'tierscope'}) ON CREATE SET store.schema = $schema, store.revision = 0",
        schema=VERSION,
    )


def _reset(transaction: Transaction) -> None:
    transaction.run("MATCH (store:Store) SET store.revision = 0, store.recordedAt = null, store.filling = null")


def _layout(transaction: Transaction) -> list[list[Any]]:
    return transaction.run("MATCH (store:Store) RETURN store.schema, coalesce(store.filling, false)")


def _require_plain(names: Iterable[str], reserved: frozenset[str]) -> None:
    for name in names:
        if not _NAME.fullmatch(name) or name in reserved:
            message = f"the store cannot use the name {name!r}: it is not a plain identifier, or the layout uses it"
            raise OntologyError(message, fix="rename the term in the ontology", name=name)
