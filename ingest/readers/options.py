"""What `read:` says, checked against what a reader knows."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ontology.errors import MappingError

Declared = TypeVar("Declared", bound=BaseModel)


def declared(model: type[Declared], options: Mapping[str, Any]) -> Declared:
    """The options as a reader's own model.

    Raises:
        MappingError: An option is unknown or has an unusable value; it is named.
    """
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = f"read: {name}: {first['msg']}"
        raise MappingError(message, fix=f"docs/mapping.md lists it; known: {', '.join(model.model_fields)}") from error
