"""How a store on a server is made and opened."""

from graph.neo4j import schema
from graph.neo4j.connection import Access, Neo4jConnection
from graph.neo4j.store import Neo4jStore
from ontology.vocabulary import Vocabulary


def create_store(access: Access, vocabulary: Vocabulary) -> Neo4jStore:
    """The store at a server, laid out where there is none.

    Raises:
        StoreError: The server is away, refuses, or its database holds other data.
    """
    return _opened(access, vocabulary, make=True)


def open_store(access: Access, vocabulary: Vocabulary) -> Neo4jStore:
    """The store at a server.

    Raises:
        NotFoundError: There is none.
        StoreVersionError: It is of another layout.
        StoreError: The server is away or refuses.
    """
    return _opened(access, vocabulary, make=False)


def layout_of(access: Access) -> int:
    """The layout of the store at a server; the first layout is the only one so far, so there is nothing to bring up.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: It is of another layout.
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
