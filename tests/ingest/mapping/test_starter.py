"""A mapping guessed from a user's CSV: it asks for what only they know, and then loads."""

from pathlib import Path

import pytest

from graph.port import EntityQuery
from ingest.mapping.source_spec import BLANK, parse_source_spec
from ingest.mapping.starter import make_starter
from ingest.pipeline.load import load
from ontology.errors import MappingError, SourceFileError
from tests.ingest.loading import make_store, open_claims, ticking

SUPPLIERS = """Supplier No;Supplier;Country;VAT ID;Product group;Spend EUR;Order date;Note
4711;Müller Guss GmbH;Germany;DE123456789;castings;12.500,50;03.02.2026;ok
4711;Müller Guss GmbH;Germany;DE123456789;castings;7.499,50;11.05.2026;
4712;Blech & Co;Netherlands;;sheet metal;1.000,00;01.03.2026;"two
lines"
"""
CONTRACTS = """Contract No,Title,Supplier No,Start date,End date,Contract type
C-1,Framework for castings,4711,2025-01-01,2026-12-31,supply
C-2,Sheet metal,4712,2025-06-01,2026-05-31,supply
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_it_asks_before_it_loads(tmp_path: Path) -> None:
    text = make_starter(write(tmp_path, "suppliers.csv", SUPPLIERS))
    assert BLANK in text
    with pytest.raises(MappingError, match=f"still says {BLANK}"):
        parse_source_spec(text, name="suppliers.yaml")


def test_suppliers_and_contracts_load_and_meet(tmp_path: Path) -> None:
    store, clock = make_store(tmp_path), ticking()
    for name, text in (("suppliers.csv", SUPPLIERS), ("contracts.csv", CONTRACTS)):
        path = write(tmp_path, name, text)
        filled = parse_source_spec(make_starter(path).replace(BLANK, "Wir AG"), name=name)
        report = load(store, filled, path, clock=clock)
        assert report.read == report.accepted
        assert load(store, filled, path, clock=clock).opened == 0
    supplies = {str(claim.subject): claim.qualifiers for claim in open_claims(store, "SUPPLIES")}
    assert supplies["org:own-4711"] == {"annualSpend": 20000.0, "currency": "EUR", "productGroup": "castings"}
    assert {claim.object for claim in open_claims(store, "SUPPLIES")} == {
        entity.id for entity in store.entities(EntityQuery(words=["wir", "ag"]))
    }
    assert [claim.object for claim in open_claims(store, "IN_COUNTRY")] == ["reg:iso3166-DE", "reg:iso3166-NL"]
    assert {claim.subject for claim in open_claims(store, "GOVERNED_BY")} == {"org:own-4711", "org:own-4712"}
    assert [claim.value for claim in open_claims(store, "EXPIRES_ON")] == ["2026-12-31", "2026-05-31"]
    assert {str(claim.qualifiers["role"]) for claim in open_claims(store, "PARTY_TO")} == {"supplier", "buyer"}


def test_unused_columns_are_shown_with_samples(tmp_path: Path) -> None:
    text = make_starter(write(tmp_path, "suppliers.csv", SUPPLIERS))
    assert '#   "${Note}"  such as "ok", "two\\nlines"' in text


def test_what_cannot_be_guessed_is_asked(tmp_path: Path) -> None:
    text = make_starter(write(tmp_path, "x.csv", "foo,bar\n1,2\n"))
    assert f'group_by: ["{BLANK}"]' in text
    assert '"${foo}"' in text


def test_hostile_headers_are_quoted(tmp_path: Path) -> None:
    path = write(tmp_path, "a: b.csv", 'Supplier "x": #1,Country\nA,France\n')
    filled = parse_source_spec(make_starter(path).replace(BLANK, "Us"), name="x")
    report = load(make_store(tmp_path), filled, path, clock=ticking())
    assert report.accepted == 1


@pytest.mark.parametrize("text", ["", "a,b\n"])
def test_a_file_without_rows_gives_no_template(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceFileError, match="has no rows"):
        make_starter(write(tmp_path, "x.csv", text))


def started(folder: Path, text: str) -> str:
    return make_starter(write(folder, "x.csv", text))


@pytest.mark.parametrize(
    ("header", "row", "lines"),
    [
        ("Supplier,LEI", "A,5299", ['        lei: "${LEI}"']),
        ("Supplier,VAT ID", "A,DE1", ['        vatId: "${VAT ID}"']),
        ("Supplier,DUNS", "A,15", ['        duns: "${DUNS}"']),
        ("Supplier,Address", "A,Road 1", ['        addresses: ["${Address}"]']),
        ("Supplier,Country", "A,France", ['        country: {of: "${Country}", do: [region]}']),
        (
            "Supplier,Product",
            "A,bolts",
            ['        productGroup: "${Product}"', '    group_by: ["Supplier", "Product"]'],
        ),
        (
            "Supplier,Spend,Currency",
            "A,12.5,USD",
            [
                '        annualSpend: {of: {sum: {of: "${Spend}", do: [number]}}, do: [{round: 2}]}',
                '        currency: "${Currency}"',
            ],
        ),
        ("Supplier,Spend", "A,12.5", ["        currency: EUR"]),
        ("Supplier,Date", "A,2026-03-01", ["        validFrom: ${year}-01-01", '    group_by: ["Supplier", year]']),
        ("Supplier No,Supplier", "7,A", ['    group_by: ["Supplier No", "Supplier"]', '    group_by: ["Supplier No"]']),
        ("Contract No,Title", "1,A", ['        title: "${Title}"', '    key: ["Contract No"]']),
        ("Contract No", "1", ['        title: "${Contract No}"']),
        (
            "Title,Start date",
            "A,2026-03-01",
            ['    key: ["Title"]', '        effectiveOn: {of: "${Start date}", do: [{date: "%Y-%m-%d"}]}'],
        ),
        ("Title,End date", "A,2026-03-01", ['        expiresOn: {of: "${End date}", do: [{date: "%Y-%m-%d"}]}']),
        ("Contract No,Contract type", "1,supply", ['        contractKind: ["${Contract type}"]']),
    ],
)
def test_a_column_with_a_meaning_is_used(tmp_path: Path, header: str, row: str, lines: list[str]) -> None:
    found = started(tmp_path, f"{header}\n{row}\n").splitlines()
    assert [line for line in lines if line not in found] == []


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (
            "Supplier,Note",
            "A,x",
            ["lei", "vatId", "duns", "addresses", "country:", "productGroup", "annualSpend", "validFrom"],
        ),
        ("Contract No,Note", "1,x", ["effectiveOn", "expiresOn", "contractKind"]),
        ("Title,Note", "A,x", ["Contract"]),
        ("Supplier,Spend", "A,much", ["annualSpend"]),
        ("Supplier,Date", "A,soon", ["validFrom"]),
    ],
)
def test_what_no_column_means_is_left_out(tmp_path: Path, header: str, row: str, words: list[str]) -> None:
    text = "\n".join(line for line in started(tmp_path, f"{header}\n{row}\n").splitlines() if not line.startswith("#"))
    assert [word for word in words if word in text.replace("countries: {}", "")] == []


def test_all_columns_used_leaves_no_remark(tmp_path: Path) -> None:
    assert "not used yet" not in started(tmp_path, "Supplier,Country\nA,France\n")
    assert '#   "${Note}"  such as "x", "y"' in started(tmp_path, "Supplier,Note\nA,x\nB,y\nC,z\n")
