"""YAML as people expect it: `No` and `on` are words, a date is its text, `007` keeps its zeros."""

import re
from typing import Any

import yaml

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FLOAT = r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
_PLAIN: dict[str, tuple[str, str]] = {
    "tag:yaml.org,2002:bool": (r"true|false|True|False|TRUE|FALSE", "tTfF"),
    "tag:yaml.org,2002:int": (r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    "tag:yaml.org,2002:float": (_FLOAT, "-+.0123456789"),
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", "~nN\0"),
    "tag:yaml.org,2002:merge": (r"<<", "<"),
}


class PlainLoader(_SAFE):  # type: ignore[misc]  # the C loader has no types
    """A safe loader that reads fewer words as numbers, dates or truth values."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own name


for _tag, (_pattern, _first) in _PLAIN.items():
    for _letter in _first.replace("\0", ""):
        PlainLoader.yaml_implicit_resolvers.setdefault(_letter, []).append((_tag, re.compile(rf"^(?:{_pattern})$")))
PlainLoader.yaml_implicit_resolvers.setdefault("", []).append(("tag:yaml.org,2002:null", re.compile(r"^$")))


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - a YAML text may hold anything
    """The value of a YAML text.

    Raises:
        yaml.YAMLError: It is not YAML.
    """
    return yaml.load(text, Loader=PlainLoader)  # noqa: S506 - a safe loader
