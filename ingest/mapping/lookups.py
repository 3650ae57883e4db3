"""Lookup tables that are filled from a file of the source before its rows are mapped."""

from dataclasses import dataclass

from ingest.mapping.scope import Row, Test, Value
from ingest.readers.row import Cell
from ontology.errors import InvalidRecordError


@dataclass(frozen=True, slots=True)
class FileLookup:
    """A compiled lookup.

    Attributes:
        file: Name of the file that fills it.
        when: Whether a row is taken. key: its key in the table. value: its value there.
        table: What was filled in so far: of rows with one key the first wins.
        columns: Columns of the file that it uses.
        unique: Whether a key with different values gets none instead.
    """

    file: str
    when: Test
    key: Value
    value: Value
    table: dict[str, Cell]
    columns: frozenset[str]
    unique: bool = False

    def add(self, row: Row) -> None:
        """Add a row of the file; a row at fault is left out, since its block will refuse it by name."""
        try:
            if not self.when(row) or (key := self.key(row)) is None:
                return
            value = self.value(row)
        except InvalidRecordError:
            return
        if self.table.setdefault(str(key), value) != value and self.unique:
            self.table[str(key)] = None
