"""What `whatif` does: run changes, keep, list, compare and delete branches."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.commands.what_if.branches import Branches, SavedBranch
from app.runtime.output import print_json, print_table
from app.runtime.session import ReadSession, Times, open_session
from app.runtime.settings import Settings, data_folder
from app.views.analysis_documents import what_if_document
from app.views.analysis_tables import print_comparison, print_what_if, say
from ontology.errors import InputError
from ontology.records import At

if TYPE_CHECKING:
    from reasoning.scenarios.edits import Branch, Edit
    from reasoning.service.analyses import WhatIf

Where = tuple[str | None, Times, str | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried: kept branches, changes after them, and the name to keep the whole under."""

    names: Sequence[str]
    edits: tuple[Edit, ...]
    keep: str | None
    note: str


def list_branches(*, as_json: bool) -> None:
    """Print the kept branches."""
    kept = list(_branches().every())
    if as_json:
        print_json({"branches": [one.document() for one in kept]})
        return
    rows = [(one.branch.name, "; ".join(edit.text for edit in one.branch.edits), one.branch.note) for one in kept]
    print_table("Kept branches", ["name", "changes", "note"], rows, empty="No branch is kept.")


def delete_branch(name: str, *, as_json: bool) -> None:
    """Delete a kept branch.

    Raises:
        NotFoundError: There is none of that name.
    """
    _branches().delete(name)
    if as_json:
        print_json({"deleted": name})
    else:
        say(f"Deleted the branch {name}.")


def try_out(settings: Settings, trial: Trial, where: Where, *, top: int, as_json: bool) -> None:
    """Run what is to be tried and print it; with several kept branches, compare them.

    Raises:
        InputError: Nothing is to be tried, or changes are added to several branches.
        NotFoundError: There is no such branch, or a change is about a link that is not there, or stops nobody.
    """
    held = [_branches().read(name) for name in trial.names]
    if len(held) > 1:
        _compare(settings, trial, held, where, as_json=as_json)
        return
    with _asking(settings, held[0] if held else None, where) as question:
        found = _run(question, _branch(trial, held))
        if trial.keep is not None:
            at = At(question.at.as_of, question.reasoning.snapshot(question.at).at.known_at)
            _branches().keep(SavedBranch(found.outcome.branch, at, question.buyer))
        if as_json:
            print_json({**what_if_document(found, top), "kept": trial.keep})
            return
        print_what_if(question, found, top)


def _compare(settings: Settings, trial: Trial, held: Sequence[SavedBranch], where: Where, *, as_json: bool) -> None:
    if trial.edits or trial.keep:
        raise InputError("changes belong to one branch", fix="name one branch, or none, with the changes")
    found = []
    for kept in held:
        with _asking(settings, kept, where) as question:
            found.append(_run(question, kept.branch))
    if as_json:
        print_json({"branches": [what_if_document(one, 0) for one in found]})
    else:
        print_comparison(found)


def _branch(trial: Trial, held: Sequence[SavedBranch]) -> Branch:
    from reasoning.scenarios.edits import Branch

    edits = (*(edit for kept in held for edit in kept.branch.edits), *trial.edits)
    if not edits:
        fix = "give a change such as --stop ID, or the name of a kept branch; --list names them"
        raise InputError("nothing is to be tried", fix=fix)
    name = trial.keep or (trial.names[0] if trial.names and not trial.edits else "unnamed")
    return Branch(name, edits, trial.note or next((kept.branch.note for kept in held), ""))


def _run(question: ReadSession, branch: Branch) -> WhatIf:
    return question.reasoning.analyses.what_if(question.buyer, question.at, branch)


def _asking(settings: Settings, kept: SavedBranch | None, where: Where) -> AbstractContextManager[ReadSession]:
    """A question at the times and for the buyer of a kept branch, but where the user says other ones."""
    store, times, buyer = where
    if kept is None:
        return open_session(settings, store=store, times=times, buyer=buyer)
    at = Times(times.as_of or kept.at.as_of, times.known_at or kept.at.known_at)
    return open_session(settings, store=store, times=at, buyer=buyer or kept.buyer or None)


def _branches() -> Branches:
    return Branches(data_folder() / "branches")
