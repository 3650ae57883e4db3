"""What-if over a synthetic snapshot: laid over the base and scored from it, against reading and scoring all anew.

    python -m benchmarks.exposure.whatif [--sizes 10000] [--runs 1000] [--json FILE]

The buyer is a final maker with many suppliers upstream; the changes are a supplier that stops, an own risk, a share, a
link that goes and one that comes. Anew is what a change of the store would cost without the overlay: links weighed, the
network drawn, the buyer scored. Exact: after each change the totals and every score are those of a snapshot that is
made anew from the changed links, every outcome verifies, and the base's facts and scores hash as before after all runs.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.exposure.measuring import KINDS, Row, finish, parser, seconds
from ontology.canonical import Json, digest
from ontology.records import EntityId
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import AddLink, Branch, DropLink, Edit, SetRisk, SetShare, Stop
from reasoning.scenarios.outcome import Scored, outcome, verify_outcome
from reasoning.scenarios.overlay import layers
from tests.reasoning.world import World

CYBER = EntityId("rct:tierscope-cyber")
RUNS = 1000
BUYERS = 30


def main() -> int:
    options = parser(__doc__, (10_000,))
    options.add_argument("--runs", type=int, default=RUNS, help="what-ifs after which the base must be as it was")
    asked = options.parse_args()
    return finish(list(rows(asked, asked.runs)), asked.json)


def rows(options: Namespace, runs: int = RUNS) -> Iterator[Row]:
    """One row a sort of change and size, and one for many runs."""
    for size in options.sizes:
        base = snapshot(size, options.kind)
        scored = Scored(Scoring(base, buyer_of(base)))
        name = f"{options.kind} {size:,}"
        was = fingerprint(scored)
        for edit in edits(scored).values():
            yield measure(scored, edit, name)
        yield many(scored, was, name, max(10, runs // 50) if options.quick else runs)


def snapshot(size: int, kind: str) -> Snapshot:
    """A snapshot of a synthetic network: links by annual spend, and an own risk at every tenth firm."""
    supply, random = KINDS[kind](size), np.random.default_rng(0)
    world = World()
    ends = zip(supply.supplier.tolist(), supply.customer.tolist(), supply.value.tolist(), strict=True)
    for supplier, customer, value in ends:
        world.say(_firm(supplier), "SUPPLIES", _firm(customer), annualSpend=round(value, 6), currency="EUR")
    for firm in random.choice(size, size // 10, replace=False).tolist():
        world.risk(f"of-{firm}", _firm(firm), "cyber", round(float(random.random()), 3))
    return Snapshot(world.facts(), 1)


def buyer_of(base: Snapshot) -> EntityId:
    """Of some firms that supply nobody, the one with the most suppliers upstream."""
    supplying = {link.supplier for link in base.links.counted}
    final = [firm for firm in base.nodes if firm not in supplying]
    drawn = np.random.default_rng(0).permutation(final or list(base.nodes))[:BUYERS].tolist()
    return max(map(EntityId, drawn), key=lambda firm: len(Scoring(base, firm).suppliers))


def edits(base: Scored) -> Mapping[str, Edit]:
    """A change of each sort, of what is near to the buyer and of what is far from it."""
    ranked = list(base.by_supplier)
    buyer, near = base.scoring.buyer, base.scoring.snapshot.by_customer[base.scoring.buyer][0].supplier
    far = ranked[len(ranked) // 4]
    customer = base.scoring.shortest_path(far)[-1].customer
    found = Stop(ranked[0]), SetRisk(far, CYBER, 0.9), SetShare(near, buyer, 0.9), DropLink(far, customer)
    return {edit.what: edit for edit in (*found, AddLink(far, buyer))}


def measure(base: Scored, edit: Edit, name: str) -> Row:
    branch = Branch("what-if", (edit,))
    found = outcome(base, branch)
    after, peer = layers(base.scoring.snapshot, (edit,))[-1], anew(base, edit)
    exact = not verify_outcome(found) and _same(peer, Scored(Scoring(after, base.scoring.buyer)))
    exact &= _same(peer, Scored(Scoring(after, base.scoring.buyer, like=base.scoring), base))
    exact &= peer.totals == found.after
    ours, laid = seconds(partial(outcome, base, branch)), seconds(partial(outcome, base, branch, explained=0))
    peers = seconds(partial(anew, base, edit), 1)
    figures = {"ms": ours * 1e3, "ms without paths": laid * 1e3, "anew ms": peers * 1e3, "×anew": peers / ours}
    figures |= {"scores changed": len(found.changes), "suppliers": len(base.by_supplier)}
    return Row(f"what-if: {edit.what}", name, figures, exact)


def anew(base: Scored, edit: Edit) -> Scored:
    """The buyer scored over a snapshot that is read anew, with the change in its links or own risks."""
    held, changed = base.scoring.snapshot, layers(base.scoring.snapshot, (edit,))[-1]
    again = Snapshot(held.facts, held.revision)
    assert again.links.counted == held.links.counted
    again.__dict__["links"] = replace(changed.links)
    again.risks = changed.risks
    scored = Scored(Scoring(again, base.scoring.buyer))
    assert scored.totals.score >= 0
    return scored


def many(base: Scored, was: str, name: str, runs: int) -> Row:
    """Many what-ifs over one base, each laid over what those before it left untouched."""
    sorts: Sequence[Edit] = tuple(edits(base).values())
    random = np.random.default_rng(3)
    firms = [EntityId(firm) for firm in random.choice(list(base.by_supplier), runs).tolist()]

    def run() -> None:
        for number, firm in enumerate(firms):
            edit = (Stop(firm), SetRisk(firm, CYBER, float(random.random())), sorts[number % len(sorts)])[number % 3]
            outcome(base, Branch("what-if", (edit,)), explained=0)

    spent = seconds(run, 1)
    same = fingerprint(base) == was == fingerprint(Scored(Scoring(base.scoring.snapshot, base.scoring.buyer)))
    return Row("what-ifs, the base as before", name, {"runs": runs, "ms each": spent / runs * 1e3}, same)


def fingerprint(scored: Scored) -> str:
    """A hash of the base's links and of all that is scored over it."""
    held = scored.scoring.snapshot
    links: list[Json] = [[link.fact.claim, link.weight, link.passes, link.fact.inferred] for link in held.links.counted]
    scores: list[Json] = [[one.supplier, one.score, one.low, one.high] for one in scored.by_supplier.values()]
    return digest([links, scores])


def _same(one: Scored, other: Scored) -> bool:
    told: Sequence[Mapping[EntityId, Exposure]] = (one.by_supplier, other.by_supplier)
    if told[0].keys() != told[1].keys():
        return False
    return all(_figures(told[0][firm]) == _figures(told[1][firm]) for firm in told[0])


def _figures(one: Exposure) -> tuple[object, ...]:
    return one.score, one.low, one.high, one.tier, one.longest, one.coverage, one.reach


def _firm(number: int) -> EntityId:
    return EntityId(f"org:firm-{number:07}")


if __name__ == "__main__":
    sys.exit(main())
