"""Agreements in Markdown: the document's own numbering, text without markup, spans that lead back into the source."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.markdown import read
from ontology.errors import MappingError, SourceFileError
from tests.public_data import PUBLIC_DATA, needs_public_data

AGREEMENT = """# Cloud Service Agreement

1. <span class="header_2" id="1">Service</span>
    1. <span class="header_3" id="1.1">Access and Use.</span>  In the <span class="orderform_link">Term</span>, use it.
    2. <span class="header_3">Support.</span> As described in [the order](https://example.org/o).

2. <span class="header_2">Termination</span>

    1. <span class="coverpage_link" id="2.1">Customer</span> may end it:
        a. <span id="2.1.a">at</span> once; or

        b. **"Later"**, as follows:
            i. on notice;
            ii. without.
    2. **A whole paragraph in bold is no heading, and this one grows beyond the length that headings have.**

Free to use under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).
"""
COVER = """# Mutual Agreement

## USING IT

This is the cover page.

### Purpose
<label>How it may be used</label>

[Evaluating.]
"""


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_the_document_comes_first_as_it_stands(tmp_path):
    first, *_ = read(write(tmp_path / "csa.md", AGREEMENT), {})
    assert first.cells["sort"] == "document"
    assert (first.cells["title"], first.cells["file"]) == ("Cloud Service Agreement", "csa.md")
    assert first.cells["text"] == AGREEMENT
    assert first.cells["sha256"] == hashlib.sha256(AGREEMENT.encode()).hexdigest()
    assert first.raw == AGREEMENT.encode()


def test_numbering_is_the_documents_own(tmp_path):
    whole, *clauses = read(write(tmp_path / "csa.md", AGREEMENT), {})
    assert [row.number for row in (whole, *clauses)] == list(range(1, 12))
    assert (whole.cells["ordinal"], whole.cells["numbering"], whole.cells["heading"]) == (0, "", "")
    numbers = [row.cells["numbering"] for row in clauses]
    assert numbers == ["1", "1.1", "1.2", "2", "2.1", "2.1.a", "2.1.b", "2.1.b.i", "2.1.b.ii", "2.2"]
    assert [row.cells["ordinal"] for row in clauses] == list(range(1, 11))


def test_a_line_that_begins_with_a_space_belongs_to_the_item_before(tmp_path):
    text = "# T\n\n1. One\n   more of it\n\n and more\n2. Two\nnothing of it\n"
    _, one, two = read(write(tmp_path / "a.md", text), {})
    assert (one.cells["text"], two.cells["text"]) == ("One\nmore of it\nand more", "Two")


def test_a_nested_list_is_indented_by_what_is_declared(tmp_path):
    path = write(tmp_path / "a.md", "# T\n\n1. One\n  a. inner\n    i. inmost\n")
    assert [row.cells["numbering"] for row in read(path, {"indent": 2})] == ["", "1", "1.a", "1.a.i"]


def test_headings_and_text_are_without_markup(tmp_path):
    clauses = {row.cells["numbering"]: row.cells for row in read(write(tmp_path / "csa.md", AGREEMENT), {})}
    assert clauses["1.1"]["heading"] == "Access and Use"
    assert clauses["1.1"]["text"] == "Access and Use. In the Term, use it."
    assert clauses["1.2"]["text"] == "Support. As described in the order (https://example.org/o)."
    assert clauses["2.1"]["heading"] == ""
    assert clauses["2.1.b"]["heading"] == '"Later"'
    assert clauses["2.2"]["heading"] == ""


def test_a_clause_holds_what_stands_under_its_number_and_no_more(tmp_path):
    clauses = {row.cells["numbering"]: row.cells["text"] for row in read(write(tmp_path / "csa.md", AGREEMENT), {})}
    assert clauses["2.1.b"].splitlines() == ['"Later", as follows:', "i. on notice;", "ii. without."]
    assert clauses["2.2"].endswith("that headings have.")
    assert "Free to use" not in clauses["2"]


def test_spans_lead_back_to_the_quoted_characters(tmp_path):
    _, *clauses = read(write(tmp_path / "csa.md", AGREEMENT), {})
    for row in clauses:
        start, end = row.locator["characters"]
        assert AGREEMENT[start:end].encode() == row.raw
        assert row.raw.strip() == row.raw


def test_without_numbers_sections_are_the_clauses(tmp_path):
    _, *sections = read(write(tmp_path / "cover.md", COVER), {})
    assert [row.cells["heading"] for row in sections] == ["USING IT", "Purpose"]
    assert sections[0].cells["text"] == "USING IT\nThis is the cover page."
    assert sections[1].cells["text"] == "Purpose\nHow it may be used\n[Evaluating.]"
    assert {row.cells["numbering"] for row in sections} == {""}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no title"),
        (b"1. A clause without a title.\n", "no title"),
        (b"# A title alone\n", "neither numbered items nor sections"),
        (b"# T\n\n1. C\xf4te\n", "not in the declared encoding utf-8"),
    ],
)
def test_what_is_no_agreement_is_refused(tmp_path, content, words):
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match=words) as caught:
        list(read(path, {}))
    assert caught.value.fix


def test_a_missing_file_a_great_one_and_an_unknown_option_are_named(tmp_path):
    with pytest.raises(SourceFileError, match=r"gone\.md is not there"):
        list(read(tmp_path / "gone.md", {}))
    path = write(tmp_path / "a.md", AGREEMENT)
    with pytest.raises(SourceFileError, match="larger than 100 bytes"):
        list(read(path, {"size_limit": 100}))
    size = path.stat().st_size
    assert list(read(path, {"size_limit": size}))
    with pytest.raises(SourceFileError, match="larger than"):
        list(read(path, {"size_limit": size - 1}))
    with pytest.raises(MappingError, match="read: header"):
        list(read(path, {"header": 1}))


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=1, max_size=6))
def test_nested_numbering_counts_every_item_once(tmp_path_factory, shape):
    """However items nest, each is one row, and its number is its parent's with one part more."""
    lines, expected = ["# T", ""], []
    for one, children in enumerate(shape, 1):
        lines.append(f"{one}. first")
        expected.append(f"{one}")
        for two, letters in enumerate(children, 1):
            lines.append(f"    {two}. second")
            expected.append(f"{one}.{two}")
            for three in "abc"[:letters]:
                lines.append(f"        {three}. third")
                expected.append(f"{one}.{two}.{three}")
    path = write(tmp_path_factory.mktemp("md") / "a.md", "\n".join(lines))
    assert [row.cells["numbering"] for row in read(path, {})][1:] == expected


@needs_public_data
@pytest.mark.parametrize(
    ("file", "clauses"),
    [
        ("CSA.md", 120),
        ("DPA.md", 75),
        ("psa.md", 102),
        ("sla.md", 21),
        ("Mutual-NDA.md", 11),
        ("Mutual-NDA-coverpage.md", 7),
    ],
)
def test_real_agreements_lead_back_to_their_characters(file, clauses):
    path = PUBLIC_DATA / "commonpaper" / file
    source = path.read_text(encoding="utf-8")
    _, *rows = read(path, {})
    assert len(rows) == clauses
    for row in rows:
        start, end = row.locator["characters"]
        assert source[start:end].encode() == row.raw
        assert "<span" not in row.cells["text"]
