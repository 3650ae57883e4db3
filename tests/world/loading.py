"""Loads worlds into a store of their own, through the real ingestion."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import yaml

from app.jobs.world import World, load_world, read_world
from graph.connect import create
from graph.port import GraphStore
from ontology.generated.vocabulary import VOCABULARY
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import detect
from reasoning.findings.finding import Finding
from reasoning.network.facts import Facts

Truth = Counter[tuple[str, str, str]]


def load(folder: Path, file: Path) -> tuple[World, GraphStore]:
    """The world of a folder in a new SQLite file; every row of it must be accepted."""
    world = read_world(folder)
    store = create(f"sqlite:///{file}", vocabulary=VOCABULARY)
    refused = [refusal for report in load_world(store, world) for refusal in report.refusals]
    assert refused == []
    return world, store


def found(world: World, store: GraphStore) -> tuple[Finding, ...]:
    """What the detectors find at the world's instant."""
    return detect(Snapshot(Facts(store, world.at), 1), world.buyer, world.at.as_of or "")


def truth(findings: tuple[Finding, ...]) -> Truth:
    """Findings as planted.yaml states them."""
    return Counter((finding.kind, finding.subject, finding.rule) for finding in findings)


def planted(folder: Path) -> Truth:
    """What planted.yaml promises."""
    said: Mapping[str, list[Mapping[str, str]]] = yaml.safe_load((folder / "planted.yaml").read_text(encoding="utf-8"))
    return Counter((one["kind"], one["subject"], one["rule"]) for one in said["findings"])
