"""The options of a reader: what `read:` gives, checked against the reader's own model."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ontology.errors import MappingError

Declared = TypeVar("Declared", bound=BaseModel)


def check_options(model: type[Declared], options: Mapping[str, Any]) -> Declared:
    """Check the options that a source declares for a reader.

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
