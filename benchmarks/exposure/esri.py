"""Holds the exact ESRI of any network to reference figures, firm by firm.

    python -m benchmarks.exposure.esri --network net1k.csv.gz --inputs essential.csv.gz --reference ref.csv

A network file has the rows supplier,customer,value (firms from 1); a sectors file firm,sector (from 1, in any order;
default: firm f is of sector ⌈f / 2⌉); an inputs file is the square matrix of classes (row: input, column: buyer), or
one of the words `legacy` and `linear`; a reference file has the rows firm,ESRI,downstream,upstream,…,steps. Files may
be gzipped. Substitution is within a sector. Exits 1 if a figure is off by more than 1e-12 or a step count differs.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

if __name__ == "__main__":  # so that it also runs as a file: python benchmarks/exposure/esri.py
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from reasoning.core.cascade import EXACT, Criticality, close_each
from reasoning.core.cascade_network import Classes, Supply, input_classes, prepare
from reasoning.core.network import Floats, Integers

EXACT_WITHIN = 1e-12


def main() -> int:
    asked = _arguments()
    reference = np.loadtxt(asked.reference, delimiter=",", ndmin=2)
    firms = reference[:, 0].astype(np.int64) - 1
    start = time.process_time()
    try:
        supply = read_supply(asked.network, asked.sectors, asked.inputs, int(firms.max()) + 1)
        got = close_each(prepare(supply), firms, rule=EXACT._replace(epsilon=asked.epsilon))
    except (ValueError, ArithmeticError) as fault:
        sys.exit(f"these files cannot be compared: {fault}")
    found = compare(got, reference) | {"cpu_seconds": time.process_time() - start}
    if asked.json:
        print(json.dumps(found))
    else:
        _print(found)
    return 0 if found["exact"] else 1


def read_supply(network: Path, sectors: Path | None, inputs: str, firms: int) -> Supply:
    """The network of these files, with at least so many firms unless a sectors file names them."""
    links = np.loadtxt(network, delimiter=",", ndmin=2)
    ends = links[:, :2].astype(np.int64) - 1
    sector = _default_sectors(max(int(ends.max(initial=-1)) + 1, firms)) if sectors is None else _read_sectors(sectors)
    classes = _read_classes(inputs, int(sector.max(initial=-1)) + 1)
    return Supply(ends[:, 0], ends[:, 1], links[:, 2], sector, classes)


def compare(got: Criticality, reference: Floats) -> dict[str, float | bool | int]:
    """The greatest |Δ| by figure, the share of firms within 1e-12 on all three, and whether the steps agree."""
    gap = np.abs(np.column_stack((got.total, got.downstream, got.upstream)) - reference[:, 1:4])
    agree = got.steps == reference[:, -1]
    within = np.all(gap <= EXACT_WITHIN, axis=1)
    worst = gap.max(axis=0, initial=0.0)
    return {
        "firms": len(reference),
        "max_delta": float(worst.max()),
        "max_delta_esri": float(worst[0]),
        "max_delta_downstream": float(worst[1]),
        "max_delta_upstream": float(worst[2]),
        "share_within_1e-12": float(within.mean()),
        "steps_agree": bool(agree.all()),
        "steps_that_differ": int((~agree).sum()),
        "exact": bool(within.all() and agree.all()),
    }


def _default_sectors(firms: int) -> Integers:
    return np.arange(firms, dtype=np.int64) // 2


def _read_sectors(path: Path) -> Integers:
    rows = np.loadtxt(path, delimiter=",", dtype=np.int64, ndmin=2, skiprows=_header(path))
    sector = np.full(int(rows[:, 0].max()), -1, dtype=np.int64)
    sector[rows[:, 0] - 1] = rows[:, 1] - 1
    if np.any(sector < 0):
        sys.exit(f"{path}: firm {int(np.argmin(sector)) + 1} has no sector")
    return sector


def _header(path: Path) -> int:
    """One row to skip where the file begins with names."""
    first = np.loadtxt(path, delimiter=",", dtype=str, max_rows=1)
    return 0 if str(first.flat[0]).strip().isdigit() else 1


def _read_classes(inputs: str, sectors: int) -> Classes:
    if inputs in ("legacy", "linear"):
        return input_classes("legacy" if inputs == "legacy" else "linear", sectors)
    return np.loadtxt(inputs, delimiter=",", dtype=np.int8, ndmin=2)


def _print(found: dict[str, float | bool | int]) -> None:
    print(f"firms compared          {found['firms']}")
    print(f"max |Δ|                 {found['max_delta']:.2e}")
    print(f"  ESRI                  {found['max_delta_esri']:.2e}")
    print(f"  downstream, upstream  {found['max_delta_downstream']:.2e}, {found['max_delta_upstream']:.2e}")
    print(f"share within 1e-12      {found['share_within_1e-12']:.4f}")
    print(f"steps that differ       {found['steps_that_differ']} (agree: {'yes' if found['steps_agree'] else 'no'})")
    print(f"exact                   {'yes' if found['exact'] else 'no'}")
    print(f"CPU seconds             {found['cpu_seconds']:.2f} (preparation and first compilation included)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, required=True, help="supplier,customer,value; firms from 1")
    parser.add_argument("--sectors", type=Path, help="firm,sector from 1 (default: sector of firm f is ⌈f / 2⌉)")
    parser.add_argument("--inputs", required=True, help="matrix of classes 0, 1, 2, or legacy, or linear")
    parser.add_argument("--reference", type=Path, required=True, help="firm,ESRI,downstream,upstream,…,steps")
    parser.add_argument("--epsilon", type=float, default=EXACT.epsilon, help="end of a cascade (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
