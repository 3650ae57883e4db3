"""What expressions are compiled with: the environment that all of a source share, and the scope of each one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ingest.mapping.transforms.context import Table
from ingest.readers.row import Cell
from ontology.errors import MappingError

FILE_HASH = "@sha256"  # the name, among the cells of every row, of the SHA-256 of its file

Row = dict[str, Cell]
Test = Callable[[Row], bool]
Value = Callable[[Row], Cell]


@dataclass(frozen=True, slots=True)
class Environment:
    """What the expressions of a source share.

    Attributes:
        source: Name of the source, in whose scheme exact names identify.
        prefixes: Kind to the prefix of its ids.
        tables: Lookup tables by name.
        countries: Spellings of countries.
        filled: Names of those tables that files fill.
        touched: What lookups in these gave for the current row.
    """

    source: str
    prefixes: Mapping[str, str]
    tables: Mapping[str, Table] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    touched: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands, and which names it may use there.

    Attributes:
        path: Its YAML path.
        names: What `let`, `for_each` and `each` have named.
        nulls: Texts of a column that mean null.
        columns: Collects the columns of the file that are used; None where columns may not be used (in a group).
        aggregates: Collects (kind, value) of aggregates; None where there is no group.
        row: In a group, the scope of its rows, in which aggregates are compiled.
        exact: Whether texts are taken as they stand, since they are documents; else they are trimmed.
    """

    path: str
    names: frozenset[str] = frozenset()
    nulls: frozenset[str] = frozenset([""])
    columns: set[str] | None = None
    aggregates: list[tuple[str, Value]] | None = None
    row: "Scope | None" = None
    exact: bool = False

    def at(self, part: str | int) -> "Scope":
        """The same scope one step down the YAML path."""
        return replace(self, path=f"{self.path}.{part}")

    def knowing(self, *names: str) -> "Scope":
        """The same scope with further names."""
        return replace(self, names=self.names | set(names))

    def error(self, message: str, **details: object) -> MappingError:
        """The error that the mapping is wrong here."""
        return MappingError(f"{self.path}: {message}", fix="see docs/mapping.md", path=self.path, **details)
