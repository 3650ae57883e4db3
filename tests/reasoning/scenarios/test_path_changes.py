"""The paths that change most: the same as by going all paths before and after."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.exposure.scoring import Scoring
from reasoning.scenarios.edits import AddLink, ConfirmLink, DropLink, Edit, SetInventory, SetRisk, SetShare, Stop
from reasoning.scenarios.overlay import Overlay
from reasoning.scenarios.path_changes import PathChanges
from tests.reasoning.scenarios.village import BUYER, CYBER, A, B, C, D, E, snapshot

EDITS: list[Edit] = [
    Stop(D),
    SetRisk(C, CYBER, 0.9),
    SetShare(A, BUYER, 0.9),
    AddLink(C, BUYER, share=0.25),
    DropLink(B, BUYER),
    ConfirmLink(E, A),
    SetInventory(D, A, 30.0),
]


def compared(edits: list[Edit], product: str = "") -> tuple[PathChanges, Scoring, Scoring]:
    below = snapshot()
    for edit in edits[:-1]:
        below = Overlay(below, edit)
    before, after = (Scoring(one, BUYER, product=product) for one in (below, Overlay(below, edits[-1])))
    return PathChanges(before, after), before, after


@settings(max_examples=40, deadline=None)
@given(st.permutations(EDITS), st.integers(1, 3), st.integers(1, 4), st.sampled_from(["", "prd:engine"]))
def test_they_are_those_of_all_paths(edits: list[Edit], length: int, count: int, product: str):
    found, before, after = compared(edits[:length], product)
    for supplier in before.suppliers.keys() | after.suppliers.keys():
        told, all_ = found.greatest(supplier, count), found._among_all(supplier, 1000)
        assert [abs(path.change) for path in told] == pytest.approx(
            [abs(path.change) for path in all_[:count]], abs=1e-15
        )
        by = {path.entities: (path.before, path.after) for path in all_}
        for path in told:
            assert (path.before, path.after) == pytest.approx(by[path.entities], abs=1e-15)


def test_a_supplier_that_leaves_or_comes_has_its_paths():
    found, before, after = compared([DropLink(B, BUYER)])
    assert B in before.suppliers
    assert B not in after.suppliers
    (gone,) = found.greatest(B, 3)
    assert (gone.entities, gone.after) == ((BUYER, B), 0.0)
    assert gone.change == -gone.before < 0


def test_by_a_product_for_which_firms_are_several_nodes_all_paths_are_gone():
    found, *_ = compared([SetShare(A, BUYER, 0.9)])
    assert found._ways is not None
    world = snapshot()
    twice = Scoring(Overlay(world, AddLink(D, BUYER, "prd:engine", 0.5)), BUYER, product="prd:engine")
    once = Scoring(world, BUYER, product="prd:engine")
    assert len({*twice.upstream().entities}) < len(twice.upstream().entities)
    found = PathChanges(once, twice)
    assert found._ways is None
    assert {path.entities for path in found.greatest(D, 3)} == {(BUYER, D), (BUYER, A, D)}
