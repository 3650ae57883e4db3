"""YAML without surprises."""

import pytest
import yaml

from ingest.mapping.source_catalog import FOLDER
from ingest.mapping.yaml_text import parse_yaml


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("No", "No"),
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("2026-03-01", "2026-03-01"),
        ("12:30:00", "12:30:00"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("7", 7),
        ("-7", -7),
        ("0.5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ("{a: }", {"a": None}),
        ("[a, No, 1]", ["a", "No", 1]),
    ],
)
def test_what_a_text_says(text: str, result: object) -> None:
    found = parse_yaml(text)
    assert found == result
    assert type(found) is type(result)


def test_anchors_and_merges_work() -> None:
    assert parse_yaml("a: &x {b: 1}\nc: {<<: *x, d: 2}") == {"a": {"b": 1}, "c": {"b": 1, "d": 2}}


@pytest.mark.parametrize("text", ["a: [", "!!python/object/apply:os.system ['true']", "a: *nothing"])
def test_what_is_not_safe_yaml_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        parse_yaml(text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_contracts_mean_the_same_to_any_yaml_reader(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert parse_yaml(text) == yaml.safe_load(text)
