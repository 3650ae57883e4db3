"""Many texts in one array of bytes: looked up in it, never turned into objects all at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from reasoning.core.graph.network import Integers

Bytes = npt.NDArray[np.uint8]


class Texts(Sequence[str]):
    """ASCII texts by number; where they are ascending, a number is found by halving."""

    def __init__(self, letters: npt.NDArray[np.generic], start: Integers) -> None:
        self._letters = letters
        self._start = start

    def __len__(self) -> int:
        return len(self._start) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._letters[int(self._start[number]) : int(self._start[number + 1])].tobytes().decode("ascii")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def find(self, text: str) -> int | None:
        """The number of a text among ascending ones, or None."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == text else None


def packed(texts: Sequence[str]) -> tuple[Bytes, Integers]:
    """ASCII texts one after the other, and where each begins."""
    start = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=start[1:])
    return np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8), start


class Numbers:
    """Texts numbered in the order in which they are first met."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._known: dict[str, int] = {}
        self.of(first)

    def of(self, texts: Iterable[str]) -> npt.NDArray[np.int32]:
        """The number of each text."""
        known = self._known
        return np.fromiter((known.setdefault(text, len(known)) for text in texts), dtype=np.int32)

    def one(self, text: str) -> int:
        """The number of a text."""
        return self._known.setdefault(text, len(self._known))

    @property
    def texts(self) -> list[str]:
        """The texts by number."""
        return list(self._known)

    def ranks(self) -> Integers:
        """The place of each text among all of them, ascending."""
        texts = self.texts
        found = np.empty(len(texts), dtype=np.int64)
        found[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
        return found
