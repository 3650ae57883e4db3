"""A store that counts what it is asked."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from graph.port import GraphStore


class CountingStore:
    """Passes every call of the port on to a store, and counts the calls by name."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def counted(*args: Any, **named: Any) -> Any:
            self.calls[name] += 1
            return method(*args, **named)

        return counted

    def rows(self, *, history: bool = False) -> Iterator[Any]:
        self.calls["rows"] += 1
        return self._store.rows(history=history)
