"""Standard agreements: templates with versions and numbered clauses; here on agreements made up in the same manner."""

import hashlib
import json
from pathlib import Path

import pytest

from ontology.errors import SourceFileError
from tests.ingest.source_loading import Loaded, assert_accounted, assert_proven, load_public, load_source, revision_of
from tests.public_data import PUBLIC_DATA, needs_public_data

SERVICE = """# Cloud Service Agreement

1. <span class="header_2" id="1">Service</span>
    1. <span class="header_3" id="1.1">Access and Use.</span>  <span class="coverpage_link">Customer</span> may use it.
    2. <span class="header_3" id="1.2">Support.</span>  As the order says.
2. <span class="header_2" id="2">Limitation of Liability</span>
    1. <span class="header_3" id="2.1">Liability Caps.</span>
        a. Never more than the <span class="coverpage_link">General Cap Amount</span>.
3. <span class="header_2" id="3">Definitions</span>
    1. **"Confidential Information"** means what is marked so.
"""
OTHER = "# {title}\n\n1. **{heading}**. It is so.\n"
NDA = "# Standard Terms\n\n1. **Introduction**. They talk.\n\n2. **Disclosures Required by Law**. Allowed.\n"
COVER = "# Mutual Non-Disclosure Agreement\n\n### Purpose\n[To talk.]\n\n### Effective Date\n[Today]\n"


def agreements() -> dict[str, str]:
    return {
        "CSA.md": SERVICE,
        "DPA.md": OTHER.format(title="Data Processing Agreement", heading="Audit Rights"),
        "psa.md": OTHER.format(title="Professional Services Agreement", heading="Insurance"),
        "sla.md": OTHER.format(title="Service Level Agreement", heading="Target Uptime"),
        "Mutual-NDA.md": NDA,
        "Mutual-NDA-coverpage.md": COVER,
    }


def folder_with(place: Path, files: dict[str, str]) -> Path:
    folder = place / "commonpaper"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("commonpaper")
    return load_source("commonpaper", folder_with(place, agreements()), place)


def test_every_claim_is_proven_by_its_file(loaded: Loaded) -> None:
    assert_proven(loaded)


def version_of(text: str) -> str:
    return f"ctv:sha256-{hashlib.sha256(text.encode()).hexdigest()}"


def test_an_agreement_is_a_template_with_a_version_of_its_text(loaded: Loaded) -> None:
    assert loaded.only("tpl:commonpaper-csa", "TITLE") == "Cloud Service Agreement"
    assert loaded.only("tpl:commonpaper-csa", "HAS_VERSION") == version_of(SERVICE)
    assert loaded.only(version_of(SERVICE), "CONTRACT_TEXT") == SERVICE
    assert loaded.only(version_of(SERVICE), "SHA256") == hashlib.sha256(SERVICE.encode()).hexdigest()
    assert loaded.count("PARTY_TO") == 0
    assert {kind for kind in loaded.kinds().values() if kind == "Contract"} == set()


def test_clauses_have_the_documents_own_numbers(loaded: Loaded) -> None:
    inside = [claim for claim in loaded.claims("CONTAINS") if claim.subject == version_of(SERVICE)]
    order = [str(claim.object) for claim in sorted(inside, key=lambda claim: int(str(claim.qualifiers["ordinal"])))]
    numbers = [loaded.only(entity, "NUMBERING") for entity in order]
    assert numbers == ["1", "1.1", "1.2", "2", "2.1", "2.1.a", "3", "3.1"]
    assert order[1] == "cls:commonpaper-csa-1.1"
    assert loaded.only("cls:commonpaper-csa-1.1", "HEADING") == "Access and Use"
    assert loaded.only("cls:commonpaper-csa-1.1", "TEXT") == "Access and Use. Customer may use it."


def test_a_clauses_evidence_is_its_characters(loaded: Loaded) -> None:
    (claim,) = loaded.claims("TEXT", "cls:commonpaper-csa-2.1.a")
    evidence = loaded.evidence(claim)
    locator = json.loads(evidence.locator)
    start, end = locator["characters"]
    assert locator["file"] == "CSA.md"
    assert SERVICE[start:end] == evidence.quote
    assert evidence.quote.startswith("a. Never more")


def test_types_are_read_off_headings_but_not_off_definitions(loaded: Loaded) -> None:
    assert loaded.values_of("cls:commonpaper-csa-2.1", "OF_TYPE") == ["clt:tierscope-cap-on-liability"]
    assert loaded.values_of("cls:commonpaper-dpa-1", "OF_TYPE") == ["clt:tierscope-audit-rights"]
    assert loaded.values_of("cls:commonpaper-sla-1", "OF_TYPE") == ["clt:tierscope-service-level"]
    assert loaded.values_of("cls:commonpaper-csa-3.1", "OF_TYPE") == []
    assert {claim.basis for claim in loaded.claims("OF_TYPE")} == {"inferred"}


def test_the_cover_page_belongs_to_the_nda(loaded: Loaded) -> None:
    assert loaded.only("tpl:commonpaper-nda", "TITLE") == "Mutual Non-Disclosure Agreement"
    inside = {claim.object for claim in loaded.claims("CONTAINS") if claim.subject == version_of(NDA)}
    assert {"cls:commonpaper-nda-1", "cls:commonpaper-nda-2"} < inside
    assert {loaded.only(str(entity), "HEADING") for entity in inside} >= {"Purpose", "Effective Date"}
    assert version_of(COVER) not in loaded.kinds()


def test_a_changed_agreement_is_another_version(tmp_path: Path) -> None:
    loaded = load_source("commonpaper", folder_with(tmp_path, agreements()), tmp_path)
    changed = SERVICE.replace("As the order says", "By telephone")
    (loaded.folder / "CSA.md").write_bytes(changed.encode())
    loaded.again()
    assert loaded.only("tpl:commonpaper-csa", "HAS_VERSION") == version_of(changed)
    assert loaded.only("cls:commonpaper-csa-1.2", "TEXT") == "Support. By telephone."


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("CSA.md", "Dear customer,\n", "no title"),
        ("sla.md", "# Only a title\n", "neither numbered items nor sections"),
    ],
)
def test_what_is_no_agreement_writes_nothing(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(SourceFileError, match=words):
        load_source("commonpaper", folder_with(tmp_path, agreements() | {name: text}), tmp_path)
    assert revision_of("commonpaper", tmp_path) == 0


@needs_public_data
def test_the_five_agreements(tmp_path: Path) -> None:
    loaded = load_public("commonpaper", tmp_path)
    assert_accounted(loaded, read=342)
    kinds = list(loaded.kinds().values())
    assert (kinds.count("Template"), kinds.count("ContractVersion"), kinds.count("Clause")) == (5, 5, 336)
    for claim in loaded.claims("TEXT"):
        evidence = loaded.evidence(claim)
        locator = json.loads(evidence.locator)
        source = (PUBLIC_DATA / "commonpaper" / locator["file"]).read_text(encoding="utf-8")
        quote = source[slice(*locator["characters"])]
        assert hashlib.sha256(quote.encode()).hexdigest() == evidence.quote_sha256
