"""M4 from tables: the mapping and the tables of docs/recovery.md, loaded as a user loads them."""

import math
import re
from itertools import count
from pathlib import Path

import pytest

from graph.connect import create
from ingest.mapping.source_spec import parse_source_spec
from ingest.pipeline.load import load
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.recovery.recovery import measure, verify
from reasoning.network.facts import Facts
from tests.reasoning.measures.bicycles import BUYER, bicycles, snapshot

PAGE = (Path(__file__).parents[3] / "docs" / "recovery.md").read_text(encoding="utf-8")
TABLES = ("bill.csv", "items.csv", "purchases.csv", "sales.csv")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def loaded(tmp_path: Path) -> Snapshot:
    for name, table in zip(TABLES, blocks("csv"), strict=True):
        (tmp_path / name).write_text(table, encoding="utf-8")
    (mapping,) = blocks("yaml")
    store = create(f"sqlite:///{tmp_path / 'store.db'}", vocabulary=VOCABULARY)
    ticks = count()
    contract = parse_source_spec(mapping, name="bicycles.yaml")
    report = load(store, contract, tmp_path, clock=lambda: f"2026-03-01T09:00:00.{next(ticks):06d}Z")
    assert (report.read, report.accepted, report.quarantined) == (16, 16, 0)
    return Snapshot(Facts(store, At("2026-06-01T00:00:00Z", None)), 1)


def test_the_tables_of_the_page_give_the_figures_by_hand(loaded: Snapshot):
    found = measure(loaded, EntityId("org:erp-velo"))
    assert (found.currency, found.gaps, verify(found)) == ("EUR", (), ())
    reported = {one.entity: one for one in found.stops}
    alu = reported[EntityId("org:erp-alu")]
    assert alu.loss is not None
    assert alu.gap is not None
    figures = (alu.loss.worst, alu.survival.worst, alu.gap.worst)
    assert figures == pytest.approx((7000.0, 12.5, 17.5))
    assert alu.losing is not None
    assert {fact for limit in alu.losing.limits for fact in limit.claims} <= {
        fact.claim for word in ("SELLS", "STOCKS", "PRODUCES", "SUPPLIES", "INPUT_OF") for fact in loaded.facts[word]
    }


def test_the_loaded_world_is_that_of_the_other_tests(loaded: Snapshot):
    tables = measure(loaded, EntityId("org:erp-velo"))
    spoken = measure(snapshot(bicycles()), EntityId(BUYER))
    figures = [
        [(one.entity.split(":")[-1].removeprefix("erp-"), one.days, one.survival.worst) for one in found.stops]
        for found in (tables, spoken)
    ]
    assert [row[:2] for row in figures[0]] == [row[:2] for row in figures[1]]
    assert [row[2] for row in figures[0]] == pytest.approx([row[2] for row in figures[1]])
    assert not any(math.isinf(row[2]) for row in figures[0])
