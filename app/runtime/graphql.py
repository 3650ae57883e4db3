"""GraphQL in this process: `--json` prints the data of a stored GraphQL document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.runtime.session import ReadSession

EVERY = 2**31 - 1  # items: the greatest Int of GraphQL


def answer_document(
    session: ReadSession, name: str, variables: Mapping[str, object] | None = None, *, buyer: str | None = None
) -> Mapping[str, Any]:
    """Run a stored document at the times of a session, and give its data.

    The limits of the web do not apply: there is no deadline, no cost is counted, and pages may have any length.

    Args:
        session: The session.
        name: Name of the document, one of `api/documents/`.
        variables: Its variables, by their GraphQL names; `scope` is that of the session where it is not among them.
        buyer: Id of the buying organisation; None where the document reads for none.

    Raises:
        TierscopeError: The same as the typed answer raises.
    """
    from api.graphql.execution import GraphQLService  # only `--json` needs the schema
    from api.graphql.stored import run_stored
    from api.request.limits import WITHOUT_LIMITS

    as_of, known_at = session.at.as_of or "", session.at.known_at
    scope = {"scope": {"asOf": as_of, "knownAt": known_at, "buyer": buyer}}
    service = GraphQLService(session.store, session.reasoning, lambda: as_of, limits=WITHOUT_LIMITS)
    return run_stored(service, name, {**scope, **(variables or {})})
