"""Answers that are made once and kept for whoever asks again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Answer = TypeVar("Answer")


class Answers:
    """At most so many answers by question; the ones not asked for longest go first. Threads may ask at once.

    Who asks for what another thread is making waits for it; questions of other keys go on beside it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[object]] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def once(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer to a question, made where there is none. What `make` raises is not kept."""
        held = self._found(key)
        if held is None:
            with self._turn(key):
                held = self._found(key) or self._made(key, make)
        return cast("Answer", held[0])

    def _found(self, key: Hashable) -> tuple[object] | None:
        with self._lock:
            held = self._kept.get(key)
            if held is not None:
                self._kept.move_to_end(key)
            return held

    def _turn(self, key: Hashable) -> threading.RLock:
        with self._lock:
            return self._making.setdefault(key, threading.RLock())

    def _made(self, key: Hashable, make: Callable[[], object]) -> tuple[object]:
        try:
            held = (make(),)
            with self._lock:
                self._kept[key] = held
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        finally:
            with self._lock:
                self._making.pop(key, None)
        return held
