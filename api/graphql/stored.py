"""Stored documents: the GraphQL queries that the command line's `--json` runs, by name, and their execution.

A stored document is one query in `api/documents/NAME.graphql`. Other faces of the product may run the same ones.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphql import GraphQLError, parse

from api.graphql.execution import GraphQLRequest, GraphQLService
from api.request.deadline import Deadline
from api.request.errors import cause_of
from ontology.errors import QueryError

FOLDER = Path(__file__).resolve().parents[1] / "documents"


def run_stored(service: GraphQLService, name: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run a stored document for a user of this process: within the service's limits of size, without a deadline.

    Args:
        service: Where it is run; its limits say how long lists may be.
        name: Name of the document.
        variables: Its variables, by their GraphQL names.

    Returns:
        The `data` of the answer.

    Raises:
        TierscopeError: What a resolver raised; a `QueryError` where a variable has the wrong type.
    """
    text = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    result = service.execute(parse(text), GraphQLRequest(text, variables), service.session(Deadline(math.inf)))
    if result.errors:
        raise _raised(result.errors[0])
    return result.data or {}


def _raised(error: GraphQLError) -> Exception:
    """The error below a GraphQL error."""
    return cause_of(error) or QueryError(error.message)
