"""Blocks: what a row or a group of rows gives, and what it leaves as it was."""

from typing import Any

import pytest

from ingest.mapping.blocks import CompiledBlock
from ingest.mapping.compiler import compile_source
from ingest.mapping.drafts import Draft
from ingest.readers.row import RawRow
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY
from tests.ingest.loading import MAPPING, source_spec

FRAME = MAPPING[: MAPPING.index("  - name: supplier")]
MAKE = """
    make:
      - "@type": Product
        id: {ref: Product, scheme: own, value: "${Product}"}
        name: ${Product}
"""


def blocks(text: str) -> list[CompiledBlock]:
    return list(compile_source(source_spec(FRAME + text), VOCABULARY, RECORDS, {}).blocks["rows"])


def row(number: int = 2, **cells: Any) -> RawRow:
    return RawRow(number, cells, b"raw %d" % number)


def names(draft: Draft | bool) -> list[object]:
    assert isinstance(draft, Draft)
    assert draft.fault is None
    return [record["name"] for record in draft.records]


def test_the_items_of_one_block_do_not_reach_the_next() -> None:
    each = "  - name: each\n    from: rows\n    for_each: {Product: {of: '${Product}', do: [{split: ','}]}}" + MAKE
    one, other = blocks(each + "  - name: whole\n    from: rows" + MAKE)
    taken = row(Product="bolts,nuts")
    assert names(one.take(taken)) == ["bolts", "nuts"]
    assert names(other.take(taken)) == ["bolts,nuts"]
    assert taken.cells == {"Product": "bolts,nuts"}


def test_a_row_that_a_block_leaves_out_gives_nothing() -> None:
    (block,) = blocks("  - name: b\n    from: rows\n    when: {equals: ['${Country}', DE]}" + MAKE)
    assert block.take(row(Product="bolts", Country="FR")) is False
    assert names(block.take(row(Product="bolts", Country="DE"))) == ["bolts"]


def test_a_later_let_may_use_an_earlier_one() -> None:
    lets = "\n    let: {a: '${Product}!', b: '${a}?'}"
    (block,) = blocks(f"  - name: b\n    from: rows{lets}" + MAKE.replace("${Product}", "${b}"))
    assert names(block.take(row(Product="bolts"))) == ["bolts!?"]


def test_a_draft_has_its_key_or_the_number_of_its_row() -> None:
    keyed, counted = blocks(f"  - name: k\n    from: rows\n    key: [Product]{MAKE}  - name: c\n    from: rows{MAKE}")
    assert [block.take(row(7, Product="bolts")).record for block in (keyed, counted)] == ["k:bolts", "c#7"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("key", "record"), [("\n    key: [Product]", "b#7"), ("", "b#7")])
def test_a_row_at_fault_is_a_draft_with_its_cells(key: str, record: str) -> None:
    fault = MAKE.replace("name: ${Product}", "name: {of: '${Amount}', do: [number]}")
    (block,) = blocks(f"  - name: b\n    from: rows{key}{fault}")
    draft = block.take(row(7, Product="" if key else "bolts", Amount="many"))
    assert isinstance(draft, Draft)
    assert (draft.record, draft.records, draft.digest) == (record, [], draft.quote.sha256)
    assert draft.cells == {"Product": "" if key else "bolts", "Amount": "many"}
    assert draft.fault is not None


def test_a_group_gives_one_draft_when_its_file_has_ended() -> None:
    (block,) = blocks("  - name: g\n    from: rows\n    group_by: [Product]" + MAKE)
    assert [block.take(row(number, Product=name)) for number, name in ((2, "bolts"), (3, "nuts"), (5, "bolts"))] == [
        True,
        True,
        True,
    ]
    drafts = list(block.finish())
    assert [(draft.record, list(draft.quote.rows)) for draft in drafts] == [("g:bolts", [2, 5]), ("g:nuts", [3])]
    assert list(block.finish()) == []
