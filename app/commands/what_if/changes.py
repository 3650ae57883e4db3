"""The changes of a what-if as the user writes them, such as `--share SUPPLIER,CUSTOMER,0.4`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import InputError
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.scenarios.edits import Edit


@dataclass(frozen=True, slots=True)
class EditTexts:
    """The texts of the options that make changes, in the order in which the changes are made.

    Each option may be given several times; `FORMS` has the form of each text.
    """

    stop: Sequence[str] = ()
    drop: Sequence[str] = ()
    add: Sequence[str] = ()
    share: Sequence[str] = ()
    confirm: Sequence[str] = ()
    close: Sequence[str] = ()
    risk: Sequence[str] = ()
    stock: Sequence[str] = ()

    def edits(self) -> tuple[Edit, ...]:
        """The changes.

        Raises:
            InputError: A text does not have the option's form, or the change is not possible.
        """
        return tuple(self._edits())

    def _edits(self) -> Iterator[Edit]:
        for name, (least, most, make) in _forms().items():
            for text in getattr(self, name):
                parts = [part.strip() for part in text.split(",")]
                if not least <= len(parts) <= most or not all(parts):
                    fix = "write ids and numbers in that order, with commas between"
                    raise InputError(f"--{name} {text} does not have the form {FORMS[name]}", fix=fix)
                yield make(parts)


FORMS = {
    "stop": "ID",
    "drop": "SUPPLIER,CUSTOMER",
    "add": "SUPPLIER,CUSTOMER[,SHARE[,PRODUCT]]",
    "share": "SUPPLIER,CUSTOMER,SHARE",
    "confirm": "SUPPLIER,CUSTOMER",
    "close": "ID",
    "risk": "ID,CATEGORY,VALUE",
    "stock": "SUPPLIER,CUSTOMER,DAYS[,OUTAGE]",
}


def _forms() -> dict[str, tuple[int, int, Callable[[list[str]], Edit]]]:
    from reasoning.measures.catalogue import category_of
    from reasoning.scenarios import edits

    return {
        "stop": (1, 1, lambda parts: edits.Stop(EntityId(parts[0]))),
        "drop": (2, 2, lambda parts: edits.DropLink(*_ends(parts))),
        "add": (2, 4, lambda parts: edits.AddLink(*_ends(parts), _at(parts, 3), _share(parts))),
        "share": (3, 3, lambda parts: edits.SetShare(*_ends(parts), _number(parts[2]))),
        "confirm": (2, 2, lambda parts: edits.ConfirmLink(*_ends(parts))),
        "close": (1, 1, lambda parts: edits.CloseSuppliers(EntityId(parts[0]))),
        "risk": (3, 3, lambda parts: edits.SetRisk(EntityId(parts[0]), category_of(parts[1]), _number(parts[2]))),
        "stock": (3, 4, lambda parts: edits.SetInventory(*_ends(parts), *(map(_number, parts[2:])))),
    }


def _ends(parts: list[str]) -> tuple[EntityId, EntityId]:
    return EntityId(parts[0]), EntityId(parts[1])


def _at(parts: list[str], place: int) -> str:
    return parts[place] if len(parts) > place else ""


def _share(parts: list[str]) -> float | None:
    return _number(parts[2]) if len(parts) > 2 else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"{text} is not a number", fix="write it like 0.4") from error
