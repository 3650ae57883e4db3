"""A generated supply network as claims in a store: written through the port, in the shape of any other load.

Each firm is a record of its source, with one claim for each firm that it supplies: a spend, and of one in twenty that
it is inferred. One firm in ten is said to be in one of 40 regions, each of which has a recorded risk; one in a
thousand has a recorded risk of its own.
"""

import hashlib
from collections.abc import Iterator
from itertools import chain, islice

import numpy as np

from benchmarks.exposure.networks import Supply
from graph.port import GraphStore
from ontology.records import Batch, Claim, ClaimId, Document, Entity, EntityId, Entry, Evidence, LedgerKey, Qualifiers
from tests.claims import Said, Saying, make_claim

RECORDED = "2026-01-01T00:00:00.000000Z"
SOURCE = "generated"
DOCUMENT = Document.id_of("0" * 64)
EVIDENCE = Evidence(Evidence.id_of(DOCUMENT, "{}", "0" * 64), DOCUMENT, "{}", "0" * 64)
_DOCUMENT = Document(DOCUMENT, SOURCE, "0" * 64, "generated", "text/csv", "CC0-1.0", "a benchmark", RECORDED)
_REGIONS = 40
_CLAIMS = 20_000  # of one batch, as in a load
_INFERRED, _LOCATED, _RISKY = 20, 10, 1000  # one in so many


def fill(store: GraphStore, supply: Supply, size: int) -> int:
    """Write the network into an empty store; how many SUPPLIES claims there are then."""
    store.apply(Batch(RECORDED, documents=(_DOCUMENT,), evidence=(EVIDENCE,)))
    regions = tuple(Entity(_region(number), "Region") for number in range(_REGIONS))
    _apply(store, regions, chain.from_iterable(_risk(number, regions[number].id) for number in range(_REGIONS)))
    for first in range(0, size, 100_000):
        firms = range(first, min(size, first + 100_000))
        store.apply(Batch(RECORDED, entities=tuple(Entity(firm_id(firm), "Organization") for firm in firms)))
    located = (_located(firm) for firm in range(0, size, _LOCATED))
    risky = chain.from_iterable(_risk(_REGIONS + firm, firm_id(firm)) for firm in range(0, size, _RISKY))
    _apply(store, (), chain(located, risky))
    _apply(store, (), _supplies(supply))
    return supply.supplier.size


def firm_id(firm: int) -> EntityId:
    return EntityId(f"org:gen-{firm:07d}")


def supplies(supplier: int, customer: int, value: int, number: int) -> Claim:
    """What `make_claim` makes of one link, in a tenth of its time: its canonical JSON is written out."""
    subject, target = firm_id(supplier), firm_id(customer)
    qualifiers: Qualifiers = {"annualSpend": value, "currency": "USD"}
    said = f'["{subject}","SUPPLIES",{{"noun":"{target}"}},{{"annualSpend":{value},"currency":"USD"}},[null,null]]'
    statement, record = _hash(said), f"{supplier:07d}"
    inferred = number % _INFERRED == 0
    return Claim(
        ClaimId("clm:" + _hash(f'["{statement}","{SOURCE}","{record}"]')[:32]),
        statement, SOURCE, record, subject, "SUPPLIES", target, None, qualifiers, None, None,
        "inferred" if inferred else "observed", "accepted", 0.5 if inferred else 1.0, (EVIDENCE.id,),
    )  # fmt: skip


def _supplies(supply: Supply) -> Iterator[Claim]:
    order = np.lexsort((supply.customer, supply.supplier))
    value = np.maximum(1, supply.value * 1_000_000).astype(np.int64)
    columns = (supply.supplier[order].tolist(), supply.customer[order].tolist(), value[order].tolist())
    for number, row in enumerate(zip(*columns, strict=True)):
        yield supplies(*row, number)


def _risk(number: int, on: EntityId) -> Iterator[Claim]:
    risk, record = EntityId(f"rsk:gen-{number:07d}"), f"risk-{number:07d}"
    category = EntityId(f"rct:tierscope-{'continuity' if number % 2 else 'natural-hazard'}")
    yield _said(Said(risk, "AFFECTS", on), record)
    yield _said(Said(risk, "IN_CATEGORY", category), record)
    yield _said(Said(risk, "LIKELIHOOD", value=(1 + number % 9) / 10), record)
    yield _said(Said(risk, "SEVERITY", value=(1 + number % 7) / 10), record)


def _located(firm: int) -> Claim:
    return _said(Said(firm_id(firm), "IN_COUNTRY", _region(firm % _REGIONS)), f"country-{firm:07d}")


def _region(number: int) -> EntityId:
    return EntityId(f"reg:gen-{number}")


def _said(said: Said, record: str) -> Claim:
    return make_claim(said, Saying(SOURCE, record, (EVIDENCE.id,)))


def _apply(store: GraphStore, entities: tuple[Entity, ...], claims: Iterator[Claim]) -> None:
    """Write claims, those of one record together, in batches as a load makes them."""
    left: list[Claim] = []
    while chunk := [*left, *islice(claims, _CLAIMS)]:
        more = next(claims, None)
        last = chunk[-1].record if more is not None else ""
        whole = [claim for claim in chunk if claim.record != last]
        left = [claim for claim in chunk if claim.record == last] + ([] if more is None else [more])
        ends = {one for claim in whole for one in (claim.subject, claim.object) if one and one[:4] in {"rsk:", "rct:"}}
        kinds = {"rsk:": "Risk", "rct:": "RiskCategory"}
        named = tuple(Entity(one, kinds[one[:4]]) for one in sorted(ends))
        store.apply(Batch(RECORDED, entities=entities + named, entries=tuple(_entries(whole))))
        entities = ()


def _entries(claims: list[Claim]) -> Iterator[Entry]:
    records: dict[str, list[Claim]] = {}
    for claim in claims:
        records.setdefault(claim.record, []).append(claim)
    for record, same in records.items():
        yield Entry(LedgerKey(SOURCE, record, _hash(record), "m", "o"), tuple(same))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
