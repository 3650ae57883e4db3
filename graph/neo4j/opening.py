"""Creating and opening a store on a server."""

from graph.neo4j import schema
from graph.neo4j.connection import Access, Neo4jConnection
from graph.neo4j.store import Neo4jStore
from ontology.vocabulary import Vocabulary


def create_store(access: Access, vocabulary: Vocabulary) -> Neo4jStore:
    """Open the store on a server, and lay it out in a database without one.

    Args:
        access: How to reach the server.
        vocabulary: The kinds and predicates that batches may name.

    Raises:
        StoreVersionError: The store has another layout version.
        StoreError: The server is unreachable or refuses, or the database holds data of another program.
    """
    return _opened(access, vocabulary, make=True)


def open_store(access: Access, vocabulary: Vocabulary) -> Neo4jStore:
    """Open the existing store on a server.

    Args:
        access: How to reach the server.
        vocabulary: The kinds and predicates that batches may name.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: The store has another layout version.
        StoreError: The server is unreachable or refuses.
    """
    return _opened(access, vocabulary, make=False)


def layout_of(access: Access) -> int:
    """The layout version of the store on a server; only the current layout was ever released, so none is upgraded.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: The store has another layout version.
        StoreError: The server is unreachable or refuses.
    """
    connection = Neo4jConnection(access)
    try:
        connection.verify()
        schema.require(connection)
    finally:
        connection.close()
    return schema.VERSION


def _opened(access: Access, vocabulary: Vocabulary, *, make: bool) -> Neo4jStore:
    connection = Neo4jConnection(access)
    try:
        connection.verify()
        if make:
            schema.create(connection, vocabulary)
        schema.require(connection)
        return Neo4jStore(connection, vocabulary)
    except BaseException:
        connection.close()
        raise
