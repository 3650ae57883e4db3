"""Planted shared suppliers in generated networks: all are found, and nothing that removal on networkx does not confirm.

    python -m benchmarks.exposure.planted [--networks 100] [--json FILE]

Networks of some 40 firms in four tiers, each with one to three planted firms that several direct suppliers need over
chains of sole sources (tests/reasoning/essential_networks.py). Removal takes a firm out of a networkx graph of firms
and essential inputs, then whatever has lost all suppliers of an input. Exact: recall 1; nothing found that removal does
not confirm; nothing that stops the buyer alone is missed; and every finding is recomputed (`verify`).
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from argparse import Namespace
from collections.abc import Iterator

from benchmarks.exposure.measuring import Row, finish, parser, timed
from reasoning.analysis.failure_points import FailurePoints, failure_points, verify
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.essential_networks import Planted, planted, removed
from tests.reasoning.findings.scene import BUYER

NETWORKS = 100


def main() -> int:
    options = parser(__doc__, ())
    options.add_argument("--networks", type=int, default=NETWORKS)
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """One row over all networks."""
    count = getattr(options, "networks", 20 if options.quick else NETWORKS)
    made = [planted(seed) for seed in range(count)]
    spent, found = timed(lambda: [failure_points(Snapshot(one.world.facts(), 1), BUYER, most=0) for one in made], 1)
    tallies = [judged(one, points) for one, points in zip(made, found, strict=True)]
    there, recalled, told, false, missed = (sum(numbers) for numbers in zip(*tallies, strict=True))
    faults = sum(len(verify(Snapshot(one.world.facts(), 1), points)) for one, points in zip(made, found, strict=True))
    figures = {"planted": there, "recall": recalled / there, "found": told, "false": false, "missed": missed}
    exact = recalled == there and not (false or missed or faults)
    yield Row("shared suppliers", f"{count} planted", figures | {"ms": spent / count * 1e3}, exact)


def judged(made: Planted, found: FailurePoints) -> tuple[int, int, int, int, int]:
    """How many are planted, recalled with all who depend on them, found, found but not confirmed, and missed."""
    stops = {str(point.entity): set(map(str, point.stops)) for point in found.points}
    recalled = sum(dependents <= stops.get(shared, set()) for shared, dependents in made.shared.items())
    false = sum(not _confirmed(made, entity, stopped) for entity, stopped in stops.items())
    everyone = {str(stored.claim.subject) for stored in made.world.claims}
    missed = sum(BUYER in removed(made.world, {entity}) for entity in everyone - stops.keys())
    return len(made.shared), recalled, len(stops), false, missed


def _confirmed(made: Planted, entity: str, stopped: set[str]) -> bool:
    gone = removed(made.world, {entity})
    return stopped <= gone and (BUYER in gone or len(stopped) >= 2)


if __name__ == "__main__":
    sys.exit(main())
