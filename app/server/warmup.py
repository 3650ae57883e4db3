"""Gets the compiled kernels ready while the service already answers, so that no first question waits for them.

A process of its own fills the cache on disk, for compiling would hold up requests for seconds; a thread then loads it.
"""

import logging
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 5.0  # seconds that an end waits for what is being loaded

log = logging.getLogger(__name__)


class Warming:
    """Warms from its beginning on; at its end it stops, wherever it is."""

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python
        self._lock = Lock()
        self._filling: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._thread = Thread(target=self._warm, name="warming", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._stopped = True
            if self._filling is not None:
                self._filling.kill()
        self._thread.join(_PATIENCE)

    def _warm(self) -> None:
        code = self._fill()
        with self._lock:
            if self._stopped:
                return
        if code == 0:
            from reasoning.core.warm import warm

            warm()
        log.info("kernels warmed", extra={"code": code})

    def _fill(self) -> int | None:
        """Fill the cache in a process of its own; its code, or None where none could be started."""
        with self._lock:
            if self._stopped:
                return None
            command = [self._python, "-m", "reasoning.core.warm"]
            quiet = subprocess.DEVNULL
            try:
                self._filling = subprocess.Popen(command, cwd=ROOT, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - ours
            except OSError as error:
                log.warning("kernels not warmed", extra={"error": str(error)})
                return None
        return self._filling.wait()
