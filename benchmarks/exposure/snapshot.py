"""A store's network as arrays: built from SQLite, loaded by memory map, checked, and kept up with one claim at a time.

    python -m benchmarks.exposure.snapshot [--sizes 10000 100000 1000000] [--kind powerlaw|tiered] [--store FILE]

The store is filled through the port (`filling`) in a temporary folder; `--store` takes one that was filled before, for
one size. Building runs in a process of its own, whose peak memory is told. Exact: every share of every link is that of
the generated network, and up to 10,000 firms the arrays are what the plain snapshot makes of the store; loading sees
every one of the bytes that are flipped at random places; after claims were followed every score is within 1e-6 of M1
computed anew, and the arrays that are patched have the digest of those that are built (up to 100,000 firms).
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import multiprocessing
import random
import resource
import shutil
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from benchmarks.exposure.filling import RECORDED, fill, supplies
from benchmarks.exposure.measuring import KINDS, Row, finish, parser, timed
from benchmarks.exposure.networks import Supply
from graph.connect import StoreOptions, connect, create
from graph.port import GraphStore
from ontology.errors import StoreCorruptError
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, Batch, Entry, LedgerKey
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.arrays import Arrays
from reasoning.arrays.columns.files import COLUMNS, check, digest, open_arrays, save
from reasoning.arrays.update.follower import Following
from reasoning.arrays.update.patch import patched
from reasoning.core.linear.leontief import exposure
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts
from tests.claims import Said, Saying, make_claim

AT = At("2026-06-01T00:00:00Z")
NEAR = 1e-6
SMALL, MIDDLE = 10_000, 100_000
_WAIT = 600.0  # seconds that one read may take: the machine may be busy


def main() -> int:
    options = parser(__doc__, (SMALL, MIDDLE))
    options.set_defaults(kind="powerlaw")
    options.add_argument("--store", type=Path, help="SQLite file that was filled before with a network of the one size")
    options.add_argument("--keep", type=Path, help="folder to fill the store in, which is then kept")
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """Four rows a size: filling (where it is done), building, loading, and following claims."""
    for size in options.sizes:
        folder = Path(tempfile.mkdtemp(prefix="tierscope-snapshot-"))
        try:
            yield from _measured(options, size, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _measured(options: Namespace, size: int, folder: Path) -> Iterator[Row]:
    supply, name = KINDS[options.kind](size), f"{options.kind} {size:,}"
    path = getattr(options, "store", None)
    if path is None:
        path = (getattr(options, "keep", None) or folder) / f"store{size}.db"
        store = create(f"sqlite:///{path}", vocabulary=VOCABULARY)
        took, links = timed(lambda: fill(store, supply, size), 1)
        store.close()
        figures = {"CPU s": took, "µs a link": took / links * 1e6, "bytes a link": path.stat().st_size / links}
        yield Row("snapshot: fill SQLite", name, figures, links == supply.supplier.size)
    yield _build(path, folder / "arrays", supply, name)
    yield _load(folder / "arrays", name, flips=20 if options.quick else 100)
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY, options=StoreOptions(query_timeout=_WAIT))
    yield _follow(store, open_arrays(folder / "arrays"), supply, name)
    store.close()


def _build(path: Path, folder: Path, supply: Supply, name: str) -> Row:
    with multiprocessing.get_context("spawn").Pool(1) as process:
        figures = process.apply(built, (path, folder))
    arrays = open_arrays(folder)
    exact = _is_the_network(arrays, supply) and (arrays.firms > SMALL or _is_plain(arrays, path))
    return Row("snapshot: build", name, figures, exact)


def built(path: Path, folder: Path) -> dict[str, float]:
    """Build and save in this process, and what it took."""
    options = StoreOptions(read_only=True, query_timeout=_WAIT)
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY, options=options)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took, arrays = timed(lambda: build(store, AT), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    saving, _ = timed(lambda: _saved(arrays, folder), 1)
    return {
        "links": arrays.links,
        "CPU s": took,
        "µs a link": took / arrays.links * 1e6,
        "peak MB": peak / 1e3,
        "peak bytes a link": (peak - idle) * 1e3 / arrays.links,
        "bytes a link": arrays.nbytes / arrays.links,
        "save CPU s": saving,
    }


def _saved(arrays: Arrays, folder: Path) -> Path:
    save(arrays, folder)
    return folder


def _checked(folder: Path) -> Path:
    check(folder)
    return folder


def _is_the_network(arrays: Arrays, supply: Supply) -> bool:
    """Whether every link has the share that its value gives it; one in twenty is inferred and half believed."""
    order = np.lexsort((supply.customer, supply.supplier))
    supplier, customer = supply.supplier[order], supply.customer[order]
    value = np.maximum(1, supply.value[order] * 1_000_000).astype(np.int64).astype(np.float64)
    high = value / np.bincount(customer, value)[customer]
    inferred = np.arange(order.size) % 20 == 0
    wanted = (np.where(inferred, 0.0, high), np.where(inferred, value * 0.5 / (value / high), high), high)
    name = np.array([int(arrays.id(node)[8:]) for node in range(arrays.firms)])
    ends = name[arrays.net.supplier], name[arrays.net.customer]
    place = np.lexsort((ends[1], ends[0]))
    same = np.array_equal(ends[0][place], supplier) and np.array_equal(ends[1][place], customer)
    return same and all(
        np.allclose(ours[place], theirs, rtol=1e-12, atol=0) for ours, theirs in zip(arrays.shares, wanted, strict=True)
    )


def _is_plain(arrays: Arrays, path: Path) -> bool:
    """Whether they are what the plain snapshot makes of the store: edges, shares to the bit, claims and own risks."""
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY, options=StoreOptions(read_only=True))
    snapshot = Snapshot(Facts(store, AT), 0)
    view, rank = snapshot.whole, arrays.integers("rank_of")
    place = np.lexsort((rank[arrays.net.supplier], rank[arrays.net.customer]))
    pairs = ((rank[arrays.net.customer], view.net.customer), (rank[arrays.net.supplier], view.net.supplier))
    same = list(arrays.ids) == list(snapshot.nodes) and all(np.array_equal(a[place], b) for a, b in pairs)
    parts = zip(arrays.shares, (view.low, view.share, view.high), strict=True)
    same &= all(np.array_equal(ours[place], theirs) for ours, theirs in parts)
    claims = [[link.fact.claim for link in links] for links in view.links]
    same &= [list(arrays.claims(edge)) for edge in place.tolist()] == claims
    nodes = np.arange(arrays.firms)
    same &= np.array_equal(arrays.values(arrays.integers("node_of")), snapshot.values(nodes))
    store.close()
    return bool(same)


def _load(folder: Path, name: str, flips: int) -> Row:
    took, arrays = timed(lambda: open_arrays(folder))
    before = time.perf_counter()
    open_arrays(folder)
    wall = time.perf_counter() - before
    whole, _ = timed(lambda: _checked(folder), 1)
    figures = {"CPU s": took, "wall s": wall, "GB/s": arrays.nbytes / took / 1e9, "SHA-256 too, CPU s": whole}
    return Row("snapshot: load", name, figures | {"flips": flips, "missed": 0}, _sees(folder, flips))


def _sees(folder: Path, flips: int) -> bool:
    """Whether every flipped byte is seen."""
    chance, size = random.Random(1), (folder / COLUMNS).stat().st_size
    return all(_is_seen(folder, chance.randrange(size), chance.randrange(1, 256)) for _ in range(flips))


def _is_seen(folder: Path, place: int, flip: int) -> bool:
    with (folder / COLUMNS).open("r+b", buffering=0) as file:
        file.seek(place)
        (byte,) = file.read(1)
        _put(file, place, byte ^ flip)
        seen = _is_refused(folder)
        _put(file, place, byte)
    return seen


def _put(file: BinaryIO, place: int, byte: int) -> None:
    file.seek(place)
    file.write(bytes([byte]))


def _is_refused(folder: Path) -> bool:
    try:
        open_arrays(folder)
    except StoreCorruptError:
        return True
    return False


def _follow(store: GraphStore, arrays: Arrays, supply: Supply, name: str, claims: int = 20) -> Row:
    beginning, following = timed(lambda: Following(arrays, store), 1)
    spent, edges, changed = [], [], []
    for number in range(claims + 1):
        _say(store, supply, number)
        took, update = timed(following.follow, 1)
        spent.append(took)
        edges.append(update.edges)
        changed.append(len(update.changed))
    patching, renewed = timed(lambda: patched(arrays, store, AT), 1)
    solving, anew = timed(lambda: exposure(renewed.net, renewed.shares[1], renewed.weighted[1][:, None]), 1)
    wanted = {renewed.id(node): score for node, score in enumerate(anew[:, 0].tolist())}
    found = following.scores()
    off = (
        max(abs(found[entity] - score) for entity, score in wanted.items()) if found.keys() == wanted.keys() else np.inf
    )
    exact = bool(off <= NEAR) and not following.faults()
    exact &= arrays.firms > MIDDLE or digest(build(store, AT)) == digest(renewed)
    figures = {
        "one claim, CPU ms": float(np.median(spent[1:])) * 1e3,  # the first one compiles
        "links": float(np.median(edges[1:])),
        "firms": float(np.median(changed[1:])),
        "begin CPU s": beginning,
        "patch CPU s": patching,
        "M1 anew CPU s": solving,
        "max |Δ|": float(off),
    }
    return Row("snapshot: follow", name, figures, exact)


def _say(store: GraphStore, supply: Supply, number: int) -> None:
    """Let a firm say of a link that it is worth another sum; the record is a new one, so that it adds to the old."""
    place = number * 7919 % supply.supplier.size
    ends = int(supply.supplier[place]), int(supply.customer[place])
    like = supplies(*ends, 12_345 + number, 1)
    said = Said(like.subject, like.predicate, like.object, None, like.qualifiers)
    claim = make_claim(said, Saying(like.source, f"late-{time.time_ns()}", like.evidence))
    entry = Entry(LedgerKey(claim.source, claim.record, claim.statement, "m", "o"), (claim,))
    store.apply(Batch(RECORDED, entries=(entry,)))


if __name__ == "__main__":
    sys.exit(main())
