"""Evidence: where a document says what a claim says."""

from collections.abc import Iterable, Mapping

import strawberry

from api.request.scope import Instant
from api.types.base.scalars import Value
from graph.port import Cited
from ontology.canonical import Scalar
from ontology.records import Document as StoredDocument
from ontology.records import EvidenceId


@strawberry.interface
class Node:
    """Anything with an id.

    Attributes:
        id: Readable, and the same in every store and export.
    """

    id: strawberry.ID


@strawberry.type
class Qualifier:
    """What a claim says besides its object or value, such as a share or a role.

    Attributes:
        name: Its name in the ontology.
        value: What it says.
    """

    name: str
    value: Value


@strawberry.type
class Document:
    """One file of a source, as it was read.

    Attributes:
        id: `src:` and the SHA-256 of its bytes.
        name: Name of the source contract that it was read under.
        sha256: SHA-256 of its bytes.
        uri: Where it comes from.
        media_type: What sort of file it is.
        licence: What may be done with it.
        publisher: Who publishes it.
        retrieved_at: When it was fetched.
    """

    id: strawberry.ID
    name: str
    sha256: str
    uri: str
    media_type: str
    licence: str
    publisher: str
    retrieved_at: Instant


@strawberry.type
class Evidence(Node):
    """Where a document says it.

    Attributes:
        locator: The place as JSON: rows, a page, a cell or a span of characters.
        quote: The quoted text; empty where it is too long to repeat, the place and the hash prove it still.
        quote_sha256: SHA-256 of the quoted bytes.
        document: The document that it lies in.
    """

    locator: str
    quote: str
    quote_sha256: str
    document: Document


def evidence_of(item: Cited) -> Evidence:
    """Evidence as GraphQL shows it."""
    return Evidence(
        id=strawberry.ID(item.evidence.id),
        locator=item.evidence.locator,
        quote=item.evidence.quote,
        quote_sha256=item.evidence.quote_sha256,
        document=_document(item.document),
    )


def evidence_list(found: Mapping[EvidenceId, Cited], ids: Iterable[EvidenceId]) -> list[Evidence]:
    """The evidence with these ids that was found, in that order."""
    return [evidence_of(found[item]) for item in ids if item in found]


def qualifiers_of(values: Mapping[str, Scalar]) -> list[Qualifier]:
    """Qualifiers by name."""
    return [Qualifier(name=name, value=Value(values[name])) for name in sorted(values)]


def _document(source: StoredDocument) -> Document:
    return Document(
        id=strawberry.ID(source.id),
        name=source.name,
        sha256=source.sha256,
        uri=source.uri,
        media_type=source.media_type,
        licence=source.licence,
        publisher=source.publisher,
        retrieved_at=Instant(source.retrieved_at),
    )
