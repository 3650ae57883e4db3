"""Which small faults the tests of a room notice.

    python -m benchmarks.mutation ingest --sample 120 --seed 1         # a sample; the same seed gives the same mutants
    python -m benchmarks.mutation ingest --only mapping/conditions.py  # every mutant of the modules of that name
    python -m benchmarks.mutation ingest --sample 120 --list           # only list them

The room is copied and its tests are run once to record which functions each of them enters. Then every mutant is put
into the copy alone, and the tests that enter its function are run, quick ones first: a mutant is killed where one
fails or hangs. Mutants that change nothing observable are listed by name in `benchmarks/mutation/equivalent.txt`, with
the reason, and are not drawn. Printed are the survivors, a score for each module, and one for the room.
"""

import argparse
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.mutation.copies import Copy, copy_of
from benchmarks.mutation.mutants import Mutant, modules_of, mutants_of
from benchmarks.stores import say

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
_QUICK = 10.0  # seconds of the tests that are run first
_LONGEST = 240.0  # seconds of the tests of one mutant; those beyond are left out, slowest first
_CHECKED = 200  # tests that are run once more without a mutant
_STARTING = 60.0  # seconds that pytest may take to start


def main(arguments: Sequence[str] | None = None) -> int:
    """Mutate, test, print; 1 where the score is below the wanted one."""
    options = _parser().parse_args(arguments)
    chosen = choose(options.room, options.only, options.sample, options.seed)
    if options.list:
        for mutant in chosen:
            say(f"{mutant.path}:{mutant.line}  {mutant.name.partition(' ')[2]}")
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tierscope-mutation-") as folder, copy_of(ROOT, Path(folder)) as copy:
        record = copy.record(options.tests or [f"tests/{options.room}"], options.marks)
        check(copy, record)
        say(f"{len(record)} tests recorded in {time.monotonic() - began:.0f} s; {len(chosen)} mutants")
        score = report(options.room, [(mutant, kill(copy, mutant, record)) for mutant in chosen])
    say(f"took {(time.monotonic() - began) / 60:.1f} minutes")
    return 0 if score >= options.want else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutation", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("room", help="a folder of ours, such as ingest or reasoning/findings")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance; all where absent")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--only", default="", help="only modules whose path contains this text")
    parser.add_argument("--tests", nargs="+", help="files or folders of tests; tests/ROOM where absent")
    parser.add_argument("--marks", default="", help="only tests with these marks, as pytest -m takes them")
    parser.add_argument("--want", type=float, default=0.85, help="share of mutants that are to be killed")
    parser.add_argument("--list", action="store_true", help="list the mutants, test nothing")
    return parser


def choose(room: str, only: str, sample: int | None, seed: int) -> list[Mutant]:
    """The mutants of a room, a sample of them or all; equivalent ones are left out."""
    equivalent = re.compile("|".join(map(pattern_of, equivalents())))
    found = [
        mutant
        for path in modules_of(ROOT / room)
        if only in str(path)
        for mutant in mutants_of(path, ROOT)
        if not equivalent.fullmatch(mutant.name)
    ]
    if sample is None or sample >= len(found):
        return found
    return sorted(random.Random(seed).sample(found, sample), key=lambda mutant: (mutant.path, mutant.start))


def equivalents() -> Iterator[str]:
    """Names of the mutants that are known to change nothing observable; `*` stands for any text."""
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.partition("  # ")[0].strip()


def pattern_of(name: str) -> str:
    """The regular expression of a name in the list."""
    return ".*".join(map(re.escape, name.split("*")))


def check(copy: Copy, record: dict[str, Any]) -> None:
    """Run the quickest tests without any mutant.

    Raises:
        SystemExit: They fail: then so would they with every mutant.
    """
    quickest = sorted(record, key=lambda test: float(record[test]["seconds"]))[:_CHECKED]
    if not copy.passes(quickest, _STARTING + 5 * _seconds(quickest, record)):
        raise SystemExit(f"tests that passed alone fail in a forked process:\n{copy.output()}")


def kill(copy: Copy, mutant: Mutant, record: dict[str, Any]) -> bool:
    """Run the tests that enter a mutant's function, quick ones first; whether one of them fails."""
    quick, slow = _tests_of(mutant, record)
    killed = any(
        tests and not copy.survives(mutant, tests, _STARTING + 5 * _seconds(tests, record)) for tests in (quick, slow)
    )
    if not killed:
        say(f"survived: {mutant.path}:{mutant.line}  {mutant.name.partition(' ')[2]}  ({len(quick + slow)} tests)")
    return killed


def _tests_of(mutant: Mutant, record: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The tests that enter a mutant's function (for code outside functions: any of its module), quick and others."""
    place = f"{mutant.path}:{mutant.function}"
    entering = [test for test, found in record.items() if place in found["functions"]]
    if not entering:
        module = f"{mutant.path}:"
        entering = [test for test, found in record.items() if any(n.startswith(module) for n in found["functions"])]
    entering.sort(key=lambda test: record[test]["seconds"])
    quick: list[str] = []
    slow: list[str] = []
    total = 0.0
    for test in entering:
        total += record[test]["seconds"]
        if total <= _QUICK:
            quick.append(test)
        elif total <= _LONGEST:
            slow.append(test)
    return quick, slow


def _seconds(tests: Sequence[str], record: dict[str, Any]) -> float:
    return sum(float(record[test]["seconds"]) for test in tests)


def report(room: str, outcomes: Sequence[tuple[Mutant, bool]]) -> float:
    """Print the score of each module and of the room; the room's as a share."""
    modules: dict[str, list[bool]] = defaultdict(list)
    for mutant, killed in outcomes:
        modules[mutant.path].append(killed)
    for path, kills in modules.items():
        say(f"{path:<50} {sum(kills):>4} of {len(kills):>4}  {sum(kills) / len(kills):>4.0%}")
    total = sum(killed for _, killed in outcomes)
    score = total / len(outcomes) if outcomes else 1.0
    say(f"{room:<50} {total:>4} of {len(outcomes):>4}  {score:>4.0%}")
    return score


if __name__ == "__main__":
    raise SystemExit(main())
