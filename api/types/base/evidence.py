"""Evidence: the places in documents that support claims."""

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
        id: Readable id, identical in every store and export.
    """

    id: strawberry.ID


@strawberry.type
class Qualifier:
    """A detail of a claim or judgement, such as a share or a role.

    Attributes:
        name: Name in the ontology.
        value: The value of the detail.
    """

    name: str
    value: Value


@strawberry.type
class Document:
    """One file of a source, as it was read.

    Attributes:
        id: `src:` followed by the SHA-256 of the file's bytes.
        name: Name of the source, as declared in its specification.
        sha256: SHA-256 of the file's bytes.
        uri: Address that the file comes from.
        media_type: Media type, such as `text/csv`.
        licence: Licence under which the content may be used.
        publisher: Name of the publisher.
        retrieved_at: Time at which the file was fetched.
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
    """A place in a document that supports a claim.

    Attributes:
        locator: The place as JSON: rows, a page, a cell or a span of characters.
        quote: The quoted text; empty if it is too long to repeat. The locator and the hash identify it in either case.
        quote_sha256: SHA-256 of the quoted bytes.
        quote_verified: Whether the SHA-256 of `quote` is `quoteSha256`; null where the quote is too long to repeat.
        document: The document that contains the place.
    """

    locator: str
    quote: str
    quote_sha256: str
    quote_verified: bool | None
    document: Document


def evidence_of(item: Cited) -> Evidence:
    """Evidence as GraphQL shows it."""
    return Evidence(
        id=strawberry.ID(item.evidence.id),
        locator=item.evidence.locator,
        quote=item.evidence.quote,
        quote_sha256=item.evidence.quote_sha256,
        quote_verified=item.evidence.quote_verified,
        document=_document(item.document),
    )


def evidence_list(found: Mapping[EvidenceId, Cited], ids: Iterable[EvidenceId]) -> list[Evidence]:
    """The evidence with these ids, in this order; ids that were not found are left out."""
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
