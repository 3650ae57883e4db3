"""Python source of plain values, formatted as ruff does."""

import dataclasses
import re
from collections.abc import Mapping

from ontology.errors import OntologyError

_WIDTH = 120


@dataclasses.dataclass(frozen=True)
class Named:
    """The name of a constant, written in place of its value."""

    name: str


def snake(name: str) -> str:
    """`leadTimeDays` and `SupplyRelation` as `lead_time_days` and `supply_relation`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def literal(value: object, indent: int = 0, lead: int = 0) -> str:
    """`value` as a Python expression, broken over lines where it does not fit.

    Args:
        value: A scalar, tuple, mapping or dataclass.
        indent: Spaces before the lines that follow the first one.
        lead: Characters before the expression on its first line.

    Raises:
        OntologyError: The value is of another type.
    """
    flat = _flat(value)
    if len(flat) + indent + lead <= _WIDTH and not _must_break(value):
        return flat
    return _broken(value, indent)


def _must_break(value: object) -> bool:
    return isinstance(value, Mapping) and any(dataclasses.is_dataclass(item) for item in value.values())


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_flat, value)) + ("," if len(value) == 1 else "") + ")"
    if dataclasses.is_dataclass(value) and not isinstance(value, Named):
        return f"{type(value).__name__}(" + ", ".join(f"{n}={_flat(v)}" for n, v in _arguments(value)) + ")"
    return value.name if isinstance(value, Named) else _atom(value)


def _broken(value: object, indent: int) -> str:
    pad = " " * (indent + 4)
    if isinstance(value, Mapping):
        rows = [f"{pad}{_flat(k)}: {literal(v, indent + 4, len(_flat(k)) + 3)},\n" for k, v in value.items()]
        return "{\n" + "".join(rows) + " " * indent + "}"
    if isinstance(value, tuple):
        rows = [f"{pad}{literal(item, indent + 4, 1)},\n" for item in value]
        return "(\n" + "".join(rows) + " " * indent + ")"
    if dataclasses.is_dataclass(value):
        rows = [f"{pad}{n}={literal(v, indent + 4, len(n) + 2)},\n" for n, v in _arguments(value)]
        return f"{type(value).__name__}(\n" + "".join(rows) + " " * indent + ")"
    return _atom(value)


def _arguments(value: object) -> list[tuple[str, object]]:
    """The fields of a dataclass value that differ from their defaults."""
    found = []
    for field in dataclasses.fields(value):  # type: ignore[arg-type] # callers have checked that it is a dataclass
        item = getattr(value, field.name)
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        if default is dataclasses.MISSING or item != default:
            found.append((field.name, item))
    return found


def _atom(value: object) -> str:
    if isinstance(value, str):
        quoted = repr(value)
        return quoted if quoted.startswith('"') or '"' in value else '"' + quoted[1:-1].replace("\\'", "'") + '"'
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    raise OntologyError(f"{type(value).__name__} cannot be written as Python", fix="extend ontology.compiler.python")
