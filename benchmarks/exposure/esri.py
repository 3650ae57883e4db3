"""Holds the exact ESRI of any network to reference figures, firm by firm.

    python -m benchmarks.exposure.esri --network net1k.csv.gz --inputs essential.csv.gz --reference ref.csv

A network file has the rows supplier,customer,value; a sectors file firm,sector (default: firm f is of sector ⌈f / 2⌉);
an inputs file is the square matrix of classes (row: input, column: buyer), or one of the words `legacy` (what every
second sector makes is essential) and `linear` (nothing is); a reference file has, of any firms, the rows
firm,ESRI,downstream,upstream,…,steps, of which all but firm and ESRI may be left out. Firms and sectors are numbered
from 1; gaps do not matter. Files may be gzipped, have a first line of names, and come in any order. Substitution is
within a sector.

Exits 0 if all figures are within 1e-12 and all steps agree, 1 if not, and 2, with the reason, if the files do not fit.
Where firms differ it is told whether all of them lose a whole market: there the reference's figures hang on the unit
of the currency, and ours do not (docs/cascade.md).
"""

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

if __name__ == "__main__":  # so that it also runs as a file: python benchmarks/exposure/esri.py
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.exposure.esri_files import Reference, UnusableFileError, read_firms, read_reference
from reasoning.core.cascade.cascade import EXACT, Criticality, close_each
from reasoning.core.cascade.kernel import StopRule
from reasoning.core.cascade.network import Production, prepare
from reasoning.core.graph.network import Floats, Integers

EXACT_WITHIN = 1e-12
_NAMES = ("esri", "downstream", "upstream")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """The greatest |Δ| in all and by figure, the share of firms within 1e-12 on all figures, and whether steps agree.

    Attributes:
        steps_agree: None where the reference gives no steps.
        differ: The firms whose figures or steps differ, as the files call them.
        lose_a_market: Those of them whose closure leaves nothing of a whole market.
        exact_elsewhere: All other firms are within 1e-12 and agree in their steps.
    """

    firms: int
    max_delta: float
    max_delta_by_figure: dict[str, float]
    share_within: float
    steps_agree: bool | None
    steps_that_differ: int
    exact: bool
    differ: tuple[int, ...]
    lose_a_market: tuple[int, ...]
    exact_elsewhere: bool


def main() -> int:
    asked = _arguments()
    start = time.process_time()
    try:
        reference = read_reference(asked.reference)
        found = read_firms(asked.network, asked.sectors, asked.inputs, reference.firms)
        production, places = prepare(found.supply), found.places(reference.firms)
        rule = EXACT._replace(epsilon=asked.epsilon)
        told = compare(production, places, reference, rule)
    except (UnusableFileError, ValueError, ArithmeticError) as fault:
        print(f"these files cannot be compared: {fault}", file=sys.stderr)
        return 2
    spent = time.process_time() - start
    _print_json(told, found.notes, spent) if asked.json else _print(told, found.notes, spent)
    return 0 if told.exact else 1


def compare(production: Production, places: Integers, reference: Reference, rule: StopRule = EXACT) -> Comparison:
    """Close the firms at these places and hold what follows to the reference."""
    got = close_each(production, places, rule=rule)
    gap = np.abs(_figures(got, reference) - reference.figures)
    off = (got.steps != reference.steps) if reference.steps is not None else np.zeros(places.size, dtype=np.bool_)
    within = np.all(gap <= EXACT_WITHIN, axis=1)
    differ = np.flatnonzero(~within | off)
    lost = [place for place in differ.tolist() if loses_a_market(production, int(places[place]), rule)]
    worst = gap.max(axis=0).tolist()
    return Comparison(
        firms=places.size,
        max_delta=max(worst),
        max_delta_by_figure={_NAMES[one]: delta for one, delta in zip(reference.given, worst, strict=True)},
        share_within=float(within.mean()),
        steps_agree=None if reference.steps is None else not off.any(),
        steps_that_differ=int(off.sum()),
        exact=not differ.size,
        differ=tuple(reference.firms[differ].tolist()),
        lose_a_market=tuple(reference.firms[lost].tolist()),
        exact_elsewhere=len(lost) == differ.size,
    )


def loses_a_market(production: Production, firm: int, rule: StopRule = EXACT) -> bool:
    """Whether nothing is left of a market that had output when this firm closes."""
    total = production.graph.markets.total
    left = close_each(production, np.array([firm]), rule=rule).left
    return bool(np.any((left <= EXACT_WITHIN * total) & (total > 0)))


def _figures(got: Criticality, reference: Reference) -> Floats:
    return np.column_stack((got.total, got.downstream, got.upstream))[:, reference.given]


def _print_json(told: Comparison, notes: tuple[str, ...], spent: float) -> None:
    flat = asdict(told)
    by_figure = flat.pop("max_delta_by_figure")
    flat |= {f"max_delta_{name}": delta for name, delta in by_figure.items()}
    flat["share_within_1e-12"] = flat.pop("share_within")
    print(json.dumps(flat | {"notes": notes, "cpu_seconds": round(spent, 3)}))


def _print(told: Comparison, notes: tuple[str, ...], spent: float) -> None:
    agree = {None: "the reference gives none", True: "yes", False: f"no, {told.steps_that_differ} differ"}
    print(f"firms compared          {told.firms}")
    print(f"max |Δ|                 {told.max_delta:.2e}")
    for name, delta in told.max_delta_by_figure.items():
        print(f"  {name:<22}{delta:.2e}")
    print(f"share within 1e-12      {told.share_within:.4f}")
    print(f"steps agree             {agree[told.steps_agree]}")
    print(f"exact                   {'yes' if told.exact else 'no'}")
    if told.differ:
        some = ", ".join(map(str, told.differ[:_SHOWN])) + (" …" if len(told.differ) > _SHOWN else "")
        print(f"firms that differ       {len(told.differ)}: {some}")
        print(f"  lose a whole market   {len(told.lose_a_market)} (figures of the reference hang on the unit there)")
        print(f"  exact elsewhere       {'yes' if told.exact_elsewhere else 'no'}")
    for note in notes:
        print(f"note: {note}")
    print(f"CPU seconds             {spent:.2f} (reading, preparation and first compilation included)")


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
