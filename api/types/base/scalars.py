"""Leaf types."""

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
        OBSERVED: The source says so of the world.
        INFERRED: Derived by a named rule.
        CONFIRMED: A second independent source or a person vouches.
    """

    OBSERVED = "observed"
    INFERRED = "inferred"
    CONFIRMED = "confirmed"


@strawberry.enum
class Review(Enum):
    """Whether a claim was looked at.

    Attributes:
        PROPOSED: Nobody has looked at it.
        ACCEPTED: It is taken as said.
        REJECTED: It is kept, and never believed.
    """

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@strawberry.enum
class Verdict(Enum):
    """What was judged of two entities.

    Attributes:
        SAME: They are one; reads merge them until this is withdrawn.
        DIFFERENT: They are two; a merge is refused.
        UNSURE: It was looked at and is not known.
    """

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def finite(value: Scalar) -> Scalar:
    """A value as it leaves: never a number that JSON does not have.

    Raises:
        ValueError: It is infinite or not a number.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is not finite")
    return value


def text(value: object) -> str:
    """An instant as it enters.

    Raises:
        ValueError: It is not text.
    """
    if not isinstance(value, str):
        raise ValueError("an instant is text")  # noqa: TRY004 - GraphQL turns this sort into a fault of the query
    return value


CONFIG = StrawberryConfig(
    disable_field_suggestions=True,
    scalar_map={
        Instant: strawberry.scalar(
            name="Instant",
            description="A moment in UTC as ISO 8601 text: world time has seconds, record time microseconds. Where one "
            "is asked for, a date means its midnight.",
            serialize=str,
            parse_value=text,
        ),
        Value: strawberry.scalar(
            name="Value", description="A text, a finite number or a truth value.", serialize=finite
        ),
    },
)
