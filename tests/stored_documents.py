"""The stored GraphQL documents, for tests over all of them."""

from collections.abc import Mapping

from api.graphql.stored import FOLDER


def stored_documents() -> Mapping[str, str]:
    """The texts of all stored documents, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.graphql"))}
