"""Recently used idempotency keys, with the outcome of each."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from ontology.errors import IdempotencyError

T = TypeVar("T")
_KEPT = 10_000


class IdempotencyMemory:
    """Outcomes by idempotency key; the oldest are forgotten.

    It lives as long as the process. That is enough: the id of a judgement follows from its content, so a judgement that
    is sent again after a restart writes nothing either.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._outcomes: OrderedDict[str, tuple[str, Any]] = OrderedDict()
        self._lock = Lock()

    def once(self, key: str, body: str, act: Callable[[], T]) -> T:
        """The result of `act`, or its earlier result if the key was used with this body before. Errors are not stored.

        Raises:
            IdempotencyError: The key was used with another body.
        """
        with self._lock:
            if key not in self._outcomes:
                self._outcomes[key] = (body, act())
            first_body, outcome = self._outcomes[key]
            if first_body != body:
                raise IdempotencyError(
                    "the idempotency key was used for another request", fix="use a new key for each new request"
                )
            while len(self._outcomes) > self._kept:
                self._outcomes.popitem(last=False)
            return outcome  # type: ignore[no-any-return]  # what was stored under this key and body
