"""What `whatif` does: run changes, and keep, list, compare and delete branches."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.commands.what_if.branches import Branches, SavedBranch
from app.runtime.graphql import answer_document
from app.runtime.output import print_json, print_line, print_table
from app.runtime.session import ReadSession, Times, open_session
from app.runtime.settings import Settings, data_folder
from app.views.analysis_tables import print_comparison, print_what_if
from ontology.errors import InputError
from ontology.records import At

if TYPE_CHECKING:
    from reasoning.scenarios.edits import Branch, Edit
    from reasoning.service.analyses import WhatIf

Where = tuple[str | None, Times, str | None]  # address of the store, times, and id of the buyer, as the user wrote them


@dataclass(frozen=True, slots=True)
class Trial:
    """What a run of `whatif` tries.

    Attributes:
        names: Kept branches.
        edits: Changes that are made after those of the branches.
        keep: Name to keep the whole under; None to keep nothing.
        note: What the kept branch is for.
    """

    names: Sequence[str]
    edits: tuple[Edit, ...]
    keep: str | None
    note: str


def list_branches(*, as_json: bool) -> None:
    """Print the kept branches."""
    saved = list(_branches().every())
    if as_json:
        print_json({"branches": [one.listing() for one in saved]})
        return
    rows = [(one.branch.name, "; ".join(edit.text for edit in one.branch.edits), one.branch.note) for one in saved]
    print_table("Kept branches", ["name", "edits", "note"], rows, empty="No branch is kept.")


def delete_branch(name: str, *, as_json: bool) -> None:
    """Delete a kept branch.

    Raises:
        NotFoundError: There is none of that name.
    """
    _branches().delete(name)
    if as_json:
        print_json({"deleted": name})
    else:
        print_line(f"Deleted the branch {name}.")


def try_out(settings: Settings, trial: Trial, where: Where, *, top: int, as_json: bool) -> None:
    """Run a trial and print what it does; with several kept branches, compare them.

    Raises:
        InputError: Nothing is to be tried, or changes are added to several branches.
        NotFoundError: There is no such branch, or a change is about a link that is not there, or stops nobody.
    """
    saved = [_branches().read(name) for name in trial.names]
    if len(saved) > 1:
        _compare(settings, trial, saved, where, as_json=as_json)
        return
    with _open(settings, saved[0] if saved else None, where) as session:
        branch = _branch(trial, saved)
        found = _run(session, branch)
        if trial.keep is not None:
            at = At(session.at.as_of, session.reasoning.snapshot(session.at).at.known_at)
            _branches().keep(SavedBranch(branch, at, session.buyer))
        if as_json:
            variables = {"input": _input(branch), "first": top}
            print_json(answer_document(session, "what-if", variables, buyer=session.buyer))
        else:
            print_what_if(session, found, top)


def _compare(settings: Settings, trial: Trial, saved: Sequence[SavedBranch], where: Where, *, as_json: bool) -> None:
    if trial.edits or trial.keep:
        raise InputError("changes belong to one branch", fix="name one branch, or none, with the changes")
    answers, found = [], []
    for one in saved:
        with _open(settings, one, where) as session:
            found.append(_run(session, one.branch))
            if as_json:
                variables = {"input": _input(one.branch)}
                answers.append(answer_document(session, "what-if-totals", variables, buyer=session.buyer))
    if as_json:
        print_json({"branches": answers})
    else:
        print_comparison(found)


def _branch(trial: Trial, saved: Sequence[SavedBranch]) -> Branch:
    """The branch of a trial: the changes of the kept one, then its own."""
    from reasoning.scenarios.edits import Branch

    edits = (*(edit for one in saved for edit in one.branch.edits), *trial.edits)
    if not edits:
        fix = "give a change such as --stop ID, or the name of a kept branch; --list names them"
        raise InputError("nothing is to be tried", fix=fix)
    name = trial.keep or (trial.names[0] if trial.names and not trial.edits else "unnamed")
    return Branch(name, edits, trial.note or next((one.branch.note for one in saved), ""))


def _run(session: ReadSession, branch: Branch) -> WhatIf:
    return session.reasoning.analyses.what_if(session.buyer, session.at, branch)


def _input(branch: Branch) -> dict[str, Any]:
    """A branch as GraphQL takes it."""
    return {**branch.document()}


def _open(settings: Settings, saved: SavedBranch | None, where: Where) -> AbstractContextManager[ReadSession]:
    """A session at the times and for the buyer of a kept branch, except where the user gives others."""
    store, times, buyer = where
    if saved is None:
        return open_session(settings, store=store, times=times, buyer=buyer)
    at = Times(times.as_of or saved.at.as_of, times.known_at or saved.at.known_at)
    return open_session(settings, store=store, times=at, buyer=buyer or saved.buyer or None)


def _branches() -> Branches:
    return Branches(data_folder() / "branches")
