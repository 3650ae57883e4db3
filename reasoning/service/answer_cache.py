"""The answer cache: keeps the answers used last, and lets one thread make an answer that several want."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Answer = TypeVar("Answer")


class AnswerCache:
    """At most `capacity` answers by key; the least recently used is dropped first.

    It is safe to share between threads. A thread that wants an answer which another one is making waits for it;
    answers of other keys are made at the same time.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, tuple[object]] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def once(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The cached answer of a key; `make` makes it where there is none. An error of `make` is not cached."""
        entry = self._found(key)
        if entry is None:
            with self._lock_of(key):
                entry = self._found(key) or self._made(key, make)
        return cast("Answer", entry[0])

    def _found(self, key: Hashable) -> tuple[object] | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def _lock_of(self, key: Hashable) -> threading.RLock:
        with self._lock:
            return self._making.setdefault(key, threading.RLock())

    def _made(self, key: Hashable, make: Callable[[], object]) -> tuple[object]:
        try:
            entry = (make(),)
            with self._lock:
                self._entries[key] = entry
                while len(self._entries) > self._capacity:
                    self._entries.popitem(last=False)
        finally:
            with self._lock:
                self._making.pop(key, None)
        return entry
