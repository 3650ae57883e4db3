"""Changes as the command line writes them."""

import pytest

from app.commands.what_if.changes import FORMS, EditTexts
from ontology.errors import InputError
from ontology.records import EntityId
from reasoning.scenarios.edits import (
    AddLink,
    CloseSuppliers,
    ConfirmLink,
    DropLink,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)

A, B, CYBER = EntityId("org:a"), EntityId("org:b"), EntityId("rct:tierscope-cyber")


def test_each_option_makes_its_change_in_a_fixed_order():
    texts = EditTexts(
        stock=["org:a,org:b,45", "org:a,org:b,45,60"],
        risk=["org:a,cyber,0.5", f"org:a, {CYBER} ,1"],
        close=["org:b"],
        confirm=["org:a,org:b"],
        share=["org:a,org:b,0.4"],
        add=["org:a,org:b", "org:a,org:b,0.5", "org:a,org:b,0.5,prd:x"],
        drop=["org:a,org:b"],
        stop=["org:a", "reg:iso3166-DE"],
    )
    assert texts.edits() == (
        Stop(A),
        Stop(EntityId("reg:iso3166-DE")),
        DropLink(A, B),
        AddLink(A, B),
        AddLink(A, B, share=0.5),
        AddLink(A, B, "prd:x", 0.5),
        SetShare(A, B, 0.4),
        ConfirmLink(A, B),
        CloseSuppliers(B),
        SetRisk(A, CYBER, 0.5),
        SetRisk(A, CYBER, 1.0),
        SetInventory(A, B, 45.0),
        SetInventory(A, B, 45.0, 60.0),
    )


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("stop", "org:a,org:b"),
        ("drop", "org:a"),
        ("add", "org:a,"),
        ("share", "org:a,org:b"),
        ("share", "org:a,org:b,half"),
        ("risk", "org:a,nothing,0.5"),
        ("stock", "org:a,org:b,1,2,3"),
        ("share", "org:a,org:b,2"),
    ],
)
def test_what_is_not_written_so_is_told_with_a_fix(option, text):
    with pytest.raises(InputError) as raised:
        EditTexts(**{option: [text]}).edits()
    assert raised.value.fix


def test_every_option_has_its_form():
    assert set(FORMS) == set(EditTexts.__dataclass_fields__)
    assert EditTexts().edits() == ()
