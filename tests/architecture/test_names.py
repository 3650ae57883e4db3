"""One class name, one meaning: a class stands in one module, but for the twins named here with their reason."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "graph", "ingest", "reasoning", "api", "app")

SHOWN = frozenset(
    [
        "Alert",
        "Alternative",
        "Assessment",
        "CategoryPart",
        "Chance",
        "Claim",
        "Closure",
        "Concentration",
        "Conflict",
        "Contract",
        "Disruption",
        "DisruptionTerms",
        "Document",
        "Entity",
        "Evidence",
        "Explanation",
        "Exposure",
        "ExposureChange",
        "ExposurePath",
        "FailurePair",
        "FailurePoint",
        "FailurePoints",
        "Finding",
        "FirmLoss",
        "Ground",
        "Holder",
        "Inoperability",
        "Judgement",
        "LossChain",
        "LossContribution",
        "LossHop",
        "OwnRisk",
        "PathHop",
        "PossibleAnswer",
        "Question",
        "Range",
        "Recommendation",
        "Recoveries",
        "RecoveryStop",
        "SetAside",
        "Status",
        "Unit",
        "WhatIf",
    ]
)  # a GraphQL type and the record or answer that it shows: one meaning, two forms


def classes() -> Iterator[tuple[str, str]]:
    """Every class of the product at module level, with its module."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "generated" not in path.parts:
                for node in ast.parse(path.read_text(encoding="utf-8")).body:
                    if isinstance(node, ast.ClassDef):
                        yield node.name, path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")


def modules_by_name() -> Mapping[str, list[str]]:
    """The modules of each class name that stands in more than one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, module in classes():
        found[name].append(module)
    return {name: sorted(modules) for name, modules in found.items() if len(modules) > 1}


def test_a_class_name_has_one_meaning():
    twice = modules_by_name()
    assert set(twice) == SHOWN, twice


def test_a_shown_twin_is_one_graphql_type_and_one_value():
    for name in SHOWN:
        modules = modules_by_name()[name]
        assert len(modules) == 2, (name, modules)
        assert [module.startswith("api.types.") for module in modules] == [True, False], (name, modules)
