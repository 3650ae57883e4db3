"""Kept branches of what-ifs: one JSON file each in the user's data folder, named by the user and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.runtime.files import make_folder
from ontology.errors import InputError, NotFoundError, SourceFileError
from ontology.records import At

if TYPE_CHECKING:
    from reasoning.scenarios.edits import Branch


@dataclass(frozen=True, slots=True)
class SavedBranch:
    """A branch with the two times and the buyer that it was run for, so that it gives the same numbers later."""

    branch: Branch
    at: At
    buyer: str

    def listing(self) -> dict[str, Any]:
        """The branch as `whatif --list --json` prints it."""
        times = {"asOf": self.at.as_of, "knownAt": self.at.known_at}
        return {**self.branch.document(), "buyer": self.buyer, **times}

    def document(self) -> dict[str, Any]:
        """The branch as its file has it."""
        return {
            **self.branch.document(),
            "buyer": self.buyer,
            "as_of": self.at.as_of,
            "known_at": self.at.known_at,
        }


class Branches:
    """The kept branches in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, kept: SavedBranch) -> None:
        """Write a branch.

        Raises:
            InputError: A branch of that name is kept already.
            StoreReadOnlyError: The folder cannot be made.
        """
        make_folder(self._folder)
        try:
            with self._file(kept.branch.name).open("x", encoding="utf-8") as file:
                json.dump(kept.document(), file, ensure_ascii=False, indent=2, sort_keys=True)
        except FileExistsError as error:
            message = f"a branch {kept.branch.name} is kept already"
            raise InputError(message, fix="give another name, or delete it with `tierscope whatif --delete`") from error

    def read(self, name: str) -> SavedBranch:
        """Read a branch by its name.

        Raises:
            NotFoundError: There is none of that name.
            SourceFileError: Its file is broken.
            InputError: Its file has a change that is not possible.
        """
        path = self._named(name)
        try:
            stored: Any = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            fix = f"delete it with `tierscope whatif --delete {name}`"
            raise SourceFileError(f"the branch {name} cannot be read: {error}", fix=fix) from error
        return _saved(stored)

    def every(self) -> Iterator[SavedBranch]:
        """All branches, by name."""
        for path in sorted(self._folder.glob("*.json")):
            yield self.read(path.stem)

    def delete(self, name: str) -> None:
        """Delete a branch.

        Raises:
            NotFoundError: There is none of that name.
        """
        self._named(name).unlink()

    def _named(self, name: str) -> Path:
        path = self._file(name)
        if not path.exists():
            raise NotFoundError(f"no branch {name} is kept", fix="`tierscope whatif --list` names them")
        return path

    def _file(self, name: str) -> Path:
        from reasoning.scenarios.edits import Branch

        return self._folder / f"{Branch(name, ()).name}.json"  # a name that leads to another folder is refused


def _saved(stored: Any) -> SavedBranch:  # noqa: ANN401  # whatever is in the file
    from reasoning.scenarios.edits import read_branch

    if not isinstance(stored, dict):
        raise InputError("a branch is a JSON object", fix="delete the file")
    as_of, known_at = (None if stored.get(name) is None else str(stored[name]) for name in ("as_of", "known_at"))
    return SavedBranch(read_branch(stored), At(as_of, known_at), str(stored.get("buyer", "")))
