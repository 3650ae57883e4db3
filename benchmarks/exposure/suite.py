"""What `python -m benchmarks.exposure` runs: the parts, on which sizes, and which of them ends where.

A part is a script of this folder with `rows(options)`; it runs in processes of its own, one for each size where sizes
do not need each other, so that neither memory nor compiled code of one reaches another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

QUICK_SIZE = 10_000
_THREE = (10_000, 100_000, 1_000_000)
_POWERLAW = {"kind": "powerlaw"}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together.

    Attributes:
        module: The script that gives them.
        sizes: Of the networks that it measures on; none: it has networks of its own.
        together: All sizes in one process, because rows compare them.
        fixed: It also has rows that stand on no such size; they get a process of their own.
        extra: Further options of the script.
        least: The sizes that --quick still needs; none: one of 10,000 firms.
    """

    module: str
    sizes: Sequence[int] = ()
    together: bool = False
    fixed: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    least: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One process: a part on some sizes, without (`fixed`: with) the rows that stand on none."""

    part: str
    module: str
    sizes: Sequence[int]
    fixed: bool
    quick: bool
    neo4j: bool
    extra: Mapping[str, object]


PARTS: Mapping[str, Part] = {
    "machine": Part("machine"),
    "golden": Part("golden"),
    "cascade": Part("cascade", (10_000, 100_000), extra={"parts": ["peers"]}),
    "cascade-growth": Part("cascade", _THREE, together=True, extra={"parts": ["growth"]}, least=(2_000, 10_000)),
    "cascade-all": Part("cascade", (100_000, 1_000_000), extra={"parts": ["all"], "whole": True}),
    "cascade-focal": Part("cascade", extra={"parts": ["focal"]}),
    "cascade-dense": Part("cascade", extra={"parts": ["switch"]}),
    "best-paths": Part("best_paths", _THREE),
    "disruption": Part("disruption", _THREE, fixed=True),
    "region": Part("region"),
    "push": Part("push", _THREE),
    "linear": Part("linear", (10_000, 100_000), fixed=True),
    "inoperability": Part("inoperability", (10_000, 100_000), fixed=True),
    "recovery": Part("recovery", fixed=True),
    "snapshot": Part("snapshot", (100_000, 1_000_000), extra=_POWERLAW),
    "scale": Part("scale", (100_000, 1_000_000)),
    "whatif": Part("whatif", (10_000,)),
    "powerlaw-paths": Part("best_paths", (100_000,), extra=_POWERLAW),
    "powerlaw-disruption": Part("disruption", (100_000,), extra=_POWERLAW),
    "powerlaw-push": Part("push", (100_000,), extra=_POWERLAW),
    "work": Part("work", (10_000, 1_000_000), together=True, least=(2_000, 10_000)),
    "software": Part("software"),
    "tiers": Part("tiers"),
    "planted": Part("planted"),
    "properties": Part("properties"),
    "calibration": Part("calibration"),
    "coverage": Part("coverage"),
    "starting": Part("starting"),
}


def missing(part: str) -> bool:
    """Whether the script of a part is not there."""
    return find_spec(f"benchmarks.exposure.{PARTS[part].module}") is None


def jobs(names: Sequence[str], sizes: Sequence[int] | None, *, quick: bool, neo4j: bool) -> Iterator[Job]:
    """The processes for these parts, in order; `sizes` instead of those that the parts have."""
    for name in names:
        part = PARTS[name]
        chosen = _sizes(part, sizes, quick=quick)
        groups = [chosen] if part.together else [[size] for size in chosen]
        for group in groups if part.sizes else [[]]:
            yield Job(name, part.module, group, not part.sizes, quick, neo4j, part.extra)
        if part.sizes and part.fixed:
            yield Job(name, part.module, [], fixed=True, quick=quick, neo4j=neo4j, extra=part.extra)


def _sizes(part: Part, wanted: Sequence[int] | None, *, quick: bool) -> Sequence[int]:
    if not part.sizes:
        return []
    if wanted is not None:
        return wanted
    return (part.least or (QUICK_SIZE,)) if quick else part.sizes
