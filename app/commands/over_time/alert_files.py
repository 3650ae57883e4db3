"""The history of listed alerts: one JSON file for each store and buyer in the user's data folder."""

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
class AlertFile:
    """The file of one store and buyer. If two runs end at once, the file has the history of the later one.

    Attributes:
        folder: The folder of all such files.
        store: Address of the store.
        buyer: Id of the buyer.
    """

    folder: Path
    store: str
    buyer: str

    @classmethod
    def of(cls, address: str, buyer: str) -> AlertFile:
        """The file of a store and buyer in the user's data folder. Two paths to one SQLite file are one store."""
        scheme, _, file = address.partition(":///")
        store = f"{scheme}:///{Path(file).resolve()}" if file else address
        return cls(data_folder() / "alerts", store, buyer)

    @property
    def path(self) -> Path:
        """Path of the file."""
        return self.folder / f"{digest([self.store, self.buyer])[:16]}.json"

    def read(self) -> ReportedAlerts:
        """The history; empty where there is no file.

        Raises:
            SourceFileError: The file is broken.
        """
        from reasoning.analysis.alert_history import ReportedAlerts

        try:
            stored: Any = json.loads(self.path.read_text(encoding="utf-8"))
            spans = {str(key): tuple((str(one), str(two)) for one, two in each) for key, each in stored["held"].items()}
            return ReportedAlerts(tuple(map(str, stored["asked"])), spans)
        except FileNotFoundError:
            return ReportedAlerts()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            message = f"the history of alerts cannot be read from {self.path}: {error}"
            raise SourceFileError(message, fix="delete the file; then all alerts are listed again") from error

    def write(self, history: ReportedAlerts) -> None:
        """Write a history, all of it or nothing.

        Raises:
            StoreReadOnlyError: The folder cannot be written to.
        """
        make_folder(self.folder)
        document = {"store": self.store, "buyer": self.buyer, "asked": history.instants, "held": history.spans}
        written = self.path.with_suffix(".new")
        try:
            written.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
            written.replace(self.path)
        except OSError as error:
            raise unwritable(self.folder, error) from error
