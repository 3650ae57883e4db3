from argparse import Namespace
from pathlib import Path

import numpy as np

from benchmarks.exposure.filling import EVIDENCE, fill, firm_id, supplies
from benchmarks.exposure.networks import powerlaw
from benchmarks.exposure.snapshot import AT, _is_the_network, _sees, rows
from ontology.generated.vocabulary import VOCABULARY
from reasoning.arrays.build.builder import build
from reasoning.arrays.columns.arrays import Arrays
from reasoning.arrays.columns.files import COLUMNS, save
from tests.claims import Said, Saying, make_claim
from tests.fakes import FakeStore


def test_a_generated_claim_is_what_make_claim_makes():
    for number in (1, 20):
        fast = supplies(3, 14, 159, number)
        said = Said(firm_id(3), "SUPPLIES", firm_id(14), None, {"annualSpend": 159, "currency": "USD"})
        basis = "observed" if number % 20 else "inferred"
        saying = Saying("generated", fast.record, (EVIDENCE.id,), basis, "accepted", fast.confidence)  # type: ignore[arg-type]
        assert fast == make_claim(said, saying)


def test_every_link_of_a_network_gets_into_the_store():
    store, supply = FakeStore(VOCABULARY), powerlaw(60)
    assert fill(store, supply, 60) == supply.supplier.size
    claims = store.columns("SUPPLIES")
    pairs = {(int(one[8:]), int(str(other)[8:])) for one, other in zip(claims.subjects, claims.objects, strict=True)}
    assert pairs == set(zip(supply.supplier.tolist(), supply.customer.tolist(), strict=True))


def test_the_gate_of_equality_sees_a_wrong_share():
    store, supply = FakeStore(VOCABULARY), powerlaw(60)
    fill(store, supply, 60)
    arrays = build(store, AT)
    assert _is_the_network(arrays, supply)
    share = np.array(arrays.columns["share"])
    share[7] *= 1.001
    assert not _is_the_network(Arrays(arrays.stamp, {**arrays.columns, "share": share}), supply)


def test_the_gate_of_flips_leaves_the_file_as_it_was(tmp_path: Path):
    store = FakeStore(VOCABULARY)
    fill(store, powerlaw(60), 60)
    save(build(store, AT), tmp_path / "one")
    before = (tmp_path / "one" / COLUMNS).read_bytes()
    assert _sees(tmp_path / "one", 30)
    assert (tmp_path / "one" / COLUMNS).read_bytes() == before


def test_all_rows_are_exact():
    made = list(rows(Namespace(sizes=[200], kind="tiered", quick=True)))
    assert [row.what for row in made] == [f"snapshot: {what}" for what in ("fill SQLite", "build", "load", "follow")]
    assert all(row.exact for row in made)
    assert made[1].figures["links"] > 200
