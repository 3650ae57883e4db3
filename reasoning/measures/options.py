"""What a request of each measure may choose: one frozen value a measure, with the defaults of what was not given.

The fields of a value are the options that its measure reads; there are no others. Some are not read where rows are of
another kind, or where one stop or supplier is explained: `unread` names them. `reasoning.measures.catalogue.options_of`
makes the value of a request, and refuses what was given and is not read.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from ontology.records import EntityId

ROWS = 20
LISTED_PATHS = 3
RECOVERY_DAYS = 90.0

_NOTHING: frozenset[str] = frozenset()


class MeasureOptions(Protocol):
    """The options of one measure; a frozen dataclass of which every field has a default."""

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read; `one`: whether it explains one stop or supplier, not a list."""
        ...


@dataclass(frozen=True, slots=True)
class LeontiefOptions:
    """A request of M1, exposure.

    Attributes:
        by: What rows are about. One supplier has no rows.
        category: One of the twelve risk categories, by its id; None for all. Rows by category or tier are of all.
        top: At most so many rows.
        paths: At most so many paths a supplier; None for 3 in a list or table, and for all in the document of one.
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
        by: What rows are about. One firm, country or product has no rows.
        category: One of the twelve risk categories, by its id; None for any. Rows by category are of each.
        stop_probability: The probability that a risk of 1 stops a firm within a year, from 0 to 1.
        top: At most so many rows.
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
        top: At most so many rows.
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
        top: At most so many rows.
        explain: Whether each row comes with who loses what; one firm always does.
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
        by: What stops; None for suppliers, or for the kind of the one that is named.
        days: Days to recover of whatever has none that is known; None leaves its loss open.
        top: At most so many rows. One stop has no rows.
        explain: Whether each row comes with what binds; one stop always does.
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
        days: Days to recover of a firm of which no claim says how many.
        top: At most so many rows. One stop has no rows.
        explain: Whether each row comes with its course; one stop always does.
    """

    by: Literal["product", "country", "supplier"] | None = None
    days: float = RECOVERY_DAYS
    top: int = ROWS
    explain: bool = False

    def unread(self, *, one: bool) -> frozenset[str]:
        """The fields that this request does not read."""
        return frozenset({"top"}) if one else _NOTHING
