"""Contracts: what the YAML may say, and that what it may not is refused with its place."""

import re
from pathlib import Path

import pytest

from ingest.mapping.compiler import compile_contract
from ingest.mapping.expressions import Compiler, Environment
from ingest.mapping.source_catalog import contract_names, load_contract, load_contracts
from ingest.mapping.source_spec import parse_contract, read_contract
from ingest.mapping.transforms.registry import TRANSFORMS
from ontology.errors import MappingError, SourceFileError, UnknownSourceError
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY
from tests.ingest.loading import MAPPING, contract
from tests.public_data import ROOT


def change(old: str, new: str) -> str:
    assert old in MAPPING
    return MAPPING.replace(old, new)


def compile_text(text: str) -> None:
    compile_contract(contract(text), VOCABULARY, RECORDS, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a mapping"),
        ("- a", "is not a mapping"),
        ("a: [", "is not YAML"),
        (change("mode: snapshot", "mode: sometimes"), "mode"),
        (change("confidence: 0.8", "confidence: 1.5"), "confidence"),
        (change("licence: CC0\n", ""), "licence"),
        (change("source: tiny", "source: Tiny!"), "source"),
        (change("mode: snapshot", "mode: snapshot\nmood: good"), "mood"),
        (change("format: csv", "format: pdf"), "files.rows.format"),
        (change("from: rows\n    let: {land", "from: lines\n    let: {land"), "no file is called 'lines'"),
        (change("- name: supply", "- name: supplier"), "two records are called 'supplier'"),
        (change("key: [No]", "key: [No]\n    group_by: [No]"), "either `key` or `group_by`"),
        (change("publisher: nobody", "publisher: FILL-IN"), "line 5 still says FILL-IN"),
    ],
)
def test_what_the_frame_refuses(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=re.escape(says)) as caught:
        parse_contract(text, name="my.yaml")
    assert str(caught.value).startswith("my.yaml")
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "says", "fix"),
    [
        (change('"@type": Product', '"@type": Produkt'), "no record class is called 'Produkt'", "Product"),
        (change("annualSpend:", "anualSpend:"), "SupplyRelation has no field 'anualSpend'", "annualSpend"),
        (change('"@type": SupplyRelation', "kind: x"), '"@type"', "mapping.md"),
        (change("{ref: Product,", "{ref: Produce,"), "no kind is called 'Produce'", "mapping.md"),
        (change("currency: EUR", "currency: ${Amount}"), "'Amount' is not grouped by", "mapping.md"),
    ],
)
def test_what_the_compiler_refuses(text: str, says: str, fix: str) -> None:
    with pytest.raises(MappingError, match=re.escape(says)) as caught:
        compile_text(text)
    assert fix in caught.value.fix
    assert str(caught.value.details["path"]).startswith("records.")


def test_the_version_is_of_what_decides_claims() -> None:
    version = contract().version
    assert contract(change("title: Deliveries", "title: Others")).version == version
    assert contract(change("confidence: 0.8", "confidence: 0.7")).version != version
    assert contract(change("currency: EUR", "currency: USD")).version != version
    assert contract(change('"null": [n/a]', '"null": [none]')).version != version


def test_null_is_a_word_in_yaml_too() -> None:
    assert contract(change('"null": [n/a]', "null: [n/a]")).files["rows"].null == ("n/a",)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"my\.yaml cannot be read"):
        read_contract(tmp_path / "my.yaml")


def test_a_mapping_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_bytes("title: Größe".encode("latin-1"))
    with pytest.raises(SourceFileError, match="cannot be read"):
        read_contract(tmp_path / "my.yaml")


@pytest.mark.parametrize("name", contract_names())
def test_every_contract_that_comes_along_compiles(name: str) -> None:
    found = load_contract(name)
    assert found.source == name
    assert found.publisher
    assert found.licence
    compile_contract(found, VOCABULARY, RECORDS, {})


def test_all_contracts_are_found_by_name() -> None:
    assert {"scms", "debian_deps", "apple_suppliers"} <= load_contracts().keys()


def test_an_unknown_source_is_told_the_nearest() -> None:
    with pytest.raises(UnknownSourceError, match="no source is called 'scsm'") as caught:
        load_contract("scsm")
    assert caught.value.fix == "did you mean scms?"


def test_a_source_like_no_other_is_told_all() -> None:
    with pytest.raises(UnknownSourceError) as caught:
        load_contract("qqqqqq")
    assert "scms" in caught.value.fix


def test_the_example_of_the_documentation_is_one() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    compile_contract(parse_contract(example, name="docs/mapping.md"), VOCABULARY, RECORDS, {})


def test_every_transform_and_reserved_word_is_documented() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    words = {*TRANSFORMS, "join", "default", "required", *Compiler(Environment("s", {}))._forms}
    assert [word for word in sorted(words) if not re.search(rf"[`{{, ]{word}[`:}}, ]", text)] == []
