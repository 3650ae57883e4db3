"""What-if changes as the command line writes them: `SUPPLIER,CUSTOMER,0.4` and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import InputError
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.scenarios.edits import Edit


@dataclass(frozen=True, slots=True)
class Words:
    """The options that say changes, each as often as it was given; they are applied in this order."""

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
            InputError: One is not written as it should be, or cannot be.
        """
        return tuple(self._edits())

    def _edits(self) -> Iterator[Edit]:
        for name, (least, most, make) in _forms().items():
            for text in getattr(self, name):
                parts = [part.strip() for part in text.split(",")]
                if not least <= len(parts) <= most or not all(parts):
                    fix = "ids and numbers stand in that order, with commas between"
                    raise InputError(f"--{name} {text} is not {FORMS[name]}", fix=fix)
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
        "stop": (1, 1, lambda said: edits.Stop(EntityId(said[0]))),
        "drop": (2, 2, lambda said: edits.DropLink(*_ends(said))),
        "add": (2, 4, lambda said: edits.AddLink(*_ends(said), _at(said, 3), _share(said))),
        "share": (3, 3, lambda said: edits.SetShare(*_ends(said), _number(said[2]))),
        "confirm": (2, 2, lambda said: edits.ConfirmLink(*_ends(said))),
        "close": (1, 1, lambda said: edits.CloseSuppliers(EntityId(said[0]))),
        "risk": (3, 3, lambda said: edits.SetRisk(EntityId(said[0]), category_of(said[1]), _number(said[2]))),
        "stock": (3, 4, lambda said: edits.SetInventory(*_ends(said), *(map(_number, said[2:])))),
    }


def _ends(said: list[str]) -> tuple[EntityId, EntityId]:
    return EntityId(said[0]), EntityId(said[1])


def _at(said: list[str], place: int) -> str:
    return said[place] if len(said) > place else ""


def _share(said: list[str]) -> float | None:
    return _number(said[2]) if len(said) > 2 else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"{text} is no number", fix="write it like 0.4") from error
