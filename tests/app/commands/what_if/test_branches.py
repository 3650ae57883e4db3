"""Kept branches: what is kept comes back, once, under a plain name, in a folder of its own."""

import pytest

from app.commands.what_if.branches import Branches, SavedBranch
from ontology.errors import InputError, NotFoundError, SourceFileError
from ontology.records import At, EntityId
from reasoning.risk.weights import CATEGORIES
from reasoning.scenarios.edits import Branch, SetRisk, Stop

AT = At("2026-03-01T00:00:00Z", "2026-03-01T12:00:00.000000Z")
BRANCH = Branch(
    "fire", (Stop(EntityId("sit:a")), SetRisk(EntityId("org:b"), CATEGORIES[0], 0.5)), "what a fire does — ü"
)


@pytest.fixture
def kept(tmp_path):
    return Branches(tmp_path / "branches")


def test_what_is_kept_comes_back(kept):
    one = SavedBranch(BRANCH, AT, "org:buyer")
    kept.keep(one)
    assert kept.read("fire") == one
    assert list(kept.every()) == [one]


def test_a_branch_is_never_changed(kept):
    kept.keep(SavedBranch(BRANCH, AT, "org:buyer"))
    with pytest.raises(InputError, match="already"):
        kept.keep(SavedBranch(Branch("fire", ()), AT, "org:buyer"))
    assert kept.read("fire").branch == BRANCH


def test_branches_are_listed_by_name_and_deleted(kept):
    assert list(kept.every()) == []
    for name in ("b", "a", "c"):
        kept.keep(SavedBranch(Branch(name, BRANCH.edits), At(), ""))
    kept.delete("b")
    assert [one.branch.name for one in kept.every()] == ["a", "c"]
    with pytest.raises(NotFoundError) as raised:
        kept.delete("b")
    assert "--list" in raised.value.fix


@pytest.mark.parametrize("name", ["../fire", "a/b", "", "."])
def test_a_name_leads_nowhere_else(kept, name):
    with pytest.raises(InputError):
        kept.read(name)


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "fire", "edits": [{"what": "boom"}]}', "\xff"])
def test_a_broken_file_is_told(kept, tmp_path, text):
    (tmp_path / "branches").mkdir()
    (tmp_path / "branches" / "fire.json").write_bytes(text.encode("latin-1"))
    with pytest.raises((SourceFileError, InputError)) as raised:
        kept.read("fire")
    assert raised.value.fix
