"""The files of the sample world: declared, documented, loadable without the optional ones, true where they cite."""

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import openpyxl
import pycountry
import pytest

from app.jobs.world import read_world
from graph.port import ClaimQuery, GraphStore
from ingest.mapping.source_catalog import load_source_spec
from ontology.generated.concepts import CONCEPTS
from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts
from tests.public_data import PUBLIC_DATA, ROOT, needs_public_data
from tests.world.loading import found, load
from tests.world.shuffle import SAMPLE

SOURCES = {name: load_source_spec(name) for name in read_world(SAMPLE).sources}
DECLARED = {spec.path: spec for contract in SOURCES.values() for spec in contract.files.values()}
FILES = sorted(path.name for path in SAMPLE.glob("*.csv"))


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_declared_by_one_source_and_is_there():
    assert sorted(DECLARED) == FILES


@pytest.mark.parametrize("name", FILES)
def test_every_file_and_column_is_documented(name: str):
    lines = (ROOT / "docs" / "sample-world.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if f"`{name}`" in line and f"as `{name}`" not in line]
    columns = rows(name)[0].keys()
    like = {"survey_supplies.csv": "erp_purchases.csv"}.get(name)
    documented = line + " ".join(one for one in lines if like and f"- `{like}`" in one)
    assert [column for column in columns if f"`{column}`" not in documented] == []
    assert ("(optional)" in line.partition(f"`{name}`")[2].partition(":")[0]) is DECLARED[name].optional


def test_it_loads_without_the_optional_files(tmp_path: Path):
    folder = copytree(SAMPLE, tmp_path / "world")
    for name, spec in DECLARED.items():
        if spec.optional:
            (folder / name).unlink()
    said = (folder / "world.yaml").read_text(encoding="utf-8")
    (folder / "world.yaml").write_text(said.partition("judgements:")[0])  # they are about firms of an optional file
    world, store = load(folder, tmp_path / "world.db")
    kinds = {finding.kind for finding in found(world, store)}
    assert {"hidden_single_point_of_failure", "expiring_certificate"} <= kinds
    assert not kinds & {"sanctioned_owner", "missing_clause", "over_reach", "breached_obligation"}


def test_a_source_of_whose_files_none_is_there_is_left_out(tmp_path: Path):
    folder = copytree(SAMPLE, tmp_path / "world")
    (folder / "portal_performance.csv").unlink()
    world, store = load(folder, tmp_path / "world.db")
    breached = {finding.subject for finding in found(world, store) if finding.kind == "breached_obligation"}
    assert "org:world-f-005" in breached, "the source that disputed January is not there any more"


def test_more_columns_do_no_harm(tmp_path: Path):
    folder = copytree(SAMPLE, tmp_path / "world")
    for name in FILES:
        text = [{**row, "a note": "of somebody"} for row in rows(name)]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, text[0])
            writer.writeheader()
            writer.writerows(text)
    world, store = load(folder, tmp_path / "world.db")
    assert len(found(world, store)) == 16


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    return load(SAMPLE, tmp_path_factory.mktemp("sample") / "world.db")[1]


def counted(store: GraphStore, predicate: str) -> int:
    return len({stored.claim.subject for stored in store.claims(ClaimQuery(predicates=[predicate]))})


def test_it_is_of_the_size_that_it_says(store: GraphStore):
    firms = {stored.claim.subject for stored in store.claims(ClaimQuery(predicates=["NAMED"]))}
    assert len([firm for firm in firms if firm.startswith("org:")]) == 120
    assert counted(store, "HAS_VERSION") == 15
    assert max(found_tiers(store).values()) == 5
    assert store.status().counts["evidence"] > 500


def found_tiers(store: GraphStore) -> Mapping[EntityId, int]:
    world = read_world(SAMPLE)
    return Snapshot(Facts(store, world.at), 1).tiers(world.buyer)


def test_every_numbered_clause_of_a_wording_is_a_clause_with_its_text(store: GraphStore):
    numbered = sum(line[:1].isdigit() for row in rows("contract_versions.csv") for line in row["wording"].splitlines())
    texts = {stored.claim.subject: stored.claim.value for stored in store.claims(ClaimQuery(predicates=["TEXT"]))}
    assert len(texts) == numbered + len(rows("library_clauses.csv"))
    assert str(texts[next(entity for entity in texts if entity == "cls:world-c-01-v1-4")]).startswith(
        "On ten working days"
    )


def test_every_typed_clause_stands_in_its_wording(store: GraphStore):
    typed = {stored.claim.subject for stored in store.claims(ClaimQuery(predicates=["OF_TYPE"]))}
    texts = {stored.claim.subject for stored in store.claims(ClaimQuery(predicates=["TEXT"]))}
    assert typed <= texts


@needs_public_data
def test_the_countries_figures_are_those_that_were_published():
    with gzip.open(
        PUBLIC_DATA / "wgi" / "Worldwide_Governance_Indicators_1996-2019.csv.gz", "rt", encoding="latin-1"
    ) as file:
        published = {
            (row["Code"], row["Indicator"]): row["Estimate"] for row in csv.DictReader(file) if row["Year"] == "2019"
        }
    names = {
        "political_stability": "PoliticalStability",
        "rule_of_law": "RuleofLaw",
        "control_of_corruption": "ControlofCorruption",
    }
    for row in rows("country_wgi.csv"):
        country = pycountry.countries.get(alpha_2=row["country"])
        assert country is not None
        code = {"COD": "ZAR"}.get(country.alpha_3, country.alpha_3)
        for column, indicator in names.items():
            assert float(row[column]) == pytest.approx(float(published[code, indicator]), abs=5e-5)


@needs_public_data
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_hazard_figures_are_those_that_were_published():
    book = openpyxl.load_workbook(PUBLIC_DATA / "inform" / "inform_risk_2025_v070.xlsx", data_only=True, read_only=True)
    sheet = list(book["INFORM Risk 2025 (a-z)"].iter_rows(values_only=True))
    place = {str(name): number for number, name in enumerate(sheet[0])}
    published = {line[1]: line for line in sheet}
    names = {"risk": "INFORM RISK", "natural_hazard": "Natural", "vulnerability": "VULNERABILITY"}
    for row in rows("country_inform.csv"):
        country = pycountry.countries.get(alpha_2=row["country"])
        assert country is not None
        line = published[country.alpha_3]
        for column, name in {**names, "lack_of_coping_capacity": "LACK OF COPING CAPACITY"}.items():
            assert float(row[column]) == float(str(line[place[name]]))


def test_clause_types_are_those_of_the_ontology():
    concepts = {concept.id: concept for concept in CONCEPTS}
    for row in rows("regulation_clause_types.csv"):
        concept = concepts[f"clt:tierscope-{row['id']}"]
        assert row["name"] == concept.label
        assert row["broader"] == "" or f"clt:tierscope-{row['broader']}" in concept.broader
