"""A small source for the tests of ingestion: two firms' deliveries in a CSV, loaded into a SQLite store of its own."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from graph.connect import create
from graph.port import ClaimQuery, GraphReader, GraphStore
from ingest.mapping.source_spec import SourceSpec, parse_source_spec
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import Claim

HEADER = "No,Supplier,Country,Product,Amount,Delivered"
ROWS = (
    "1,Alpha,Germany,bolts,10.5,03-Mar-14",
    "2,Alpha,Germany,bolts,20.25,04-Mar-14",
    "3,Béta,France,nuts,1,05-Mar-15",
    '4,Béta,France,"nuts, hex",2,06-Mar-15',
)
MAPPING = """
source: tiny
title: Deliveries
licence: CC0
publisher: nobody
uri: https://example.org/tiny
mode: snapshot
confidence: 0.8
files:
  rows: {path: "deliveries.csv*", format: csv, read: {encoding: utf-8}, "null": [n/a]}
records:
  - name: supplier
    from: rows
    let: {land: {of: "${Country}", do: [country]}}
    group_by: [Supplier, land]
    make:
      - "@type": Organization
        id: {ref: Organization, name: "${Supplier}"}
        name: ${Supplier}
        country: reg:iso3166-${land}
  - name: supply
    from: rows
    let: {year: {of: "${Delivered}", do: [{date: "%d-%b-%y"}, year]}}
    group_by: [Supplier, year]
    make:
      - "@type": SupplyRelation
        supplier: {ref: Organization, name: "${Supplier}"}
        customer: {ref: Organization, name: Us}
        annualSpend: {sum: {of: "${Amount}", do: [number]}}
        currency: EUR
        validFrom: ${year}-01-01
        validTo: ${year}-12-31
  - name: product
    from: rows
    key: [No]
    when: {present: "${Product}"}
    make:
      - "@type": Product
        id: {ref: Product, name: "${Product}"}
        name: ${Product}
        classifications: [{value: {of: "${Amount}", do: [number, text]}, scheme: amount}]
"""


def source_spec(text: str = MAPPING) -> SourceSpec:
    """The declaration of the small source, or another one."""
    return parse_source_spec(text, name="test.yaml")


def changed(old: str, new: str) -> str:
    """The declaration of the small source with one text replaced."""
    assert old in MAPPING
    return MAPPING.replace(old, new)


def write_rows(folder: Path, rows: Sequence[str] = ROWS, *, header: str = HEADER) -> Path:
    """A CSV of these rows in a folder; its path."""
    path = folder / "deliveries.csv"
    path.write_text("\r\n".join([header, *rows]) + "\r\n", encoding="utf-8", newline="")
    return path


def ticking() -> Callable[[], str]:
    """A clock that moves on by a microsecond each time it is asked."""
    ticks: Iterator[int] = count()
    return lambda: f"2026-03-01T09:00:00.{next(ticks):06d}Z"


def make_store(folder: Path, name: str = "store.db") -> GraphStore:
    """An empty SQLite store in a folder."""
    return create(f"sqlite:///{folder / name}", vocabulary=VOCABULARY)


def open_claims(store: GraphReader, predicate: str) -> list[Claim]:
    """The open claims of a predicate, by subject and value."""
    found = [stored.claim for stored in store.claims(ClaimQuery(predicates=[predicate]))]
    return sorted(found, key=lambda claim: (claim.subject, str(claim.value), str(claim.object)))
