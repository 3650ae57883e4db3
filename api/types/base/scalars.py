"""Scalars and enums."""

import math
from enum import Enum
from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.request.scope import Instant
from ontology.canonical import Scalar

Value = NewType("Value", object)


@strawberry.enum
class Basis(Enum):
    """How a claim came about.

    Attributes:
        OBSERVED: The source states it as a fact about the world.
        INFERRED: A named rule derived it.
        CONFIRMED: A second independent source or a person vouches for it.
    """

    OBSERVED = "observed"
    INFERRED = "inferred"
    CONFIRMED = "confirmed"


@strawberry.enum
class Review(Enum):
    """Whether a person has reviewed a claim.

    Attributes:
        PROPOSED: Nobody has reviewed it.
        ACCEPTED: It was accepted.
        REJECTED: It was rejected: it is kept, and no answer uses it.
    """

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@strawberry.enum
class Verdict(Enum):
    """The result of a judgement about two entities.

    Attributes:
        SAME: They are the same entity: reads merge them until the judgement is withdrawn.
        DIFFERENT: They are two entities: a merge is refused.
        UNSURE: Somebody compared them without a result.
    """

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def finite(value: Scalar) -> Scalar:
    """A value as it leaves the API; JSON has no infinity and no NaN.

    Raises:
        ValueError: The value is infinite or not a number.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("the number is not finite")
    return value


def text(value: object) -> str:
    """An instant as it enters the API.

    Raises:
        ValueError: The value is not a text.
    """
    if not isinstance(value, str):
        raise ValueError("an instant is a string")  # noqa: TRY004 - GraphQL turns a ValueError into a fault of the query
    return value


CONFIG = StrawberryConfig(
    disable_field_suggestions=True,
    scalar_map={
        Instant: strawberry.scalar(
            name="Instant",
            description="An instant in UTC, as ISO 8601 text. World time has seconds, record time microseconds. An "
            "argument may also be a date, which means its midnight.",
            serialize=str,
            parse_value=text,
        ),
        Value: strawberry.scalar(name="Value", description="A string, a finite number or a boolean.", serialize=finite),
    },
)
