"""Runs one detector over a small world, for the tests of detectors."""

from ontology.records import At, EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import DETECTORS, DetectionContext
from reasoning.findings.finding import Finding
from tests.reasoning.world import World

BUYER = EntityId("org:buyer")
AS_OF = "2026-06-01T00:00:00Z"


def run(kind: str, world: World, *, as_of: str = AS_OF) -> tuple[Finding, ...]:
    """The findings of one kind, as the detector yields them."""
    return tuple(DETECTORS[kind](DetectionContext(Snapshot(world.facts(At(as_of)), 1), BUYER, as_of)))


def subjects(kind: str, world: World, *, as_of: str = AS_OF) -> list[str]:
    """The subjects of the findings of one kind, ascending."""
    return sorted(finding.subject for finding in run(kind, world, as_of=as_of))


def only(kind: str, world: World) -> Finding:
    """The one finding of a kind."""
    (finding,) = run(kind, world)
    return finding


def supply(world: World, *chain: str) -> None:
    """Each firm of the chain supplies the next, the last one the buyer, with an input that is not essential."""
    for supplier, customer in zip(chain, (*chain[1:], BUYER), strict=True):
        world.say(supplier, "SUPPLIES", customer, product="prd:any")
