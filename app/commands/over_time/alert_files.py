"""Alerts that were told before: one JSON file for each store and buyer in the user's data folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.runtime.files import make_folder, unwritable
from app.runtime.settings import data_folder
from ontology.canonical import digest
from ontology.errors import SourceFileError

if TYPE_CHECKING:
    from reasoning.analysis.alert_history import ReportedAlerts


@dataclass(frozen=True, slots=True)
class AlertHistory:
    """What one buyer was told of one store. Of two runs at once the later one to end is remembered."""

    folder: Path
    store: str
    buyer: str

    @classmethod
    def of(cls, address: str, buyer: str) -> AlertHistory:
        """That of a buyer and the store at an address; a file is the same by whatever path it is named."""
        scheme, _, file = address.partition(":///")
        store = f"{scheme}:///{Path(file).resolve()}" if file else address
        return cls(data_folder() / "alerts", store, buyer)

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / f"{digest([self.store, self.buyer])[:16]}.json"

    def read(self) -> ReportedAlerts:
        """What was told before.

        Raises:
            SourceFileError: The file is broken.
        """
        from reasoning.analysis.alert_history import ReportedAlerts

        try:
            said: Any = json.loads(self.path.read_text(encoding="utf-8"))
            held = {str(key): tuple((str(one), str(two)) for one, two in spans) for key, spans in said["held"].items()}
            return ReportedAlerts(tuple(map(str, said["asked"])), held)
        except FileNotFoundError:
            return ReportedAlerts()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            message = f"what was told before cannot be read from {self.path}: {error}"
            raise SourceFileError(message, fix="delete the file; all alerts are news then") from error

    def keep(self, told: ReportedAlerts) -> None:
        """Write what was told by now, all of it or nothing.

        Raises:
            StoreReadOnlyError: The folder cannot be written to.
        """
        make_folder(self.folder)
        document = {"store": self.store, "buyer": self.buyer, "asked": told.instants, "held": told.spans}
        written = self.path.with_suffix(".new")
        try:
            written.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
            written.replace(self.path)
        except OSError as error:
            raise unwritable(self.folder, error) from error
