"""CUAD: contracts, parties and passages; here on contracts made up in the same manner."""

import csv
import gzip
import hashlib
import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest

from ingest.mapping.source_catalog import load_source_spec
from ontology.errors import MappingError, SourceFileError
from ontology.ids import name_id
from tests.ingest.source_loading import Loaded, assert_accounted, assert_proven, load_public, load_source, revision_of
from tests.public_data import PUBLIC_DATA, needs_public_data

SUPPLY = (
    "SUPPLY AGREEMENT between Acme & Sons Inc. (“Supplier”) and Jane Roe (“Buyer”).\n"
    "1. Buyer may inspect the books once a year.  2. Prices hold for a year.\n"
    "3. Either party may end this Agreement\n upon notice. Buyer may inspect the books at any time.\n"
    "4. This Agreement is governed by the laws of Ohio."
)
ECHO = "DISTRIBUTION AGREEMENT. The term ends on a day. Signed by the parties. É."
AUDIT = ["Buyer may inspect the books once a year.", "Buyer may inspect the books<omitted>at any time."]


def columns() -> list[str]:
    """The header of the answers, as the mapping's lookups and conditions name it."""
    contract = load_source_spec("cuad")
    spans = [said["of"][2:-1] for said in contract.lookups["quotes"].value]  # type: ignore[union-attr]
    names = [f"{name}-Answer" for name in spans if name != "Notice Period To Terminate Renewal"]
    return ["Filename", *spans, *names, "Notice Period To Terminate Renewal- Answer"]


def answer(filename: str, **said: object) -> dict[str, str]:
    row = dict.fromkeys(columns(), "[]") | {"Filename": filename, "Document Name-Answer": "Supply  Agreement"}
    return row | {name.replace("_", " "): str(value) for name, value in said.items()}


def answers() -> list[dict[str, str]]:
    parties = 'Acme & Sons Inc. ("Supplier"); Jane Roe ("Buyer"); Acme and Jane ("Parties" and each a "Party")'
    first = answer("ACME & SONS_1.PDF'", Document_Name=["SUPPLY AGREEMENT"], Audit_Rights=AUDIT)
    first |= {
        "Insurance": "",
        "Governing Law": str(["governed by the laws of Ohio"]),
        "Governing Law-Answer": "Ohio; []",
    }
    first |= {"Parties": str(["Acme & Sons Inc."]), "Parties-Answer": parties}
    first |= {"Effective Date-Answer": "3/1/08", "Expiration Date-Answer": "2/28/2009"}
    second = answer("E\u0301CHO - DISTRIBUTION .pdf", Document_Name=["DISTRIBUTION AGREEMENT"])
    second |= {"Effective Date-Answer": "[]/[]/2020", "Expiration Date-Answer": "perpetual"}
    return [first, second]


def texts() -> dict[str, str]:
    return {"contracts/ACME _ SONS_1.txt": SUPPLY, "contracts/ÉCHO - DISTRIBUTION.txt": ECHO}


def folder_with(place: Path, rows: list[dict[str, str]], files: dict[str, str]) -> Path:
    folder = place / "cuad"
    folder.mkdir()
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (folder / "master_clauses.csv.gz").write_bytes(gzip.compress(table.getvalue().encode()))
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    (folder / "contracts.tar.xz").write_bytes(lzma.compress(archive.getvalue()))
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("cuad")
    return load_source("cuad", folder_with(place, answers(), texts()), place)


SHA = hashlib.sha256(SUPPLY.encode()).hexdigest()
CONTRACT = name_id("ctr", "cuad", "ACME & SONS_1")


def clause_of(*places: int) -> str:
    return f"cls:cuad-{SHA[:16]}-{'-'.join(map(str, places))}"


def test_a_contract_finds_its_text_though_the_names_are_spelt_differently(loaded: Loaded) -> None:
    assert loaded.only(CONTRACT, "HAS_VERSION") == f"ctv:sha256-{SHA}"
    assert loaded.only(f"ctv:sha256-{SHA}", "CONTRACT_TEXT") == SUPPLY
    assert loaded.only(CONTRACT, "TITLE") == "Supply Agreement"
    assert loaded.report.quarantined == 0


def test_the_text_of_a_contract_is_quoted_by_its_hash(loaded: Loaded) -> None:
    (claim,) = loaded.claims("CONTRACT_TEXT", f"ctv:sha256-{SHA}")
    evidence = loaded.evidence(claim)
    assert json.loads(evidence.locator)["member"] == "contracts/ACME _ SONS_1.txt"
    assert evidence.quote_sha256 == SHA


def test_a_passage_is_a_clause_whose_evidence_is_its_characters(loaded: Loaded) -> None:
    start = SUPPLY.index(AUDIT[0])
    entity = clause_of(start, start + len(AUDIT[0]))
    (claim,) = loaded.claims("TEXT", entity)
    assert claim.value == AUDIT[0]
    evidence = loaded.evidence(claim)
    assert json.loads(evidence.locator)["characters"] == [start, start + len(AUDIT[0])]
    assert evidence.quote == AUDIT[0]


def test_where_words_are_left_out_the_evidence_runs_from_piece_to_piece(loaded: Loaded) -> None:
    first, last = "Buyer may inspect the books", "at any time."
    places = (SUPPLY.index(first), SUPPLY.index(first) + len(first), SUPPLY.index(last), SUPPLY.index(last) + len(last))
    (claim,) = loaded.claims("TEXT", clause_of(*places))
    assert claim.value == f"{first} … {last}"
    assert loaded.evidence(claim).quote == SUPPLY[places[0] : places[3]]


def test_that_it_is_of_a_category_is_the_experts_word(loaded: Loaded) -> None:
    start = SUPPLY.index(AUDIT[0])
    (claim,) = loaded.claims("OF_TYPE", clause_of(start, start + len(AUDIT[0])))
    assert claim.object == "clt:tierscope-audit-rights"
    assert (claim.confidence, claim.basis) == (1.0, "observed")
    assert claim.qualifiers == {"score": 1, "method": "cuad-expert"}
    assert json.loads(loaded.evidence(claim).locator) == {"file": "master_clauses.csv.gz", "rows": "2"}


def test_a_passage_of_two_categories_is_one_clause() -> None:
    """Its place in the text is its identity, not its category: see the governing-law passage below."""
    assert clause_of(1, 2) == clause_of(1, 2)


def test_only_who_is_surely_an_organisation_is_a_party(loaded: Loaded) -> None:
    acme = name_id("org", "cuad", "Acme & Sons Inc.")
    (claim,) = loaded.claims("PARTY_TO")
    assert (claim.subject, claim.object, claim.qualifiers) == (acme, CONTRACT, {"role": "Supplier"})
    remarks = loaded.values_of(CONTRACT, "REMARK")
    assert remarks == [
        'Party, as the experts wrote it: Acme and Jane ("Parties" and each a "Party")',
        'Party, as the experts wrote it: Jane Roe ("Buyer")',
    ]


def test_dates_are_claimed_only_where_they_are_whole(loaded: Loaded) -> None:
    assert loaded.only(CONTRACT, "EFFECTIVE_ON") == "2008-03-01"
    assert loaded.only(CONTRACT, "EXPIRES_ON") == "2009-02-28"
    assert loaded.count("EFFECTIVE_ON") == loaded.count("EXPIRES_ON") == 1


def test_the_governing_law_is_a_class_without_blanks(loaded: Loaded) -> None:
    (claim,) = loaded.claims("CLASSIFIED", CONTRACT)
    assert (claim.value, claim.qualifiers) == ("Ohio", {"scheme": "governing-law"})


def test_an_expiry_before_the_effect_stays_as_a_remark(tmp_path: Path) -> None:
    rows = answers()
    rows[0]["Expiration Date-Answer"] = "9/30/97"
    loaded = load_source("cuad", folder_with(tmp_path, rows, texts()), tmp_path)
    assert loaded.values_of(CONTRACT, "EXPIRES_ON") == []
    assert "Expiration, as the experts wrote it: 9/30/97" in loaded.values_of(CONTRACT, "REMARK")


def test_a_row_without_a_text_and_a_text_without_a_row_are_quarantined(tmp_path: Path) -> None:
    rows = [answers()[0], answer("LOST_1.pdf")]
    loaded = load_source("cuad", folder_with(tmp_path, rows, texts()), tmp_path)
    assert set(loaded.quarantined()) == {"contract#3", "typing#3", "clause#2"}
    assert loaded.report.quarantined == 2
    assert {refusal.rule for refusal in loaded.report.refusals} == {"lookup"}
    assert loaded.only(CONTRACT, "TITLE") == "Supply Agreement"


def test_a_passage_that_is_not_in_the_text_is_kept_with_the_row_as_its_proof(tmp_path: Path) -> None:
    rows = answers()
    rows[0]["Insurance"] = str(["They insure each other."])
    loaded = load_source("cuad", folder_with(tmp_path, rows, texts()), tmp_path)
    (claim,) = [claim for claim in loaded.claims("OF_TYPE") if claim.object == "clt:tierscope-insurance"]
    assert loaded.only(claim.subject, "TEXT") == "They insure each other."
    assert "characters" not in loaded.evidence(loaded.claims("TEXT", claim.subject)[0]).locator


def test_an_answer_that_is_no_list_is_quarantined(tmp_path: Path) -> None:
    rows = answers()
    rows[0]["Audit Rights"] = "['a passage that never ends"
    loaded = load_source("cuad", folder_with(tmp_path, rows, texts()), tmp_path)
    assert "typing#2" in loaded.quarantined() or "typing:ACME & SONS_1.PDF'" in loaded.quarantined()
    assert any(refusal.rule == "literals" for refusal in loaded.report.refusals)


def test_every_row_is_accounted_for(loaded: Loaded) -> None:
    report = loaded.report
    assert (report.read, report.accepted) == (4, 4)
    assert_proven(loaded)
    assert loaded.again().opened == 0


def test_an_archive_that_climbs_out_writes_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, answers(), texts() | {"contracts/../../evil.txt": "x"})
    with pytest.raises(SourceFileError, match="leads out of it"):
        load_source("cuad", folder, tmp_path)
    assert revision_of("cuad", tmp_path) == 0


def test_a_missing_category_writes_nothing(tmp_path: Path) -> None:
    rows = [{name: value for name, value in row.items() if name != "Audit Rights"} for row in answers()]
    with pytest.raises(MappingError, match="no column 'Audit Rights'"):
        load_source("cuad", folder_with(tmp_path, rows, texts()), tmp_path)
    assert revision_of("cuad", tmp_path) == 0


@needs_public_data
@pytest.mark.slow
def test_the_510_contracts_with_every_passage_at_its_characters(tmp_path: Path) -> None:
    loaded = load_public("cuad", tmp_path)
    assert_accounted(loaded, read=510 + 510)
    assert loaded.count("OF_TYPE") == 13_101
    kinds = list(loaded.kinds().values())
    assert (kinds.count("Contract"), kinds.count("ContractVersion"), kinds.count("ClauseType")) == (510, 509, 41)
    with tarfile.open(PUBLIC_DATA / "cuad" / "contracts.tar.xz") as tar:
        sources = {member.name: part.read().decode() for member in tar if (part := tar.extractfile(member))}
    columns = loaded.store.columns("TEXT")
    cited = loaded.store.evidence(sorted({each for ids in columns.evidence for each in ids}))
    for each in cited:
        locator = json.loads(each.evidence.locator)
        quote = sources[locator["member"]][slice(*locator["characters"])]
        assert hashlib.sha256(quote.encode()).hexdigest() == each.evidence.quote_sha256
    assert len(cited) > 10_000
