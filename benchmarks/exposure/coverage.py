"""How much of real exposures rests on evidence: SCMS programmes, with recorded risks alone and with assessments.

`python -m benchmarks.exposure.coverage DATA` prints a Markdown table: DATA is a folder with the public sets scms,
inform and ofac, each as its publisher gives it. Each programme is asked about the first of July, or the 31st of
December, of the last year in which it was supplied.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import argparse
import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from tempfile import TemporaryDirectory

from benchmarks.exposure.measuring import PUBLIC
from benchmarks.exposure.measuring import Row as Measured
from graph.connect import create
from graph.port import GraphStore
from ingest.mapping.source_catalog import ONTOLOGY, SHIPPED, load_source_spec
from ingest.pipeline.load import load
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, EntityId
from reasoning.exposure.exposure import Exposure, verify
from reasoning.service.service import ReasoningService

CLOCK = "2026-01-01T00:00:00.000000Z"
SOURCES = ("scms", "inform", "ofac")


@dataclass(frozen=True, slots=True)
class Row:
    """One programme: coverage and width of the interval, weighted by reach, without and with assessments."""

    programme: str
    year: int
    suppliers: int
    assessed: int
    claims: int
    before: float
    after: float
    width_before: float
    width_after: float
    holds: bool


def measure(reasoning: ReasoningService, programme: EntityId, year: int) -> Row:
    """What assessments add for one programme at the end of a year."""
    at = At(f"{year}-12-31T00:00:00Z")
    found = reasoning.exposures(programme, at, paths=0)
    reach = math.fsum(one.reach[1] for one in found) or 1.0
    own = [part.own.assessment for one in found for part in one.parts if part.own is not None]
    made = [assessment for assessment in own if assessment is not None]
    return Row(
        programme=reasoning.snapshot(at).facts.name(programme).removeprefix("SCMS programme "),
        year=year,
        suppliers=len(found),
        assessed=len(made),
        claims=len({claim for assessment in made for claim in assessment.claims}),
        before=math.fsum(one.reach[1] * _recorded(one) for one in found) / reach,
        after=math.fsum(one.reach[1] * one.coverage for one in found) / reach,
        width_before=math.fsum(one.high - one.low + _narrowed(one) for one in found),
        width_after=math.fsum(one.high - one.low for one in found),
        holds=all(verify(one).holds for one in found),
    )


def _recorded(one: Exposure) -> float:
    return math.fsum(part.weight for part in one.parts if part.own is not None and part.own.assessment is None)


def _narrowed(one: Exposure) -> float:
    """By how much assessments narrowed the interval: unknown risk would be 0 at its low end and 1 at its high end."""
    assessed = [part for part in one.parts if part.own is not None and part.own.assessment is not None]
    return math.fsum(one.reach[2] * part.weight - part.high + part.low for part in assessed)


def programmes(reasoning: ReasoningService) -> dict[EntityId, int]:
    """Every programme of a country, and the last year in which it was supplied."""
    last: dict[EntityId, int] = {}
    for year in range(2006, 2016):
        links = reasoning.snapshot(At(f"{year}-12-31T00:00:00Z")).links.counted
        last.update({link.customer: year for link in links if "scms-programme" in link.customer})
    return last


def fill(store: GraphStore, data: Path) -> None:
    """Load the concepts and the three sets."""
    load(store, load_source_spec(ONTOLOGY), SHIPPED, clock=lambda: CLOCK)
    for source in SOURCES:
        load(store, load_source_spec(source), data / source, clock=lambda: CLOCK)


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    head = (
        "| programme | year | suppliers | assessed | claims used | coverage before | after | width before | after |\n"
    )
    head += "|---|---|---|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {row.programme} | {row.year} | {row.suppliers} | {row.assessed} | {row.claims:,} | {row.before:.4f} | "
        f"{row.after:.4f} | {row.width_before:.4f} | {row.width_after:.4f} |\n"
        for row in rows
    )


def rows(_: argparse.Namespace) -> Iterator[Measured]:
    """One row over all programmes, where the sets are to be had; exact: every number is recomputed and holds."""
    if not all((PUBLIC / source).is_dir() for source in SOURCES):
        return
    with TemporaryDirectory() as folder:
        store = create(f"sqlite:///{folder}/coverage.db", vocabulary=VOCABULARY)
        fill(store, PUBLIC)
        reasoning = ReasoningService(store)
        before = time.process_time()
        found = [measure(reasoning, programme, year) for programme, year in sorted(programmes(reasoning).items())]
        spent = time.process_time() - before
        store.close()
    figures = {"programmes": len(found), "s": spent, "suppliers": sum(row.suppliers for row in found)}
    figures["coverage before"] = math.fsum(row.before for row in found) / len(found)
    figures["after"] = math.fsum(row.after for row in found) / len(found)
    yield Measured("exposure of real rows", "SCMS, INFORM, OFAC", figures, all(row.holds for row in found))


def main(arguments: Sequence[str]) -> int:
    """Print the table, and say whether every number holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    began = time.process_time()
    with TemporaryDirectory() as folder:
        store = create(f"sqlite:///{folder}/coverage.db", vocabulary=VOCABULARY)
        fill(store, asked.data)
        loaded = time.process_time()
        reasoning = ReasoningService(store)
        rows = [measure(reasoning, programme, year) for programme, year in sorted(programmes(reasoning).items())]
        store.close()
    held = sum(row.holds for row in rows)
    mean = [math.fsum(getattr(row, name) for row in rows) / len(rows) for name in ("before", "after")]
    sys.stdout.write(table(rows))
    sys.stdout.write(
        f"\n{len(rows)} programmes; mean coverage {mean[0]:.4f} before, {mean[1]:.4f} after; every number of {held} "
        f"holds; loading {loaded - began:.1f} CPU s, asking {time.process_time() - loaded:.1f} CPU s; load average "
        f"{os.getloadavg()[0]:.1f}\n"
    )
    if asked.json is not None:
        asked.json.write_text(json.dumps({"rows": [asdict(row) for row in rows]}, indent=1), encoding="utf-8")
    return 0 if held == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
