"""The options of a request of each measure: one frozen value a measure, with defaults.

The fields of a value are exactly the options that its measure reads. Some are not read for certain rows, or when one
stop or supplier is explained: `unread` names them. `reasoning.measures.catalogue.options_of` makes the value of a
request, and refuses options that are given but not read.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from ontology.records import EntityId

ROWS = 20
LISTED_PATHS = 3
RECOVERY_DAYS = 90.0

_NOTHING: frozenset[str] = frozenset()


class MeasureOptions(Protocol):
    """The options of one measure: a frozen dataclass with a default for every field."""

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read.

        Args:
            one: Whether it explains one stop or supplier, not a list.
        """
        ...


@dataclass(frozen=True, slots=True)
class LeontiefOptions:
    """A request of M1, exposure.

    Attributes:
        by: The subject of rows. One supplier has no rows.
        category: One of the twelve risk categories, by its id; None for all. Rows by category or tier are of all.
        top: The most rows.
        paths: The most paths a supplier; None for 3 in a list or table, and for all in the document of one.
    """

    by: Literal["supplier", "category", "tier"] = "supplier"
    category: EntityId | None = None
    top: int = ROWS
    paths: int | None = None

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        if one:
            return frozenset({"by", "top"})
        return _NOTHING if self.by == "supplier" else frozenset({"category", "paths"})


@dataclass(frozen=True, slots=True)
class DisruptionOptions:
    """A request of M2, the probability of a disruption.

    Attributes:
        by: The subject of rows. One firm, country or product has no rows.
        category: One of the twelve risk categories, by its id; None for any. Rows by category are of each.
        stop_probability: The probability that a risk of 1 stops a firm within a year, from 0 to 1.
        top: The most rows.
    """

    by: Literal["supplier", "category"] = "supplier"
    category: EntityId | None = None
    stop_probability: float = 1.0
    top: int = ROWS

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        if one:
            return frozenset({"by", "top"})
        return _NOTHING if self.by == "supplier" else frozenset({"category"})


@dataclass(frozen=True, slots=True)
class LossOptions:
    """A request of M3, production loss.

    Attributes:
        by: What stops in each row. One stop has no rows.
        top: The most rows.
        explain: Whether each row comes with its chain; one stop always does.
    """

    by: Literal["supplier", "country", "product"] = "supplier"
    top: int = ROWS
    explain: bool = False

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        return frozenset({"by", "top"}) if one else _NOTHING


@dataclass(frozen=True, slots=True)
class SystemicOptions:
    """A request of M3 over all firms, systemic risk.

    Attributes:
        by: What closes in each row. One firm has no rows.
        top: The most rows.
        explain: Whether each row comes with the losses of all firms; one firm always does.
    """

    by: Literal["supplier"] = "supplier"
    top: int = ROWS
    explain: bool = False

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        return frozenset({"by", "top"}) if one else _NOTHING


@dataclass(frozen=True, slots=True)
class RecoveryOptions:
    """A request of M4, time to recover.

    Attributes:
        by: What stops; None for suppliers, or for the kind of the entity that is named.
        days: Days to recover where none are known; None leaves the loss open.
        top: The most rows. One stop has no rows.
        explain: Whether each row comes with its binding limits; one stop always does.
    """

    by: Literal["supplier", "site", "country"] | None = None
    days: float | None = None
    top: int = ROWS
    explain: bool = False

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        return frozenset({"top"}) if one else _NOTHING


@dataclass(frozen=True, slots=True)
class InoperabilityOptions:
    """A request of M5, inoperability.

    Attributes:
        by: How firms are grouped; None for the first of product, country and supplier that makes two groups.
        days: Days to recover of a firm for which no claim states them.
        top: The most rows. One stop has no rows.
        explain: Whether each row comes with its course; one stop always does.
    """

    by: Literal["product", "country", "supplier"] | None = None
    days: float = RECOVERY_DAYS
    top: int = ROWS
    explain: bool = False

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        return frozenset({"top"}) if one else _NOTHING
