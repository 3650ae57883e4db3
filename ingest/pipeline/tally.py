"""The tally of rows: each ends as accepted, unchanged or quarantined, and none is lost."""

from collections.abc import Iterable
from enum import IntEnum


class RowState(IntEnum):
    """What became of a row; of several outcomes the greatest counts."""

    ABSENT = 0
    READ = 1
    UNCHANGED = 2
    ACCEPTED = 3
    QUARANTINED = 4


class Tally:
    """The state of each row, in one byte per row and file."""

    def __init__(self) -> None:
        self._files: dict[str, bytearray] = {}

    def read(self, file: str, number: int) -> None:
        """Record that a row was read."""
        states = self._files.setdefault(file, bytearray())
        if number >= len(states):
            states.extend(bytes(max(number + 1 - len(states), 4096)))
        states[number] = RowState.READ

    def mark(self, file: str, numbers: Iterable[int], state: RowState) -> None:
        """Record what became of rows; a greater state stays."""
        states = self._files[file]
        for number in numbers:
            states[number] = max(states[number], state)

    def rows(self, file: str) -> int:
        """How many rows of a file were read."""
        states = self._files.get(file, b"")
        return len(states) - states.count(RowState.ABSENT)

    def count(self, state: RowState) -> int:
        """How many rows of all files are in a state."""
        return sum(states.count(state) for states in self._files.values())

    @property
    def total(self) -> int:
        """How many rows were read."""
        return sum(map(self.rows, self._files))
