"""Evidence within a row, a document's hash as a column, lookups that name nobody: what mappings have for proof."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connect import create
from graph.port import ClaimQuery, GraphStore
from ingest.mapping.source_spec import parse_source_spec
from ingest.pipeline.load import load
from ingest.pipeline.report import Report
from ontology.generated.vocabulary import VOCABULARY

NOTES = """
source: notes
title: Notes
licence: none
publisher: nobody
uri: https://example.org
mode: snapshot
files:
  notes: {path: notes.jsonl, format: jsonl, null: ["-"]}
lookups:
  ids: {file: notes, key: "${name}", value: "${id}", unique: true}
records:
  - name: note
    from: notes
    key: [id]
    let: {twin: {of: "${name}", do: [{lookup_or_null: ids}]}, document: "${@sha256}"}
    make:
      - "@type": Product
        id: {ref: Product, scheme: note, value: "${id}"}
        name: ${name}
        identifiers: [{value: "${twin}", scheme: only}, {value: "${document}", scheme: document}]
      - "@type": Product
        when: {present: "${where}"}
        id: {ref: Product, scheme: note, value: "${id}"}
        description: ${said}
        locator: ${where}
"""
AT = "2026-03-01T09:00:00.000000Z"


@pytest.fixture
def loading(tmp_path: Path) -> Callable[[list[dict[str, str]]], tuple[GraphStore, Report]]:
    store = create(f"sqlite:///{tmp_path / 'store'}.db", vocabulary=VOCABULARY)

    def run(rows: list[dict[str, str]]) -> tuple[GraphStore, Report]:
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "notes.jsonl").write_text(lines, encoding="utf-8")
        return store, load(store, parse_source_spec(NOTES, name="notes"), tmp_path / "notes.jsonl", clock=lambda: AT)

    return run


def note(number: str, name: str, said: str = "-", where: str = "-") -> dict[str, str]:
    return {"id": number, "name": name, "said": said, "where": where}


def identifiers(store: GraphStore, number: str) -> dict[object, object]:
    found = store.claims(ClaimQuery(subjects=[f"prd:note-{number}"], predicates=["IDENTIFIED_BY"]))  # type: ignore[list-item]
    return {each.claim.qualifiers["scheme"]: each.claim.value for each in found}


def test_a_record_may_cite_characters_of_its_row(loading):
    row = note("1", "A", "Ü is said")
    start = len('{"id": "1", "name": "A", "said": "')
    row["where"] = f'{{"characters":[{start},{start + 6}]}}'
    store, report = loading([row])
    assert report.quarantined == 0
    (described,) = store.claims(ClaimQuery(predicates=["DESCRIPTION"]))
    (cited,) = store.evidence(described.claim.evidence)
    assert json.loads(cited.evidence.locator)["characters"] == [start, start + 6]
    assert cited.evidence.quote == json.dumps(row)[start : start + 6]
    (named,) = store.claims(ClaimQuery(predicates=["NAMED"]))
    assert "characters" not in store.evidence(named.claim.evidence)[0].evidence.locator


@pytest.mark.parametrize("where", ["nowhere", '{"characters":[1]}', '{"rows":"1"}', '{"characters":["a","b"]}'])
def test_a_locator_that_is_no_place_puts_the_row_in_quarantine(loading, where):
    _, report = loading([note("1", "A", "x", where)])
    assert report.quarantined == 1
    assert report.refusals[0].rule == "locator"
    assert report.refusals[0].fix


def test_a_name_that_several_rows_bear_identifies_none_of_them(loading):
    store, _ = loading([note("1", "A"), note("2", "B"), note("3", "B"), note("4", "B")])
    assert identifiers(store, "1")["only"] == "1"
    assert all("only" not in identifiers(store, number) for number in "234")


def test_rows_know_the_hash_of_their_document_and_change_with_it(loading):
    store, first = loading([note("1", "A")])
    before = identifiers(store, "1")["document"]
    (stored,) = store.claims(ClaimQuery(predicates=["NAMED"]))
    assert store.evidence(stored.claim.evidence)[0].document.sha256 == before
    _, second = loading([note("1", "A"), note("2", "B")])
    assert identifiers(store, "1")["document"] != before
    assert (first.accepted, second.accepted, second.unchanged) == (1, 2, 0)


def test_the_word_null_in_yaml_is_the_word(loading):
    store, _ = loading([note("1", "-")])
    assert store.claims(ClaimQuery(predicates=["NAMED"])) == []
