"""What a transform of the mapping language is compiled with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError, MappingError

Transform = Callable[[Cell], Cell]
Factory = Callable[["TransformContext"], Transform]
Table = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class TransformContext:
    """What a transform is compiled with.

    Attributes:
        argument: What stands behind its name in the mapping; None where nothing does.
        label: What faults call the value: its column, or its YAML path.
        path: YAML path, for errors in the mapping.
        tables: The lookup tables by name; those of files are filled before rows are mapped.
        countries: Spellings of countries that the source adds.
        touched: Collects what a lookup in a file gives for the current row, as part of what the row was made from.
    """

    argument: Cell
    label: str
    path: str
    tables: Mapping[str, Table] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    touched: list[Cell] | None = None

    def error(self, message: str) -> MappingError:
        """The error that the mapping is wrong here."""
        return MappingError(f"{self.path}: {message}", fix="docs/mapping.md lists the transforms", path=self.path)

    def fault(self, rule: str, message: str, fix: str) -> InvalidRecordError:
        """The fault that a row does not fit here."""
        return InvalidRecordError(f"{self.label}: {message}", fix=fix, rule=rule, path=self.path)
