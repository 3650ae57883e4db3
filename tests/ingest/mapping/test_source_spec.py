"""Declarations of sources: what the YAML may hold; anything else is refused with its place."""

import re
from pathlib import Path

import pytest

from ingest.mapping.compiler import compile_source
from ingest.mapping.expressions import ExpressionCompiler
from ingest.mapping.scope import Environment
from ingest.mapping.source_spec import parse_source_spec, read_source_spec
from ingest.mapping.transforms.registry import TRANSFORMS
from ontology.errors import MappingError, SourceFileError
from ontology.generated.model import RECORDS
from ontology.generated.vocabulary import VOCABULARY
from tests.ingest.loading import changed, source_spec
from tests.public_data import ROOT


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a mapping"),
        ("- a", "is not a mapping"),
        ("a: [", "is not YAML"),
        (changed("mode: snapshot", "mode: sometimes"), "mode"),
        (changed("confidence: 0.8", "confidence: 1.5"), "confidence"),
        (changed("licence: CC0\n", ""), "licence"),
        (changed("source: tiny", "source: Tiny!"), "source"),
        (changed("mode: snapshot", "mode: snapshot\nmood: good"), "mood"),
        (changed("format: csv", "format: pdf"), "files.rows.format"),
        (changed("from: rows\n    let: {land", "from: lines\n    let: {land"), "no file is called 'lines'"),
        (changed("- name: supply", "- name: supplier"), "two records are called 'supplier'"),
        (changed("key: [No]", "key: [No]\n    group_by: [No]"), "either `key` or `group_by`"),
        (changed("publisher: nobody", "publisher: FILL-IN"), "line 5 still says FILL-IN"),
    ],
)
def test_what_the_frame_refuses(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=re.escape(says)) as caught:
        parse_source_spec(text, name="my.yaml")
    assert str(caught.value).startswith("my.yaml")
    assert caught.value.fix


def test_the_version_is_of_what_decides_claims() -> None:
    version = source_spec().version
    assert source_spec(changed("title: Deliveries", "title: Others")).version == version
    assert source_spec(changed("confidence: 0.8", "confidence: 0.7")).version != version
    assert source_spec(changed("currency: EUR", "currency: USD")).version != version
    assert source_spec(changed('"null": [n/a]', '"null": [none]')).version != version


def test_null_is_a_word_in_yaml_too() -> None:
    assert source_spec(changed('"null": [n/a]', "null: [n/a]")).files["rows"].null == ("n/a",)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"my\.yaml cannot be read"):
        read_source_spec(tmp_path / "my.yaml")


def test_a_mapping_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_bytes("title: Größe".encode("latin-1"))
    with pytest.raises(SourceFileError, match="cannot be read"):
        read_source_spec(tmp_path / "my.yaml")


def test_the_example_of_the_documentation_is_one() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    compile_source(parse_source_spec(example, name="docs/mapping.md"), VOCABULARY, RECORDS, {})


def test_every_transform_and_reserved_word_is_documented() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    words = {*TRANSFORMS, "join", "default", "required", *ExpressionCompiler(Environment("s", {}))._forms}
    assert [word for word in sorted(words) if not re.search(rf"[`{{, ]{word}[`:}}, ]", text)] == []
