"""Changes as values: what they refuse, and that JSON gives back what it was made from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InputError
from ontology.records import EntityId
from reasoning.risk.weights import CATEGORIES
from reasoning.scenarios.edits import (
    AddLink,
    Branch,
    ConfirmLink,
    DropLink,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
    edit_document,
    read_branch,
    read_edit,
)

FIRMS = st.sampled_from([EntityId(f"org:f-{number}") for number in range(4)])
PAIRS = st.lists(FIRMS, min_size=2, max_size=2, unique=True)
PARTS = st.floats(0, 1)
EDITS = st.one_of(
    st.sampled_from(["org:a", "sit:b", "reg:iso3166-DE", "cat:d", "prd:e"]).map(lambda entity: Stop(EntityId(entity))),
    st.builds(lambda ends, share: AddLink(ends[0], ends[1], "prd:x", share), PAIRS, st.none() | PARTS),
    st.builds(lambda ends: DropLink(ends[0], ends[1]), PAIRS),
    st.builds(lambda ends: ConfirmLink(ends[0], ends[1], "prd:x"), PAIRS),
    st.builds(lambda ends, share: SetShare(ends[0], ends[1], share), PAIRS, PARTS),
    st.builds(SetRisk, FIRMS, st.sampled_from(CATEGORIES), PARTS),
    st.builds(lambda ends, days: SetInventory(ends[0], ends[1], days), PAIRS, st.floats(0, 400)),
)


@given(st.lists(EDITS, max_size=5))
def test_json_gives_back_the_branch(edits):
    branch = Branch("a-name", tuple(edits), "why")
    assert read_branch(json.loads(json.dumps(branch.document()))) == branch
    assert all(edit.text and edit.what == edit_document(edit)["what"] for edit in edits)


@pytest.mark.parametrize("name", ["", "../x", "a b", ".hidden", "x" * 65, "a/b", "é", "a\n"])
def test_a_branch_has_a_plain_name(name):
    with pytest.raises(InputError, match="no name"):
        Branch(name, ())


@pytest.mark.parametrize(
    "make",
    [
        lambda: Stop(EntityId("clm:1")),
        lambda: Stop(EntityId("nonsense")),
        lambda: AddLink(EntityId("org:a"), EntityId("org:a")),
        lambda: AddLink(EntityId("org:a"), EntityId("org:b"), "", 1.5),
        lambda: DropLink(EntityId("prd:a"), EntityId("org:b")),
        lambda: ConfirmLink(EntityId("org:a"), EntityId("reg:iso3166-DE")),
        lambda: SetShare(EntityId("org:a"), EntityId("org:b"), float("nan")),
        lambda: SetRisk(EntityId("org:a"), EntityId("rct:tierscope-nothing"), 0.5),
        lambda: SetRisk(EntityId("org:a"), CATEGORIES[0], -0.1),
        lambda: SetRisk(EntityId("prd:a"), CATEGORIES[0], 0.1),
        lambda: SetInventory(EntityId("org:a"), EntityId("org:b"), -1),
        lambda: SetInventory(EntityId("org:a"), EntityId("org:b"), 1, 0),
    ],
    ids=range(12),
)
def test_what_cannot_be_is_refused_with_a_fix(make):
    with pytest.raises(InputError) as raised:
        make()
    assert raised.value.fix


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"what": "explode", "entity": "org:a"},
        {"what": "stop"},
        {"what": "stop", "entity": 7},
        {"what": "stop", "entity": "org:a", "more": 1},
        {"what": "set_share", "supplier": "org:a", "customer": "org:b", "share": "0.5"},
        {"what": "set_share", "supplier": "org:a", "customer": "org:b", "share": True},
    ],
)
def test_json_that_says_no_change_is_refused(document):
    with pytest.raises(InputError) as raised:
        read_edit(document)
    assert raised.value.fix


@pytest.mark.parametrize("document", [{}, {"name": "x", "edits": "stop"}, {"name": "x", "edits": ["stop"]}])
def test_json_that_is_no_branch_is_refused(document):
    with pytest.raises(InputError):
        read_branch(document)
